"""The bot as hosts run it: `python -m bot` in a process and a folder of its own, killed and started again."""

import asyncio
import ctypes
import json
import multiprocessing
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from typing import Any, Protocol

from bot.cli import main
from bot.core import wording
from storage.store import open_reader
from tests.local_discord import LocalDiscord
from tests.local_slack import LocalSlack

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds after which a test gives up on a process; far more than anything here takes."""
Log = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a process ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


def on_discord(server: LocalDiscord) -> dict[str, str]:
    """Give the environment of a bot on this Discord."""
    return {"DISCORD_TOKEN": server.token, "DISCORD_API": server.base_url}


def on_slack(server: LocalSlack) -> dict[str, str]:
    """Give the environment of a bot on this Slack."""
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API": server.api_base,
    }


def prepare(folder: Path, *, seconds: int = 45) -> Path:
    """Write a bot.toml into a folder, whose live rounds stay open for `seconds`; gives the database's path."""
    (folder / "bot.toml").write_text(f"[quiz]\nseconds = {seconds}\n", encoding="utf-8")
    return folder / "bot.db"


def surroundings(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Give a bot's whole environment: a database in the folder, and nothing of the test's own but the path."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        **more,
    }


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Read from a database that a bot may have open."""
    reader = open_reader(database)
    try:
        return [tuple(row) for row in reader.execute(query, values).fetchall()]
    finally:
        reader.close()


async def typed(folder: Path, lines: str | None, *command: str, **environment: str) -> Ended:
    """Run a command of the bot's with these lines as its input (None: without any), to its end."""
    given = DEVNULL if lines is None else PIPE
    process = await _started(folder, command, environment, given=given, out=PIPE)
    return await _end_of(process, lines)


async def run_as_anybody(folder: Path, **environment: str) -> Ended:
    """Run the bot without root's right to read and write what others may not, to its end."""
    process = await _started(folder, ("run",), environment, out=PIPE, before=_give_up_rights)
    return await _end_of(process, None)


def _give_up_rights() -> None:
    system, drop, read_and_write, read = ctypes.CDLL(None), 24, 1, 2
    for right in (read_and_write, read):
        system.prctl(drop, right, 0, 0, 0)


async def _end_of(process: Process, lines: str | None) -> Ended:
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate(None if lines is None else lines.encode())
    return Ended(code=process.returncode or 0, out=out.decode(), err=err.decode())


class Bot:
    """A bot on the platforms that its environment names. It can be started again after its end, any number of times."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.database = folder / "bot.db"
        self.log: list[Log] = []
        """Every line that it has logged, over all its lives."""
        self._folder = folder
        self._environment = environment
        self._process: Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Condition()
        self._over = True

    @property
    def complaints(self) -> list[Log]:
        """What it has logged of faults of its own."""
        return complaints(self.log)

    async def start(self, until: str = "ready") -> None:
        """Start the process, and wait until it says that it is ready, or what else is to be waited for."""
        before, self._over = len(self.log), False
        self._process = await _started(self._folder, ("run",), self._environment)
        self._listening = asyncio.create_task(self._listen(self._process))
        await self.says(until, after=before)

    async def says(self, message: str, *, after: int = 0, **extras: str) -> None:
        """Wait until it has logged this, with these extras, after the first so many lines."""
        wanted = {"message": message, **extras}.items()

        def heard() -> bool:
            return any(wanted <= line.items() for line in self.log[after:])

        try:
            async with asyncio.timeout(PATIENCE), self._heard:
                await self._heard.wait_for(lambda: heard() or self._over)
        except TimeoutError:
            raise AssertionError(f"it did not say {message!r}; its log: {self.log}") from None
        assert heard(), f"it ended before it said {message!r}; its log: {self.log}"

    async def kill(self) -> None:
        """End it with SIGKILL, wherever it is."""
        self.signal(SIGKILL)
        assert await self.ended() == -SIGKILL

    def signal(self, number: Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    async def ended(self) -> int:
        """Wait for its end; gives the exit code."""
        assert self._process is not None
        assert self._listening is not None
        async with asyncio.timeout(PATIENCE):
            await self._listening
            return await self._process.wait()

    async def stop(self) -> None:
        """End it in whatever way it takes."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def _listen(self, process: Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            async with self._heard:
                self.log.append(_entry(line.decode()))
                self._heard.notify_all()
        async with self._heard:
            self._over = True
            self._heard.notify_all()


@asynccontextmanager
async def bot(folder: Path, *, seconds: int, **environment: str) -> AsyncIterator[Bot]:
    """Start a bot whose live rounds stay open for `seconds`, and end it with the context."""
    prepare(folder, seconds=seconds)
    started = Bot(folder, environment)
    try:
        await started.start()
        yield started
    finally:
        await started.stop()


def complaints(log: Iterable[Log]) -> list[Log]:
    """Give the lines of a log that tell of the bot's own faults."""
    return [line for line in log if line["level"] in {"ERROR", "CRITICAL"} or "trace" in line]


def _entry(line: str) -> Log:
    try:
        entry: Log = json.loads(line)
    except ValueError:
        return {"level": "CRITICAL", "message": line.rstrip()}
    return entry


async def _started(
    folder: Path,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    given: int = DEVNULL,
    out: int = DEVNULL,
    before: Callable[[], None] | None = None,
) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *command),
        cwd=folder,
        env=surroundings(folder, environment),
        preexec_fn=before,
        stdin=given,
        stdout=out,
        stderr=PIPE,
    )


class Hall(Protocol):
    """A platform where people of these names meet in channels; each channel has one card at a time.

    Words are lines as people read them, without the platform's marks, with times in London's.
    """

    async def ask(self, who: str, channel: str, **values: str) -> None:
        """Let somebody use /quiz with these values."""

    async def press(self, who: str, channel: str, label: str) -> str:
        """Let somebody press a button that the channel's card has, or had at first; gives what they are told."""

    async def fill_in(self, who: str, channel: str, name: str) -> str:
        """Let somebody press “Answer” and send the form with this name; gives what they are told."""

    async def closed(self, channel: str) -> str:
        """Wait until the channel's card is edited; gives its words."""

    def counts(self, channel: str) -> tuple[int, int]:
        """Count the channel's messages, and the edits of its card."""

    def place(self, channel: str) -> tuple[str, str]:
        """Give the ids of the community and the channel."""

    def member(self, who: str) -> str:
        """Give somebody's id."""


LENIN, ASHDOWN, BERNSTEIN, CORBYN = "Vladimir Lenin", "Paddy Ashdown", "Eduard Bernstein", "Jeremy Corbyn"
SOLVED = f"{LENIN}, according to Neal Lawson"
LIVE, TYPED, STANDING = "general", "names", "hall"
PEOPLE = ("Ana", "Ben", "Cem", "Dee", "Mia")


class Evening:
    """A live round, one with typed answers and a standing one, that three people play. Mia is a moderator."""

    def __init__(self, hall: Hall, database: Path) -> None:
        self._hall = hall
        self._database = database

    async def begin(self) -> None:
        """Ask the rounds; let people answer them and change their minds."""
        press, fill_in = self._hall.press, self._hall.fill_in
        await self._hall.ask("Mia", STANDING, about="words", open="5m")
        await self._hall.ask("Ana", LIVE, about="words")
        await self._hall.ask("Ana", TYPED, about="come together", answer="typed")
        once = f"You can change it once, until {self._closes(LIVE)}."
        assert await press("Ana", LIVE, ASHDOWN) == f"Your answer: {ASHDOWN}. {once}"
        assert await press("Ana", LIVE, LENIN) == f"Changed to {LENIN}. This answer stays."
        assert await press("Ben", LIVE, BERNSTEIN) == f"Your answer: {BERNSTEIN}. {once}"
        assert await press("Cem", LIVE, LENIN) == f"Your answer: {LENIN}. {once}"
        once = f"You can change it once, until {self._closes(TYPED)}."
        assert await fill_in("Ben", TYPED, "corbin") == f"Your answer: {CORBYN}. {once}"
        assert await fill_in("Ana", TYPED, "lenin") == f"Your answer: {LENIN}. {once}"
        assert await fill_in("Ana", TYPED, "corbin") == f"Changed to {CORBYN}. This answer stays."
        told = await press("Cem", STANDING, LENIN)
        assert told.startswith(f"Right: {SOLVED}. 1 point. The others see it on ")

    async def end(self) -> None:
        """After the bot's return: old buttons answer, and rounds close by editing their cards; nothing is lost."""
        press = self._hall.press
        told = await press("Cem", STANDING, ASHDOWN)
        assert told.startswith("The first answer counts in this round, and yours is in.")
        told = await press("Ben", STANDING, LENIN)
        assert told.startswith(f"Right: {SOLVED}. 1 point. The others see it on ")
        self._revealed(await self._hall.closed(LIVE), await self._hall.closed(TYPED))
        late = f"This round closed at {self._closes(LIVE)}, so this answer is not counted. It was {SOLVED}."
        assert await press("Dee", LIVE, LENIN) == late
        late = f"This round closed at {self._closes(TYPED)}, so this answer is not counted. It was {CORBYN}."
        assert await press("Dee", TYPED, "Answer") == late
        assert await press("Ana", LIVE, "My result") == f"Right: {SOLVED}. 1 point; 2 this week."
        told = await press("Ben", LIVE, "My result")
        assert told == f"It was {SOLVED}. The question comes back in your /review."
        self._nothing_twice()

    def _revealed(self, live: str, typed_: str) -> None:
        title, head, shares = live.splitlines()[:3]
        assert (title, head) == (f"Who said it? {SOLVED}", "3 answers, 2 right, 1 point each.")
        assert shares.startswith(f"{LENIN} 67% (2) · {BERNSTEIN} 33% (1) · ")
        assert typed_.splitlines()[0] == f"Who said it? {CORBYN}"
        named = [who for who in PEOPLE if who in live + typed_ or self._hall.member(who) in live + typed_]
        assert named == []

    def _nothing_twice(self) -> None:
        counts = {channel: self._hall.counts(channel) for channel in (LIVE, TYPED, STANDING)}
        assert counts == {LIVE: (1, 1), TYPED: (1, 1), STANDING: (1, 0)}
        right = {LIVE: ("Ana", "Cem"), TYPED: ("Ana", "Ben"), STANDING: ("Ben", "Cem")}
        scored = [
            (f"round:{self._round(channel)[0]}", self._hall.member(who), 1)
            for channel, people in right.items()
            for who in people
        ]
        community, _ = self._hall.place(LIVE)
        query = f"SELECT source, member, points FROM score_events WHERE community = '{community}'"
        assert sorted(rows(self._database, query)) == sorted(scored)

    def _closes(self, channel: str) -> str:
        return wording.clock(self._round(channel)[1], "Europe/London")

    def _round(self, channel: str) -> tuple[int, int]:
        """Give the id and the deadline of the round in a channel."""
        community, place = self._hall.place(channel)
        query = f"SELECT id, closes_at FROM rounds WHERE community = '{community}' AND channel = '{place}'"
        ((number, closes_at),) = rows(self._database, query)
        return number, closes_at


_LOADED = ("adapters.discord.client", "adapters.slack.app", "bot.serving", "bot.platforms")


class QuickBot:
    """A bot that starts in a fraction of the time, for tests that start it often.

    Its process is its own like any other's, but forked from one that has loaded the program already, and opened nothing.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.database = folder / "bot.db"
        self._log = folder / "log"
        self._body = (str(folder), str(self._log), surroundings(folder, environment))
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__, *_LOADED])
        self._process: ForkServerProcess | None = None

    def start(self) -> None:
        """Start the process; it has yet to connect."""
        # A test that fails before it ends the process must not wait for it.
        self._process = self._context.Process(target=_be_a_bot, args=self._body, daemon=True)
        self._process.start()

    def kill(self) -> None:
        """End it with SIGKILL, wherever it is."""
        self.signal(SIGKILL)
        assert self.ended() == -SIGKILL

    def stop(self) -> None:
        """End it with SIGTERM, as a host does."""
        self.signal(SIGTERM)
        assert self.ended() == 0

    def signal(self, number: Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def ended(self) -> int | None:
        """Wait for its end; gives the exit code, None when it does not come."""
        assert self._process is not None
        self._process.join(PATIENCE)
        return self._process.exitcode

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid or 0

    @property
    def log(self) -> list[Log]:
        """Every line that it has written to standard error, over all its lives."""
        return [_entry(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    @property
    def complaints(self) -> list[Log]:
        """What it has logged of faults of its own, over all its lives."""
        return complaints(self.log)


def _be_a_bot(folder: str, log: str, environment: Mapping[str, str]) -> None:
    """Do what `python -m bot run` does, in a process that is nothing else."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    main(["run"])
