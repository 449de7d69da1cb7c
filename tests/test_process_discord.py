"""The bot in a process of its own on Discord: starts, deadlines and ends. `test_process_slack` kills it on both."""

import asyncio
from pathlib import Path
from signal import SIGTERM

from bot.core.closing import SLICE
from tests.discord_hall import DiscordHall
from tests.local_discord import Clock, LocalDiscord
from tests.processes import LENIN, SOLVED, QuickBot, bot, on_discord, prepare, rows, typed


async def test_a_stop_lets_the_answer_in_hand_go_out(tmp_path: Path) -> None:
    """At SIGTERM what is being answered is answered, and the process ends with 0."""
    async with (
        LocalDiscord(clock=Clock.running()) as server,
        bot(tmp_path, seconds=45, **on_discord(server)) as process,
    ):
        hall = DiscordHall(server)
        await hall.ask("Ana", "general", about="words")
        held = server.hold_next("POST", "/interactions/*/*/callback")
        answer = asyncio.create_task(hall.press("Ben", "general", LENIN))
        await held.reached()
        process.signal(SIGTERM)
        await process.says("stopping")
        held.release()
        assert await process.ended() == 0
        assert (await answer).startswith(f"Your answer: {LENIN}. You can change it once, until ")
        assert rows(process.database, "SELECT member FROM answers") == [(hall.member("Ben"),)]
        assert server.violations == []
        assert process.complaints == []


async def test_no_round_waits_for_another(tmp_path: Path) -> None:
    """More rounds fall due together than one event closes, and one edit takes its time: all others close meanwhile."""
    rooms = [f"room {number}" for number in range(2 * SLICE + 2)]
    prepare(tmp_path, seconds=3)
    async with LocalDiscord(clock=Clock.running()) as server:
        process = QuickBot(tmp_path, on_discord(server))
        process.start()
        await server.ready()
        hall = DiscordHall(server)
        await asyncio.gather(*(hall.ask("Ana", room, about="words") for room in rooms))
        held = server.hold_next("PATCH", "/channels/*/messages/*")
        closing = asyncio.as_completed([hall.closed(room) for room in rooms])
        titles = {(await next(closing)).splitlines()[0] for _ in rooms[1:]}
        held.release()
        titles.add((await next(closing)).splitlines()[0])
        await asyncio.to_thread(process.stop)
        assert titles == {f"Who said it? {SOLVED}"}
        assert {hall.counts(room) for room in rooms} == {(1, 1)}
        assert process.complaints == []


async def test_a_token_that_discord_does_not_take(tmp_path: Path) -> None:
    """The host is told what to do in one sentence, without a trace, and the process ends with 1."""
    async with LocalDiscord() as server:
        ended = await typed(tmp_path, None, "run", **on_discord(server) | {"DISCORD_TOKEN": "wrong"})
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "Discord does not accept the token in DISCORD_TOKEN. Copy a new one from the developer portal (your "
        "application, Bot, Reset Token) and set it again.\n"
    )


async def test_a_connection_that_discord_closes_for_good_ends_the_process(tmp_path: Path) -> None:
    """When the token is reset while the bot runs, the process says so and ends with 1, for the host to see."""
    async with (
        LocalDiscord(clock=Clock.running()) as server,
        bot(tmp_path, seconds=45, **on_discord(server)) as process,
    ):
        await server.close_connection(4004)
        assert await process.ended() == 1
    assert process.log[-1]["message"] == (
        "Discord does not accept the token in DISCORD_TOKEN. Copy a new one from the developer portal (your "
        "application, Bot, Reset Token) and set it again."
    )
