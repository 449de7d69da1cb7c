"""What stands around words on a page: the sentence that holds them, and one on each side."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from content.importer.folding import fold
from content.importer.lines import Line, LineKind, lines

WRITTEN = (LineKind.BODY, LineKind.SHORT)
"""The lines that the writer wrote."""
_END = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])")
_ENDED = re.compile(r"[.!?…:][\"”’)\]]*$")


class Around(NamedTuple):
    """Words in their place, each part on one line; what is not there is empty."""

    before: str
    passage: str
    after: str


class Paragraphs:
    """The paragraphs of a page, made once and asked for the surroundings of every quotation."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.lines: Sequence[Line] = lines(fold(text))
        self._starts = [each.start for each in self.lines]

    def around(self, start: int, end: int) -> Around:
        """Give what stands around the words at this place."""
        at = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        if at < 0:
            return Around("", self._plain(start, end), "")
        spans = self._sentences(at)
        first = max((each for each, (begin, _) in enumerate(spans) if begin <= start), default=0)
        stop = spans[first][1]
        following = [span for span in spans[first + 1 :] if span[0] >= end]
        inside = [span for span in spans if span[0] < end and span[1] > start]
        if inside:
            first, stop = spans.index(inside[0]), inside[-1][1]
        if last != at:
            ends = self._sentences(last)
            stop = next((close for _, close in ends if close >= end), ends[-1][1])
            following = [span for span in ends if span[0] >= end]
        before = self._plain(*spans[first - 1]) if first else self._beside(at, -1)
        after = self._plain(*following[0]) if following else self._beside(last, 1)
        return Around(before, self._plain(spans[first][0], stop), after)

    def _beside(self, at: int, step: int) -> str:
        """Give the nearest sentence of the paragraph before or after; nothing where that is a heading, or none."""
        place = at + step
        if not 0 <= place < len(self.lines) or self.lines[place].kind is not LineKind.BODY:
            return ""
        spans = self._sentences(place)
        nearest = self._plain(*spans[-1 if step < 0 else 0])
        return nearest if _ENDED.search(nearest) else ""

    def _sentences(self, at: int) -> list[tuple[int, int]]:
        """Part a paragraph into its sentences; one within quotation marks that are closed again is no sentence of it."""
        begin, end = self.lines[at].start, self.lines[at].end
        text = self._text[begin:end]
        cuts = [match.end() for match in _END.finditer(text) if not _within(text, match.end())]
        edges = [0, *cuts, len(text)]
        return [(begin + one, begin + other) for one, other in itertools.pairwise(edges) if other > one]

    def _plain(self, start: int, end: int) -> str:
        return " ".join(self._text[start:end].split())


def _within(text: str, at: int) -> bool:
    """Whether a place stands between two quotation marks of a paragraph."""
    opened = text.count("“", 0, at) > text.count("”", 0, at)
    straight = text.count('"', 0, at) % 2 == 1
    return (opened and "”" in text[at:]) or (straight and '"' in text[at:])
