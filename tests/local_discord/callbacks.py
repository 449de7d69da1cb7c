"""How a bot answers interactions: the first answer, and the webhook that the token opens."""

from collections.abc import Mapping
from typing import Any

from tests.local_discord.calls import Call
from tests.local_discord.check_commands import check_choices
from tests.local_discord.check_components import check_modal
from tests.local_discord.checks import check_new_message
from tests.local_discord.composing import amend, check_changed_message, compose
from tests.local_discord.interactions import (
    COMMAND,
    COMPLETE,
    COMPLETION,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    FIRST_ANSWER,
    MODAL_SUBMIT,
    OPEN_MODAL,
    SHOW,
    TOKEN_LIFE,
    UPDATE,
    Interaction,
    Modal,
)
from tests.local_discord.messages import CONTEXT_MENU, EPHEMERAL, LOADING, REPLY, SLASH_COMMAND, Message
from tests.local_discord.model import Wire
from tests.local_discord.refusals import Form, No
from tests.local_discord.world import Upload, World

_AFTER_A_COMMAND = (SHOW, DEFER, OPEN_MODAL)
_AFTER_A_PRESS = (SHOW, DEFER, DEFER_UPDATE, UPDATE, OPEN_MODAL)
_AFTER_A_FORM = (SHOW, DEFER)
_AFTER_A_FORM_ON_A_MESSAGE = (SHOW, DEFER, DEFER_UPDATE, UPDATE)
_SLASH = 1


def respond(world: World, call: Call) -> Interaction:
    """Take the first answer to an interaction and return the interaction.

    Raises:
        Refusal: The interaction is unknown, too old or answered already, or the answer is not valid.
    """
    interaction = world.interactions.get(call.args["interaction_id"])
    if interaction is None or interaction.token != call.args["interaction_token"]:
        raise No.UNKNOWN_INTERACTION.refusal()
    if interaction.answer is not None:
        raise No.ALREADY_ACKNOWLEDGED.refusal()
    waited = world.clock.now() - interaction.created
    if waited > FIRST_ANSWER:
        raise No.UNKNOWN_INTERACTION.refusal()
    kind, data = call.fields.get("type"), call.fields.get("data") or {}
    form = Form()
    if form.choice(("type",), kind, _fitting(interaction)):
        _check(world, form, interaction, call)
    form.refuse_if_wrong()
    call.confirm()
    _carry_out(world, interaction, int(kind or 0), data, call.uploads)
    interaction.answer, interaction.answered_after = kind, waited
    interaction.bell.ring()
    return interaction


def callback_resource(interaction: Interaction) -> Wire:
    """Return what `with_response` asks for: the interaction, and the message that the answer showed."""
    about: Wire = {"id": interaction.id, "type": interaction.kind}
    message = interaction.message
    if message is None:
        return {"interaction": about}
    about |= {
        "response_message_id": message.id,
        "response_message_loading": message.loading,
        "response_message_ephemeral": message.ephemeral,
        "channel_id": message.channel.id,
    }
    if message.channel.guild is not None:
        about["guild_id"] = message.channel.guild.id
    if interaction.answer in {SHOW, UPDATE}:
        return {"interaction": about, "resource": {"type": interaction.answer, "message": message.wire}}
    return {"interaction": about}


def opened_by(world: World, application_id: str, token: str) -> Interaction:
    """Return the interaction whose webhook the token opens.

    Raises:
        Refusal: No such webhook, or its fifteen minutes are over.
    """
    interaction = world.by_token.get(token)
    if application_id != world.application_id or interaction is None:
        raise No.UNKNOWN_WEBHOOK.refusal()
    if world.clock.now() - interaction.created > TOKEN_LIFE:
        raise No.INVALID_WEBHOOK_TOKEN.refusal()
    if interaction.answer is None:
        raise No.UNKNOWN_WEBHOOK.refusal()
    return interaction


def followup(world: World, interaction: Interaction, call: Call) -> Message:
    """Post a followup; the first one after a deferral takes the place of the "is thinking"."""
    message = interaction.message
    if interaction.answer == DEFER and message is not None and message.loading and not message.deleted:
        change(world, interaction, message, call)
        return message
    check_new_message(call.fields, call.uploads)
    call.confirm()
    sent = _show(world, interaction, call.fields, call.uploads)
    interaction.followups.append(sent)
    interaction.bell.ring()
    return sent


def message_of(interaction: Interaction, message_id: str) -> Message:
    """Return the message that the token may read and change: the original answer or a followup."""
    own = [message for message in (interaction.message, *interaction.followups) if message is not None]
    for message in own:
        meant = message is interaction.message if message_id == "@original" else message.id == message_id
        if meant and not message.deleted:
            return message
    raise No.UNKNOWN_MESSAGE.refusal()


def change(world: World, interaction: Interaction, message: Message, call: Call) -> None:
    """Change a message through the token."""
    check_changed_message(world, message, call.fields, call.uploads)
    call.confirm()
    amend(world, message, call.fields, call.uploads)
    interaction.resolved |= message is interaction.message
    interaction.bell.ring()


def remove(world: World, interaction: Interaction, message: Message) -> None:
    """Delete a message through the token."""
    delete(world, message)
    interaction.resolved |= message is interaction.message
    interaction.bell.ring()


def delete(world: World, message: Message) -> None:
    """Delete a message and tell the gateway."""
    channel = message.channel
    channel.history.pop(message.id, None)
    channel.pinned_at.pop(message.id, None)
    message.remove()
    if message.for_user is None:
        world.publish_message("MESSAGE_DELETE", channel, {"id": message.id, "channel_id": channel.id})


def _fitting(interaction: Interaction) -> tuple[int, ...]:
    if interaction.kind == MODAL_SUBMIT:
        return _AFTER_A_FORM if interaction.source is None else _AFTER_A_FORM_ON_A_MESSAGE
    return {COMMAND: _AFTER_A_COMMAND, COMPONENT: _AFTER_A_PRESS, COMPLETION: (COMPLETE,)}[interaction.kind]


def _check(world: World, form: Form, interaction: Interaction, call: Call) -> None:
    """Check what an answer carries, without any effect."""
    kind, data = call.fields["type"], call.fields.get("data") or {}
    if kind == COMPLETE:
        check_choices(form, ("data", "choices"), data.get("choices"))
    elif kind == OPEN_MODAL:
        check_modal(form, ("data",), data)
    elif kind == SHOW:
        check_new_message(data, call.uploads, ("data",))
    elif kind == UPDATE and interaction.source is not None:
        if interaction.source.deleted:
            raise No.UNKNOWN_MESSAGE.refusal()
        check_changed_message(world, interaction.source, data, call.uploads, ("data",))


def _carry_out(
    world: World, interaction: Interaction, kind: int, data: Wire, uploads: Mapping[int, Upload]
) -> None:
    if kind == COMPLETE:
        interaction.choices = list(data.get("choices") or [])
    elif kind == OPEN_MODAL:
        interaction.modal = Modal(wire=data, opener=interaction)
    elif kind == DEFER:
        thinking = {"flags": LOADING | ((data.get("flags") or 0) & EPHEMERAL)}
        interaction.message = _show(world, interaction, thinking, {})
    elif kind == SHOW:
        interaction.message = _show(world, interaction, data, uploads)
    else:
        interaction.message = interaction.source
        if kind == UPDATE and interaction.source is not None:
            amend(world, interaction.source, data, uploads, stamped=False)


def _show(world: World, interaction: Interaction, data: Wire, uploads: Mapping[int, Upload]) -> Message:
    """Post an answer or followup; the bot needs no permission in the channel for it."""
    ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
    kind, extra = _attribution(world, interaction)
    return compose(
        world,
        channel=interaction.channel,
        author=world.bot,
        body=data,
        uploads=uploads,
        kind=kind,
        extra=extra,
        for_user=interaction.user if ephemeral else None,
        token=interaction.token,
    )


def _attribution(world: World, interaction: Interaction) -> tuple[int, Wire]:
    """Return the type and the fields that tell what a message answers."""
    channel = interaction.channel
    extra: Wire = {
        "application_id": world.application_id,
        "webhook_id": world.application_id,
        "interaction_metadata": _metadata(interaction),
    }
    if interaction.message is not None:
        extra["interaction_metadata"]["original_response_message_id"] = interaction.message.id
    reference: dict[str, Any] = {"type": 0, "channel_id": channel.id}
    if channel.guild is not None:
        reference["guild_id"] = channel.guild.id
    target = interaction.payload["data"].get("target_id")
    if interaction.source is not None:
        return REPLY, extra | {"message_reference": reference | {"message_id": interaction.source.id}}
    if interaction.kind == COMMAND and interaction.payload["data"]["type"] != _SLASH:
        if "messages" in interaction.payload["data"].get("resolved", {}):
            extra["message_reference"] = reference | {"message_id": target}
        return CONTEXT_MENU, extra
    if interaction.kind == COMMAND:
        extra["interaction"] = {
            "id": interaction.id,
            "type": COMMAND,
            "name": interaction.name,
            "user": interaction.user.wire(),
        }
    return SLASH_COMMAND, extra


def _metadata(interaction: Interaction) -> Wire:
    wire: Wire = {
        "id": interaction.id,
        "type": interaction.kind,
        "user": interaction.user.wire(),
        "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
    }
    if interaction.kind == COMPONENT and interaction.source is not None:
        wire["interacted_message_id"] = interaction.source.id
    if interaction.kind == MODAL_SUBMIT and interaction.opener is not None:
        wire["triggering_interaction_metadata"] = _metadata(interaction.opener)
    return wire
