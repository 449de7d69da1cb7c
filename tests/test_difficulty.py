"""Difficulty: what is learned from answers tends to the truth, and draws aim at seven right in ten."""

import random

import pytest

from bot.core.decks import choose
from bot.core.difficulty import AIM, expected, learn, nearest_to_aim
from bot.core.ports import Candidate


@pytest.mark.parametrize(("share", "options"), [(0.9, 4), (0.7, 4), (0.4, 4), (0.6, 2), (0.3, 0)])
def test_the_expected_share_tends_to_the_real_one(share: float, options: int) -> None:
    """After many rounds of a fixed share of right answers, that share is what is expected."""
    rating = 0.0
    for number in range(400):
        rating = learn(rating, number * 10, 10, round(10 * share), options)
    assert expected(rating, options) == pytest.approx(share, abs=0.03)


def test_guessing_sets_the_floor() -> None:
    """However hard a question is, one in four is expected where there are four options; none where it is typed."""
    assert expected(50.0, 4) == pytest.approx(0.25)
    assert expected(50.0, 0) == pytest.approx(0.0)


def test_no_answers_teach_nothing() -> None:
    """A round without answers leaves the rating as it was."""
    assert learn(0.3, 5, 0, 0, 4) == 0.3


def test_the_question_nearest_to_the_aim_is_chosen() -> None:
    """Of an easy, a hard and a fitting question the fitting one is asked; an unknown one counts as fitting."""
    easy, hard, fit, new = (Candidate(name, name, "a") for name in ("easy", "hard", "fit", "new"))
    fitting = -0.4
    assert expected(fitting, 4) == pytest.approx(AIM, abs=0.05)
    ratings = {"easy": -6.0, "hard": 6.0, "fit": fitting}
    assert nearest_to_aim([easy, hard, fit], ratings, 4) == fit
    assert nearest_to_aim([easy, new], ratings, 4) == new


def test_a_deck_is_gone_through_before_anything_comes_again() -> None:
    """Every candidate is drawn once before any is drawn twice, and nobody speaks twice running where that can be."""
    chance = random.Random(5)
    candidates = [Candidate(f"{speaker}{number}", speaker, "a") for speaker in "abc" for number in range(4)]
    served: dict[str, int] = {}
    drawn: list[str] = []
    for _ in range(24):
        chosen = choose(candidates, served, drawn[-1] if drawn else "", chance)
        served[chosen.id] = served.get(chosen.id, 0) + 1
        drawn.append(chosen.id)
    assert sorted(drawn[:12]) == sorted(each.id for each in candidates)
    assert sorted(drawn[12:]) == sorted(each.id for each in candidates)


def test_speakers_have_the_same_chance_however_much_they_said() -> None:
    """In the first draw, one with thirty quotations is not drawn more often than one with a single one."""
    candidates = [Candidate(f"a{number}", "a", "x") for number in range(30)] + [Candidate("b", "b", "x")]
    firsts = [choose(candidates, {}, "", random.Random(seed)).speaker for seed in range(400)]
    assert 150 < firsts.count("b") < 250
