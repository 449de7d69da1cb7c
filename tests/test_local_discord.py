"""The local Discord as the real discord.py client meets it, and its scripted side."""

import asyncio
import io
import sys
import warnings
from collections.abc import AsyncIterator, Callable

import pytest

from tests.local_discord import (
    COMPLETE,
    DEFER,
    OPEN_MODAL,
    SHOW,
    UPDATE,
    Clock,
    LocalDiscord,
    Permission,
    Upload,
)
from tests.local_discord.compression import ZstdStream
from tests.local_discord.redirect import pointed_at
from tests.local_discord.tiny_bot import ShardedBot, TinyBot, channel_of, running

with warnings.catch_warnings():
    # discord.py still imports audioop, which Python 3.11 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord


@pytest.fixture
async def server() -> AsyncIterator[LocalDiscord]:
    """Yield a local Discord that this process's clients talk to."""
    async with LocalDiscord() as local:
        with pointed_at(local):
            yield local


@pytest.fixture
async def bot(server: LocalDiscord) -> AsyncIterator[TinyBot]:
    """Yield the tiny bot, connected; nothing that it sends may break a rule of Discord's."""
    client = TinyBot()
    async with running(client, server):
        yield client
    assert [str(violation) for violation in server.violations] == []


async def test_a_command_is_answered_with_a_card(server: LocalDiscord, bot: TinyBot) -> None:
    """A slash command's answer has its embed and buttons and stands in the channel for everyone."""
    reply = await server.person("Ana").slash("quiz", kind="who", rounds=3)
    message = await reply.finished()

    assert (reply.answer, reply.ephemeral) == (SHOW, False)
    assert message.text == "Who said it\n3 to come"
    assert message.labels == ["Another", "Answer", "Later"]
    assert [message] == server.general.messages


async def test_a_press_changes_the_message_in_place(server: LocalDiscord, bot: TinyBot) -> None:
    """Pressing a button can update the message that has it, and the older state is kept."""
    ana = server.person("Ana")
    message = await (await ana.slash("quiz", kind="who")).finished()
    press = await (await ana.press(message, "Another")).answered()

    assert press.answer == UPDATE
    assert message.content == "another one"
    assert [state["content"] for state in message.edits] == [""]


async def test_a_deferred_press_changes_the_message_later(server: LocalDiscord, bot: TinyBot) -> None:
    """A deferred update leaves the message alone until its original is edited through the token."""
    ana = server.person("Ana")
    message = await (await ana.slash("quiz", kind="who")).finished()
    press = await ana.press(message, "Later")

    assert message is await press.finished()
    assert message.content == "changed later"


async def test_a_form_is_opened_filled_in_and_answered(server: LocalDiscord, bot: TinyBot) -> None:
    """A modal is open before the one who pressed, and its submission is an interaction of its own."""
    ana = server.person("Ana")
    message = await (await ana.slash("quiz", kind="who")).finished()
    opening = await (await ana.press(message, "Answer")).answered()
    assert opening.answer == OPEN_MODAL
    assert opening.modal is not None
    assert (opening.modal.title, [one.label for one in opening.modal.fields]) == ("Who said it?", ["A name"])

    submission = await ana.submit(opening.modal, {"A name": "corbin"})
    assert (await submission.finished()).content == "typed: corbin"
    assert submission.ephemeral


async def test_an_ephemeral_answer_is_seen_by_one(server: LocalDiscord, bot: TinyBot) -> None:
    """What is shown to the asker alone is in no channel and before nobody else."""
    ana, ben = server.person("Ana"), server.person("Ben")
    secret = await (await ana.slash("secret")).finished()

    assert [secret] == ana.ephemerals
    assert (ana.sees(secret), ben.sees(secret)) == (True, False)
    assert server.general.messages == []


async def test_a_deferral_is_finished_and_followed_up(server: LocalDiscord, bot: TinyBot) -> None:
    """A deferred command shows its answer when the original is edited; followups come after it."""
    reply = await (await server.person("Ana").slash("slow")).answered()
    assert reply.answer == DEFER
    assert (await reply.finished()).content == "thought about it"
    followup = await reply.next_followup()
    assert (followup.content, followup.ephemeral) == ("and further", True)


async def test_a_completion_gives_choices(server: LocalDiscord, bot: TinyBot) -> None:
    """Typing in an option that completes brings the bot's choices."""
    choices = await server.person("Ana").complete("quote", "by", "la")
    assert [choice["value"] for choice in choices] == ["Lansman", "Lawson"]
    assert list(server.world.interactions.values())[-1].answer == COMPLETE


async def test_typed_options_arrive_as_objects(server: LocalDiscord, bot: TinyBot) -> None:
    """Subcommands and options for channels, members, roles and files reach the bot resolved."""
    role = server.role("Readers")
    olga = server.person("Olga", permissions=Permission.MANAGE_GUILD)
    reply = await olga.slash(
        "schedule add",
        channel=server.general,
        owner=olga.user,
        role=role,
        file=Upload(filename="a.txt", content=b"hi"),
    )
    assert (await reply.finished()).content == "general Olga Readers hi"


async def test_a_select_sends_values(server: LocalDiscord, bot: TinyBot) -> None:
    """Options of a select are chosen by what people read."""
    ana = server.person("Ana")
    message = await (await ana.slash("quiz", kind="who")).finished()
    assert (await (await ana.select(message, "Unions")).finished()).content == "chosen: ['u']"


async def test_a_menu_command_gets_its_message(server: LocalDiscord, bot: TinyBot) -> None:
    """A command of the message menu carries the message."""
    ana = server.person("Ana")
    reply = await ana.menu("Suggest my message", ana.says("Reds and Greens"))
    assert (await reply.finished()).content == "suggested: Reds and Greens"


async def test_a_restarted_bot_edits_and_answers_old_messages(server: LocalDiscord) -> None:
    """Messages outlive the bot: the next one edits them, and their buttons answer."""
    ana = server.person("Ana")
    async with running(TinyBot(), server):
        message = await (await ana.slash("quiz", kind="who")).finished()
    again = TinyBot()
    async with running(again, server):
        server.clock.advance(3_600)
        await (
            channel_of(again, server.general)
            .get_partial_message(int(message.id))
            .edit(content="an hour later")
        )
        assert (await message.next_edit()).content == "an hour later"
        await (await ana.press(message, "Another")).answered()
    assert [state["content"] for state in message.edits] == ["", "an hour later"]


async def test_a_dropped_client_resumes_and_misses_nothing(server: LocalDiscord, bot: TinyBot) -> None:
    """What happens while the connection is lost is replayed by sequence number on the resume."""
    server.drop_connection()
    reply = await server.person("Ana").slash("secret")
    assert (await reply.finished()).content == "only you"
    assert [session.resumes for session in server.gateway.live()] == [1]
    assert len(server.gateway.identifies) == 1


@pytest.mark.parametrize(
    ("disturb", "identifies"),
    [
        (LocalDiscord.ask_to_reconnect, 1),
        (lambda server: server.invalidate_session(resumable=True), 1),
        (LocalDiscord.invalidate_session, 2),
        (lambda server: server.drop_connection(resumable=False), 2),
    ],
    ids=["reconnect", "invalid but resumable", "invalid", "dropped for good"],
)
async def test_a_client_comes_back(
    server: LocalDiscord, bot: TinyBot, disturb: Callable[[LocalDiscord], None], identifies: int
) -> None:
    """Opcodes 7 and 9 and lost sessions make the client resume or identify anew."""
    disturb(server)
    await server.ready()
    assert identifies == len(server.gateway.identifies)
    assert (await (await server.person("Ana").slash("secret")).finished()).content == "only you"


async def test_heartbeats_are_recorded_and_acknowledged() -> None:
    """Every heartbeat is in the record, and its acknowledgement gives the client its latency."""
    async with LocalDiscord(heartbeat_interval=0.01) as server:
        with pointed_at(server):
            client = TinyBot()
            async with running(client, server):
                beats = server.heartbeats
                await server.gateway.bell.until(lambda: len(beats) > 3 or None, "four heartbeats")
                assert client.latency < float("inf")
                assert beats[-1].session_id == server.gateway.live()[0].id


async def test_shards_hear_of_their_own_guilds() -> None:
    """An automatically sharded client opens the shards recommended, each of which brings its guilds."""
    # Guilds fall to shards by the millisecond of their birth.
    clock = Clock(lambda: 1_700_000_000.0)
    async with LocalDiscord(shards=2, clock=clock) as server:
        clock.advance(0.0015)
        other = server.guild("The Annexe")
        with pointed_at(server):
            client = ShardedBot()
            async with running(client, server):
                shards = {guild.id: guild.shard_id for guild in client.guilds}
    assert shards == {int(server.home.id): 0, int(other.id): 1}


async def test_files_are_uploaded_and_served(server: LocalDiscord, bot: TinyBot) -> None:
    """An attachment keeps its name, size and alt text, and its address gives it back."""
    file = discord.File(io.BytesIO(b"a chart"), "chart.png", description="Shares per option")
    sent = await channel_of(bot, server.general).send("see", file=file)
    attachment = (await server.general.next_message()).attachments[0]

    assert tuple(attachment[key] for key in ("filename", "size", "description")) == (
        "chart.png",
        7,
        "Shares per option",
    )
    assert await sent.attachments[0].read() == b"a chart"


async def test_threads_and_pins(server: LocalDiscord, bot: TinyBot) -> None:
    """A message takes a thread and a pin; the channel announces the pin without counting it as written."""
    message = await channel_of(bot, server.general).send("discuss this")
    thread = await message.create_thread(name="Quotation by Joe Todd")
    await thread.send("Say where you saw it.")
    await message.pin()

    posted = server.general.messages[0]
    assert ("Quotation by Joe Todd", [posted]) == (server.general.threads[0].name, server.general.pins)
    assert posted.thread is server.general.threads[0]
    assert [one.content for one in posted.thread.messages] == ["Say where you saw it."]
    assert [one.content for one in server.general.messages] == ["discuss this"]
    assert [message.id] == [pin.id async for pin in message.channel.pins()]


async def test_history_is_read_in_pages(server: LocalDiscord, bot: TinyBot) -> None:
    """Messages are listed before, after and around another, as many as asked."""
    ana = server.person("Ana")
    ids = [int(ana.says(str(number)).id) for number in range(5)]
    channel, middle = channel_of(bot, server.general), discord.Object(ids[2])

    assert ids[::-1] == [one.id async for one in channel.history()]
    assert ids[3:4] == [one.id async for one in channel.history(after=middle, limit=1)]
    assert ids[1::-1] == [one.id async for one in channel.history(before=middle)]
    assert ids[1:4] == sorted([one.id async for one in channel.history(around=middle, limit=3)])


async def test_a_nonce_posts_once(server: LocalDiscord, bot: TinyBot) -> None:
    """The same nonce within minutes returns the message that is there; later it posts again."""
    channel = channel_of(bot, server.general)
    first, second = await channel.send("daily", nonce="d1"), await channel.send("daily", nonce="d1")
    server.clock.advance(3_600)
    third = await channel.send("daily", nonce="d1")
    assert (first.id, 2) == (second.id, len(server.general.messages))
    assert third.id != first.id


async def test_direct_messages(server: LocalDiscord, bot: TinyBot) -> None:
    """The bot writes to a person directly, and the person uses commands there."""
    ana = server.person("Ana")
    await (await bot.fetch_user(int(ana.id))).send("good morning")
    assert (await ana.direct.next_message()).content == "good morning"
    reply = await ana.at(ana.direct).slash("quiz", kind="who")
    assert [await reply.finished()] == ana.direct.messages[1:]


async def test_joining_and_leaving(server: LocalDiscord, bot: TinyBot) -> None:
    """The client hears of a new guild and of being thrown out."""
    await bot.wait_until_ready()
    guild = server.guild("The Annexe")
    assert await bot.hears() == "joined The Annexe"
    server.remove_bot(guild)
    assert await bot.hears() == "left The Annexe"


async def test_texts_of_others_are_withheld(server: LocalDiscord, bot: TinyBot) -> None:
    """Without the privileged intent the bot hears that somebody wrote, and not what, unless it is mentioned."""
    ana = server.person("Ana")
    ana.says("private matters")
    ana.says(f"<@{server.bot.id}> hello")
    assert await bot.hears() == "read ''"
    assert f"read '<@{server.bot.id}> hello'" == await bot.hears()


async def test_pings_follow_allowed_mentions(server: LocalDiscord, bot: TinyBot) -> None:
    """A mention pings only where the message allows it and the bot may do it."""
    ana, role = server.person("Ana"), server.role("Readers")
    channel, text = channel_of(bot, server.general), f"@everyone {ana.mention} {role.mention}"
    everything = discord.AllowedMentions.all()

    await channel.send(text)
    assert frozenset() == (await server.general.next_message()).pings
    await channel.send(text, allowed_mentions=everything)
    assert {ana.id} == (await server.general.next_message()).pings
    server.permit(server.general, allow=Permission.MENTION_EVERYONE)
    await channel.send(text, allowed_mentions=everything)
    assert {"everyone", ana.id, role.id} == (await server.general.next_message()).pings


async def test_commands_keep_their_ids(server: LocalDiscord, bot: TinyBot) -> None:
    """Registering the same commands again changes nothing; a change keeps the id and moves the version."""
    before = {command["name"]: command for command in server.world.commands[None]}
    bot.tree.get_command("secret").description = "Say it softly"  # type: ignore[union-attr]  # it is registered
    await bot.tree.sync()
    after = {command["name"]: command for command in server.world.commands[None]}
    changed = [name for name, command in after.items() if command != before[name]]
    assert (["secret"], before["secret"]["id"]) == (changed, after["secret"]["id"])


async def test_members_are_asked_for_over_the_gateway(server: LocalDiscord, bot: TinyBot) -> None:
    """The client finds members by id and by the beginning of a name."""
    ana, ben = server.person("Ana"), server.person("Ben")
    guild = channel_of(bot, server.general).guild
    found = await guild.query_members(user_ids=[int(ana.id), 1])
    assert [member.display_name for member in found] == ["Ana"]
    assert [member.id for member in await guild.query_members("be")] == [int(ben.id)]


async def test_a_client_with_a_wrong_token_fails(server: LocalDiscord) -> None:
    """A login with a token that is not the bot's ends at once."""
    async with TinyBot() as client:
        with pytest.raises(discord.LoginFailure):
            await client.login("x")


async def test_a_client_with_privileged_intents_fails(server: LocalDiscord) -> None:
    """A client that asks for intents it was not granted is told so by its library."""
    async with discord.Client(intents=discord.Intents(message_content=True)) as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(server.token)


PROCESS = """
import os, discord, discord.http
discord.http.Route.BASE = os.environ["DISCORD_API"]
class Bot(discord.AutoShardedClient):
    async def on_interaction(self, press):
        await press.response.edit_message(content=f"from process {os.getpid()}")
Bot(intents=discord.Intents(guilds=True)).run(os.environ["DISCORD_TOKEN"], log_handler=None)
"""


async def test_a_bot_in_its_own_process(server: LocalDiscord) -> None:
    """A bot in another process finds the server by its environment and answers the old messages."""
    ana = server.person("Ana")
    async with running(TinyBot(), server):
        message = await (await ana.slash("quiz", kind="who")).finished()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROCESS, env=server.environment())
    try:
        await server.ready()
        await (await ana.press(message, "Another")).answered()
        assert f"from process {process.pid}" == message.content
    finally:
        process.kill()
        await process.wait()
        await server.gone()


def test_spec_checks_can_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says whether it checks against the OpenAPI document, and why not."""
    monkeypatch.delenv("HUNDRED_REGIMENTS_SPECS", raising=False)
    assert LocalDiscord().spec_checks == "off: HUNDRED_REGIMENTS_SPECS is not set"
    assert LocalDiscord(check_specs=False).spec_checks == "off: switched off for this server"


def test_the_clock_moves_when_told() -> None:
    """A standing clock moves by `advance` alone; ids sort by it and never repeat."""
    clock = Clock(lambda: 1_700_000_000.0)
    server = LocalDiscord(clock=clock)
    clock.advance(60)
    ids = [int(server.world.snowflakes.next()) for _ in range(5_000)]
    assert (1_700_000_060.0, sorted(set(ids))) == (clock.now(), ids)


def test_zstd_frames_hold_the_payload() -> None:
    """A zstd stream begins with its magic number and stores payloads in blocks of at most 128 KiB."""
    stream = ZstdStream()
    first, second = stream.encode(b"{}"), stream.encode(b"x" * 131_073)
    assert bytes.fromhex("28b52ffd0038") + bytes.fromhex("100000") + b"{}" == first
    assert (bytes.fromhex("000010"), 131_073 + 6) == (second[:3], len(second))
