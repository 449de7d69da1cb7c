"""`run` with tokens: every platform that is set up, until a signal says to stop or none of them can be served."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from adapters.base import Loss, Platform, StartFault
from adapters.clock import Clock
from bot import lasting
from bot.core.library import Shelf
from bot.house import House, open_house
from bot.nightly import nightly
from bot.platforms import chosen
from bot.settings import Settings
from bot.stopping import on_signals
from bot.watching import Watch

log = logging.getLogger(__name__)


async def serve(settings: Settings, shelves: Sequence[Shelf]) -> None:
    """Serve until SIGTERM or SIGINT, then drain; a second signal ends the process at once.

    Raises StartFault or DatabaseFault, each with a sentence for the host, where the bot cannot start, or where no platform
    is left that it serves, or a new start is what a platform needs.
    """
    stopping = asyncio.Event()
    on_signals(stopping.set)
    house = await _opened(settings, shelves, stopping)
    if house is not None:
        await _serve(settings, house, stopping)


async def _opened(settings: Settings, shelves: Sequence[Shelf], stopping: asyncio.Event) -> House | None:
    """Open the house, which may have to wait for another process; None when it is told to stop first."""
    opened: list[House] = []

    async def opening() -> None:
        opened.append(await open_house(settings, Clock(), shelves))

    await _first(stopping.wait(), opening())
    return opened[0] if opened else None


async def _serve(settings: Settings, house: House, stopping: asyncio.Event) -> None:
    losses = Losses(stopping.set)
    made = chosen(settings, house.desk, losses.take)
    losses.served = {platform.name: platform for platform in made.platforms}
    night = nightly(settings)
    watch = Watch(house, made.platforms, settings.database, night, lost=losses.told)
    if night is not None:
        house.chores.append(night.look)
    try:
        if settings.port is not None:
            await watch.start(settings.port, made.routes)
        await _first(stopping.wait(), house.begin(made.platforms))
        if not stopping.is_set():
            watch.starting = False
            log.info("ready", extra={"platforms": [platform.name for platform in made.platforms]})
            if lasting.note(settings.database):
                log.warning("the database lies among temporary files", extra={"database": settings.database})
        await _first(stopping.wait(), losses.go_on(house))
        log.info("stopping")
    finally:
        await house.end(made.platforms)
        await watch.stop()
    if losses.over:
        raise StartFault("\n".join(losses.told.values()))


class Losses:
    """The platforms that are lost while they are served. `end` is called when there is nothing to go on with."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end
        self._to_leave: asyncio.Queue[Platform] = asyncio.Queue()
        self.served: dict[str, Platform] = {}
        """The platforms that are not lost, by their names."""
        self.told: dict[str, str] = {}
        """What the host is told of each that is."""
        self.over = False

    def take(self, loss: Loss) -> None:
        """Take note that a platform is lost. One that a new start may mend is not gone on without."""
        platform = self.served.pop(loss.platform)
        self.told[loss.platform] = loss.sentence
        if loss.passing or not self.served:
            self.over = True
            self._end()
        else:
            log.critical(
                "a platform is lost; the others are served on",
                extra={"lost": loss.platform, "why": loss.sentence, "served": sorted(self.served)},
            )
            self._to_leave.put_nowait(platform)

    async def go_on(self, house: House) -> None:
        """Leave each platform that is lost, for as long as there is another."""
        while True:
            await house.lose(await self._to_leave.get())


async def _first(*works: Coroutine[Any, Any, object]) -> None:
    """Wait until one of these is done, and let the others go. Raises what that one raises."""
    tasks = [asyncio.ensure_future(each) for each in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
