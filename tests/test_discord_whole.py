"""A whole bot on Discord through its days: coming in, posting, leaving.

Here time is put forward: mornings and months pass, which a process of its own would have to wait for. What is in the way of
a post, lost connections and spent tokens are seen there, in `test_process_discord_whole`.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.presence import KEPT
from tests.discord_whole import DiscordHouse, discord_at_home, hurried
from tests.discord_words import words
from tests.local_discord import Channel, Guild, Permission, Person
from tests.storage_samples import DAY

MORNING = 13 * 60 * 60
"""From Tue 24 Nov, 20:00 to the next morning, 09:00."""
HELLO = (
    "Hundred Regiments is here. Three questions plan the first excerpt; nothing is posted until you start it."
)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    hurried(monkeypatch)


@pytest.fixture
async def home() -> AsyncIterator[DiscordHouse]:
    """Give a bot in a server that Mia manages."""
    async with discord_at_home() as made:
        yield made


def owner_of(home: DiscordHouse, guild: Guild) -> Person:
    """Give whoever owns a server, in their direct messages with the bot."""
    owner = home.server.world.owner
    return replace(home.mia, user=owner, guild=guild, channel=home.server.world.direct_channel(owner))


async def joined(home: DiscordHouse, *, direct: bool = True) -> tuple[Guild, Channel, Person]:
    """Let the owner of another server bring the bot in; gives the server, a channel in it, and the owner."""
    await home.ready()
    home.server.world.owner.accepts_direct_messages = direct
    guild = home.server.guild("Another Room")
    return guild, home.server.channel("reading", guild), owner_of(home, guild)


async def test_the_first_run_by_direct_message(home: DiscordHouse) -> None:
    """Whoever brings the bot in is greeted, answers three questions where they are, and the first excerpt is planned."""
    _, reading, founder = await joined(home)
    hello = await founder.direct.next_message()
    assert (words(hello), hello.labels) == (HELLO, ["Begin", "Not now"])
    opened = await (await founder.press(hello, "Begin")).answered()
    assert opened.modal is not None
    assert [each.label for each in opened.modal.fields] == [
        "Time zone",
        "Channel",
        "Time of the daily excerpt",
    ]
    ready = await (await founder.submit(opened.modal, {"Channel": "#reading"})).finished()
    assert words(ready).startswith(
        f"Ready: an excerpt every day at 09:00 (Europe/London) in <#{reading.id}>, from "
    )
    await (await founder.press(ready, "Start it")).answered()
    await home.pass_time(MORNING)
    assert [words(each)[:23] for each in reading.messages] == ["Excerpt for Wed 25 Nov,"]


async def test_closed_direct_messages_bring_the_first_run_with_the_first_command(home: DiscordHouse) -> None:
    """Where the bot may not write to whoever brought it in, the first command of a moderator shows them the same card."""
    guild, reading, founder = await joined(home, direct=False)
    await home.server.request("POST", f"/channels/{founder.direct.id}/messages")
    await home.settled()
    mia = home.server.person("Noor", guild, permissions=Permission.MANAGE_GUILD).at(reading)
    asked = await mia.slash("schedule list")
    await asked.finished()
    hello = await asked.next_followup()
    assert (words(hello), hello.for_user, hello.labels) == (HELLO, mia.user, ["Begin", "Not now"])


@pytest.mark.parametrize("direct", [True, False])
async def test_nothing_is_kept_of_who_never_used_the_bot(tmp_path: Path, *, direct: bool) -> None:
    """Members who write and are written to, and an owner who was greeted or could not be, leave no trace in the database."""
    database = tmp_path / "bot.db"
    async with discord_at_home(database=database) as home:
        _, _, founder = await joined(home, direct=direct)
        await home.server.request("POST", f"/channels/{founder.direct.id}/messages")
        silent = home.server.person("Silent")
        silent.says("A few words about pluralism, and a name: Ana.")
        ana = home.server.person("Ana")
        await home.told(ana, "quote", about="pluralism")
        await home.settled()
    kept = _everything(database)
    assert ana.id not in kept
    assert silent.id not in kept
    assert founder.id not in kept
    assert "a name: Ana" not in kept


def _everything(database: Path) -> str:
    """Read the file and its log as text, whatever they hold."""
    files = (database, database.with_name(f"{database.name}-wal"))
    return "".join(each.read_bytes().decode("latin-1") for each in files if each.exists())


async def test_a_message_of_one_s_own_is_suggested_from_its_menu(home: DiscordHouse) -> None:
    """The form opens with the words in it, and sends them to the queue; other people's messages are refused."""
    ana, ben = home.server.person("Ana"), home.server.person("Ben")
    message = ana.says(f"{ben.mention}, which words would you miss?")
    opened = await (await ana.menu("Suggest my message", message)).answered()
    assert opened.modal is not None
    assert [each.wire.get("value") for each in opened.modal.fields][1] == "@Ben, which words would you miss?"
    thanks = await (await ana.submit(opened.modal, {})).finished()
    assert words(thanks).startswith("Thank you. A moderator will read it")
    assert "@Ben, which words would you miss?" in await home.told(home.mia, "library review")
    refused = await (await ben.menu("Suggest my message", message)).finished()
    assert (words(refused), refused.for_user) == ("Only your own messages can be suggested.", ben.user)


async def test_a_programme_is_planned_in_a_form(home: DiscordHouse) -> None:
    """Without values, the command opens a form with the server's channels to pick from."""
    reading = home.server.channel("reading")
    opened = await (await home.mia.slash("schedule add")).answered()
    assert opened.modal is not None
    filled = {"Kind": "quote", "Channel": reading.id, "Time": "21:00", "Drawn from": "the line-up"}
    added = await (await home.mia.submit(opened.modal, filled)).finished()
    assert words(added).startswith(
        f"Programme added: Daily quote\nEvery day at 21:00 (Europe/London) in <#{reading.id}>."
    )
    await home.pass_time(60 * 60)
    assert len(reading.messages) == 1


async def test_a_programme_posts_pings_its_role_opens_a_thread_and_pins(home: DiscordHouse) -> None:
    """The post comes on time with all that was asked for, notifies the one role, and is sent under a nonce."""
    reading, readers = home.server.channel("reading"), home.server.role("readers")
    readers.mentionable = True
    added = await home.told(
        home.mia, "schedule add", kind="excerpt", channel=reading, days="every day", time="09:00",
        role=readers, thread="yes", pin="yes",
    )  # fmt: skip
    assert added.startswith("Programme added: Daily excerpt")
    await home.pass_time(MORNING)
    post, *others = [each for each in reading.messages if each.embeds]
    assert others == []
    assert post.pings == {readers.id}
    assert post.wire["pinned"]
    assert post.nonce
    (thread,) = reading.threads
    assert [each.author for each in thread.messages if each.text] == [home.server.bot]


async def test_leaving_a_server_and_coming_back(home: DiscordHouse) -> None:
    """Nothing is posted while the bot is away; back within 30 days, it goes on; after them it knows nothing."""
    await home.ready()
    reading = home.server.channel("reading")
    await home.told(home.mia, "schedule add", kind="excerpt", channel=reading, days="every day", time="09:00")
    home.server.remove_bot(home.server.home)
    await home.heard("guild_remove")
    await home.pass_time(MORNING + DAY)
    assert (reading.messages, home.mia.direct.messages) == ([], [])
    home.server.add_bot(home.server.home)
    await home.heard("guild_join")
    await home.pass_time(DAY)
    assert [words(each)[:23] for each in reading.messages] == [
        "Excerpt for Thu 26 Nov,",
        "Excerpt for Fri 27 Nov,",
    ]
    home.server.remove_bot(home.server.home)
    await home.heard("guild_remove")
    await home.pass_time(KEPT)
    home.server.add_bot(home.server.home)
    await home.heard("guild_join")
    assert (await home.told(home.mia, "schedule list")).startswith("Nothing is planned yet.")
