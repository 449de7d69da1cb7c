"""Sets of rounds whose channel is closed to the bot midway: who asked is told once, and what was answered counts."""

from collections.abc import AsyncIterator

import pytest

from tests.discord_whole import DiscordHouse, discord_at_home, hurried
from tests.discord_words import words as discord_words
from tests.local_discord import Permission, Person
from tests.local_slack import Channel
from tests.slack_house import SlackHouse, slack_house, words
from tests.storage_samples import DAY

LENIN = "Vladimir Lenin"
SEND = "Missing permission: Send Messages. Grant: Edit Channel, Permissions, add Hundred Regiments, allow Send Messages."
INVITE = "Missing: a place in the channel. Grant: type /invite @hundred_regiments there."
UNREACHED = "The platform could not be reached in time."


def early(channel: str, why: str) -> str:
    """Say what is told of a set of three that ended after its first round."""
    return (
        f"The rounds ended early\nOf the 3 rounds in {channel}, 1 was asked, and the next could not be posted. {why}\n"
        "What was answered counts."
    )


def unseen(channel: str, why: str) -> str:
    """Say what is told of a set whose result has no place."""
    return (
        f"The rounds are over\nThe rounds in {channel} are over, and their result could not be posted. {why}\n"
        "What was answered counts."
    )


# On Discord ------------------------------------------------------------------------------------------------


@pytest.fixture
async def home(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordHouse]:
    """Give a bot in a server that Mia manages, in which the first run was offered before."""
    hurried(monkeypatch)
    async with discord_at_home() as made:
        await made.told(made.mia, "settings")
        yield made


@pytest.fixture
def ana(home: DiscordHouse) -> Person:
    """Give a member."""
    return home.server.person("Ana")


async def begins(home: DiscordHouse, ana: Person, rounds: int = 3) -> None:
    """Let Ana ask for a set and answer its first round."""
    card = await (await ana.slash("quiz", kind="who", about="words", rounds=rounds)).finished()
    await home.settled()
    assert (await home.pressed(ana, card, LENIN)).startswith(f"Your answer: {LENIN}")


async def is_told_once(home: DiscordHouse, ana: Person, expected: str) -> None:
    """See that Ana is told this, and nothing after it, and has her point."""
    assert [discord_words(each) for each in ana.direct.messages] == [expected]
    await home.pass_time(DAY)
    assert len(ana.direct.messages) == 1
    assert "1 point this week" in await home.told(ana, "score")


@pytest.mark.parametrize(
    ("denied", "why"),
    [
        (Permission.SEND_MESSAGES, SEND),
        (Permission.VIEW_CHANNEL, SEND.replace("Send Messages", "View Channel")),
    ],
)
async def test_on_discord_who_asked_is_told_of_the_end(
    home: DiscordHouse, ana: Person, denied: Permission, why: str
) -> None:
    """In direct messages, with what is missing; in the channel the next set begins as soon as it is granted."""
    await begins(home, ana)
    general = home.server.general
    home.server.permit(general, deny=denied)
    await home.pass_time(45)
    assert len(general.messages) == 1
    await is_told_once(home, ana, early(f"<#{general.id}>", why))
    home.server.permit(general, allow=denied)
    await begins(home, ana)


async def test_on_discord_a_result_without_a_place_is_told(home: DiscordHouse, ana: Person) -> None:
    """So it is where the last round was asked, and only what they come to could not be shown."""
    await begins(home, ana, rounds=2)
    general = home.server.general
    await home.pass_time(45)
    assert len(general.messages) == 2
    home.server.permit(general, deny=Permission.SEND_MESSAGES)
    await home.pass_time(45)
    await is_told_once(home, ana, unseen(f"<#{general.id}>", SEND))


async def test_on_discord_the_log_is_told_where_who_asked_cannot_be(home: DiscordHouse, ana: Person) -> None:
    """Whoever takes no direct messages leaves it to the moderators' log."""
    log = home.server.channel("log")
    await home.told(home.mia, "settings", log=log)
    await begins(home, ana)
    ana.user.accepts_direct_messages = False
    home.server.permit(home.server.general, deny=Permission.SEND_MESSAGES)
    await home.pass_time(45)
    told = [discord_words(each) for each in log.messages]
    assert told[1:] == [early(f"<#{home.server.general.id}>", SEND)]
    assert ana.direct.messages == []


async def test_on_discord_it_waits_for_a_moderator_where_nobody_can_be_told(
    home: DiscordHouse, ana: Person
) -> None:
    """With no log either, it comes with the next moderator's command, once."""
    await begins(home, ana)
    ana.user.accepts_direct_messages = False
    home.server.permit(home.server.general, deny=Permission.SEND_MESSAGES)
    await home.pass_time(45)
    used = await home.mia.slash("schedule list")
    await used.finished()
    await home.settled()
    assert early(f"<#{home.server.general.id}>", SEND) in [discord_words(each) for each in used.followups]


# On Slack --------------------------------------------------------------------------------------------------


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    """Open a house on Slack, in which the first run was offered before."""
    async with slack_house() as opened:
        await opened.type("Mia", "/hr-settings")
        await opened.server.person("Mia").next_ephemeral()
        yield opened


async def opens(house: SlackHouse, rounds: int = 3) -> None:
    """Let Ana ask for a set and answer its first round."""
    await house.type("Ana", "/hr-quiz", f"who words rounds:{rounds}")
    card = await house.server.general.posted.next()
    pressed = await house.server.person("Ana").press(card, LENIN)
    assert words(await pressed.next_answer()).startswith(f"Your answer: {LENIN}")


async def pass_time(house: SlackHouse, seconds: int) -> None:
    """Put both clocks on, and wait for what that sets going."""
    house.server.clock.advance(seconds)
    await house.house.clock.advance(seconds)


def posts(channel: Channel) -> list[str]:
    """Give what the app has posted in a channel."""
    return [words(each) for each in channel.messages if each.from_app]


async def told_once(house: SlackHouse, expected: str) -> None:
    """See that Ana is told this, and nothing after it, and has her point."""
    direct = house.server.dm(house.server.person("Ana"))
    assert posts(direct) == [expected]
    await pass_time(house, DAY)
    assert posts(direct) == [expected]
    assert "1 point this week" in await house.told("Ana", "/hr-score")


async def test_on_slack_who_asked_is_told_of_the_end(house: SlackHouse) -> None:
    """In direct messages, with how to invite the app; in the channel the next set begins as soon as it is there."""
    await opens(house)
    general = house.server.general
    general.members.discard(house.server.bot_user_id)
    await pass_time(house, 45)
    assert len(posts(general)) == 1
    await told_once(house, early("#general", INVITE))
    general.members.add(house.server.bot_user_id)
    await opens(house)


async def test_on_slack_a_result_without_a_place_is_told(house: SlackHouse) -> None:
    """So it is where the last round was asked, and the channel was archived before the result."""
    await opens(house, rounds=2)
    general = house.server.general
    await pass_time(house, 45)
    assert len(posts(general)) == 2
    general.archived = True
    await pass_time(house, 45)
    general.archived = False
    why = "The channel is archived. Grant: unarchive it, or name another."
    await told_once(house, unseen("#general", why))


async def test_on_slack_the_log_is_told_where_who_asked_cannot_be(house: SlackHouse) -> None:
    """Where Slack opens no direct messages it is left to the moderators' log."""
    log = house.server.channel("log")
    await house.told("Mia", "/hr-settings", "log:#log")
    await opens(house)
    house.server.general.members.discard(house.server.bot_user_id)
    house.server.fail_next("conversations.open", "user_disabled")
    await pass_time(house, 45)
    assert [each for each in posts(log) if each.startswith("The rounds")] == [early("#general", INVITE)]


async def test_a_first_round_without_a_place_is_told_where_it_was_asked_for(house: SlackHouse) -> None:
    """Whoever asks sees at once that nothing was posted, and is told of no end besides."""
    house.server.general.members.discard(house.server.bot_user_id)
    assert "nothing was posted" in await house.told("Ana", "/hr-quiz", "who words rounds:3")
    await pass_time(house, DAY)
    assert posts(house.server.dm(house.server.person("Ana"))) == []


async def test_a_question_that_comes_too_late_is_taken_back(house: SlackHouse) -> None:
    """Where Slack takes it only after its round was given up, it says so instead of asking, and who asked was told."""
    await opens(house)
    general = house.server.general
    house.server.fail_next("chat.postMessage", "ratelimited", retry_after=90)
    await pass_time(house, 45)
    await pass_time(house, 61)
    await pass_time(house, 30)
    assert len(posts(general)) == 2
    assert "This round counts for nobody." in posts(general)[1]
    await told_once(house, early("#general", UNREACHED))
