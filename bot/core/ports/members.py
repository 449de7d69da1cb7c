"""The member port: who is shown by name, what is kept about a member, and forgetting it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How much is kept about a member in one community.

    `rounds` counts those answered or asked for; `entries` the rows by table, those without any left out.
    """

    points: int
    rounds: int
    entries: Mapping[str, int]
    shown: bool


Entry = Mapping[str, object]
"""One thing that is kept, in words and figures that JSON can hold."""


class MemberPort(Protocol):
    """What members decided about being seen, and everything that is kept about one of them in a community."""

    def shown(self, community: str, member: str) -> bool | None:
        """Say whether a member is shown by name; None for one who has neither decided nor been asked."""

    def show(self, community: str, member: str, name: str) -> None:
        """Show a member under this name, on every board, from now on."""

    def hide(self, community: str, member: str) -> None:
        """Show a member no longer, and keep no name; for one who is new, note that the question was asked."""

    def seen(self, community: str, member: str, name: str) -> None:
        """Take note of what a member is called now, if they are shown: one look-up, and a write when it changed."""

    def kept(self, community: str, member: str) -> Kept:
        """Count what is kept about a member."""

    def export(self, community: str, member: str) -> Mapping[str, Sequence[Entry]]:
        """Gather everything that is kept about a member, by what it is.

        Of rounds that are open, what would tell their answer is left out.
        """

    def forget(self, community: str, member: str, at: int) -> None:
        """Remove everything that names a member here; what is counted of past rounds stays as it is."""
