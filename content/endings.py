"""Endings to guess: where a quotation is cut so that the blank carries the meaning, and what else might stand there.

A cut stands at the boundary of a phrase: after a mark, a word that opens a clause, a form of "be", a preposition. What is
left out has three to eight words, and at least one that weighs. Wrong endings are real ones: cut the same way from
other words of the same article, and as like the right one as can be had.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.core.library import Ending
from bot.core.names import fold
from bot.core.rights import WORD

WRONG = 3
"""How many wrong endings a question has."""
_LEAST_WORDS = 8
_LEAST_LEFT = 5
_FEWEST, _MOST, _BEST = 3, 8, 5
_LONGEST = 75
"""Characters of an ending: what an option of a list holds."""
_WEIGHTY = 5
"""Letters from which on a word counts as one that weighs."""
_ALIKE = 0.5
_CLOSING = ".,;:!?…\"'”’) "
_STOPS = re.compile(r"[.!?…;:—–“”\"()\[\]]")
_CLAUSE_WORDS = """
that which who whom whose because if when where while unless until though although whether why how
what is are was were be been being means am will would can could should must may might cannot
"""
_CLAUSE = frozenset(_CLAUSE_WORDS.split())
_PHRASE_WORDS = """
to of in for with from by about on at into over under between among against through without than as
and but or not like
"""
_PHRASE = frozenset(_PHRASE_WORDS.split())


class Cut(NamedTuple):
    """A text cut in two: its ending, how strong the boundary before it is (2 or 3), and how many words it has."""

    ending: str
    strength: int
    words: int


def cut(text: str) -> Cut | None:
    """Cut a text at the boundary whose ending is best guessed; None where there is none."""
    whole = text.rstrip(_CLOSING)
    found = list(WORD.finditer(whole))
    if len(found) < _LEAST_WORDS:
        return None
    cuts = [made for at in range(_LEAST_LEFT, len(found)) if (made := _at(whole, found, at))]
    return max(cuts, key=_worth, default=None)


def wrong_endings(right: Cut, others: Iterable[tuple[str, str]]) -> tuple[Ending, ...]:
    """Choose wrong endings from other texts of the article, each with whose it is; none where they are too few."""
    taken: list[Ending] = []
    words = [_weighty(right.ending)]
    for made, speaker in sorted(_cuts(others), key=lambda each: _unlike(right, each[0])):
        own = _weighty(made.ending)
        if len(taken) < WRONG and not any(_overlap(own, each) for each in words):
            taken.append(Ending(text=made.ending, speaker=speaker))
            words.append(own)
    return tuple(taken) if len(taken) == WRONG else ()


def _at(whole: str, found: Sequence[re.Match[str]], at: int) -> Cut | None:
    """Cut before the word at this place, if that is a boundary."""
    count = len(found) - at
    start = found[at].start()
    ending = whole[start:]
    before, gap = found[at - 1][0].casefold(), whole[found[at - 1].end() : start]
    if (
        not _FEWEST <= count <= _MOST
        or not gap.endswith(" ")
        or len(ending) > _LONGEST
        or _STOPS.search(ending)
    ):
        return None
    clause = before in _CLAUSE or gap == ", "
    if not (clause or before in _PHRASE) or not _weighty(ending):
        return None
    return Cut(ending, 3 if clause else 2, count)


def _worth(made: Cut) -> tuple[int, int]:
    return (2 * made.strength - abs(made.words - _BEST), made.words)


def _cuts(others: Iterable[tuple[str, str]]) -> Iterator[tuple[Cut, str]]:
    for text, speaker in others:
        for sentence in re.split(r"(?<=[.!?])[\"”’]?\s+", text):
            made = cut(sentence)
            if made:
                yield made, speaker


def _unlike(right: Cut, other: Cut) -> tuple[int, int]:
    return (abs(right.strength - other.strength), abs(right.words - other.words))


def _weighty(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) >= _WEIGHTY)


def _overlap(own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two endings say much the same."""
    return len(own & other) >= _ALIKE * min(len(own), len(other))
