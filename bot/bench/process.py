"""The bot as hosts run it, in a process of its own, watched from outside through /proc."""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
import time
import urllib.request
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bench.families import NotHere

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
"""Seconds after which a start is given up."""
PROC = Path("/proc")


class Bot:
    """A bot that is ready; `ready` is how many seconds its start took."""

    def __init__(self, process: Process, database: Path, port: int, ready: float) -> None:
        self.database = database
        self.ready = ready
        self._port = port
        self._process = process

    @property
    def megabytes(self) -> float:
        """How much memory is resident."""
        return resident(self._process.pid)

    @property
    def files(self) -> int:
        """How many files and sockets are open."""
        return len(list((PROC / str(self._process.pid) / "fd").iterdir()))

    @property
    def threads(self) -> int:
        """How many threads run."""
        return len(list((PROC / str(self._process.pid) / "task").iterdir()))

    def metric(self, name: str) -> int:
        """Read one of the bot's own metrics."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/metrics") as answer:
            lines = answer.read().decode().splitlines()
        line = next(each for each in lines if each.startswith(f"hundred_regiments_{name} "))
        return int(line.split()[1])


@asynccontextmanager
async def running(environment: Mapping[str, str]) -> AsyncIterator[Bot]:
    """Start a bot in a new folder, wait until it is ready, and stop it at the end as a host does."""
    with tempfile.TemporaryDirectory() as folder:
        database, port = Path(folder) / "bot.db", _free_port()
        surroundings = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{database}",
            "PORT": str(port),
            **environment,
        }
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=surroundings, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )  # fmt: skip
        listening = None
        try:
            await _says_ready(process)
            ready = time.perf_counter() - begun
            listening = asyncio.create_task(_listen(process))
            yield Bot(process, database, port, ready)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            if listening is not None:
                await listening
            await process.wait()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def resident(pid: int | str = "self") -> float:
    """Give the megabytes of memory that a process has resident. Raises NotHere where there is no /proc."""
    try:
        status = (PROC / str(pid) / "status").read_text(encoding="utf-8")
    except FileNotFoundError as fault:
        raise NotHere("memory is read from /proc, which this system does not have. Use Linux.") from fault
    line = next(each for each in status.splitlines() if each.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


async def bare(*modules: str, print_: str = "") -> tuple[float, str]:
    """Start a bare Python that imports these modules and ends; gives the seconds it took, and what it printed."""
    code = "import warnings\nwarnings.simplefilter('ignore')\n"
    code += "".join(f"import {module}\n" for module in modules) + print_
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=PIPE)
    out, _ = await process.communicate()
    return time.perf_counter() - begun, out.decode()


async def _says_ready(process: Process) -> None:
    last: deque[str] = deque(maxlen=3)
    assert process.stderr is not None  # noqa: S101 - it is a pipe
    try:
        async with asyncio.timeout(PATIENCE):
            async for line in process.stderr:
                last.append(line.decode())
                if _message(line) == "ready":
                    return
    except TimeoutError:
        process.kill()
    raise RuntimeError(f"the bot was not ready; it said last: {''.join(last)}")


async def _listen(process: Process) -> None:
    """Take what it logs, so that it never waits for whoever reads."""
    assert process.stderr is not None  # noqa: S101 - it is a pipe
    async for _ in process.stderr:
        pass


def _message(line: bytes) -> str:
    try:
        return str(json.loads(line).get("message", ""))
    except ValueError:
        return ""
