"""A community whose moderators have a queue: what the tests of /library begin with."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.core.library import Item, Quotation, Shelf
from bot.core.ports import Found, Ports
from bot.core.ports.settings import GREETED
from storage.store import Store
from tests.conversation import Talk, talking
from tests.houses import shelves
from tests.storage_samples import ports_of

FRIDAY = 1_795_194_000
"""Fri 20 Nov 2026, 17:00 in London: the now of the moderators' cards."""
COMMUNITY = "console:test"


def shelf_of(article: str) -> Shelf:
    """Give a bundled article with all that belongs to it."""
    return next(each for each in shelves() if each.article.id == article)


def item_of(item: str) -> Item:
    """Give a bundled item."""
    return next(each for shelf in shelves() for each in shelf.items if each.id == item)


def quotation_of(item: str) -> Quotation:
    """Give a bundled quotation."""
    found = item_of(item)
    assert isinstance(found, Quotation)
    return found


@asynccontextmanager
async def moderated(
    folder: Path,
    found: Sequence[Found] = (),
    *,
    retired: Sequence[str] = (),
    community: str = COMMUNITY,
) -> AsyncIterator[Talk]:
    """Open a house in whose queue this waits, and in whose library this is retired; Mia and Noor moderate.

    The first run was offered there before.
    """
    database = folder / "bot.db"
    with prepared(database) as ports:
        ports.settings.put(community, GREETED, 1)
        for each in found:
            ports.queue.propose(community, each, FRIDAY)
        for item in retired:
            ports.shelves.retire(community, item, FRIDAY)
    async with talking(database=database, at=FRIDAY, folder=folder) as talk:
        for who in ("Noor", "Mia"):
            await talk(who, "/clock", moderator=True)
        yield talk


@contextmanager
def prepared(database: Path) -> Iterator[Ports]:
    """Give the ports of a database before anybody talks, within a transaction."""
    store = Store(database)
    try:
        store.stock(shelves())
        with store.transaction():
            yield ports_of(store)
    finally:
        store.close()


async def fill(talk: Talk, who: str, *lines: str) -> str:
    """Fill a form in, line by line; gives what its last line is answered with."""
    answer = ""
    for each in lines:
        answer = await talk(who, each)
    return answer
