"""Searching 100,000 quotations for two words, for three, for a phrase, and for what is mistyped."""

import functools
import random
from collections.abc import Iterator

from bot.bench.ground import PLACE, database, percentile, ports_of, timed
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.bench.shelves import WORDS, a_shelf
from bot.core import searching
from bot.core.ports import Ports
from storage.store import Store

QUOTATIONS = 100_000


def measure(pace: Pace) -> Iterator[Row]:
    """Measure what /search looks up, as the core asks for it."""
    count = pace.size(QUOTATIONS)
    pace.show(0.05, "100,000 quotations")
    with database(lambda store: _fill(store, count)) as path:
        pace.show(0.6, "searching")
        store = Store(path, reading=True)
        ports = ports_of(store)
        took = _searched(ports, pace.size(300, 20))
        floor = _bare(store)
        store.close()
    yield Row(
        name=f"search over {count:,} quotations, p95", measured=1000 * percentile(took, 0.95), unit="ms", floor=floor,
        floor_of="one bare MATCH", most=20,
    )  # fmt: skip


def _fill(store: Store, count: int) -> None:
    store.stock([a_shelf(quotations=count, speakers=200)])


def _searched(ports: Ports, times: int) -> list[float]:
    chance = random.Random(2)  # noqa: S311 - the same words each time
    ways = (
        lambda: " ".join(chance.sample(WORDS, 2)),
        lambda: " ".join(chance.sample(WORDS, 3)),
        lambda: chance.choice(WORDS),
        lambda: f"{chance.choice(WORDS)[:-2]}x {chance.choice(WORDS)}",
    )
    took = []
    for number in range(times):
        typed = ways[number % len(ways)]()
        took += timed(1, functools.partial(searching.search, ports, PLACE.community, typed))
    return took


def _bare(store: Store) -> float:
    execute = store._db.conn.execute  # noqa: SLF001 - the floor is SQLite without the storage
    sql = "SELECT rowid FROM search_words WHERE search_words MATCH ? LIMIT 200"
    match = f'"{WORDS[0]}" AND "{WORDS[1]}"'
    return 1000 * percentile(timed(20, lambda: execute(sql, (match,)).fetchall()), 0.5)
