"""The bot in a process of its own on Discord: starts, deadlines and ends. `test_process_slack` kills it on both."""

import asyncio
import json
from pathlib import Path
from signal import SIGTERM
from typing import Any

from bot.core.closing import SLICE
from tests.discord_words import lines_of
from tests.local_discord import Channel, Clock, LocalDiscord, Message, Permission, Person
from tests.processes import LENIN, SOLVED, QuickBot, bot, on_discord, prepare, rows, typed


class DiscordHall:
    """A server on the local Discord, as the script of an evening needs it."""

    def __init__(self, server: LocalDiscord, database: Path | None = None) -> None:
        self._server = server
        self._database = database
        self._channels: dict[str, Channel] = {"general": server.general}
        self._people: dict[str, Person] = {"Mia": server.person("Mia", permissions=Permission.MANAGE_GUILD)}
        self._cards: dict[str, Message] = {}

    async def ask(self, who: str, channel: str, **values: Any) -> None:
        """Let somebody use /quiz with these values."""
        person = self._person(who).at(self._channel(channel))
        self._cards[channel] = await (await person.slash("quiz", {"kind": "who", **values})).finished()

    async def press(self, who: str, channel: str, label: str) -> str:
        """Let somebody press a button that the channel's card has, or had at first; gives what they are told."""
        card = self._cards[channel]
        pressed = await self._person(who).press(card, label, stale=label not in card.labels)
        return _words(await pressed.finished())

    async def fill_in(self, who: str, channel: str, name: str) -> str:
        """Let somebody press “Answer” and send the form with this name; gives what they are told."""
        person = self._person(who)
        opened = await (await person.press(self._cards[channel], "Answer")).answered()
        assert opened.modal is not None
        return _words(await (await person.submit(opened.modal, {"name": name})).finished())

    async def answer(self, who: str, channel: str) -> str:
        """Let somebody give the right answer to the channel's card; gives what they are told."""
        card = self._cards[channel]
        right = self.right_answer(channel)
        return await (
            self.press(who, channel, right) if right in card.labels else self.fill_in(who, channel, right)
        )

    def right_answer(self, channel: str) -> str:
        """Look up the right answer of the round that is open in a channel."""
        assert self._database is not None
        query = f"SELECT question FROM rounds WHERE channel = '{self._channel(channel).id}' ORDER BY id DESC LIMIT 1"
        ((question,),) = rows(self._database, query)
        found = json.loads(question)
        return str(found["options"][found["right"]] if found["options"] else found["solution"].split(",")[0])

    async def reveal(self, who: str, channel: str) -> str:
        """Let whoever asked for the round end it; gives the words of its card then."""
        person = self._person(who).at(self._channel(channel))
        running = await (await person.slash("quiz")).finished()
        await (await person.press(running, "Reveal now")).answered()
        return await self.closed(channel)

    async def next_card(self, channel: str) -> str:
        """Wait for the bot's next message in a channel; gives its words."""
        self._cards[channel] = await self._channel(channel).next_message()
        return _words(self._cards[channel])

    async def closed(self, channel: str) -> str:
        """Wait until the channel's card is edited; gives its words."""
        return _words(await self._cards[channel].next_edit())

    def counts(self, channel: str) -> tuple[int, int]:
        """Count the channel's messages, and the edits of its card."""
        return len(self._channel(channel).messages), len(self._cards[channel].edits)

    def place(self, channel: str) -> tuple[str, str]:
        """Give the ids of the community and the channel."""
        return f"discord:{self._server.home.id}", self._channel(channel).id

    def member(self, who: str) -> str:
        """Give somebody's id."""
        return self._person(who).id

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = self._server.person(name)
        return self._people[name]

    def _channel(self, name: str) -> Channel:
        if name not in self._channels:
            self._channels[name] = self._server.channel(name)
        return self._channels[name]


def _words(message: Message) -> str:
    return "\n".join(lines_of(message))


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


async def test_sets_of_rounds_with_a_restart_in_the_middle(tmp_path: Path) -> None:
    """Three people play a set with buttons and one with forms; the bot is killed in both, and every score is right."""
    prepare(tmp_path)
    async with LocalDiscord(clock=Clock.running()) as server:
        process = QuickBot(tmp_path, on_discord(server))
        process.start()
        await server.ready()
        hall = DiscordHall(server, process.database)
        await hall.ask("Ana", "buttons", rounds=2)
        await hall.ask("Ana", "forms", rounds=2, answer="typed")
        for who in ("Ana", "Ben", "Cem"):
            assert (await hall.answer(who, "buttons")).startswith("Your answer: ")
            assert (await hall.answer(who, "forms")).startswith("Your answer: ")
        process.kill()
        await server.gone()
        process.start()
        await server.ready()
        for channel in ("buttons", "forms"):
            first = await hall.reveal("Ana", channel)
            assert "3 answers, 3 right, 1 point each." in first
            await hall.next_card(channel)
            for who in ("Ben", "Cem"):
                await hall.answer(who, channel)
            await hall.reveal("Ana", channel)
            result = await hall.next_card(channel)
            assert result.splitlines()[:2] == [
                "Two rounds",
                "5 answers, 5 right. Round 1 had the most right answers, round 2 the fewest.",
            ]
        query = "SELECT member, sum(points) FROM score_events GROUP BY member"
        await asyncio.to_thread(process.stop)
        assert dict(rows(process.database, query)) == {
            hall.member("Ana"): 2,
            hall.member("Ben"): 4,
            hall.member("Cem"): 4,
        }
        assert process.complaints == []
        assert server.violations == []
