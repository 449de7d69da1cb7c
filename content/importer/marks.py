"""Pair the quotation marks of a text, paragraph by paragraph.

Curly, straight, low and angle marks are read alike; an apostrophe is no mark. A mark that opens a paragraph and is never
closed runs to its end, as newspapers set a quotation of several paragraphs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

_DOUBLE = re.compile(r"``|''|’’|[“”„‟\"«»]")
_SINGLE = re.compile(r"[‘’‚‛'`‹›]")
_ELIDED = re.compile(
    r"(?:\d\ds?\b|(?:em|tis|twas|til|cause|cos|n|bout|ere|neath|tween|kay)\b)", re.IGNORECASE
)
_BEFORE_OPENING = frozenset(" \n([{—–-/“”\"‘'’…,:;")
_AFTER_CLOSING = frozenset(" \n)]}—–-/“”\"‘'’….,:;?!*")
_STRONG_CLOSING = frozenset(".,?!…")


_LONG = 40


class Turn(Enum):
    """Which way a mark faces."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands inside a pair of marks: `start` to `end` without them, `outer_start` to `outer_end` with them.

    `open_end` says that the closing mark is missing, `single` that the marks are single ones.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    open_end: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    turn: Turn
    strong: bool = True


def pair(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Marked]:
    """Find the outermost quotations of a folded text's paragraphs, in their order."""
    doubles = [list(_doubles(text, *paragraph)) for paragraph in paragraphs]
    singles = [list(_singles(text, *paragraph)) for paragraph in paragraphs]
    paired_doubles = list(_paired(text, paragraphs, doubles, single=False))
    paired_singles = list(_paired(text, paragraphs, singles, single=True))
    first, second = paired_doubles, paired_singles
    if singles_lead(text, paired_doubles, paired_singles):
        first, second = second, first
    return sorted([*first, *_outside(second, first)], key=lambda marked: marked.start)


def singles_lead(text: str, doubles: Sequence[Marked], singles: Sequence[Marked]) -> bool:
    """Whether single marks are the page's own: there are no doubles, or those there are stand inside singles."""
    spoken = [marked for marked in singles if _sentence_like(text, marked)]
    if not spoken:
        return not doubles
    loose = len(doubles) - _held(doubles, singles)
    return loose * 3 <= len(spoken) and _held(singles, doubles) * 2 < len(singles)


def _sentence_like(text: str, marked: Marked) -> bool:
    return text[marked.end - 1 : marked.end] in {",", ".", "?", "!"} or marked.end - marked.start > 30


def _held(inner: Sequence[Marked], outer: Sequence[Marked]) -> int:
    """Count what stands inside something of `outer`; both are in the order of the text."""
    place, held = 0, 0
    for marked in inner:
        while place < len(outer) and outer[place].outer_end < marked.outer_end:
            place += 1
        held += place < len(outer) and outer[place].outer_start <= marked.outer_start
    return held


def _outside(inner: Iterable[Marked], outer: Sequence[Marked]) -> Iterator[Marked]:
    """Yield what overlaps nothing of `outer`; both are in the order of the text."""
    place = 0
    for marked in inner:
        while place < len(outer) and outer[place].outer_end <= marked.outer_start:
            place += 1
        if place == len(outer) or outer[place].outer_start >= marked.outer_end:
            yield marked


def _doubles(text: str, start: int, end: int) -> Iterator[_Mark]:
    seen = 0
    for found in _DOUBLE.finditer(text, start, end):
        mark, at, after = found.group(), found.start(), found.end()
        before = text[at - 1] if at > start else " "
        follows = text[after] if after < end else " "
        if mark == '"' and before.isdigit() and follows in " ,.)" and seen % 2 == 0:
            continue  # inches
        seen += 1
        yield _Mark(at, after, _turn(mark, before, follows))


def _turn(mark: str, before: str, follows: str) -> Turn:
    opening, closing = before in _BEFORE_OPENING, follows in _AFTER_CLOSING
    if mark in {"„", "‟", "``", "‚", "‛"}:
        return Turn.OPENS
    if mark in {"“", "«"} and not (closing and not opening):
        return Turn.OPENS if not (opening and closing and before in ".,?!") else Turn.EITHER
    if mark in {"”", "»", "’’"} and not (opening and not closing and before not in ".,?!…"):
        return Turn.CLOSES
    if opening and not closing:
        return Turn.OPENS
    if closing and not opening:
        return Turn.CLOSES
    return Turn.EITHER


def _singles(text: str, start: int, end: int) -> Iterator[_Mark]:
    for found in _SINGLE.finditer(text, start, end):
        mark, at, after = found.group(), found.start(), found.end()
        before = text[at - 1] if at > start else " "
        follows = text[after] if after < end else " "
        if (follows == mark and mark in "'’`") or (before == mark and mark in "'’`"):
            continue  # half of a double mark
        if before.isalnum() and follows.isalnum():
            continue
        if mark in "‘‚‛`‹" or (mark == "'" and before in _BEFORE_OPENING and follows.isalnum()):
            if mark not in "‘‚‹" and _ELIDED.match(text, after, end):
                continue
            if follows not in " \n":
                yield _Mark(at, after, Turn.OPENS)
        elif follows in _AFTER_CLOSING and before not in " \n([":
            strong = before in _STRONG_CLOSING or follows in ".,;:?!)" or before not in "sSxz"
            yield _Mark(at, after, Turn.CLOSES, strong)


def _paired(
    text: str, paragraphs: Sequence[tuple[int, int]], marks: Sequence[list[_Mark]], *, single: bool
) -> Iterator[Marked]:
    for place, (start, _) in enumerate(paragraphs):
        opened: _Mark | None = None
        found = marks[place]
        if not single and found and found[0].turn is Turn.CLOSES and _runs_on(place, marks):
            opened = _Mark(start, start, Turn.OPENS)
        for turn, mark in enumerate(found):
            if opened is None:
                if mark.turn is not Turn.CLOSES:
                    opened = mark
            elif mark.turn is Turn.OPENS:
                if not single:
                    yield _cut(text, opened, mark.start)
                opened = mark
            elif not (single and _apostrophe(mark, found[turn + 1 : turn + 2])):
                yield Marked(opened.end, mark.start, opened.start, mark.end, single=single)
                opened = None
        if opened is not None:
            yield from _left_open(text, paragraphs, marks, place, opened, single=single)


def _left_open(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    marks: Sequence[list[_Mark]],
    place: int,
    opened: _Mark,
    *,
    single: bool,
) -> Iterator[Marked]:
    """Read a mark that its paragraph does not close: one that runs on into the next, or, of double marks, one that was forgotten."""
    start, end = paragraphs[place]
    if single:
        runs_on = end - opened.end > _LONG and _opens_next(text, paragraphs, place)
    else:
        runs_on = _continues(opened, start, place, marks)
    if runs_on:
        tail = _trimmed(text, opened.end, end)
        yield Marked(opened.end, tail, opened.start, end, open_end=True, single=single)
    elif not single:
        yield _cut(text, opened, end)


def _opens_next(text: str, paragraphs: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether the next paragraph begins with an opening mark of any kind."""
    return place + 1 < len(paragraphs) and text[paragraphs[place + 1][0]] in "‘“'\"«„"


def _runs_on(place: int, marks: Sequence[list[_Mark]]) -> bool:
    """Whether the paragraph before ends inside a quotation."""
    if not place or not marks[place - 1]:
        return False
    before = marks[place - 1]
    opens = sum(mark.turn is Turn.OPENS for mark in before)
    closes = sum(mark.turn is Turn.CLOSES for mark in before)
    return opens > closes


def _continues(opened: _Mark, start: int, place: int, marks: Sequence[list[_Mark]]) -> bool:
    """Whether an open quotation goes on in the next paragraph, which begins with a mark or closes one."""
    following = marks[place + 1] if place + 1 < len(marks) else []
    return (
        bool(following) and (following[0].turn is Turn.CLOSES or following[0].turn is Turn.OPENS)
    ) or opened.start == start


def _apostrophe(mark: _Mark, following: Sequence[_Mark]) -> bool:
    """Whether a closing single after an s is a plural's apostrophe: the real close comes before the next opening."""
    return not mark.strong and bool(following) and following[0].turn is Turn.CLOSES


_TAG = re.compile(
    r"[,?!.] (?:(?:he|she|they|I|[A-Z]\w+(?: [A-Z]\w+)?) (?:said|says|added|told)|(?:said|says|added) )"
)


def _cut(text: str, opened: _Mark, end: int) -> Marked:
    """End a quotation whose closing mark is missing: where a tag begins, or at the end of what it could be."""
    tag = _TAG.search(text, opened.end, end)
    stop = tag.start() + 1 if tag else _trimmed(text, opened.end, end)
    return Marked(opened.end, stop, opened.start, stop, open_end=True)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \n":
        end -= 1
    return end
