"""The audit log: triggers refuse every change but the forgetting of a name."""

from collections.abc import Sequence

from bot.core.events import Actor
from bot.core.ports import Noted
from storage.driver import sqlite3

_NOTE = """
INSERT INTO audit (community, moderator, moderator_name, action, about, whom, detail, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""
_ENTRIES = (
    "SELECT id, moderator, moderator_name, action, about, whom, detail, at FROM audit WHERE community = ?"
)
_GET = f"{_ENTRIES} AND id = ?"
_LATEST = f"{_ENTRIES} AND about = ? AND about <> '' ORDER BY id DESC LIMIT 1"
_PAGE = f"{_ENTRIES} ORDER BY id DESC LIMIT ? OFFSET ?"
_COUNT = "SELECT count(*) FROM audit WHERE community = ?"


class Audit:
    """The audit port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def note(
        self, community: str, moderator: Actor, action: str, about: str, at: int, detail: str = "", *, whom: str = ""
    ) -> int:  # fmt: skip
        """Write an entry; gives its id."""
        row = (community, moderator.id, moderator.name, action, about, whom, detail, at)
        return int(self._execute(_NOTE, row).fetchone()[0])

    def get(self, community: str, number: int) -> Noted | None:
        """Get one of this community's entries."""
        return self._one(_GET, (community, number))

    def latest(self, community: str, about: str) -> Noted | None:
        """Get the last entry about something."""
        return self._one(_LATEST, (community, about))

    def page(self, community: str, first: int, most: int) -> Sequence[Noted]:
        """List entries, the newest first, from the `first` (counted from 0) on."""
        return [_noted(row) for row in self._execute(_PAGE, (community, most, first)).fetchall()]

    def count(self, community: str) -> int:
        """Count the entries."""
        return int(self._execute(_COUNT, (community,)).fetchone()[0])

    def _one(self, sql: str, values: tuple[str | int, ...]) -> Noted | None:
        row = self._execute(sql, values).fetchone()
        return _noted(row) if row else None


def _noted(row: tuple[int, str, str, str, str, str, str, int]) -> Noted:
    number, moderator, name, action, about, whom, detail, at = row
    return Noted(
        id=number, moderator=moderator, name=name, action=action, about=about, whom=whom, detail=detail, at=at
    )
