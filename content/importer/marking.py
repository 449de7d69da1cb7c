"""Tell which blocks of an HTML page are an article's, and which are its title, standfirst, byline, date and headings."""

import itertools
from collections.abc import Sequence

from content.importer.blocks import Block, Sign
from content.importer.byline import signature
from content.importer.dates import find_date
from content.importer.lines import LineKind, classify
from content.importer.metadata import Metadata, letters

_PARAGRAPH = 100
_LONGEST_LINK = 200
_LONGEST_HEADING = 160
_LONGEST_BOLD = 90
_LONGEST_STANDFIRST = 400
_LONGEST_TITLE = 250
_LEAST_OF_WINDOW = 12
_REPEATED_QUOTED = 25
_REPEATED = 60
_TRIED = 200
_HEAD = 4
_DECK = 8
_HEADINGS = Sign.MAIN_HEADING | Sign.HEADING
_OF_A_HEAD = _HEADINGS | Sign.LINKED | Sign.STANDFIRST | Sign.BYLINE | Sign.DATE
_NO_HEADINGS = frozenset({LineKind.FURNITURE, LineKind.CREDIT, LineKind.RULE})


def kept(found: Sequence[Block]) -> list[Block]:
    """Leave out what repeats the article's own words in large letters, and the links to other pages inside its text."""
    begin = _body_begins(found, 0)
    whole = "\n".join(letters(block.text) for block in found[begin:] if not block.signs & _HEADINGS)
    tried, left = 0, list(found[:begin])
    dropped = False
    for block in found[begin:]:
        quoted = Sign.QUOTED in block.signs
        if (
            Sign.LINKED in block.signs
            and Sign.MAIN_HEADING not in block.signs
            and len(block.text) < _LONGEST_LINK
        ):
            continue
        if dropped and quoted and len(block.text) < _REPEATED:
            continue
        key = letters(block.text) if tried < _TRIED and not block.signs & _HEADINGS else ""
        dropped = False
        if len(key) >= (_REPEATED_QUOTED if quoted else _REPEATED) and len(block.text) < _LONGEST_STANDFIRST:
            tried += 1
            dropped = whole.count(key) > 1 if quoted else _repeats(key, whole)
        if not dropped:
            left.append(block)
    return left


def _repeats(key: str, whole: str) -> bool:
    """Whether a block's letters stand inside another, longer block."""
    at = whole.find(key)
    while at >= 0:
        end = at + len(key)
        if (at and whole[at - 1] != "\n") or (end < len(whole) and whole[end] != "\n"):
            return True
        at = whole.find(key, end)
    return False


def kinds_of(found: Sequence[Block], head: Metadata, *, alone: bool) -> list[LineKind | None]:
    """Say what the tags make of each block, None where they say nothing."""
    titles = _titles(found, head, alone=alone)
    kinds: list[LineKind | None] = [None] * len(found)
    tagged = any(block.signs & _HEADINGS for place, block in enumerate(found) if place not in titles)
    ends = [*titles[1:], len(found)]
    for title, end in zip(titles or [-1], ends if titles else [len(found)], strict=True):
        begin = min(_body_begins(found, title + 1), end)
        if title >= 0:
            kinds[title] = LineKind.TITLE
        for place in range(title + 1, begin):
            kinds[place] = _in_head(found, place, title, begin, head)
        if LineKind.STANDFIRST in (named := kinds[title + 1 : begin]):
            first = title + 1 + named.index(LineKind.STANDFIRST)
            kinds[first + 1 : begin] = [
                None if kind is LineKind.STANDFIRST else kind for kind in kinds[first + 1 : begin]
            ]
        for place in range(begin, end):
            if _is_heading(found, place, tagged=tagged):
                kinds[place] = LineKind.HEADING
            elif Sign.ABOUT_WRITER in found[place].signs:
                kinds[place] = LineKind.BIO
    return kinds


def _body_begins(found: Sequence[Block], start: int) -> int:
    """Return the first paragraph of the article's text."""
    return next(
        (
            place
            for place in range(start, len(found))
            if len(found[place].text) >= _PARAGRAPH and not found[place].signs & _OF_A_HEAD
        ),
        len(found),
    )


def _titles(found: Sequence[Block], head: Metadata, *, alone: bool) -> list[int]:
    """Return the blocks that are titles: one, unless several main headings stand each above a byline or a date."""
    mains = [place for place, block in enumerate(found) if Sign.MAIN_HEADING in block.signs]
    several = [
        place for place, end in itertools.pairwise([*mains, len(found)]) if _is_signed(found, place, end)
    ]
    if len(several) > 1:
        return several
    if alone:
        short = [place for place, block in enumerate(found) if len(block.text) < _LONGEST_TITLE]
        known = [place for place in short if is_titled(found[place].text, head)]
        known.sort(key=lambda place: len(found[place].text), reverse=True)
        headed = [place for place in known if found[place].signs & _HEADINGS]
        return [*headed, *mains, *known][:1]
    first = [place for place, block in enumerate(found[:_HEAD]) if block.signs & _HEADINGS]
    return [*mains, *first][:1]


def _is_signed(found: Sequence[Block], place: int, end: int) -> bool:
    """Whether a main heading has a byline or a date below it, and then text."""
    below = found[place + 1 : min(place + 1 + _HEAD, end)]
    signed = any(
        signature(block.text) or (len(block.text) < _PARAGRAPH and find_date(block.text)) for block in below
    )
    return signed and _body_begins(found[:end], place + 1) < end


def is_titled(text: str, head: Metadata) -> bool:
    """Whether a text is what the page's head gives as its title."""
    if any(letters(text) == letters(title) for title in head.titles):
        return bool(letters(text))
    key, window = letters(text), letters(head.window)
    return (
        bool(key)
        and key in window
        and (len(key) * 2 > len(window) or (len(key) >= _LEAST_OF_WINDOW and window.startswith(key)))
    )


def _in_head(found: Sequence[Block], place: int, title: int, begin: int, head: Metadata) -> LineKind | None:
    """Say what a block between the title and the text is."""
    block = found[place]
    line = block.text.partition("\n")[0]
    if classify(line) in _NO_HEADINGS:
        return None
    summed = _signed_below(found, place, begin) and any(
        letters(line) == letters(each) for each in head.summaries
    )
    if (
        (Sign.STANDFIRST in block.signs or summed)
        and len(block.text) < _LONGEST_STANDFIRST
        and not signature(line)
    ):
        return LineKind.STANDFIRST
    if Sign.BYLINE in block.signs and signature(line):
        return LineKind.BYLINE
    if Sign.DATE in block.signs and find_date(line):
        return LineKind.DATE
    if block.signs & _HEADINGS and place == begin - 1:
        deck = place == title + 1 and len(line.split()) >= _DECK
        return LineKind.STANDFIRST if deck else LineKind.HEADING
    return None


def _signed_below(found: Sequence[Block], place: int, begin: int) -> bool:
    """Whether a byline or a date follows in the head: what stands below both is the first paragraph."""
    return any(
        signature(block.text) or (len(block.text) < _PARAGRAPH and find_date(block.text))
        for block in found[place + 1 : begin]
    )


def _is_heading(found: Sequence[Block], place: int, *, tagged: bool) -> bool:
    """Whether a block inside the text is a heading: by its tag or, where no tags are used for any, a bold line above text."""
    block = found[place]
    if "\n" in block.text:
        return False
    if block.signs & _HEADINGS:
        return len(block.text) <= _LONGEST_HEADING and classify(block.text) not in _NO_HEADINGS
    above_text = place + 1 < len(found) and len(found[place + 1].text) >= _PARAGRAPH
    bold = Sign.STRONG in block.signs and len(block.text) <= _LONGEST_BOLD
    return not tagged and bold and above_text and classify(block.text) is LineKind.SHORT
