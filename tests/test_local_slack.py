"""The local Slack server, driven by the real slack-bolt app: commands, buttons, forms, the Home page, events.

Its connection, its Web API and every refusal have their tests beside it, in `tests/local_slack`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from slack_sdk.errors import SlackApiError

from tests.local_slack import Clock, LocalSlack, labels, shown_text
from tests.local_slack.sample_app import SampleApp, actions, button, field, menu, modal, section

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """Start a server whose clock moves only when a test moves it."""
    async with LocalSlack(clock=Clock(start=1_800_000_000.0)) as server:
        yield server


@pytest.fixture
async def app(slack: LocalSlack) -> AsyncIterator[SampleApp]:
    """Connect the sample app."""
    sample = SampleApp.of(slack)
    await sample.connect()
    await slack.connected()
    yield sample
    await sample.close()


async def test_slash_command_is_answered_to_the_asker_alone(slack: LocalSlack, app: SampleApp) -> None:
    """A text in the acknowledgement is an ephemeral message; the payload has all that Slack sends."""
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-quote", "about <!channel> & #general @Ana")
    expected = f"about &lt;!channel&gt; &amp; <#{slack.general.id}|general> <@{ana.id}|ana>"
    assert expected == app.seen[0]["text"]
    assert [f"You typed: {expected}"] == [message.text for message in ana.ephemerals]
    assert slack.general.messages == []
    assert reply.acked_after == 0.0
    assert {
        "token",
        "team_id",
        "team_domain",
        "channel_id",
        "channel_name",
        "user_id",
        "user_name",
        "command",
        "text",
        "api_app_id",
        "is_enterprise_install",
        "response_url",
        "trigger_id",
    } == set(app.seen[0])
    assert slack.violations == []


async def test_press_of_a_button_updates_the_message(slack: LocalSlack, app: SampleApp) -> None:
    """A press carries the message; chat.update gives it a next state, and the old one is remembered."""
    ana = slack.person("Ana")
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    assert labels(post.blocks) == ["Lenin", "Tell me"]
    await ana.press(post, "Lenin")
    edit = await post.next_edit()
    assert (edit.text, shown_text(post.blocks)) == ("Closed", "Closed")
    assert [version.text for version in post.versions] == ["Who said it?", "Closed"]
    assert app.seen[0]["message"]["ts"] == post.ts
    assert app.seen[0]["container"] == {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": slack.general.id,
        "is_ephemeral": False,
    }
    assert app.seen[0]["actions"][0]["value"] == "1"
    assert slack.violations == []


async def test_an_old_client_can_press_what_has_been_replaced(slack: LocalSlack, app: SampleApp) -> None:
    """A person whose client shows an earlier state of a message can still press its button."""
    ana = slack.person("Ana")
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    await ana.press(post, "Lenin")
    with pytest.raises(AssertionError, match="no control called 'Lenin'; there is nothing"):
        await ana.press(post, "Lenin")
    await ana.press(post, "Lenin", version=0)
    assert len(app.seen) == 2


async def test_answer_through_the_response_url_and_its_replacement(slack: LocalSlack, app: SampleApp) -> None:
    """A response_url answers one person alone, and from an ephemeral message it replaces that message."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    told = await (await ana.press(post, "tell")).next_answer()
    assert (told.text, told.ephemeral_to) == ("Only for you", ana)
    assert ben.ephemerals == []
    await app.client.chat_postEphemeral(
        channel=slack.general.id, user=ana.id, text="Again", blocks=[actions(button("Tell me", "tell"))]
    )
    again = ana.ephemerals[-1]
    await ana.press(again, "Tell me")
    assert (await again.next_edit()).text == "Only for you"
    assert "message" not in app.seen[-1]
    assert app.seen[-1]["container"]["is_ephemeral"] is True
    assert slack.violations == []


async def test_ephemeral_messages_vanish_on_reload(slack: LocalSlack, app: SampleApp) -> None:
    """After a reload nothing ephemeral is shown, so nothing of it can be pressed."""
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-quote")
    told = await reply.next_answer()
    ana.reload()
    assert ana.ephemerals == []
    with pytest.raises(AssertionError, match="does not see"):
        await ana.press(told, "anything")


async def test_form_is_opened_refused_at_the_field_and_closed(slack: LocalSlack, app: SampleApp) -> None:
    """A form opens by the trigger, shows errors at its fields, and closes on a plain acknowledgement."""
    ana = slack.person("Ana")
    reply = await ana.slash("/hr-form")
    form = await reply.next_view()
    assert (ana.modal, form.title) == (form, "A form")
    app.answer_to_form = {"response_action": "errors", "errors": {"name": "No one is called that."}}
    refused = await ana.submit(form, {"A name": "x"})
    assert refused.errors == {"name": "No one is called that."}
    assert (refused.closed, ana.modal) == (False, form)
    app.answer_to_form = None
    sent = await ana.submit(form, {"A name": "corbin"})
    assert (sent.closed, ana.modal) == (True, None)
    assert app.seen[-1]["view"]["state"]["values"] == {
        "name": {"typed": {"type": "plain_text_input", "value": "corbin"}}
    }
    assert slack.violations == []


async def test_form_is_updated_then_another_pushed_then_all_cleared(
    slack: LocalSlack, app: SampleApp
) -> None:
    """An acknowledgement of a form can update it, push another on it, or clear them all."""
    ana = slack.person("Ana")
    form = await (await ana.slash("/hr-form")).next_view()
    app.answer_to_form = {"response_action": "update", "view": modal(field("A name", "name"), title="Second")}
    assert (await ana.submit(form, {"name": "a"})).view is form
    assert form.title == "Second"
    app.answer_to_form = {"response_action": "push", "view": modal(field("More", "more"), title="Third")}
    pushed = (await ana.submit(form)).view
    assert pushed is not None
    assert (ana.modals, pushed.previous_id, pushed.root_id) == ([form, pushed], form.id, form.id)
    app.answer_to_form = {"response_action": "clear"}
    assert (await ana.submit(pushed, {"More": "b"})).closed
    assert ana.modals == []
    assert slack.violations == []


async def test_the_client_itself_refuses_an_empty_required_field(slack: LocalSlack, app: SampleApp) -> None:
    """A required field left empty never reaches the app."""
    ana = slack.person("Ana")
    form = await (await ana.slash("/hr-form")).next_view()
    reply = await ana.submit(form)
    assert (reply.sent, reply.errors) == (False, {"name": "required"})
    assert app.seen == []


async def test_closing_a_modal_is_told_to_an_app_that_asked(slack: LocalSlack, app: SampleApp) -> None:
    """A view_closed payload comes only with notify_on_close."""
    ana = slack.person("Ana")
    form = await (await ana.slash("/hr-form")).next_view()
    assert await ana.close(form) is None
    form = await (await ana.slash("/hr-form")).next_view()
    await app.client.views_update(view_id=form.id, view=modal(field("A name", "n"), notify_on_close=True))
    assert await ana.close() is not None
    assert (app.seen[-1]["type"], app.seen[-1]["is_cleared"]) == ("view_closed", False)


async def test_choosing_from_menus(slack: LocalSlack, app: SampleApp) -> None:
    """A menu in a message sends its option; an external menu asks the app for options first."""
    ana = slack.person("Ana")
    blocks = [actions(menu("pick", "Left", "Right"), {"type": "external_select", "action_id": "speaker"})]
    await app.client.chat_postMessage(channel=slack.general.id, text="Choose", blocks=blocks)
    post = await slack.general.next_message()
    await ana.choose(post, "pick", "Right")
    assert app.seen[0]["actions"][0]["selected_option"]["value"] == "right"
    offered = await ana.suggest(post, "speaker", "L")
    assert [option["text"]["text"] for option in offered] == ["Lenin", "Luxemburg"]
    assert (app.seen[1]["type"], app.seen[1]["value"]) == ("block_suggestion", "L")


async def test_a_form_with_every_kind_of_field(slack: LocalSlack, app: SampleApp) -> None:
    """Fields are filled in by label, options and people by name, and begin with what the app put into them."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    form = await (await ana.slash("/hr-form")).next_view()
    words = {"type": "plain_text_input", "action_id": "w", "initial_value": "as it was", "max_length": 20}
    boxes = {"type": "checkboxes", "action_id": "c", "options": menu("c", "Yes", "No")["options"]}
    view = modal(
        field("Words", "words", words),
        field("Kind", "kind", menu("k", "Excerpt", "Quiz")),
        field("Who", "who", {"type": "users_select", "action_id": "u"}),
        field("Where", "where", {"type": "channels_select", "action_id": "ch"}),
        field("From", "from", {"type": "datepicker", "action_id": "d"}, optional=True),
        field("Credit", "credit", boxes),
    )
    await app.client.views_update(view_id=form.id, view=view)
    filled = {"Kind": "Quiz", "Who": ben, "Where": slack.general, "credit": ["Yes"]}
    assert (await ana.submit(form, filled)).closed
    values = app.seen[-1]["view"]["state"]["values"]
    assert values["words"]["w"]["value"] == "as it was"
    assert values["kind"]["k"]["selected_option"]["value"] == "quiz"
    assert values["who"]["u"] == {"type": "users_select", "selected_user": ben.id}
    assert values["where"]["ch"]["selected_channel"] == slack.general.id
    assert values["from"]["d"] == {"type": "datepicker", "selected_date": None}
    assert [option["value"] for option in values["credit"]["c"]["selected_options"]] == ["yes"]


async def test_what_is_shown_is_told_in_order(slack: LocalSlack, app: SampleApp) -> None:
    """One list has every change that anybody sees, and knows who sees it."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    await ana.press(post, "Tell me")
    await ben.press(post, "Lenin")
    await ana.slash("/hr-form")
    assert [shown.what for shown in slack.shown] == ["post", "ephemeral", "edit", "view"]
    assert [shown.what for shown in slack.shown if shown.seen_by(ben)] == ["post", "edit"]


async def test_whom_a_message_pings(slack: LocalSlack, app: SampleApp) -> None:
    """References in the text and in mrkdwn notify; escaped ones, dates and plain text do not."""
    text = "<@U1> &lt;!channel&gt; <!date^1^{time}|noon>"
    blocks = [section("<!here> <https://x.test|x>"), actions(button("<!everyone>", "a"))]
    await app.client.chat_postMessage(channel=slack.general.id, text=text, blocks=blocks)
    assert slack.general.messages[0].pings == ["<@U1>", "<!here>"]


async def test_message_shortcut_carries_the_message(slack: LocalSlack, app: SampleApp) -> None:
    """A shortcut on a message names its author and words, and can open a form."""
    ana = slack.person("Ana")
    own = ana.says("Change is done to people, not with people.")
    reply = await ana.shortcut("suggest", own)
    assert (await reply.next_view()).title == "A form"
    assert app.seen[0]["message"]["user"] == ana.id
    assert app.seen[0]["message"]["text"] == own.text
    assert app.seen[0]["type"] == "message_action"


async def test_home_is_published_and_its_button_works(slack: LocalSlack, app: SampleApp) -> None:
    """Opening the Home page is an event; the second time it carries the page that is there."""
    ana = slack.person("Ana")
    home = await ana.open_home()
    assert shown_text(home.blocks) == "Today"
    assert "view" not in app.events[0]["event"]
    await ana.press(home, "Tell me")
    assert app.seen[0]["container"] == {"type": "view", "view_id": home.id}
    await ana.open_home()
    assert app.events[1]["event"]["view"]["id"] == home.id
    assert slack.violations == []


async def test_revoked_token_is_told_and_refused(slack: LocalSlack, app: SampleApp) -> None:
    """After a revocation the app has heard an event, and its calls are refused."""
    await app.client.auth_test()
    await slack.revoke_token()
    assert app.events[0]["event"]["tokens"] == {"oauth": [], "bot": [slack.bot_user_id]}
    with pytest.raises(SlackApiError, match="token_revoked"):
        await app.client.auth_test()


async def test_uninstallation_is_told_and_refused(slack: LocalSlack, app: SampleApp) -> None:
    """After an uninstallation the app has heard an event, and its account is inactive."""
    await slack.uninstall()
    assert [event["event"]["type"] for event in app.events] == ["app_uninstalled"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        await app.client.auth_test()


async def test_many_presses_at_once(slack: LocalSlack, app: SampleApp) -> None:
    """A hundred people press at once, and every press is acknowledged and answered."""
    people = [slack.person(f"P{number}") for number in range(100)]
    await people[0].slash("/hr-round")
    post = await slack.general.next_message()
    replies = await asyncio.gather(*(person.press(post, "Tell me") for person in people))
    assert {None} == {reply.failed for reply in replies}
    assert {1} == {len(person.ephemerals) for person in people}
