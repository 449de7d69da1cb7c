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


_SENTENCES = re.compile(r"(?<=[.!?])[\"”’]?\s+")
_OFFERED = 150
"""Endings of one article that are kept to choose from."""

_LIGHT = frozenset(
    (
        "about",
        "after",
        "again",
        "being",
        "could",
        "every",
        "never",
        "other",
        "should",
        "their",
        "there",
        "these",
        "thing",
        "things",
        "those",
        "where",
        "which",
        "while",
        "would",
    )
)


class Cut(NamedTuple):
    """A text cut in two: its ending, how strong the boundary before it is (2 or 3), and how many words it has."""

    ending: str
    strength: int
    words: int


class _Offered(NamedTuple):
    cut: Cut
    speaker: str
    weighty: frozenset[str]


def cut(text: str) -> Cut | None:
    """Cut a text at the boundary whose ending is best guessed; None where there is none."""
    whole = text.rstrip(_CLOSING)
    found = list(WORD.finditer(whole))
    if len(found) < _LEAST_WORDS:
        return None
    cuts = [made for at in range(_LEAST_LEFT, len(found)) if (made := _at(whole, found, at))]
    return max(cuts, key=_worth, default=None)


class Bank:
    """The endings that an article's words offer, each with whose it is; made once, and asked for every question."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        made = list(_offered(texts))
        self._offered = made[:: len(made) // _OFFERED + 1]

    def wrong(self, right: Cut, text: str) -> tuple[Ending, ...]:
        """Choose wrong endings for one that was cut from a text, the most like it first; none where they are too few."""
        taken: list[Ending] = []
        words = [_weighty(right.ending)]
        for each in sorted(self._offered, key=lambda each: _unlike(right, each.cut)):
            if each.cut.ending in text or any(_overlap(each.weighty, other) for other in words):
                continue
            taken.append(Ending(text=each.cut.ending, speaker=each.speaker))
            words.append(each.weighty)
            if len(taken) == WRONG:
                return tuple(taken)
        return ()


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


def _offered(texts: Iterable[tuple[str, str]]) -> Iterator[_Offered]:
    for text, speaker in texts:
        for sentence in _SENTENCES.split(text):
            made = cut(sentence)
            if made:
                yield _Offered(made, speaker, _weighty(made.ending))


def _unlike(right: Cut, other: Cut) -> tuple[int, int]:
    return (abs(right.strength - other.strength), abs(right.words - other.words))


def _weighty(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) >= _WEIGHTY and word not in _LIGHT)


def _overlap(own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two endings say much the same."""
    return len(own & other) >= _ALIKE * min(len(own), len(other))
