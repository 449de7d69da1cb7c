"""The audit port: every moderator's action, written once and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.events import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """An entry of the audit log: who did what, about what, to whom, and when (UTC seconds).

    `moderator` and `name` are empty once that moderator is forgotten, `whom` and `detail` once that member is.
    """

    id: int
    moderator: str
    name: str
    action: str
    about: str
    whom: str
    detail: str
    at: int


class AuditPort(Protocol):
    """The audit log of each community. Nothing in it is changed or deleted, but for the names of who is forgotten."""

    def note(
        self, community: str, moderator: Actor, action: str, about: str, at: int, detail: str = "", *, whom: str = ""
    ) -> int:  # fmt: skip
        """Write an entry; gives its id. `whom` is the id of the member it was done to, who is named nowhere else in it."""

    def get(self, community: str, number: int) -> Noted | None:
        """Get one of this community's entries."""

    def latest(self, community: str, about: str) -> Noted | None:
        """Get the last entry about something."""

    def page(self, community: str, first: int, most: int) -> Sequence[Noted]:
        """List entries, the newest first, from the `first` (counted from 0) on."""

    def count(self, community: str) -> int:
        """Count the entries."""
