"""The core thread: one transaction a batch, what fails undone alone, and nobody told what is not durable."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.core.cards import Paragraph, line
from bot.core.core import Core
from bot.core.effects import Effect, Show
from bot.core.errors import BotFault, UserMistake
from bot.core.events import Actor, CommandUsed, Place
from bot.core.inline import Text
from bot.core.ports import Rules
from bot.core.registry import Command, Registry
from bot.core.request import Request
from bot.runner import CoreThread, Storage
from storage.driver import sqlite3
from storage.store import Store, open_reader
from tests.houses import NOW

PLACE = Place(community="test:1", channel="general")
ANA = Actor(id="ana", name="Ana")


def _write(request: Request) -> Sequence[Effect]:
    request.ports.decks.serve(request.community, "test", request.event.id or "x", request.at)
    return [Show(card=line("Written."))]


def _write_and_fail(request: Request) -> Sequence[Effect]:
    _write(request)
    raise BotFault("the details stand in the log alone")


def _write_and_refuse(request: Request) -> Sequence[Effect]:
    _write(request)
    raise UserMistake("That is not possible.")


def _refuse(request: Request) -> Sequence[Effect]:
    raise UserMistake("That is not possible.")


def _fill_the_disk(request: Request) -> Sequence[Effect]:
    for number in range(10_000):
        request.ports.decks.serve(request.community, f"deck {number}" * 20, "x", request.at)
    return [Show(card=line("Written."))]


REGISTRY = Registry(
    Command(name=name, help="h", example="e", handler=handler)
    for name, handler in {
        "write": _write, "fail": _write_and_fail, "refuse": _write_and_refuse, "turn down": _refuse,
        "fill": _fill_the_disk,
    }.items()
)  # fmt: skip


def _used(command: str, number: int = 0, *, repeatable: bool = False) -> CommandUsed:
    identity = f"item {number}" if repeatable or number else ""
    return CommandUsed(place=PLACE, actor=ANA, at=NOW, command=command, id=identity)


@asynccontextmanager
async def _thread(database: Path, pages: int = 0) -> AsyncIterator[CoreThread]:
    def starting() -> tuple[Storage, Core]:
        store = Store(database)
        if pages:
            store._db.execute(f"PRAGMA max_page_count = {pages}")
        return store, Core(store.ports(random.Random(1), Rules()), REGISTRY)

    thread = CoreThread(starting)
    await thread.start()
    try:
        yield thread
    finally:
        await thread.stop()


def _served(database: Path) -> set[str]:
    return set(_times(database))


def _times(database: Path) -> dict[str, int]:
    """Count how often each item was written."""
    reader = open_reader(database)
    rows = dict(reader.execute("SELECT item, times FROM decks").fetchall())
    reader.close()
    return rows


def _text(effects: Sequence[Effect]) -> str:
    (shown,) = effects
    assert isinstance(shown, Show)
    (paragraph,) = shown.card.body
    assert isinstance(paragraph, Paragraph)
    return "".join(part.text for part in paragraph.parts if isinstance(part, Text))


async def test_what_was_told_is_on_the_disk(tmp_path: Path) -> None:
    """When an event's effects come, another connection already sees what it wrote."""
    database = tmp_path / "bot.db"
    async with _thread(database) as thread:
        effects = await thread.submit(_used("write", 1))
        assert _text(effects) == "Written."
        assert _served(database) == {"item 1"}


async def test_a_fault_in_one_of_many_events_undoes_that_one_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a batch of sixty, one raises and one refuses: those two leave nothing, the others stand."""
    database = tmp_path / "bot.db"
    commands = {20: "fail", 40: "refuse"}
    with caplog.at_level(logging.ERROR):
        async with _thread(database) as thread:
            futures = [thread.submit(_used(commands.get(each, "write"), each)) for each in range(1, 61)]
            said = [_text(await future) for future in futures]
    assert _served(database) == {f"item {each}" for each in range(1, 61)} - {"item 20", "item 40"}
    assert said[39] == "That is not possible."
    reference = caplog.records[0].__dict__["reference"]
    words = "Sorry, that did not work, and the fault is the bot’s. Nothing was changed; the host can look up"
    assert said[19] == f"{words} {reference}."
    assert said[:19] + said[20:39] + said[40:] == ["Written."] * 58


async def test_what_is_handled_again_counts_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A failure has its whole batch handled again: each event is kept once, answered once, and the fault logged once."""
    database = tmp_path / "bot.db"
    commands = ("write", "fail", "write", "refuse", "turn down", "write")
    with caplog.at_level(logging.ERROR):
        async with _thread(database) as thread:
            futures = [thread.submit(_used(each, number)) for number, each in enumerate(commands, 1)]
            said = [_text(await future).split(",")[0] for future in futures]
    assert _times(database) == {"item 1": 1, "item 3": 1, "item 6": 1}
    sorry, no = "Sorry", "That is not possible."
    assert said == ["Written.", sorry, "Written.", no, no, "Written."]
    assert len(caplog.records) == 1


async def test_a_repeated_mistake_is_told_once(tmp_path: Path) -> None:
    """A payload that was refused and is delivered again is not refused again; nothing of it is kept."""
    database = tmp_path / "bot.db"
    async with _thread(database) as thread:
        for number, command in enumerate(("refuse", "turn down"), 1):
            assert _text(await thread.submit(_used(command, number))) == "That is not possible."
            assert list(await thread.submit(_used(command, number))) == []
    assert _times(database) == {}


async def test_what_waits_is_counted(tmp_path: Path) -> None:
    """Events wait from their submission until their effects are there."""
    async with _thread(tmp_path / "bot.db") as thread:
        futures = [thread.submit(_used("write", number)) for number in range(1, 6)]
        assert thread.depth == 5
        await asyncio.gather(*futures)
        assert thread.depth == 0


async def test_a_full_disk_fails_the_batch_and_the_thread_lives_on(tmp_path: Path) -> None:
    """When the transaction is gone nobody in the batch is told success, nothing is kept, and the next event works."""
    database = tmp_path / "bot.db"
    Store(database).close()
    async with _thread(database, pages=120) as thread:
        futures = [
            thread.submit(_used(each, number)) for number, each in enumerate(("write", "fill", "write"), 1)
        ]
        said = [_text(await future) for future in futures]
        assert [each.startswith("Sorry, that did not work") for each in said] == [True, True, True]
        assert _served(database) == set()
        assert _text(await thread.submit(_used("write", 4))) == "Written."
        assert _served(database) == {"item 4"}


async def test_a_repeated_event_has_one_effect(tmp_path: Path) -> None:
    """A payload that its platform delivers twice is handled once, also after a restart."""
    database = tmp_path / "bot.db"
    async with _thread(database) as thread:
        assert len(await thread.submit(_used("write", 7))) == 1
        assert list(await thread.submit(_used("write", 7))) == []
    async with _thread(database) as thread:
        assert list(await thread.submit(_used("write", 7))) == []


async def test_a_database_that_cannot_be_opened_is_told_to_whoever_starts(tmp_path: Path) -> None:
    """Opening a file that is no database raises at the start, with the sentence for the host."""
    database = tmp_path / "bot.db"
    database.write_bytes(b"not a database" * 100)
    with pytest.raises(Exception, match="is not a SQLite database"):
        async with _thread(database):
            pass


async def test_stopping_handles_what_is_waiting(tmp_path: Path) -> None:
    """Everything submitted before the stop is written and answered."""
    database = tmp_path / "bot.db"
    async with _thread(database) as thread:
        futures = [thread.submit(_used("write", each)) for each in range(1, 501)]
        await thread.stop()
    assert [_text(future.result()) for future in futures] == ["Written."] * 500
    assert len(_served(database)) == 500


async def test_a_locked_database_fails_the_batch_and_the_thread_lives_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program holds the lock for too long nobody is told success; once it lets go, the next event works."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    database = tmp_path / "bot.db"
    async with _thread(database) as thread:
        other = sqlite3.connect(database)
        other.execute("BEGIN IMMEDIATE")
        assert _text(await thread.submit(_used("write", 1))).startswith("Sorry, that did not work")
        other.close()
        assert _text(await thread.submit(_used("write", 2))) == "Written."
    assert _served(database) == {"item 2"}
