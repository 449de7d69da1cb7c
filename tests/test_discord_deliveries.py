"""What must reach Discord even if the process dies: posts, edits, threads, pins, notices; and why it may not."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.core.cards import Card, line, say
from bot.core.effects import Answered, AskAfter, Call, Direct, Edit, Notice, OpenThread, Pin, Post
from bot.core.events import FailureKind, MessageRef
from bot.core.inline import Mention
from tests.discord_house import ASKED, CLOSED, House, discord_house
from tests.local_discord import Channel, Message, Permission

THREAD = OpenThread(name="Quotation by Joe Todd, 24 November", card=line("What fits this?"))


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Give a bot that has started on a local Discord."""
    async with discord_house(monkeypatch) as made:
        yield made


def message_at(house: House, ref: MessageRef | None) -> Message:
    """Find the message that a reference names."""
    assert ref is not None
    return house.server.world.channels[ref.channel].history[ref.message]


def now(house: House) -> int:
    """Give Discord's own time, by which its messages are dated."""
    return int(house.server.clock.now())


async def posted(house: House, card: Card = ASKED) -> Message:
    """Post a card, and give its message."""
    return message_at(house, await house.deliver(Post(channel=house.server.general.id, card=card)))


def ref_of(message: Message) -> MessageRef:
    """Say where a message stands."""
    return MessageRef(message.channel.id, message.id)


async def test_a_post_arrives_with_its_buttons(house: House) -> None:
    """A post is a message in its channel, card and buttons."""
    message = await posted(house)
    assert [message] == house.server.general.messages
    expected = ("Who said it?", ["press", "share", "change", "form"])
    assert expected == (message.embeds[0]["title"], message.labels)


async def test_a_post_sent_twice_with_one_key_stands_there_once(house: House) -> None:
    """The key is Discord's nonce: a second attempt gives the message of the first."""
    first, again = await posted(house), await posted(house)
    assert (first, [first]) == (again, house.server.general.messages)


async def test_a_post_pings_its_role_and_nobody_else(house: House) -> None:
    """The role of a programme is notified; a member or a role that the card names is not."""
    chosen, other = house.server.role("readers"), house.server.role("others")
    chosen.mentionable = other.mentionable = True
    card = line(
        "For ", Mention(other.id, "others", notify=True, role=True), Mention(house.ana.id, "Ana", notify=True)
    )
    ref = await house.deliver(Post(channel=house.server.general.id, card=card, ping=chosen.id))
    assert frozenset({chosen.id}) == message_at(house, ref).pings


async def test_an_edit_replaces_everything_and_may_be_repeated(house: House) -> None:
    """An edit leaves nothing of the old card, and a second time changes nothing more."""
    message = await posted(house)
    for _ in range(2):
        where = await house.deliver(Edit(card=line("Closed.")), ref_of(message))
    assert ref_of(message) == where
    assert (message.text, message.embeds + message.components) == ("Closed.", [])
    await house.deliver(Edit(card=ASKED), ref_of(message))
    assert (message.content, len(message.embeds)) == ("", 1)


async def test_a_thread_is_opened_and_begun(house: House) -> None:
    """A thread on a message begins with its card; where that stands is given back."""
    message = await posted(house)
    ref = await house.deliver(THREAD, ref_of(message))
    assert message.thread is not None
    expected = (THREAD.name, ["What fits this?"])
    assert expected == (message.thread.name, [each.text for each in message.thread.messages])
    assert MessageRef(message.id, message.thread.messages[0].id) == ref


@pytest.mark.parametrize("heard", [True, False])
async def test_a_thread_opened_before_is_not_begun_again(house: House, *, heard: bool) -> None:
    """A thread that the bot has begun already is left as it is, whether it knows of the thread or is told now."""
    message = await posted(house)
    opened = house.client.wait_for("thread_create", timeout=10)
    first = await house.deliver(THREAD, ref_of(message), key="first")
    thread = await opened
    if not heard:
        thread.guild._threads.clear()
    for key, recover in (("second", False), ("third", True)):
        assert first == await house.deliver(THREAD, ref_of(message), key=key, recover=recover)
    assert message.thread is not None
    assert len(message.thread.messages) == 1
    house.server.violations.clear()


async def test_a_thread_that_crashed_before_its_card_is_begun(house: House) -> None:
    """A thread without a word of the bot's gets its card."""
    message = await posted(house)
    opened = house.client.wait_for("thread_create", timeout=10)
    house.server.fail_next("POST", "/channels/*/messages", status=503)
    assert (await house.refused(THREAD, ref_of(message)))[0] == FailureKind.PASSING
    await opened
    await house.deliver(THREAD, ref_of(message), recover=True)
    assert message.thread is not None
    assert [each.text for each in message.thread.messages] == ["What fits this?"]


async def test_a_message_in_a_thread_gets_a_reply_instead_of_a_thread(house: House) -> None:
    """Where no thread can be opened, the card is a reply under the message, and is not repeated."""
    message = await posted(house)
    house.server.fail_next("POST", "/channels/*/messages/*/threads", status=400, code=50024, times=2)
    reply = message_at(house, await house.deliver(THREAD, ref_of(message), key="first"))
    again = await house.deliver(THREAD, ref_of(message), key="second", recover=True, due=now(house))
    below = reply.wire["message_reference"]["message_id"]
    assert ("What fits this?", message.id, ref_of(reply)) == (reply.text, below, again)
    house.server.violations.clear()


async def test_a_reply_without_the_history_stands_alone(house: House) -> None:
    """Where the bot may not read, and so not reply, the card is a message of its own."""
    message = await posted(house)
    await denied_in(house, house.server.general, Permission.READ_MESSAGE_HISTORY)
    house.server.fail_next("POST", "/channels/*/messages/*/threads", status=400, code=50024)
    ref = await house.deliver(THREAD, ref_of(message), key="first")
    assert message_at(house, ref).text == "What fits this?"
    house.server.violations.clear()


async def thread_asleep(house: House) -> Message:
    """Give a card in a thread that was archived since."""
    message = await posted(house)
    await house.deliver(THREAD, ref_of(message))
    assert message.thread is not None
    within = message_at(house, await house.deliver(Post(channel=message.thread.id, card=ASKED), key="within"))
    within.channel.archived = True
    return within


def refused_as_archived(house: House) -> int:
    """Count the requests that Discord refused because a thread is archived; each is forgiven."""
    codes = [each.request.code for each in house.server.violations]
    house.server.violations.clear()
    return codes.count(50083)


async def test_a_round_in_an_archived_thread_is_closed_all_the_same(house: House) -> None:
    """Discord changes nothing in an archived thread, so it is brought back first."""
    within = await thread_asleep(house)
    await house.deliver(Edit(card=CLOSED), ref_of(within))
    assert (within.labels, within.channel.archived) == (["press"], False)
    within.channel.archived = True
    await house.deliver(Pin(), ref_of(within))
    assert within.pinned
    assert refused_as_archived(house) == 2


async def test_a_locked_thread_stays_as_it_is(house: House) -> None:
    """What a moderator has locked, nobody else brings back: the permission that would is missing."""
    within = await thread_asleep(house)
    within.channel.locked = True
    kind, _, _ = await house.refused(Edit(card=CLOSED), ref_of(within))
    assert (kind, within.edits) == (FailureKind.FORBIDDEN, [])
    assert refused_as_archived(house) == 1


async def test_a_message_is_pinned_once(house: House) -> None:
    """A pin may be repeated."""
    message = await posted(house)
    for _ in range(2):
        assert ref_of(message) == await house.deliver(Pin(), ref_of(message))
    assert [message] == house.server.general.pins


async def test_a_notice_goes_to_its_channel_or_else_directly(house: House) -> None:
    """With a log channel a notice stands there; without one it goes to the member, its buttons about this server."""
    log = house.server.channel("log")
    there = message_at(house, await house.deliver(Notice(card=CLOSED, channel=log.id)))
    directly = message_at(house, await house.deliver(Notice(card=CLOSED, member=house.ana.id)))
    assert (log, house.ana.direct) == (there.channel, directly.channel)
    assert f"1:demo:press:7@{house.server.home.id}" == directly.buttons[0].custom_id


async def test_closed_direct_messages_are_a_missing_permission(house: House) -> None:
    """Who takes no direct messages is told apart from a fault that passes."""
    house.ana.user.accepts_direct_messages = False
    told = await house.refused(Direct(member=house.ana.id, card=CLOSED))
    assert told == (FailureKind.FORBIDDEN, "Direct Messages", 0)


@pytest.mark.parametrize(
    ("denied", "name"),
    [
        (Permission.VIEW_CHANNEL, "View Channel"),
        (Permission.SEND_MESSAGES, "Send Messages"),
        (Permission.EMBED_LINKS, "Embed Links"),
    ],
)
async def test_a_post_names_the_permission_that_it_lacks(house: House, denied: Permission, name: str) -> None:
    """A refusal for a missing permission names it as Discord's settings do."""
    await denied_in(house, house.server.general, denied)
    told = await house.refused(Post(channel=house.server.general.id, card=ASKED))
    assert (FailureKind.FORBIDDEN, name, 0) == told


async def test_a_post_to_a_server_that_was_left_lacks_the_channel_itself(house: House) -> None:
    """Without the server there is no permission to look up, and what lacks is the sight of the channel."""
    left = house.client.wait_for("guild_remove", timeout=10)
    house.server.remove_bot(house.server.home)
    await left
    told = await house.refused(Post(channel=house.server.general.id, card=ASKED))
    assert told == (FailureKind.FORBIDDEN, "View Channel", 0)


@pytest.mark.parametrize(
    ("call", "denied", "name"),
    [
        (THREAD, Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (THREAD, Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
        (Pin(), Permission.PIN_MESSAGES, "Pin Messages"),
    ],
)
async def test_a_call_on_a_message_names_the_permission_that_it_lacks(
    house: House, call: Call, denied: Permission, name: str
) -> None:
    """Threads and pins have permissions of their own, and each is named."""
    message = await posted(house)
    await denied_in(house, house.server.general, denied)
    assert (FailureKind.FORBIDDEN, name, 0) == await house.refused(call, ref_of(message))


async def test_a_post_into_a_thread_names_the_permission_for_threads(house: House) -> None:
    """In a thread it is not Send Messages that lacks, but its counterpart for threads."""
    message = await posted(house)
    thread = await house.deliver(THREAD, ref_of(message))
    assert thread is not None
    await denied_in(house, house.server.general, Permission.SEND_MESSAGES_IN_THREADS)
    told = await house.refused(Post(channel=thread.channel, card=CLOSED))
    assert told == (FailureKind.FORBIDDEN, "Send Messages in Threads", 0)


async def test_what_is_gone_is_told_as_gone(house: House) -> None:
    """A deleted channel, a deleted message and a server without the bot are gone for good."""
    message = await posted(house)
    away = MessageRef(message.channel.id, "1")
    kinds = [(await house.refused(Edit(card=CLOSED), away))[0]]
    house.server.delete_channel(house.server.general)
    kinds.append((await house.refused(Post(channel=house.server.general.id, card=ASKED)))[0])
    left = house.client.wait_for("guild_remove", timeout=10)
    house.server.remove_bot(house.server.home)
    await left
    kinds.append((await house.refused(Edit(card=CLOSED), ref_of(message)))[0])
    assert kinds == [FailureKind.GONE] * 3


async def test_what_discord_will_never_take_is_refused(house: House) -> None:
    """A message that Discord finds wrong, or that would be too large, is not tried again."""
    house.server.fail_next(
        "POST", "/channels/*/messages", status=400, code=50035, message="Invalid Form Body"
    )
    channel = house.server.general.id
    invalid = await house.refused(Post(channel=channel, card=ASKED))
    too_large = await house.refused(Post(channel=channel, card=Card(title="Marks", body=(say("*" * 2_900),))))
    no_channel = await house.refused(Post(channel="general", card=ASKED))
    assert [invalid[0], too_large[0], no_channel[0]] == [FailureKind.REFUSED] * 3
    house.server.violations.clear()


@pytest.mark.parametrize("status", [503, 401, 0])
async def test_what_may_pass_is_told_as_passing(house: House, status: int) -> None:
    """Discord's own faults, a token that is being replaced and a broken connection are worth another attempt."""
    house.server.fail_next("POST", "/channels/*/messages", status=status)
    kind, _, seconds = await house.refused(Post(channel=house.server.general.id, card=ASKED))
    assert (kind, seconds) == (FailureKind.PASSING, 0)


async def test_a_long_rate_limit_is_left_to_the_ledger(house: House) -> None:
    """A limit longer than half a minute is not waited for, but told with its own word on when to try again."""
    house.server.limit_next("POST", "/channels/*/messages", retry_after=99.5)
    told = await house.refused(Post(channel=house.server.general.id, card=ASKED))
    assert told == (FailureKind.PASSING, "rate limit", 100)


async def test_a_short_rate_limit_is_waited_for(house: House) -> None:
    """A limit that is over soon delays a post and does not fail it."""
    house.server.limit_next("POST", "/channels/*/messages", retry_after=0.01)
    assert [await posted(house)] == house.server.general.messages


@pytest.mark.parametrize("card", [ASKED, Card(title="No buttons", body=(say("Words."),)), line("One line.")])
async def test_a_post_that_arrived_unnoticed_is_found_and_not_repeated(house: House, card: Card) -> None:
    """When the answer was lost, the post is recognised by its tokens, or by its words where it has none."""
    post, due = Post(channel=house.server.general.id, card=card), now(house)
    house.ana.says("One line.")
    await posted(house, CLOSED)
    house.server.fail_next("POST", "/channels/*/messages", status=0, when="after")
    lost = await house.refused(post, key="the key", due=due)
    house.server.clock.advance(3_600)
    found = await house.deliver(post, key="the key", due=due, recover=True)
    assert lost[0] == FailureKind.PASSING
    assert (3, ref_of(house.server.general.messages[-1])) == (len(house.server.general.messages), found)


async def test_a_post_is_recognised_by_its_tokens_whatever_became_of_its_words(house: House) -> None:
    """Discord may trim or change what a card says; the tokens under it stay as they were sent."""
    post, due = Post(channel=house.server.general.id, card=ASKED), now(house)
    message = await posted(house)
    message.change({"embeds": [{"type": "rich", "title": "Something else"}]})
    assert ref_of(message) == await house.deliver(post, key="another key", due=due, recover=True)


async def test_a_post_that_never_arrived_is_made(house: House) -> None:
    """What is not found is posted; an older message that looks the same does not count."""
    old = await posted(house)
    house.server.clock.advance(86_400)
    post = Post(channel=house.server.general.id, card=ASKED)
    made = await house.deliver(post, key="a new key", due=now(house), recover=True)
    assert (len(house.server.general.messages), ref_of(old) == made) == (2, False)


async def test_a_direct_message_that_arrived_unnoticed_is_found(house: House) -> None:
    """Direct messages are looked through like channels, by tokens that carry their server."""
    direct, due = Direct(member=house.ana.id, card=CLOSED), now(house)
    first = await house.deliver(direct, due=due)
    again = await house.deliver(direct, key="another", due=due, recover=True)
    assert (first, 1) == (again, len(house.ana.direct.messages))


async def test_without_the_history_nothing_is_posted_twice(house: House) -> None:
    """Where the bot may not read, nobody can tell whether a post has arrived, so it is given up."""
    await denied_in(house, house.server.general, Permission.READ_MESSAGE_HISTORY)
    post = Post(channel=house.server.general.id, card=ASKED)
    told = await house.refused(post, due=now(house), recover=True)
    assert told == (FailureKind.LOST, "Read Message History", 0)
    assert house.server.general.messages == []


async def test_a_history_that_is_too_long_is_not_read_to_its_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a long time in a busy channel the search ends, and nothing is posted twice."""
    monkeypatch.setattr("adapters.discord.recovery.MOST", 3)
    due = now(house)
    for _ in range(3):
        house.ana.says("Hello.")
    post = Post(channel=house.server.general.id, card=ASKED)
    assert (await house.refused(post, due=due, recover=True))[0] == FailureKind.LOST


@pytest.mark.parametrize(("call", "where"), [(Answered(), None), (Edit(card=CLOSED), None)])
async def test_what_cannot_be_made_again_is_lost(house: House, call: Call, where: Any) -> None:
    """An interaction's answer, and a call on a message that nobody can find, are not guessed at."""
    assert (await house.refused(call, where))[0] == FailureKind.LOST


async def test_before_the_start_and_after_the_stop_nothing_is_delivered(house: House) -> None:
    """A delivery that meets no connection is tried again later."""
    await house.platform.stop()
    post = Post(channel=house.server.general.id, card=ASKED)
    stopped = await house.refused(post)
    house.platform = house.new_platform()
    assert [stopped, await house.refused(post)] == [(FailureKind.PASSING, "not connected", 0)] * 2


async def denied_in(house: House, channel: Channel, denied: Permission) -> None:
    """Take a permission from the bot in a channel, and wait until it has heard of that."""
    changed = house.client.wait_for("guild_channel_update", timeout=10)
    house.server.permit(channel, deny=denied)
    await changed


async def test_a_look_for_a_member_says_whether_they_are_here(house: House) -> None:
    """Discord is asked for the one member, which takes no privileged intent; who is not there is gone."""
    assert await house.deliver(AskAfter(member=house.ana.id)) is None
    assert (await house.refused(AskAfter(member="4242")))[0] is FailureKind.GONE
    assert house.server.general.messages == []
