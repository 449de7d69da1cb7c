"""The desk: where adapters hand in events, and from where effects go to whom they are for."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from adapters.base import Platform
from bot.core.asked import asked
from bot.core.core import Core
from bot.core.effects import Deliver, Effect, ReadPage, Reply, Show, Then, Update, Wake
from bot.core.events import (
    ButtonPressed,
    CommandUsed,
    DeliveryFailed,
    DeliveryMade,
    Event,
    FormSubmitted,
    Happened,
    Heard,
    PageRead,
    Said,
    Started,
    TimeCame,
)
from bot.core.registry import Registry
from bot.counters import Counters
from bot.courier import Courier
from bot.pages import Pages
from bot.runner import CoreThread

_REPEATED = (CommandUsed, ButtonPressed, FormSubmitted)
Outward = Deliver | Wake | Reply
"""What leaves the house; the other effects have the desk go on with something."""


class Clock(Protocol):
    """Tells the time and wakes the core. One moment is kept: the earliest that was asked for."""

    def now(self) -> int:
        """Give the time in UTC seconds."""

    def wake(self, at: int) -> None:
        """Ask for TimeCame at this moment, or at once when it has passed."""


class PageReader(Protocol):
    """Reads pages away from the core."""

    async def read(self, wanted: ReadPage) -> PageRead:
        """Read a page; what it holds, or a sentence on why it cannot be read. Never raises for a page's sake."""


class DeskOfCore:
    """The one way into the core thread, and out of it. An `adapters.base.Desk`."""

    def __init__(self, thread: CoreThread, clock: Clock, reader: CoreThread | None = None) -> None:
        self._thread = thread
        self._reader = reader
        self._clock = clock
        self._core: Core | None = None
        self._platforms: dict[str, Platform] = {}
        self.counters = Counters()
        self.pages: PageReader = Pages(self._platforms, clock.now)
        self.courier = Courier(self._platforms, clock.now, self.tell, self.counters)
        self.rung_at = time.monotonic()
        """When the core last heard the clock ring, as `time.monotonic` counts."""

    async def open(self) -> None:
        """Start the core thread, and the one that reads."""
        self._core = await self._thread.start()
        if self._reader is not None:
            await self._reader.start()

    def serve(self, platform: Platform) -> None:
        """Take in a platform whose deliveries can be carried out."""
        self._platforms[platform.name] = platform

    def leave(self, platform: Platform) -> None:
        """Let go of a platform that is lost."""
        self._platforms.pop(platform.name, None)

    async def recover(self) -> Sequence[Effect]:
        """Take up what a crash has left; gives what is to be released when the platforms are connected.

        To be done before that: what is under way in this process is no crash's.
        """
        return await self._thread.submit(Started(at=self._clock.now()))

    def release(self, effects: Sequence[Effect]) -> None:
        """Release what `recover` has given."""
        for effect in effects:
            if not isinstance(effect, ReadPage | Then):
                self._dispatch(effect, lambda _: None)

    @property
    def registry(self) -> Registry:
        """What can be asked, and how each is answered."""
        if self._core is None:
            raise RuntimeError("the desk is not open yet")
        return self._core.registry

    def now(self) -> int:
        """Give the time to stamp an event with."""
        return self._clock.now()

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Hand over what a person did; gives the replies once what they say is durable."""
        return await self._handle(event)

    async def tell(self, event: DeliveryMade | DeliveryFailed) -> None:
        """Report how a message went; returns once that is durable."""
        await self._handle(event)

    async def hear(self, event: Happened) -> None:
        """Hand over what has happened to a community; returns once what follows is durable."""
        await self._handle(event)

    async def time_came(self) -> None:
        """Say that something may be due."""
        await self._handle(TimeCame(at=self._clock.now()))
        self.rung_at = time.monotonic()

    async def _handle(self, event: Event) -> Sequence[Reply]:
        """Have an event handled, and what follows from it within the same interaction; gives all replies."""
        replies: list[Reply] = []
        following: list[Event] = [event]
        for number, each in enumerate(following):  # which may grow on the way
            for effect in await self._effects(each, first=number == 0):
                match effect:
                    case Show() | Update():  # nearly always
                        replies.append(effect)
                    case ReadPage():
                        following.append(await self.pages.read(effect))
                    case Then(event=then):
                        following.append(then)
                    case _:
                        self._dispatch(effect, replies.append)
        return replies

    async def _effects(self, event: Event, *, first: bool) -> Sequence[Effect]:
        """Have the right thread handle an event.

        What is handled where nothing can be written, and may come in twice, is noted `first` where it can be.
        """
        name, reads = asked(self.registry, event)
        thread = self._thread
        if reads and self._reader is not None:
            if first and isinstance(event, _REPEATED) and event.id:
                name, event = "", Heard(said=event)
            else:
                thread = self._reader
        begun = time.perf_counter()
        effects = await thread.submit(event)
        self.counters.handled(type(event).__name__, time.perf_counter() - begun, name)
        return effects

    def _dispatch(self, effect: Outward, reply: Callable[[Reply], None]) -> None:
        match effect:
            case Deliver():
                self.courier.take(effect)
            case Wake(at=at):
                self._clock.wake(at)
            case _:
                reply(effect)
