"""Writing the bundled library into the database, and only when it has changed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.library import Article, Excerpt, Fact, Grade, Item, Person, Prompt, Quotation, Shelf
from bot.core.names import fold
from storage import bodies
from storage.driver import sqlite3

SHARED = ""
"""The community of the library that all share."""
KINDS: dict[type[Item], str] = {
    Quotation: "quotation",
    Excerpt: "excerpt",
    Fact: "fact",
    Prompt: "prompt",
}

_FINGERPRINT = "SELECT fingerprint FROM editions WHERE community = ''"
_RENEW = """
INSERT INTO editions (community, edition) VALUES (?, random()) ON CONFLICT DO UPDATE SET edition = excluded.edition
"""
_SIGN = "UPDATE editions SET fingerprint = ? WHERE community = ''"
_CLEAR = (
    "UPDATE articles SET gone = 1 WHERE community = ''",
    "UPDATE people SET gone = 1 WHERE community = ''",
    "UPDATE items SET gone = 1 WHERE community = ''",
    "DELETE FROM article_people WHERE community = ''",
)
_ARTICLE = """
INSERT INTO articles (community, article, place, body) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET place = excluded.place, body = excluded.body, gone = 0
"""
_PERSON = """
INSERT INTO people (community, person, body) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET body = excluded.body, gone = 0
"""
_OF_ARTICLE = "INSERT INTO article_people VALUES (?, ?, ?, ?)"
_ITEM = """
INSERT INTO items (community, item, kind, article, place, speaker, askable, words, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET kind = excluded.kind, article = excluded.article, place = excluded.place,
  speaker = excluded.speaker, askable = excluded.askable, words = excluded.words, body = excluded.body, gone = 0
"""
_NO_TOPICS = "DELETE FROM item_topics WHERE community = ? AND item = ?"
_TOPIC = "INSERT INTO item_topics VALUES (?, ?, ?)"


def stock(connection: sqlite3.Connection, shelves: Iterable[Shelf]) -> bool:
    """Make the shared library what these shelves hold; False, and nothing written, when it is that already.

    What stands on no shelf any more is marked as gone. Its id stays known, for what was asked about it.
    """
    shelves = tuple(shelves)
    fingerprint = _fingerprint(shelves)
    row = connection.execute(_FINGERPRINT).fetchone()
    if row is not None and row[0] == fingerprint:
        return False
    for sql in _CLEAR:
        connection.execute(sql)
    public = {person.id: person.public for shelf in shelves for person in shelf.people}
    for place, shelf in enumerate(shelves):
        _write(connection, shelf, place, public)
    renew(connection, SHARED)
    connection.execute(_SIGN, (fingerprint,))
    return True


def renew(connection: sqlite3.Connection, community: str) -> None:
    """Note that a community's library has changed, so that nobody goes on with what is in memory of it.

    An edition is a random number, not a count: so none comes twice, even where a transaction was rolled back.
    """
    connection.execute(_RENEW, (community,))


def _fingerprint(shelves: Sequence[Shelf]) -> str:
    digest = hashlib.sha256(bodies.FORMAT.encode())
    for shelf in shelves:
        for value in (shelf.article, *shelf.people, *shelf.items):
            digest.update(f"{type(value).__name__}{bodies.write(value)}\n".encode())
    return digest.hexdigest()


def write_article(connection: sqlite3.Connection, community: str, article: Article, place: int) -> None:
    """Write an article of a community's (or of the shared library), in place of what has its id there."""
    connection.execute(_ARTICLE, (community, article.id, place, bodies.write(article)))


def write_people(
    connection: sqlite3.Connection, community: str, article: str, people: Iterable[Person], place: int = 0
) -> None:
    """Write people of an article, who stand in it from this place on."""
    for number, person in enumerate(people, place):
        connection.execute(_PERSON, (community, person.id, bodies.write(person)))
        connection.execute(_OF_ARTICLE, (community, article, number, person.id))


def write_item(
    connection: sqlite3.Connection,
    community: str,
    item: Item,
    *,
    place: int,
    topics: Iterable[str],
    public: Mapping[str, bool],
) -> None:
    """Write an item with its topics (its article's where it has none); `public` says who keys a question."""
    connection.execute(_ITEM, (community, *_row(item, place, public)))
    connection.execute(_NO_TOPICS, (community, item.id))
    every = dict.fromkeys(item.topics or topics)
    connection.executemany(_TOPIC, ((community, item.id, topic) for topic in every))


def _write(connection: sqlite3.Connection, shelf: Shelf, place: int, public: Mapping[str, bool]) -> None:
    article = shelf.article
    write_article(connection, SHARED, article, place)
    write_people(connection, SHARED, article.id, shelf.people)
    for number, item in enumerate(shelf.items):
        write_item(connection, SHARED, item, place=number, topics=article.topics, public=public)


def _row(item: Item, place: int, public: Mapping[str, bool]) -> tuple[str, str, str, int, str, str, str, str]:
    speaker = item.speaker if isinstance(item, Quotation) else ""
    askable = " ".join(_askable(item, public)) if isinstance(item, Quotation) else ""
    words = item.question if isinstance(item, Fact) else item.text
    return item.id, KINDS[type(item)], item.article, place, speaker, askable, fold(words), bodies.write(item)


def _askable(quotation: Quotation, public: Mapping[str, bool]) -> Iterator[str]:
    """Name the kinds of question a quotation may key: none where it is disputed, nobody where nobody is known."""
    for kind in quotation.kinds if quotation.grade is not Grade.D else ():
        if kind != "who" or public.get(quotation.speaker, True):
            yield kind
