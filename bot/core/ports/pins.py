"""The pin port: items that moderators have pinned to dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

THE_DAY = 0
"""Stands for the excerpt of the day where the id of a programme would."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pinned:
    """An item that is to be shown on a local date: the first that is drawn of its kind then.

    `kind` is "quotation", "excerpt", "fact" or "prompt". `drawn_for` is the programme that shows it, `THE_DAY` for the
    excerpt of the day, and None while nothing has drawn it.
    """

    date: str
    kind: str
    item: str
    drawn_for: int | None = None


class PinPort(Protocol):
    """What is pinned to dates: one item of each kind on a date."""

    def pin(self, community: str, pinned: Pinned) -> None:
        """Pin an item to a date, in place of what was pinned there of its kind."""

    def unpin(self, community: str, date: str, kind: str) -> None:
        """Pin nothing of a kind to a date any more."""

    def pinned(self, community: str, date: str, kind: str) -> Pinned | None:
        """Get what is pinned to a date."""

    def pins(self, community: str, since: str, most: int) -> Sequence[Pinned]:
        """List what is pinned to dates, from one on, the earliest first."""
