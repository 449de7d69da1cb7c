"""The ground that measurements stand on: a whole bot without platforms, on a database file of its own."""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from adapters.clock import StandingClock
from bot.core.cards import Quoted, say
from bot.core.core import Core
from bot.core.events import Actor, Place, Said
from bot.core.library import Shelf
from bot.core.ports import Ports, Rules
from bot.core.registry import Registry
from bot.core.rounds import Mode, Question, State
from bot.desk import DeskOfCore
from bot.house import SWITCH, House, open_house
from bot.runner import CoreThread
from bot.settings import Settings, load
from content.loader import load as load_library
from storage.store import Store

NOW = 1_795_550_400
"""Tue 24 Nov 2026, 20:00 in London."""
MEMBERS = 128
DAY = 86_400
PLACE = Place(community="bench:1", channel="general")
ANA = Actor(id="ana", name="Ana")
QUESTION = Question(
    kind="who",
    item="bench",
    title="Who said it?",
    solved="Who said it? Ada",
    ask=(say("Who said “…”?"),),
    options=("Ada", "Ben", "Cem", "Dee"),
    right=0,
    solution="Ada",
    reveal=(say("In the article:"), Quoted("A sentence that holds the words.")),
    asked_grade="Grade A: verified in the primary source.",
    grade="Grade A: verified in the primary source.",
    footer="Source: the bench",
)

Fill = Callable[[Store], None]
"""Writes what a measurement needs into a store."""


@cache
def shelves() -> Sequence[Shelf]:
    """Give the bundled library, loaded once."""
    return load_library().shelves


@contextmanager
def database(fill: Fill = lambda _: None) -> Iterator[Path]:
    """Give a database file with the bundled library and what `fill` writes into it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        store = Store(path)
        store.stock(shelves())
        fill(store)
        store.close()
        yield path


def settings(path: Path) -> Settings:
    """Give the default settings, on this database."""
    return load(Path("no such file"), {"DATABASE_URL": f"sqlite:///{path}"})


@asynccontextmanager
async def house(path: Path) -> AsyncIterator[House]:
    """Open a whole bot on a database, on a clock that stands still."""
    opened = await open_house(settings(path), StandingClock(NOW), shelves(), seed=1)
    try:
        yield opened
    finally:
        await opened.end()


@asynccontextmanager
async def desk(path: Path, registry: Registry) -> AsyncIterator[DeskOfCore]:
    """Open a desk whose core knows these commands and actions alone."""
    sys.setswitchinterval(SWITCH)

    def starting() -> tuple[Store, Core]:
        store = Store(path)
        return store, Core(ports_of(store), registry)

    thread = CoreThread(starting)
    opened = DeskOfCore(thread, StandingClock(NOW))
    await opened.open()
    try:
        yield opened
    finally:
        await thread.stop()


def ports_of(store: Store) -> Ports:
    """Give a store's ports, with chance that is the same each time."""
    return store.ports(random.Random(1), Rules())  # noqa: S311 - a shuffle that is the same each time


def standing_rounds(ports: Ports, count: int) -> None:
    """Open so many standing rounds, numbered from 1, each on an item of its own."""
    for number in range(1, count + 1):
        ports.rounds.add(
            PLACE.community,
            channel=PLACE.channel,
            mode=Mode.STANDING,
            typed=False,
            question=replace(QUESTION, item=f"bench-{number}"),
            asker="mia",
            at=NOW,
            seconds=DAY,
            message=None,
        )
        ports.rounds.move(number, State.OPEN, closes_at=NOW + DAY)


async def alone(desk: DeskOfCore, events: Sequence[Said]) -> list[float]:
    """Ask one event after the other; gives the seconds each took."""
    took = []
    for event in events:
        begun = time.perf_counter()
        await desk.ask(event)
        took.append(time.perf_counter() - begun)
        await asyncio.sleep(0)
    return took


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def timed(repeat: int, work: Callable[[], object]) -> list[float]:
    """Do something so many times; gives the seconds each took."""
    took = []
    for _ in range(repeat):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return took
