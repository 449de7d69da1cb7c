"""`check`: whatever is wrong is told at once, each fault with what to do, and nothing is changed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.checking import check
from storage.driver import sqlite3
from storage.examining import examine
from storage.faults import DatabaseFault
from storage.store import Store
from tests.commands import command
from tests.local_discord import LocalDiscord
from tests.local_slack import LocalSlack
from tests.processes import on_discord, on_slack

GOOD = "Settings, content, database and tokens are in order."


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """Give a local Slack that nobody is connected to."""
    async with LocalSlack() as server:
        yield server
        assert server.violations == []


async def _check(folder: Path, **environment: str) -> tuple[list[str], list[str]]:
    url = {"DATABASE_URL": f"sqlite:///{folder / 'bot.db'}"}
    found = await asyncio.to_thread(check, folder / "bot.toml", url | environment)
    return found.faults, found.notes


def test_a_fresh_set_up_is_in_order(tmp_path: Path) -> None:
    """Before the first start there is no database, which is noted and no fault; none is made."""
    ended = command(tmp_path, "check")
    assert (ended.code, ended.err) == (0, "")
    assert f"The database {tmp_path / 'bot.db'} is not there yet; the first start makes it." in ended.out
    assert ended.out.splitlines()[-1] == GOOD
    assert list(tmp_path.iterdir()) == []


async def test_every_fault_is_told_at_once(tmp_path: Path, slack: LocalSlack) -> None:
    """Settings, the database, the folder of the copies and a token are all in one answer, and the exit code is 1."""
    (tmp_path / "bot.db").write_bytes(b"not a database" * 100)
    (tmp_path / "file").write_bytes(b"")
    toml = f'[quiz]\nseconds = 2\n[backup]\nfolder = "{tmp_path}/file/copies"\n'
    (tmp_path / "bot.toml").write_text(toml, encoding="utf-8")
    wrong = on_slack(slack) | {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-wrong"}
    ended = await asyncio.to_thread(command, tmp_path, "check", **wrong)
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "bot.toml: quiz.seconds is 2; it takes a whole number from 3 to 600.",
        f"The database {tmp_path / 'bot.db'} is not a SQLite database. Move it away, or name another file.",
        (
            f"bot.toml: backup.folder is {tmp_path}/file/copies, and {tmp_path}/file cannot be written. Name a folder that the "
            "bot may write."
        ),
        (
            "Slack does not take SLACK_BOT_TOKEN (invalid_auth). Copy the token that begins with xoxb- from OAuth & "
            "Permissions, at api.slack.com/apps."
        ),
        (
            "Slack does not take SLACK_APP_TOKEN (invalid_auth). Copy the token that begins with xapp- from Basic "
            "Information, at api.slack.com/apps."
        ),
    ]


async def test_tokens_that_work_are_told_with_whose_they_are(tmp_path: Path, slack: LocalSlack) -> None:
    """Both platforms are asked without a connection: nobody is posted to, and a bot that runs is not disturbed."""
    async with LocalDiscord() as discord:
        faults, notes = await _check(tmp_path, **on_slack(slack), **on_discord(discord))
        assert discord.violations == []
    assert faults == []
    assert [note.split(":")[0] for note in notes[-2:]] == ["Discord", "Slack"]
    assert slack.general.messages == []


async def test_a_platform_that_is_out_of_reach_keeps_nothing_else_from_being_checked(tmp_path: Path) -> None:
    """Without a network the tokens cannot be tried: that is a fault of its own, beside the others."""
    nowhere = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "s",
        "PORT": "1",
        "SLACK_API": "http://127.0.0.1:9/",
    }
    discord = {"DISCORD_TOKEN": "x", "DISCORD_API": "http://127.0.0.1:9"}
    faults, _ = await _check(tmp_path, LOG_LEVEL="loud", **nowhere, **discord)
    assert [fault.partition(" (")[0] for fault in faults] == [
        "LOG_LEVEL is LOUD; it takes DEBUG, INFO, WARNING or ERROR.",
        "Discord could not be reached",
        "Slack could not be reached",
    ]


def test_a_database_is_examined_beside_a_bot_that_works_on_it(tmp_path: Path) -> None:
    """What is sound and up to date has nothing to tell."""
    store = Store(tmp_path / "bot.db")
    with store.transaction():
        assert not examine(tmp_path / "bot.db")
    store.close()


def _told(database: Path) -> str:
    with pytest.raises(DatabaseFault) as caught:
        examine(database)
    return str(caught.value).removeprefix(f"The database {database} ")


def test_what_is_wrong_with_a_database_is_told(tmp_path: Path) -> None:
    """A page of rubbish, another program's tables and a newer version's are each told with what to do."""
    database = tmp_path / "bot.db"
    Store(database).close()
    whole = database.read_bytes()
    with database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 2)
    assert "is damaged" in _told(database)
    assert "restore the newest backup" in _told(database)
    database.write_bytes(whole)
    later = ("hundred_regiments", "m9999_later", "2030-01-01")
    connection = sqlite3.connect(database)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", later
    )
    connection.commit()
    connection.close()
    assert _told(database).startswith("was written by a newer version of the bot.")
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE theirs (a TEXT)")
    connection.close()
    assert _told(other) == "belongs to another program. Name another file."
