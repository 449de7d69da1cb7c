"""Watching from outside: alive, ready or why not, and figures without anybody's name."""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from adapters.base import Undelivered, Unfetched
from bot.core.effects import Deliver
from bot.core.events import Actor, Attachment, CommandUsed, FailureKind, MessageRef, Place
from bot.house import House
from bot.watching import LATE, Watch
from storage.notebook import Notebook
from tests.houses import NOW, house


class Moody:
    """A platform that is connected or not, as a test says."""

    name = "moody"

    def __init__(self) -> None:
        self.ails = ""

    async def start(self) -> None:
        """Connect."""

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Deliver nothing."""
        raise Undelivered(FailureKind.GONE, delivery.key)

    async def fetch(self, file: Attachment, most: int) -> bytes:
        """Fetch nothing."""
        raise Unfetched(f"{file.name}: {most}")

    def trouble(self) -> str:
        """Say what the test says."""
        return self.ails

    async def stop(self) -> None:
        """Disconnect."""


@asynccontextmanager
async def _watched(folder: Path) -> AsyncIterator[tuple[House, Moody, str]]:
    platform = Moody()
    database = folder / "bot.db"
    async with house(platform, database=database) as opened:
        await opened.begin([platform])
        watch = Watch(opened, [platform], Notebook(database))
        await watch.start(0)
        try:
            yield opened, platform, f"http://127.0.0.1:{watch.port}"
        finally:
            await watch.stop()


def _take_away(database: Path) -> None:
    """Put a folder where the database was."""
    for path in database.parent.iterdir():
        path.rename(path.with_name(f"gone-{path.name}"))
    database.mkdir()


async def _get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def test_a_bot_that_serves_is_alive_and_ready(tmp_path: Path) -> None:
    """Both probes answer 200."""
    async with _watched(tmp_path) as (_, _, url):
        assert await _get(f"{url}/healthz") == (200, "alive\n")
        assert await _get(f"{url}/readyz") == (200, "ready\n")


async def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    """A platform that is away and a clock that stands are both named; the process is alive all the same."""
    async with _watched(tmp_path) as (opened, platform, url):
        platform.ails = "not connected to the gateway"
        opened.desk.rung_at = time.monotonic() - LATE - 10
        status, text = await _get(f"{url}/readyz")
        assert status == 503
        assert text.splitlines()[0] == "moody: not connected to the gateway"
        assert re.fullmatch(r"clock: it has not rung for 10\d seconds", text.splitlines()[1])
        assert await _get(f"{url}/healthz") == (200, "alive\n")


async def test_a_database_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """When the file can no longer be written, readiness is gone and says so."""
    async with _watched(tmp_path) as (_, _, url):
        _take_away(tmp_path / "bot.db")
        status, text = await _get(f"{url}/readyz")
        assert status == 503
        assert text.startswith("database: ")


async def test_figures_name_nobody(tmp_path: Path) -> None:
    """Events and their times are counted; neither a member nor a community stands in the metrics."""
    async with _watched(tmp_path) as (opened, _, url):
        place = Place(community="moody:secret-place", channel="secret-channel")
        used = CommandUsed(place=place, actor=Actor(id="secret-id", name="Secret"), at=NOW, command="score")
        await opened.desk.ask(used)
        status, text = await _get(f"{url}/metrics")
        assert status == 200
        assert 'hundred_regiments_events_total{kind="CommandUsed"} 1' in text.splitlines()
        assert 'hundred_regiments_connected{platform="moody"} 1' in text.splitlines()
        assert "secret" not in text.casefold()
