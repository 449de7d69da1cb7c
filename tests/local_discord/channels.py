"""Channels, threads and direct messages, and what a test reads in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.local_discord.model import Guild, Overwrite, User, Wire
from tests.local_discord.waiting import Bell

if TYPE_CHECKING:
    from tests.local_discord.messages import Message

TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12


@dataclass(kw_only=True, eq=False)
class Channel:
    """A text channel, a thread or a direct message.

    `history` holds every message, those of the system too; `messages` is what people wrote and see.
    Ephemeral messages are in neither: they belong to the person who sees them.
    """

    id: str
    kind: int
    name: str
    bell: Bell
    guild: Guild | None = None
    parent: "Channel | None" = None
    topic: str | None = None
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    owner_id: str | None = None
    created_at: str = ""
    auto_archive_minutes: int = 1_440
    archived: bool = False
    locked: bool = False
    without_bot: bool = False
    """Whether this is a private thread that the bot is not in: whatever it may do around it, it has no access."""
    deleted: bool = False
    history: "dict[str, Message]" = field(default_factory=dict)
    pinned_at: dict[str, str] = field(default_factory=dict)

    @property
    def is_thread(self) -> bool:
        """Tell whether this is a thread."""
        return self.kind in {PUBLIC_THREAD, PRIVATE_THREAD}

    @property
    def mention(self) -> str:
        """Return what links to the channel in a text."""
        return f"<#{self.id}>"

    @property
    def messages(self) -> "list[Message]":
        """Return the messages that everyone here sees now, oldest first."""
        return [message for message in self.history.values() if message.is_public]

    @property
    def threads(self) -> "list[Channel]":
        """Return the threads of this channel, oldest first."""
        others = {} if self.guild is None else self.guild.channels
        return [other for other in others.values() if other.parent is self and not other.deleted]

    @property
    def pins(self) -> "list[Message]":
        """Return the pinned messages, the newest pin first."""
        return [self.history[message_id] for message_id in reversed(self.pinned_at)]

    async def next_message(self, matching: "Callable[[Message], bool] | None" = None) -> "Message":
        """Return the oldest message of a bot that the test has not been handed yet, waiting for it.

        What `Interaction.answered` and its like handed out counts as seen, so this gives what the bot
        posts on its own. With `matching`, messages that do not match are passed over for good.
        """

        def look() -> "Message | None":
            return next(filter(matching, self._unseen()), None)

        message = await self.bell.until(look, f"a new message in #{self.name}")
        message.seen = True
        return message

    def _unseen(self) -> "Iterable[Message]":
        messages = self.messages
        return (message for message in messages if message.author.bot and not message.seen)

    def partial(self, permissions: int) -> Wire:
        """Return the channel as an interaction carries it."""
        wire = self.wire()
        if self.guild is not None:
            wire.pop("permission_overwrites", None)
            wire["permissions"] = str(permissions)
        return wire

    def wire(self) -> Wire:
        """Return the channel as Discord writes it."""
        wire: Wire = {
            "id": self.id,
            "type": self.kind,
            "flags": 0,
            "last_message_id": next(reversed(self.history), None),
            "last_pin_timestamp": next(reversed(self.pinned_at.values()), None),
        }
        if self.guild is None:
            return wire | {"recipients": [user.wire() for user in self.recipients]}
        wire |= {"guild_id": self.guild.id, "name": self.name, "rate_limit_per_user": 0}
        if self.is_thread:
            return wire | self._of_thread()
        return wire | {
            "parent_id": None,
            "topic": self.topic,
            "position": 0,
            "nsfw": False,
            "permission_overwrites": [overwrite.wire() for overwrite in self.overwrites.values()],
        }

    def _of_thread(self) -> Wire:
        count = len(self.history)
        return {
            "parent_id": None if self.parent is None else self.parent.id,
            "owner_id": self.owner_id,
            "message_count": count,
            "total_message_sent": count,
            "member_count": 1,
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": self.created_at,
                "auto_archive_duration": self.auto_archive_minutes,
                "locked": self.locked,
                "create_timestamp": self.created_at,
            },
        }
