"""Discord's permissions and how they come together in a channel."""

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.local_discord.channels import Channel
    from tests.local_discord.model import Member

EVERYTHING = (1 << 53) - 1
"""What the owner and administrators may."""


class Permission(IntFlag):
    """The permissions that matter to a bot that posts, named as in Discord's documentation."""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


EVERYONE_BY_DEFAULT = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""What a new guild grants to all its members."""

IN_A_DIRECT_MESSAGE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.PIN_MESSAGES
)
_NEED_SENDING = (
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
)


def permissions_in(member: "Member", channel: "Channel | None" = None) -> int:
    """Return the member's permissions in the guild, or in one of its channels or threads."""
    guild = member.guild
    allowed = guild.everyone.permissions
    for role in member.roles:
        allowed |= role.permissions
    if guild.owner_id == member.user.id or allowed & Permission.ADMINISTRATOR:
        return EVERYTHING
    if channel is None:
        return allowed
    allowed = _with_overwrites(allowed, member, channel.parent if channel.is_thread else channel)
    if not allowed & Permission.VIEW_CHANNEL:
        return 0
    sending = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    return allowed if allowed & sending else allowed & ~_NEED_SENDING


def _with_overwrites(allowed: int, member: "Member", channel: "Channel | None") -> int:
    overwrites = {} if channel is None else channel.overwrites
    everyone = overwrites.get(member.guild.everyone.id)
    if everyone is not None:
        allowed = (allowed & ~everyone.deny) | everyone.allow
    of_roles = [overwrites[role.id] for role in member.roles if role.id in overwrites]
    for overwrite in of_roles:
        allowed &= ~overwrite.deny
    for overwrite in of_roles:
        allowed |= overwrite.allow
    own = overwrites.get(member.user.id)
    return allowed if own is None else (allowed & ~own.deny) | own.allow
