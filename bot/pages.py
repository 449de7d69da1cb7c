"""Reading a page for the core: fetched from where it was attached, and read in a process of its own."""

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from adapters.base import Platform, Unfetched
from bot.core import codec
from bot.core.effects import ReadPage
from bot.core.errors import BotFault
from bot.core.events import PageRead
from bot.core.features.library_import import LARGEST
from bot.core.findings import Findings, Given
from bot.core.wording import in_marks

WHOLE = 30.0
"""Seconds that reading a page may take in all, waiting for a processor included."""
AT_ONCE = 1
"""Pages that are read at the same time."""
_ANSWER = 32_000_000
"""Bytes that what was found takes at most: far more than any page of 2 MB proposes."""
_WHERE = 400
"""Characters of what the process says of a fault of its own."""
_PASTED = "The pasted text"
_CHUNK = 65_536
_ROOT = Path(__file__).parent.parent
log = logging.getLogger(__name__)


class Unread(Exception):  # noqa: N818 - an outcome, told as a sentence
    """The page cannot be read: what is wrong, and what to do now."""


class Pages:
    """Reads pages; `platforms` are those that files are attached on, by name, and `now` stamps what is said of it."""

    def __init__(self, platforms: Mapping[str, Platform], now: Callable[[], int]) -> None:
        self._platforms = platforms
        self._now = now
        self._room = asyncio.Semaphore(AT_ONCE)

    async def read(self, wanted: ReadPage) -> PageRead:
        """Read a page; what comes of it, and a sentence where it cannot be read. Never raises for a page's sake."""
        findings, fault = Findings(), ""
        try:
            findings = await self._findings(wanted)
        except (Unread, Unfetched) as unread:
            fault = f"{unread} Nothing was imported."
        return PageRead(
            place=wanted.place,
            actor=wanted.actor,
            at=self._now(),
            draft=wanted.draft,
            findings=findings,
            fault=fault,
        )

    async def _findings(self, wanted: ReadPage) -> Findings:
        name = wanted.file.name if wanted.file else _PASTED
        raw = await self._raw(wanted)
        asked = request(name, wanted.given, wanted.share, wanted.card_words)
        async with self._room:
            try:
                async with asyncio.timeout(WHOLE):
                    answer = await in_process(asked + raw)
            except BotFault as fault:
                log.exception("a page was not read")
                raise Unread(
                    f"{in_marks(name)} could not be read, and the fault is the bot’s; the host can look it up in the log."
                ) from fault
            except TimeoutError:
                raise Unread(
                    f"{in_marks(name)} takes longer to read than a page may. Save it as plain text and try again."
                ) from None
        if answer is None:
            raise Unread(
                f"Reading {in_marks(name)} ended before its end. Save it as plain text and try again."
            )
        found = await asyncio.to_thread(codec.load, answer)
        if isinstance(found, str):
            raise Unread(found)
        if not isinstance(found, Findings):
            raise BotFault("a page was read as something else")
        return found

    async def _raw(self, wanted: ReadPage) -> bytes:
        if wanted.file is None:
            return wanted.text.encode()
        platform = self._platforms.get(wanted.place.community.partition(":")[0])
        if platform is None:
            raise BotFault(f"no platform has the files of {wanted.place.community}")
        return await platform.fetch(wanted.file, LARGEST)


async def in_process(asked: bytes) -> str | None:
    """Have a page read by a process of its own; gives what it prints, None where it ends without an answer.

    Raises BotFault where the reading itself is at fault. However this ends, the process is gone.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.page_process",
        cwd=_ROOT, env=_environment(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answer = await _told(process, asked)
        code = await process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if code == os.EX_SOFTWARE:
        raise BotFault(answer.decode(errors="replace")[:_WHERE])
    if code:
        log.warning("a page was not read to its end", extra={"code": code})
    return None if code else answer.decode()


async def _told(process: asyncio.subprocess.Process, asked: bytes) -> bytes:
    """Hand the page over, and read the answer as it comes, up to what an answer may be."""
    source, sink = process.stdout, process.stdin
    if source is None or sink is None:
        raise BotFault("a process without pipes")
    handing = asyncio.create_task(_hand(sink, asked))
    answer = bytearray()
    try:
        while chunk := await source.read(_CHUNK):
            answer += chunk
            if len(answer) > _ANSWER:
                process.kill()
    finally:
        handing.cancel()
        await asyncio.gather(handing, return_exceptions=True)
    return bytes(answer)


async def _hand(sink: asyncio.StreamWriter, asked: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        sink.write(asked)
        await sink.drain()
        sink.close()
        await sink.wait_closed()


def _environment() -> dict[str, str]:
    """Give what a process needs to find Python and speak UTF-8, and no secret."""
    kept = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "SYSTEMROOT", "TZDIR")
    return {"PYTHONUTF8": "1", **{name: os.environ[name] for name in kept if name in os.environ}}


def request(name: str, given: Given, share: float, card_words: int) -> bytes:
    """Write the line that comes before the page's bytes.

    It stands here, so that whoever only asks does not import everything that reads a page.
    """
    asked = {"name": name, "given": codec.dump(given), "share": share, "card_words": card_words}
    return f"{json.dumps(asked)}\n".encode()
