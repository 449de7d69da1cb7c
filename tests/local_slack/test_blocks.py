"""Blocks and views at their limits and beyond, and the check against Slack's published data."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.local_slack import LocalSlack
from tests.local_slack.raw_app import refused
from tests.local_slack.sample_app import actions, button, field, menu, modal, section

Body = dict[str, Any]


def plain(text: str) -> Body:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


VIEWS = {
    "title": (
        modal(section("t"), title="t" * 25),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "submit": (modal(section("t"), submit=plain("t" * 25)), "/view/submit/text"),
    "close": (modal(section("t"), close=plain("t" * 25)), "/view/close/text"),
    "private-metadata": (modal(section("t"), private_metadata="t" * 3_001), "less than 3001 characters"),
    "callback-id": (modal(section("t"), callback_id="t" * 256), "less than 256 characters"),
    "101-blocks": (
        modal(*[section("t")] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "no-submit": ({**modal(field("A", "a")), "submit": plain("")}, "must be more than 0 characters"),
    "home-as-modal": ({"type": "home", "blocks": []}, "must be a modal"),
    "two-fields-of-one-id": (modal(field("A", "a"), field("B", "a")), "`block_id` a already exists"),
    "no-title": ({"type": "modal", "blocks": []}, "missing required field: title"),
}


@pytest.mark.parametrize(("view", "says"), VIEWS.values(), ids=VIEWS)
async def test_views_beyond_the_limits(
    slack: LocalSlack, client: AsyncWebClient, view: Body, says: str
) -> None:
    """A view beyond a limit is refused with a pointer at the fault, and the app's fault is noted."""
    body = await refused(client.views_open(trigger_id="1.2.x", view=view))
    assert body["error"] == "invalid_arguments"
    assert any(says in message for message in body["response_metadata"]["messages"])
    assert slack.violations[-1].startswith("views.open: invalid_arguments")


async def test_a_form_needs_a_submit_button(client: AsyncWebClient) -> None:
    """A modal with an input block needs `submit`."""
    view = modal(field("A", "a"))
    del view["submit"]
    body = await refused(client.views_open(trigger_id="1.2.x", view=view))
    assert (
        "[ERROR] missing required field: submit [json-pointer:/view]" in body["response_metadata"]["messages"]
    )


BLOCKS = {
    "51-blocks": ([section("t")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "section": (
        [section("t" * 3_001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "empty-section": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "bare-section": ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    "header": ([{"type": "header", "text": plain("t" * 151)}], "must be less than 151 characters"),
    "button-text": ([actions(button("t" * 76, "a"))], "must be less than 76 characters"),
    "button-value": ([actions(button("t", "a", "v" * 2_001))], "must be less than 2001 characters"),
    "empty-value": ([actions(button("t", "a", ""))], "must be more than 0 characters"),
    "action-id": ([actions(button("t", "a" * 256))], "[json-pointer:/blocks/0/elements/0/action_id]"),
    "block-id": ([actions(button("t", "a"), block_id="b" * 256)], "[json-pointer:/blocks/0/block_id]"),
    "button-style": ([actions({**button("t", "a"), "style": "loud"})], "must be a valid enum value"),
    "twin-block-ids": (
        [actions(button("t", "a")), actions(button("t", "a"))],
        "`block_id` choices already exists [json-pointer:/blocks]",
    ),
    "twin-action-ids": ([actions(button("t", "a"), button("u", "a"))], "`action_id` a already exists"),
    "26-elements": (
        [actions(*(button("t", f"a{number}") for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "11-context-elements": (
        [{"type": "context", "elements": [plain("t")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "11-fields": ([{"type": "section", "fields": [plain("t")] * 11}], "no more than 10 items allowed"),
    "field-text": (
        [{"type": "section", "fields": [plain("t" * 2_001)]}],
        "must be less than 2001 characters",
    ),
    "101-options": ([actions(menu("a", *map(str, range(101))))], "no more than 100 items allowed"),
    "no-options": ([actions(menu("a"))], "no less than 1 items allowed"),
    "option-text": ([actions(menu("a", "t" * 76))], "must be less than 76 characters"),
    "option-value": (
        [actions({**menu("a"), "options": [{"text": plain("t"), "value": "v" * 151}]})],
        "must be less than 151 characters",
    ),
    "unknown-block": ([{"type": "poem"}], "unsupported type: poem [json-pointer:/blocks/0/type]"),
    "unknown-element": ([actions({"type": "lever"})], "unsupported type: lever"),
    "unknown-property": ([{**section("t"), "colour": "red"}], "invalid additional property: colour"),
    "mrkdwn-on-a-button": (
        [actions({**button("t", "a"), "text": {"type": "mrkdwn", "text": "t"}})],
        "must be a valid enum value: plain_text",
    ),
    "image-without-alt-text": ([{"type": "image", "image_url": "https://x.test/i.png"}], "alt_text"),
}


@pytest.mark.parametrize(("blocks", "says"), BLOCKS.values(), ids=BLOCKS)
async def test_blocks_beyond_the_limits(
    slack: LocalSlack, client: AsyncWebClient, blocks: list[Body], says: str
) -> None:
    """A block beyond a limit is refused with a pointer at the fault, nothing is posted, the fault is noted."""
    body = await refused(client.chat_postMessage(channel=slack.general.id, text="t", blocks=blocks))
    assert body["error"] == "invalid_blocks"
    assert any(says in message for message in body["errors"])
    assert body["response_metadata"]["messages"][0] == f"[ERROR] {body['errors'][0]}"
    assert slack.general.messages == []
    assert slack.violations[-1].startswith("chat.postMessage: invalid_blocks")


async def test_blocks_at_the_limits(slack: LocalSlack, client: AsyncWebClient) -> None:
    """What is exactly as long as allowed is posted."""
    blocks = [
        section("t" * 3_000),
        {"type": "header", "text": plain("t" * 150)},
        actions(*(button("t" * 75, f"{number:0255d}", "v" * 2_000) for number in range(25))),
        {"type": "context", "elements": [plain("t")] * 10},
        *([{"type": "divider"}] * 46),
    ]
    await client.chat_postMessage(channel=slack.general.id, text="t", blocks=blocks)
    assert len(slack.general.messages[0].blocks) == 50


async def test_too_much_text_in_all_blocks(slack: LocalSlack, client: AsyncWebClient) -> None:
    """All blocks of a message together have at most 9,597 characters of text."""
    fitting = [section("t" * 3_000)] * 3 + [section("t" * 597)]
    await client.chat_postMessage(channel=slack.general.id, text="t", blocks=fitting)
    call = client.chat_postMessage(channel=slack.general.id, text="t", blocks=[*fitting, section("t")])
    assert (await refused(call))["error"] == "msg_blocks_too_long"


async def test_blocks_that_are_not_json(slack: LocalSlack, client: AsyncWebClient) -> None:
    """Blocks that cannot be read are refused."""
    call = client.chat_postMessage(channel=slack.general.id, text="t", blocks="[{")
    assert (await refused(call))["error"] == "invalid_blocks_format"


async def test_spec_checks_say_that_they_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the folder, or on request, the server says that nothing is checked against it."""
    monkeypatch.delenv("HUNDRED_REGIMENTS_SPECS", raising=False)
    assert LocalSlack().spec_checks == "off: HUNDRED_REGIMENTS_SPECS is not set"
    assert LocalSlack(check_specs=False).spec_checks == "off: check_specs is False"
    monkeypatch.setenv("HUNDRED_REGIMENTS_SPECS", "/nowhere")
    assert LocalSlack().spec_checks == (
        "off: HUNDRED_REGIMENTS_SPECS holds no slack_types.schema.json and no slack_web_methods.json"
    )


async def test_what_the_published_data_does_not_know_is_noted() -> None:
    """With the folder, an unknown parameter and a block that is no block are violations."""
    async with LocalSlack() as slack:
        if slack.spec_checks != "on":
            pytest.skip(slack.spec_checks)
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_base)
        await client.chat_postMessage(channel=slack.general.id, text="t", shout=True)
        assert slack.violations == ["chat.postMessage has no parameter shout"]
        assert slack.specs.call("chat.postMessage", {"text"}) == [
            "chat.postMessage needs the parameter channel"
        ]
        assert slack.specs.call("chat.shout", set()) == ["chat.shout is no method"]
        assert slack.specs.blocks([section("t"), actions(menu("a", "b"))]) == []
        assert slack.specs.blocks([{"type": "header", "text": {"type": "mrkdwn", "text": "t"}}]) != []
        assert slack.specs.view(modal(field("A", "a"))) == []
        assert slack.specs.view({**modal(section("t")), "colour": "red"}) != []
