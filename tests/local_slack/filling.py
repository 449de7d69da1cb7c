"""Filling a form in: from what a test says that a person typed to the values that Slack sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.local_slack.controls import STATE, controls, find, find_option, options, state_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.local_slack.records import Json, View
    from tests.local_slack.workspace import Workspace

FIELDS = set(STATE)


def entry(space: Workspace, control: Json, answer: Any, offered: list[Json] | None = None) -> Json:
    """Return what the control holds once a person gave that answer: text, a label, an id, or a list of these."""
    key = STATE[control["type"]][0]
    if key == "selected_option":
        return {key: find_option(options(control) or offered or [], str(answer))}
    if key == "selected_options":
        return {key: [find_option(options(control), str(each)) for each in answer]}
    if key == "files":
        return {key: [space.file_json(each) for each in answer]}
    if key.startswith("selected_") and key.endswith("s"):
        return {key: [getattr(each, "id", each) for each in answer]}
    if key in {"selected_user", "selected_channel", "selected_conversation"}:
        return {key: getattr(answer, "id", answer)}
    return {key: answer}


def fill(space: Workspace, view: View, answers: Mapping[str, Any]) -> None:
    """Put the answers into the fields of the view; each is named by label, action_id or block_id."""
    for name, answer in answers.items():
        block, control = find(view.blocks, name, FIELDS)
        view.typed[block["block_id"], control["action_id"]] = entry(space, control, answer)


def unfinished(view: View) -> dict[str, str]:
    """Return what the person's own client would say before it sends anything, by block_id."""
    values = state_values(view.blocks, view.typed)
    found: dict[str, str] = {}
    for block, control in controls(view.blocks):
        if block["type"] != "input":
            continue
        key = STATE[control["type"]][0]
        value = values[block["block_id"]][control["action_id"]][key]
        if not value and not block.get("optional"):
            found[block["block_id"]] = "required"
        elif value and key == "value" and len(value) < control.get("min_length", 0):
            found[block["block_id"]] = f"at least {control['min_length']} characters"
        elif value and key == "value" and len(value) > control.get("max_length", 3_000):
            found[block["block_id"]] = f"at most {control.get('max_length', 3_000)} characters"
    return found
