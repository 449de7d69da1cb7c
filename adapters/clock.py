"""The clock: APScheduler wakes the core. The rows say what is due; this only says when to look.

One date job stands at the earliest moment asked for, and a tick each minute looks in any case, so that a moment
that was lost costs a minute at most.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK = 60
_JOB = "due"

Ring = Callable[[], Awaitable[None]]
"""Says TimeCame, and returns when all that followed is done."""


class Clock:
    """The wall clock, with one alarm. It can be put forward, which the console's /clock does."""

    def __init__(self) -> None:
        # No job may be dropped for being late: the default grace of one second loses jobs whenever the loop is busy.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._ahead = 0
        self._ringing: set[asyncio.Future[None]] = set()
        self._alarm: int | None = None
        self._ring: Ring | None = None

    def start(self, ring: Ring) -> None:
        """Begin to ring: at the alarm, and each minute."""
        self._ring = ring
        self._scheduler.add_job(self._rings, "interval", seconds=TICK, id="tick")
        self._scheduler.start()
        self._set(self._alarm)

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def now(self) -> int:
        """Give the time in UTC seconds."""
        return int(time.time()) + self._ahead

    def wake(self, at: int) -> None:
        """Set the alarm, unless it stands earlier already."""
        if self._alarm is None or at < self._alarm:
            self._set(at)

    async def advance(self, seconds: int) -> None:
        """Put the clock forward, ringing at each alarm on the way."""
        until = self.now() + seconds
        while self._ring is not None and self._alarm is not None and self._alarm <= until:
            self._ahead += max(0, self._alarm - self.now())
            self._alarm = None
            await self._ring()
        self._ahead += until - self.now()
        self._set(self._alarm)

    def _set(self, at: int | None) -> None:
        self._alarm = at
        if at is not None and self._scheduler.running:
            when = datetime.fromtimestamp(at - self._ahead, UTC)
            self._scheduler.add_job(self._alarm_rings, "date", run_date=when, id=_JOB, replace_existing=True)

    async def _alarm_rings(self) -> None:
        self._alarm = None
        await self._rings()

    async def _rings(self) -> None:
        """Ring without waiting for the end of it.

        The scheduler drops a job that falls due while it still runs, and a ring lasts as long as the slowest delivery
        that it sets going: every other deadline would pass unheard.
        """
        if self._ring is not None:
            ringing = asyncio.ensure_future(self._ring())
            self._ringing.add(ringing)
            ringing.add_done_callback(self._ringing.discard)


class StandingClock:
    """A clock that stands still until it is put forward: for the console with `--now`, and for tests."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._alarm: int | None = None
        self._ring: Ring | None = None

    def start(self, ring: Ring) -> None:
        """Take whom to wake."""
        self._ring = ring

    def stop(self) -> None:
        """Ring no more."""
        self._ring = None

    def now(self) -> int:
        """Give the time in UTC seconds."""
        return self._at

    def wake(self, at: int) -> None:
        """Set the alarm, unless it stands earlier already."""
        if self._alarm is None or at < self._alarm:
            self._alarm = at

    async def advance(self, seconds: int) -> None:
        """Move on, ringing at each alarm on the way."""
        until = self._at + seconds
        while self._ring is not None and self._alarm is not None and self._alarm <= until:
            self._at = max(self._at, self._alarm)
            self._alarm = None
            await self._ring()
        self._at = until
