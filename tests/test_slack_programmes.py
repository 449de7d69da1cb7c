"""Programmes on Slack, from the form to the post, and through what can be in a post's way there."""

from collections.abc import AsyncIterator

import pytest

from tests.local_slack import Channel, Message, labels
from tests.slack_house import SlackHouse, slack_house, words
from tests.storage_samples import DAY

MORNING = 13 * 60 * 60
"""From Tue 24 Nov, 20:00 to the next morning, 09:00."""


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    """Open a house on Slack, in which the first run was offered before."""
    async with slack_house() as opened:
        await opened.type("Mia", "/hr-settings")
        await opened.server.person("Mia").next_ephemeral()
        yield opened


async def pass_time(house: SlackHouse, seconds: int) -> None:
    """Put both clocks on, and wait for what that sets going."""
    house.server.clock.advance(seconds)
    await house.house.clock.advance(seconds)


async def plan(house: SlackHouse, line: str) -> None:
    """Let Mia plan a programme."""
    assert (await house.told("Mia", "/hr-schedule", line)).startswith("Programme added: ")


def posts(channel: Channel) -> list[Message]:
    """Give what the app has posted in a channel, but for threads."""
    return [each for each in channel.messages if each.from_app and each.thread_ts is None]


async def test_a_programme_is_planned_in_a_form(house: SlackHouse) -> None:
    """Bare, the command opens a form with a channel to pick; sent, the programme is there and posts on time."""
    reading, mia = house.server.channel("reading"), house.server.person("Mia")
    view = await (await house.type("Mia", "/hr-schedule", "add")).next_view()
    sent = await mia.submit(
        view, {"Kind": "quote", "Channel": reading.id, "Time": "25:61", "Drawn from": "the line-up"}
    )
    assert list(sent.errors.values()) == [
        "“25:61” is not a time; times go from 00:00 to 23:59. Nothing was added."
    ]
    await mia.submit(
        view, {"Kind": "quote", "Channel": reading.id, "Time": "21:00", "Drawn from": "the line-up"}
    )
    assert words(await mia.next_ephemeral()).startswith("Programme added: Daily quote")
    await pass_time(house, 60 * 60)
    assert len(posts(reading)) == 1


async def test_a_post_has_its_thread_its_pin_and_its_mark(house: SlackHouse) -> None:
    """What was asked for comes with the post, once."""
    reading = house.server.channel("reading")
    await plan(house, "add excerpt #reading every day 09:00 thread:yes pin:yes")
    await pass_time(house, MORNING)
    (post,) = posts(reading)
    assert post.pinned
    assert len(post.replies) == 1
    assert post.metadata is not None


async def test_without_a_place_the_programme_waits_with_one_notice(house: SlackHouse) -> None:
    """Who is to invite the app is told once, and how (card 8.10); its button makes the post as soon as it is there."""
    mia, reading = house.server.person("Mia"), house.server.channel("reading")
    await plan(house, "add excerpt #reading every day 09:00")
    reading.members.discard(house.server.bot_user_id)
    await pass_time(house, MORNING)
    await pass_time(house, 60 * 60)
    (notice,) = posts(house.server.dm(mia))
    assert words(notice).startswith("Not posted: Daily excerpt, Wed 25 Nov, 09:00")
    assert "Missing: a place in " in words(notice)
    assert "Grant: type /invite @" in words(notice)
    assert posts(reading) == []
    reading.members.add(house.server.bot_user_id)
    await mia.press(notice, "Post now")
    await pass_time(house, DAY)
    assert [words(each).split(", part")[0] for each in posts(reading)] == [
        "Excerpt for Wed 25 Nov",
        "Excerpt for Thu 26 Nov",
    ]


async def test_a_member_s_press_on_a_moderator_s_old_button_changes_nothing(house: SlackHouse) -> None:
    """In the log channel everybody sees the notice; the rights are looked at again at every press."""
    ben, reading, log = (
        house.server.person("Ben"),
        house.server.channel("reading"),
        house.server.channel("log"),
    )
    await house.told("Mia", "/hr-settings", "log:#log")
    await plan(house, "add quote #reading every day 09:00")
    reading.members.discard(house.server.bot_user_id)
    await pass_time(house, MORNING)
    notice = posts(log)[-1]
    assert labels(notice.blocks) == ["Post now", "Skip today", "Pause the programme"]
    reading.members.add(house.server.bot_user_id)
    await ben.press(notice, "Post now")
    refused = "/hr-schedule is for this community’s moderators. /hr-suggest brings an idea to them."
    assert words(await ben.next_ephemeral()) == refused
    await pass_time(house, 60)
    assert posts(reading) == []


async def test_a_rate_limit_delays_a_post_and_doubles_none(house: SlackHouse) -> None:
    """A 429 is waited for by the ledger, and the post stands there once."""
    reading = house.server.channel("reading")
    await plan(house, "add quote #reading every day 09:00")
    house.server.fail_next("chat.postMessage", "ratelimited", retry_after=40)
    await pass_time(house, MORNING)
    assert posts(reading) == []
    await pass_time(house, 60)
    assert len(posts(reading)) == 1
