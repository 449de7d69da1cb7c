"""The time of the local Discord: tests move it, nothing waits for it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Self

DISCORD_EPOCH_MS = 1_420_070_400_000
_WORKER_BITS = 22
_SEQUENCE_MASK = 0xFFF


class Clock:
    """A clock that stands still until `advance` moves it, or follows a source given to it.

    Args:
        source: Returns seconds since 1970 in UTC; left out, the clock stands at the moment it was made.
    """

    def __init__(self, source: Callable[[], float] | None = None) -> None:
        stood_at = time.time()
        self._source = source or (lambda: stood_at)
        self._moved = 0.0

    @classmethod
    def running(cls) -> Self:
        """Make a clock that runs with the wall clock: for benches and for a bot in its own process."""
        return cls(time.time)

    def now(self) -> float:
        """Return seconds since 1970 in UTC."""
        return self._source() + self._moved

    def advance(self, seconds: float) -> None:
        """Move the clock forward; the time needs no waiting to pass."""
        self._moved += seconds

    def timestamp(self) -> str:
        """Return the time as Discord writes it, ISO 8601 with microseconds and the offset."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="microseconds")


class Snowflakes:
    """Ids that sort by time and never repeat, however long the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_ms = 0
        self._sequence = 0

    def next(self) -> str:
        """Return a new id."""
        now_ms = int(self._clock.now() * 1000) - DISCORD_EPOCH_MS
        if now_ms > self._last_ms:
            self._last_ms, self._sequence = now_ms, 0
        else:
            self._sequence = (self._sequence + 1) & _SEQUENCE_MASK
            # A full sequence borrows the next millisecond, so that ids still sort.
            self._last_ms += self._sequence == 0
        return str((self._last_ms << _WORKER_BITS) | self._sequence)
