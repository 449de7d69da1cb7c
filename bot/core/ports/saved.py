"""The saved port: quotations that members keep."""

from collections.abc import Sequence
from typing import Protocol


class SavedPort(Protocol):
    """What each member has saved, newest first."""

    def add(self, community: str, member: str, item: str, at: int) -> bool:
        """Save an item; False, and nothing written, when it is saved already."""

    def remove(self, community: str, member: str, item: str) -> None:
        """Save an item no longer."""

    def count(self, community: str, member: str) -> int:
        """Count what a member has saved."""

    def page(self, community: str, member: str, first: int, most: int) -> Sequence[str]:
        """List a member's saved items, newest first, from the `first` (counted from 0) on."""
