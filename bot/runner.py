"""The core thread: one worker with the one write connection.

It takes what is waiting, at most 256 events, handles them in one transaction, commits once, and only then releases the
effects. So the event loop never waits for a disk, two presses never race, and what a person was told is durable.

What goes wrong in one event is undone with that event alone. That needs a savepoint an event, which costs more than
what is written in it, and hardly any event fails once it has written. So a batch is handled without them first; only
where an event has written and then failed is all of it undone and handled again, each event in a savepoint of its own.
When the transaction itself is gone (a full disk), nobody in the batch is told success, and the thread lives on.
"""

import asyncio
import logging
import queue
import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.core.core import Core
from bot.core.effects import Effect
from bot.core.errors import UserMistake
from bot.core.events import Event
from storage.transactions import TransactionLost

BATCH = 256
log = logging.getLogger(__name__)


class Storage(Protocol):
    """What the runner asks of the storage: transactions, with savepoints inside."""

    @property
    def changes(self) -> int:
        """How many rows were written since the storage was opened; undoing them takes none of them away."""

    def transaction(self) -> AbstractContextManager[object]:
        """Hold a batch; commits at the end, raises where that is not possible."""

    def savepoint(self) -> AbstractContextManager[object]:
        """Hold one event; what it wrote is rolled back when it raises."""

    def close(self) -> None:
        """Close the connection."""


class _Failed(Exception):  # noqa: N818 - a way back to the beginning of the batch, seen nowhere else
    """An event has written and then failed, and nothing can undo it alone."""


_Job = tuple[Event, asyncio.Future[Sequence[Effect]]]
Starting = Callable[[], tuple[Storage, Core]]
"""Opens the storage and makes the core, on the core thread itself."""


class CoreThread:
    """Hands events to the core from any number of coroutines of one event loop.

    With `reading` it is the second one, on a connection that cannot write, for what only reads and may take longer.
    """

    def __init__(self, starting: Starting, *, reading: bool = False) -> None:
        self._starting = starting
        self._reading = reading
        self._submitted: list[_Job] = []
        self._waiting: queue.SimpleQueue[list[_Job] | None] = queue.SimpleQueue()
        self._taken: deque[_Job] = deque()
        self._under_way = 0
        self._thread = threading.Thread(
            target=self._run, name="reading core" if reading else "core", daemon=True
        )
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[Core] = self._loop.create_future()
        self._stopping = False

    async def start(self) -> Core:
        """Start the thread; gives the core, for its registry. Raises what opening the storage raises."""
        self._thread.start()
        return await self._ready

    def submit(self, event: Event) -> asyncio.Future[Sequence[Effect]]:
        """Queue an event; the future gives its effects once they are durable.

        What is submitted in one turn of the event loop is handed over together: so it is handled in one batch, and the
        two threads do not ask each other for Python after every event.
        """
        future: asyncio.Future[Sequence[Effect]] = self._loop.create_future()
        if not self._submitted:
            self._loop.call_soon(self._hand_over)
        self._submitted.append((event, future))
        return future

    @property
    def depth(self) -> int:
        """How many events wait or are being handled."""
        return self._under_way + len(self._submitted)

    async def stop(self) -> None:
        """Handle what is waiting, close the storage, and end the thread."""
        if self._stopping or not self._thread.is_alive():
            return
        self._stopping = True
        self._hand_over()
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _hand_over(self) -> None:
        if self._submitted:
            self._under_way += len(self._submitted)
            self._waiting.put(self._submitted)
            self._submitted = []

    def _release(self, jobs: Sequence[_Job], outcomes: Sequence[Sequence[Effect]]) -> None:
        self._under_way -= len(jobs)
        for (_, future), effects in zip(jobs, outcomes, strict=True):
            if not future.done():
                future.set_result(effects)

    def _run(self) -> None:
        try:
            storage, core = self._starting()
        except BaseException as error:  # noqa: BLE001 - whoever awaits the start is told, whatever it is
            self._loop.call_soon_threadsafe(self._ready.set_exception, error)
            return
        self._loop.call_soon_threadsafe(self._ready.set_result, core)
        try:
            while jobs := self._take():
                outcomes = self._batch(storage, core, [event for event, _ in jobs])
                self._loop.call_soon_threadsafe(self._release, jobs, outcomes)
        finally:
            storage.close()

    def _take(self) -> list[_Job]:
        """Wait for an event and take those that wait behind it; an empty list is the end."""
        while not self._taken or not self._waiting.empty():
            jobs = self._waiting.get()
            if jobs is None:
                self._waiting.put(None)  # the end stays behind what was taken before it
                break
            self._taken.extend(jobs)
        return [self._taken.popleft() for _ in range(min(BATCH, len(self._taken)))]

    def _batch(self, storage: Storage, core: Core, events: Sequence[Event]) -> Sequence[Sequence[Effect]]:
        """Handle events in one transaction; gives each one's effects, once all of it is durable."""
        try:
            try:
                with storage.transaction():
                    return [self._lightly(storage, core, event) for event in events]
            except _Failed:
                with storage.transaction():
                    return [self._safely(storage, core, event) for event in events]
        except Exception:
            reference = _reference()
            log.exception("a batch was not kept", extra={"reference": reference, "events": len(events)})
            return [core.apologise(event, reference) for event in events]

    def _lightly(self, storage: Storage, core: Core, event: Event) -> Sequence[Effect]:
        """Handle an event without a savepoint; _Failed where it would have needed one."""
        if not self._is_new(core, event):
            return ()
        before = storage.changes
        try:
            return core.handle(event)
        except UserMistake as mistake:
            if storage.changes != before:
                raise _Failed from mistake
            return core.explain(event, mistake)
        except Exception as error:
            raise _Failed from error

    def _safely(self, storage: Storage, core: Core, event: Event) -> Sequence[Effect]:
        """Handle an event in a savepoint of its own."""
        if not self._is_new(core, event):
            return ()
        try:
            with storage.savepoint():
                return core.handle(event)
        except UserMistake as mistake:
            return core.explain(event, mistake)
        except TransactionLost:
            raise
        except Exception:
            reference = _reference()
            log.exception("an event failed", extra={"reference": reference, "event": type(event).__name__})
            return core.apologise(event, reference)

    def _is_new(self, core: Core, event: Event) -> bool:
        return self._reading or core.first_time(event)


def _reference() -> str:
    """Make what a person can read out and a host can look up."""
    return secrets.token_hex(3).upper()
