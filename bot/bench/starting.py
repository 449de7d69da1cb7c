"""Starting: with both adapters until both are connected; and the console, which is what `make run` opens."""

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


def measure(pace: Pace) -> Iterator[Row]:
    """Measure each start as whoever waits for it does."""
    times = pace.size(TIMES)
    pace.show(0.1, "the console")
    plain = asyncio.run(bare("bot.cli", "bot.chatting"))[0]
    console = percentile([_console() for _ in range(times)], 0.5)
    yield Row(
        name="the console, from start to end", measured=console, unit="s", floor=plain, floor_of="its imports", most=2
    )  # fmt: skip
    libraries = asyncio.run(bare("discord", "slack_bolt.async_app", "sqlite_utils", "apscheduler"))[0]
    ready = [
        asyncio.run(_ready()) for _ in pace.through(range(times), times, "both platforms from start to ready")
    ]
    yield Row(
        name="both platforms, from start to ready", measured=percentile(ready, 0.5), unit="s", floor=libraries,
        floor_of="the libraries’ imports", most=2,
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


async def _ready() -> float:
    async with on_both() as (bot, _, _):
        return bot.ready
