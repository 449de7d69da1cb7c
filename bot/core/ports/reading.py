"""The reading port: each day's excerpt and where it is shown; what members have read, and their bookmarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """The excerpt of a local date (`YYYY-MM-DD`).

    `draw` counts from 1, and above 1 it stands in for one that was retired on its own day. `turn` counts how often the
    community has begun to go through the library.
    """

    date: str
    item: str
    draw: int
    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A card of an excerpt that everyone sees.

    `anew` says that it stands in for one that was retired. `message` is the row of its message. `edited_at` is when its
    count was last edited, or will be (UTC seconds; 0 before the first time).
    """

    id: int
    item: str
    date: str
    anew: bool
    message: int
    edited_at: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Bookmark:
    """Where a member is in an article: at which excerpt, and the number that its part had then."""

    article: str
    item: str
    part: int


class ReadingPort(Protocol):
    """Each day's excerpt, its cards, and each member's own reading."""

    def day(self, community: str, date: str) -> Day | None:
        """Get the excerpt of a local date, as drawn last."""

    def draw(self, community: str, *, date: str, item: str, article: str, turn: int, at: int) -> Day:
        """Write the excerpt of a local date, in place of one drawn before."""

    def served(self, community: str) -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """Map articles to their excerpts that have been a day's, and these to when they last were, as a number that
        grows with every draw, and in which turn.
        """  # noqa: D205 - one nested mapping

    def post(self, community: str, *, item: str, date: str, anew: bool, message: int) -> Posted:
        """Write a card that everyone sees."""

    def posted(self, community: str, number: int) -> Posted | None:
        """Get one of this community's cards."""

    def posts(self, community: str, item: str, date: str, most: int) -> Sequence[Posted]:
        """List the cards of an excerpt on a local date, first those whose count was edited longest ago."""

    def edited(self, community: str, number: int, at: int) -> None:
        """Note when a card's count is edited."""

    def note(self, community: str, member: str, item: str, article: str, at: int) -> bool:
        """Note that a member has read an excerpt; False, and nothing written, when it is noted already."""

    def noted(self, community: str, member: str, item: str) -> int | None:
        """Say when a member noted an excerpt as read."""

    def readers(self, community: str, item: str) -> int:
        """Count who has read an excerpt."""

    def read(self, community: str, member: str) -> Mapping[str, str]:
        """Map what a member has read to its article, the latest first."""

    def bookmark(self, community: str, member: str, article: str) -> Bookmark | None:
        """Get a member's bookmark in an article."""

    def bookmarks(self, community: str, member: str) -> Sequence[Bookmark]:
        """List a member's bookmarks, the one moved last first."""

    def place(self, community: str, member: str, bookmark: Bookmark, at: int) -> None:
        """Put a member's bookmark of an article here."""

    def last_uses(self, community: str, deck: str) -> Mapping[str, int]:
        """Map the items of a deck to numbers that grow with every serving; items never served are absent."""
