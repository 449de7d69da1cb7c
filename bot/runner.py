"""The core thread: one worker with the one write connection.

It takes what is waiting, at most 256 events, handles each in its own savepoint within one transaction, commits once,
and only then releases the effects. So the event loop never waits for a disk, two presses never race, and what a
person was told is durable. What goes wrong in one event is rolled back with that event alone; when the transaction
itself is gone (a full disk), nobody in the batch is told success, and the thread lives on.
"""

import asyncio
import logging
import queue
import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
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

    def transaction(self) -> AbstractContextManager[object]:
        """Hold a batch; commits at the end, raises where that is not possible."""

    def savepoint(self) -> AbstractContextManager[object]:
        """Hold one event; what it wrote is rolled back when it raises."""

    def close(self) -> None:
        """Close the connection."""


@dataclass(frozen=True, slots=True)
class _Job:
    event: Event
    future: asyncio.Future[Sequence[Effect]]


Starting = Callable[[], tuple[Storage, Core]]
"""Opens the storage and makes the core, on the core thread itself."""


class CoreThread:
    """Hands events to the core from any number of coroutines of one event loop.

    With `reading` it is the second one, on a connection that cannot write, for what only reads and may take longer.
    """

    def __init__(self, starting: Starting, *, reading: bool = False) -> None:
        self._starting = starting
        self._reading = reading
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
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
        """Queue an event; the future gives its effects once they are durable."""
        future: asyncio.Future[Sequence[Effect]] = self._loop.create_future()
        self._waiting.put(_Job(event, future))
        return future

    @property
    def depth(self) -> int:
        """How many events wait."""
        return self._waiting.qsize()

    async def stop(self) -> None:
        """Handle what is waiting, close the storage, and end the thread."""
        if self._stopping or not self._thread.is_alive():
            return
        self._stopping = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            storage, core = self._starting()
        except BaseException as error:  # noqa: BLE001 - whoever awaits the start is told, whatever it is
            self._loop.call_soon_threadsafe(self._ready.set_exception, error)
            return
        self._loop.call_soon_threadsafe(self._ready.set_result, core)
        try:
            while jobs := self._take():
                outcomes = self._batch(storage, core, [job.event for job in jobs])
                self._loop.call_soon_threadsafe(_release, jobs, outcomes)
        finally:
            storage.close()

    def _take(self) -> list[_Job]:
        """Wait for one event and take those that wait behind it; an empty list is the end."""
        first = self._waiting.get()
        if first is None:
            return []
        jobs = [first]
        while len(jobs) < BATCH:
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._waiting.put(None)
                break
            jobs.append(job)
        return jobs

    def _batch(self, storage: Storage, core: Core, events: Sequence[Event]) -> Sequence[Sequence[Effect]]:
        """Handle events in one transaction; gives each one's effects, once all of it is durable."""
        try:
            with storage.transaction():
                return [self._one(storage, core, event) for event in events]
        except Exception:
            reference = _reference()
            log.exception("a batch was not kept", extra={"reference": reference, "events": len(events)})
            return [core.apologise(event, reference) for event in events]

    def _one(self, storage: Storage, core: Core, event: Event) -> Sequence[Effect]:
        try:
            with storage.savepoint():
                return core.handle(event) if self._reading or core.first_time(event) else ()
        except UserMistake as mistake:
            return core.explain(event, mistake)
        except TransactionLost:
            raise
        except Exception:
            reference = _reference()
            log.exception("an event failed", extra={"reference": reference, "event": type(event).__name__})
            return core.apologise(event, reference)


def _release(jobs: Sequence[_Job], outcomes: Sequence[Sequence[Effect]]) -> None:
    for job, effects in zip(jobs, outcomes, strict=True):
        if not job.future.done():
            job.future.set_result(effects)


def _reference() -> str:
    """Make what a person can read out and a host can look up."""
    return secrets.token_hex(3).upper()
