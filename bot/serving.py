"""`run` with tokens: every platform that is set up, until a signal says to stop."""

import asyncio
import logging
import os
import signal
from collections.abc import Sequence

from adapters.base import StartFault
from adapters.clock import Clock
from bot.core.library import Shelf
from bot.house import House, open_house
from bot.platforms import chosen
from bot.settings import Settings
from bot.watching import Watch
from storage.notebook import Notebook

log = logging.getLogger(__name__)


async def serve(settings: Settings, shelves: Sequence[Shelf]) -> None:
    """Serve until SIGTERM or SIGINT, then drain; a second signal ends the process at once.

    Raises StartFault or DatabaseFault, each with a sentence for the host, where the bot cannot start, or where a platform
    has closed its connection for good: the host starts it again, or reads why that will not help.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stopping.is_set():
            os._exit(1)
        stopping.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)
    house = await _opened(settings, shelves, stopping)
    if house is not None:
        await _serve(settings, house, stopping)


async def _opened(settings: Settings, shelves: Sequence[Shelf], stopping: asyncio.Event) -> House | None:
    """Open the house, which may have to wait for another process; None when it is told to stop first."""
    opening = asyncio.ensure_future(open_house(settings, Clock(), shelves))
    told = asyncio.ensure_future(stopping.wait())
    await asyncio.wait({opening, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if opening.done():
        return opening.result()
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)
    return None


async def _serve(settings: Settings, house: House, stopping: asyncio.Event) -> None:
    faults: list[str] = []

    def lost(sentence: str) -> None:
        faults.append(sentence)
        stopping.set()

    made = chosen(settings, house.desk, lost)
    watch = Watch(house, made.platforms, Notebook(settings.database))
    try:
        if settings.port is not None:
            await watch.start(settings.port, made.routes)
        await house.begin(made.platforms)
        log.info("ready", extra={"platforms": [platform.name for platform in made.platforms]})
        await stopping.wait()
        log.info("stopping")
    finally:
        await house.end(made.platforms)
        await watch.stop()
    if faults:
        raise StartFault(faults[0])
