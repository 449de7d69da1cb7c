"""The shelves as moderators see them: everything, in service or retired, and a community's own additions.

What is a community's own has the shape of what is shared, in the same tables under the community's name. Whatever
changes here renews the community's edition, so that nobody goes on with what is in memory of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.library import Article, Item, Person
from bot.core.names import fold
from bot.core.ports import Counts, Shelved, Worded
from storage import bodies
from storage.driver import sqlite3
from storage.stocking import KINDS, renew, write_article, write_item, write_people

_CLASSES = {kind: each for each, kind in KINDS.items()}
_ENTRY = """
SELECT i.kind, i.body, i.community, r.at, c.name FROM items AS i
LEFT JOIN retired AS r ON r.community = ?1 AND r.item = i.item
LEFT JOIN credits AS c ON c.community = i.community AND c.item = i.item
"""
# The few that are retired are found first, however many items there are.
_RETIRED_ENTRY = """
SELECT i.kind, i.body, i.community, r.at, c.name FROM retired AS r
CROSS JOIN items AS i ON i.item = r.item AND i.community IN ('', r.community)
LEFT JOIN credits AS c ON c.community = i.community AND c.item = i.item
"""
# A community's own item takes the place of a shared one with the same id.
_THERE = """
i.community IN ('', ?1) AND i.gone = 0
  AND NOT (i.community = '' AND EXISTS (SELECT 1 FROM items WHERE community = ?1 AND item = i.item AND gone = 0))
"""
_ONE = f"{_ENTRY} WHERE i.item = ?2 AND {_THERE}"
_OF_ARTICLE = f"{_ENTRY} WHERE i.article = ?2 AND {_THERE} ORDER BY i.community, i.place, i.item"
_WORDS = f"""
SELECT i.item, i.kind, i.words, NOT EXISTS (SELECT 1 FROM retired WHERE community = ?1 AND item = i.item)
FROM items AS i WHERE i.article = ?2 AND {_THERE} ORDER BY i.community, i.place, i.item
"""
_RETIRED = f"{_RETIRED_ENTRY} WHERE r.community = ?1 AND {_THERE} ORDER BY r.at DESC, i.item LIMIT ?2"
_HOLDS = "(instr(i.item, ?2) OR (?3 <> '' AND instr(i.words, ?3)))"
_IN_ORDER = "ORDER BY i.community, i.article, i.place, i.item LIMIT ?4"
_FIND = {
    None: f"{_ENTRY} WHERE {_HOLDS} AND {_THERE} {_IN_ORDER}",
    False: f"{_ENTRY} WHERE {_HOLDS} AND r.at IS NULL AND {_THERE} {_IN_ORDER}",
    True: f"{_RETIRED_ENTRY} WHERE r.community = ?1 AND {_HOLDS} AND {_THERE} {_IN_ORDER}",
}
_COUNTS = f"""
SELECT i.article, i.kind, EXISTS (SELECT 1 FROM retired WHERE community = ?1 AND item = i.item), count(*)
FROM items AS i WHERE {_THERE} GROUP BY 1, 2, 3
"""
_ARTICLES = """
SELECT article, body FROM articles WHERE community IN ('', ?) AND gone = 0 ORDER BY community, place, article
"""
_KNOWN = {
    "article": "SELECT 1 FROM articles WHERE community IN ('', ?) AND article = ? AND gone = 0",
    "person": "SELECT body FROM people WHERE community IN ('', ?) AND person = ? ORDER BY community DESC",
}
_TOPICS = "SELECT body FROM articles WHERE community IN ('', ?) AND article = ? ORDER BY community DESC"
_NEXT_ARTICLE = "SELECT coalesce(max(place), -1) + 1 FROM articles WHERE community = ?"
_NEXT_PERSON = "SELECT coalesce(max(place), -1) + 1 FROM article_people WHERE community = ? AND article = ?"
_NEXT_ITEM = "SELECT coalesce(max(place), -1) + 1 FROM items WHERE community = ? AND article = ?"
_CREDIT = "INSERT INTO credits VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET member = excluded.member, name = excluded.name"
_RETIRE = "INSERT INTO retired VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_RESTORE = "DELETE FROM retired WHERE community = ? AND item = ?"
_NO_NOTE = "DELETE FROM content_notes WHERE community = ? AND item = ?"
_NOTE = "INSERT INTO content_notes VALUES (?, ?, ?)"
_ANSWERED = "SELECT item, answers, right_answers FROM item_stats WHERE community = ? AND answers >= ?"
_SHOWN = """
SELECT item, count(*) FROM (
  SELECT item FROM showings WHERE community = ?1 AND at >= ?2
  UNION ALL SELECT item FROM excerpt_posts WHERE community = ?1 AND date >= ?3
  UNION ALL SELECT item FROM rounds WHERE community = ?1 AND asked_at >= ?2 AND mode <> 'private' AND state <> 'void'
) GROUP BY item
"""


class Shelves:
    """The shelf port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, community: str, article: Article | None, people: Sequence[Person], item: Item) -> None:
        """Put an item of the community's own into service, with what it names that is not known here."""
        if article is not None and not self._known("article", community, article.id):
            write_article(self._connection, community, article, self._next(_NEXT_ARTICLE, community))
        unknown = [each for each in people if not self._known("person", community, each.id)]
        first = self._next(_NEXT_PERSON, community, item.article)
        write_people(self._connection, community, item.article, unknown, first)
        body = self._value(_TOPICS, community, item.article)
        write_item(
            self._connection,
            community,
            item,
            place=self._next(_NEXT_ITEM, community, item.article),
            topics=bodies.read(Article, body).topics if body else (),
            public={each: self._public(community, each) for each in [getattr(item, "speaker", "")]},
        )
        renew(self._connection, community)

    def credit(self, community: str, item: str, member: str, name: str) -> None:
        """Note who suggested an item, and by what name its card says so."""
        self._connection.execute(_CREDIT, (community, member, item, name))

    def entry(self, community: str, item: str) -> Shelved | None:
        """Get an item, in service or retired."""
        row = self._connection.execute(_ONE, (community, item)).fetchone()
        return _entry(row) if row else None

    def entries(self, community: str, article: str) -> Sequence[Shelved]:
        """List everything of an article, in the library's order."""
        return [_entry(row) for row in self._connection.execute(_OF_ARTICLE, (community, article)).fetchall()]

    def words(self, community: str, article: str) -> Sequence[Worded]:
        """List the words of everything of an article, in service or retired."""
        rows = self._connection.execute(_WORDS, (community, article)).fetchall()
        return [Worded(item, kind, words, bool(serves)) for item, kind, words, serves in rows]

    def find(self, community: str, typed: str, *, retired: bool | None, most: int) -> Sequence[Shelved]:
        """List items in whose id or words this stands: those in service, retired ones, or both."""
        values = (community, typed.casefold().strip(), fold(typed), most)
        return [_entry(row) for row in self._connection.execute(_FIND[retired], values).fetchall()]

    def articles(self, community: str) -> Sequence[Article]:
        """List the articles, also those of which nothing is in service; the community's own come last."""
        found = dict(self._connection.execute(_ARTICLES, (community,)).fetchall())
        return [bodies.read(Article, body) for body in found.values()]

    def counts(self, community: str) -> Mapping[str, Counts]:
        """Count what there is of each article, by kind, and what is retired of it."""
        in_service: dict[str, dict[str, int]] = {}
        retired: dict[str, int] = {}
        for article, kind, out, number in self._connection.execute(_COUNTS, (community,)):
            kinds = in_service.setdefault(article, {})
            if out:
                retired[article] = retired.get(article, 0) + number
            else:
                kinds[kind] = number
        return {
            article: Counts(in_service=kinds, retired=retired.get(article, 0))
            for article, kinds in in_service.items()
        }

    def retire(self, community: str, item: str, at: int) -> bool:
        """Take an item out of service here; False where it is out already."""
        return self._changed(community, _RETIRE, (community, item, at))

    def note(self, community: str, item: str, words: str) -> None:
        """Have an item's cards begin with a content note here, in place of another; without words, with none."""
        self._connection.execute(_NO_NOTE, (community, item))
        if words:
            self._connection.execute(_NOTE, (community, item, words))

    def restore(self, community: str, item: str) -> bool:
        """Bring a retired item back; False where it is in service."""
        return self._changed(community, _RESTORE, (community, item))

    def retired(self, community: str, most: int) -> Sequence[Shelved]:
        """List what is retired here, the latest first."""
        return [_entry(row) for row in self._connection.execute(_RETIRED, (community, most)).fetchall()]

    def answered(self, community: str, least: int) -> Mapping[str, tuple[int, int]]:
        """Map what has had so many answers here to how many, and how many of them right."""
        rows = self._connection.execute(_ANSWERED, (community, least)).fetchall()
        return {item: (answers, right) for item, answers, right in rows}

    def shown(self, community: str, since: int, date: str) -> Mapping[str, int]:
        """Count how often each item was shown to everyone since a moment, and an excerpt since that local date."""
        return dict(self._connection.execute(_SHOWN, (community, since, date)).fetchall())

    def _changed(self, community: str, sql: str, values: tuple[str | int, ...]) -> bool:
        if self._connection.execute(sql, values).rowcount != 1:
            return False
        renew(self._connection, community)
        return True

    def _known(self, what: str, community: str, name: str) -> bool:
        return bool(self._value(_KNOWN[what], community, name))

    def _public(self, community: str, person: str) -> bool:
        body = self._value(_KNOWN["person"], community, person)
        return bodies.read(Person, body).public if body else True

    def _value(self, sql: str, *values: str) -> str:
        row = self._connection.execute(sql, values).fetchone()
        return str(row[0]) if row else ""

    def _next(self, sql: str, *values: str) -> int:
        return int(self._connection.execute(sql, values).fetchone()[0])


def _entry(row: tuple[Any, ...]) -> Shelved:
    kind, body, community, retired_at, credit = row
    item = bodies.read_item(_CLASSES[kind], body)
    return Shelved(item=bodies.credited(item, credit or ""), retired_at=retired_at, own=bool(community))
