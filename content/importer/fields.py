"""Read the fields that an article states: title, standfirst, author, date, publication."""

import re
from collections.abc import Iterator, Sequence

from content.importer.dates import find_date, without_dates
from content.importer.lines import Line, LineKind, byline_name, is_bio
from content.importer.page import Guess
from content.importer.placing import NAME_LINE

_ISSUE = re.compile(r"\bissue of (?:the )?(?P<name>[A-Z][\w’'& -]{2,60}?)(?=[,.;]|$)")
_APPEARED = re.compile(
    r"(?:appeared|published|ran|reprinted|printed) (?:\w+ ){0,2}?(?:in|by|on|from) (?:the \d.{0,40}? issue of )?(?P<name>(?:the |The )?[A-Z][\w’'&-]+(?: (?:of|and|&|the|[A-Z][\w’'&-]*)){0,6})"
)


def fields_of(placed: Sequence[Line]) -> dict[str, str]:
    """Return the fields by name; what is not stated is empty."""
    title = " ".join(line.text for line in placed if line.kind is LineKind.TITLE)
    standfirst = " ".join(line.text for line in placed if line.kind is LineKind.STANDFIRST)
    bylines = [_author(line.text) for line in placed if line.kind is LineKind.BYLINE]
    bios = [is_bio(line.text) for line in placed if line.kind is LineKind.BIO]
    notes = [line.text for line in placed if line.kind is LineKind.COLOPHON]
    dates = [find_date(line.text) for line in placed if line.kind is LineKind.DATE]
    publication = next((name for note in notes if (name := _publication(note))), "")
    return {
        "title": title,
        "standfirst": standfirst,
        "author": next((name for name in [*bylines, *bios] if name), ""),
        "date": next(
            (date for date in [*dates, *(find_date(note) for note in notes if _publication(note))] if date),
            "",
        ),
        "publication": publication,
    }


def _author(line: str) -> str:
    named = byline_name(line)
    if named:
        return named
    match = NAME_LINE.fullmatch(line)
    return " ".join(word for word in _before_office(match["name"]).split()) if match else ""


def _before_office(name: str) -> str:
    """Cut “Miles Stone Health correspondent” before the office."""
    words = name.split()
    return (
        " ".join(words[:2])
        if len(words) > 2 and words[2][0].isupper() and words[2].lower() in _DESKS
        else name
    )


_DESKS = frozenset(
    "political politics health education economics business environment home foreign legal science technology arts sports media social north chief senior deputy".split()
)


def _publication(note: str) -> str:
    issue = _ISSUE.search(note)
    if issue:
        return issue["name"].strip()
    if re.match(r"\(?(?:additional )?(?:reporting|editing|writing) by", note, re.IGNORECASE):
        return ""
    appeared = _APPEARED.search(without_dates(note))
    return re.sub(r"^the ", "", appeared["name"]).strip() if appeared else ""


def guesses(fields: dict[str, str], others: Sequence[dict[str, str]]) -> Iterator[Guess]:
    """Suggest what the other articles of a page state of where they appeared."""
    if not fields["publication"]:
        for publication in dict.fromkeys(other["publication"] for other in others if other["publication"]):
            yield Guess(
                field="publication", value=publication, reason="another article on the page appeared there"
            )
