"""How well a typed surname fits a person's, given what else speaks for it."""

import functools
from dataclasses import dataclass
from enum import IntEnum
from math import inf

from rapidfuzz import fuzz, process

from bot.core.names.given import is_given
from bot.core.names.near import slips, undoubled
from bot.core.names.others import OTHER_SURNAMES, OTHER_WORDS

_OTHERS = tuple(sorted(OTHER_SURNAMES))
_NEAR_SCORE = 75
_MIDDLING = 5  # letters up to which one slip makes another surname (Rees, Reed)
_SHORT = 4  # letters of a surname in which one taken for another is a quarter of it


class Backing(IntEnum):
    """How far typed given names speak for the person: not at all, with a slip, in another form, exactly, as two."""

    NONE = 0
    NEAR = 1
    FORM = 2
    EXACT = 3
    BOTH = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class SurnameFit:
    """What a surname costs in slips; what is not `sure` is asked back."""

    cost: float
    sure: bool


def surname_fit(typed: str, name: str, backing: Backing, *, taken: bool) -> SurnameFit | None:
    """Weigh a typed surname against a person's; None where it is another name.

    `taken` tells that it is spelled rightly as the surname of another on the roster.
    """
    if len(typed) == 1:
        return None
    cost = slips(typed, name, _grace(name) if backing >= Backing.FORM else 0.0)
    if not cost:
        return None if cost is None else SurnameFit(cost=0.0, sure=True)
    if taken or (typed in OTHER_SURNAMES and undoubled(typed) != undoubled(name)):
        return _another_surname(cost, name, backing, taken=taken)
    by_ear = cost < 1
    if not backing and (typed in OTHER_WORDS or is_given(typed)):
        doubled = len(name) > _SHORT and undoubled(typed) == undoubled(name)
        return SurnameFit(cost=cost, sure=doubled) if by_ear else None
    if undoubled(typed) == undoubled(name):
        return SurnameFit(cost=cost, sure=True)
    replaced = len(typed) == len(name) and sorted(typed) != sorted(name)
    near = by_ear or len(name) > _SHORT or not replaced
    return SurnameFit(cost=cost, sure=bool(backing) or (near and cost <= _nearest_other(typed)))


def _grace(name: str) -> float:
    """Say how many slips more a surname may carry when a whole given name speaks for it."""
    if len(name) == _SHORT:
        return 0.0
    return 1.0 if len(name) < _SHORT else 0.5


@functools.lru_cache(maxsize=2048)
def _nearest_other(typed: str) -> float:
    """Count the slips from a word to the nearest well-known surname: "lenon" is nearer to Lennon than to Lenin."""
    near = process.extract(typed, _OTHERS, scorer=fuzz.ratio, score_cutoff=_NEAR_SCORE, limit=5)
    return min((cost for other, _, _ in near if (cost := slips(typed, other)) is not None), default=inf)


def _another_surname(cost: float, name: str, backing: Backing, *, taken: bool) -> SurnameFit | None:
    """Weigh a word that is a surname of its own: a slip only where the given name is exact."""
    by_ear = cost < 1
    if backing >= Backing.FORM and (by_ear or cost == 1):
        alike = by_ear or len(name) > _MIDDLING or backing is Backing.BOTH
        return SurnameFit(cost=cost, sure=backing >= Backing.EXACT and alike and not taken)
    return SurnameFit(cost=cost, sure=False) if by_ear else None
