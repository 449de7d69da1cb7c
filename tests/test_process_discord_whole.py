"""The bot's own process on Discord on bad days: killed, cut off, held up and refused, it says everything once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from signal import SIGTERM
from zoneinfo import ZoneInfo

from storage.database import open_writer
from tests.discord_hall import DiscordHall
from tests.discord_words import words
from tests.local_discord import LocalDiscord, Message, Permission
from tests.local_discord.interactions import TOKEN_LIFE
from tests.processes import Bot, bot, on_discord, rows

SECONDS = 600
"""For which a round stays open: nobody here waits for a deadline."""
PLAYERS = ("Ana", "Ben", "Cem")
SETS = ("buttons", "forms")
PLANNED = ("open", "limited", "patient", "forbidden", "gone")
REFUSED = ("forbidden", "gone")
ZONE = ZoneInfo("Europe/London")
TOO_LONG = 120
"""Seconds of a rate limit that the client does not wait for by itself."""
UNKNOWN_WEBHOOK, INVALID_WEBHOOK_TOKEN = 10015, 50027
POSTS = "/channels/{}/messages"


@dataclass(frozen=True, kw_only=True)
class Day:
    """A server, which Mia manages, and the process that serves it."""

    server: LocalDiscord
    process: Bot
    hall: DiscordHall

    async def killed(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Kill the process and start it again."""
        await self.process.kill()
        await self.server.gone()
        meanwhile()
        await self.process.start()
        await self.server.ready()

    def written(self, query: str, *values: object) -> None:
        """Write into the database, where the process may have it open."""
        database = open_writer(self.process.database)
        try:
            database.execute(query, values)
        finally:
            database.close()

    def posts(self, channel: str) -> list[int]:
        """List how the posts into a channel were answered."""
        path = POSTS.format(self.hall.channel(channel).id)
        return [each.status for each in self.server.requests if (each.method, each.path) == ("POST", path)]


@asynccontextmanager
async def day(folder: Path) -> AsyncIterator[Day]:
    """Open a server and start the process; at the end of the day it stops, and has nothing to complain of.

    Discord's clock stands still: no answer is late here because the machine is slow.
    """
    async with LocalDiscord() as server, bot(folder, seconds=SECONDS, **on_discord(server)) as process:
        await server.ready()
        yield Day(server=server, process=process, hall=DiscordHall(server, process.database))
        process.signal(SIGTERM)
        assert await process.ended() == 0
        assert process.complaints == []
        assert [str(each) for each in server.violations] == []


async def test_sets_of_rounds_on_a_bad_day(tmp_path: Path) -> None:
    """Three people play a set with buttons and one with forms, through a `kill -9` and every way to lose a connection."""
    async with day(tmp_path) as here:
        await _sets_begin(here)
        await here.killed()
        await _first_rounds_end(here)
        await _what_a_lost_connection_missed_is_heard(here)
        await _a_session_that_is_over_begins_anew(here)
        await _sets_end(here)


async def _sets_begin(here: Day) -> None:
    await here.hall.ask("Ana", "buttons", rounds=2)
    await here.hall.ask("Ana", "forms", rounds=2, answer="typed")
    for who in PLAYERS:
        for channel in SETS:
            assert (await here.hall.answer(who, channel)).startswith("Your answer: ")


async def _first_rounds_end(here: Day) -> None:
    """The bot that was started again counts what people had answered, and edits the cards whose tokens are long spent."""
    here.server.clock.advance(TOKEN_LIFE + 1)
    for channel in SETS:
        first = await here.hall.reveal("Ana", channel)
        assert "3 answers, 3 right, 1 point each." in first
        await here.hall.next_card(channel)


async def _what_a_lost_connection_missed_is_heard(here: Day) -> None:
    """Cut off, moved, or told that its session is no longer valid but can be resumed: it resumes, and hears what it missed."""
    hall, server = here.hall, here.server
    right = hall.right_answer("buttons")
    await _missed(here, server.drop_connection, lambda: hall.press("Ben", "buttons", right))
    await _missed(here, server.ask_to_reconnect, lambda: hall.answer("Cem", "forms"))
    await _missed(
        here, lambda: server.invalidate_session(resumable=True), lambda: hall.press("Cem", "buttons", right)
    )


async def _missed(here: Day, lose: Callable[[], None], answer: Callable[[], Awaitable[str]]) -> None:
    """Lose the connection, and let somebody answer before it is back."""
    gateway = here.server.gateway
    # Whoever has heard of this command has heard of all that came before it.
    await here.hall.told("Ana", "score")
    (session,) = gateway.live()
    heard, identified = session.seq, len(gateway.identifies)
    lose()
    assert (await answer()).startswith("Your answer: ")
    resumed = {"token": here.server.token, "session_id": session.id, "seq": heard}
    assert (gateway.resumes[-1], len(gateway.identifies)) == (resumed, identified)


async def _a_session_that_is_over_begins_anew(here: Day) -> None:
    """Where Discord does not take the resume, the bot identifies anew, and is heard and hears as before."""
    gateway = here.server.gateway
    (session,) = gateway.live()
    identified = len(gateway.identifies)
    here.server.drop_connection(resumable=False)
    await here.server.ready()
    assert (gateway.resumes[-1]["session_id"], len(gateway.identifies)) == (session.id, identified + 1)
    assert (await here.hall.answer("Ben", "forms")).startswith("Your answer: ")


async def _sets_end(here: Day) -> None:
    """Every answer counts once, whatever came between."""
    for channel in SETS:
        second = await here.hall.reveal("Ana", channel)
        assert "2 answers" in second
        result = await here.hall.next_card(channel)
        assert result.splitlines()[:2] == [
            "Two rounds",
            "5 answers, 5 right. Round 1 had the most right answers, round 2 the fewest.",
        ]
    points = dict(rows(here.process.database, "SELECT member, sum(points) FROM score_events GROUP BY member"))
    assert points == {here.hall.member("Ana"): 2, here.hall.member("Ben"): 4, here.hall.member("Cem"): 4}


async def test_posts_on_a_bad_day(tmp_path: Path) -> None:
    """Posts go out when they are due, once; past rate limits, refusals, spent tokens and a `kill -9`."""
    async with day(tmp_path) as here:
        await _plan(here)
        notices = await _posts_fall_due(here)
        await here.killed(lambda: _the_next_ones_fall_due(here))
        await _one_is_made_up_and_one_goes_on(here)
        await _tokens_are_spent(here, notices["gone"])
        await _a_permission_is_given(here, notices["forbidden"])
    _everything_was_said_once(here, notices.values())


async def _plan(here: Day) -> None:
    """Plan a quotation a day in each of these channels, at an hour that is far away."""
    time = f"{datetime.now(ZONE) + timedelta(hours=12):%H:%M}"
    for channel in (*PLANNED, "resting"):
        where = here.hall.channel(channel)
        told = await here.hall.told(
            "Mia", "schedule add", kind="quote", channel=where, time=time, name=channel
        )
        assert told.startswith(f"Programme added: {channel}")


def _fall_due(here: Day, channels: Sequence[str], *, slot: datetime, at: datetime) -> None:
    """Let the slot of these channels' programmes be this minute, and their posts fall due at a moment."""
    for channel in channels:
        here.written(
            "UPDATE programmes SET time = ?, next_slot = ?, next_at = ? WHERE name = ?",
            f"{slot:%H:%M}", f"{slot:%Y-%m-%dT%H:%M}", int(at.timestamp()), channel,
        )  # fmt: skip


async def _posts_fall_due(here: Day) -> dict[str, Message]:
    """The scheduler makes the posts at their moment, and each refusal is taken for what it is; gives the notices by channel."""
    hall, server = here.hall, here.server
    server.permit(hall.channel("forbidden"), deny=Permission.SEND_MESSAGES)
    server.delete_channel(hall.channel("gone"))
    limited, patient = (POSTS.format(hall.channel(channel).id) for channel in ("limited", "patient"))
    server.limit_next("POST", limited)
    server.limit_next("POST", limited, shared=True)
    server.limit_next("POST", patient, retry_after=TOO_LONG)
    now = datetime.now(ZONE)
    _fall_due(here, PLANNED, slot=now - timedelta(minutes=1), at=now + timedelta(seconds=1))
    # What a moderator changes has the scheduler look when the next post is due.
    assert (await hall.told("Mia", "schedule pause", programme="resting")).startswith("resting is paused")
    for channel in ("open", "limited"):
        assert (await hall.next_card(channel)).startswith("Quotation\n")
    direct = hall.person("Mia").direct
    notices = [await direct.next_message() for _ in REFUSED]
    await here.process.says("a delivery did not arrive", detail="rate limit")
    await hall.told("Mia", "schedule list")
    assert _waiting(here) == [("Post", TOO_LONG)]
    told = {
        channel: each for each in notices for channel in REFUSED if f"Not posted: {channel}, " in words(each)
    }
    add = "Missing permission: Send Messages. Grant: Edit Channel, Permissions, add Hundred Regiments"
    assert add in words(told["forbidden"])
    assert "The channel is no longer there." in words(told["gone"])
    return told


def _waiting(here: Day) -> list[tuple[str, int]]:
    """List the deliveries that are not made yet, and for how many seconds they wait."""
    return rows(here.process.database, "SELECT kind, due - begun FROM deliveries WHERE state = 'due'")


def _the_next_ones_fall_due(here: Day) -> None:
    """Let the wait of the long rate limit be over, and the next posts fall due."""
    here.written("UPDATE deliveries SET due = begun WHERE state = 'due'")
    now = datetime.now(ZONE)
    _fall_due(here, ("open", *REFUSED), slot=now, at=now)


async def _one_is_made_up_and_one_goes_on(here: Day) -> None:
    """After the start the post that had to wait is made, once; a programme that was refused makes none, and is not told again."""
    for channel in ("patient", "open"):
        assert (await here.hall.next_card(channel)).startswith("Quotation\n")


async def _tokens_are_spent(here: Day, notice: Message) -> None:
    """What is put off for longer than a token lives, the bot posts and edits as itself, and its buttons work."""
    hall, server = here.hall, here.server
    hanging = open_writer(here.process.database)
    hanging.execute("BEGIN IMMEDIATE")
    mia, ana = hall.person("Mia").at(notice.channel), hall.person("Ana").at(hall.channel("quotes"))
    late = [await mia.press(notice, "Skip today"), await ana.slash("quote")]
    assert [(await each.answered()).deferred for each in late] == [True, True]
    server.clock.advance(TOKEN_LIFE + 1)
    server.fail_next("PATCH", "/webhooks/*", status=404, code=UNKNOWN_WEBHOOK)
    hanging.execute("ROLLBACK")
    hanging.close()
    assert " is skipped. gone goes on on " in words(await notice.next_edit())
    assert (await hall.next_card("quotes")).startswith("Quotation\n")
    refused = [each.code for each in server.requests if each.path.startswith("/webhooks/")]
    assert sorted(refused) == [UNKNOWN_WEBHOOK, INVALID_WEBHOOK_TOKEN]
    assert (await hall.press("Ana", "quotes", "In context")).startswith("In context")


async def _a_permission_is_given(here: Day, notice: Message) -> None:
    """The button of the one notice makes the post as soon as it may be made."""
    hall = here.hall
    here.server.permit(hall.channel("forbidden"), allow=Permission.SEND_MESSAGES)
    mia = hall.person("Mia").at(notice.channel)
    told = words(await (await mia.press(notice, "Post now")).finished())
    assert told.startswith("forbidden is posted now, as the post of ")
    assert (await hall.next_card("forbidden")).startswith("Quotation\n")


def _everything_was_said_once(here: Day, notices: Collection[Message]) -> None:
    """See, when the process has ended, how often it tried to post where, and what it says that became of each post."""
    assert {channel: here.posts(channel) for channel in PLANNED} == {
        "open": [200, 200],
        "limited": [429, 429, 200],
        "patient": [429, 200],
        "forbidden": [403, 200],
        "gone": [404],
    }
    query = """
        SELECT p.name, s.state FROM programme_posts AS s JOIN programmes AS p ON p.id = s.programme ORDER BY p.id, s.slot
    """
    assert rows(here.process.database, query) == [
        ("open", "posted"),
        ("open", "posted"),
        ("limited", "posted"),
        ("patient", "posted"),
        ("forbidden", "posted"),
        ("forbidden", "skipped"),
        ("gone", "skipped"),
        ("gone", "skipped"),
    ]
    assert here.hall.person("Mia").direct.messages == list(notices)
