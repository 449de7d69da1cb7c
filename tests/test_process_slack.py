"""The bot in a process of its own on Slack, alone and beside Discord: rounds through a `kill -9`, starts and ends."""

import asyncio
import json
from pathlib import Path
from signal import SIGTERM

from tests.discord_hall import DiscordHall
from tests.local_discord import Clock as DiscordClock
from tests.local_discord import LocalDiscord
from tests.local_slack import LocalSlack, Message, labels
from tests.processes import Evening, QuickBot, bot, complaints, on_discord, on_slack, prepare, rows, typed
from tests.stages.slack import _read

SECONDS = 5
"""Long enough for an evening's answers on a machine that is busy."""


class SlackHall:
    """A workspace on the local Slack, as the script of an evening needs it."""

    def __init__(self, server: LocalSlack) -> None:
        self._server = server
        self._cards: dict[str, Message] = {}
        server.person("Mia", admin=True)

    async def ask(self, who: str, channel: str, **values: str) -> None:
        """Let somebody use /quiz with these values."""
        where = self._server.channel(channel)
        text = " ".join(f'{key}:"{value}"' for key, value in {"kind": "who", **values}.items())
        await self._server.person(who).slash("/hr-quiz", text, channel=where)
        self._cards[channel] = await where.next_message()

    async def press(self, who: str, channel: str, label: str) -> str:
        """Let somebody press a button that the channel's card has, or had at first; gives what they are told."""
        card, person = self._cards[channel], self._server.person(who)
        await person.press(card, label, version=-1 if label in labels(card.blocks) else 0)
        return _words(await person.next_ephemeral())

    async def fill_in(self, who: str, channel: str, name: str) -> str:
        """Let somebody press “Answer” and send the form with this name; gives what they are told."""
        person = self._server.person(who)
        view = await (await person.press(self._cards[channel], "Answer")).next_view()
        assert (await person.submit(view, {"name": name})).errors == {}
        return _words(await person.next_ephemeral())

    async def closed(self, channel: str) -> str:
        """Wait until the channel's card is edited; gives its words."""
        await self._cards[channel].next_edit()
        return _words(self._cards[channel])

    def counts(self, channel: str) -> tuple[int, int]:
        """Count the channel's messages, and the edits of its card."""
        return len(self._server.channel(channel).messages), len(self._cards[channel].edits)

    def place(self, channel: str) -> tuple[str, str]:
        """Give the ids of the community and the channel."""
        return f"slack:{self._server.team_id}", self._server.channel(channel).id

    def member(self, who: str) -> str:
        """Give somebody's id."""
        return self._server.person(who).id


def _words(message: Message) -> str:
    return "\n".join(_read(message).lines)


async def test_rounds_on_both_platforms_survive_the_end_of_their_process(tmp_path: Path) -> None:
    """One process serves both; killed between the answers and the close, it comes back and has lost nothing on either."""
    async with (
        LocalDiscord(clock=DiscordClock.running()) as discord,
        LocalSlack() as slack,
        bot(tmp_path, seconds=SECONDS, **on_discord(discord), **on_slack(slack)) as process,
    ):
        evenings = [Evening(hall, process.database) for hall in (DiscordHall(discord), SlackHall(slack))]
        await asyncio.gather(*(evening.begin() for evening in evenings))
        await process.kill()
        await asyncio.gather(discord.gone(), slack.disconnected())
        await process.start()
        await asyncio.gather(*(evening.end() for evening in evenings))
        assert (discord.violations, slack.violations) == ([], [])
        assert process.complaints == []


async def test_a_stop_lets_the_answer_in_hand_go_out(tmp_path: Path) -> None:
    """At SIGTERM what is being answered is answered, and the process ends with 0."""
    async with LocalSlack() as server, bot(tmp_path, seconds=45, **on_slack(server)) as process:
        hall = SlackHall(server)
        held = server.hold_next("chat.postMessage")
        asked = asyncio.create_task(hall.ask("Ana", "general", about="words"))
        await held.arrived()
        process.signal(SIGTERM)
        await process.says("stopping")
        held.release()
        assert await process.ended() == 0
        await asked
        assert rows(process.database, "SELECT state FROM rounds") == [("open",)]
        assert server.violations == []
        assert process.complaints == []


async def test_what_is_under_way_when_the_other_platform_connects_is_not_lost(tmp_path: Path) -> None:
    """A round that is just being asked on one platform is not taken for what a crash has left."""
    prepare(tmp_path)
    async with LocalDiscord(clock=DiscordClock.running()) as discord, LocalSlack() as slack:
        process = QuickBot(tmp_path, on_discord(discord) | on_slack(slack))
        late = slack.hold_next("auth.test")
        process.start()
        await late.arrived()
        await discord.ready()
        held = discord.hold_next("POST", "/interactions/*/*/callback", when="after")
        asked = asyncio.create_task(DiscordHall(discord).ask("Ana", "general", about="words"))
        await held.reached()
        late.release()
        await slack.connected()
        await SlackHall(slack).ask("Ana", "general", about="words")
        held.release()
        await asked
        await asyncio.to_thread(process.stop)
        assert rows(process.database, "SELECT state FROM rounds") == [("open",)] * 2
        assert process.complaints == []


async def test_a_post_that_was_under_way_is_not_made_twice(tmp_path: Path) -> None:
    """Killed after Slack has taken the next round of a set, the bot finds it, closes it, and ends the set."""
    prepare(tmp_path, seconds=3)
    async with LocalSlack() as server:
        hall, process = SlackHall(server), QuickBot(tmp_path, on_slack(server))
        process.start()
        await server.connected()
        await hall.ask("Ana", "general", rounds="2")
        ana, held = server.person("Ana"), server.hold_next("chat.postMessage")
        await ana.slash("/hr-quiz")
        await ana.press(await ana.next_ephemeral(), "Reveal now")
        await held.arrived()
        process.kill()
        await server.disconnected()
        process.start()
        second = await server.general.next_message()
        await second.next_edit()
        result = await server.general.next_message()
        await asyncio.to_thread(process.stop)
        assert _words(result).splitlines()[0] == "Two rounds"
        first, *others = server.general.messages
        assert (len(first.edits), others) == (1, [second, result])
        assert rows(process.database, "SELECT DISTINCT state FROM rounds") == [("closed",)]
        assert rows(process.database, "SELECT DISTINCT state FROM deliveries") == [("sent",)]
        assert server.violations == []
        assert process.complaints == []


async def test_tokens_that_slack_does_not_take(tmp_path: Path) -> None:
    """The host is told which one it is and where to find it, without a trace, and the process ends with 1."""
    async with LocalSlack() as slack, LocalDiscord() as discord:
        right = on_slack(slack) | on_discord(discord)
        wrong = {"SLACK_APP_TOKEN": "xapp-wrong", "LOG_LEVEL": "ERROR"}
        ended = await typed(tmp_path, None, "run", **right | wrong)
    assert (ended.code, ended.out) == (1, "")
    *logged, told = ended.err.splitlines()
    # Discord, which connects beside it, may have said something already.
    assert complaints(map(json.loads, logged)) == []
    assert told == (
        "Slack does not take SLACK_APP_TOKEN (invalid_auth). Copy the token that begins with xapp- from Basic "
        "Information, at api.slack.com/apps."
    )
