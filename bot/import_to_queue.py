"""Putting what pages propose into a community's queue from the command line, also while the bot runs.

The lock that keeps two bots from one database is not needed for this: a proposal changes nothing that a running bot has
in memory, and SQLite lets writers wait for each other. So it is taken where it is free; where a bot holds it, the
database must have been made by this very version, since nothing may be migrated or stocked under a running bot.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.core import import_report, importing
from bot.core.findings import Findings, Found, Tally
from bot.core.library import Shelf
from bot.core.ports import Ports
from bot.hosts import known_communities
from bot.settings import Settings
from storage.database import MEMORY, DatabaseFault, is_current
from storage.lock import Lock
from storage.store import Store


@contextmanager
def opened(settings: Settings, shelves: Sequence[Shelf]) -> Iterator[Store]:
    """Open the database to write proposals; alone, or beside a running bot of the same version. Raises DatabaseFault."""
    lock = Lock(settings.database)
    alone = lock.take()
    try:
        if not alone and not is_current(settings.database):
            raise DatabaseFault(
                f"The bot runs on the database {settings.database}, and is of another version than this command. Stop it "
                "first, or use /library import there. Nothing was imported."
            )
        store = Store(settings.database, zone=str(settings.values["community.zone"]))
        try:
            if alone:
                store.stock(shelves)
            yield store
        finally:
            store.close()
    finally:
        lock.release()


@contextmanager
def compared(settings: Settings, shelves: Sequence[Shelf]) -> Iterator[Store]:
    """Open a database to compare with and change nothing: the bot's own, or the bundled library where there is none."""
    there = Path(settings.database).is_file() and is_current(settings.database)
    store = Store(settings.database if there else MEMORY, reading=there)
    try:
        if not there:
            store.stock(shelves)
        yield store
    finally:
        store.close()


def check_community(settings: Settings, community: str) -> None:
    """Raise DatabaseFault where nothing has been heard of a community; the console's are always there."""
    if not community.startswith("console:"):
        known_communities(settings.database, community)


def ports_of(store: Store, settings: Settings) -> Ports:
    """Give the ports of a store, to no draw by chance."""
    return store.ports(chance=random.SystemRandom(), rules=settings.rules)


def fit(ports: Ports, community: str, findings: Findings) -> tuple[tuple[Found, ...], list[str]]:
    """Fit a page's proposals to a community; gives what is new there, and the report on it."""
    fitted = importing.fit(ports, community, findings.found, Tally())
    told = importing.fit_articles(ports, community, findings)
    return fitted.new, import_report.lines(told, fitted.tally)


def propose(store: Store, ports: Ports, community: str, found: Sequence[Found]) -> int:
    """Put proposals into the queue, all or none, but for what was proposed meanwhile; gives how many."""
    at = int(time.time())
    with store.transaction():
        known = ports.queue.known(community, [each.item for each in found])
        fresh = [each for each, before in zip(found, known, strict=True) if not before]
        for each in fresh:
            ports.queue.propose(community, each, at)
    return len(fresh)
