"""What lines come from: a terminal, a pipe or a file, or a test; and the reader for what is no terminal."""

import asyncio
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from adapters.console.clean import clean_line
from adapters.console.screen import Write

LONGEST_LINE = 65_536
"""Characters beyond which a line is cut: no command, form or file has as many."""
_MOST = 4 * (LONGEST_LINE + 1)
"""Bytes that so many characters take at most."""
_CHUNK = 65_536


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A completion: `text` takes the place of the last `replaces` characters typed; `label` and `help` are shown."""

    text: str
    replaces: int
    label: str
    help: str = ""


class Aid(Protocol):
    """What helps with typing a line, where the source of lines can make use of it."""

    async def complete(self, typed: str) -> Sequence[Offer]:
        """Offer what the line could go on with."""

    def status(self) -> str:
        """Say in a few words what is going on, as a countdown does."""

    @property
    def private(self) -> bool:
        """Whether the line is an answer, which no history keeps."""


class Lines(Protocol):
    """A source of lines."""

    async def read(self, prompt: str, aid: Aid) -> str | None:
        """Read a line, without its newline; None at the end of input."""


class PipedLines:
    """Reads lines from a file descriptor (None: there is none) without keeping the event loop waiting.

    `begun` is what has been read from it before. Each line is printed after its prompt, so that what is printed reads like a conversation. Bytes that are not UTF-8
    become U+FFFD.
    """

    def __init__(self, descriptor: int | None, write: Write, begun: bytes = b"") -> None:
        self._descriptor = descriptor
        self._write = write
        self._buffer = begun
        self._ended = descriptor is None

    async def read(self, prompt: str, aid: Aid) -> str | None:
        """Read a line and print it after its prompt; an empty one as (Enter) where a form asks."""
        while b"\n" not in self._buffer and not self._ended:
            self._buffer = self._buffer[:_MOST]
            chunk = await self._more()
            self._ended = not chunk
            self._buffer += chunk
        if not self._buffer:
            return None
        raw, _, self._buffer = self._buffer.partition(b"\n")
        line = raw.decode(errors="replace").removeprefix("\ufeff").rstrip("\r")[: LONGEST_LINE + 1]
        empty = "(Enter)" if aid.private else ""
        self._write(f"{prompt}{clean_line(line) or empty}".rstrip() + "\n")
        return line

    async def _more(self) -> bytes:
        """Read what there is, in a thread of its own: a thread of the pool would be waited for at the end."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[bytes] = loop.create_future()

        def settle(chunk: bytes) -> None:
            if not answer.done():
                answer.set_result(chunk)

        def fetch() -> None:
            try:
                chunk = os.read(self._descriptor or 0, _CHUNK)
            except OSError:
                chunk = b""
            with suppress(RuntimeError):  # the loop may be closed by now
                loop.call_soon_threadsafe(settle, chunk)

        threading.Thread(target=fetch, name="console input", daemon=True).start()
        return await answer
