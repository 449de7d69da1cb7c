"""1,000 presses in ten seconds from 500 members, on a platform's own protocol: acknowledged in time, every score right."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from bot.bench.ground import percentile
from bot.bench.pace import Pace
from bot.bench.rows import Row

MEMBERS = 500
ROUNDS = 2
SECONDS = 10.0
ALONE = 10
"""Presses by other members before that, one after the other."""
PATIENCE = 3.0
"""Seconds after which both platforms tell a member that the bot has failed."""

Press = Callable[[int, int, str], Awaitable[float]]
"""Lets a member (by number) press the button of a round (by number) that has this label; gives the seconds until the bot
has acknowledged it."""


class Tally:
    """What came of the presses: how long each took, and what the database holds of them."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.alone: list[float] = []
        self.wrong = 0
        """Answers and scores that are missing, doubled or not what was pressed."""
        self.late = 0.0
        """By how many seconds a heartbeat was late at most."""

    def rows(self, platform: str) -> Iterator[Row]:
        """Give the rows of a platform."""
        name, floor = f"{len(self.took):,} presses on {platform}", 1000 * percentile(self.alone, 0.5)
        for share, what, most in ((0.5, "p50", 0.0), (1.0, "slowest", 1000 * PATIENCE)):
            yield Row(
                name=f"{name}, acknowledged, {what}", measured=1000 * percentile(self.took, share), unit="ms", floor=floor,
                floor_of="a press alone", most=most,
            )  # fmt: skip
        yield Row(
            name=f"{name}, answers or scores not right", measured=self.wrong, unit="", floor=len(self.took),
            floor_of="presses", most=0.5,
        )  # fmt: skip


def members(pace: Pace) -> int:
    """Give how many members press together; ALONE more press before."""
    return pace.size(MEMBERS, 2)


async def press_all(pace: Pace, press: Press, labels: Sequence[Sequence[str]], database: Path) -> Tally:
    """Let each member press each round once, evenly over the time, half of them the right option."""
    tally, count = Tally(), members(pace)
    right = _right(database)
    seconds = SECONDS / pace.part
    for number in range(ALONE):
        tally.alone.append(await press(count + number, 0, labels[0][0]))
    begun = asyncio.get_running_loop().time()

    async def one(number: int) -> None:
        await asyncio.sleep(begun + number * seconds / (count * ROUNDS) - asyncio.get_running_loop().time())
        member, round_ = number % count, number // count
        options = labels[round_]
        label = options[(right[round_] + member % 2) % len(options)]
        tally.took.append(await press(member, round_, label))
        pace.show(number / (count * ROUNDS), "presses")

    await asyncio.gather(*(one(number) for number in range(count * ROUNDS)))
    tally.wrong = _wrong(database, count, extra=len(tally.alone), extra_right=right[0] == 0)
    return tally


def _right(database: Path) -> list[int]:
    sql = "SELECT json_extract(question, '$.right') FROM rounds ORDER BY id"
    return [row[0] for row in _read(database, sql)]


def _wrong(database: Path, count: int, *, extra: int, extra_right: bool) -> int:
    """Count what the database holds otherwise than it was pressed: of each round one answer a member, half of them right."""
    half = (count + 1) // 2
    answers = [count] * ROUNDS
    points = [half] * ROUNDS
    answers[0] += extra
    points[0] += extra if extra_right else 0
    kept = [row[0] for row in _read(database, "SELECT count(*) FROM answers GROUP BY round ORDER BY round")]
    scored = [
        row[0]
        for row in _read(database, "SELECT sum(points) FROM score_events GROUP BY source ORDER BY source")
    ]
    sums = _read(database, "SELECT coalesce(sum(points), 0) FROM score_sums WHERE window = 'all'")[0][0]
    missed = sum(abs(one - other) for one, other in zip(answers, kept, strict=True))
    missed += sum(abs(one - other) for one, other in zip(points, scored, strict=True))
    return missed + abs(sums - sum(points))


def _read(database: Path, sql: str) -> list[tuple[int, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
