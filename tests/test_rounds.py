"""A round moves along its table and no other way; shares make a hundred."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BotFault
from bot.core.round_cards import shares
from bot.core.rounds import TRANSITIONS, Happening, Question, State, after


@pytest.mark.parametrize(("state", "happening"), list(product(State, Happening)))
def test_a_round_moves_only_along_its_table(state: State, happening: Happening) -> None:
    """Every pair that the table does not name is a fault."""
    if (state, happening) in TRANSITIONS:
        assert after(state, happening) == TRANSITIONS[state, happening]
    else:
        with pytest.raises(BotFault):
            after(state, happening)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=25))
def test_shares_make_a_hundred(counts: list[int]) -> None:
    """Whole per cents add up to 100 and stay within one of the exact share; with no answers they are zero."""
    rounded = shares(counts)
    total = sum(counts)
    assert sum(rounded) == (100 if total else 0)
    assert all(
        abs(share - 100 * number / total) < 1 for share, number in zip(rounded, counts, strict=True) if total
    )


def test_shares_as_on_the_golden_card() -> None:
    """7, 3, 2 and 0 of 12 are said as 58, 25, 17 and 0."""
    assert shares([7, 3, 2, 0]) == [58, 25, 17, 0]


def test_a_question_needs_its_right_option() -> None:
    """A question whose right answer is none of its options cannot be made."""
    with pytest.raises(BotFault):
        Question(
            kind="who",
            item="x",
            title="t",
            solved="s",
            ask=(),
            options=("a",),
            right=1,
            solution="a",
            reveal=(),
        )
