"""Making and changing messages from the bodies that a bot or a person sends."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.local_discord.channels import Channel
from tests.local_discord.checks import check_message, refuse_if_empty
from tests.local_discord.messages import (
    COMPONENTS_V2,
    DEFAULT,
    EPHEMERAL,
    LOADING,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Message,
)
from tests.local_discord.model import Guild, User, Wire
from tests.local_discord.permissions import Permission, permissions_in
from tests.local_discord.refusals import Path
from tests.local_discord.world import Upload, World

SENDABLE_FLAGS = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
_USER, _ROLE, _ALL = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>"), re.compile(r"@(everyone|here)")
_SELECTS = frozenset({3, 5, 6, 7, 8})
_BUTTON = 2


def compose(
    world: World,
    *,
    channel: Channel,
    author: User,
    body: Wire,
    uploads: Mapping[int, Upload] | None = None,
    kind: int = DEFAULT,
    extra: Wire | None = None,
    for_user: User | None = None,
    token: str | None = None,
) -> Message:
    """Put a new message into a channel, or before one person's eyes, and tell the gateway.

    Args:
        world: Where it happens.
        channel: Where it is posted.
        author: Who posts it.
        body: The checked body of the request.
        uploads: The files by their number in the form.
        kind: Discord's message type.
        extra: Further fields, such as the reference of a reply.
        for_user: Who alone sees it, if it is ephemeral.
        token: The interaction's token, if it answers one.
    """
    attachments = _attachments(world, channel, body.get("attachments"), uploads or {}, [])
    content = body.get("content") or ""
    mentioned = mentions(world, channel, author, content, body.get("allowed_mentions"))
    flags = (body.get("flags") or 0) & (SENDABLE_FLAGS | LOADING | EPHEMERAL)
    wire: Wire = {
        "id": world.snowflakes.next(),
        "type": kind,
        "channel_id": channel.id,
        "author": author.wire(),
        "content": content,
        "timestamp": world.clock.timestamp(),
        "edited_timestamp": None,
        "tts": bool(body.get("tts")),
        "embeds": _embeds(body.get("embeds"), attachments),
        "components": _components(body.get("components")),
        "attachments": attachments,
        "pinned": False,
        "flags": flags,
        **mentioned,
        **(extra or {}),
    }
    message = Message(
        channel=channel, author=author, wire=wire, bell=channel.bell, for_user=for_user, token=token
    )
    message.pings = frozenset() if flags & SUPPRESS_NOTIFICATIONS else _pings(mentioned, content)
    message.nonce = body.get("nonce")
    if for_user is not None:
        world.ephemerals.setdefault(for_user.id, []).append(message)
    else:
        channel.history[message.id] = message
        nonce = {} if message.nonce is None else {"nonce": message.nonce}
        world.publish_message("MESSAGE_CREATE", channel, {**wire, **nonce})
    channel.bell.ring()
    return message


def amend(
    world: World,
    message: Message,
    body: Wire,
    uploads: Mapping[int, Upload] | None = None,
    *,
    stamped: bool = True,
) -> None:
    """Change what the body names in a message and tell the gateway.

    With `stamped`, the message says from now on that it was edited.
    """
    fields = edited(world, message, body, uploads or {})
    if stamped and not message.loading:
        fields["edited_timestamp"] = world.clock.timestamp()
    message.change(fields)
    if message.for_user is None:
        world.publish_message("MESSAGE_UPDATE", message.channel, message.wire)


def check_changed_message(
    world: World, message: Message, body: Wire, uploads: Mapping[int, Upload], path: Path = ()
) -> None:
    """Refuse a change that breaks a limit or leaves nothing to show."""
    check_message(body, path, flags_before=message.flags)
    refuse_if_empty({**message.wire, **edited(world, message, body, {})}, uploads)


def edited(world: World, message: Message, body: Wire, uploads: Mapping[int, Upload]) -> Wire:
    """Return the fields that the body changes in the message."""
    fields: Wire = {"flags": message.flags & ~LOADING}
    attachments = message.attachments
    if uploads or body.get("attachments") is not None:
        attachments = _attachments(world, message.channel, body.get("attachments"), uploads, attachments)
        fields["attachments"] = attachments
    if "content" in body:
        content = body["content"] or ""
        allowed = body.get("allowed_mentions")
        fields |= {"content": content} | mentions(world, message.channel, message.author, content, allowed)
    if "embeds" in body:
        fields["embeds"] = _embeds(body["embeds"], attachments)
    if "components" in body:
        fields["components"] = _components(body["components"])
    if body.get("flags") is not None:
        settable = SUPPRESS_EMBEDS | COMPONENTS_V2
        kept = fields["flags"] & ~SUPPRESS_EMBEDS
        fields["flags"] = kept | (body["flags"] & settable)
    return fields


def mentions(world: World, channel: Channel, author: User, content: str, allowed: Wire | None) -> Wire:
    """Return the mention fields of a text: whom it really mentions, after `allowed_mentions` and permissions."""
    guild = channel.guild
    parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or [])
    named = {kind: set(map(str, (allowed or {}).get(kind) or [])) for kind in ("users", "roles")}
    users = [
        world.users[user_id]
        for user_id in dict.fromkeys(_USER.findall(content))
        if user_id in world.users and ("users" in parse or user_id in named["users"])
    ]
    roles: list[str] = []
    everyone = False
    if guild is not None:
        loud = bool(permissions_in(guild.members[author.id], channel) & Permission.MENTION_EVERYONE)
        roles = [
            role_id
            for role_id in dict.fromkeys(_ROLE.findall(content))
            if ("roles" in parse or role_id in named["roles"]) and _may_ping(guild, role_id, loud=loud)
        ]
        everyone = loud and "everyone" in parse and bool(_ALL.search(content))
    return {
        "mentions": [user.wire() for user in users],
        "mention_roles": roles,
        "mention_everyone": everyone,
    }


def _may_ping(guild: Guild, role_id: str, *, loud: bool) -> bool:
    role = guild.roles.get(role_id)
    return role is not None and (loud or role.mentionable)


def _pings(mentioned: Wire, content: str) -> frozenset[str]:
    pinged = {user["id"] for user in mentioned["mentions"]} | set(mentioned["mention_roles"])
    return frozenset(pinged | (set(_ALL.findall(content)) if mentioned["mention_everyone"] else set()))


def _attachments(
    world: World,
    channel: Channel,
    described: list[Wire] | None,
    uploads: Mapping[int, Upload],
    old: list[Wire],
) -> list[Wire]:
    """Return the attachments: the old ones that are still named, then the new files with their descriptions."""
    about = {str(entry["id"]): entry for entry in described or []}
    kept = [entry for entry in old if described is None or entry["id"] in about]
    added = []
    for number, upload in uploads.items():
        attachment = world.store(channel, upload)
        said = about.get(str(number), {})
        added.append(attachment | ({"description": said["description"]} if said.get("description") else {}))
    return kept + added


def _embeds(embeds: list[Wire] | None, attachments: list[Wire]) -> list[Wire]:
    addresses = {f"attachment://{entry['filename']}": entry["url"] for entry in attachments}
    return [_embed(embed, addresses) for embed in embeds or []]


def _embed(embed: Wire, addresses: Mapping[str, str]) -> Wire:
    clean = {key: value for key, value in embed.items() if value not in (None, [], {})} | {"type": "rich"}
    for key in ("image", "thumbnail", "footer", "author"):
        if key in clean:
            part = {name: value for name, value in clean[key].items() if value is not None}
            clean[key] = {name: addresses.get(value, value) for name, value in part.items()}
    if "fields" in clean:
        clean["fields"] = [{"inline": False, **entry} for entry in clean["fields"]]
    return clean


def _components(components: list[Wire] | None) -> list[Wire]:
    taken = {component.get("id") for component in _all(components or [])}
    numbers = (number for number in range(1, 100) if number not in taken)
    return [_component(component, numbers) for component in components or []]


def _all(components: list[Wire]) -> Iterator[Wire]:
    for component in components:
        yield component
        yield from _all(component.get("components") or [])


def _component(component: Wire, numbers: Iterator[int]) -> Wire:
    clean: dict[str, Any] = {key: value for key, value in component.items() if value is not None}
    clean["id"] = clean.get("id") or next(numbers)
    if clean["type"] in _SELECTS:
        clean = {"min_values": 1, "max_values": 1, **clean}
        if "options" in clean:
            clean["options"] = [_without_nothing(option) for option in clean["options"]]
    if clean["type"] == _BUTTON and "emoji" in clean:
        clean["emoji"] = _without_nothing(clean["emoji"])
    if "components" in clean:
        clean["components"] = [_component(inner, numbers) for inner in clean["components"]]
    if "accessory" in clean:
        clean["accessory"] = _component(clean["accessory"], numbers)
    return clean


def _without_nothing(wire: Wire) -> Wire:
    return {key: value for key, value in wire.items() if value is not None}
