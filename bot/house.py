"""The house: the core thread, the desk and the clock, put together and taken down. The wiring alone sees everything."""

import asyncio
import logging
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from adapters.base import Platform, StartFault
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.events import Lost
from bot.core.library import Shelf
from bot.desk import Clock, DeskOfCore
from bot.runner import CoreThread, Storage
from bot.settings import Settings
from bot.spacing import Fsrs
from storage.lock import Lock
from storage.store import MEMORY, DatabaseFault, Store

log = logging.getLogger(__name__)
OVERLAP = 60.0
"""Seconds to wait for another process on the same database: a deploy starts the new one before the old one ends."""
LOOK_AGAIN = 0.25
DRAIN = 3.0
"""Seconds that answers and deliveries in hand get to finish at a stop, all together."""


class RingingClock(Clock, Protocol):
    """A clock that can be told whom to wake."""

    def start(self, ring: Callable[[], Awaitable[None]]) -> None:
        """Begin to ring."""

    def stop(self) -> None:
        """Ring no more."""

    async def advance(self, seconds: int) -> None:
        """Put the clock forward."""


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """A running bot without its platforms."""

    desk: DeskOfCore
    threads: tuple[CoreThread, ...]
    clock: RingingClock
    lock: Lock
    chores: list[Callable[[int], None]] = field(default_factory=list)
    """What is looked after at each ring, besides the core: called with the time (UTC seconds), and quick."""

    async def ring(self) -> None:
        """Say that the time has come, and wait for what that sets going."""
        for chore in self.chores:
            chore(self.desk.now())
        await self.desk.time_came()
        await self.desk.courier.idle()

    async def begin(self, platforms: Sequence[Platform]) -> None:
        """Connect the platforms, release what a crash has left, and let the clock ring.

        Raises StartFault with a sentence for each platform that cannot be used.
        """
        for platform in platforms:
            self.desk.serve(platform)
        left = await self.desk.recover()
        await _all_started(platforms)
        self.desk.release(left)
        self.clock.start(self.ring)

    async def lose(self, platform: Platform) -> None:
        """Go on without a platform that is lost: what is due there waits until it is served again."""
        await self.desk.hear(Lost(platform=platform.name, at=self.desk.now()))
        self.desk.leave(platform)
        await platform.stop()

    async def end(self, platforms: Sequence[Platform] = ()) -> None:
        """Take nothing new, finish what is in hand, and close."""
        self.clock.stop()
        until = time.monotonic() + DRAIN
        stops = [asyncio.ensure_future(platform.stop()) for platform in platforms]
        if stops:
            _, late = await asyncio.wait(stops, timeout=DRAIN)
            for each in late:
                each.cancel()
        await self.desk.courier.stop(max(0.0, until - time.monotonic()))
        for thread in self.threads:
            await thread.stop()
        self.lock.release()


async def _all_started(platforms: Sequence[Platform]) -> None:
    """Connect the platforms side by side; where several cannot be used, the host is told of each."""
    outcomes = await asyncio.gather(*(platform.start() for platform in platforms), return_exceptions=True)
    faults = [each for each in outcomes if isinstance(each, BaseException)]
    for each in faults:
        if not isinstance(each, StartFault):
            raise each
    if faults:
        raise StartFault("\n".join(map(str, faults)))


SWITCH = 0.0002
"""Seconds after which one thread hands Python over to another. The core thread gives it up at every statement; with
the usual 5 ms it would wait for the event loop each time, and 128 answers at once would take twice as long.
"""


async def open_house(
    settings: Settings,
    clock: RingingClock,
    shelves: Sequence[Shelf],
    *,
    seed: int | None = None,
    overlap: float = OVERLAP,
) -> House:
    """Open the database, stock the library, and start the core thread.

    With `seed`, what is drawn by chance is the same each time; without, it is not to be foreseen. For another process on
    the database `overlap` seconds are waited. Raises DatabaseFault with a sentence for the host.
    """
    sys.setswitchinterval(SWITCH)

    def starting() -> tuple[Storage, Core]:
        store = Store(settings.database, zone=str(settings.values["community.zone"]))
        store.make_ready(shelves)
        chance = random.Random(seed) if seed is not None else random.SystemRandom()  # noqa: S311 - a game's shuffle
        return store, Core(store.ports(chance=chance, rules=settings.rules, spacing=Fsrs()), catalogue())

    def starting_to_read() -> tuple[Storage, Core]:
        store = Store(settings.database, zone=str(settings.values["community.zone"]), reading=True)
        return store, Core(store.ports(chance=random.Random(seed), rules=settings.rules), catalogue())  # noqa: S311 - the same

    lock = Lock(settings.database)
    await _taken(lock, settings.database, overlap)
    thread = CoreThread(starting)
    # A database in memory has one connection only.
    reader = CoreThread(starting_to_read, reading=True) if settings.database != MEMORY else None
    desk = DeskOfCore(thread, clock, reader)
    house = House(desk=desk, threads=tuple(filter(None, (reader, thread))), clock=clock, lock=lock)
    try:
        await desk.open()
    except BaseException:
        await house.end()
        raise
    return house


async def _taken(lock: Lock, database: str, overlap: float) -> None:
    """Take the right to the database, waiting as long as a deploy's overlap lasts. Raises DatabaseFault after that."""
    waited = 0.0
    while not lock.take():
        if waited >= overlap:
            raise DatabaseFault(
                f"Another process of the bot uses the database {database}, and still does after {overlap:.0f} seconds. "
                "Stop that one, or give this one a DATABASE_URL of its own."
            )
        if not waited:
            log.info("waiting for another process that uses the database")
        await asyncio.sleep(LOOK_AGAIN)
        waited += LOOK_AGAIN
