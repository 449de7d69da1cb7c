"""The server's clock: it follows the wall or stands still, and a test pushes it on instead of sleeping."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(eq=False, kw_only=True)
class Alarm:
    """A call due at a moment of the clock; `cancel` it when it is no longer wanted."""

    clock: Clock
    when: float
    call: Callable[[], None]
    timer: asyncio.TimerHandle | None = None

    def ring(self) -> None:
        """Make the call, unless it was made or cancelled before."""
        if self in self.clock.alarms:
            self.cancel()
            self.call()

    def cancel(self) -> None:
        """Forget the call; a second time does nothing."""
        self.clock.alarms.pop(self, None)
        if self.timer is not None:
            self.timer.cancel()


@dataclass(eq=False)
class Clock:
    """Seconds since 1970: the wall's, moved by `advance`; or, with a `start`, only what `advance` adds."""

    start: float | None = None
    pushed: float = 0.0
    alarms: dict[Alarm, None] = field(default_factory=dict)

    def now(self) -> float:
        """Return the moment it is for the server."""
        return (time.time() if self.start is None else self.start) + self.pushed

    def advance(self, seconds: float) -> None:
        """Push the clock on and make every call that came due, the earliest first."""
        self.pushed += seconds
        now = self.now()
        for alarm in sorted((each for each in self.alarms if each.when <= now), key=lambda each: each.when):
            alarm.ring()

    def at(self, when: float, call: Callable[[], None]) -> Alarm:
        """Make the call once the clock has reached `when`; a standing clock reaches it only by `advance`."""
        alarm = Alarm(clock=self, when=when, call=call)
        self.alarms[alarm] = None
        if self.start is None:
            alarm.timer = asyncio.get_running_loop().call_later(max(0.0, when - self.now()), alarm.ring)
        return alarm
