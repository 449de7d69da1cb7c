"""What is printed, before it is known whether there are colours: lines of spans, each with the role it plays.

Also the wrapping to a terminal's width, which keeps a line's indent and so keeps one thing from posing as another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from rich.cells import cell_len, chop_cells

NARROWEST = 20
"""Columns below which wrapping helps nobody."""


class Role(Enum):
    """What a span is for; a terminal with colours shows each in its own way."""

    PLAIN = "plain"
    ASIDE = "aside"  # who sees it, or where it stands
    TITLE = "title"
    LEAD = "lead"  # the first line of a card without a title
    STRONG = "strong"
    EMPHASIS = "emphasis"
    QUOTATION = "quotation"
    LINK = "link"
    TIME = "time"
    NAME = "name"
    FOOTNOTE = "footnote"  # grade and source
    NUMBER = "number"  # what is typed to press an option


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a line, without a newline, and safe to print."""

    text: str
    role: Role = Role.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `indent` stands before it, and before every further line it is wrapped to.

    With `whole`, it is broken between its spans alone, at those that are nothing but spaces.
    """

    spans: tuple[Span, ...]
    indent: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        """The line as plain text."""
        return f"{self.indent}{''.join(span.text for span in self.spans)}".rstrip()


def plain(lines: Sequence[Line]) -> str:
    """Put lines together as plain text, each with its newline."""
    return "".join(f"{line.text}\n" for line in lines)


def wrapped(line: Line, width: int) -> Iterator[Line]:
    """Break a line into lines of at most `width` columns: between words, or inside one that is longer than that."""
    room = max(width, NARROWEST) - cell_len(line.indent)
    spans: list[Span] = []
    taken = 0
    for gap, word in _words(line):
        long = sum(cell_len(span.text) for span in word)
        if spans and taken + cell_len(gap.text) + long > room:
            yield Line(_joined(spans), line.indent)
            spans, taken = [], 0
        else:
            spans.append(gap)
            taken += cell_len(gap.text)
        for piece in word if taken + long <= room else _chopped(word, room):
            if taken + cell_len(piece.text) > room:
                yield Line(_joined(spans), line.indent)
                spans, taken = [], 0
            spans.append(piece)
            taken += cell_len(piece.text)
    yield Line(_joined(spans), line.indent)


def _chopped(word: Sequence[Span], room: int) -> Iterator[Span]:
    for span in word:
        yield from (Span(piece, span.role) for piece in chop_cells(span.text, room))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Make one span again of those that stand together in the same role."""
    return tuple(
        Span("".join(span.text for span in together), role)
        for role, together in groupby(spans, key=lambda span: span.role)
    )


def _words(line: Line) -> list[tuple[Span, list[Span]]]:
    """Split a line into words, each with the spaces before it; a word may run over several spans."""
    words: list[tuple[Span, list[Span]]] = [(Span(""), [])]
    for span in line.spans:
        for run in (span.text,) if line.whole else re.findall(r"\s+|\S+", span.text):
            if run.isspace():
                words.append((Span(run, span.role), []))
            else:
                words[-1][1].append(Span(run, span.role))
    return words
