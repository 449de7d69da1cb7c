"""A real process on a disk that fails it: what was acknowledged is there, and the host is told what to do."""

import asyncio
import re
import resource
import socket
from pathlib import Path
from signal import SIGTERM

import aiohttp
import pytest

from storage.driver import sqlite3
from storage.store import Store
from tests.commands import command
from tests.local_slack import LocalSlack
from tests.processes import ASHDOWN, LENIN, LIVE, Bot, on_slack, prepare, rows, run_as_anybody, typed
from tests.test_process_slack import SlackHall

SORRY = re.compile(
    r"Sorry, that did not work, and the fault is the bot’s\. Nothing was changed; the host can look up ([0-9A-F]{6})\."
)


async def _told(folder: Path) -> str:
    """Run the bot on the folder's database, which it refuses; gives what it tells, for every command that needs it."""
    ended = await run_as_anybody(folder, DISCORD_TOKEN="any")
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    return line.replace(str(folder / "bot.db"), "bot.db")


async def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    """A read-only database ends the start with a sentence, without a trace, and is as it was."""
    database = prepare(tmp_path)
    Store(database).close()
    before = _closed(database, 0o400)
    told = await _told(tmp_path)
    assert (
        told == "The database bot.db may not be written. See that the bot may write this file and its folder."
    )
    assert _closed(database, 0o600) == before


async def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """A read-only folder ends the start with a sentence, and nothing is made in it."""
    prepare(tmp_path)
    _closed(tmp_path / "bot.toml", 0o400, 0o500)
    told = await _told(tmp_path)
    _closed(tmp_path / "bot.toml", 0o600, 0o700)
    assert told == ("The folder of bot.db cannot be written. See that it is there and belongs to the bot.")
    assert command(tmp_path, "check").code == 0


def _closed(file: Path, mode: int, folder: int = 0o700) -> bytes:
    """Set who may do what with a file and its folder; gives what is in the file."""
    file.chmod(mode)
    file.parent.chmod(folder)
    return file.read_bytes()


async def test_a_file_that_another_program_has_locked(tmp_path: Path) -> None:
    """The bot waits a moment for a lock, and then says that another process has the file."""
    database = prepare(tmp_path)
    Store(database).close()
    other = sqlite3.connect(database)
    other.execute("BEGIN IMMEDIATE")
    told = await _told(tmp_path)
    other.close()
    assert told == "The database bot.db is in use by another process. Stop that one, or name another file."


async def test_a_damaged_file_and_the_backup_that_it_asks_for(tmp_path: Path) -> None:
    """A page of rubbish is found before anything is built on it; after what the sentence says, all is there."""
    database = prepare(tmp_path)
    played = await typed(tmp_path, "/quiz who about:words\n2\n/score\n", "chat", "--as", "Ana")
    assert command(tmp_path, "backup", "copy.db").code == 0
    with database.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096 * 5)
    told = await _told(tmp_path)
    assert re.fullmatch(
        r"The database bot\.db is damaged(?: \(.+\))?\. Stop the bot and restore the newest backup\.", told
    )
    assert command(tmp_path, "restore", "copy.db").code == 0
    again = await typed(tmp_path, "/score\n", "chat", "--as", "Ana")
    assert (again.code, _score(again.out)) == (0, _score(played.out))


def _score(out: str) -> str:
    """Give the card of the last score, without the number it has at the console."""
    return re.sub(r"#\d+", "", out[out.index("Your score") :])


async def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """Nobody is told success, the reference they read is in the log, /readyz says why, and with room it goes on."""
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux lets a test fill the disk of another process")
    port = _free_port()
    prepare(tmp_path, seconds=300)
    async with LocalSlack() as slack:
        process = Bot(tmp_path, on_slack(slack) | {"PORT": str(port)})
        await process.start()
        hall = SlackHall(slack)
        await hall.ask("Ana", LIVE, about="words")
        assert (await hall.press("Ana", LIVE, LENIN)).startswith(f"Your answer: {LENIN}.")
        before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        sorry = SORRY.fullmatch(await hall.press("Ben", LIVE, LENIN))
        assert sorry is not None
        assert sorry[1] in {line.get("reference") for line in process.log}
        status, text = await _get(f"http://127.0.0.1:{port}/readyz")
        assert status == 503
        assert re.fullmatch(r"database: .+ the disk is full.*\n", text)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)
        assert (await hall.press("Ben", LIVE, ASHDOWN)).startswith(f"Your answer: {ASHDOWN}.")
        await process.kill()
        answered = rows(process.database, "SELECT member FROM answers")
        await slack.disconnected()
        await process.start()
        process.signal(SIGTERM)
        assert await process.ended() == 0
    assert sorted(answered) == sorted([(hall.member("Ana"),), (hall.member("Ben"),)])


async def test_a_bot_that_runs_copies_its_database(tmp_path: Path) -> None:
    """Where bot.toml names a folder, the night's copy is there soon after the start that made it up, and is sound."""
    toml = f'[backup]\nfolder = "{tmp_path / "copies"}"\ntime = "00:00"\n'
    _write(tmp_path / "bot.toml", toml)
    async with LocalSlack() as slack:
        process = Bot(tmp_path, on_slack(slack))
        await process.start(until="the nightly copy was made")
        process.signal(SIGTERM)
        assert await process.ended() == 0
    (told,) = [line for line in process.log if line["message"] == "the nightly copy was made"]
    assert rows(tmp_path / "copies" / told["file"], "PRAGMA integrity_check") == [("ok",)]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def _get(url: str) -> tuple[int, str]:
    async with asyncio.timeout(30), aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()
