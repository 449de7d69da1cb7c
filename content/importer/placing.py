"""Tell what each line of one article is, from its place: the title, the standfirst, the headings, the foot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from content.importer.byline import masthead, says_only_when
from content.importer.dates import find_date
from content.importer.lines import CLOSING, TAGGED, Line, LineKind, is_bio
from content.importer.titles import SITE, names, title_of

NUMBERED = re.compile(r"(?:\d{1,2}|[IVXLC]{1,5})[.)]? +\S")
LISTS = re.compile(r"\b(?:letters|diary|notebook|digest|briefing|papers)\b", re.IGNORECASE)
"""What a title says that stands above several short pieces."""
LETTERS = re.compile(r"\bletters\b", re.IGNORECASE)
"""On a page of letters a name stands below what its bearer wrote."""
_BRIEF = 45
_TEXT = 60
_FIRST_PERSON = re.compile(r"\b(?:I|my|me)\b")
_LONGEST_TITLE = 140
_NOTHING: Mapping[int, LineKind] = {}
_OF_A_HEAD = SITE | {LineKind.BYLINE, LineKind.DATE, LineKind.STANDFIRST}
_KEPT = frozenset(
    {
        LineKind.BIO,
        LineKind.CORRECTION,
        LineKind.COLOPHON,
        LineKind.EVENT,
        LineKind.CREDIT,
        LineKind.FURNITURE,
        LineKind.RULE,
        LineKind.DATE,
        LineKind.BYLINE,
    }
)


def placed(found: Sequence[Line], marked: Mapping[int, LineKind] = _NOTHING) -> Iterator[Line]:
    """Say what each line of one article is: as the file marks it, by the offset it begins at, else from its place."""
    found = [replace(line, kind=marked.get(line.start, line.kind)) for line in found] if marked else found
    title = next((place for place, line in enumerate(found) if line.kind is LineKind.TITLE), None)
    tagged = title is not None or any(line.kind is LineKind.HEADING for line in found)
    if title is None:
        title = title_of(found)
    begin = _body_begins(found, title)
    foot = _foot_begins(found, begin)
    spaced = any(line.blank_before for line in found[1:])
    for place, line in enumerate(found):
        if place == title:
            yield replace(line, kind=LineKind.TITLE)
        elif title is not None and title < place < begin:
            yield replace(line, kind=_in_head(found, place, title))
        elif place < begin:
            yield replace(line, kind=_above_title(line))
        elif place >= foot:
            yield replace(
                line,
                kind=LineKind.BIO
                if is_bio(line.text)
                else line.kind
                if line.kind in CLOSING or line.kind is LineKind.CREDIT
                else LineKind.FURNITURE,
            )
        else:
            yield replace(line, kind=_in_body(found, place, foot, tagged=tagged, spaced=spaced))


def _above_title(line: Line) -> LineKind:
    if masthead(line.text):
        return LineKind.MASTHEAD
    if line.kind is LineKind.SHORT and find_date(line.text):
        return LineKind.DATE
    return LineKind.FURNITURE if line.kind in {LineKind.BODY, LineKind.SHORT} else line.kind


def _body_begins(found: Sequence[Line], title: int | None) -> int:
    """Return the first line behind the title, its standfirst, byline and date."""
    if title is None:
        return next((place for place, line in enumerate(found) if line.kind is LineKind.BODY), 0)
    head = [
        place
        for place in range(title + 1, min(len(found), title + 12))
        if found[place].kind in {LineKind.BYLINE, LineKind.DATE, LineKind.STANDFIRST}
        or (names(found, place) and not LETTERS.search(found[title].text))
        or (found[place].kind is LineKind.SHORT and find_date(found[place].text))
    ]
    head = [
        place
        for place in head
        if sum(found[at].kind is LineKind.BODY and len(found[at].text) > 60 for at in range(title + 1, place))
        <= 2
        and any(later.kind is LineKind.BODY and len(later.text) > _TEXT for later in found[place + 1 :])
    ]
    begin = max(head, default=title) + 1
    while begin < len(found) and found[begin].kind in SITE:
        begin += 1
    several = LISTS.search(found[title].text)
    if not head and not several and begin < len(found) and _stands_first(found, begin):
        begin += 1
        while begin < len(found) and found[begin].kind in SITE:
            begin += 1
    return begin


def _stands_first(found: Sequence[Line], place: int) -> bool:
    """Whether a line under the title is a standfirst rather than the first paragraph."""
    line = found[place]
    rest = found[place + 1 : place + 8]
    texts = [len(later.text) for later in rest if later.kind is LineKind.BODY]
    if (
        not texts
        or len(line.text.split()) > _BRIEF * 1.4
        or _FIRST_PERSON.search(line.text)
        or TAGGED.search(line.text)
    ):
        return False
    if line.kind is LineKind.SHORT:
        return not NUMBERED.match(line.text) and not _is_label(line.text)
    if rest and rest[0].kind in {LineKind.SHORT, LineKind.RULE}:
        return len(line.text.split()) <= _BRIEF
    return (
        len(line.text.split()) <= _BRIEF
        and sum(texts) / len(texts) > 2.5 * len(line.text)
        and min(texts) > 1.4 * len(line.text)
    )


def _in_head(found: Sequence[Line], place: int, title: int) -> LineKind:
    line = found[place]
    if line.kind in _OF_A_HEAD:
        return line.kind
    if names(found, place):
        return LineKind.BYLINE
    if find_date(line.text) and len(line.text) < _LONGEST_TITLE:
        return LineKind.DATE
    first = all(found[at].kind in SITE for at in range(title + 1, place)) and not _is_label(line.text)
    first = first and all(later.kind is not LineKind.STANDFIRST for later in found[place + 1 : place + 12])
    return LineKind.STANDFIRST if first else LineKind.FURNITURE


def _is_label(text: str) -> bool:
    """Whether a short line has a capital at every word that counts, as the name of a body or a place has."""
    words = [word for word in text.split() if len(word) > 3]
    return len(text.split()) < 9 and all(not word[0].islower() for word in words)


def _foot_begins(found: Sequence[Line], begin: int) -> int:
    """Return the first line of the foot: notes on the writer, corrections, where it appeared, the site's furniture."""
    foot = len(found)
    for place in range(len(found) - 1, begin, -1):
        line = found[place]
        if (line.kind in CLOSING or line.kind in SITE or is_bio(line.text)) or (
            line.kind is LineKind.SHORT
            and foot >= place
            and len(line.text.split()) <= 6
            and any(
                later.kind is LineKind.FURNITURE or later.kind in CLOSING
                for later in found[place + 1 : place + 3]
            )
        ):
            foot = place
        else:
            break
    return foot


def _in_body(found: Sequence[Line], place: int, foot: int, *, tagged: bool, spaced: bool) -> LineKind:
    """Say what a line inside the text is; `tagged` says that the file marks its headings."""
    line = found[place]
    if line.kind in _KEPT:
        return line.kind
    if line.kind is LineKind.HEADING:
        above_text = any(later.kind is LineKind.BODY for later in found[place + 1 : min(place + 3, foot)])
        return LineKind.HEADING if above_text else LineKind.FURNITURE
    if line.kind is not LineKind.SHORT:
        return LineKind.BODY
    if not tagged and _heads(found, place, foot, spaced=spaced):
        return LineKind.HEADING
    return (
        LineKind.BODY
        if len(line.text) > 60 or any(mark in line.text for mark in '“"')
        else LineKind.FURNITURE
    )


def _heads(found: Sequence[Line], place: int, foot: int, *, spaced: bool) -> bool:
    """Whether a short line stands above a paragraph as its heading."""
    line = found[place]
    following = found[place + 1] if place + 1 < foot else None
    if (
        following is None
        or following.kind not in {LineKind.BODY, LineKind.SHORT, LineKind.CREDIT}
        or len(line.text) > 90
    ):
        return False
    if following.kind is LineKind.SHORT and not line.blank_after:
        return False
    below = found[place + 1 : min(place + 3, foot)]
    if not any(later.kind is LineKind.BODY and len(later.text) > _TEXT for later in below) or says_only_when(
        line.text
    ):
        return False
    return (line.blank_before or not spaced) and line.text[0] not in "“\"‘'(-–—•*·"
