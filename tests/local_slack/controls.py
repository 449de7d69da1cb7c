"""Finding what a person sees on a message or a view: buttons, menus and fields, by label or by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.local_slack.blocks import elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.local_slack.records import Json

# What Slack calls the value of each kind of control in `state.values`, and what is there before anyone chose.
STATE: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "file_input": ("files", "initial_files", []),
}


def controls(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each control with the block that it stands in."""
    for block in blocks:
        if block["type"] in {"actions", "section", "input"}:
            yield from ((block, element) for element in elements(block) if element["type"] != "image")


def names(block: Json, control: Json) -> list[str]:
    """Return what a person or a test may call the control: its words first, then its ids."""
    shown = [
        control.get("text", {}).get("text") if isinstance(control.get("text"), dict) else None,
        block.get("label", {}).get("text"),
        control.get("placeholder", {}).get("text"),
    ]
    return [*(name for name in shown if name), control.get("action_id", ""), block.get("block_id", "")]


def find(
    blocks: list[Json], name: str, kinds: Mapping[str, Any] | set[str] | None = None
) -> tuple[Json, Json]:
    """Return the one control of that name, with its block; fail with the names there are."""
    there = [pair for pair in controls(blocks) if kinds is None or pair[1]["type"] in kinds]
    exact = [pair for pair in there if pair[1].get("action_id") == name]
    found = exact or [pair for pair in there if name in names(*pair)]
    if len(found) != 1:
        every = ", ".join(repr(names(*pair)[0]) for pair in there) or "nothing"
        count = "no control" if not found else f"{len(found)} controls"
        raise AssertionError(f"{count} called {name!r}; there is {every}")
    return found[0]


def labels(blocks: list[Json]) -> list[str]:
    """Return the words on the buttons, in order."""
    return [element["text"]["text"] for _, element in controls(blocks) if element["type"] == "button"]


def options(control: Json) -> list[Json]:
    """Return the options of a menu, groups opened."""
    grouped = (option for group in control.get("option_groups", ()) for option in group["options"])
    return [*control.get("options", ()), *grouped]


def find_option(offered: list[Json], name: str) -> Json:
    """Return the option with that text or value; fail with those there are."""
    for option in offered:
        if name in (option["text"]["text"], option.get("value")):
            return option
    every = ", ".join(repr(option["text"]["text"]) for option in offered) or "nothing"
    raise AssertionError(f"no option called {name!r}; there is {every}")


def shown_text(blocks: list[Json]) -> str:
    """Return the words that blocks show, a line each, without the controls."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Json) -> Iterator[str]:
    text = block.get("text")
    if isinstance(text, dict):
        yield text["text"]
    elif isinstance(text, str):
        yield text
    yield from (field["text"] for field in block.get("fields", ()))
    if block["type"] == "context":
        for element in block["elements"]:
            words = element.get("text") or element.get("alt_text")
            yield str(words)
    if block["type"] == "image":
        yield block["alt_text"]
    if block["type"] == "input":
        yield block["label"]["text"]


def value_of(control: Json, chosen: Json | None) -> Json:
    """Return the entry of `state.values` for a control: what was chosen, else what it began with."""
    key, initial, empty = STATE[control["type"]]
    if chosen is not None:
        return {"type": control["type"], **chosen}
    return {"type": control["type"], key: control.get(initial, empty)}


def state_values(blocks: list[Json], typed: Mapping[tuple[str, str], Json]) -> Json:
    """Return `state.values` of the blocks."""
    values: Json = {}
    for block, control in controls(blocks):
        if control["type"] in STATE:
            place = (block["block_id"], control["action_id"])
            values.setdefault(place[0], {})[place[1]] = value_of(control, typed.get(place))
    return values
