"""What is in hand: interactions that are being answered and deliveries under way, so that a stop can let them finish."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

log = logging.getLogger(__name__)


class Hands:
    """Keeps hold of tasks. Once `full`, nothing new should be taken."""

    def __init__(self) -> None:
        self.full = False
        self._ours: set[asyncio.Task[None]] = set()
        self._others: set[asyncio.Task[Any]] = set()

    def take(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start work and keep hold of it until it is done."""
        task = asyncio.create_task(_logged(work))
        self._ours.add(task)
        task.add_done_callback(self._ours.discard)
        return task

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Count what the current task does within as in hand."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be held")
        self._others.add(task)
        try:
            yield
        finally:
            self._others.discard(task)

    async def empty(self, seconds: float) -> None:
        """Wait until nothing is in hand, at most so long; what was started here is then cancelled."""
        under_way = {*self._ours, *self._others}
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=seconds)
        for task in late & self._ours:
            task.cancel()


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("what Slack sent could not be dealt with")
