"""The clock: APScheduler wakes the core. The rows say what is due; this only says when to look.

One date job stands at the earliest moment asked for, and a tick each minute looks in any case, so that a moment
that was lost costs a minute at most. The tick is counted by a clock that nobody sets: when the system's time has jumped
meanwhile, that is noticed and told, the alarm is set anew, and what is due is due by the new time.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK = 60.0
JUMP = 30.0
"""Seconds by which the system's time must have left the other clock to have jumped; it may be corrected by less."""
_JOB = "due"
log = logging.getLogger(__name__)

Ring = Callable[[], Awaitable[None]]
"""Says TimeCame, and returns when all that followed is done."""


class Clock:
    """The wall clock, with one alarm. It can be put forward, which the console's /clock does.

    `wall` tells the system's time, `steady` counts seconds whatever that is set to; `tick` is how often it looks in any case.
    """

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        tick: float = TICK,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._tick = tick
        self._apart = wall() - steady()
        self._ticking: asyncio.Task[None] | None = None
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
        self._scheduler.start()
        self._ticking = asyncio.create_task(self._ticks(), name="tick")
        self._set(self._alarm)

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._ticking is not None:
            self._ticking.cancel()

    def now(self) -> int:
        """Give the time in UTC seconds."""
        return int(self._wall()) + self._ahead

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
            wait = at - self._wall() - self._ahead
            when = datetime.now(UTC) + timedelta(seconds=wait)
            self._scheduler.add_job(self._alarm_rings, "date", run_date=when, id=_JOB, replace_existing=True)

    async def _ticks(self) -> None:
        while True:
            await asyncio.sleep(self._tick)
            apart = self._wall() - self._steady()
            if abs(apart - self._apart) > JUMP:
                log.warning("the system’s time has jumped", extra={"seconds": round(apart - self._apart)})
                self._set(self._alarm)
            self._apart = apart
            await self._rings()

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
