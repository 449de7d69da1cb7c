"""The clock: rings at its alarm and each minute, and finds its way when the system's time is set."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.clock import Clock, StandingClock
from tests.conversation import talking

OFTEN = 0.01
"""Seconds between two ticks, so that a test need not wait a minute for one."""


class Wall:
    """The system's time, which can be set."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        """Tell it."""
        return time.time() + self.ahead


class Bell:
    """Hears each ring."""

    def __init__(self) -> None:
        self._heard = asyncio.Queue[None]()

    async def ring(self) -> None:
        """Be rung."""
        self._heard.put_nowait(None)

    async def heard(self, times: int = 1) -> None:
        """Wait for so many rings."""
        async with asyncio.timeout(30):
            for _ in range(times):
                await self._heard.get()


def _told(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Give what the clock itself has logged."""
    return [each for each in caplog.records if each.name == "adapters.clock"]


@asynccontextmanager
async def _started(wall: Wall, bell: Bell, tick: float) -> AsyncIterator[Clock]:
    clock = Clock(wall=wall, tick=tick)
    clock.start(bell.ring)
    try:
        yield clock
    finally:
        clock.stop()


async def test_it_ticks_whatever_the_system_s_time_is_set_to() -> None:
    """Put back by an hour, it goes on ringing: no safety tick waits until the time has caught up."""
    wall, bell = Wall(), Bell()
    async with _started(wall, bell, OFTEN):
        await bell.heard(2)
        wall.ahead = -3600
        await bell.heard(3)


async def test_an_alarm_that_a_jump_has_passed_rings(caplog: pytest.LogCaptureFixture) -> None:
    """Put forward past an alarm, it rings within a tick, tells the new time, and the jump stands in the log."""
    wall, bell = Wall(), Bell()
    with caplog.at_level(logging.WARNING):
        async with _started(wall, bell, OFTEN) as clock:
            before = clock.now()
            clock.wake(before + 1000)
            wall.ahead = 3600
            while clock._alarm is not None:
                await bell.heard()
            assert 3590 < clock.now() - before < 3700
    assert [(each.message, each.__dict__["seconds"]) for each in _told(caplog)] == [
        ("the system’s time has jumped", 3600)
    ]


async def test_an_alarm_is_due_by_the_new_time() -> None:
    """Put back, an alarm rings when the new time has reached it, neither by the old time nor an hour late."""
    wall, bell = Wall(), Bell()
    async with _started(wall, bell, tick=1000) as clock:
        wall.ahead = -3600
        clock.wake(clock.now())
        await bell.heard()
        assert clock._alarm is None


async def test_small_corrections_are_no_jump(caplog: pytest.LogCaptureFixture) -> None:
    """What a time server mends is not worth a word."""
    wall, bell = Wall(), Bell()
    with caplog.at_level(logging.WARNING):
        async with _started(wall, bell, OFTEN):
            wall.ahead = 5
            await bell.heard(3)
    assert _told(caplog) == []


async def test_a_stopped_clock_is_silent() -> None:
    """After a stop nothing rings any more, not even a tick that was near."""
    wall, bell = Wall(), Bell()
    async with _started(wall, bell, OFTEN) as clock:
        await bell.heard()
    assert clock._ticking is not None
    await asyncio.wait({clock._ticking})
    assert clock._ticking.cancelled()


async def test_a_round_outlives_a_jump_of_the_system_s_time() -> None:
    """Put back an hour in the middle of a round, answers count and can be changed, and it lasts its 45 seconds from then."""
    async with talking(seed=3) as talk:
        await talk("Ana", "/quiz kind:who about:words")
        assert "Your answer" in await talk("Ana", "3")
        standing = talk.house.clock
        assert isinstance(standing, StandingClock)
        standing._at -= 3600
        assert "Your answer" in await talk("Ben", "1.3")
        assert "Changed to" in await talk("Ben", "1.2")
        await talk.house.ring()
        assert "Your answer" in await talk("Cem", "/clock +44s") + await talk("Cem", "1.1")
        closed = await talk("Ana", "/clock +1s")
        assert "\n  3 answers, 1 right, 1 point each." in closed
        assert "  1 point this week" in await talk("Ana", "/score")
