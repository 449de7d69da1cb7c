"""The bot's own process on Slack, over Socket Mode and over signed HTTP: a whole day, with everything that can go wrong."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from adapters.slack.manifest import REQUEST_PATH
from bot.core.catalogue import catalogue
from storage.database import open_writer
from tests.local_slack import Channel, Interaction, LocalSlack, Message, labels
from tests.processes import Bot, bot, on_slack, rows
from tests.slack_house import words

Delivery = Literal["socket", "http"]
LENIN, ASHDOWN, CORBYN = "Vladimir Lenin", "Paddy Ashdown", "Jeremy Corbyn"
SECONDS = 600
"""For which a round stays open: nobody here waits for a deadline."""
NO_PLACE = "There is no place for the bot here, so nothing was posted. Type /invite "
EXAMPLES = {"quiet add": "2031-12-24"}
"""What is typed instead of an example, where that could hold back what is posted here."""
HOSTILE = "<!channel> <@U1> <http://x|y> &amp; *b*"


@dataclass(frozen=True, kw_only=True)
class Day:
    """A workspace and the process that serves it; Mia administers."""

    server: LocalSlack
    process: Bot

    async def types(self, who: str, command: str, text: str = "", where: str = "general") -> Interaction:
        """Let somebody type a command."""
        channel = self.server.channel(where)
        return await self.server.person(who).slash(f"/hr-{command}", text, channel=channel)

    async def told(self, who: str, command: str, text: str = "", where: str = "general") -> str:
        """Let somebody type a command; gives what they alone are told."""
        return words(await (await self.types(who, command, text, where)).next_answer())

    async def card(self, where: str) -> Message:
        """Wait for the next card in a channel."""
        return await self.server.channel(where).next_message()

    async def presses(self, who: str, shown: Message, label: str, version: int = -1) -> str:
        """Let somebody press a button; gives what they alone are told."""
        pressed = await self.server.person(who).press(shown, label, version=version)
        return words(await pressed.next_answer())

    async def reveals(self, who: str, where: str) -> None:
        """Let whoever asked the round end it."""
        offered = await (await self.types(who, "quiz", where=where)).next_answer()
        await self.server.person(who).press(offered, "Reveal now")

    async def names(self, who: str, card: Message, name: str) -> str:
        """Let somebody press “Answer” and send the form with this name; gives what they are told."""
        person = self.server.person(who)
        pressed = await person.press(card, "Answer")
        sent = await person.submit(await pressed.next_view(), {"name": name})
        assert sent.errors == {}
        # Sent before the bot has heard that its form is open, it is answered by another way.
        answer = await self.server.bell.until(
            lambda: next(iter((*pressed.answers, *sent.answers)), None), f"what {who} is told"
        )
        return words(answer)

    def scored(self, card: Message) -> list[str]:
        """Name who has points for the round of a card, once for each time."""
        query = """
            SELECT s.member FROM score_events AS s JOIN rounds AS r ON s.source = 'round:' || r.id
            JOIN messages AS m ON m.id = r.message WHERE m.ref_message = ?
        """
        known = {person.id: person.name for person in self.server.people.values()}
        return sorted(known[member] for (member,) in rows(self.process.database, query, card.ts))


@asynccontextmanager
async def day(folder: Path, delivery: Delivery) -> AsyncIterator[Day]:
    """Open a workspace, and start the process."""
    async with LocalSlack(delivery=delivery) as server:
        environment = on_slack(server) if delivery == "socket" else _over_http(server)
        for name in ("Ana", "Ben", "Cem", "Eve"):
            server.person(name)
        server.person("Mia", admin=True)
        async with bot(folder, seconds=SECONDS, **environment) as process:
            yield Day(server=server, process=process)


def _over_http(server: LocalSlack) -> Mapping[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    server.http.request_url = f"http://127.0.0.1:{port}{REQUEST_PATH}"
    tokens = on_slack(server)
    del tokens["SLACK_APP_TOKEN"]
    return tokens | {"SLACK_SIGNING_SECRET": server.http.signing_secret, "PORT": str(port)}


@pytest.mark.parametrize("delivery", ["socket", "http"])
async def test_a_day_on_slack(tmp_path: Path, delivery: Delivery) -> None:
    """Every command, a set of rounds with buttons and with forms, App Home, a scheduled post; through a `kill -9`."""
    async with day(tmp_path, delivery) as here:
        await _every_command(here)
        await _hostile_words(here)
        await _refusals(here)
        await _plan_a_post(here)
        first, pressed = await _a_set_begins(here)
        await here.process.kill()
        _let_it_fall_due(here)
        if delivery == "socket":
            await here.server.disconnected()
        await here.process.start()
        if delivery == "socket":
            await here.server.connected()
        await asyncio.gather(
            _what_fell_due_is_posted(here),
            _a_set_ends(here, first, pressed),
            _a_set_with_forms(here),
        )
        await _app_home(here)
        await _a_message_is_suggested(here)
        if delivery == "socket":
            await _a_new_connection(here)
        assert here.process.complaints == []
        await _the_end(here)


async def _every_command(here: Day) -> None:
    """Type each command of the registry as its example has it: each is answered, whatever is there to answer with."""
    here.server.channel("reading")
    for command in catalogue().commands.values():
        first, _, second = command.name.partition(" ")
        where = here.server.channel(command.name.replace(" ", "-"))
        typed = f"{second} {EXAMPLES.get(command.name, command.rest)}".strip()
        used = await here.types("Mia", first, typed, where.name)
        assert used.failed is None, command.name
        shown = await here.server.bell.until(partial(_first, used, where), f"an answer to /{command.name}")
        assert "the fault is the bot’s" not in shown, (command.name, shown)
    assert "in service" in await here.told("Mia", "library", "restore lenin-regiments", "reading")


def _first(used: Interaction, channel: Channel) -> str | None:
    """Give the words of what came of a command first; None while nothing has."""
    if len(used.answers):
        return words(used.answers[0])
    if used.view is not None:
        return used.view.title
    return words(channel.posted[0]) if len(channel.posted) else None


async def _hostile_words(here: Day) -> None:
    """What somebody types is shown as it was typed, and nobody's device rings."""
    told = await here.told("Eve", "search", HOSTILE)
    assert told.startswith(f"Nothing found for “{HOSTILE}”")
    eve = here.server.person("Eve")
    form = await (await here.types("Eve", "suggest", "prompt")).next_view()
    await eve.submit(form, {"words": HOSTILE})
    await eve.next_ephemeral()
    mia = here.server.person("Mia")
    queue = await (await here.types("Mia", "library", "review")).next_answer()
    assert HOSTILE in words(queue)
    rung = [message.pings for message in (*mia.ephemerals, *eve.ephemerals)]
    assert [each for each in rung if each] == []


async def _refusals(here: Day) -> None:
    """Without a place whoever asked reads how to invite the bot; a rate limit is waited for, and nobody notices."""
    server = here.server
    server.channel("nowhere", bot=False)
    server.channel("secret", private=True, bot=False)
    for where, error in (("nowhere", "not_in_channel"), ("secret", "channel_not_found")):
        told = await here.told("Ana", "quiz", "who words", where)
        assert told.startswith(NO_PLACE)
        assert error in {call.error for call in server.calls}
        planned = await here.told("Mia", "schedule", f"add quote #{where} every day 09:00", "limits")
        assert planned.startswith("The bot may not post in that channel. ")
        assert planned.endswith("Grant: type /invite @hundred_regiments there. Nothing was added.")
    server.fail_next("chat.postMessage", "ratelimited", retry_after=0)
    await here.types("Ana", "quote", "about:words", "limits")
    assert words(await here.card("limits")).startswith("Quotation\n")


async def _a_set_begins(here: Day) -> tuple[Message, Interaction]:
    """Three people answer the first of two rounds; a command and a press that come twice have one effect."""
    asked = await here.types("Ana", "quiz", "who words rounds:2", "evening")
    card = await here.card("evening")
    await here.server.redeliver(asked)
    assert (await here.presses("Ana", card, LENIN)).startswith(f"Your answer: {LENIN}.")
    assert (await here.presses("Ben", card, ASHDOWN)).startswith(f"Your answer: {ASHDOWN}.")
    pressed = await here.server.person("Cem").press(card, LENIN)
    assert words(await pressed.next_answer()).startswith(f"Your answer: {LENIN}.")
    await here.server.redeliver(pressed)
    return card, pressed


async def _plan_a_post(here: Day) -> None:
    """Plan a quotation a day."""
    here.server.channel("plan")
    told = await here.told("Mia", "schedule", 'add quote channel:#plan time:09:00 name:"Morning"', "plan")
    assert told.startswith("Programme added: Morning")


def _let_it_fall_due(here: Day) -> None:
    """Move the planned post to this very minute, while the process is away."""
    now = datetime.now(ZoneInfo("Europe/London")).replace(second=0, microsecond=0)
    database = open_writer(here.process.database)
    try:
        moved = (f"{now:%H:%M}", f"{now:%Y-%m-%dT%H:%M}", int(now.timestamp()))
        database.execute(
            "UPDATE programmes SET time = ?, next_slot = ?, next_at = ? WHERE name = 'Morning'", moved
        )
    finally:
        database.close()


async def _what_fell_due_is_posted(here: Day) -> None:
    """The post whose moment came while the process was away is there once, and can be found again by its key."""
    post = await here.card("plan")
    assert words(post).startswith("Quotation\n")
    assert post.metadata is not None
    assert len(here.server.channel("plan").messages) == 1


async def _a_set_ends(here: Day, first: Message, pressed: Interaction) -> None:
    """After the restart the old buttons and the repeated press do nothing new; the second round and the result follow."""
    await here.server.redeliver(pressed)
    assert (await here.presses("Cem", first, LENIN)).startswith(f"Your answer is {LENIN} already.")
    await here.reveals("Ana", "evening")
    await first.next_edit()
    assert words(first).splitlines()[1] == "3 answers, 2 right, 1 point each."
    second = await here.card("evening")
    for who in ("Ana", "Ben", "Cem"):
        await here.presses(who, second, labels(second.blocks)[0])
    await here.reveals("Ana", "evening")
    await second.next_edit()
    result = await here.card("evening")
    assert words(result).startswith("Two rounds\n6 answers, ")
    assert len(here.server.channel("evening").messages) == 3
    assert here.scored(first) == ["Ana", "Cem"]


async def _a_set_with_forms(here: Day) -> None:
    """Three people type their answers; a name that nobody has is not counted, and another can be sent."""
    await here.types("Ben", "quiz", 'who about:"come together" answer:typed rounds:2', "names")
    first = await here.card("names")
    assert (await here.names("Ana", first, "corbin")).startswith(f"Your answer: {CORBYN}.")
    assert (await here.names("Ben", first, "J. Corbyn")).startswith(f"Your answer: {CORBYN}.")
    assert (await here.names("Cem", first, "Sam Taylor")).startswith(
        "No one in this library is called “Sam Taylor”"
    )
    assert (await here.names("Cem", first, "lenin")).startswith(f"Your answer: {LENIN}.")
    await here.reveals("Ben", "names")
    await first.next_edit()
    assert words(first).splitlines()[:2] == [f"Who said it? {CORBYN}", "3 answers, 2 right, 1 point each."]
    second = await here.card("names")
    assert labels(second.blocks) == ["Answer"]
    await here.reveals("Ben", "names")
    await second.next_edit()
    assert words(await here.card("names")).startswith("Two rounds\n")
    assert here.scored(first) == ["Ana", "Ben"]


async def _app_home(here: Day) -> None:
    """The page is the member's own, its buttons work, and an opening that comes twice is one."""
    ana = here.server.person("Ana")
    home = await ana.open_home()
    assert "Your score" in words(home).splitlines()
    await ana.press(home, "Show me")
    await ana.homes.next()
    assert "Leaderboard: shown." in words(home)
    assert ana.modal is not None
    opened = next(each for each in reversed(here.server.interactions) if each.kind == "event_callback")
    published = [call.method for call in here.server.calls].count("views.publish")
    await here.server.redeliver(opened)
    await here.told("Ana", "score")
    assert [call.method for call in here.server.calls].count("views.publish") == published


async def _a_message_is_suggested(here: Day) -> None:
    """The menu of one's own message opens the form with its words in it; somebody else's is refused."""
    ana = here.server.person("Ana")
    said = ana.says("What is a <plural> politics?")
    form = await (await ana.shortcut("1:suggest:message", said)).next_view()
    assert form.title == "Suggestion"
    refused = await here.server.person("Ben").shortcut("1:suggest:message", said)
    assert words(await refused.next_answer()) == "Only your own messages can be suggested."


async def _a_new_connection(here: Day) -> None:
    """When Slack asks for a new connection the process opens one, and hears what comes then."""
    await here.server.disconnect()
    await here.server.reconnected()
    await here.server.connected()
    assert (await here.told("Ana", "score")).startswith("Your score\n")


async def _the_end(here: Day) -> None:
    """A revoked token ends the process with the sentence for its host."""
    await here.server.revoke_token()
    assert await here.process.ended() == 1
    sentence = here.process.log[-1]["message"]
    assert sentence.startswith("Slack does not take SLACK_BOT_TOKEN (token_revoked). Copy the token")
    assert here.server.violations == []
