"""`run` with tokens: every platform that is set up, until a signal says to stop or one of them is lost for good."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from adapters.base import StartFault
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

    Raises StartFault or DatabaseFault, each with a sentence for the host, where the bot cannot start, or where a platform
    has closed its connection for good: the host starts it again, or reads why that will not help.
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
    faults: list[str] = []

    def lost(sentence: str) -> None:
        faults.append(sentence)
        stopping.set()

    made = chosen(settings, house.desk, lost)
    night = nightly(settings)
    watch = Watch(house, made.platforms, settings.database, night)
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
        await stopping.wait()
        log.info("stopping")
    finally:
        await house.end(made.platforms)
        await watch.stop()
    if faults:
        raise StartFault(faults[0])


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
