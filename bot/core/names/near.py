"""How far a typed word is from a name, in slips of the hand or of the ear."""

import functools
import itertools
from math import inf

from rapidfuzz.distance import OSA

from bot.core.names.fold import sound

MOST_GRACE = 1.0  # slips more that a short name may carry when something else speaks for it
HEARD = 0.5  # a name that is spelled by ear costs half a slip
SHUFFLED = 1.5
_FIRST_LETTER = 1  # a wrong first letter is forgiven, by hand or by ear, but nothing else beside it
# Slips allowed by the length of the name: "lawson" and "dawson" differ by one letter, "tocqueville" by none other.
_ALLOWED = ((2, 0.0), (3, 0.5), (6, 1.0), (7, 1.5), (10, 2.0))
_ALLOWED_LONG = 3.0
_MOST = 3  # edits that are counted
_AUDIBLE = 3  # letters from which a word can be spelled by ear


def allowed(length: int) -> float:
    """Say how many slips a name of so many letters may carry and still be that name."""
    return next((slips for longest, slips in _ALLOWED if length <= longest), _ALLOWED_LONG)


@functools.lru_cache(maxsize=8192)
def slips(typed: str, name: str, grace: float = 0.0) -> float | None:
    """Count the slips between two folded words, or None where they are too many to be the same name.

    A slip is a letter left out, put in, taken for another or swapped with its neighbour. `grace` adds to what
    the length allows, where something else speaks for the name.
    """
    if typed == name:
        return 0.0
    limit = allowed(len(name)) + grace
    heard, meant = sound(typed), sound(name)
    by_ear = _distance(heard, meant) + HEARD if len(typed) >= _AUDIBLE else inf
    by_hand = _distance(typed, name)
    cost = min(by_ear, SHUFFLED if _shuffled(typed, name, by_hand) else by_hand)
    same_start = typed[:1] == name[:1] or heard[:1] == meant[:1]
    if cost > limit or (not same_start and min(by_hand, by_ear - HEARD) > _FIRST_LETTER):
        return None
    return cost


def _shuffled(typed: str, name: str, edits: float) -> bool:
    """Say whether two letters of a word changed places across others ("erdagon")."""
    return edits == 2 and typed[0] == name[0] and sorted(typed) == sorted(name)  # noqa: PLR2004 the two letters


def _distance(one: str, other: str) -> float:
    """Count the edits between two words, infinitely many when they are more than any name may carry."""
    edits = OSA.distance(one, other, score_cutoff=_MOST)
    return edits if edits <= _MOST else inf


def undoubled(word: str) -> str:
    """Write double letters once: Abbot is Abbott, though it is a name of its own."""
    return "".join(letter for letter, _ in itertools.groupby(word))
