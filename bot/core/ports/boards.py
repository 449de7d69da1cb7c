"""The board port: who has how many points in a stretch of time, of those who chose to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Window(Enum):
    """The stretches of time that there is a board of."""

    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    EVER = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One week, month or season of a community's calendar, or all time.

    `key` names it, as in `w:2026-11-23`, `m:2026-11`, `s:2026`, `s:2026-09-01` or `all`. `since` and `until` are its
    first moment and the first after it (UTC seconds). `name` is what moderators called a season.
    """

    window: Window
    key: str
    since: int
    until: int
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A member on a board; `shared` says that others have the same place."""

    place: int
    member: str
    name: str
    points: int
    shared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """Members who were shown with the same points: how many, and the names of the first few."""

    points: int = 0
    members: int = 0
    names: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rank:
    """A member's place: how many who are shown have more, who else has as much, and who comes next above."""

    points: int
    shown: bool
    above: int
    beside: Level
    following: Level


class BoardPort(Protocol):
    """Boards: places of those who chose to be shown. Whoever is not counts in nobody's place but their own.

    With `topic`, points count that came from rounds on questions of this topic, as it was when they were scored.
    """

    def span(self, community: str, window: Window, at: int, zone: str) -> Span:
        """Give the week, month or season in an IANA zone that holds this moment (UTC seconds)."""

    def read_span(self, community: str, key: str, zone: str) -> Span | None:
        """Read a span's key back; None for what is none."""

    def top(self, community: str, span: Span, most: int, *, topic: str = "") -> Sequence[Ranked]:
        """List the first so many who are shown and have points, in the order of places, then of names."""

    def standing(self, community: str, span: Span, member: str, *, topic: str = "") -> Rank:
        """Tell where a member stands, shown or not."""
