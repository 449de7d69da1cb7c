"""conversations.* and pins.*: channels, who is in them, and what was said in them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tests.local_slack import payloads
from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.local_slack.arguments import Arguments
    from tests.local_slack.records import Channel, Json, Message
    from tests.local_slack.workspace import Workspace

MOST = 1_000


def channel_called(space: Workspace, word: str, *, by_name: bool = False) -> Channel:
    """Return the channel of that id; posting may also name a person, or a channel by its name."""
    channel = space.channels.get(word)
    if channel is None and by_name:
        person = space.people.get(word)
        if person is not None:
            return space.dm(person)
        named = [each for each in space.channels.values() if each.name == word.removeprefix("#")]
        channel = named[0] if named else None
    if channel is None or (channel.private and space.bot_user_id not in channel.members):
        raise RefusalError("channel_not_found")
    return channel


def reachable(space: Workspace, channel: Channel, *, to_post: bool = False) -> None:
    """Refuse an archived channel for posting, and one that the app is not in."""
    if to_post and channel.archived:
        raise RefusalError("is_archived")
    from_outside = to_post and channel.kind == "channels" and "chat:write.public" in space.scopes
    if space.bot_user_id not in channel.members and not from_outside:
        raise RefusalError("not_in_channel")


def _json(space: Workspace, channel: Channel) -> Json:
    common: Json = {
        "id": channel.id,
        "created": int(channel.created),
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": space.team_id,
        "updated": int(channel.created * 1000),
    }
    if channel.direct_with is not None:
        return {**common, "user": channel.direct_with.id, "is_user_deleted": channel.direct_with.deleted}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_mpim": False,
        "is_private": channel.private,
        "is_general": channel is space.general,
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "is_member": space.bot_user_id in channel.members,
        "creator": space.bot_user_id,
        "unlinked": 0,
        "previous_names": [],
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def paged(arguments: Arguments, items: Sequence[str], *, default: int = 100) -> tuple[list[str], str]:
    """Return one page of the items and the cursor of the next page, "" after the last."""
    limit = arguments.number("limit", default)
    if not 1 <= limit <= MOST:
        raise RefusalError("invalid_limit")
    cursor = arguments.text("cursor")
    start = 0
    if cursor:
        try:
            start = list(items).index(base64.b64decode(cursor, validate=True).decode())
        except ValueError as fault:
            raise RefusalError("invalid_cursor") from fault
    rest = items[start + limit :]
    following = base64.b64encode(rest[0].encode()).decode() if rest else ""
    return list(items[start : start + limit]), following


def info(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.info."""
    channel = channel_called(space, arguments.text("channel"))
    body = _json(space, channel)
    if arguments.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def list_all(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.list."""
    kinds = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
    wanted = {kinds.get(word, word) for word in (arguments.text("types") or "public_channel").split(",")}
    for kind in sorted(wanted):
        if f"{kind}:read" not in space.scopes:
            provided = ",".join(sorted(space.scopes))
            raise RefusalError("missing_scope", needed=f"{kind}:read", provided=provided)
    there = [
        channel.id
        for channel in space.channels.values()
        if channel.kind in wanted
        and not (channel.archived and arguments.flag("exclude_archived"))
        and (channel.kind == "channels" or space.bot_user_id in channel.members)
    ]
    page, following = paged(arguments, there)
    return {
        "channels": [_json(space, space.channels[each]) for each in page],
        "response_metadata": {"next_cursor": following},
    }


def open_direct(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.open, for one person."""
    if arguments.text("channel"):
        return {"channel": _json(space, channel_called(space, arguments.text("channel")))}
    person = space.people.get(arguments.needed("users"))
    if person is None:
        raise RefusalError("user_not_found")
    known = any(channel.direct_with is person for channel in space.channels.values())
    channel = space.dm(person)
    if not arguments.flag("return_im"):
        return {"channel": {"id": channel.id}, "no_op": known, "already_open": known}
    return {"channel": _json(space, channel), "no_op": known, "already_open": known}


def join(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.join."""
    channel = channel_called(space, arguments.text("channel"))
    if channel.kind != "channels":
        raise RefusalError("method_not_supported_for_channel_type")
    if channel.archived:
        raise RefusalError("is_archived")
    warning = {}
    if space.bot_user_id in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    channel.members.add(space.bot_user_id)
    return {"channel": _json(space, channel), **warning}


def members(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.members."""
    channel = channel_called(space, arguments.text("channel"))
    page, following = paged(arguments, sorted(channel.members))
    return {"members": page, "response_metadata": {"next_cursor": following}}


def _within(arguments: Arguments, messages: list[Message]) -> list[Message]:
    oldest, latest = arguments.text("oldest") or "0", arguments.text("latest") or "9999999999"
    try:
        low, high = float(oldest), float(latest)
    except ValueError as fault:
        raise RefusalError("invalid_ts_oldest") from fault
    edges = {low, high} if arguments.flag("inclusive") else set()
    return [each for each in messages if low < float(each.ts) < high or float(each.ts) in edges]


def _messages(space: Workspace, arguments: Arguments, found: list[Message], channel: Channel) -> Json:
    by_ts = {message.ts: message for message in found}
    page, following = paged(arguments, list(by_ts))
    with_metadata = arguments.flag("include_all_metadata")
    return {
        "messages": [payloads.message(space, by_ts[ts], with_metadata=with_metadata) for ts in page],
        "has_more": bool(following),
        "pin_count": len(channel.pins),
        "response_metadata": {"next_cursor": following},
    }


def history(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.history: the newest first, without the replies in threads."""
    channel = channel_called(space, arguments.text("channel"))
    reachable(space, channel)
    shown = [each for each in channel.messages if each.thread_ts is None or each.broadcast]
    return _messages(space, arguments, _within(arguments, shown[::-1]), channel)


def replies(space: Workspace, arguments: Arguments) -> Json:
    """Answer conversations.replies: the parent and its thread, the oldest first."""
    channel = channel_called(space, arguments.text("channel"))
    reachable(space, channel)
    parent = channel.find(arguments.needed("ts"))
    if parent is None:
        raise RefusalError("thread_not_found")
    found = [parent, *_within(arguments, parent.replies)]
    return _messages(space, arguments, found, channel)


def _pinnable(space: Workspace, arguments: Arguments) -> Message:
    channel = channel_called(space, arguments.text("channel"))
    reachable(space, channel)
    if not arguments.text("timestamp"):
        raise RefusalError("no_item_specified")
    message = channel.find(arguments.text("timestamp"))
    if message is None:
        raise RefusalError("message_not_found")
    return message


def pin(space: Workspace, arguments: Arguments) -> Json:
    """Answer pins.add."""
    message = _pinnable(space, arguments)
    if message.pinned:
        raise RefusalError("already_pinned")
    message.channel.pins.append(message)
    space.show("pin", message)
    return {}


def unpin(space: Workspace, arguments: Arguments) -> Json:
    """Answer pins.remove."""
    message = _pinnable(space, arguments)
    if not message.pinned:
        raise RefusalError("no_pin")
    message.channel.pins.remove(message)
    space.show("unpin", message)
    return {}


def pins(space: Workspace, arguments: Arguments) -> Json:
    """Answer pins.list."""
    channel = channel_called(space, arguments.text("channel"))
    reachable(space, channel)
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "created": int(float(message.ts)),
            "created_by": space.bot_user_id,
            "message": payloads.message(space, message),
        }
        for message in channel.pins
    ]
    return {"items": items}
