"""How hard a question is, learned from its answers: an Elo rating with a floor for guessing.

A rating of 0 is a question that half of those who do not guess get right; harder is higher. Only questions are rated:
no rating of a member is kept anywhere, so every answer counts as one of the community's average member.
"""

import math
from collections.abc import Mapping, Sequence

from bot.core.ports import Candidate

AIM = 0.7
"""The share of right answers that is aimed at."""
_FIRST_STEP = 0.6
_SETTLES_AFTER = 20


def expected(rating: float, options: int) -> float:
    """Say the share of right answers to expect; `options` is how many there are to guess among, 0 when typed."""
    floor = 1 / options if options else 0.0
    return floor + (1 - floor) / (1 + math.exp(rating))


def learn(rating: float, before: int, answers: int, right: int, options: int) -> float:
    """Give the rating after more answers; `before` is how many it had. Later answers move it less."""
    for number in range(answers):
        step = _FIRST_STEP / (1 + (before + number) / _SETTLES_AFTER)
        rating += step * (expected(rating, options) - right / answers)
    return rating


def nearest_to_aim(candidates: Sequence[Candidate], ratings: Mapping[str, float], options: int) -> Candidate:
    """Choose the candidate whose expected share of right answers is nearest to what is aimed at; the first of equals.

    A question that was never asked counts as just right, so that it is asked.
    """

    def distance(candidate: Candidate) -> float:
        rating = ratings.get(candidate.id)
        return 0.0 if rating is None else abs(expected(rating, options) - AIM)

    return min(candidates, key=distance)
