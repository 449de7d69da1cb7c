"""The console as a platform: a typed line becomes an event, and what the bot answers becomes text."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from adapters.base import Desk
from adapters.console import paths
from adapters.console import session as words
from adapters.console.asking import Asking
from adapters.console.board import Board
from adapters.console.completing import complete, in_field
from adapters.console.ends import LONGEST_LINE, Lines, Offer
from adapters.console.filling import CANCEL
from adapters.console.posting import Posting
from adapters.console.render import field_prompt
from adapters.console.screen import Screen, Write
from adapters.console.session import Misused, Session
from adapters.console.shelf import NoSuchOption, Pressable
from adapters.console.typed import split
from bot.core import wording
from bot.core.effects import Deliver
from bot.core.events import Attachment, MessageRef


class Clock(Protocol):
    """The time that the console can move: UTC seconds."""

    def now(self) -> int:
        """Give the time."""

    async def advance(self, seconds: int) -> None:
        """Let so many seconds pass; returns once all that fell due has happened."""


async def _nothing() -> None:
    pass


class ConsolePlatform:
    """One community at one console.

    `lines` gives what is typed, `write` takes what is printed; with `width`, long lines are wrapped to so many
    columns. `zone` is the IANA zone that /clock reads times in. `settle` is awaited after each line, so that what the
    bot posts because of it stands before the next one. Files that are handed over are saved in `folder`. For `alone`
    see Session.
    """

    name = "console"

    def __init__(
        self,
        desk: Desk,
        *,
        community: str,
        member: str,
        moderator: bool,
        lines: Lines,
        write: Write,
        colour: bool,
        clock: Clock,
        width: Callable[[], int] | None = None,
        zone: str = "Europe/London",
        channel: str = "general",
        alone: bool | None = None,
        folder: Path = Path(),
        settle: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        self.session = Session(
            community=community, member=member, moderator=moderator, channel=channel, alone=alone
        )
        self._desk = desk
        self._lines = lines
        self._clock = clock
        self._zone = zone
        self._settle = settle
        self._board = Board(Screen(write, colour=colour, width=width), self.session)
        self._asking = Asking(desk, self._board, self.session, folder)
        self._posting = Posting(self._board, self.session)
        self._hand = asyncio.Lock()
        self._leaving = asyncio.Event()

    @property
    def prompt(self) -> str:
        """What stands before the next line: who is typing, or the field that is asked."""
        form = self._asking.filling
        return field_prompt(form.field) if form and form.field else f"{self.session.name}> "

    @property
    def private(self) -> bool:
        """Whether the next line is an answer in a form."""
        return self._asking.filling is not None

    async def start(self) -> None:
        """Be ready: the console needs no connection."""

    def trouble(self) -> str:
        """Say nothing: a console is there or the process is not."""
        return ""

    async def run(self) -> None:
        """Take line after line, until /quit, the end of input, or `stop`; also when nobody reads any more."""
        try:
            while (line := await self._next_line()) is not None:
                await self.type(line)
            if self._asking.filling:
                self._asking.abandon()
        except BrokenPipeError:
            return

    def leave(self) -> None:
        """Let `run` return once the line in hand is done."""
        self._leaving.set()

    async def stop(self) -> None:
        """Take no further line, and return when the one in hand is done."""
        self.leave()
        async with self._hand:
            pass

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Print what the bot posts by itself; gives where it stands. Raises Undelivered."""
        return self._posting.deliver(delivery)

    async def fetch(self, file: Attachment, most: int) -> bytes:
        """Read a file of this machine, whose path was typed. Raises Unfetched."""
        return await asyncio.to_thread(paths.read, file.address, most)

    async def type(self, line: str) -> str:
        """Take one line as if it had been typed; gives what was printed meanwhile."""
        return await self._heard(self._take(line))

    async def press(self, token: str, value: str = "", *, card: int = 0) -> str:
        """Press by its token what no number presses any more, on card #`card` if that is given; gives what was printed."""
        message = self._board.shelf.numbered(card)
        return await self._heard(
            self._asking.press(Pressable(token, value), message.ref if message else None)
        )

    async def complete(self, typed: str) -> Sequence[Offer]:
        """Offer what a line could go on with."""
        form = self._asking.filling
        if form and form.field:
            return in_field(typed, form.field)
        commands, moderator = self._desk.registry.commands, self.session.actor.administrator
        return await complete(typed, commands, moderator=moderator, ask=self._asking.completions)

    def status(self) -> str:
        """Say where one is, what counts down, and how to go on."""
        if self._asking.filling:
            return f" {CANCEL} closes the form"
        now = self._desk.now()
        closes = self._board.shelf.next_close(now)
        left = f"the round closes in {(closes - now) // 60}:{(closes - now) % 60:02}, " if closes else ""
        return f" #{self.session.channel}: {left}/help lists the commands, /quit leaves"

    async def _next_line(self) -> str | None:
        if self._leaving.is_set():
            return None
        reading = asyncio.ensure_future(self._lines.read(self.prompt, self))
        leaving = asyncio.ensure_future(self._leaving.wait())
        try:
            await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return None if self._leaving.is_set() else reading.result()
        finally:
            for each in (reading, leaving):
                each.cancel()
            await asyncio.gather(reading, leaving, return_exceptions=True)

    async def _heard(self, doing: Awaitable[None]) -> str:
        async with self._hand:
            with self._board.screen.recording() as heard:
                await doing
                await self._settle()
            return "".join(heard)

    async def _take(self, line: str) -> None:
        form = self._asking.filling
        if len(line) > LONGEST_LINE:
            self._board.say(f"A line has at most {LONGEST_LINE:,} characters. Nothing was changed.")
        elif line.strip().casefold() == "/quit":
            self.leave()
        elif form:
            await self._asking.fill(form, line)
        else:
            try:
                await self._take_line(line.strip())
            except (Misused, NoSuchOption) as mistake:
                self._board.say(str(mistake))

    async def _take_line(self, line: str) -> None:
        word, *rest = line.split(maxsplit=1) or [""]
        text = "".join(rest)
        match word.casefold():
            case "/as":
                self.session.go_on_as(text)
            case "/in":
                self.session.go_to(text)
            case "/clock":
                await self._move_clock(text)
            case "/quit":
                self._board.say(f"/quit takes nothing more, and {wording.in_marks(text)} stands behind it.")
            case "/cancel":
                self._board.say("No form is open, so nothing was closed.")
            case _ if pressed := self._board.shelf.pressed(line):
                message, option = pressed
                await self._asking.press(option, message.ref)
            case _:
                await self._asking.use(*split(line, self._desk.registry.commands))

    async def _move_clock(self, text: str) -> None:
        now = self._clock.now()
        if text:
            await self._clock.advance(words.step(text, now, self._zone))
        else:
            day = f"{wording.day(now, self._zone)} {wording.local(now, self._zone).year}"
            self._board.say(f"It is {day}, {wording.clock(now, self._zone)} ({self._zone}).")
