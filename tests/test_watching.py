"""Watching from outside: alive, ready or why not, and figures without anybody's name."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from adapters.base import Undelivered, Unfetched
from bot.core.cards import line
from bot.core.effects import Deliver, Direct, Show
from bot.core.events import Actor, Attachment, ButtonPressed, CommandUsed, FailureKind, MessageRef, Place
from bot.house import House
from bot.nightly import Nightly
from bot.watching import LATE, Watch
from storage.store import Store
from tests.houses import NOW, house
from tests.storage_samples import ports_of


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
async def _watched(
    folder: Path, night: Nightly | None = None, *, starting: bool = False
) -> AsyncIterator[tuple[House, Moody, str]]:
    platform = Moody()
    database = folder / "bot.db"
    async with house(platform, database=database) as opened:
        await opened.begin([platform])
        watch = Watch(opened, [platform], str(database), night, fresh=0)
        await watch.start(0)
        watch.starting = starting
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


async def test_a_start_is_not_ready_before_its_end(tmp_path: Path) -> None:
    """Until what a crash has left is released and the clock rings, nothing is sent here."""
    async with _watched(tmp_path, starting=True) as (_, _, url):
        assert await _get(f"{url}/readyz") == (503, "start: it has not come to its end yet\n")


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
        actor = Actor(id="secret-id", name="Secret")
        for command in ("score", "secret"):
            await opened.desk.ask(CommandUsed(place=place, actor=actor, at=NOW, command=command))
        status, text = await _get(f"{url}/metrics")
        assert status == 200
        assert 'hundred_regiments_events_total{kind="CommandUsed",name="score"} 1' in text.splitlines()
        assert 'hundred_regiments_connected{platform="moody"} 1' in text.splitlines()
        assert "secret" not in text.casefold()


async def test_what_is_watched_of_the_ledger_the_clock_and_the_process(tmp_path: Path) -> None:
    """Answers are counted, deliveries by their state with how late the oldest is, and how long each thing took."""
    async with _watched(tmp_path) as (opened, _, url):
        place = Place(community="moody:1", channel="general")
        ana = Actor(id="ana", name="Ana")
        asked = CommandUsed(place=place, actor=ana, at=NOW, command="quiz", arguments={"where": "private"})
        (shown,) = await opened.desk.ask(asked)
        assert isinstance(shown, Show)
        pressed = str(shown.card.buttons[0].token)
        await opened.desk.ask(ButtonPressed(place=place, actor=ana, at=NOW, token=pressed))
        _late_delivery(tmp_path / "bot.db", NOW - 90)
        status, text = await _get(f"{url}/metrics")
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert status == 200
    assert figures["hundred_regiments_answers_total"] == "1"
    assert figures["hundred_regiments_event_seconds_count"] == "2"
    assert figures['hundred_regiments_deliveries{state="due"}'] == "1"
    assert figures['hundred_regiments_deliveries{state="sending"}'] == "0"
    assert figures["hundred_regiments_delivery_lag_seconds"] == "90"
    assert float(figures["hundred_regiments_clock_silent_seconds"]) < LATE
    assert figures["hundred_regiments_queue_depth"] == "0"
    assert "hundred_regiments_delivery_seconds_count" in figures
    assert int(figures["process_open_fds"]) > 3


async def test_a_nightly_copy_that_fails_is_told(tmp_path: Path) -> None:
    """The bot is ready all the same, since what is in the database is safe; the reason stands beside."""
    night = Nightly(
        database=tmp_path / "bot.db", folder=tmp_path, time="03:30", zone=ZoneInfo("Europe/London"), keep=7
    )
    async with _watched(tmp_path, night) as (_, _, url):
        night.trouble = "there is no room"
        assert await _get(f"{url}/readyz") == (200, "ready\nbackup: there is no room\n")
        assert "hundred_regiments_nightly_copy_failing 1\n" in (await _get(f"{url}/metrics"))[1]


async def test_a_clock_that_the_core_does_not_hear_is_late(tmp_path: Path) -> None:
    """Ringing alone is not enough: while the core hangs, the clock counts as late."""
    async with _watched(tmp_path) as (opened, _, _):
        opened.desk.rung_at = before = time.monotonic() - LATE - 10
        ringing = asyncio.ensure_future(opened.desk.time_came())
        assert opened.desk.rung_at == before
        await ringing
        assert opened.desk.rung_at > before


def _late_delivery(database: Path, due: int) -> None:
    """Write a delivery that has been due for a while."""
    store = Store(database)
    with closing(store), store.transaction():
        deliveries = ports_of(store).deliveries
        call = Direct(member="ana", card=line("News."))
        deliveries.add("moody:1", call, about="suggest:1", due=due, message=None, claimed=False)
