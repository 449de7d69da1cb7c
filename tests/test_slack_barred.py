"""Channels on Slack where the bot has no place: it says so as soon as one is named."""

from collections.abc import AsyncIterator

import pytest

from adapters.slack.manifest import SCOPES
from tests.local_slack import Channel
from tests.slack_house import SlackHouse, slack_house, words

INVITE = "Grant: type /invite @hundred_regiments there."
UNKNOWN = f"The channel is gone, or it is private and the bot has no place in it. {INVITE}"
BARRED = "The bot may not post in that channel."


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    """Open a house on a Slack with the scopes of the manifest, in which the first run was offered before."""
    async with slack_house(scopes=SCOPES) as opened:
        await opened.type("Mia", "/hr-settings")
        await opened.server.person("Mia").next_ephemeral()
        yield opened


def without(house: SlackHouse, *, private: bool = False) -> Channel:
    """Give a channel that the bot is not in, and everybody else is."""
    return house.server.channel("secret" if private else "reading", private=private, bot=False)


async def programmes(house: SlackHouse) -> str:
    """Give the first line of the list of programmes."""
    return (await house.told("Mia", "/hr-schedule", "list")).splitlines()[0]


@pytest.mark.parametrize(
    ("private", "said"), [(False, f"Missing: a place in #reading. {INVITE}"), (True, UNKNOWN)]
)
async def test_a_command_plans_nothing_where_the_bot_has_no_place(
    house: SlackHouse, *, private: bool, said: str
) -> None:
    """A programme is neither planned nor moved there, nor is the log written there, until the app was invited."""
    channel = without(house, private=private)
    for command, line, nothing in (
        ("/hr-schedule", f"add quote #{channel.name} every day 09:00", "Nothing was added."),
        ("/hr-schedule", f"add kind:quote channel:#{channel.name} time:09:00", "Nothing was added."),
        ("/hr-settings", f"log:#{channel.name}", "Nothing was changed."),
    ):
        assert await house.told("Mia", command, line) == f"{BARRED} {said} {nothing}"
    await house.told("Mia", "/hr-schedule", "add quote #general every day 09:00 name:Morning")
    moved = await house.told("Mia", "/hr-schedule", f"edit Morning channel:#{channel.name}")
    assert moved == f"{BARRED} {said} Nothing was changed."
    assert (await programmes(house)).startswith("1 programme,")
    channel.members.add(house.server.bot_user_id)
    moved = await house.told("Mia", "/hr-schedule", f"edit Morning channel:#{channel.name}")
    assert moved.startswith("Programme changed: Morning")


async def test_a_form_says_it_at_the_field(house: SlackHouse) -> None:
    """The form stays open; with the app invited the very same plans the programme."""
    mia, reading = house.server.person("Mia"), without(house)
    filled = {"Kind": "quote", "Channel": reading.id, "Time": "21:00", "Drawn from": "the line-up"}
    view = await (await house.type("Mia", "/hr-schedule", "add")).next_view()
    sent = await mia.submit(view, filled)
    assert sent.errors == {"channel": f"{BARRED} Missing: a place in #reading. {INVITE} Nothing was added."}
    reading.members.add(house.server.bot_user_id)
    await mia.submit(view, filled)
    assert words(await mia.next_ephemeral()).startswith("Programme added: Daily quote")


async def test_the_first_run_says_it_too(house: SlackHouse) -> None:
    """Who answers the three questions with such a channel has nothing planned."""
    mia, reading = house.server.person("Mia"), without(house)
    offered = await (await house.type("Mia", "/hr-setup")).next_answer()
    view = await (await mia.press(offered, "Begin")).next_view()
    sent = await mia.submit(view, {"channel": reading.id})
    assert sent.errors == {"channel": f"{BARRED} Missing: a place in #reading. {INVITE} Nothing was added."}


async def test_an_archived_channel_takes_no_programme(house: SlackHouse) -> None:
    """It is named, with what can be done."""
    old = house.server.channel("old")
    old.archived = True
    told = await house.told("Mia", "/hr-schedule", f"add quote channel:{old.id} time:09:00")
    assert told == f"{BARRED} #old is archived. Grant: unarchive it, or name another. Nothing was added."


async def test_direct_messages_are_no_barrier(house: SlackHouse) -> None:
    """A host who lets the app see direct messages may have the log in one."""
    house.server.scopes |= {"im:read"}
    direct = house.server.dm(house.server.person("Mia"))
    told = await house.told("Mia", "/hr-settings", f"log:{direct.id}")
    assert told.startswith("Settings changed\nLog channel: ")


@pytest.mark.parametrize("line", ["log:C0NOWHERE", "log:@Ana"])
async def test_what_is_no_channel_is_none_to_post_to(house: SlackHouse, line: str) -> None:
    """An id that no channel has, and a person named in a channel's place, set nothing."""
    house.server.person("Ana")
    assert await house.told("Mia", "/hr-settings", line) == f"{BARRED} {UNKNOWN} Nothing was changed."


async def test_a_name_that_slack_does_not_know_is_no_log_channel(house: SlackHouse) -> None:
    """Slack leaves a name as it was typed where it knows no such channel."""
    told = await house.told("Mia", "/hr-settings", "log:#nowhere")
    assert told == "There is no channel “#nowhere” here. Nothing was changed."


async def test_a_log_channel_is_taken_back_without_a_place(house: SlackHouse) -> None:
    """Naming the log channel again sets none, also where the bot is in no longer."""
    log = house.server.channel("log")
    await house.told("Mia", "/hr-settings", "log:#log")
    log.members.discard(house.server.bot_user_id)
    assert (await house.told("Mia", "/hr-settings", "log:#log")).startswith(
        "Settings changed\nLog channel: none"
    )


@pytest.mark.parametrize("error", ["missing_scope", "ratelimited", "internal_error"])
async def test_where_slack_does_not_say_the_post_tells(house: SlackHouse, error: str) -> None:
    """Without the scope, or in a bad moment, the programme is planned, and its post says what is missing."""
    reading = without(house)
    house.server.fail_next("conversations.info", error)
    told = await house.told("Mia", "/hr-schedule", "add quote #reading every day 09:00")
    assert told.startswith("Programme added: ")
    assert reading.messages == []


async def test_only_who_names_a_channel_has_it_looked_at(house: SlackHouse) -> None:
    """Words in capitals are looked up behind no command that takes no channel, and at most ten behind one that does."""
    await house.told("Ana", "/hr-search", "NATO EU C0123456789")
    many = " ".join(f"C{number:010}" for number in range(40))
    await house.told("Mia", "/hr-schedule", f'add quote name:"{many}"')
    asked = [each for each in house.server.calls if each.method == "conversations.info"]
    assert len(asked) == 10


@pytest.mark.parametrize("command", ["/hr-quote", "/hr-excerpt"])
async def test_a_thread_that_cannot_be_opened_is_not_said_to_be(house: SlackHouse, command: str) -> None:
    """Discuss says what is missing; once the app is there again, the same button opens the thread."""
    ana, general = house.server.person("Ana"), house.server.general
    await house.type("Ana", command)
    card = await general.posted.next()
    general.members.discard(house.server.bot_user_id)
    pressed = await ana.press(card, "Discuss")
    told = f"The bot may not open a thread here. Missing: a place in #general. {INVITE}"
    assert words(await pressed.next_answer()) == told
    general.members.add(house.server.bot_user_id)
    pressed = await ana.press(card, "Discuss")
    assert words(await pressed.next_answer()).startswith("The thread is open: ")


@pytest.mark.parametrize("line", ["who words", "who rounds:3"])
async def test_a_round_or_a_set_begins_nowhere(house: SlackHouse, line: str) -> None:
    """In a channel that the bot is not in, nothing is asked, and who wanted it reads how to invite the app."""
    reading = without(house)
    asked = await house.server.person("Ana").slash("/hr-quiz", line, channel=reading)
    assert words(await asked.next_answer()) == (
        "There is no place for the bot here, so nothing was posted. "
        f"Type /invite <@{house.server.bot_user_id}> and try again."
    )
    assert reading.messages == []
    reading.members.add(house.server.bot_user_id)
    await house.server.person("Ana").slash("/hr-quiz", line, channel=reading)
    assert words(await reading.posted.next()).startswith("Who said it?")
