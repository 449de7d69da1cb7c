"""Deliveries on Slack: posted once, edited, threaded, pinned, found again after a crash, and sorted when they fail."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.base import Undelivered
from adapters.slack import deliveries
from adapters.slack.app import SlackPlatform
from adapters.slack.client import Pace
from bot.core.cards import Card, line
from bot.core.effects import Answered, AskAfter, Call, Deliver, Direct, Edit, Notice, OpenThread, Pin, Post
from bot.core.events import FailureKind, MessageRef
from tests.local_slack import Channel, Clock, LocalSlack, Message, shown_text
from tests.slack_desk import COMMUNITY, NOON, Script, card, connected, platform, workspace

KEY = "d7"
CARD = card("Save", text="Words.")


def deliver(call: Call, *, message: Message | MessageRef | None = None, recover: bool = False) -> Deliver:
    """Make the order for one delivery."""
    ref = MessageRef(message.channel.id, message.ts) if isinstance(message, Message) else message
    return Deliver(id=7, community=COMMUNITY, call=call, key=KEY, due=NOON, message=ref, recover=recover)


def post(channel: Channel, shown: Card = CARD, ping: str = "") -> Post:
    """Make the call that posts a card in a channel."""
    return Post(channel=channel.id, card=shown, ping=ping)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """Start a Slack."""
    async with workspace() as server:
        yield server


@pytest.fixture
async def bot(slack: LocalSlack) -> AsyncIterator[SlackPlatform]:
    """Connect the platform."""
    async with connected(slack, Script()) as made:
        yield made


# What arrives ---------------------------------------------------------------------------------------------


async def test_post_carries_its_key_and_no_previews(slack: LocalSlack, bot: SlackPlatform) -> None:
    """A post says where it stands, and can be found by its key."""
    ref = await bot.deliver(deliver(post(slack.general)))
    (message,) = slack.general.messages
    assert ref == MessageRef(slack.general.id, message.ts)
    assert message.metadata == {"event_type": "hundred_regiments_post", "event_payload": {"key": KEY}}
    assert (message.text, message.unfurl_links, message.unfurl_media) == ("Card: Words.", False, False)


async def test_ping_stands_above_the_card(slack: LocalSlack, bot: SlackPlatform) -> None:
    """The one group that is to be notified is mentioned, in the blocks and in the text."""
    await bot.deliver(deliver(post(slack.general, ping="S1READERS")))
    (message,) = slack.general.messages
    assert shown_text(message.blocks).splitlines()[0] == "<!subteam^S1READERS>"
    assert message.text == "<!subteam^S1READERS> Card: Words."


async def test_edit_puts_a_card_in_place_and_keeps_the_key(slack: LocalSlack, bot: SlackPlatform) -> None:
    """An edit changes what the message shows, and it is still found by its key."""
    await bot.deliver(deliver(post(slack.general)))
    (message,) = slack.general.messages
    ref = await bot.deliver(deliver(Edit(card=card(text="Closed.")), message=message))
    assert (message.text, ref) == ("Card: Closed.", MessageRef(slack.general.id, message.ts))
    assert await bot.deliver(deliver(post(slack.general), recover=True)) == ref


async def test_thread_is_a_reply_under_the_message(slack: LocalSlack, bot: SlackPlatform) -> None:
    """Slack's threads have no name: the card stands under the message."""
    await bot.deliver(deliver(post(slack.general)))
    (message,) = slack.general.messages
    opened = OpenThread(name="Quotation by Joe Todd", card=line("What fits this?"))
    ref = await bot.deliver(deliver(opened, message=message))
    (reply,) = message.replies
    assert (reply.text, ref) == ("What fits this?", MessageRef(slack.general.id, reply.ts))


async def test_pin_twice_is_pinned(slack: LocalSlack, bot: SlackPlatform) -> None:
    """A message that is pinned already is as it should be."""
    await bot.deliver(deliver(post(slack.general)))
    (message,) = slack.general.messages
    for _ in range(2):
        await bot.deliver(deliver(Pin(), message=message))
    assert slack.general.pins == [message]


async def test_notice_goes_to_the_log_channel_or_to_the_member(slack: LocalSlack, bot: SlackPlatform) -> None:
    """With a channel set it is posted there, without one it is a direct message; so is a message to one member."""
    mia = slack.person("Mia")
    moderators = slack.channel("moderators", private=True)
    await bot.deliver(deliver(Notice(card=line("One."), channel=moderators.id, member=mia.id)))
    await bot.deliver(deliver(Notice(card=line("Two."), member=mia.id)))
    await bot.deliver(deliver(Direct(member=mia.id, card=line("Three."))))
    assert [message.text for message in moderators.messages] == ["One."]
    assert [message.text for message in mia.dm.messages] == ["Two.", "Three."]


# After a crash --------------------------------------------------------------------------------------------


async def test_post_that_arrived_before_a_crash_is_found(slack: LocalSlack, bot: SlackPlatform) -> None:
    """A post whose answer was lost is recognised by its key and not made again."""
    slack.fail_next("chat.postMessage", http_status=500, after_effect=True)
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(post(slack.general)))
    assert raised.value.kind is FailureKind.PASSING
    ref = await bot.deliver(deliver(post(slack.general), recover=True))
    (message,) = slack.general.messages
    assert ref == MessageRef(slack.general.id, message.ts)


async def test_post_that_did_not_arrive_is_made(slack: LocalSlack, bot: SlackPlatform) -> None:
    """When the channel holds no post of this key it is posted; another's post with the key is none of ours."""
    other = {"event_type": "hundred_regiments_post", "event_payload": {"key": KEY}}
    slack.post(slack.general, text="A member's", author=slack.person("Eve"), metadata=other)
    await bot.deliver(replace(deliver(post(slack.general)), key="d8"))
    await bot.deliver(deliver(post(slack.general), recover=True))
    assert len(slack.general.messages) == 3


async def test_post_is_looked_for_on_every_page(
    slack: LocalSlack, bot: SlackPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest messages come first, so an older post may stand on a later page."""
    monkeypatch.setattr(deliveries, "PAGE", 2)
    expected = await bot.deliver(deliver(post(slack.general)))
    for number in range(5):
        slack.person("Ana").says(f"Message {number}")
    assert await bot.deliver(deliver(post(slack.general), recover=True)) == expected
    assert [call.method for call in slack.calls].count("conversations.history") == 3


async def test_what_is_older_than_the_due_time_is_not_looked_at(
    slack: LocalSlack, bot: SlackPlatform
) -> None:
    """A post from before its time cannot be this one."""
    await bot.deliver(deliver(post(slack.general)))
    await bot.deliver(replace(deliver(post(slack.general), recover=True), due=NOON + 3_600))
    assert len(slack.general.messages) == 2


async def test_reply_in_a_thread_is_found_there(slack: LocalSlack, bot: SlackPlatform) -> None:
    """A thread that was opened before a crash is not opened again."""
    await bot.deliver(deliver(post(slack.general)))
    (message,) = slack.general.messages
    opened = replace(deliver(OpenThread(name="A thread", card=line("Why?")), message=message), key="d8")
    first = await bot.deliver(opened)
    assert await bot.deliver(replace(opened, recover=True)) == first
    assert len(message.replies) == 1


async def test_without_history_nothing_is_posted_twice(slack: LocalSlack) -> None:
    """Where the bot may not read, nobody can say whether the post arrived: it is given up, not repeated."""
    slack.scopes -= {"channels:history"}
    async with connected(slack, Script()) as bot:
        await bot.deliver(deliver(post(slack.general)))
        with pytest.raises(Undelivered) as raised:
            await bot.deliver(deliver(post(slack.general), recover=True))
    assert raised.value.kind is FailureKind.LOST
    assert len(slack.general.messages) == 1


# What does not arrive -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "kind", "detail"),
    [
        ("not_in_channel", FailureKind.FORBIDDEN, "Missing: a place in the channel. Grant: type /invite"),
        (
            "restricted_action",
            FailureKind.FORBIDDEN,
            "Missing: the right to post in the channel. Grant: Channel",
        ),
        ("restricted_action_read_only_channel", FailureKind.FORBIDDEN, "Missing: the right to post"),
        ("token_revoked", FailureKind.PASSING, "Slack does not take the bot’s token (token_revoked)"),
        ("account_inactive", FailureKind.PASSING, "Slack does not take the bot’s token (account_inactive)"),
        (
            "channel_not_found",
            FailureKind.GONE,
            "The channel is gone, or it is private and the bot has no place in it.",
        ),
        ("is_archived", FailureKind.GONE, "The channel is archived. Grant: unarchive it"),
        ("msg_too_long", FailureKind.REFUSED, "msg_too_long"),
        ("some_new_error", FailureKind.REFUSED, "some_new_error"),
        ("internal_error", FailureKind.PASSING, "internal_error"),
        ("fatal_error", FailureKind.PASSING, "fatal_error"),
    ],
)
async def test_refusal_is_sorted_by_what_can_be_done(
    slack: LocalSlack, bot: SlackPlatform, error: str, kind: FailureKind, detail: str
) -> None:
    """Every refusal of Slack's tells the ledger what to do next, and moderators what to grant."""
    slack.fail_next("chat.postMessage", error)
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(post(slack.general)))
    assert (raised.value.kind, raised.value.retry_after) == (kind, 0)
    assert raised.value.detail.startswith(detail)


async def test_refusals_of_a_real_channel(slack: LocalSlack, bot: SlackPlatform) -> None:
    """A channel without the bot, an archived one, an unknown one, and a message that is gone."""
    without, archived = slack.channel("without", bot=False), slack.channel("archived")
    archived.archived = True
    gone = MessageRef(slack.general.id, "1.000001")
    kinds = []
    for call, ref in (
        (post(without), None),
        (post(archived), None),
        (Post(channel="C0NOWHERE", card=CARD), None),
        (Edit(card=CARD), gone),
        (OpenThread(name="A thread", card=CARD), None),
        (Direct(member="U0NOBODY", card=CARD), None),
    ):
        with pytest.raises(Undelivered) as raised:
            await bot.deliver(deliver(call, message=ref))
        kinds.append(raised.value.kind)
    assert kinds == [FailureKind.FORBIDDEN, *[FailureKind.GONE] * 5]


async def test_missing_scope_is_named(slack: LocalSlack, bot: SlackPlatform) -> None:
    """Moderators learn which scope to add."""
    await bot.deliver(deliver(post(slack.general)))
    slack.scopes -= {"pins:write"}
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(Pin(), message=slack.general.messages[0]))
    assert raised.value.kind is FailureKind.FORBIDDEN
    assert raised.value.detail.startswith(
        "Missing scope: pins:write. Grant: add it under OAuth & Permissions"
    )


async def test_long_rate_limit_is_left_to_the_ledger(slack: LocalSlack, bot: SlackPlatform) -> None:
    """When Slack asks for half a minute the delivery comes back with that, instead of being held in memory."""
    slack.fail_next("chat.postMessage", "ratelimited", retry_after=30)
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(post(slack.general)))
    assert (raised.value.kind, raised.value.retry_after) == (FailureKind.PASSING, 30)
    assert slack.general.messages == []


async def test_short_rate_limit_is_waited_for(
    slack: LocalSlack, bot: SlackPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wait that Slack counts in seconds is taken on the spot, once."""
    monkeypatch.setattr("slack_sdk.http_retry.builtin_async_handlers.random.random", lambda: 0.0)
    slack.fail_next("chat.postMessage", "ratelimited", retry_after=0)
    await bot.deliver(deliver(post(slack.general)))
    assert [message.text for message in slack.general.messages] == ["Card: Words."]


async def test_fault_of_slacks_and_of_the_network_pass() -> None:
    """A server's error and a dead connection are tried again later."""
    kinds = []
    async with LocalSlack(clock=Clock(start=float(NOON))) as slack:
        bot = platform(slack, Script())
        await bot.start()
        slack.fail_next("chat.postMessage", http_status=503)
        with pytest.raises(Undelivered) as raised:
            await bot.deliver(deliver(post(slack.general)))
        kinds.append(raised.value.kind)
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(post(slack.general)))
    await bot.stop()
    kinds.append(raised.value.kind)
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(post(slack.general)))
    assert [*kinds, raised.value.kind] == [FailureKind.PASSING] * 3


async def test_answer_to_an_interaction_is_never_made_again(bot: SlackPlatform) -> None:
    """What only its own interaction could show is lost with it."""
    with pytest.raises(Undelivered) as raised:
        await bot.deliver(deliver(Answered()))
    assert raised.value.kind is FailureKind.LOST


async def test_posts_to_one_channel_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second post to a channel waits its turn, one to another channel does not."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("adapters.slack.client.asyncio.sleep", sleep)
    pace = Pace(10.0)
    for channel in ("C1", "C2", "C1", "C1"):
        await pace.turn(channel)
    assert [round(each, -1) for each in waits] == [10.0, 20.0]


async def test_a_look_for_a_member_says_whether_they_are_here(slack: LocalSlack, bot: SlackPlatform) -> None:
    """Slack is asked for the account: one that was closed, or was never there, is gone."""
    ana = slack.person("ana")
    assert await bot.deliver(deliver(AskAfter(member=ana.id))) is None
    ana.deleted = True
    for member in (ana.id, "U404"):
        with pytest.raises(Undelivered) as raised:
            await bot.deliver(deliver(AskAfter(member=member)))
        assert raised.value.kind is FailureKind.GONE
    assert slack.general.messages == []
