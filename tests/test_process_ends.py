"""How the bot's process ends: told to, or because it cannot go on, and with what sentence for the host."""

import asyncio
import socket
from pathlib import Path
from signal import SIGINT, SIGTERM

import pytest

from adapters.clock import Clock
from bot.cli import IN_MEMORY
from bot.house import open_house
from storage.database import DatabaseFault
from storage.lock import Lock
from tests.discord_hall import DiscordHall
from tests.houses import settings, shelves
from tests.local_discord import Clock as DiscordClock
from tests.local_discord import LocalDiscord
from tests.local_slack import LocalSlack
from tests.processes import Bot, QuickBot, bot, on_discord, on_slack, prepare, rows, typed
from tests.test_process_disk import _free_port as free_port
from tests.test_process_disk import _get as get
from tests.test_process_slack import SlackHall

WAITS = "waiting for another process that uses the database"


LOST = "a platform is lost; the others are served on"
BOT_TOKEN_REVOKED = (
    "Slack does not take SLACK_BOT_TOKEN (token_revoked). Copy the token that begins with xoxb- from "
    "OAuth & Permissions, at api.slack.com/apps."
)


def _sentences(process: QuickBot) -> list[str]:
    """Give what a process has written besides its log."""
    return [line["message"] for line in process.log if line["level"] == "CRITICAL"]


async def test_a_token_that_slack_takes_back_ends_the_process(tmp_path: Path) -> None:
    """When Slack opens no new connection since the token is dead, the host is told, and the process ends with 1."""
    prepare(tmp_path)
    async with LocalSlack() as server:
        process = QuickBot(tmp_path, on_slack(server))
        process.start()
        await server.connected()
        server.refused_tokens[server.app_token] = "token_revoked"
        await server.disconnect()
        assert await asyncio.to_thread(process.ended) == 1
    (told,) = _sentences(process)
    assert told == (
        "Slack does not take SLACK_APP_TOKEN (token_revoked). Copy the token that begins with xapp- from Basic "
        "Information, at api.slack.com/apps."
    )


async def test_a_platform_that_is_lost_does_not_end_the_other(tmp_path: Path) -> None:
    """When Slack's token is dead, Discord is served on; log, /readyz and /metrics say what is lost, and what to do."""
    prepare(tmp_path)
    port = free_port()
    async with LocalDiscord(clock=DiscordClock.running()) as discord, LocalSlack() as slack:
        process = Bot(tmp_path, {**on_discord(discord), **on_slack(slack), "PORT": str(port)})
        await process.start()
        await slack.revoke_token()
        await process.says(LOST)
        await slack.disconnected()
        await DiscordHall(discord).ask("Ana", "general", about="words")
        ready = await get(f"http://127.0.0.1:{port}/readyz")
        _, figures = await get(f"http://127.0.0.1:{port}/metrics")
        (told,) = [line for line in process.log if line["message"] == LOST]
        process.signal(SIGTERM)
        assert await process.ended() == 0
    assert (told["lost"], told["served"], told["why"]) == ("slack", ["discord"], BOT_TOKEN_REVOKED)
    assert ready == (200, f"ready\nslack: lost. {BOT_TOKEN_REVOKED}\n")
    assert 'hundred_regiments_connected{platform="slack"} 0' in figures.splitlines()
    away = rows(process.database, "SELECT community, away, left_at FROM presences ORDER BY community")
    assert away == [(f"discord:{discord.home.id}", 0, None), (f"slack:{slack.team_id}", 1, None)]


async def test_the_process_ends_with_the_last_platform(tmp_path: Path) -> None:
    """Without Discord the bot goes on in Slack; once Slack is lost too, it ends with 1, and what it says is of both."""
    prepare(tmp_path)
    async with LocalDiscord(clock=DiscordClock.running()) as discord, LocalSlack() as slack:
        process = Bot(tmp_path, {**on_discord(discord), **on_slack(slack)})
        await process.start()
        await discord.close_connection(4004)
        await process.says(LOST)
        await SlackHall(slack).ask("Ana", "general", about="words")
        await slack.uninstall()
        assert await process.ended() == 1
    assert [line["message"][:60] for line in process.log[-2:]] == [
        "Discord does not accept the token in DISCORD_TOKEN. Copy a new one"[:60],
        "The app was removed from the Slack workspace. To serve it again"[:60],
    ]


async def test_a_loss_that_a_new_start_may_mend_ends_the_process(tmp_path: Path) -> None:
    """Where Discord wants another connection, the process ends with 1 for its host to start it again, and Slack with it."""
    prepare(tmp_path)
    async with LocalDiscord(clock=DiscordClock.running()) as discord, LocalSlack() as slack:
        process = Bot(tmp_path, {**on_discord(discord), **on_slack(slack)})
        await process.start()
        await discord.close_connection(4011)
        assert await process.ended() == 1
    assert process.log[-1]["message"].startswith(
        "Discord has closed the connection for good with the code 4011"
    )


async def test_everything_that_keeps_it_from_starting_is_told_at_once(tmp_path: Path) -> None:
    """Settings, the database and, once those are in order, the tokens of both platforms: a sentence each, and exit code 1."""
    (tmp_path / "bot.toml").write_text("[quiz]\nseconds = 2\n", encoding="utf-8")
    (tmp_path / "bot.db").write_bytes(b"not a database" * 100)
    ended = await typed(tmp_path, None, "run", DISCORD_TOKEN="wrong", PORT="http")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "bot.toml: quiz.seconds is 2; it takes a whole number from 3 to 600.",
        "PORT is 'http'; it takes a number from 0 to 65,535.",
        f"The database {tmp_path / 'bot.db'} is not a SQLite database. Move it away, or name another file.",
    ]
    (tmp_path / "bot.toml").unlink()
    (tmp_path / "bot.db").unlink()
    async with LocalDiscord() as discord, LocalSlack() as slack:
        wrong = {"DISCORD_TOKEN": "wrong", "SLACK_BOT_TOKEN": "xoxb-wrong"}
        ended = await typed(tmp_path, None, "run", **on_discord(discord) | on_slack(slack) | wrong)
    assert (ended.code, ended.out) == (1, "")
    assert [line[:60] for line in ended.err.splitlines()] == [
        "Discord does not accept the token in DISCORD_TOKEN. Copy a new one"[:60],
        "Slack does not take SLACK_BOT_TOKEN (invalid_auth). Copy the token"[:60],
    ]


async def test_a_database_in_memory_serves_no_platform(tmp_path: Path) -> None:
    """What would be gone with the process is refused before anybody plays."""
    ended = await typed(tmp_path, None, "run", DISCORD_TOKEN="any", DATABASE_URL="sqlite:///:memory:")
    assert (ended.code, ended.out, ended.err) == (1, "", f"{IN_MEMORY}\n")


async def test_a_stop_while_it_starts(tmp_path: Path) -> None:
    """Told to stop before it has connected, the process ends with 0 and does not wait for the platform."""
    prepare(tmp_path)
    async with LocalSlack() as server:
        held = server.hold_next("auth.test")
        process = QuickBot(tmp_path, on_slack(server))
        process.start()
        await held.arrived()
        await asyncio.to_thread(process.stop)
        held.release()
    assert process.complaints == []


async def test_the_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """While an answer in hand keeps the first signal waiting, a second one ends the process with 1."""
    async with LocalSlack() as server, bot(tmp_path, seconds=45, **on_slack(server)) as process:
        held = server.hold_next("chat.postMessage")
        asked = asyncio.create_task(server.person("Ana").slash("/hr-quiz", channel=server.general))
        await held.arrived()
        process.signal(SIGINT)
        await process.says("stopping")
        process.signal(SIGINT)
        assert await process.ended() == 1
        held.release()
        await asked


async def test_what_does_not_finish_is_cut_off_within_four_seconds(tmp_path: Path) -> None:
    """A call that never returns keeps no stop waiting: the process ends with 0 before a host would kill it."""
    async with LocalSlack() as server, bot(tmp_path, seconds=45, **on_slack(server)) as process:
        held = server.hold_next("chat.postMessage")
        asked = asyncio.create_task(server.person("Ana").slash("/hr-quiz", channel=server.general))
        await held.arrived()
        process.signal(SIGTERM)
        assert await process.ended() == 0
        held.release()
        await asked


async def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    """It says that it waits, and starts as soon as the database is free."""
    lock = Lock(prepare(tmp_path))
    assert lock.take()
    async with LocalSlack() as server:
        process = Bot(tmp_path, on_slack(server))
        await process.start(WAITS)
        lock.release()
        await process.says("ready")
        process.signal(SIGTERM)
        assert await process.ended() == 0


async def test_a_second_process_may_be_stopped_while_it_waits(tmp_path: Path) -> None:
    """Told to stop, it ends with 0 and has touched nothing."""
    database = prepare(tmp_path)
    lock = Lock(database)
    assert lock.take()
    process = Bot(tmp_path, {"DISCORD_TOKEN": "any"})
    await process.start(WAITS)
    process.signal(SIGTERM)
    assert await process.ended() == 0
    assert not database.exists()
    lock.release()


async def test_a_second_process_gives_up_with_a_sentence(tmp_path: Path) -> None:
    """When the wait is over and the first is still there, the host is told which database it is and what to do."""
    database = tmp_path / "bot.db"
    lock = Lock(database)
    assert lock.take()
    with pytest.raises(DatabaseFault) as caught:
        await open_house(settings(database), Clock(), shelves(), overlap=0)
    lock.release()
    assert str(caught.value) == (
        f"Another process of the bot uses the database {database}, and still does after 0 seconds. Stop that one, or "
        "give this one a DATABASE_URL of its own."
    )


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """The host is told which port it is, without a trace, and the process ends with 1."""
    prepare(tmp_path)
    with socket.create_server(("0.0.0.0", 0)) as taken:  # noqa: S104 - where the bot would listen
        port = taken.getsockname()[1]
        ended = await typed(tmp_path, None, "run", DISCORD_TOKEN="any", PORT=str(port))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"PORT is {port}, and the bot cannot listen there (Address already in use). Set another, or stop what uses it.\n"
    )
