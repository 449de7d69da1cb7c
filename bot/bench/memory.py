"""Memory with both adapters, idle: what a host pays for before anybody has said a word."""

import asyncio
from collections.abc import Iterator

from bot.bench.both import on_both
from bot.bench.pace import Pace
from bot.bench.process import bare
from bot.bench.rows import Row

_PRINT = "print(next(l for l in open('/proc/self/status') if l.startswith('VmRSS')).split()[1])"


def measure(pace: Pace) -> Iterator[Row]:
    """Measure what is resident once both platforms are connected."""
    pace.show(0.2, "both platforms, idle")
    used = asyncio.run(_idle(pace.seconds))
    _, printed = asyncio.run(bare("discord", "slack_bolt.async_app", print_=_PRINT))
    yield Row(
        name="memory, both platforms, idle", measured=used, unit="MB", floor=int(printed) / 1024,
        floor_of="both libraries alone", most=120,
    )  # fmt: skip


async def _idle(seconds: float) -> float:
    async with on_both() as (bot, _, _):
        await asyncio.sleep(seconds)
        return bot.megabytes
