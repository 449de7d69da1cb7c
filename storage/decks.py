"""How often items were served, deck by deck, and which quotation each card shows."""

from collections.abc import Mapping

from bot.core.ports import Showing
from storage.driver import sqlite3

_SERVED = "SELECT item, times FROM decks WHERE community = ? AND deck = ?"
_LAST = "SELECT item FROM decks WHERE community = ? AND deck = ? ORDER BY serial DESC LIMIT 1"
_SERVE = """
INSERT INTO decks VALUES (?1, ?2, ?3, 1, ?4,
  (SELECT coalesce(max(serial), 0) + 1 FROM decks WHERE community = ?1 AND deck = ?2))
ON CONFLICT DO UPDATE SET times = times + 1, last_at = excluded.last_at, serial = excluded.serial
"""
_SHOW = """
INSERT INTO showings (community, item, about, speaker, message, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id
"""
_SHOWING = "SELECT id, item, about, speaker, message FROM showings WHERE id = ? AND community = ?"


class Decks:
    """The deck port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def served(self, community: str, deck: str) -> Mapping[str, int]:
        """Count by item; items never served are absent."""
        return dict(self._execute(_SERVED, (community, deck)).fetchall())

    def last(self, community: str, deck: str) -> str:
        """Name the item served last, or nothing."""
        row = self._execute(_LAST, (community, deck)).fetchone()
        return str(row[0]) if row else ""

    def serve(self, community: str, deck: str, item: str, at: int) -> None:
        """Count one more serving."""
        self._execute(_SERVE, (community, deck, item, at))


class Showings:
    """The showing port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def add(self, community: str, *, item: str, about: str, by: str, message: int, at: int) -> int:
        """Write one; gives its id."""
        return int(self._execute(_SHOW, (community, item, about, by, message, at)).fetchone()[0])

    def get(self, community: str, showing: int) -> Showing | None:
        """Get one of this community's."""
        row = self._execute(_SHOWING, (showing, community)).fetchone()
        return Showing(id=row[0], item=row[1], about=row[2], by=row[3], message=row[4]) if row else None
