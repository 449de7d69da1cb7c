"""What a file says of an article beside its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from content.importer.lines import LineKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """What a file states of one article; empty where it says nothing. `date` is ISO 8601.

    `start` is the offset in the text at which the article begins. `marked` says what the file's tags make of a line, by the
    offset at which the line begins: its title, standfirst, byline, date or a heading.
    """

    start: int = 0
    title: str = ""
    author: str = ""
    date: str = ""
    publication: str = ""
    marked: Mapping[int, LineKind] = field(default_factory=dict)
