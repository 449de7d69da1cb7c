"""The desk: where adapters hand in events, and from where effects go to whom they are for."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from adapters.base import Platform
from bot.core.core import Core
from bot.core.effects import Deliver, Effect, ReadPage, Reply, Then, Wake
from bot.core.events import (
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
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
        following: list[Event] = [self._as_heard(event)]
        while following:
            for effect in await self._effects(following.pop(0)):
                match effect:
                    case ReadPage():
                        following.append(await self.pages.read(effect))
                    case Then(event=then):
                        following.append(then)
                    case _:
                        self._dispatch(effect, replies.append)
        return replies

    def _as_heard(self, event: Event) -> Event:
        """Have an event noted first that is handled where nothing can be written, and may come in twice."""
        if not isinstance(event, CommandUsed | ButtonPressed | FormSubmitted) or not event.id:
            return event
        beside = self._reader is not None and self._core is not None and self._core.reads(event)
        return Heard(said=event) if beside else event

    async def _effects(self, event: Event) -> Sequence[Effect]:
        reads = self._core is not None and self._core.reads(event)
        thread = self._reader if self._reader is not None and reads else self._thread
        begun = time.perf_counter()
        effects = await thread.submit(event)
        self.counters.handled(type(event).__name__, time.perf_counter() - begun, self._name(event))
        return effects

    def _name(self, event: Event) -> str:
        """Name what was asked as the registry does, never as it was typed; empty for what asks nothing."""
        if self._core is None:
            return ""
        registry = self._core.registry
        match event:
            case CommandUsed(command=name) | CompletionAsked(command=name):
                return name if name in registry.commands else "unknown"
            case ButtonPressed(token=token):
                pressed = registry.action(token)
                return pressed[0].name if pressed else "unknown"
            case FormSubmitted(token=token):
                sent = registry.submission(token)
                return sent[0].name if sent else "unknown"
            case _:
                return ""

    def _dispatch(self, effect: Outward, reply: Callable[[Reply], None]) -> None:
        match effect:
            case Deliver():
                self.courier.take(effect)
            case Wake(at=at):
                self._clock.wake(at)
            case _:
                reply(effect)
