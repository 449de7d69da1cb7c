"""What Slack accepts as blocks and views, written from the Block Kit reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.local_slack.rules import Rule, anything, by_type, flag, many, one_of, shape, string, whole

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# Not documented by Slack: this many characters in all blocks together were seen accepted, 11,341 refused.
MESSAGE_BLOCK_TEXT = 9_597

ID = string(255)
LINK = string(3_000)


def plain(most: int, *, least: int = 1) -> Rule:
    """Ask for a plain_text object."""
    parts = {"type": one_of("plain_text"), "text": string(most, least=least), "emoji": flag}
    return shape(parts, needs=("type", "text"))


def words(most: int) -> Rule:
    """Ask for a plain_text or a mrkdwn object."""
    mrkdwn = {"type": one_of("mrkdwn"), "text": string(most), "verbatim": flag}
    return by_type({"plain_text": plain(most), "mrkdwn": shape(mrkdwn, needs=("text",))})


CONFIRM = shape(
    {
        "title": plain(100),
        "text": words(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    needs=("title", "text", "confirm", "deny"),
)
OPTION = shape(
    {"text": words(75), "value": string(150), "description": words(75), "url": LINK}, needs=("text", "value")
)
OPTIONS = many(OPTION, 100)
FEW_OPTIONS = many(OPTION, 10)
GROUPS = many(shape({"label": plain(75), "options": OPTIONS}, needs=("label", "options")), 100)
IMAGE = {
    "type": anything,
    "alt_text": string(2_000),
    "image_url": LINK,
    "slack_file": anything,
}


def _element(parts: Mapping[str, Rule], *, needs: tuple[str, ...] = ()) -> Rule:
    common: dict[str, Rule] = {"type": anything, "action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
    return shape({**common, **parts}, needs=needs)


BUTTON = _element(
    {
        "text": plain(75),
        "value": string(2_000),
        "url": LINK,
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
    needs=("text",),
)
SELECT: dict[str, Rule] = {
    "placeholder": plain(150),
    "max_selected_items": whole(1, 100),
    "response_url_enabled": flag,
    "default_to_current_conversation": flag,
    "filter": anything,
}
STATIC = {**SELECT, "options": OPTIONS, "option_groups": GROUPS}
TYPED: dict[str, Rule] = {
    "placeholder": plain(150),
    "dispatch_action_config": anything,
    "initial_value": string(3_000, least=0),
}
PICK: dict[str, Rule] = {"placeholder": plain(150), "timezone": string(100)}
SELECTS: dict[str, Rule] = {
    "static_select": _element({**STATIC, "initial_option": OPTION}),
    "multi_static_select": _element({**STATIC, "initial_options": OPTIONS}),
    "external_select": _element({**SELECT, "initial_option": OPTION, "min_query_length": whole(0, 100)}),
    "users_select": _element({**SELECT, "initial_user": ID}),
    "multi_users_select": _element({**SELECT, "initial_users": many(ID, 100)}),
    "conversations_select": _element({**SELECT, "initial_conversation": ID}),
    "multi_conversations_select": _element({**SELECT, "initial_conversations": many(ID, 100)}),
    "channels_select": _element({**SELECT, "initial_channel": ID}),
    "multi_channels_select": _element({**SELECT, "initial_channels": many(ID, 100)}),
    "radio_buttons": _element({"options": FEW_OPTIONS, "initial_option": OPTION}, needs=("options",)),
    "checkboxes": _element({"options": FEW_OPTIONS, "initial_options": FEW_OPTIONS}, needs=("options",)),
    "datepicker": _element({**PICK, "initial_date": string(10)}),
    "timepicker": _element({**PICK, "initial_time": string(5)}),
    "datetimepicker": _element({"initial_date_time": whole(0, 9_999_999_999)}),
}
INPUTS: dict[str, Rule] = {
    **SELECTS,
    "plain_text_input": _element(
        {**TYPED, "multiline": flag, "min_length": whole(0, 3_000), "max_length": whole(1, 3_000)}
    ),
    "email_text_input": _element(TYPED),
    "url_text_input": _element(TYPED),
    "number_input": _element(
        {
            **TYPED,
            "is_decimal_allowed": flag,
            "min_value": string(30),
            "max_value": string(30),
        },
        needs=("is_decimal_allowed",),
    ),
    "file_input": _element({"filetypes": anything, "max_files": whole(1, 10)}),
    "rich_text_input": anything,
}
ACTIONS: dict[str, Rule] = {
    **SELECTS,
    "button": BUTTON,
    "overflow": _element({"options": many(OPTION, 5)}, needs=("options",)),
    "workflow_button": anything,
}


def _block(parts: Mapping[str, Rule], *, needs: tuple[str, ...] = ()) -> Rule:
    return shape({"type": anything, "block_id": ID, **parts}, needs=needs)


BLOCKS: dict[str, Rule] = {
    "section": _block(
        {
            "text": words(3_000),
            "fields": many(words(2_000), 10),
            "accessory": by_type({**ACTIONS, "image": shape(IMAGE, needs=("alt_text",))}),
            "expand": flag,
        }
    ),
    "header": _block({"text": plain(150)}, needs=("text",)),
    "context": _block(
        {
            "elements": many(
                by_type(
                    {
                        "plain_text": words(3_000),
                        "mrkdwn": words(3_000),
                        "image": shape(IMAGE, needs=("alt_text",)),
                    }
                ),
                10,
            )
        },
        needs=("elements",),
    ),
    "actions": _block({"elements": many(by_type(ACTIONS), 25)}, needs=("elements",)),
    "input": _block(
        {
            "label": plain(2_000),
            "hint": plain(2_000),
            "element": by_type(INPUTS),
            "optional": flag,
            "dispatch_action": flag,
        },
        needs=("label", "element"),
    ),
    "image": _block({**IMAGE, "title": plain(2_000)}, needs=("alt_text",)),
    "divider": _block({}),
    "markdown": _block({"text": string(12_000)}, needs=("text",)),
    "rich_text": anything,
    "file": anything,
    "video": anything,
}
BLOCK = by_type(BLOCKS)

VIEW_COMMON: dict[str, Rule] = {
    "type": anything,
    "blocks": many(BLOCK, VIEW_BLOCKS, least=0),
    "private_metadata": string(3_000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
VIEW = by_type(
    {
        "modal": shape(
            {
                **VIEW_COMMON,
                "title": plain(24),
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
            needs=("title", "blocks"),
        ),
        "home": shape(VIEW_COMMON, needs=("blocks",)),
    }
)


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the interactive and other elements of a block, in the order in which they are shown."""
    found = [*block.get("elements", ())]
    found += [block[name] for name in ("accessory", "element") if name in block]
    return [element for element in found if isinstance(element, dict)]


def block_text(value: Any) -> int:
    """Return how many characters of text stand in blocks: every string called `text`, however deep."""
    if isinstance(value, list):
        return sum(map(block_text, value))
    if isinstance(value, dict):
        own = value.get("text")
        inner = sum(block_text(part) for part in value.values() if isinstance(part, dict | list))
        return inner + (len(own) if isinstance(own, str) else 0)
    return 0


def _repeated(names: Iterator[str]) -> Iterator[str]:
    yield from (name for name, times in Counter(names).items() if times > 1)


def _twins(blocks: Any, where: str) -> Iterator[str]:
    if not isinstance(blocks, list):
        return
    shown = [block for block in blocks if isinstance(block, dict)]
    for name in _repeated(block["block_id"] for block in shown if isinstance(block.get("block_id"), str)):
        yield f"`block_id` {name} already exists [json-pointer:{where}]"
    for place, block in enumerate(shown):
        ids = (part["action_id"] for part in elements(block) if isinstance(part.get("action_id"), str))
        for name in _repeated(ids):
            yield f"`action_id` {name} already exists in this block [json-pointer:{where}/{place}/elements]"


def _choices(blocks: Any, where: str) -> Iterator[str]:
    for place, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if not isinstance(block, dict):
            continue
        if block.get("type") == "section" and not ("text" in block or "fields" in block):
            yield f"missing required field: text [json-pointer:{where}/{place}]"
        for element in elements(block):
            lists = sum(name in element for name in ("options", "option_groups"))
            if element.get("type") in {"static_select", "multi_static_select"} and lists != 1:
                yield f"must have either options or option_groups [json-pointer:{where}/{place}]"


def message_faults(blocks: Any) -> list[str]:
    """Return what Slack would say against the blocks of a message; an empty list is fine."""
    many_blocks = many(BLOCK, MESSAGE_BLOCKS, least=0)
    found = [*many_blocks(blocks, "/blocks"), *_twins(blocks, "/blocks"), *_choices(blocks, "/blocks")]
    return sorted(found)


def view_faults(view: Any) -> list[str]:
    """Return what Slack would say against a modal or a Home view; an empty list is fine."""
    found = list(VIEW(view, "/view"))
    blocks = view.get("blocks") if isinstance(view, dict) else None
    found += [*_twins(blocks, "/view/blocks"), *_choices(blocks, "/view/blocks")]
    shown = blocks if isinstance(blocks, list) else ()
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in shown)
    if asks and view.get("type") == "modal" and "submit" not in view:
        found.append("missing required field: submit [json-pointer:/view]")
    return sorted(found)
