"""Word to moderators that reached nobody, kept as the codec writes it."""

from collections.abc import Sequence

from bot.core import codec
from bot.core.cards import Card
from storage.driver import sqlite3

KEPT = 20
"""Cards that are kept for one community at most."""
_KEEP = "INSERT INTO untold (community, card) VALUES (?, ?)"
_LET_GO = """
DELETE FROM untold WHERE id IN (SELECT id FROM untold WHERE community = ? ORDER BY id DESC LIMIT -1 OFFSET ?)
"""
_FIRST = "SELECT id, card FROM untold WHERE community = ? ORDER BY id LIMIT ?"
_TAKE = "DELETE FROM untold WHERE community = ? AND id <= ?"


class Notices:
    """The notice port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def keep(self, community: str, card: Card) -> None:
        """Keep a card; of very many the oldest go."""
        self._execute(_KEEP, (community, codec.dump(card)))
        self._execute(_LET_GO, (community, KEPT))

    def take(self, community: str, most: int) -> Sequence[Card]:
        """Give the oldest cards, at most so many, and keep them no longer."""
        rows = self._execute(_FIRST, (community, most)).fetchall()
        if rows:
            self._execute(_TAKE, (community, rows[-1][0]))
        return [codec.load(row[1]) for row in rows]
