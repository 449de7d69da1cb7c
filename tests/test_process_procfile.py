"""The bot run as the documents say, from the Procfile: it starts, says that it is ready, and stops in good order."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path
from signal import SIGTERM

from tests.local_slack import LocalSlack
from tests.processes import PATIENCE, ROOT, on_slack, rows, surroundings
from tests.test_process_disk import _free_port, _get

FOLDER = Path(sys.executable).parent


async def _honcho(folder: Path, environment: dict[str, str]) -> Process:
    """Start what the Procfile names, with the Python that runs this test."""
    path = {"PATH": f"{FOLDER}{os.pathsep}{os.environ['PATH']}"}
    return await asyncio.create_subprocess_exec(
        FOLDER / "honcho",
        *("start", "--app-root", ROOT, "--env", folder / "none"),
        env={**surroundings(folder, environment), **path},
        stdout=PIPE,
        stderr=STDOUT,
    )


async def test_a_procfile_runner_starts_watches_and_stops_it(tmp_path: Path) -> None:
    """One command is the same everywhere; its port answers, and at SIGTERM nothing is left open."""
    port = _free_port()
    async with LocalSlack() as slack, asyncio.timeout(PATIENCE):
        runner = await _honcho(tmp_path, on_slack(slack) | {"PORT": str(port)})
        said = await _until_ready(runner)
        assert await _get(f"http://127.0.0.1:{port}/readyz") == (200, "ready\n")
        runner.send_signal(SIGTERM)
        out, _ = await runner.communicate()
        await slack.disconnected()
    said += out.decode()
    assert '"message": "stopping"' in said
    assert "Traceback" not in said
    assert _left(tmp_path) == ["bot.db", "bot.db.lock"]
    assert rows(tmp_path / "bot.db", "PRAGMA integrity_check") == [("ok",)]


async def _until_ready(runner: Process) -> str:
    """Read what the runner prints until the bot says that it is ready."""
    assert runner.stdout is not None
    lines: list[str] = []
    while not lines or '"message": "ready"' not in lines[-1]:
        line = await runner.stdout.readline()
        assert line, "".join(lines)
        lines.append(line.decode())
    return "".join(lines)


def _left(folder: Path) -> list[str]:
    """List what a bot has left: a database that was closed in good order has no log beside it."""
    return sorted(path.name for path in folder.iterdir())
