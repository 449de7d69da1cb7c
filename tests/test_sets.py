"""The card that ends a set of rounds: its words, its plurals, and ties between the rounds."""

from collections.abc import Sequence

import pytest

from bot.core import sets
from bot.core.cards import Paragraph
from bot.core.inline import Text
from bot.core.ports import Set, SetResult
from bot.core.rounds import Mode
from tests.conversation import talking
from tests.review_samples import COPELAND, options, other_than

FOUND = Set(
    id=1, community="here", channel="general", asker="ana", kind="fact", about="", typed=False, mode=Mode.LIVE,
    quiet=False, total=3, asked=3,
)  # fmt: skip


@pytest.mark.parametrize(
    ("rounds", "title", "said"),
    [
        (
            [(3, 0), (3, 0), (3, 1)],
            "Three rounds",
            "9 answers, 1 right. Round 3 had the most right answers, rounds 1 and 2 the fewest.",
        ),
        (
            [(3, 2), (3, 2), (3, 1)],
            "Three rounds",
            "9 answers, 5 right. Rounds 1 and 2 had the most right answers, round 3 the fewest.",
        ),
        ([(1, 1), (1, 1)], "Two rounds", "2 answers, 2 right."),
        ([(1, 1)], "One round", "1 answer, 1 right."),
        ([(0, 0), (0, 0)], "Two rounds", "No answers this time."),
    ],
)
def test_a_result_names_every_round_that_ties(
    rounds: Sequence[tuple[int, int]], title: str, said: str
) -> None:
    """The most and the fewest are all the rounds that had them, and neither where all are equal (card 2.11)."""
    card = sets.result_card(FOUND, SetResult(rounds=rounds, shown=()))
    assert (card.title, card.body) == (title, (Paragraph((Text(said),)),))


async def test_my_result_of_a_set_has_its_plurals_right() -> None:
    """One point is one point, and none are no points."""
    async with talking() as talk:
        card = await talk("Ana", "/quiz fact rounds:2 about:1982")
        right, other = options(card)[COPELAND], other_than(card, COPELAND)
        await talk("Ana", right)
        await talk("Ben", other)
        await talk("Ana", "/clock +45s")
        result = await talk("Ana", "/clock +45s")
        assert result.splitlines()[-3] == "Two rounds"
        assert await talk("Ana", "1") == "(only Ana) 1 of your 1 answer right; 1 point this week."
        assert await talk("Ben", "1") == "(only Ben) 0 of your 1 answer right; no points this week."
