"""Split a page into its articles, each with its fields, its sections and the writer's paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.importer.fields import fields_of, guesses
from content.importer.lines import CLOSING, Line, LineKind, is_bio
from content.importer.page import FoundArticle, Section
from content.importer.placing import LETTERS, NUMBERED, placed
from content.importer.stated import Stated
from content.importer.titles import SITE, names

_TEXT = 80
_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sen|Rep)\b\.? [A-Z]")
"""How a list of those present begins its lines, and no title does."""


@dataclass(frozen=True, slots=True)
class Laid:
    """An article, its lines with what each is in its place, and the paragraphs that are the writer's text."""

    article: FoundArticle
    lines: Sequence[Line]
    paragraphs: Sequence[tuple[int, int]]


def lay(text: str, found: Sequence[Line], stated: Sequence[Stated] = ()) -> list[Laid]:
    """Split a page's lines into articles, as the file marks them; the lines between two articles belong to the second."""
    marked = {at: kind for each in stated for at, kind in each.marked.items()}
    starts = _stated_starts(found, stated) if LineKind.TITLE in marked.values() else _starts(found)
    ends = [*starts[1:], len(found)]
    parts = [list(placed(found[first:behind], marked)) for first, behind in zip(starts, ends, strict=True)]
    fields = [fields_of(part) for part in parts]
    laid = []
    for place, part in enumerate(parts):
        begin = found[starts[place]].start if place else 0
        end = found[ends[place]].start if ends[place] < len(found) else len(text)
        article = FoundArticle(
            start=begin,
            end=end,
            sections=_sections(part, end),
            guesses=tuple(guesses(fields[place], [*fields[:place], *fields[place + 1 :]])),
            **fields[place],
        )
        laid.append(
            Laid(article, part, [(line.start, line.end) for line in part if line.kind is LineKind.BODY])
        )
    return laid


def _sections(part: Sequence[Line], end: int) -> tuple[Section, ...]:
    text = [line for line in part if line.kind in {LineKind.BODY, LineKind.HEADING}]
    if not text:
        return ()
    last = part.index(text[-1]) + 1
    stop = part[last].start if last < len(part) else end
    begun = [(line.text, line.start) for line in text if line.kind is LineKind.HEADING]
    if text[0].kind is LineKind.BODY:
        begun.insert(0, ("", text[0].start))
    ends = [*(start for _, start in begun[1:]), stop]
    return tuple(
        Section(heading=heading, start=start, end=until)
        for (heading, start), until in zip(begun, ends, strict=True)
    )


def _stated_starts(found: Sequence[Line], stated: Sequence[Stated]) -> list[int]:
    """Return the lines that begin an article where the file says that one begins."""
    begun = [bisect_left(found, each.start, key=lambda line: line.start) for each in stated]
    return sorted({0, *(place for place in begun[1:] if place < len(found))})


def _starts(found: Sequence[Line]) -> list[int]:
    """Return the lines that begin an article: what follows an article's foot, or stands right above a byline."""
    starts = [0]
    signed = any(LETTERS.search(line.text) for line in found[:3])
    for place, (line, above) in enumerate(zip(found, _above(found), strict=True)):
        if above < starts[-1] or line.kind is not LineKind.SHORT or not line.blank_before:
            continue
        if NUMBERED.match(line.text) or _PERSON.match(line.text) or not _text_follows(found, place):
            continue
        if " | " in line.text or _PERSON.match(found[place + 1].text) or _asks(found, place):
            continue
        before = found[starts[-1] : place]
        foot = found[above].kind in CLOSING or bool(is_bio(found[above].text))
        if (foot and _is_article(before, 2)) or (
            not signed and _byline_below(found, place) and _is_article(before, 1)
        ):
            starts.append(above + 1)
    return starts


def _asks(found: Sequence[Line], place: int) -> bool:
    """Whether a line is an interview's question: the paragraph below it is an answer in marks."""
    below = found[place + 1].text if place + 1 < len(found) else ""
    return found[place].text.endswith("?") and below[:1] in set("“\"‘'")


def _is_article(found: Sequence[Line], paragraphs: int) -> bool:
    """Whether lines have a title and so many paragraphs of some length below it."""
    texts = [
        place for place, line in enumerate(found) if line.kind is LineKind.BODY and len(line.text) > _TEXT
    ]
    return len(texts) >= paragraphs and texts[0] > 0


def _above(found: Sequence[Line]) -> Iterator[int]:
    """Yield for each line the nearest one above that is neither furniture, a credit nor a rule, -1 for none."""
    above = -1
    for place, line in enumerate(found):
        yield above
        above = above if line.kind in SITE else place


def _text_follows(found: Sequence[Line], place: int) -> bool:
    following = found[place + 1 : place + 7]
    return any(line.kind is LineKind.BODY and len(line.text) > 60 for line in following)


def _byline_below(found: Sequence[Line], place: int) -> bool:
    """Whether a line stands where a title does: right above a byline or a date, and is none itself."""
    if names(found, place):
        return False
    below = range(place + 1, min(place + 4, len(found)))
    return any(found[at].kind is LineKind.DATE or names(found, at) for at in below)
