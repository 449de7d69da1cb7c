"""Waiting for what really happens, with a time limit that explains itself."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 10.0
"""Seconds that any wait lasts before it fails; far more than anything here takes."""

Found = TypeVar("Found")


class Bell:
    """Wakes whoever waits for a thing to change.

    Args:
        report: Says what happened lately, for the message of a wait that failed.
    """

    def __init__(self, report: Callable[[], str]) -> None:
        self._report = report
        self._waiters: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Let everyone who waits look again."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, look: Callable[[], Found | None], awaited: str) -> Found:
        """Return what `look` finds, as soon as it finds something.

        Raises:
            AssertionError: Nothing was found in ten seconds; says what was awaited and what came instead.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := look()) is None:
                    waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                    self._waiters.append(waiter)
                    await waiter
        except TimeoutError:
            raise AssertionError(f"waited {PATIENCE:.0f} s for {awaited}\n{self._report()}") from None
        return found
