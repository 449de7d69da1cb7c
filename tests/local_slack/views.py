"""Modals and Home pages: opening, stacking, updating and closing them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.local_slack.blocks import view_faults
from tests.local_slack.records import Trigger, View, named
from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from tests.local_slack.people import Person
    from tests.local_slack.records import Json
    from tests.local_slack.workspace import Workspace

TRIGGER_SECONDS = 3.0
STACK = 3
VIEW_BYTES = 250_000


def use_trigger(space: Workspace, trigger_id: str) -> Trigger:
    """Exchange a trigger_id, which works once and for three seconds."""
    trigger = space.triggers.get(trigger_id)
    if trigger is None:
        raise RefusalError("invalid_trigger_id")
    if trigger.used:
        raise RefusalError("exchanged_trigger_id")
    if space.clock.now() - trigger.issued_at > TRIGGER_SECONDS:
        raise RefusalError("expired_trigger_id")
    trigger.used = True
    return trigger


def check(space: Workspace, content: Any, kind: str, *, replaces: View | None = None) -> Json:
    """Return the content if Slack would show it as a view of that kind."""
    if len(json.dumps(content)) > VIEW_BYTES:
        raise RefusalError("view_too_large")
    space.violations += [f"view against the schema: {fault}" for fault in space.specs.view(content)]
    faults = view_faults(content)
    if not faults and content["type"] != kind:
        faults = [f"must be a {kind} [json-pointer:/view/type]"]
    if faults:
        raise RefusalError("invalid_arguments", *faults)
    checked: Json = content
    external_id = checked.get("external_id")
    if external_id and find(space, external_id=external_id) not in {None, replaces}:
        raise RefusalError("duplicate_external_id")
    return checked


def find(space: Workspace, *, view_id: str = "", external_id: str = "") -> View | None:
    """Return the view of that id that somebody has in front of them."""
    if view_id:
        view = space.views.get(view_id)
        return None if view is None or view.closed else view
    for view in space.views.values():
        if not view.closed and external_id and view.content.get("external_id") == external_id:
            return view
    return None


def _new(space: Workspace, person: Person, content: Json) -> View:
    view_id = space.new_id("V")
    view = View(id=view_id, owner=person, content=content, hash=_hash(space), root_id=view_id)
    view.content = {**content, "blocks": named(content["blocks"], space.new_id)}
    space.views[view_id] = view
    return view


def _hash(space: Workspace) -> str:
    return f"{int(space.clock.now())}.{space.new_id()}"


def open_modal(space: Workspace, person: Person, content: Json) -> View:
    """Show a modal, in place of any that were open."""
    close_all(person)
    view = _new(space, person, content)
    person.modals.append(view)
    space.show("view", view, person)
    return view


def push_modal(space: Workspace, person: Person, content: Json) -> View:
    """Show a modal on top of the one that is open."""
    if not person.modals:
        raise RefusalError("not_found")
    if len(person.modals) >= STACK:
        raise RefusalError("push_limit_reached")
    below = person.modals[-1]
    view = _new(space, person, content)
    view.previous_id, view.root_id = below.id, below.root_id
    person.modals.append(view)
    space.show("view", view, person)
    return view


def replace(space: Workspace, view: View, content: Json) -> View:
    """Give an open view new content; what was typed in fields of the same name stays."""
    view.content = {**content, "blocks": named(content["blocks"], space.new_id)}
    view.hash = _hash(space)
    if view.type == "modal":
        space.show("view", view, view.owner)
    return view


def publish(space: Workspace, person: Person, content: Json) -> View:
    """Show the app's Home page to the person."""
    if person.home is None:
        person.home = _new(space, person, content)
    else:
        replace(space, person.home, content)
    person.homes.add(person.home)
    space.show("home", person.home, person)
    return person.home


def close(view: View) -> None:
    """Take a modal away; the one below is in front again."""
    view.closed = True
    if view in view.owner.modals:
        view.owner.modals.remove(view)


def close_all(person: Person) -> None:
    """Take all modals away."""
    for view in list(person.modals):
        close(view)
