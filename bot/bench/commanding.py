"""One command alone: /quote, and the slowest of what a member uses every day."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bot.bench import floors
from bot.bench.ground import ANA, NOW, PLACE, alone, database, house, percentile
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core.events import CommandUsed

TIMES = 3_000
DAILY = ("quote", "excerpt", "read", "review", "saved", "score", "leaderboard", "help", "privacy")
"""What a member uses every day besides; each can be used again at once."""


def measure(pace: Pace) -> Iterator[Row]:
    """Measure from the event to its effects, durable."""
    floor = 1000 / floors.raw_commits(pace.seconds)
    with database() as path:
        took = asyncio.run(_used(path, "quote", pace.size(TIMES, 100)))
    for name, share, most in (("p50", 0.5, 1), ("p99", 0.99, 5)):
        yield Row(
            name=f"one command, /quote, {name}", measured=1000 * percentile(took, share), unit="ms", floor=floor,
            floor_of="raw commit", most=most,
        )  # fmt: skip
    slowest = {}
    with database() as path:
        for name in pace.through(DAILY, len(DAILY), "the commands of every day"):
            slowest[name] = 1000 * percentile(asyncio.run(_used(path, name, pace.size(300, 20))), 0.5)
    name = max(slowest, key=slowest.__getitem__)
    yield Row(
        name=f"the slowest of {len(DAILY)} commands, /{name}, p50", measured=slowest[name], unit="ms", floor=floor,
        floor_of="raw commit", most=1,
    )  # fmt: skip


async def _used(path: Path, command: str, times: int) -> list[float]:
    event = CommandUsed(place=PLACE, actor=ANA, at=NOW, command=command)
    async with house(path) as opened:
        await alone(opened.desk, [event] * 10)
        return await alone(opened.desk, [event] * times)
