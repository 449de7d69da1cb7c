"""Slack's interactions, from the payload to what people see: the real bolt app in Socket Mode against a local Slack."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence

import pytest

from adapters.base import StartFault
from adapters.slack import app
from adapters.slack.commands import Commands
from adapters.slack.people import _actor
from bot.core.cards import line
from bot.core.effects import Completions, Reply, Show
from bot.core.events import (
    Actor,
    CommandUsed,
    Place,
    Said,
)
from tests.local_slack import Clock, LocalSlack, labels
from tests.slack_desk import (
    COMMUNITY,
    NOON,
    REGISTRY,
    Script,
    asker,
    card,
    connected,
    everyone,
    platform,
    workspace,
)


@pytest.fixture
def desk() -> Script:
    """Give a desk whose script is empty."""
    return Script()


@pytest.fixture
async def slack(desk: Script) -> AsyncIterator[LocalSlack]:
    """Start a Slack with the platform connected to it."""
    async with workspace() as server, connected(server, desk):
        yield server


# Starting and stopping ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bot_token", "app_token", "expected"),
    [
        (
            "xoxb-wrong",
            "xapp-1-local-app",
            "Slack does not take SLACK_BOT_TOKEN (invalid_auth). Copy the token",
        ),
        (
            "xapp-1-local-app",
            "xapp-1-local-app",
            "Slack does not take SLACK_BOT_TOKEN (not_allowed_token_type).",
        ),
        (
            "xoxb-local-bot",
            "xapp-wrong",
            "Slack does not take SLACK_APP_TOKEN (invalid_auth). Copy the token",
        ),
        ("xoxb-local-bot", "xoxb-local-bot", "Slack does not take SLACK_APP_TOKEN (not_allowed_token_type)."),
        (
            "xoxb-local-bot",
            "",
            "Slack does not take SLACK_APP_TOKEN (not_authed). Copy the token that begins",
        ),
    ],
)
async def test_wrong_token_is_named(desk: Script, bot_token: str, app_token: str, expected: str) -> None:
    """A token that Slack refuses stops the start at once, with the name of the variable and where the right one is."""
    async with LocalSlack(clock=Clock(start=float(NOON))) as slack:
        made = platform(slack, desk)
        made._tokens = (bot_token, app_token)
        with pytest.raises(StartFault) as raised:
            await made.start()
        assert str(raised.value).startswith(expected)


async def test_unreachable_slack_is_said(desk: Script) -> None:
    """A Slack that cannot be reached is told as that, not as a wrong token."""
    async with workspace() as slack:
        made = platform(slack, desk)
    with pytest.raises(StartFault) as raised:
        await made.start()
    assert str(raised.value).startswith("Slack could not be reached (ClientConnectorError).")


async def test_stop_finishes_what_is_in_hand(desk: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post under way at a stop still arrives, and is reported, before the connection closes."""
    async with workspace() as slack:
        desk.answers["quote"] = [everyone(card(), delivery=7)]
        made = platform(slack, desk)
        await made.start()
        hold = slack.hold_next("chat.postMessage", after_effect=False)
        told_before: list[int] = []

        async def close() -> None:
            told_before.append(len(desk.told))
            await closed()

        closed = made._close
        monkeypatch.setattr(made, "_close", close)
        await slack.person("Ana").slash("/hr-quote")
        await hold.arrived()
        stopping = asyncio.create_task(made.stop())
        hold.release()
        await stopping
        assert (told_before, len(slack.general.messages)) == ([1], 1)
        await slack.disconnected()


async def test_stop_does_not_wait_for_ever(desk: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not done within the last seconds is given up."""
    monkeypatch.setattr(app, "LAST_WORDS", 0.0)
    async with workspace() as slack:
        desk.gate.clear()
        made = platform(slack, desk, patience=0)
        await made.start()
        late = await slack.person("Ana").slash("/hr-quote")
        await desk.reached.wait()
        await made.stop()
        assert len(late.answers) == 0


async def test_log_holds_neither_words_nor_tokens(
    slack: LocalSlack, desk: Script, caplog: pytest.LogCaptureFixture
) -> None:
    """Even at its most talkative the log says nothing of what people typed or were told, and no secret."""
    caplog.set_level(logging.DEBUG)
    desk.answers["quote"] = [asker("Quiet answer."), everyone(card(text="Loud answer."), delivery=7)]
    await slack.person("Ana").slash("/hr-quote", "private words")
    await desk.reported()
    for secret in ("private words", "Quiet answer", "Loud answer", slack.bot_token, slack.app_token):
        assert secret not in caplog.text


async def test_refreshed_connection_goes_on_listening(slack: LocalSlack, desk: Script) -> None:
    """When Slack asks for a new connection, the commands after it are heard."""
    desk.answers["quote"] = [asker("Again.")]
    await slack.disconnect()
    await slack.reconnected()
    await slack.connected()
    reply = await slack.person("Ana").slash("/hr-quote")
    assert (await reply.next_answer()).text == "Again."


# Commands -------------------------------------------------------------------------------------------------


async def test_command_reaches_the_core_as_it_was_typed(slack: LocalSlack, desk: Script) -> None:
    """Name, text, place, person and the payload's id: references are ids, entities are characters."""
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-quote", "about <!channel> & #general by @Ana https://example.org/a")
    assert desk.asked == [
        CommandUsed(
            place=Place(community=COMMUNITY, channel=slack.general.id),
            actor=Actor(id=ana.id, name="Ana"),
            at=NOON,
            id=reply.payload["trigger_id"],
            command="quote",
            text=f"about <!channel> & {slack.general.id} by {ana.id} https://example.org/a",
            asks=True,
        )
    ]


@pytest.mark.parametrize(
    ("command", "text", "expected"),
    [
        ("/hr-quote", "", ("quote", "")),
        ("/hr-schedule", "add  excerpt mon-fri", ("schedule add", "excerpt mon-fri")),
        ("/hr-schedule", "ADD excerpt", ("schedule add", "excerpt")),
        ("/hr-schedule", "", ("help", "schedule")),
        ("/hr-schedule", "help", ("help", "schedule")),
        ("/hr-schedule", "ad excerpt", ("schedule ad", "excerpt")),
        ("/hr-schedule", "add help", ("help", "schedule add")),
        ("/hr-quiz", "", ("quiz", "")),
        ("/hr-quiz", "stop", ("quiz stop", "")),
        ("/hr-quiz", "pluralism 5", ("quiz", "pluralism 5")),
        ("/hr-quote", "about:words ?", ("help", "quote")),
        ("/hr-quote", 'about:"help wanted"', ("quote", 'about:"help wanted"')),
        ("/hr-quote", "about:“help”", ("quote", "about:“help”")),
        ("/hr-quote", "are you sure?", ("quote", "are you sure?")),
        ("/hr-help", "help", ("help", "")),
        ("/hr-help", "schedule add", ("help", "schedule add")),
        ("/hr-help", "/hr-schedule add", ("help", "schedule add")),
        ("/hr-qoute", "words", ("qoute", "words")),
        ("/hr-quote", "&lt;b&gt; &amp;amp; <mailto:a@b.org|a@b.org>", ("quote", "<b> &amp; a@b.org")),
        ("/hr-quote", "<http://example.org|example.org> <https://a.b>", ("quote", "example.org https://a.b")),
        ("/hr-quote", "<!subteam^S1MODS|@mods> <#C1|>", ("quote", "S1MODS C1")),
    ],
)
def test_command_is_found_by_its_words(command: str, text: str, expected: tuple[str, str]) -> None:
    """Groups take their second word, a bare group and a call for help lead to /help, the rest stays as typed."""
    assert Commands(REGISTRY, "hr-").read(command, text) == expected


async def test_fast_answer_comes_with_the_acknowledgement(slack: LocalSlack, desk: Script) -> None:
    """An answer to the asker is in the acknowledgement itself, as an ephemeral message with its buttons."""
    desk.answers["quote"] = [Show(card=card("Another", text="Words."))]
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-quote")
    assert [(message.text, labels(message.blocks)) for message in ana.ephemerals] == [
        ("Card: Words.", ["Another"])
    ]
    assert reply.ack is not None
    assert (reply.ack["response_type"], reply.ack["unfurl_links"]) == ("ephemeral", False)
    assert [call.method for call in slack.calls if call.method == "response_url"] == []


async def test_fast_answer_to_everyone_stands_in_the_channel(slack: LocalSlack, desk: Script) -> None:
    """An answer for everyone is posted by the acknowledgement, even where the bot has no place."""
    desk.answers["quote"] = [everyone(card(text="Words."))]
    elsewhere = slack.channel("elsewhere", bot=False)
    ana = slack.person("Ana")
    elsewhere.members.add(ana.id)
    await ana.slash("/hr-quote", channel=elsewhere)
    assert (await elsewhere.next_message()).text == "Card: Words."


async def test_several_replies_come_in_order(slack: LocalSlack, desk: Script) -> None:
    """The first reply is in the acknowledgement, the others follow it."""
    desk.answers["quote"] = [asker("One."), asker("Two."), everyone(line("Three."))]
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-quote")
    assert [(await reply.next_answer()).text for _ in range(3)] == ["One.", "Two.", "Three."]
    assert [message.text for message in ana.ephemerals] == ["One.", "Two."]


async def test_late_answer_follows_the_acknowledgement(desk: Script) -> None:
    """When the core takes too long the command is acknowledged without an answer, which then comes the other way."""
    async with workspace() as slack, connected(slack, desk, patience=0):
        desk.answers["quote"] = [asker("Late.")]
        desk.gate.clear()
        reply = await slack.person("Ana").slash("/hr-quote")
        assert (reply.failed, len(reply.answers)) == (None, 0)
        desk.gate.set()
        assert (await reply.next_answer()).text == "Late."
        assert [call.method for call in slack.calls][-1] == "response_url"


async def test_repeated_delivery_is_told_to_the_core_with_the_same_id(
    slack: LocalSlack, desk: Script
) -> None:
    """A command and a press that Slack delivers twice have one id each, so that the core answers once."""
    desk.answers |= {"quote": [Show(card=card("Save"))], "test:press": [asker("Saved.")]}
    ana = slack.person("Ana")
    used = await ana.slash("/hr-quote")
    pressed = await ana.press(await used.next_answer(), "Save")
    await slack.redeliver(used)
    await slack.redeliver(pressed)
    await pressed.next_answer()
    first, second, third, fourth = [event.id for event in desk.asked]
    assert (first, second) == (third, fourth)
    assert first != second
    assert [message.text for message in ana.ephemerals] == ["Card: Body.", "Saved."]


async def test_fault_on_the_way_is_apologised_for(
    slack: LocalSlack, desk: Script, caplog: pytest.LogCaptureFixture
) -> None:
    """What goes wrong in the adapter itself is logged, acknowledged, and told to whoever asked."""

    def broken(_: Said) -> Sequence[Reply]:
        raise RuntimeError("broken")

    desk.answers["quote"] = broken
    with caplog.at_level(logging.ERROR):
        reply = await slack.person("Ana").slash("/hr-quote")
        told = await reply.next_answer()
    assert reply.failed is None
    assert told.text.startswith("Sorry, the answer could not be shown")
    assert "an interaction could not be answered" in caplog.messages


async def test_completions_have_no_place_on_slack(
    slack: LocalSlack, desk: Script, caplog: pytest.LogCaptureFixture
) -> None:
    """They are never asked for; given all the same they are noted, and the rest is carried out."""
    desk.answers["quote"] = [Completions(()), asker("Words.")]
    reply = await slack.person("Ana").slash("/hr-quote")
    assert (await reply.next_answer()).text == "Words."
    assert "completions were given to an interaction that shows none" in caplog.messages


# Who and where --------------------------------------------------------------------------------------------


async def test_admins_and_owners_are_administrators(slack: LocalSlack, desk: Script) -> None:
    """Slack says who administers; the name is the one that people see."""
    people = [slack.person("Mia", admin=True), slack.person("Olu", owner=True), slack.person("Ana")]
    people[2].display_name = "Ana <3"
    for person in people:
        await person.slash("/hr-quote")
    assert [(event.actor.name, event.actor.administrator) for event in desk.asked] == [
        ("Mia", True),
        ("Olu", True),
        ("Ana <3", False),
    ]


async def test_slack_is_asked_about_somebody_once_in_ten_minutes(slack: LocalSlack, desk: Script) -> None:
    """The second command within minutes needs no second users.info."""
    ana = slack.person("Ana")
    await ana.slash("/hr-quote")
    await ana.slash("/hr-quote")
    assert [call.params["user"] for call in slack.calls if call.method == "users.info"] == [ana.id]
    assert len(desk.asked) == 2


@pytest.mark.parametrize("error", ["ratelimited", "missing_scope", "internal_error"])
async def test_somebody_unknown_is_a_member_by_their_handle(
    slack: LocalSlack, desk: Script, error: str
) -> None:
    """When Slack does not say who somebody is they are answered at once, without rights, and asked about again."""
    mia = slack.person("Mia", admin=True)
    slack.fail_next("users.info", error, retry_after=600)
    await mia.slash("/hr-quote")
    await mia.slash("/hr-quote")
    assert [(event.actor.name, event.actor.administrator) for event in desk.asked] == [
        ("mia", False),
        ("Mia", True),
    ]


def test_admin_of_another_company_is_no_administrator() -> None:
    """In a shared channel Slack tells of the other workspace's admins too; they administer nothing here."""
    found = {"team_id": "T0OTHER", "is_admin": True, "name": "eve", "profile": {}}
    assert _actor("U1", found, "T0LOCAL001") == Actor(id="U1", name="eve")


async def test_direct_messages_with_the_bot_are_alone_and_others_are_not(
    slack: LocalSlack, desk: Script
) -> None:
    """Nobody else sees a direct message with the bot; one between two members is as public as a channel."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    theirs = slack.dm(ben)
    theirs.members.add(ana.id)
    for channel in (ana.dm, theirs, slack.general):
        await ana.slash("/hr-quote", channel=channel)
    assert [event.place.alone for event in desk.asked] == [True, False, False]


# Hostile words, events ------------------------------------------------------------------------------------


async def test_what_somebody_typed_comes_back_as_text(slack: LocalSlack, desk: Script) -> None:
    """References, links and marks that were typed reach the core as typed, and are shown as words."""

    def echo(event: Said) -> Sequence[Reply]:
        return [everyone(line(f"“{event.text}”"))] if isinstance(event, CommandUsed) else []

    desk.answers["quote"] = echo
    typed = "&lt;!channel&gt; &lt;@U1&gt; &lt;<http://x%7Cy>&gt; &amp;amp; *b*"
    await slack.person("Ana").slash("/hr-quote", typed, escaped=False)
    post = await slack.general.next_message()
    (block,) = post.blocks
    assert block["text"]["type"] == "plain_text"
    assert block["text"]["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == (
        "“<!channel> <@U1> <http://x%7Cy> &amp; *b*”"
    )
    assert "<" not in post.text


async def test_other_tab_of_the_app_asks_for_nothing(slack: LocalSlack, desk: Script) -> None:
    """Opening the messages tab publishes no page."""
    await slack.event({"type": "app_home_opened", "user": slack.person("Ana").id, "tab": "messages"})
    assert desk.asked == []
