"""Items that are pinned to dates."""

from collections.abc import Sequence
from dataclasses import astuple

from bot.core.ports import Pinned
from storage.driver import sqlite3

_PIN = "INSERT INTO pinned_items VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET item = excluded.item, drawn_for = excluded.drawn_for"
_UNPIN = "DELETE FROM pinned_items WHERE community = ? AND date = ? AND kind = ?"
_SELECT = "SELECT date, kind, item, drawn_for FROM pinned_items WHERE community = ?"


class Pins:
    """The pin port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def pin(self, community: str, pinned: Pinned) -> None:
        """Pin an item to a date, in place of what was pinned there of its kind."""
        self._execute(_PIN, (community, *astuple(pinned)))

    def unpin(self, community: str, date: str, kind: str) -> None:
        """Pin nothing of a kind to a date any more."""
        self._execute(_UNPIN, (community, date, kind))

    def pinned(self, community: str, date: str, kind: str) -> Pinned | None:
        """Get what is pinned to a date."""
        row = self._execute(f"{_SELECT} AND date = ? AND kind = ?", (community, date, kind)).fetchone()
        return _pinned(row) if row else None

    def pins(self, community: str, since: str, most: int) -> Sequence[Pinned]:
        """List what is pinned to dates, from one on, the earliest first."""
        sql = f"{_SELECT} AND date >= ? ORDER BY date, kind LIMIT ?"
        return [_pinned(row) for row in self._execute(sql, (community, since, most)).fetchall()]


def _pinned(row: tuple[str, str, str, int | None]) -> Pinned:
    date, kind, item, drawn_for = row
    return Pinned(date=date, kind=kind, item=item, drawn_for=drawn_for)
