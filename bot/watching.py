"""Watching the bot from outside, where $PORT is set: /healthz, /readyz and /metrics."""

import asyncio
import os
import time
from collections.abc import Sequence

from aiohttp import web

from adapters.base import Platform, StartFault
from bot.house import House
from storage.database import DatabaseFault
from storage.driver import sqlite3
from storage.notebook import Notebook

LATE = 90
"""Seconds after which a clock that has not rung is late: it rings each minute in any case."""


class Watch:
    """Answers on a port, for a host's probes and for Prometheus. Nothing it says names a person or a community."""

    def __init__(self, house: House, platforms: Sequence[Platform], notebook: Notebook) -> None:
        self._house = house
        self._platforms = platforms
        self._notebook = notebook
        self._runner: web.AppRunner | None = None
        self.port = 0

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
        troubles = [f"{each.name}: {trouble}" for each in self._platforms if (trouble := each.trouble())]
        if trouble := await asyncio.to_thread(self._unwritable):
            troubles.append(f"database: {trouble}")
        late = time.monotonic() - self._house.desk.rung_at
        if late > LATE:
            troubles.append(f"clock: it has not rung for {late:.0f} seconds")
        return troubles

    def _unwritable(self) -> str:
        """Say why nothing can be written to the database, on a connection of its own; nothing where it can."""
        try:
            self._notebook.write("watched", str(int(time.time())))
        except DatabaseFault as fault:
            return str(fault)
        except sqlite3.Error as error:
            return f"it cannot be written ({error})"
        return ""

    async def _healthy(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        troubles = await self.troubles()
        text = "\n".join(troubles) if troubles else "ready"
        return web.Response(status=503 if troubles else 200, text=f"{text}\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        desk = self._house.desk
        gauges = (
            "# TYPE hundred_regiments_queue_depth gauge",
            f"hundred_regiments_queue_depth {sum(thread.depth for thread in self._house.threads)}",
            "# TYPE hundred_regiments_deliveries_under_way gauge",
            f"hundred_regiments_deliveries_under_way {desk.courier.under_way}",
            "# TYPE hundred_regiments_connected gauge",
            *(f'hundred_regiments_connected{{platform="{each.name}"}} {int(not each.trouble())}' for each in self._platforms),
        )  # fmt: skip
        text = "\n".join((*desk.counters.lines(), *gauges))
        return web.Response(text=f"{text}\n", content_type="text/plain")
