"""Users, roles, members and guilds, and how Discord writes them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.local_discord.permissions import permissions_in

if TYPE_CHECKING:
    from tests.local_discord.channels import Channel

Wire = dict[str, Any]
"""A JSON object as it travels."""


@dataclass(kw_only=True, eq=False)
class User:
    """Someone on Discord, a person or a bot."""

    id: str
    name: str
    bot: bool = False
    accepts_direct_messages: bool = True

    def __post_init__(self) -> None:
        # Users do not change here, and every message carries several: written once, shared, never altered.
        self._wire: Wire = {
            "id": self.id,
            "username": self.name.lower().replace(" ", "."),
            "global_name": None if self.bot else self.name,
            "discriminator": "0",
            "avatar": None,
            "avatar_decoration_data": None,
            "collectibles": None,
            "primary_guild": None,
            "public_flags": 0,
            "flags": 0,
        }
        if self.bot:
            self._wire["bot"] = True

    def wire(self) -> Wire:
        """Return the user as Discord writes it."""
        return self._wire


@dataclass(kw_only=True, eq=False)
class Role:
    """A role of a guild; the one that shares the guild's id is @everyone."""

    id: str
    name: str
    permissions: int = 0
    position: int = 0
    mentionable: bool = False
    bot_id: str | None = None

    @property
    def mention(self) -> str:
        """Return what mentions the role in a text."""
        return f"<@&{self.id}>"

    def wire(self) -> Wire:
        """Return the role as Discord writes it."""
        wire: Wire = {
            "id": self.id,
            "name": self.name,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.bot_id is not None,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        if self.bot_id is not None:
            wire["tags"] = {"bot_id": self.bot_id}
        return wire


@dataclass(kw_only=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    guild: "Guild"
    roles: list[Role] = field(default_factory=list)
    joined_at: str

    def wire(self) -> Wire:
        """Return the member as Discord writes it, with its user."""
        return {**self.partial(), "user": self.user.wire(), "mute": False, "deaf": False}

    def partial(self) -> Wire:
        """Return the member without the user, as it stands beside one."""
        return {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "flags": 0,
            "joined_at": self.joined_at,
            "nick": None,
            "pending": False,
            "premium_since": None,
            "roles": [role.id for role in self.roles],
        }

    def at(self, channel: "Channel") -> Wire:
        """Return the member as an interaction in the channel carries it, with the permissions there."""
        return {**self.wire(), "permissions": str(permissions_in(self, channel))}


@dataclass(kw_only=True, eq=False)
class Overwrite:
    """What a channel allows and denies to one role or member."""

    id: str
    of_member: bool
    allow: int = 0
    deny: int = 0

    def wire(self) -> Wire:
        """Return the overwrite as Discord writes it."""
        kind = 1 if self.of_member else 0
        return {"id": self.id, "type": kind, "allow": str(int(self.allow)), "deny": str(int(self.deny))}


@dataclass(kw_only=True, eq=False)
class Guild:
    """A server on Discord, with its roles, members and channels by id."""

    id: str
    name: str
    owner_id: str
    everyone: Role
    joined_at: str
    locale: str = "en-GB"
    has_bot: bool = True
    bot_added_by: str = ""
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: "dict[str, Channel]" = field(default_factory=dict)

    def partial(self) -> Wire:
        """Return the guild as an interaction carries it."""
        return {"id": self.id, "locale": self.locale, "features": []}

    def wire(self) -> Wire:
        """Return the guild as `GET /guilds/{id}` gives it."""
        nothing = dict.fromkeys(_EMPTY_FIELDS)
        return {
            **nothing,
            **_USUAL_FIELDS,
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner_id,
            "preferred_locale": self.locale,
            "roles": [role.wire() for role in self.roles.values()],
        }

    def created(self, bot: User, *, joining: bool = False) -> Wire:
        """Return the guild as GUILD_CREATE gives it to a bot without the members intent: its own member only.

        A guild that the bot joins now says nothing of having been unavailable; clients tell by that.
        """
        alive = [
            channel for channel in self.channels.values() if not (channel.deleted or channel.without_bot)
        ]
        return {
            **self.wire(),
            "joined_at": self.joined_at,
            "large": False,
            **({} if joining else {"unavailable": False}),
            "member_count": len(self.members),
            "members": [self.members[bot.id].wire()],
            "channels": [channel.wire() for channel in alive if not channel.is_thread],
            "threads": [channel.wire() for channel in alive if channel.is_thread and not channel.archived],
            **{name: [] for name in _EMPTY_LISTS},
        }


_EMPTY_FIELDS = (
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
)
_USUAL_FIELDS: Wire = {
    "features": [],
    "region": "rotterdam",
    "afk_timeout": 300,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "verification_level": 1,
    "default_message_notifications": 1,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_members": 500_000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "emojis": [],
    "stickers": [],
}
_EMPTY_LISTS = ("voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds")
