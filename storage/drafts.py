"""Drafts: what a page was found to hold, until a moderator has put it into the queue or left it."""

from collections.abc import Sequence

from bot.core import codec
from bot.core.events import Attachment
from bot.core.ports import Found
from storage.driver import sqlite3
from storage.queue import row_of

_BEGIN = "INSERT INTO drafts (community, at, file) VALUES (?, ?, ?) RETURNING id"
_FEW = """
DELETE FROM drafts WHERE community = ?1 AND id NOT IN
  (SELECT id FROM drafts WHERE community = ?1 ORDER BY id DESC LIMIT ?2)
"""
_FILE = "SELECT file FROM drafts WHERE id = ? AND community = ?"
_PLACE = """
SELECT (SELECT coalesce(max(place), 0) FROM draft_items WHERE draft = d.id) FROM drafts AS d WHERE d.id = ? AND d.community = ?
"""
_ADD = """
INSERT INTO draft_items (draft, place, article, kind, body, people, rule, confidence, before, after, print)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNT = """
SELECT count(*) FROM draft_items AS i JOIN drafts AS d ON d.id = i.draft
WHERE d.id = ? AND d.community = ? AND i.confidence >= ?
"""
_PROPOSE = """
INSERT INTO proposals (community, article, kind, body, people, rule, confidence, before, after, at, print)
SELECT d.community, i.article, i.kind, i.body, i.people, i.rule, i.confidence, i.before, i.after, ?4, i.print
FROM draft_items AS i JOIN drafts AS d ON d.id = i.draft
WHERE d.id = ?1 AND d.community = ?2 AND i.confidence >= ?3
  AND NOT EXISTS (SELECT 1 FROM proposals AS p WHERE p.community = d.community AND p.print = i.print)
ORDER BY i.place
"""
_DROP = "DELETE FROM drafts WHERE id = ? AND community = ?"
_OLDEST = "SELECT min(at) FROM drafts"
_TIDY = "DELETE FROM drafts WHERE at <= ?"


class Drafts:
    """The draft port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._many = connection.executemany

    def begin(self, community: str, at: int, most: int, file: Attachment | None = None) -> int:
        """Write an empty draft; gives its id, and ends the community's oldest where there are more than `most`."""
        values = (community, at, codec.dump(file) if file else "")
        number = int(self._execute(_BEGIN, values).fetchone()[0])
        self._execute(_FEW, (community, most))
        return number

    def file(self, community: str, number: int) -> Attachment | None:
        """Get the file that a draft is to be read from."""
        row = self._execute(_FILE, (number, community)).fetchone()
        found: Attachment | None = codec.load(row[0]) if row and row[0] else None
        return found

    def add(self, community: str, number: int, found: Sequence[Found]) -> bool:
        """Add what was found to a draft; False where there is none."""
        row = self._execute(_PLACE, (number, community)).fetchone()
        if row is None:
            return False
        self._many(_ADD, [(number, place, *row_of(each)) for place, each in enumerate(found, row[0] + 1)])
        return True

    def count(self, community: str, number: int, least: float) -> int:
        """Count what a draft holds with this confidence at least."""
        return int(self._execute(_COUNT, (number, community, least)).fetchone()[0])

    def propose(self, community: str, number: int, least: float, at: int) -> int | None:
        """Put what has this confidence into the queue, and end the draft; None where there is none."""
        proposed = self._execute(_PROPOSE, (number, community, least, at)).rowcount
        return proposed if self.drop(community, number) else None

    def drop(self, community: str, number: int) -> bool:
        """End a draft; False where there is none."""
        return self._execute(_DROP, (number, community)).rowcount == 1

    def tidy(self, until: int) -> int | None:
        """End every draft begun at this moment or before; gives when the oldest that is left was begun."""
        self._execute(_TIDY, (until,))
        oldest = self._execute(_OLDEST).fetchone()[0]
        return None if oldest is None else int(oldest)
