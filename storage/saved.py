"""What members keep."""

from collections.abc import Sequence

from storage.driver import sqlite3

_ADD = "INSERT INTO saved (community, member, item, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_REMOVE = "DELETE FROM saved WHERE community = ? AND member = ? AND item = ?"
_COUNT = "SELECT count(*) FROM saved WHERE community = ? AND member = ?"
_PAGE = """
SELECT item FROM saved WHERE community = ? AND member = ? ORDER BY at DESC, item LIMIT ? OFFSET ?
"""


class Saved:
    """The saved port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def add(self, community: str, member: str, item: str, at: int) -> bool:
        """Save an item; False, and nothing written, when it is saved already."""
        return self._execute(_ADD, (community, member, item, at)).rowcount == 1

    def remove(self, community: str, member: str, item: str) -> None:
        """Save an item no longer."""
        self._execute(_REMOVE, (community, member, item))

    def count(self, community: str, member: str) -> int:
        """Count what a member has saved."""
        return int(self._execute(_COUNT, (community, member)).fetchone()[0])

    def page(self, community: str, member: str, first: int, most: int) -> Sequence[str]:
        """List a member's saved items, newest first, from the `first` on."""
        rows = self._execute(_PAGE, (community, member, most, first)).fetchall()
        return [row[0] for row in rows]
