"""The deck port and the showing port: what was served, and what each shown quotation is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class DeckPort(Protocol):
    """How often each item of a named deck has been served here."""

    def served(self, community: str, deck: str) -> Mapping[str, int]:
        """Count by item; items never served are absent."""

    def last(self, community: str, deck: str) -> str:
        """Name the item served last, or nothing."""

    def serve(self, community: str, deck: str, item: str, at: int) -> None:
        """Count one more serving."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Showing:
    """A quotation that was shown: which, under what filters, and the row of its message."""

    id: int
    item: str
    about: str
    by: str
    message: int


class ShowingPort(Protocol):
    """The quotations that were shown, so that the buttons under them know what they are about."""

    def add(self, community: str, *, item: str, about: str, by: str, message: int, at: int) -> int:
        """Write one; gives its id."""

    def get(self, community: str, showing: int) -> Showing | None:
        """Get one of this community's."""
