"""The check against Slack's published data, where a folder with it is at hand: block types and method parameters.

The folder is named by HUNDRED_REGIMENTS_SPECS and is not part of the project. It holds `slack_types.schema.json`,
a JSON schema of Slack's own types, and `slack_web_methods.json`, every Web API method with its parameters.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

VARIABLE = "HUNDRED_REGIMENTS_SPECS"

# The method list was published in 2021. These parameters came later (docs.slack.dev, reference of each method).
NEWER_PARAMETERS: dict[str, frozenset[str]] = {
    "chat.postEphemeral": frozenset({"markdown_text"}),
    "chat.postMessage": frozenset({"metadata", "markdown_text"}),
    "chat.update": frozenset({"metadata", "markdown_text", "file_ids", "reply_broadcast"}),
    "conversations.history": frozenset({"include_all_metadata"}),
    "conversations.open": frozenset({"prevent_creation"}),
    "conversations.replies": frozenset({"include_all_metadata"}),
    "team.info": frozenset({"domain"}),
    "views.open": frozenset({"interactivity_pointer"}),
    "views.push": frozenset({"interactivity_pointer"}),
}
# And these whole methods.
NEWER_METHODS: dict[str, frozenset[str]] = {
    "apps.connections.open": frozenset(),
    "files.getUploadURLExternal": frozenset({"filename", "length", "alt_txt", "snippet_type"}),
    "files.completeUploadExternal": frozenset(
        {"files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"}
    ),
}
# The official clients add this one to any call, for installations in several workspaces.
ANYWHERE = frozenset({"team_id"})
# The list calls these required, Slack accepts an alternative today.
NO_LONGER_REQUIRED = frozenset({"token", "trigger_id"})


@lru_cache(maxsize=4)
def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=4)
def _names_by_type(schema: Path) -> dict[str, str]:
    definitions = _load(schema)["definitions"]
    known = (choice["$ref"].rsplit("/", 1)[1] for choice in definitions["KnownBlock"]["anyOf"])
    names = {}
    for name in known:
        described = definitions[name]
        first = described if "properties" in described else described["anyOf"][0]
        names[first["properties"]["type"]["const"]] = name
    return names


@lru_cache(maxsize=64)
def _validator(schema: Path, name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _load(schema)["definitions"]})


class SpecChecks:
    """The checks that need the folder; `state` is "on", or says why they are off."""

    def __init__(self, *, wanted: bool) -> None:
        self.state = "on"
        folder = os.environ.get(VARIABLE, "")
        self._schema = Path(folder) / "slack_types.schema.json"
        self._methods = Path(folder) / "slack_web_methods.json"
        missing = [path.name for path in (self._schema, self._methods) if not path.is_file()]
        if not wanted:
            self.state = "off: check_specs is False"
        elif not folder:
            self.state = f"off: {VARIABLE} is not set"
        elif missing:
            self.state = f"off: {VARIABLE} holds no {' and no '.join(missing)}"

    @property
    def on(self) -> bool:
        """Say whether anything is checked."""
        return self.state == "on"

    def blocks(self, blocks: Any) -> list[str]:
        """Return the first fault of each block, as the schema sees it."""
        if not self.on or not isinstance(blocks, list):
            return []
        names = _names_by_type(self._schema)
        found = []
        for place, block in enumerate(blocks):
            name = names.get(block.get("type", "")) if isinstance(block, dict) else None
            found += [f"blocks/{place}: {fault}" for fault in self._against(name or "Block", block)]
        return found

    def view(self, view: Any) -> list[str]:
        """Return the first fault of the view and of each of its blocks."""
        if not self.on or not isinstance(view, dict):
            return []
        name = "HomeView" if view.get("type") == "home" else "ModalView"
        return [*self._against(name, {**view, "blocks": []}), *self.blocks(view.get("blocks"))]

    def call(self, method: str, parameters: set[str]) -> list[str]:
        """Return which parameters the method does not have, and which required ones are missing."""
        if not self.on:
            return []
        listed = _load(self._methods)["methods"].get(method)
        if listed is None and method not in NEWER_METHODS:
            return [f"{method} is no method"]
        known = [] if listed is None else listed["params"]
        names = {each["name"] for each in known} | NEWER_METHODS.get(method, frozenset())
        unknown = parameters - names - ANYWHERE - NEWER_PARAMETERS.get(method, frozenset())
        needed = {each["name"] for each in known if each.get("required")} - NO_LONGER_REQUIRED
        return [
            *(f"{method} has no parameter {name}" for name in sorted(unknown)),
            *(f"{method} needs the parameter {name}" for name in sorted(needed - parameters)),
        ]

    def _against(self, name: str, value: Any) -> list[str]:
        validator = _validator(self._schema, name)
        if validator.is_valid(value):
            return []
        fault = best_match(validator.iter_errors(value))
        where = "/".join(map(str, fault.absolute_path)) or "it"
        return [f"{where}: {fault.message[:200]}"]
