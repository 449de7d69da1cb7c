"""What a handler is given: one event of a person's, with its arguments read and the ports it may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.events import Actor, Attachment, Barred, MessageRef, PageRead, Said
from bot.core.ports import Ports
from bot.core.registry import Registry

_NOTHING_BARRED = Barred()


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One command, press, form or completion, on its way to its handler.

    `values` are a command's parameters or a form's fields, checked, by name; numbers are still text, with `number`
    to read them. `args` are the arguments of the token pressed. `value` is the option chosen in a select. `files` are those
    attached, by the name of the parameter or field.
    """

    event: Said | PageRead
    ports: Ports
    registry: Registry
    values: Mapping[str, str]
    args: tuple[str, ...] = ()
    value: str = ""
    message: MessageRef | None = None
    files: Mapping[str, Attachment] = field(default_factory=dict)

    @property
    def community(self) -> str:
        """The community everything must be looked up in."""
        return self.event.place.community

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.event.actor

    @property
    def member(self) -> str:
        """The id of who asks."""
        return self.event.actor.id

    @property
    def channel(self) -> str:
        """The id of the channel it was asked in."""
        return self.event.place.channel

    @property
    def at(self) -> int:
        """When it was received, in UTC seconds."""
        return self.event.at

    @property
    def is_moderator(self) -> bool:
        """Whether who asks moderates here: an administrator as the platform states it, or set as one."""
        actor = self.event.actor
        if actor.administrator:
            return True
        moderators = self.ports.communities.moderators(self.community)
        return actor.id in moderators or not moderators.isdisjoint(actor.roles)

    def barred(self, channel: str = "") -> Barred:
        """What the bot may not do by itself in a channel, or in the one it was asked in."""
        return self.event.barred.get(channel or self.channel, _NOTHING_BARRED)

    def number(self, name: str, default: int) -> int:
        """The value of a number parameter, or the default where it was left out."""
        return int(self.values[name]) if name in self.values else default

    def attached(self, name: str) -> Attachment | None:
        """The file attached to a parameter or field; one whose path was typed there says so (see Attachment)."""
        typed = self.values.get(name, "").strip()
        named = Attachment(name=typed.replace("\\", "/").rpartition("/")[2], address=typed, typed=True)
        return self.files.get(name) or (named if typed else None)

    def row(self, index: int = 0) -> int:
        """The row id in the token's arguments; 0, which no row has, when there is no number there."""
        text = self.args[index] if index < len(self.args) else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0  # noqa: PLR2004 - 63 bits
