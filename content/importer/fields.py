"""Read the fields that an article states: title, standfirst, author, date, publication."""

import re
from collections.abc import Iterator, Sequence

from content.importer.byline import paper_of, signature
from content.importer.dates import find_date, without_dates
from content.importer.lines import Line, LineKind, is_bio
from content.importer.page import Guess
from content.importer.placing import LISTS

_ISSUE = re.compile(r"\bissue of (?:the )?(?P<name>[A-Z][\w’'& -]{2,60}?)(?=[,.;]|$)")
_APPEARED = re.compile(
    r"(?:appeared|published|ran|reprinted|printed) (?:\w+ ){0,2}?(?:in|by|on|from) (?:the \d.{0,40}? issue of )?(?P<name>(?:the |The )?[A-Z][\w’'&-]+(?: (?:of|and|&|the|[A-Z][\w’'&-]*)){0,6})"
)
_PART_OF_IT = re.compile(r" (?:section|pages?|supplement)\b")
_TALKS = re.compile(
    r"\b(?:talks|speaks|spoke|talked) (?:to|with) (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})\b"
)


def fields_of(placed: Sequence[Line]) -> dict[str, str]:
    """Return the fields by name; what is not stated is empty."""
    title = " ".join(line.text for line in placed if line.kind is LineKind.TITLE)
    standfirst = " ".join(line.text for line in placed if line.kind is LineKind.STANDFIRST)
    signed = [signature(line.text) for line in placed if line.kind is LineKind.BYLINE]
    bios = [is_bio(line.text) for line in placed if line.kind is LineKind.BIO]
    notes = [line.text for line in placed if line.kind is LineKind.COLOPHON]
    dated = [line.text for line in placed if line.kind is LineKind.DATE]
    dates = [*(each.date for each in signed if each), *map(find_date, dated)]
    mastheads = [line.text for line in placed if line.kind is LineKind.MASTHEAD]
    papers = [*map(_publication, notes), *mastheads, *map(paper_of, dated)]
    talked = _talked_to(standfirst, [line.text for line in placed if line.kind is LineKind.BODY])
    listed = find_date(title) if LISTS.search(title) else ""
    return {
        "title": title,
        "standfirst": standfirst,
        "author": next(
            (name for name in [*(each.names for each in signed if each), *bios, talked] if name), ""
        ),
        "date": next(
            (
                date
                for date in [*dates, *(find_date(note) for note in notes if _publication(note)), listed]
                if date
            ),
            "",
        ),
        "publication": next((paper for paper in papers if paper), ""),
    }


def _talked_to(standfirst: str, body: Sequence[str]) -> str:
    """Return whom a standfirst names as the interviewer: “She talks to Ada Byron”, who is nowhere else on the page."""
    found = _TALKS.search(standfirst)
    surname = found["name"].rpartition(" ")[2] if found else ""
    return found["name"] if found and not any(surname in paragraph for paragraph in body) else ""


def _publication(note: str) -> str:
    issue = _ISSUE.search(note)
    if issue:
        return issue["name"].strip()
    if re.match(r"\(?(?:additional )?(?:reporting|editing|writing) by", note, re.IGNORECASE):
        return ""
    note = without_dates(note)
    appeared = _APPEARED.search(note)
    if appeared is None or _PART_OF_IT.match(note, appeared.end()):
        return ""
    return re.sub(r"^the ", "", appeared["name"]).strip()


def guesses(fields: dict[str, str], others: Sequence[dict[str, str]]) -> Iterator[Guess]:
    """Suggest what the other articles of a page state of where they appeared."""
    if not fields["publication"]:
        for publication in dict.fromkeys(other["publication"] for other in others if other["publication"]):
            yield Guess(
                field="publication", value=publication, reason="another article on the page appeared there"
            )
