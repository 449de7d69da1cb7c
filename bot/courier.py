"""The courier: carries out deliveries once they are durable, and reports how each went."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping

from adapters.base import Platform, Undelivered
from bot.core.effects import Deliver
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind
from bot.counters import Counters

Report = Callable[[DeliveryMade | DeliveryFailed], Awaitable[None]]
NOT_RUNNING = 15 * 60
"""Seconds until a delivery is tried again whose platform this process does not run."""
log = logging.getLogger(__name__)


class Courier:
    """Takes deliveries as the core releases them. The core sees to it that calls on one message never overlap."""

    def __init__(
        self, platforms: Mapping[str, Platform], now: Callable[[], int], report: Report, counters: Counters
    ) -> None:
        self._counters = counters
        self._platforms = platforms
        self._now = now
        self._report = report
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, delivery: Deliver) -> None:
        """Carry out a delivery, side by side with others."""
        task = asyncio.create_task(self._carry(delivery), name=f"delivery {delivery.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def under_way(self) -> int:
        """How many deliveries are under way."""
        return len(self._tasks)

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self, seconds: float) -> None:
        """Let what is under way finish; what takes longer is left in the ledger, to be looked for after the start."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in late:
                task.cancel()

    async def _carry(self, delivery: Deliver) -> None:
        begun = time.perf_counter()
        outcome = await self._outcome(delivery)
        result = "made" if isinstance(outcome, DeliveryMade) else outcome.kind.value
        self._counters.delivered(result, time.perf_counter() - begun)
        await self._report(outcome)

    async def _outcome(self, delivery: Deliver) -> DeliveryMade | DeliveryFailed:
        platform = self._platforms.get(delivery.community.partition(":")[0])
        if platform is None:
            away = Undelivered(FailureKind.PASSING, "its platform is not running", retry_after=NOT_RUNNING)
            return self._failed(delivery, away)
        try:
            message = await platform.deliver(delivery)
        except Undelivered as fault:
            log.warning(
                "a delivery did not arrive",
                extra={"delivery": delivery.id, "kind": fault.kind.value, "detail": fault.detail},
            )
            return self._failed(delivery, fault)
        except Exception:
            log.exception("a delivery failed", extra={"delivery": delivery.id})
            return self._failed(delivery, Undelivered(FailureKind.PASSING, "a fault of the bot’s"))
        return DeliveryMade(
            community=delivery.community, delivery=delivery.id, at=self._now(), message=message
        )

    def _failed(self, delivery: Deliver, fault: Undelivered) -> DeliveryFailed:
        return DeliveryFailed(
            community=delivery.community,
            delivery=delivery.id,
            at=self._now(),
            kind=fault.kind,
            detail=fault.detail,
            retry_after=fault.retry_after,
        )
