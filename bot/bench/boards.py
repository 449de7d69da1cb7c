"""Leaderboards over 1,000,000 score events of 100,000 members who chose to be shown: top ten, and one's own place."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.bench.ground import ANA, DAY, NOW, PLACE, alone, database, house, percentile, ports_of, timed
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core.events import CommandUsed
from bot.core.ports import Ports, Window
from storage.store import Store

MEMBERS = 100_000
EVENTS = 10
"""Score events of each member, a day apart."""
TOPIC = "pluralism"
_ZONE = "Europe/London"

# Everything is written as the bot's own triggers would leave it, table by table, since one by one takes minutes.
_MEMBERS = """
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2)
INSERT INTO members SELECT ?1, 'member ' || n, 'Member ' || n, 1 FROM n
"""
_ROUNDS = """
INSERT INTO rounds (id, community, channel, mode, state, typed, item, asker, asked_at, seconds, closes_at, question)
SELECT row_number() OVER (ORDER BY item), ?1, 'general', 'standing', 'closed', 0, item, 'mia', ?2, 60, ?2 + 60, '{}'
FROM items WHERE kind = 'quotation' ORDER BY item LIMIT 30
"""
# A third of the points are on the topic, and nobody has as many as their neighbour.
_EVENTS = """
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2),
  k (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k < ?3 - 1)
INSERT INTO score_events
SELECT ?1, 'round:' || (1 + k), 'member ' || n, 1 + (n * 7919 + k) % 5, ?4 - k * 86400 FROM n CROSS JOIN k
"""
_SUMS = """
INSERT INTO score_sums
SELECT community, member, window, sum(points), 1 FROM (
  SELECT community, member, points, 'all' AS window FROM score_events
  UNION ALL SELECT community, member, points, 's:2026' FROM score_events
  UNION ALL SELECT community, member, points, 'm:2026-11' FROM score_events
  UNION ALL SELECT community, member, points, 'w:2026-11-23' FROM score_events WHERE at >= ?1
) GROUP BY community, member, window
"""
_TOPIC_POINTS = """
INSERT INTO topic_points
SELECT community, member, ?1, at / 900 * 900, points FROM score_events WHERE CAST(substr(source, 7) AS INTEGER) % 3 = 0
"""
_TOP = "SELECT points, member FROM score_sums WHERE community = ? AND window = 'all' AND shown = 1 ORDER BY points DESC LIMIT 10"
_BY_TOPIC = "SELECT member, sum(points) FROM topic_points WHERE community = ? AND topic = ? GROUP BY member"


def measure(pace: Pace) -> Iterator[Row]:
    """Measure the ports, and the commands that show it."""
    members = pace.size(MEMBERS)
    with database(lambda store: _fill(store, members, pace)) as path:
        pace.show(0.7, "leaderboards")
        store = Store(path, reading=True)
        whole, by_topic = _bare(store, _TOP, PLACE.community), _bare(store, _BY_TOPIC, PLACE.community, TOPIC)
        rows = _ports(ports_of(store), members)
        store.close()
        rows += [(name, took, most) for name, took, most in asyncio.run(_commands(path))]
    for name, took, most in rows:
        floor, of = (by_topic, "one bare sum") if "topic" in name else (whole, "one bare SELECT")
        yield Row(
            name=f"{name}, {members * EVENTS:,} events", measured=took, unit="ms", floor=floor, floor_of=of, most=most
        )  # fmt: skip


def _fill(store: Store, members: int, pace: Pace) -> None:
    here = PLACE.community
    steps: Sequence[tuple[str, tuple[str | int, ...]]] = (
        (_ROUNDS, (here, NOW - 30 * DAY)),
        (_EVENTS, (here, members, EVENTS, NOW)),
        (_SUMS, (NOW - 44 * 3600,)),
        (_MEMBERS, (here, members)),
        (_TOPIC_POINTS, (TOPIC,)),
    )
    with store.transaction():
        for sql, values in pace.through(steps, 8, "a million score events"):
            store._db.execute(sql, values)  # noqa: SLF001 - a whole table at once, which no port writes


def _ports(ports: Ports, members: int) -> list[tuple[str, float, float]]:
    here = PLACE.community
    span = ports.boards.span(here, Window.EVER, NOW, _ZONE)
    someone = f"member {members // 2}"

    def top(topic: str) -> Callable[[], object]:
        return lambda: ports.boards.top(here, span, 10, topic=topic)

    def rank(topic: str) -> Callable[[], object]:
        return lambda: ports.boards.standing(here, span, someone, topic=topic)

    def both() -> None:
        top("")()
        rank("")()

    return [
        ("top ten and own rank", _median(both, 50), 2),
        ("top ten by topic", _median(top(TOPIC), 5), 200),
        ("own rank by topic", _median(rank(TOPIC), 5), 200),
    ]


def _median(work: Callable[[], object], times: int) -> float:
    return 1000 * percentile(timed(times, work), 0.5)


async def _commands(path: Path) -> list[tuple[str, float, float]]:
    found = []
    async with house(path) as opened:
        for name, values, most in (("/leaderboard", {}, 5), ("/leaderboard by topic", {"about": TOPIC}, 200)):
            used = CommandUsed(
                place=PLACE,
                actor=ANA,
                at=NOW,
                command="leaderboard",
                arguments={"window": Window.EVER.value, **values},
            )
            found.append((name, 1000 * percentile(await alone(opened.desk, [used] * 10), 0.5), float(most)))
    return found


def _bare(store: Store, sql: str, *values: str) -> float:
    execute = store._db.conn.execute  # noqa: SLF001 - the floor is SQLite without the storage
    return 1000 * percentile(timed(5, lambda: execute(sql, values).fetchall()), 0.5)
