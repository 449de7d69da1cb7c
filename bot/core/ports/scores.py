"""The score port: points, append-only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """A member's points by window."""

    week: int = 0
    month: int = 0
    season: int = 0
    ever: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What a member has done: by topic the right answers and all of them; days this month; a streak of days."""

    points: Points
    topics: Sequence[tuple[str, int, int]]
    days: int
    streak: int
    rest_days: int


class ScorePort(Protocol):
    """Points, append-only, with where they come from; sums by window are kept beside them."""

    def add(self, community: str, member: str, points: int, *, source: str, at: int, zone: str) -> None:
        """Append a score event: `source` is `round:ID`, `adjustment:ID` or `rescore:ID`."""

    def points(self, community: str, member: str, at: int, zone: str) -> Points:
        """Sum a member's points in the windows that hold this moment."""

    def given(self, community: str, member: str, round_: int) -> int | None:
        """Sum what a round has given a member, challenges included; None where it has given nothing yet."""

    def record(self, community: str, member: str, at: int, zone: str) -> Record:
        """Gather what /score shows."""
