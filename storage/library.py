"""What can be served in a community: the shared library and its own additions, less what it retired."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.core.library import Article, Excerpt, Fact, Person, Prompt, Quotation
from bot.core.names import Roster
from bot.core.ports import Candidate
from storage import bodies
from storage.driver import sqlite3
from storage.holdings import Holdings
from storage.memory import Memory
from storage.stocking import SHARED

COMMUNITIES = 32
"""How many communities with a library of their own are kept in memory; all others share one."""
READ = 1_024
"""How many of a library's values are kept read."""

_EDITIONS = "SELECT community, edition FROM editions WHERE community IN ('', ?)"
_ITEM = """
SELECT body FROM items WHERE community IN ('', ?1) AND item = ?2 AND kind = ?3 AND gone = 0
  AND NOT EXISTS (SELECT 1 FROM retired WHERE community = ?1 AND item = ?2)
ORDER BY community DESC LIMIT 1
"""
# Left to itself, SQLite would read through every item instead.
_ON_EXCERPT = """
SELECT item FROM items INDEXED BY items_on_excerpt
WHERE community IN ('', ?) AND kind = 'fact' AND json_extract(body, '$.excerpt') = ? ORDER BY community DESC, place
"""
_KNOWN = "SELECT 1 FROM items WHERE community IN ('', ?) AND item = ?"
_CREDIT = "SELECT name FROM credits WHERE community = ? AND item = ?"
_NOTE = "SELECT words FROM content_notes WHERE community = ? AND item = ?"
_ARTICLE = (
    "SELECT body FROM articles WHERE community IN ('', ?) AND article = ? ORDER BY community DESC LIMIT 1"
)
_PERSON = "SELECT body FROM people WHERE community IN ('', ?) AND person = ? ORDER BY community DESC LIMIT 1"

Suggested = TypeVar("Suggested", Quotation, Prompt)


class Library:
    """The library port in SQLite."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._held: dict[str, tuple[tuple[int, ...], Holdings]] = {}

    def quotations(
        self, community: str, *, about: str = "", by: str = "", kind: str = ""
    ) -> Sequence[Candidate]:
        """List quotations by topic (or a word that stands in them), speaker, and kind of question."""
        return self._holdings(community).quotations(about, by, kind)

    def facts(self, community: str, *, about: str = "", article: str = "") -> Sequence[Candidate]:
        """List questions of fact by topic (or a word that stands in them), or of one article."""
        return self._holdings(community).facts(about, article)

    def fact(self, community: str, item: str) -> Fact | None:
        """Get a question of fact that is in service."""
        return self._read(Fact, _ITEM, community, item, "fact")

    def fact_on(self, community: str, excerpt: str) -> Fact | None:
        """Get the question of fact that is asked on an excerpt, and in service."""
        rows = self._connection.execute(_ON_EXCERPT, (community, excerpt)).fetchall()
        facts = (self.fact(community, row[0]) for row in rows)
        return next((each for each in facts if each and each.excerpt == excerpt), None)

    def excerpt(self, community: str, item: str) -> Excerpt | None:
        """Get an excerpt that is in service."""
        return self._read(Excerpt, _ITEM, community, item, "excerpt")

    def parts(self, community: str) -> Mapping[str, Sequence[str]]:
        """Map each article that has excerpts to them, in the order in which they are read."""
        return self._holdings(community).parts

    def excerpts(self, community: str, *, topic: str = "") -> Sequence[Candidate]:
        """List the excerpts, or those on a topic, in the order in which they are read."""
        return self._holdings(community).excerpts(topic)

    def prompts(self, community: str, *, article: str = "", topic: str = "") -> Sequence[Candidate]:
        """List the prompts for discussion, or those of one article or on a topic, in the library's order."""
        return self._holdings(community).prompts(article, topic)

    def prompt(self, community: str, item: str) -> Prompt | None:
        """Get a prompt for discussion that is in service."""
        return self._credited(community, self._read(Prompt, _ITEM, community, item, "prompt"))

    def content_note(self, community: str, item: str) -> str:
        """Say what stands before an item on its cards here; mostly nothing."""
        return self._body(_NOTE, community, item)

    def known(self, community: str, item: str) -> bool:
        """Whether anything has or had this id here, in service or not."""
        return self._connection.execute(_KNOWN, (community, item)).fetchone() is not None

    def articles(self, community: str) -> Sequence[Article]:
        """List the articles of which anything is in service, in the library's order."""
        return self._holdings(community).articles

    def quotation(self, community: str, item: str) -> Quotation | None:
        """Get a quotation that is in service; None when there is none of this id."""
        return self._credited(community, self._read(Quotation, _ITEM, community, item, "quotation"))

    def article(self, community: str, article: str) -> Article | None:
        """Get an article, also one of which nothing is in service."""
        return self._read(Article, _ARTICLE, community, article)

    def person(self, community: str, person: str) -> Person | None:
        """Get a person, also one whom no article names any more."""
        return self._read(Person, _PERSON, community, person)

    def people(self, community: str, article: str = "") -> Sequence[Person]:
        """List the people of the library by id, or of one article in its order."""
        return self._holdings(community).people(article)

    def topics(self, community: str) -> Sequence[str]:
        """List the topics, most used first."""
        return self._holdings(community).topics

    def roster(self, community: str) -> Roster:
        """Get the matcher over every person's names here."""
        return self._holdings(community).roster

    def speakers(self, community: str) -> Roster:
        """Get the matcher over the names of those with a quotation in service here."""
        return self._holdings(community).speakers

    def _credited(self, community: str, item: Suggested | None) -> Suggested | None:
        """Add the name of who suggested it here; it is read each time, since it goes when they are forgotten."""
        credit = self._body(_CREDIT, community, item.id) if item else ""
        return replace(item, credit=credit) if item and credit else item

    def _read(self, kind: type[bodies.T], sql: str, community: str, *values: str) -> bodies.T | None:
        """Read what a row holds whole, once for each edition of the library."""
        read, key = self._holdings(community).read, (kind, values[0])
        if key not in read:
            body = self._body(sql, community, *values)
            if len(read) >= READ:
                read.clear()
            read[key] = bodies.read(kind, body) if body else None
        found = read[key]
        return found if isinstance(found, kind) else None

    def _body(self, sql: str, *values: str) -> str:
        row = self._connection.execute(sql, values).fetchone()
        return str(row[0]) if row else ""

    def _holdings(self, community: str) -> Holdings:
        """Give what a community holds, read again when its library or the shared one has changed."""
        editions = self._editions(community)
        whose = community if community in editions else SHARED
        edition = tuple(editions.values())
        kept = self._held.get(whose)
        if kept is not None and kept[0] == edition:
            return kept[1]
        shared = None if whose == SHARED else self._holdings(SHARED)
        holdings = Holdings(self._connection, whose, shared)
        self._held.pop(whose, None)
        if len(self._held) >= COMMUNITIES:
            del self._held[next(each for each in self._held if each != SHARED)]
        self._held[whose] = (edition, holdings)
        return holdings

    def _editions(self, community: str) -> Mapping[str, int]:
        changes = self._connection.total_changes
        seen, editions = self._memory.editions.get(community, (-1, {}))
        if seen != changes:
            editions = dict(self._connection.execute(_EDITIONS, (community,)).fetchall())
            if self._memory.sure:
                self._memory.editions[community] = (changes, editions)
        return editions
