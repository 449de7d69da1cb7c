"""Acknowledgements, triggers, views and response_urls: what Slack refuses of an app's answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.local_slack import BAD_COMMAND_ANSWER, BAD_VIEW_ANSWER
from tests.local_slack.raw_app import refused
from tests.local_slack.sample_app import actions, button, field, menu, modal, section

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.local_slack import Interaction, LocalSlack, Person
    from tests.local_slack.raw_app import RawApp

Body = dict[str, Any]


async def test_a_second_acknowledgement(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """The second acknowledgement of one envelope is noted and shows nothing."""
    under_way = asyncio.ensure_future(ana.slash("/hr-quote"))
    envelope = await raw.hears()
    await raw.acknowledges(envelope, {"text": "first"})
    await raw.acknowledges(envelope, {"text": "second"})
    await under_way
    await slack.bell.until(lambda: slack.violations or None, "the second acknowledgement")
    assert slack.violations == ["a second acknowledgement of /hr-quote"]
    assert [message.text for message in ana.ephemerals] == ["first"]


async def test_an_acknowledgement_of_nothing(slack: LocalSlack, raw: RawApp) -> None:
    """An acknowledgement of an envelope that was never sent is noted."""
    await raw.acknowledges({"envelope_id": "unknown"})
    await slack.bell.until(lambda: slack.violations or None, "the acknowledgement")
    assert slack.violations == ['a message that acknowledges nothing: {"envelope_id": "unknown"}']


async def test_a_payload_where_none_is_taken(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """The acknowledgement of a press carries nothing: a payload shows nothing and is noted."""
    post = slack.post(slack.general, text="t", blocks=[actions(button("Go", "go"))])
    await raw.answers(ana.press(post, "Go"), {"text": "lost"})
    assert slack.violations == ["the acknowledgement of block_actions carries a payload, which Slack ignores"]
    assert ana.ephemerals == []


async def test_a_command_answered_with_bad_blocks(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """An answer whose blocks are refused is shown as a failure of the command."""
    twins = [actions(button("One", "same"), button("Two", "same"))]
    reply = await raw.answers(ana.slash("/hr-quote"), {"text": "t", "blocks": twins})
    assert (reply.failed, ana.ephemerals) == (BAD_COMMAND_ANSWER, [])
    assert "`action_id` same already exists" in slack.violations[0]


async def opened(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person, **more: Any
) -> Interaction:
    """Let Ana open a form with one field, block_id "name"."""
    reply = await raw.answers(ana.slash("/hr-form"))
    view = modal(field("A name", "name"), **more)
    await client.views_open(trigger_id=reply.payload["trigger_id"], view=view)
    return reply


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nobody": "No."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": modal(field("A", "a"), title="t" * 25)},
        {"response_action": "vanish"},
    ],
    ids=["errors-of-unknown-blocks", "no-errors", "title-too-long", "unknown-action"],
)
async def test_a_form_answered_badly(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person, answer: Body
) -> None:
    """An answer to a form that Slack refuses leaves the form open, and the person sees trouble."""
    await opened(slack, client, raw, ana)
    reply = await raw.answers(ana.submit(answers={"A name": "x"}), answer)
    assert (reply.failed, reply.closed) == (BAD_VIEW_ANSWER, False)
    assert ana.modal is not None
    assert len(slack.violations) == 1


async def test_too_many_options_suggested(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """At most a hundred options can be offered."""
    blocks = [actions({"type": "external_select", "action_id": "who"})]
    post = slack.post(slack.general, text="t", blocks=blocks)
    many = menu("who", *map(str, range(101)))["options"]
    under_way = asyncio.ensure_future(ana.suggest(post, "who", "x"))
    await raw.acknowledges(await raw.hears(), {"options": many})
    assert await under_way == []
    assert "no more than 100 items allowed" in slack.violations[0]


async def test_a_used_trigger(slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person) -> None:
    """A trigger opens one view."""
    reply = await opened(slack, client, raw, ana)
    call = client.views_open(trigger_id=reply.payload["trigger_id"], view=modal(field("A", "a")))
    assert (await refused(call))["error"] == "exchanged_trigger_id"


async def test_an_expired_trigger(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person
) -> None:
    """A trigger lives for three seconds."""
    reply = await raw.answers(ana.slash("/hr-form"))
    slack.clock.advance(3.1)
    call = client.views_open(trigger_id=reply.payload["trigger_id"], view=modal(field("A", "a")))
    assert (await refused(call))["error"] == "expired_trigger_id"


async def test_an_invented_trigger(client: AsyncWebClient) -> None:
    """A trigger that was never given is refused."""
    call = client.views_open(trigger_id="1.2.x", view=modal(field("A", "a")))
    assert (await refused(call))["error"] == "invalid_trigger_id"


async def test_a_fourth_view_on_the_stack(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person
) -> None:
    """Three views can lie on each other."""
    await opened(slack, client, raw, ana)
    for _ in range(2):
        reply = await raw.answers(ana.shortcut("more"))
        await client.views_push(trigger_id=reply.payload["trigger_id"], view=modal(field("A", "a")))
    reply = await raw.answers(ana.shortcut("more"))
    call = client.views_push(trigger_id=reply.payload["trigger_id"], view=modal(field("A", "a")))
    assert (await refused(call))["error"] == "push_limit_reached"


async def test_a_view_that_is_gone(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person
) -> None:
    """A closed view cannot be updated."""
    await opened(slack, client, raw, ana)
    form = ana.modal
    assert form is not None
    await ana.close()
    call = client.views_update(view_id=form.id, view=modal(field("A", "a")))
    assert (await refused(call))["error"] == "not_found"


async def test_a_view_that_changed_in_the_meantime(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person
) -> None:
    """An update with the hash of an earlier state is refused, for modals and for the Home page."""
    await opened(slack, client, raw, ana)
    assert ana.modal is not None
    call = client.views_update(view_id=ana.modal.id, hash="1.old", view=modal(field("A", "a")))
    assert (await refused(call))["error"] == "hash_conflict"
    home = {"type": "home", "blocks": [section("t")]}
    await client.views_publish(user_id=ana.id, view=home)
    call = client.views_publish(user_id=ana.id, hash="1.old", view=home)
    assert (await refused(call))["error"] == "hash_conflict"


async def test_two_views_of_one_external_id(
    slack: LocalSlack, client: AsyncWebClient, raw: RawApp, ana: Person
) -> None:
    """An external_id names one view at a time."""
    ben = slack.person("Ben")
    await opened(slack, client, raw, ana, external_id="mine")
    reply = await raw.answers(ben.slash("/hr-form"))
    view = modal(field("A", "a"), external_id="mine")
    call = client.views_open(trigger_id=reply.payload["trigger_id"], view=view)
    assert (await refused(call))["error"] == "duplicate_external_id"


async def test_a_view_that_is_too_large(client: AsyncWebClient) -> None:
    """A view has at most 250 kB."""
    blocks = [section("t" * 3_000) for _ in range(90)]
    call = client.views_open(trigger_id="1.2.x", view=modal(*blocks))
    assert (await refused(call))["error"] == "view_too_large"


async def response_url(raw: RawApp, ana: Person) -> str:
    """Return the response_url of a command."""
    reply = await raw.answers(ana.slash("/hr-quote"))
    return str(reply.payload["response_url"])


async def test_a_response_url_works_five_times(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """The sixth use is refused."""
    webhook = AsyncWebhookClient(await response_url(raw, ana))
    for number in range(5):
        assert (await webhook.send(text=f"{number}")).body == "ok"
    sixth = await webhook.send(text="one more")
    assert (sixth.status_code, sixth.body) == (404, '{"ok": false, "error": "used_url"}')
    assert [message.text for message in ana.ephemerals] == ["0", "1", "2", "3", "4"]
    assert slack.calls[-1].error == "used_url"


async def test_a_response_url_works_for_half_an_hour(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """After thirty minutes it is refused."""
    webhook = AsyncWebhookClient(await response_url(raw, ana))
    slack.clock.advance(30 * 60)
    assert (await webhook.send(text="just in time")).status_code == 200
    slack.clock.advance(1)
    late = await webhook.send(text="late")
    assert (late.status_code, late.body) == (404, '{"ok": false, "error": "expired_url"}')


async def test_what_a_response_url_refuses(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """Bad blocks and empty answers are refused and do not count as uses."""
    webhook = AsyncWebhookClient(await response_url(raw, ana))
    assert (await webhook.send(text="t", blocks=[section("")])).status_code == 400
    assert (await webhook.send(text="")).status_code == 400
    assert [violation.split(" ")[1] for violation in slack.violations] == ["invalid_blocks", "no_text"]
    for _ in range(5):
        await webhook.send(text="t", response_type="in_channel")
    assert len(slack.general.messages) == 5


async def test_a_response_url_deletes_the_original_once(slack: LocalSlack, raw: RawApp, ana: Person) -> None:
    """The pressed message can be deleted through the response_url; then there is nothing to replace."""
    post = slack.post(slack.general, text="t", blocks=[actions(button("Go", "go"))])
    reply = await raw.answers(ana.press(post, "Go"))
    webhook = AsyncWebhookClient(reply.payload["response_url"])
    await webhook.send(delete_original=True)
    assert slack.general.messages == []
    assert (await webhook.send(text="t", replace_original=True)).status_code == 404
    with pytest.raises(AssertionError, match="deleted"):
        await ana.press(post, "Go")
