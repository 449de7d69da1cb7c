"""Starting: with both adapters until both are connected, and what is resident then; and the console.

The console is what `make run` opens. Memory is measured before anybody has said a word.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from bot.bench.both import on_both
from bot.bench.ground import percentile
from bot.bench.pace import Pace
from bot.bench.process import ROOT, bare
from bot.bench.rows import Row

TIMES = 5
_PRINT = "print(next(l for l in open('/proc/self/status') if l.startswith('VmRSS')).split()[1])"


def measure(pace: Pace) -> Iterator[Row]:
    """Measure each start as whoever waits for it does."""
    times = pace.size(TIMES)
    pace.show(0.1, "the console")
    plain, _ = asyncio.run(bare("bot.cli", "bot.chatting"))
    console = percentile([_console() for _ in range(times)], 0.5)
    yield Row(
        name="the console, from start to end", measured=console, unit="s", floor=plain, floor_of="its imports", most=2
    )  # fmt: skip
    libraries = ("discord", "slack_bolt.async_app", "sqlite_utils", "apscheduler")
    imported, printed = asyncio.run(bare(*libraries, print_=_PRINT))
    started = [
        asyncio.run(_started(pace.seconds))
        for _ in pace.through(range(times), times, "both platforms from start to ready")
    ]
    ready, used = (percentile(each, 0.5) for each in zip(*started, strict=True))
    yield Row(
        name="both platforms, from start to ready", measured=ready, unit="s", floor=imported,
        floor_of="the libraries’ imports", most=2,
    )  # fmt: skip
    yield Row(
        name="memory, both platforms, idle", measured=used, unit="MB", floor=int(printed) / 1024,
        floor_of="the libraries alone", most=120,
    )  # fmt: skip


def _console() -> float:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite:///{folder}/bot.db"}
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment, input=b"/quote\n/quit\n",
            stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        return time.perf_counter() - begun


async def _started(seconds: float) -> tuple[float, float]:
    """Give the seconds until a bot was ready, and the megabytes that it had resident a moment later."""
    async with on_both() as (bot, _, _):
        await asyncio.sleep(seconds)
        return bot.ready, bot.megabytes
