"""A community's own additions to the library, as shelves: what moderators added, and what they took from the queue."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.core.library import Article, Excerpt, Fact, Item, Person, Prompt, Quotation, Rights, Shelf
from storage import bodies
from storage.database import DatabaseFault, open_reader, sentence
from storage.driver import sqlite3
from storage.stocking import KINDS

OWN_WORDS = Article(
    id="own-words",
    title="Our own words",
    rights=Rights.LICENSED,
    licence="written by members and moderators of the community",
    words=0,
)
"""What stands for the article of prompts that are on none."""
_ITEMS = """
SELECT i.article, i.kind, i.body, coalesce(c.name, '') FROM items AS i
LEFT JOIN credits AS c ON c.community = i.community AND c.item = i.item
WHERE i.community = ?1 AND i.gone = 0
  AND NOT EXISTS (SELECT 1 FROM retired WHERE community = ?1 AND item = i.item)
ORDER BY i.article, i.place, i.item
"""
_ARTICLE = "SELECT body FROM articles WHERE community IN ('', ?) AND article = ? ORDER BY community DESC"
_PERSON = "SELECT body FROM people WHERE community IN ('', ?) AND person = ? ORDER BY community DESC"
_CLASSES = {kind: each for each, kind in KINDS.items()}


def own_shelves(database: str | Path, community: str) -> Sequence[Shelf]:
    """Read what a community has added and not retired, a shelf an article, each with the people it names.

    Where the article itself is a shared one, its shelf holds the additions alone. Raises DatabaseFault.
    """
    db = open_reader(database)
    try:
        added: dict[str, list[Item]] = {}
        for article, kind, body, credit in db.conn.execute(_ITEMS, (community,)).fetchall():
            item = bodies.credited(bodies.read_item(_CLASSES[kind], body), credit)
            added.setdefault(article, []).append(item)
        return [_shelf(db.conn, community, article, items) for article, items in added.items()]
    except sqlite3.Error as error:
        raise DatabaseFault(sentence(database, error)) from error
    finally:
        db.close()


def _shelf(connection: sqlite3.Connection, community: str, article: str, items: Sequence[Item]) -> Shelf:
    found = connection.execute(_ARTICLE, (community, article)).fetchone()
    about = bodies.read(Article, found[0]) if found else OWN_WORDS
    people = [connection.execute(_PERSON, (community, name)).fetchone() for name in _named(about, items)]
    return Shelf(
        article=about,
        people=tuple(bodies.read(Person, body[0]) for body in people if body),
        quotations=tuple(each for each in items if isinstance(each, Quotation)),
        excerpts=tuple(each for each in items if isinstance(each, Excerpt)),
        facts=tuple(each for each in items if isinstance(each, Fact)),
        prompts=tuple(each for each in items if isinstance(each, Prompt)),
    )


def _named(article: Article, items: Iterable[Item]) -> Sequence[str]:
    """Name everybody whom an article and its items name, each once."""
    quotations = [each for each in items if isinstance(each, Quotation)]
    speakers = [
        name for each in quotations for name in (each.speaker, *(end.speaker for end in each.endings))
    ]
    return list(dict.fromkeys(name for name in (article.author, *speakers) if name))
