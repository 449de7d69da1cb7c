"""Find the word that a person meant: for commands, kinds, topics, time zones, typed answers that are no names."""

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.core.names.fold import fold

_LONGEST = 60  # characters that are read
_SHORTEST = 3  # letters from which the beginning of a word stands for it
_NEAR = 70.0
_SAME = 85.0  # a slip in a word of five letters or more
_SAME_FROM = 5
_LAST_PART = 5.0  # what it costs to name a zone by its city


def closest(word: str, words: Iterable[str]) -> str | None:
    """Find the one of the words that is nearest to a mistyped one, or None when none is near.

    The last part of a word stands for it ("lundon" for Europe/London), and so does its beginning where no other
    begins so. Among equals the first wins.
    """
    typed = fold(word[:_LONGEST])
    if not typed:
        return None
    candidates = list(words)
    begun = [candidate for candidate in candidates if fold(candidate).startswith(typed)]
    if len(begun) == 1 and len(typed) >= _SHORTEST:
        return begun[0]
    best = max(candidates, key=lambda candidate: _score(typed, candidate), default=None)
    return best if best is not None and _score(typed, best) >= _NEAR else None


def is_meant(typed: str, answer: str) -> bool:
    """Whether typed words are an answer, but for case, accents, marks and a slip in a longer word.

    Figures must be the same.
    """
    said, meant = fold(typed[:_LONGEST]), fold(answer)
    if said == meant or len(meant) < _SAME_FROM or any(each.isdigit() for each in said + meant):
        return said == meant
    return _likeness(said, meant) >= _SAME


def _score(typed: str, candidate: str) -> float:
    """Score how near a word is, 0 to 100."""
    score = _likeness(typed, fold(candidate))
    if "/" in candidate:
        score = max(score, _likeness(typed, fold(candidate.rpartition("/")[2])) - _LAST_PART)
    return score


def _likeness(typed: str, meant: str) -> float:
    """Say how alike two folded words are, 0 to 100; letters that changed places count as one slip."""
    return max(fuzz.ratio(typed, meant), 100 * OSA.normalized_similarity(typed, meant))
