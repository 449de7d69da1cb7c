"""How the core's replies reach people on Slack: public answers, presses, updates, forms and files."""

from collections.abc import AsyncIterator, Sequence

import pytest

from bot.core.cards import Card, line, say
from bot.core.effects import Audience, FieldErrors, Reply, SendFile, Show, Update
from bot.core.events import (
    ButtonPressed,
    DeliveryFailed,
    DeliveryMade,
    FailureKind,
    FormSubmitted,
    MessageRef,
    Place,
    Said,
)
from tests.local_slack import LocalSlack, labels, shown_text
from tests.slack_desk import (
    COMMUNITY,
    NOON,
    Script,
    asker,
    card,
    connected,
    everyone,
    form,
    select,
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


# Public answers that will be edited -----------------------------------------------------------------------


async def test_answer_with_a_delivery_is_a_message_that_can_be_edited(
    slack: LocalSlack, desk: Script
) -> None:
    """It is posted as a message of its own, without previews, and the core learns where it stands."""
    desk.answers["quote"] = [everyone(card("Another"), delivery=7)]
    reply = await slack.person("Ana").slash("/hr-quote")
    post = await slack.general.next_message()
    await desk.reported()
    ref = MessageRef(slack.general.id, post.ts)
    assert desk.told == [DeliveryMade(community=COMMUNITY, delivery=7, at=NOON, message=ref)]
    assert (post.unfurl_links, post.unfurl_media, reply.ack) == (False, False, None)


@pytest.mark.parametrize(
    ("private", "kind"), [(False, FailureKind.FORBIDDEN), (True, FailureKind.GONE)], ids=["public", "private"]
)
async def test_channel_without_the_bot_is_told_with_the_way_to_invite_it(
    slack: LocalSlack, desk: Script, *, private: bool, kind: FailureKind
) -> None:
    """Where the bot may not post the core learns it, and whoever asked learns what to type."""
    desk.answers["quote"] = [everyone(card(), delivery=7)]
    ana = slack.person("Ana")
    elsewhere = slack.channel("elsewhere", private=private, bot=False)
    reply = await ana.slash("/hr-quote", channel=elsewhere)
    told = await reply.next_answer()
    assert shown_text(told.blocks) == (
        "There is no place for the bot here, so nothing was posted. "
        f"Type /invite <@{slack.bot_user_id}> and try again."
    )
    assert told.ephemeral_to is ana
    await desk.reported()
    (failed,) = desk.told
    assert isinstance(failed, DeliveryFailed)
    assert (failed.delivery, failed.kind) == (7, kind)
    assert failed.detail.endswith("Grant: type /invite @hundred_regiments there.")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ("internal_error", FailureKind.PASSING, "Slack could not take this just now"),
        ("restricted_action", FailureKind.FORBIDDEN, "The bot may not post here"),
        ("msg_too_long", FailureKind.REFUSED, "Slack did not take this (msg_too_long)"),
    ],
)
async def test_answer_that_could_not_be_posted_is_told(
    slack: LocalSlack, desk: Script, error: str, kind: FailureKind, words: str
) -> None:
    """Whatever keeps a public answer away, the core and the asker both learn of it."""
    desk.answers["quote"] = [everyone(card(), delivery=7)]
    slack.fail_next("chat.postMessage", error)
    reply = await slack.person("Ana").slash("/hr-quote")
    assert (await reply.next_answer()).text.startswith(words)
    assert [getattr(event, "kind", None) for event in desk.told] == [kind]


async def test_private_answer_with_a_delivery_is_reported_without_a_place(
    slack: LocalSlack, desk: Script
) -> None:
    """An ephemeral message cannot be edited later, so the report names none; shown it was all the same."""
    desk.answers["quote"] = [Show(card=card(), audience=Audience.ASKER, delivery=8)]
    reply = await slack.person("Ana").slash("/hr-quote")
    assert (await reply.next_answer()).text == "Card: Body."
    await desk.reported()
    assert desk.told == [DeliveryMade(community=COMMUNITY, delivery=8, at=NOON)]


# Presses --------------------------------------------------------------------------------------------------


async def test_press_names_its_token_and_its_message(slack: LocalSlack, desk: Script) -> None:
    """The core hears what was pressed, on which message; the answer is for whoever pressed."""
    desk.answers |= {"quote": [everyone(card("Save"), delivery=7)], "test:press": [asker("Saved.")]}
    await slack.person("Ana").slash("/hr-quote")
    post = await slack.general.next_message()
    ben = slack.person("Ben")
    reply = await ben.press(post, "Save")
    assert (await reply.next_answer()).text == "Saved."
    assert [message.text for message in ben.ephemerals] == ["Saved."]
    assert slack.calls[-1].params["replace_original"] is False
    event = desk.asked[-1]
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.value) == ("1:test:press:Save", "")
    assert event.message == MessageRef(slack.general.id, post.ts)
    assert (event.place.channel, event.actor.name) == (slack.general.id, "Ben")


async def test_choice_in_a_select_brings_its_value(slack: LocalSlack, desk: Script) -> None:
    """The token is the select's, the value that of the option."""
    desk.answers["quote"] = [everyone(select("Pluralism", "Momentum"))]
    ana = slack.person("Ana")
    await ana.slash("/hr-quote")
    await ana.choose(await slack.general.next_message(), "Your answer", "Momentum")
    event = desk.asked[-1]
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.value) == ("1:test:press:select", "momentum")


async def test_old_buttons_answer_after_a_restart(desk: Script) -> None:
    """A button knows all it needs: a process that never saw its message answers it."""
    async with workspace() as slack:
        async with connected(slack, desk):
            desk.answers["quote"] = [everyone(card("Save"), delivery=7)]
            await slack.person("Ana").slash("/hr-quote")
            post = await slack.general.next_message()
        await slack.disconnected()
        restarted = Script()
        restarted.answers["test:press"] = [Update(card(text="After."))]
        async with connected(slack, restarted):
            await slack.person("Ben").press(post, "Save")
            assert (await post.next_edit()).text == "Card: After."


async def test_update_edits_the_message_that_was_pressed(slack: LocalSlack, desk: Script) -> None:
    """Everyone sees the new card in place of the old one."""
    desk.answers |= {"quote": [everyone(card("Next"))], "test:press": [Update(card(text="Next one."))]}
    await slack.person("Ana").slash("/hr-quote")
    post = await slack.general.next_message()
    await slack.person("Ben").press(post, "Next")
    edit = await post.next_edit()
    assert (edit.text, labels(edit.blocks)) == ("Card: Next one.", [])
    assert [call.method for call in slack.calls][-1] == "chat.update"


async def test_update_finds_a_way_where_the_bot_has_no_place(slack: LocalSlack, desk: Script) -> None:
    """A message that the acknowledgement showed in a foreign channel is replaced through the press itself."""
    desk.answers |= {"quote": [everyone(card("Next"))], "test:press": [Update(card(text="Next one."))]}
    ana = slack.person("Ana")
    private = slack.channel("private", private=True, bot=False)
    await ana.slash("/hr-quote", channel=private)
    post = await private.next_message()
    await ana.press(post, "Next")
    assert (await post.next_edit()).text == "Card: Next one."


async def test_update_replaces_an_ephemeral_message(slack: LocalSlack, desk: Script) -> None:
    """An ephemeral card has no reference that could be stored; it changes in place all the same."""
    desk.answers |= {"quote": [Show(card=card("Next"))], "test:press": [Update(card(text="Next one."))]}
    ana = slack.person("Ana")
    shown = await (await ana.slash("/hr-quote")).next_answer()
    await ana.press(shown, "Next")
    assert (await shown.next_edit()).text == "Card: Next one."
    event = desk.asked[-1]
    assert isinstance(event, ButtonPressed)
    assert event.message is None
    assert len(ana.ephemerals) == 1


async def test_update_without_a_card_to_replace_is_a_new_answer(slack: LocalSlack, desk: Script) -> None:
    """After a command there is nothing to replace, so the card is shown to the asker."""
    desk.answers["quote"] = [Update(card(text="New."))]
    reply = await slack.person("Ana").slash("/hr-quote")
    assert (await reply.next_answer()).text == "Card: New."


async def test_late_answer_to_a_press(desk: Script) -> None:
    """A press is acknowledged before a slow core has answered, and answered afterwards."""
    async with workspace() as slack, connected(slack, desk, patience=0):
        desk.answers |= {"quote": [Show(card=card("Save"))], "test:press": [asker("Saved.")]}
        ana = slack.person("Ana")
        shown = await (await ana.slash("/hr-quote")).next_answer()
        desk.gate.clear()
        reply = await ana.press(shown, "Save")
        assert (reply.failed, len(reply.answers)) == (None, 0)
        desk.gate.set()
        assert (await reply.next_answer()).text == "Saved."


async def test_press_within_a_thread_is_answered_there(slack: LocalSlack, desk: Script) -> None:
    """What is pressed in a thread is answered in the thread, to everyone or to one person."""
    desk.answers["test:press"] = [asker("For you."), everyone(line("For all."), delivery=9)]
    ana = slack.person("Ana")
    parent = ana.says("A thought.")
    button = {"type": "button", "action_id": "1:test:press:a", "text": {"type": "plain_text", "text": "Go"}}
    post = slack.post(
        slack.general, text="In it", blocks=[{"type": "actions", "elements": [button]}], thread_ts=parent.ts
    )
    reply = await ana.press(post, "Go")
    assert (await reply.next_answer()).thread_ts == parent.ts
    await slack.general.next_message()
    assert (await slack.general.next_message()).thread_ts == parent.ts


async def test_answer_reaches_its_asker_when_the_response_url_is_used_up(
    slack: LocalSlack, desk: Script
) -> None:
    """After five answers Slack takes no more there; the sixth comes as an ephemeral message of the bot's own."""
    desk.answers["quote"] = [asker(f"Answer {number}.") for number in range(1, 9)]
    reply = await slack.person("Ana").slash("/hr-quote")
    texts = [(await reply.next_answer()).text for _ in range(8)]
    assert texts == [f"Answer {number}." for number in range(1, 9)]
    assert [call.method for call in slack.calls][-1] == "chat.postEphemeral"


# Forms ----------------------------------------------------------------------------------------------------


async def test_form_is_opened_filled_in_and_answered(slack: LocalSlack, desk: Script) -> None:
    """A command opens a form; what is typed reaches the core with the place where the command was used."""
    desk.answers |= {"fill": [form("name", "reason")], "test:sent": [asker("Thank you.")]}
    ana = slack.person("Ana")
    await ana.slash("/hr-fill")
    view = await slack.bell.until(lambda: ana.modal, "the form")
    sent = await ana.submit(view, {"Name": "ashdwon & <co>", "Reason": "none"})
    assert (await ana.next_ephemeral()).text == "Thank you."
    assert (sent.closed, ana.modal) == (True, None)
    event = desk.asked[-1]
    assert isinstance(event, FormSubmitted)
    assert (event.token, event.values) == ("1:test:sent:7", {"name": "ashdwon & <co>", "reason": "none"})
    assert event.place == Place(community=COMMUNITY, channel=slack.general.id)


async def test_mistake_is_said_at_its_field_and_the_form_can_be_sent_again(
    slack: LocalSlack, desk: Script
) -> None:
    """Errors come with the acknowledgement; the form sent again is a new event, not a repeated one."""

    def check(event: Said) -> Sequence[Reply]:
        typed = event.values["name"] if isinstance(event, FormSubmitted) else ""
        return (
            [asker("Taken.")]
            if typed == "right"
            else [FieldErrors({"name": "Not that.", "other": "Nor this."})]
        )

    desk.answers |= {"fill": [form("name")], "test:sent": check}
    ana = slack.person("Ana")
    await ana.slash("/hr-fill")
    view = await slack.bell.until(lambda: ana.modal, "the form")
    first = await ana.submit(view, {"Name": "wrong"})
    assert (first.errors, ana.modal) == ({"name": "Not that."}, view)
    assert (await ana.next_ephemeral()).text == "Nor this."
    second = await ana.submit(view, {"Name": "right"})
    assert (second.errors, ana.modal) == ({}, None)
    assert (await ana.next_ephemeral()).text == "Taken."
    assert desk.asked[-1].id != desk.asked[-2].id


async def test_errors_of_no_field_are_said_outside_the_form(slack: LocalSlack, desk: Script) -> None:
    """A sentence about nothing in the form closes it and is shown to whoever sent it."""
    desk.answers |= {"fill": [form("name")], "test:sent": [FieldErrors({"other": "Not now."})]}
    ana = slack.person("Ana")
    await ana.slash("/hr-fill")
    sent = await ana.submit(await slack.bell.until(lambda: ana.modal, "the form"), {"Name": "a"})
    assert sent.closed
    assert (await ana.next_ephemeral()).text == "Not now."


async def test_slow_answer_to_a_form_closes_it_and_follows(desk: Script) -> None:
    """When even the longer patience for forms is over the form closes, and errors are told outside it."""
    async with workspace() as slack, connected(slack, desk, form_patience=0):
        desk.answers |= {"fill": [form("name")], "test:sent": [FieldErrors({"name": "Not that."})]}
        ana = slack.person("Ana")
        await ana.slash("/hr-fill")
        view = await slack.bell.until(lambda: ana.modal, "the form")
        desk.gate.clear()
        sent = await ana.submit(view, {"Name": "a"})
        assert sent.closed
        desk.gate.set()
        assert (await ana.next_ephemeral()).text == "Not that."


async def test_form_may_answer_a_form(slack: LocalSlack, desk: Script) -> None:
    """The next form takes the place of the one that was sent."""
    desk.answers |= {"fill": [form("name")], "test:sent": [form("reason")]}
    ana = slack.person("Ana")
    await ana.slash("/hr-fill")
    view = await slack.bell.until(lambda: ana.modal, "the form")
    await ana.submit(view, {"Name": "a"})
    assert ana.modal is view
    assert [block["block_id"] for block in view.blocks] == ["reason"]


async def test_form_that_opens_too_late_is_told(desk: Script) -> None:
    """Slack opens no form after three seconds; whoever waited is told, and nothing hangs."""
    async with workspace() as slack, connected(slack, desk, patience=0):
        desk.answers["quote"] = [form("name")]
        desk.gate.clear()
        reply = await slack.person("Ana").slash("/hr-quote")
        slack.clock.advance(4)
        desk.gate.set()
        assert (await reply.next_answer()).text == (
            "The form could not be opened in time. Nothing was changed; please try again."
        )


async def test_command_that_opens_a_form_is_not_deferred(desk: Script) -> None:
    """Its acknowledgement waits for the core, since what comes may have to be said with it."""
    async with workspace() as slack, connected(slack, desk, patience=0):
        desk.answers["fill"] = [asker("No form today.")]
        reply = await slack.person("Ana").slash("/hr-fill")
        assert reply.ack is not None
        assert reply.ack["text"] == "No form today."


async def test_form_from_a_button_updates_the_card_of_the_button(slack: LocalSlack, desk: Script) -> None:
    """After a form the card that opened it changes: a message by its reference, an ephemeral one where it stands."""
    desk.answers["test:press"] = [form("reason")]
    desk.answers["test:sent"] = [Update(card(text="Rejected."))]
    ana = slack.person("Ana")
    for shown in (everyone(card("Reject")), Show(card=card("Reject"))):
        desk.answers["quote"] = [shown]
        message = await (await ana.slash("/hr-quote")).next_answer()
        await ana.press(message, "Reject")
        view = await slack.bell.until(lambda: ana.modal, "the form")
        await ana.submit(view, {"Reason": "not certain"})
        assert (await message.next_edit()).text == "Card: Rejected."


@pytest.mark.parametrize("private", [False, True], ids=["with the bot", "without it"])
async def test_form_sent_after_a_restart_is_still_answered(desk: Script, *, private: bool) -> None:
    """What was in memory is gone: the answer comes in the channel, or directly where the bot has no place."""
    async with workspace() as slack:
        ana = slack.person("Ana")
        channel = slack.channel("here", private=private, bot=not private)
        async with connected(slack, desk):
            desk.answers["fill"] = [form("name")]
            await ana.slash("/hr-fill", channel=channel)
            view = await slack.bell.until(lambda: ana.modal, "the form")
        await slack.disconnected()
        restarted = Script()
        restarted.answers["test:sent"] = [Update(card(text="Taken."))]
        async with connected(slack, restarted):
            await ana.submit(view, {"Name": "a"})
            told = await (ana.dm.next_message() if private else ana.next_ephemeral())
            assert told.text == "Card: Taken."


# Files ----------------------------------------------------------------------------------------------------


def _export() -> SendFile:
    intro = Card(body=(say("Everything that is kept about you here, as a file: mine.json"),))
    return SendFile(name="mine.json", media_type="application/json", content=b'{"points": 3}', card=intro)


async def test_file_comes_directly_and_the_asker_is_told(slack: LocalSlack, desk: Script) -> None:
    """Slack shows no file to one person in a channel: it comes as a direct message, and a line says so."""
    desk.answers["quote"] = [_export()]
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-quote")
    told = await reply.next_answer()
    assert shown_text(told.blocks) == (
        "Everything that is kept about you here, as a file: mine.json\n"
        "The file is in your direct messages with this app."
    )
    post = await ana.dm.next_message()
    assert [(file.name, file.content) for file in post.files] == [("mine.json", b'{"points": 3}')]
    assert slack.general.messages == []


async def test_file_asked_for_directly_needs_no_other_word(slack: LocalSlack, desk: Script) -> None:
    """In the direct messages themselves the file is all there is."""
    desk.answers["quote"] = [_export(), asker("After it.")]
    ana = slack.person("Ana")
    await ana.slash("/hr-quote", channel=ana.dm)
    assert len((await ana.dm.next_message()).files) == 1
    assert (await ana.next_ephemeral()).text == "After it."


async def test_file_that_cannot_be_sent_is_told(desk: Script) -> None:
    """Without the scope whoever asked learns what is missing."""
    async with workspace(scopes={"chat:write", "users:read", "im:write"}) as slack, connected(slack, desk):
        desk.answers["quote"] = [_export()]
        told = await (await slack.person("Ana").slash("/hr-quote")).next_answer()
        assert told.text.startswith(
            "The file could not be sent to you. Missing scope: files:write. Grant: add"
        )
