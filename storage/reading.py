"""Each day's excerpt and its cards; what members have read, and their bookmarks."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.ports import Bookmark, Day, Posted
from storage.driver import sqlite3

_DAY = """
SELECT date, item, draw, turn FROM excerpt_days WHERE community = ? AND date = ? ORDER BY draw DESC LIMIT 1
"""
_DRAW = """
INSERT INTO excerpt_days (community, date, draw, item, turn, at)
VALUES (?1, ?2, (SELECT coalesce(max(draw), 0) + 1 FROM excerpt_days WHERE community = ?1 AND date = ?2), ?3, ?4, ?5)
RETURNING id, date, item, draw, turn
"""
_SERVE = """
INSERT INTO excerpts_served VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET article = excluded.article, last = excluded.last, turn = excluded.turn
"""
_SERVED = "SELECT item, article, last, turn FROM excerpts_served WHERE community = ?"
_POST = """
INSERT INTO excerpt_posts (community, item, date, anew, message) VALUES (?, ?, ?, ?, ?) RETURNING id
"""
_POSTED = "SELECT id, item, date, anew, message, edited_at FROM excerpt_posts"
_EDITED = "UPDATE excerpt_posts SET edited_at = ? WHERE id = ? AND community = ?"
_NOTE = "INSERT INTO parts_read VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_NOTED = "SELECT at FROM parts_read WHERE community = ? AND member = ? AND item = ?"
_READERS = "SELECT count(*) FROM parts_read WHERE community = ? AND item = ?"
_READ = "SELECT item, article FROM parts_read WHERE community = ? AND member = ? ORDER BY at DESC, item"
_BOOKMARK = "SELECT article, item, part FROM bookmarks WHERE community = ? AND member = ?"
_PLACE = """
INSERT INTO bookmarks (community, member, article, item, part, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET item = excluded.item, part = excluded.part, at = excluded.at
"""
_LAST_USES = "SELECT item, serial FROM decks WHERE community = ? AND deck = ?"


class Reading:
    """The reading port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def day(self, community: str, date: str) -> Day | None:
        """Get the excerpt of a local date, as drawn last."""
        row = self._execute(_DAY, (community, date)).fetchone()
        return _day(row) if row else None

    def draw(self, community: str, *, date: str, item: str, article: str, turn: int, at: int) -> Day:
        """Write the excerpt of a local date, in place of one drawn before."""
        number, *row = self._execute(_DRAW, (community, date, item, turn, at)).fetchone()
        self._execute(_SERVE, (community, item, article, number, turn))
        return _day(row)

    def served(self, community: str) -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """Map articles to their excerpts that have been a day's, and these to when they last were and in which turn."""
        served: dict[str, dict[str, tuple[int, int]]] = {}
        for item, article, last, turn in self._execute(_SERVED, (community,)):
            served.setdefault(article, {})[item] = (last, turn)
        return served

    def post(self, community: str, *, item: str, date: str, anew: bool, message: int) -> Posted:
        """Write a card that everyone sees."""
        row = self._execute(_POST, (community, item, date, anew, message)).fetchone()
        return Posted(id=row[0], item=item, date=date, anew=anew, message=message)

    def posted(self, community: str, number: int) -> Posted | None:
        """Get one of this community's cards."""
        row = self._execute(f"{_POSTED} WHERE id = ? AND community = ?", (number, community)).fetchone()
        return _posted(row) if row else None

    def posts(self, community: str, item: str, date: str, most: int) -> Sequence[Posted]:
        """List the cards of an excerpt on a local date, first those whose count was edited longest ago."""
        sql = f"{_POSTED} WHERE community = ? AND item = ? AND date = ? ORDER BY edited_at, id DESC LIMIT ?"
        return [_posted(row) for row in self._execute(sql, (community, item, date, most)).fetchall()]

    def edited(self, community: str, number: int, at: int) -> None:
        """Note when a card's count is edited."""
        self._execute(_EDITED, (at, number, community))

    def note(self, community: str, member: str, item: str, article: str, at: int) -> bool:
        """Note that a member has read an excerpt; False, and nothing written, when it is noted already."""
        return self._execute(_NOTE, (community, member, item, article, at)).rowcount == 1

    def noted(self, community: str, member: str, item: str) -> int | None:
        """Say when a member noted an excerpt as read."""
        row = self._execute(_NOTED, (community, member, item)).fetchone()
        return int(row[0]) if row else None

    def readers(self, community: str, item: str) -> int:
        """Count who has read an excerpt."""
        return int(self._execute(_READERS, (community, item)).fetchone()[0])

    def read(self, community: str, member: str) -> Mapping[str, str]:
        """Map what a member has read to its article, the latest first."""
        return dict(self._execute(_READ, (community, member)).fetchall())

    def bookmark(self, community: str, member: str, article: str) -> Bookmark | None:
        """Get a member's bookmark in an article."""
        row = self._execute(f"{_BOOKMARK} AND article = ?", (community, member, article)).fetchone()
        return _bookmark(row) if row else None

    def bookmarks(self, community: str, member: str) -> Sequence[Bookmark]:
        """List a member's bookmarks, the one moved last first."""
        rows = self._execute(f"{_BOOKMARK} ORDER BY at DESC, article", (community, member)).fetchall()
        return [_bookmark(row) for row in rows]

    def place(self, community: str, member: str, bookmark: Bookmark, at: int) -> None:
        """Put a member's bookmark of an article here."""
        row = (community, member, bookmark.article, bookmark.item, bookmark.part, at)
        self._execute(_PLACE, row)

    def last_uses(self, community: str, deck: str) -> Mapping[str, int]:
        """Map the items of a deck to numbers that grow with every serving; items never served are absent."""
        return dict(self._execute(_LAST_USES, (community, deck)).fetchall())


def _day(row: Sequence[Any]) -> Day:
    date, item, draw, turn = row
    return Day(date=date, item=item, draw=draw, turn=turn)


def _posted(row: tuple[int, str, str, int, int, int]) -> Posted:
    number, item, date, anew, message, edited_at = row
    return Posted(id=number, item=item, date=date, anew=bool(anew), message=message, edited_at=edited_at)


def _bookmark(row: tuple[str, str, int]) -> Bookmark:
    article, item, part = row
    return Bookmark(article=article, item=item, part=part)
