"""Everything that exists on the local Discord, and the ways to make and find it."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tests.local_discord.channels import DIRECT, TEXT, Channel
from tests.local_discord.clock import Clock, Snowflakes
from tests.local_discord.model import Guild, Member, Overwrite, Role, User, Wire
from tests.local_discord.permissions import (
    EVERYONE_BY_DEFAULT,
    IN_A_DIRECT_MESSAGE,
    Permission,
    permissions_in,
)
from tests.local_discord.refusals import No
from tests.local_discord.waiting import Bell

if TYPE_CHECKING:
    from tests.local_discord.interactions import Interaction
    from tests.local_discord.messages import Message

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15


class Publish(Protocol):
    """How an event leaves for the gateway: to the sessions of the guild's shard that asked for it."""

    def __call__(self, event: str, data: Wire, *, guild: Guild | None, intent: int) -> None:
        """Send the event."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file, on its way in or stored."""

    filename: str
    content: bytes

    @property
    def content_type(self) -> str:
        """Return the media type that the name suggests."""
        return mimetypes.guess_type(self.filename)[0] or "application/octet-stream"


def _nowhere(event: str, data: Wire, *, guild: Guild | None, intent: int) -> None:
    """Stand in for the gateway until it is there."""


@dataclass(kw_only=True, eq=False)
class World:
    """The state of the local Discord. Ids are keys everywhere."""

    clock: Clock
    token: str
    report: Callable[[], str]
    publish: Publish = _nowhere
    origin: str = ""
    users: dict[str, User] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    interactions: "dict[str, Interaction]" = field(default_factory=dict)
    by_token: "dict[str, Interaction]" = field(default_factory=dict)
    ephemerals: "dict[str, list[Message]]" = field(default_factory=dict)
    nonces: "dict[tuple[str, str], tuple[float, Message]]" = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    commands: dict[str | None, list[Wire]] = field(default_factory=dict)
    command_creates: dict[str | None, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.snowflakes = Snowflakes(self.clock)
        self.bot = self.make_user("Hundred Regiments", bot=True)
        self.owner = self.make_user("Founder")

    @property
    def application_id(self) -> str:
        """Return the application's id, which is its bot's id, as for every application made since 2016."""
        return self.bot.id

    def bell(self) -> Bell:
        """Return a new bell that reports on this world."""
        return Bell(self.report)

    def make_user(self, name: str, *, bot: bool = False) -> User:
        """Create a user."""
        user = User(id=self.snowflakes.next(), name=name, bot=bot)
        self.users[user.id] = user
        return user

    def make_guild(self, name: str, bot_permissions: int) -> Guild:
        """Create a guild that has installed the bot, without channels."""
        guild_id, owner, now = self.snowflakes.next(), self.owner, self.clock.timestamp()
        everyone = Role(id=guild_id, name="@everyone", permissions=EVERYONE_BY_DEFAULT)
        guild = Guild(id=guild_id, name=name, owner_id=owner.id, everyone=everyone, joined_at=now)
        guild.roles[guild_id] = everyone
        managed = self.make_role(guild, self.bot.name, bot_permissions, bot_id=self.bot.id)
        guild.members[owner.id] = Member(user=owner, guild=guild, joined_at=now)
        guild.members[self.bot.id] = Member(user=self.bot, guild=guild, roles=[managed], joined_at=now)
        self.guilds[guild_id] = guild
        return guild

    def make_role(self, guild: Guild, name: str, permissions: int = 0, *, bot_id: str | None = None) -> Role:
        """Create a role in the guild."""
        role_id, position = self.snowflakes.next(), len(guild.roles)
        role = Role(id=role_id, name=name, permissions=permissions, position=position, bot_id=bot_id)
        guild.roles[role_id] = role
        return role

    def make_channel(self, guild: Guild, name: str) -> Channel:
        """Create a text channel in the guild."""
        channel = Channel(id=self.snowflakes.next(), kind=TEXT, name=name, guild=guild, bell=self.bell())
        self.channels[channel.id] = guild.channels[channel.id] = channel
        return channel

    def direct_channel(self, user: User) -> Channel:
        """Return the channel between the bot and the user, made on first use."""
        for channel in self.channels.values():
            if channel.kind == DIRECT and channel.recipients == [user]:
                return channel
        channel = Channel(
            id=self.snowflakes.next(), kind=DIRECT, name=user.name, recipients=[user], bell=self.bell()
        )
        self.channels[channel.id] = channel
        return channel

    def overwrite(self, channel: Channel, target: Role | User, allow: int, deny: int) -> None:
        """Add to what the channel allows and denies to a role or a member; the newer rule wins."""
        kept = channel.overwrites.setdefault(
            target.id, Overwrite(id=target.id, of_member=isinstance(target, User))
        )
        kept.allow = (kept.allow | allow) & ~deny
        kept.deny = (kept.deny | deny) & ~allow

    def bot_permissions(self, channel: Channel) -> int:
        """Return what the bot may do in the channel."""
        if channel.guild is None:
            return int(IN_A_DIRECT_MESSAGE)
        return permissions_in(channel.guild.members[self.bot.id], channel)

    def guild(self, guild_id: str) -> Guild:
        """Return the guild, refusing one that does not exist or has not the bot."""
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise No.UNKNOWN_GUILD.refusal()
        if not guild.has_bot:
            raise No.MISSING_ACCESS.refusal()
        return guild

    def channel(self, channel_id: str, needed: int = 0) -> Channel:
        """Return the channel, refusing one that the bot cannot see or where it may not do what is needed."""
        channel = self.channels.get(channel_id)
        if channel is None or channel.deleted:
            raise No.UNKNOWN_CHANNEL.refusal()
        allowed = self.bot_permissions(channel)
        away = channel.without_bot or (channel.guild and not channel.guild.has_bot)
        if away or not allowed & Permission.VIEW_CHANNEL:
            raise No.MISSING_ACCESS.refusal()
        if needed & ~allowed:
            raise No.MISSING_PERMISSIONS.refusal()
        return channel

    def publish_message(self, event: str, channel: Channel, data: Wire) -> None:
        """Send an event of a message, with what only events carry."""
        intent = DIRECT_MESSAGES if channel.guild is None else GUILD_MESSAGES
        if channel.guild is not None:
            data = {**data, "guild_id": channel.guild.id}
            member = channel.guild.members.get(data.get("author", {}).get("id", ""))
            if member is not None:
                data["member"] = member.partial() | {"mute": False, "deaf": False}
        self.publish(event, data, guild=channel.guild, intent=intent)

    def store(self, channel: Channel, upload: Upload) -> Wire:
        """Keep a file and return it as an attachment; its address serves it."""
        attachment_id = self.snowflakes.next()
        path = f"/attachments/{channel.id}/{attachment_id}/{upload.filename}"
        self.uploads[path] = upload
        return {
            "id": attachment_id,
            "filename": upload.filename,
            "size": len(upload.content),
            "url": self.origin + path,
            "proxy_url": self.origin + path,
            "content_type": upload.content_type,
        }
