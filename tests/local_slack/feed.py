"""Waiting for real effects: lists that tests can wait on, with a safety limit and a helpful failure."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

SAFETY = 10.0  # real seconds: only a broken test or bot ever waits that long


class Bell:
    """Wakes whoever waits for a condition, each time something has happened."""

    def __init__(self, situation: Callable[[], str]) -> None:
        self._situation = situation
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Let everybody who waits look again."""
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], T | None], what: str) -> T:
        """Return what the condition finds as soon as it finds something; fail by name after the safety limit."""
        try:
            async with asyncio.timeout(SAFETY):
                while (found := condition()) is None:
                    waiter = asyncio.get_running_loop().create_future()
                    self._waiting.append(waiter)
                    await waiter
                return found
        except TimeoutError:
            raise AssertionError(f"waited {SAFETY:g} s for {what}. {self._situation()}") from None


class Feed(Generic[T]):
    """An append-only list with a reading place: `next` gives each item once, in order, and waits for it."""

    def __init__(self, what: str, situation: Callable[[], str]) -> None:
        self.what = what
        self.items: list[T] = []
        self._read = 0
        self._bell = Bell(situation)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> T:
        return self.items[index]

    def add(self, item: T) -> None:
        """Append the item and wake whoever waits."""
        self.items.append(item)
        self._bell.ring()

    async def next(self, wanted: Callable[[T], bool] | None = None) -> T:
        """Return the next unread item, or the next unread one that is wanted (those before it count as read)."""

        def found() -> T | None:
            for place in range(self._read, len(self.items)):
                if wanted is None or wanted(self.items[place]):
                    self._read = place + 1
                    return self.items[place]
            return None

        return await self._bell.until(found, self.what)

    def skip(self) -> None:
        """Count everything so far as read."""
        self._read = len(self.items)
