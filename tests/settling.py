"""Knowing when the bot has finished: no event in hand, no delivery under way, no message waiting to be confirmed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.core.effects import Reply, Show
from bot.core.events import DeliveryFailed, DeliveryMade, Happened, Said
from bot.core.registry import Registry
from bot.desk import DeskOfCore

Advance = Callable[[int], Awaitable[None]]
"""Lets so many seconds pass, and returns when what fell due is done."""
Finished = Callable[[], Awaitable[None]]
"""Returns when an adapter has answered all it has heard."""
PATIENCE = 10.0
"""Seconds after which a test gives up waiting, with what it waited for."""


class CountingDesk:
    """A desk that knows what is still in hand."""

    def __init__(self, desk: DeskOfCore, adapter: Finished) -> None:
        self._desk = desk
        self._adapter = adapter
        self._in_hand = 0
        self._unconfirmed: set[int] = set()
        self._changed = asyncio.Event()

    @property
    def registry(self) -> Registry:
        """What can be asked."""
        return self._desk.registry

    def now(self) -> int:
        """Give the time."""
        return self._desk.now()

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Hand over an event, and remember which messages its replies make."""
        self._in_hand += 1
        try:
            replies = await self._desk.ask(event)
        finally:
            self._in_hand -= 1
            self._changed.set()
        self._unconfirmed |= {each.delivery for each in replies if isinstance(each, Show) and each.delivery}
        return replies

    async def hear(self, event: Happened) -> None:
        """Hand over what has happened to a community."""
        await self._desk.hear(event)

    async def tell(self, event: DeliveryMade | DeliveryFailed) -> None:
        """Report on a message."""
        await self._desk.tell(event)
        self._unconfirmed.discard(event.delivery)
        self._changed.set()

    async def settled(self) -> None:
        """Wait until nothing is in hand."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self._adapter()
                await self._desk.courier.idle()
                if not self._in_hand and not self._unconfirmed and not self._desk.courier.under_way:
                    return
                self._changed.clear()
                await self._changed.wait()
