"""Which communities the bot is in, and the removal of everything of one that it has left.

The tables are found by themselves (storage/owning.py). Rows go before the rows they hang on.
"""

import json
from collections.abc import Collection, Mapping

from storage.driver import sqlite3
from storage.memory import Memory
from storage.owning import owned

STAY = frozenset({"presences"})
"""What is kept of a community that was removed: that it was, and when, so that no backup brings it back."""

_KEY = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"

_ARRIVE = """
INSERT INTO presences (community) VALUES (?)
ON CONFLICT DO UPDATE SET left_at = NULL, away = 0 WHERE left_at IS NOT NULL OR away = 1
"""
_LEAVE = """
INSERT INTO presences (community, left_at) VALUES (?, ?)
ON CONFLICT DO UPDATE SET left_at = excluded.left_at WHERE left_at IS NULL
"""
_ALL_ARRIVE = """
INSERT INTO presences (community) SELECT value FROM json_each(?) WHERE TRUE
ON CONFLICT DO UPDATE SET left_at = NULL, away = 0 WHERE left_at IS NOT NULL OR away = 1
"""
_OTHERS_LEAVE = """
UPDATE presences SET left_at = ?3
WHERE community GLOB ?1 || ':*' AND left_at IS NULL AND community NOT IN (SELECT value FROM json_each(?2))
"""
_LOSE = "UPDATE presences SET away = 1 WHERE community GLOB ? || ':*'"
_DUE = """
SELECT community FROM presences WHERE removing = 1
UNION ALL SELECT community FROM presences WHERE left_at <= ? AND left_at > coalesce(removed_at, -1) LIMIT 1
"""
_NEXT_LEFT = """
SELECT min(left_at) FROM presences WHERE left_at IS NOT NULL AND removing = 0 AND left_at > coalesce(removed_at, -1)
"""
_BEGIN = "INSERT INTO presences (community, removing) VALUES (?, 1) ON CONFLICT DO UPDATE SET removing = 1"
_KNOWN = "SELECT community, left_at, removed_at FROM presences"
_TAKE_OVER = """
INSERT INTO presences (community, left_at, removing, removed_at) VALUES (?1, ?2, ?3 IS NOT NULL, ?3)
ON CONFLICT DO UPDATE SET left_at = excluded.left_at, removed_at = excluded.removed_at,
  removing = coalesce(excluded.removed_at, -1) > coalesce(removed_at, -1)
"""
_END = "UPDATE presences SET removing = 0, removed_at = ?, cleaned = 0 WHERE community = ?"


class Presences:
    """The presence port in SQLite."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._execute = connection.execute

    def arrive(self, community: str) -> None:
        """Note that the bot is in a community."""
        self._execute(_ARRIVE, (community,))

    def leave(self, community: str, at: int) -> None:
        """Note that the bot has left a community; one that it had left before keeps its moment."""
        self._execute(_LEAVE, (community, at))

    def count_in(self, platform: str, communities: Collection[str], at: int) -> None:
        """Note that these are all the communities of a platform that the bot is in: from every other it has gone."""
        listed = json.dumps(sorted(communities))
        self._execute(_OTHERS_LEAVE, (platform, listed, at))
        self._execute(_ALL_ARRIVE, (listed,))

    def lose(self, platform: str) -> None:
        """Note that a platform's communities are out of reach, whatever is due there, until it is counted in again."""
        self._execute(_LOSE, (platform,))

    def due(self, before: int) -> str | None:
        """Give a community that is to be removed: it was left at a moment or before it, or its removal has begun."""
        row = self._execute(_DUE, (before,)).fetchone()
        return str(row[0]) if row else None

    def next_left(self) -> int | None:
        """Say when the community was left that is away longest, of those whose removal has not begun."""
        found: int | None = self._execute(_NEXT_LEFT).fetchone()[0]
        return found

    def remove(self, community: str, most: int, at: int) -> bool:
        """Remove everything of a community, at most so many rows; True when nothing is left."""
        self._memory.doubt()
        self._execute(_BEGIN, (community,))
        room = most
        for delete in removals(self._connection).values():
            room -= self._execute(delete, (community, room)).rowcount
            if room <= 0:
                return False
        self._execute(_END, (at, community))
        return True


def take_over(connection: sqlite3.Connection, replaced: sqlite3.Connection) -> None:
    """Note in a restored database what the one it replaces knew of where the bot is.

    A community that was removed since the backup was taken is removed again, at once after the next start.
    """
    connection.executemany(_TAKE_OVER, replaced.execute(_KNOWN).fetchall())


def removals(connection: sqlite3.Connection) -> Mapping[str, str]:
    """Give, table by table, what deletes rows of community ?1, at most ?2 of them, in an order that may be kept."""
    tables = [(name, whose) for name, whose in owned(connection).items() if name not in STAY]
    return {name: _removal(connection, name, whose) for name, whose in reversed(tables)}


def _removal(connection: sqlite3.Connection, table: str, whose: str) -> str:
    key = ", ".join(row[0] for row in connection.execute(_KEY, (table,)).fetchall())
    return f"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {whose} LIMIT ?2)"
