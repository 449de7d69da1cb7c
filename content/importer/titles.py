"""Find the title among the lines above an article's text: below the site's name, its sections and its menu."""

import re
from collections.abc import Sequence

from content.importer.byline import OFFICE, masthead, signature
from content.importer.dates import find_date, without_dates
from content.importer.lexicon import is_first_name
from content.importer.lines import Line, LineKind

_DEEPEST = 14
_LONGEST = 140
_PARAGRAPH = 160
_LEAST_PARAGRAPH = 60
_LEAST_OF_A_TITLE = 3
_MOST_OF_A_LABEL = 5
_MOST_OF_A_NAME = 6
_SECTIONS = frozenset(
    "the a an and of in on from with for to essay essays feature features interview interviews long read reads longread opinion opinions comment editorial editorials leader"
    " leaders leading article articles profile profiles guest column columns columnist columnists sketch review reviews analysis politics political news uk us world local national"
    " international culture books book health education city counties county courts court crime notebook monday tuesday wednesday thursday friday"
    " saturday sunday report reportage reporters staff ideas britain england scotland wales ireland europe america asia africa sport sports business tribute obituary obituaries"
    " law order policy live magazine explainer transcript letters breaking latest headlines money travel society technology science environment"
    " history arts film theatre music congress parliament nation state metro lifestyle investigation special economy finance markets conversation briefing diary".split()
)
_PARTS = re.compile(r" +[|·•›>/–—] +|\s*★\s*")
_SETS_APART = re.compile(r" [|·•›>/] |★")
_ABOUT_ITSELF = re.compile(
    r"(?:the|a|an) (?:\w+ ){0,2}(?:magazine|newspaper|newsletter|paper|journal|weekly|quarterly|column|voice|home) (?:of|for|about|by)\b.*"
    r"|.*\b(?:free, independent|reader[ -]funded|independent journalism)\b.*|vol(?:ume|\.)? ?\d.*|(?:issue|no\.) ?\d.*|\d{1,2}\. \w+(?: \w+)?|aired\b.*|.{0,40}[’']s view",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*\d|\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+$"
)
_PART = re.compile(r"(?:I|II|III|IV|V|VI|VII|VIII|IX|X)\. \S+")
SITE = frozenset({LineKind.FURNITURE, LineKind.CREDIT, LineKind.RULE})
"""What the site sets between the lines of a head."""
_ASKS = re.compile(r"[?!…][”’\"']?$")


def title_of(found: Sequence[Line]) -> int | None:
    """Return the place of the title: the first line of the head that names no paper, section or menu."""
    chosen, parted = None, False
    labels: list[int] = []
    for place, line in enumerate(found[: _DEEPEST + 1]):
        if line.kind is LineKind.BYLINE or (line.kind is LineKind.BODY and len(line.text) > _PARAGRAPH):
            break
        if line.kind not in {LineKind.SHORT, LineKind.BODY}:
            continue
        if (chosen is not None or labels) and names(found, place):
            break
        if _is_label(found, place, parted=parted):
            labels.append(place)
            parted = parted or chosen is None or not masthead(line.text)
        elif line.kind is LineKind.BODY and not _ends_as_title(found, place, first=chosen is None):
            continue
        elif chosen is None:
            chosen, parted = place, False
        elif parted and _replaces(line.text, found[chosen].text):
            return place
        if (
            chosen == place
            and line.kind is LineKind.BODY
            and labels
            and _stands_above(found[labels[-1]], line)
        ):
            return labels[-1]
    return max(labels, key=lambda place: len(found[place].text), default=None) if chosen is None else chosen


def _replaces(later: str, title: str) -> bool:
    """Whether what was taken for the title is a paper's name after all: there are sections below it, and then this line."""
    words = len(later.split())
    dated = find_date(later) or _DAY.search(later)
    return words >= _LEAST_OF_A_TITLE and len(title.split()) <= _MOST_OF_A_NAME and not dated


def _stands_above(label: Line, line: Line) -> bool:
    """Whether a line in capitals is the title of what seemed to be one with an end mark, and is its standfirst."""
    return (
        label.text.isupper()
        and not is_section(label.text)
        and not masthead(label.text.title())
        and not _ASKS.search(line.text)
    )


def _is_label(found: Sequence[Line], place: int, *, parted: bool) -> bool:
    """Whether a line names the paper or the section, and something that could be the title follows."""
    text = found[place].text
    if not any(_could_be_title(found, at) for at in range(place + 1, min(place + 6, len(found)))):
        return False
    words = text.split()
    if (
        is_section(text)
        or _ABOUT_ITSELF.fullmatch(text)
        or (text.isupper() and len(words) <= _MOST_OF_A_NAME)
    ):
        return True
    near = [later for later in found[place + 1 : place + 3] if later.kind is LineKind.SHORT]
    if masthead(text.title() if text.isupper() else text) and near:
        return True
    if len(words) >= _LEAST_OF_A_TITLE or any(
        later.text.startswith(text) for later in found[place + 1 : place + 4]
    ):
        return False
    menu = (
        place + 1 < len(found)
        and not found[place].blank_after
        and found[place + 1].kind in {LineKind.SHORT, LineKind.FURNITURE}
    )
    run = place and parted and not found[place].blank_before and found[place - 1].kind is LineKind.SHORT
    longer = any(len(later.text.split()) > len(words) for later in near)
    return bool(menu or run) or (longer and (not parted or _two_below(found, place)))


def _two_below(found: Sequence[Line], place: int) -> bool:
    """Whether both a title and its standfirst may stand below a line, which then only says what they are about."""
    below = found[place + 1 : place + 3]
    return len(below) > 1 and all(
        line.kind in {LineKind.SHORT, LineKind.BODY}
        and len(line.text.split()) >= _LEAST_OF_A_TITLE
        and len(line.text) < _PARAGRAPH
        and not names(found, place + 1 + at)
        for at, line in enumerate(below)
    )


def _could_be_title(found: Sequence[Line], place: int) -> bool:
    line = found[place]
    if len(line.text) >= _PARAGRAPH or names(found, place):
        return False
    signed = any(later.kind in {LineKind.BYLINE, LineKind.DATE} for later in found[place + 1 : place + 3])
    return line.kind is LineKind.SHORT or (
        line.kind is LineKind.BODY and (signed or bool(_ASKS.search(line.text)))
    )


def is_section(text: str) -> bool:
    """Whether a line is nothing but the names of a paper's sections, or several things set apart by strokes."""
    if _SETS_APART.search(text):
        parts = [part for part in _PARTS.split(without_dates(text)) if part.strip()]
        return all(len(part.split()) <= _MOST_OF_A_LABEL for part in parts)
    words = re.findall(r"[^\W\d_]+", text)
    return bool(words) and all(word.lower() in _SECTIONS for word in words)


def _ends_as_title(found: Sequence[Line], place: int, *, first: bool) -> bool:
    """Whether a line with an end mark is a title all the same: a question, or what stands first above a byline."""
    line = found[place]
    if len(line.text) >= _LONGEST:
        return False
    if _ASKS.search(line.text):
        return True
    below = found[place + 1 : place + 3]
    signed = any(later.kind in {LineKind.DATE, LineKind.BYLINE} for later in below)
    return first and (signed or (not place and len(below) > 1 and len(below[0].text) > len(line.text)))


def names(found: Sequence[Line], place: int) -> bool:
    """Whether a line of the head is a byline without “by”: a name above an office, a date or the first paragraph."""
    line = found[place]
    if line.kind is LineKind.BYLINE:
        return True
    if line.kind is not LineKind.SHORT or signature(line.text) is None or _PART.fullmatch(line.text):
        return False
    below = next((found[at] for at in range(place + 1, len(found)) if found[at].kind not in SITE), None)
    if below is None:
        return False
    office = below.kind is LineKind.SHORT and bool(OFFICE.search(below.text))
    begins = line.blank_before and (
        (below.kind is LineKind.BODY and len(below.text) > _LEAST_PARAGRAPH)
        or is_first_name(line.text.split()[0])
    )
    return below.kind is LineKind.DATE or office or begins
