"""What an acknowledgement does: answers to a command, errors and next steps of a form, options of a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.local_slack import views
from tests.local_slack.blocks import OPTIONS, message_faults
from tests.local_slack.interaction import BAD_COMMAND_ANSWER, BAD_VIEW_ANSWER
from tests.local_slack.records import View
from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from tests.local_slack.interaction import Interaction
    from tests.local_slack.people import Person
    from tests.local_slack.records import Json
    from tests.local_slack.workspace import Workspace


def acknowledge(space: Workspace, interaction: Interaction, payload: Any) -> None:
    """Take an acknowledgement; a second one, or one after three seconds, is refused and noted."""
    what = interaction.payload.get("command", interaction.kind)
    if interaction.acked_at is not None:
        space.violations.append(f"a second acknowledgement of {what}")
    elif interaction.settled.is_set():
        late = space.clock.now() - interaction.sent_at
        space.violations.append(f"an acknowledgement of {what} {late:.1f} s after it was sent")
    else:
        interaction.acked_at = space.clock.now()
        interaction.ack = payload if isinstance(payload, dict) else None
        interaction.settle(_apply(space, interaction, payload))
    space.bell.ring()


def _apply(space: Workspace, interaction: Interaction, payload: Any) -> str | None:
    if not payload:
        if interaction.kind == "view_submission":
            _close_submitted(interaction)
        return None
    what = interaction.payload.get("command", interaction.kind)
    if not isinstance(payload, dict):
        space.violations.append(f"the acknowledgement of {what} is no object: {payload!r}")
        return None
    if not interaction.takes_payload:
        space.violations.append(f"the acknowledgement of {what} carries a payload, which Slack ignores")
        return None
    if interaction.kind == "slash_commands":
        return _answer_command(space, interaction, payload)
    if interaction.kind == "view_submission":
        return _answer_form(space, interaction, payload)
    return _offer_options(space, interaction, payload)


def _answer_command(space: Workspace, interaction: Interaction, payload: Json) -> str | None:
    blocks = payload.get("blocks") or []
    space.violations += [f"answer against the schema: {fault}" for fault in space.specs.blocks(blocks)]
    faults = message_faults(blocks)
    if faults:
        space.violations.append(f"the answer to {interaction.payload['command']} is refused: {faults}")
        return BAD_COMMAND_ANSWER
    if (payload.get("text") or blocks) and interaction.channel is not None:
        show_answer(space, interaction, payload)
    return None


def show_answer(space: Workspace, interaction: Interaction, body: Json) -> None:
    """Show what came with an acknowledgement or through a response_url: to the asker, or to everyone."""
    if interaction.channel is None:
        raise RefusalError("no_channel")
    public = body.get("response_type") == "in_channel"
    message = space.post(
        interaction.channel,
        text=body.get("text") or "",
        blocks=body.get("blocks"),
        ephemeral_to=None if public else interaction.person,
        thread_ts=body.get("thread_ts"),
        unfurl_links=body.get("unfurl_links"),
        unfurl_media=body.get("unfurl_media"),
    )
    interaction.answers.add(message)


def _person_and_view(interaction: Interaction) -> tuple[Person, View]:
    person, view = interaction.person, interaction.source
    if person is None or not isinstance(view, View):
        raise TypeError("a form is submitted by a person from a view")
    return person, view


def _close_submitted(interaction: Interaction) -> None:
    _, view = _person_and_view(interaction)
    views.close(view)
    interaction.closed = True


def _answer_form(space: Workspace, interaction: Interaction, payload: Json) -> str | None:
    try:
        _follow(space, interaction, payload)
    except RefusalError as refusal:
        space.violations.append(f"the answer to a form is refused: {refusal.error} {refusal.messages}")
        return BAD_VIEW_ANSWER
    return None


def _follow(space: Workspace, interaction: Interaction, payload: Json) -> None:
    person, view = _person_and_view(interaction)
    match payload.get("response_action"):
        case "errors":
            _show_errors(interaction, view, payload.get("errors"))
        case "clear":
            views.close_all(person)
            interaction.closed = True
        case "update":
            content = views.check(space, payload.get("view"), "modal", replaces=view)
            interaction.views.add(views.replace(space, view, content))
        case "push":
            content = views.check(space, payload.get("view"), "modal")
            interaction.views.add(views.push_modal(space, person, content))
        case other:
            raise RefusalError("invalid_arguments", f"no response_action {other}")


def _show_errors(interaction: Interaction, view: View, errors: Any) -> None:
    fields = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise RefusalError("invalid_arguments", "errors must name at least one block")
    unknown = sorted(set(errors) - fields)
    if unknown:
        raise RefusalError("invalid_arguments", f"errors name {unknown}, which are no input blocks")
    interaction.errors = {str(name): str(words) for name, words in errors.items()}


def _offer_options(space: Workspace, interaction: Interaction, payload: Json) -> str | None:
    groups = payload.get("option_groups") or []
    offered = payload.get("options") or [option for group in groups for option in group["options"]]
    faults = list(OPTIONS(offered, "/options")) if offered else []
    if faults:
        space.violations.append(f"the options are refused: {faults}")
        return BAD_VIEW_ANSWER
    interaction.options = offered
    return None
