"""Watching the bot from outside, where $PORT is set: /healthz, /readyz and /metrics."""

import asyncio
import os
import time
from collections.abc import Mapping, Sequence

from aiohttp import web

from adapters.base import Platform, StartFault
from bot import metrics
from bot.house import House
from bot.nightly import Nightly
from storage.driver import sqlite3
from storage.faults import DatabaseFault, sentence
from storage.figures import Ledger, ledger
from storage.notebook import Notebook

LATE = 90
"""Seconds after which a clock that has not rung is late: it rings each minute in any case."""
NONE_LOST: Mapping[str, str] = {}
FRESH = 5.0
"""Seconds for which it is not tried again whether the database can be written, however often somebody asks."""


class Watch:
    """Answers on a port, for a host's probes and for Prometheus. Nothing it says names a person or a community.

    `lost` are the platforms that the bot goes on without, each with a sentence for the host.
    """

    def __init__(
        self,
        house: House,
        platforms: Sequence[Platform],
        database: str,
        nightly: Nightly | None = None,
        *,
        lost: Mapping[str, str] = NONE_LOST,
        fresh: float = FRESH,
    ) -> None:
        self._house = house
        self._platforms = platforms
        self._database = database
        self._nightly = nightly
        self._lost = lost
        self._fresh = fresh
        self._trying = asyncio.Lock()
        self._tried: tuple[float, str] | None = None
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.starting = True
        """Whether the start has not come to its end yet."""

    async def start(self, port: int, routes: Sequence[web.RouteDef] = ()) -> None:
        """Listen on every address, on a port of the host's choosing (0 for any); `routes` are a platform's own.

        Raises StartFault where the port is not to be had.
        """
        app = web.Application(client_max_size=1_000_000)
        app.router.add_get("/healthz", self._healthy)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_routes(routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, port=port)
        try:
            await site.start()
        except OSError as error:
            raise StartFault(
                f"PORT is {port}, and the bot cannot listen there ({os.strerror(error.errno or 0)}). "
                "Set another, or stop what uses it."
            ) from error
        # Asked for any port, each kind of address gets its own: an IPv4 one is a pair.
        self.port = next(int(address[1]) for address in self._runner.addresses if len(address) == 2)  # noqa: PLR2004 - a pair

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def troubles(self) -> list[str]:
        """Name everything that keeps the bot from serving; empty when nothing does."""
        served = [each for each in self._platforms if each.name not in self._lost]
        troubles = [f"{each.name}: {trouble}" for each in served if (trouble := each.trouble())]
        if self.starting and not troubles:
            troubles.append("start: it has not come to its end yet")
        if trouble := await self._database_trouble():
            troubles.append(f"database: {trouble}")
        late = time.monotonic() - self._house.desk.rung_at
        if late > LATE:
            troubles.append(f"clock: it has not rung for {late:.0f} seconds")
        return troubles

    async def _database_trouble(self) -> str:
        """Say why nothing can be written to the database, as it was tried a moment ago at most."""
        async with self._trying:
            if self._tried is None or time.monotonic() - self._tried[0] > self._fresh:
                trouble = await asyncio.to_thread(_unwritable, self._database)
                self._tried = (time.monotonic(), trouble)
            return self._tried[1]

    async def _healthy(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        troubles = await self.troubles()
        told = troubles or ["ready"]
        # Neither is a reason to send nobody here, or to start the bot again: that would end what is served.
        told += [f"{name}: lost. {sentence}" for name, sentence in self._lost.items()]
        if self._nightly is not None and self._nightly.trouble:
            told.append(f"backup: {self._nightly.trouble}")
        text = "\n".join(told)
        return web.Response(status=503 if troubles else 200, text=f"{text}\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        figures = await asyncio.to_thread(_ledger, self._database)
        text = metrics.text(self._house, self._platforms, figures, self._nightly)
        return web.Response(text=text, content_type="text/plain")


def _unwritable(database: str) -> str:
    """Say why nothing can be written to a database, on a connection of its own; nothing where it can."""
    try:
        Notebook(database).write("watched", str(int(time.time())))
    except DatabaseFault as fault:
        return str(fault)
    except sqlite3.Error as error:
        return sentence(database, error)
    return ""


def _ledger(database: str) -> Ledger | None:
    try:
        return ledger(database)
    except (DatabaseFault, sqlite3.Error):
        return None  # /readyz says why
