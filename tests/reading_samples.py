"""What the tests of /excerpt and /read share: a database with an excerpt of the day, and what no command writes yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.library import Article, Excerpt, Rights
from storage import bodies
from storage.stocking import KINDS, renew
from storage.store import Store
from tests.conversation import Talk
from tests.houses import NOW, shelves
from tests.storage_samples import ports_of

HERE = "console:test"
LAWSON = "Neal Lawson, “Out of one party, many cultures”"
SOURCE = f"Source: {LAWSON}, 2010 (inferred). In copyright: five short excerpts, not the whole article."


@contextmanager
def writing(database: Path) -> Iterator[Store]:
    """Write beside the bot what no command writes yet."""
    store = Store(database)
    with store.transaction():
        yield store
    store.close()


def retire(database: Path, *items: str) -> None:
    """Take items out of the community's service."""
    with writing(database) as store:
        for item in items:
            store._db.execute("INSERT INTO retired VALUES (?, ?, ?)", (HERE, item, NOW))
        renew(store._db.conn, HERE)


def all_excerpts() -> list[str]:
    """Name every excerpt that ships."""
    return [each.id for shelf in shelves() for each in shelf.excerpts]


def tokens(talk: Talk, card: int) -> list[str]:
    """Give the tokens of a card's buttons."""
    shown = talk.console._board.shelf.numbered(card)
    return [each.token for each in shown.options.values()] if shown else []


def read_by(database: Path, readers: int) -> None:
    """Let so many members have read the excerpt of Tue 24 Nov."""
    with writing(database) as store:
        for number in range(readers):
            ports_of(store).reading.note(HERE, f"reader {number}", "one-party-quest", "out-of-one-party", NOW)


def add_articles(database: Path, count: int) -> None:
    """Give the community articles of its own, of one excerpt each."""
    with writing(database) as store:
        db = store._db
        for number in range(1, count + 1):
            article = Article(
                id=f"own-{number:02}", title=f"Own article {number:02}", rights=Rights.PUBLIC_DOMAIN, words=9
            )
            excerpt = Excerpt(id=f"own-{number:02}-1", article=article.id, text="One. Two.", part=1)
            row = (HERE, article.id, 10 + number, bodies.write(article))
            db.execute("INSERT INTO articles (community, article, place, body) VALUES (?, ?, ?, ?)", row)
            kept = (HERE, excerpt.id, KINDS[Excerpt], article.id, bodies.write(excerpt))
            db.execute(
                "INSERT INTO items (community, item, kind, article, place, words, body) VALUES (?, ?, ?, ?, 0, '', ?)",
                kept,
            )
        renew(db.conn, HERE)


def with_a_day(path: Path) -> Path:
    """Make a database on which part 2 of Neal Lawson's article is the excerpt of Tue 24 Nov; gives its path."""
    Store(path).close()
    with writing(path) as store:
        ports_of(store).reading.draw(
            HERE, date="2026-11-24", item="one-party-quest", article="out-of-one-party", turn=1, at=NOW
        )
    return path
