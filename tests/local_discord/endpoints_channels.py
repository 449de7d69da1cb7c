"""The endpoints of channels: messages and pins."""

from tests.local_discord.callbacks import delete
from tests.local_discord.calls import NOTHING, Answer, Call, Route
from tests.local_discord.channels import DIRECT, Channel
from tests.local_discord.checks import check_new_message
from tests.local_discord.composing import amend, check_changed_message, compose
from tests.local_discord.messages import (
    DEFAULT,
    PINNED,
    REPLY,
    SUPPRESS_EMBEDS,
    THREAD_STARTER,
    Message,
)
from tests.local_discord.model import Wire
from tests.local_discord.permissions import Permission
from tests.local_discord.refusals import Form, No
from tests.local_discord.world import GUILDS, World

_NONCE_LIFE = 300.0
_PINS, _PINS_A_PAGE, _MESSAGES_A_PAGE = 250, 50, 100
_SYSTEM = frozenset({PINNED, THREAD_STARTER})


def read_channel(world: World, call: Call) -> Answer:
    """Return a channel."""
    return Answer(body=world.channel(call.args["channel_id"]).wire())


def list_messages(world: World, call: Call) -> Answer:
    """Return messages, the newest first, before, after or around one; none without the history permission."""
    channel = world.channel(call.args["channel_id"])
    form = Form()
    limit = _limit(form, call, _MESSAGES_A_PAGE)
    form.refuse_if_wrong()
    if not world.bot_permissions(channel) & Permission.READ_MESSAGE_HISTORY:
        return Answer(body=[])
    return Answer(body=[message.wire for message in reversed(_page(channel, call, limit))])


def _page(channel: Channel, call: Call, limit: int) -> list[Message]:
    """Return the messages asked for, the oldest first."""
    ids = list(map(int, channel.history))
    pivot = next((name for name in ("before", "after", "around") if name in call.query), None)
    at = int(call.query[pivot]) if pivot else 0
    if pivot == "after":
        chosen = [number for number in ids if number > at][:limit]
    elif pivot == "around":
        chosen = sorted(sorted(ids, key=lambda number: abs(number - at))[:limit])
    else:
        chosen = [number for number in ids if not pivot or number < at][-limit:]
    return [channel.history[str(number)] for number in chosen]


def create_message(world: World, call: Call) -> Answer:
    """Post a message; with `enforce_nonce`, one that was posted already is returned instead."""
    channel = world.channel(call.args["channel_id"])
    _require_sending(world, channel, call)
    if channel.locked:
        raise No.THREAD_ARCHIVED.refusal()
    check_new_message(call.fields, call.uploads)
    kind, extra = _reply(world, channel, call.fields)
    call.confirm()
    key, now = (channel.id, str(call.fields.get("nonce"))), world.clock.now()
    posted_at, message = world.nonces.get(key, (0.0, None))
    known = call.fields.get("enforce_nonce") and now - posted_at <= _NONCE_LIFE
    if message is None or not known:
        message = compose(
            world,
            channel=channel,
            author=world.bot,
            body=call.fields,
            uploads=call.uploads,
            kind=kind,
            extra=extra,
        )
    # What is written in a thread brings it back from the archive.
    channel.archived = False
    if message.nonce is not None:
        world.nonces[key] = (now, message)
    return Answer(body=message.wire | ({} if message.nonce is None else {"nonce": message.nonce}))


def read_message(world: World, call: Call) -> Answer:
    """Return one message."""
    channel = world.channel(call.args["channel_id"])
    if not world.bot_permissions(channel) & Permission.READ_MESSAGE_HISTORY:
        raise No.MISSING_ACCESS.refusal()
    return Answer(body=message_in(channel, call).wire)


def edit_message(world: World, call: Call) -> Answer:
    """Change one of the bot's own messages; of others', only whether embeds show."""
    channel = world.channel(call.args["channel_id"])
    message = message_in(channel, call)
    if message.author is not world.bot:
        if set(call.fields) - {"flags"}:
            raise No.NOT_THE_AUTHOR.refusal()
        world.channel(channel.id, Permission.MANAGE_MESSAGES)
    if message.kind in _SYSTEM:
        raise No.SYSTEM_MESSAGE.refusal()
    if channel.archived:
        raise No.THREAD_ARCHIVED.refusal()
    check_changed_message(world, message, call.fields, call.uploads)
    call.confirm()
    amend(world, message, call.fields, call.uploads)
    return Answer(body=message.wire)


def delete_message(world: World, call: Call) -> Answer:
    """Delete a message; another's needs the permission to manage messages."""
    channel = world.channel(call.args["channel_id"])
    message = message_in(channel, call)
    if message.author is not world.bot:
        world.channel(channel.id, Permission.MANAGE_MESSAGES)
    delete(world, message)
    return NOTHING


def show_typing(world: World, call: Call) -> Answer:
    """Take note of typing."""
    world.channel(call.args["channel_id"], Permission.SEND_MESSAGES)
    return NOTHING


def pin(world: World, call: Call) -> Answer:
    """Pin a message, which the channel announces."""
    channel = world.channel(call.args["channel_id"], Permission.PIN_MESSAGES)
    message = message_in(channel, call)
    if message.kind in _SYSTEM:
        raise No.SYSTEM_MESSAGE.refusal()
    if channel.archived:
        raise No.THREAD_ARCHIVED.refusal()
    if message.pinned:
        return NOTHING
    if len(channel.pinned_at) >= _PINS:
        raise No.TOO_MANY_PINS.refusal()
    channel.pinned_at[message.id] = world.clock.timestamp()
    _show_pin(world, message, pinned=True)
    reference = {"message_reference": reference_to(channel, message.id)}
    compose(world, channel=channel, author=world.bot, body={}, kind=PINNED, extra=reference)
    return NOTHING


def unpin(world: World, call: Call) -> Answer:
    """Take a pin off."""
    channel = world.channel(call.args["channel_id"], Permission.PIN_MESSAGES)
    message = message_in(channel, call)
    if channel.pinned_at.pop(message.id, None) is not None:
        _show_pin(world, message, pinned=False)
    return NOTHING


def list_pins(world: World, call: Call) -> Answer:
    """Return the pins with their times, the newest first, before a time if one is given."""
    channel = world.channel(call.args["channel_id"])
    form = Form()
    limit = _limit(form, call, _PINS_A_PAGE)
    form.refuse_if_wrong()
    before = call.query.get("before")
    pins = [one for one in _pins(world, channel) if before is None or channel.pinned_at[one.id] < before]
    items = [{"pinned_at": channel.pinned_at[one.id], "message": one.wire} for one in pins[:limit]]
    return Answer(body={"items": items, "has_more": len(pins) > limit})


def list_pinned_messages(world: World, call: Call) -> Answer:
    """Return the newest fifty pinned messages, as before pins had pages."""
    channel = world.channel(call.args["channel_id"])
    return Answer(body=[message.wire for message in _pins(world, channel)[:_PINS_A_PAGE]])


def _pins(world: World, channel: Channel) -> list[Message]:
    return channel.pins if world.bot_permissions(channel) & Permission.READ_MESSAGE_HISTORY else []


def _show_pin(world: World, message: Message, *, pinned: bool) -> None:
    channel = message.channel
    # A pin is no edit: nobody wrote anything, so it leaves no older state behind.
    message.wire = {**message.wire, "pinned": pinned}
    channel.bell.ring()
    world.publish_message("MESSAGE_UPDATE", channel, message.wire)
    notice: Wire = {"channel_id": channel.id, "last_pin_timestamp": channel.wire()["last_pin_timestamp"]}
    if channel.guild is not None:
        notice["guild_id"] = channel.guild.id
    world.publish("CHANNEL_PINS_UPDATE", notice, guild=channel.guild, intent=GUILDS)


def message_in(channel: Channel, call: Call) -> Message:
    """Return the message that a request names."""
    message = channel.history.get(call.args["message_id"])
    if message is None:
        raise No.UNKNOWN_MESSAGE.refusal()
    return message


def _require_sending(world: World, channel: Channel, call: Call) -> None:
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    if call.fields.get("embeds") and not (call.fields.get("flags") or 0) & SUPPRESS_EMBEDS:
        needed |= Permission.EMBED_LINKS
    if call.uploads:
        needed |= Permission.ATTACH_FILES
    world.channel(channel.id, needed)
    if channel.kind == DIRECT and not channel.recipients[0].accepts_direct_messages:
        raise No.CANNOT_MESSAGE_USER.refusal()


def _reply(world: World, channel: Channel, body: Wire) -> tuple[int, Wire]:
    reference = body.get("message_reference")
    if not reference:
        return DEFAULT, {}
    if not world.bot_permissions(channel) & Permission.READ_MESSAGE_HISTORY:
        raise No.REPLY_NEEDS_HISTORY.refusal()
    message_id = str(reference.get("message_id"))
    if message_id in channel.history:
        return REPLY, {"message_reference": reference_to(channel, message_id)}
    if reference.get("fail_if_not_exists") is False:
        return DEFAULT, {}
    form = Form()
    form.fault(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    form.refuse_if_wrong()
    return DEFAULT, {}


def reference_to(channel: Channel, message_id: str) -> Wire:
    """Return what names a message in another one."""
    reference: Wire = {"type": 0, "channel_id": channel.id, "message_id": message_id}
    return reference if channel.guild is None else reference | {"guild_id": channel.guild.id}


def _limit(form: Form, call: Call, most: int) -> int:
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= most:
        said = f"int value should be less than or equal to {most}."
        form.fault(("limit",), "NUMBER_TYPE_MAX" if limit > most else "NUMBER_TYPE_MIN", said)
    return limit


_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"
ROUTES = [
    Route(method="GET", template="/channels/{channel_id}", endpoint=read_channel),
    Route(method="POST", template="/channels/{channel_id}/typing", endpoint=show_typing),
    Route(method="GET", template="/channels/{channel_id}/pins", endpoint=list_pinned_messages),
    Route(method="PUT", template="/channels/{channel_id}/pins/{message_id}", endpoint=pin),
    Route(method="DELETE", template="/channels/{channel_id}/pins/{message_id}", endpoint=unpin),
    Route(method="GET", template=_MESSAGES + "/pins", endpoint=list_pins),
    Route(method="PUT", template=_MESSAGES + "/pins/{message_id}", endpoint=pin),
    Route(method="DELETE", template=_MESSAGES + "/pins/{message_id}", endpoint=unpin),
    Route(method="GET", template=_MESSAGES, endpoint=list_messages),
    Route(method="POST", template=_MESSAGES, endpoint=create_message),
    Route(method="GET", template=_MESSAGE, endpoint=read_message),
    Route(method="PATCH", template=_MESSAGE, endpoint=edit_message),
    Route(method="DELETE", template=_MESSAGE, endpoint=delete_message),
]
