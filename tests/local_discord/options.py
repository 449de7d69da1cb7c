"""Typed options as a Discord client makes them from what the bot registered, refusing what a client would not send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.local_discord.channels import Channel
from tests.local_discord.check_commands import GROUP, INTEGER, MESSAGE_MENU, NUMBER, SLASH, SUBCOMMAND, TEXT
from tests.local_discord.messages import Message
from tests.local_discord.model import Guild, Role, User, Wire
from tests.local_discord.permissions import permissions_in
from tests.local_discord.world import Upload, World

_BOOLEAN, _USER, _CHANNEL, _ROLE, _MENTIONABLE, _ATTACHMENT = 5, 6, 7, 8, 9, 11
_TEXT_MAX = 6_000
_PYTHON_TYPES: dict[int, tuple[type, ...]] = {
    TEXT: (str,),
    INTEGER: (int,),
    _BOOLEAN: (bool,),
    _USER: (User,),
    _CHANNEL: (Channel,),
    _ROLE: (Role,),
    _MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    _ATTACHMENT: (Upload,),
}


class ClientRefusal(AssertionError):  # noqa: N818 -- what the client does, in the word for it
    """Something that Discord's own client would not let a person do, so that no bot ever sees it."""


@dataclass(kw_only=True)
class Filled:
    """A command with its options as they travel."""

    command: Wire
    name: str
    options: list[Wire] = field(default_factory=list)
    resolved: dict[str, Wire] = field(default_factory=dict)


@dataclass(kw_only=True)
class Filler:
    """Fills one command for one person in one channel; `refuse_hidden` raises for what they are not shown."""

    world: World
    channel: Channel
    refuse_hidden: Callable[[Wire], None]

    def fill(self, typed: str, values: Mapping[str, Any], focused: str | None = None) -> Filled:
        """Return the command with its options.

        Args:
            typed: The command's name, with the names of group and subcommand after it.
            values: The options by name; users, channels, roles and files as such.
            focused: The option that is being typed, for a completion: it and others may be unfinished or missing.

        Raises:
            ClientRefusal: The command, a subcommand or an option is not registered, or a value does not fit.
        """
        first, *rest = typed.split()
        command = self.command(first, SLASH)
        filled = Filled(command=command, name=typed)
        target = filled.options
        registered: Sequence[Wire] = command.get("options", [])
        for word in rest:
            node = _named(registered, word, (SUBCOMMAND, GROUP), f"{typed!r} has no part {word!r}")
            registered, below = node.get("options", []), list[Wire]()
            target.append({"name": word, "type": node["type"], "options": below})
            target = below
        if any(option["type"] in {SUBCOMMAND, GROUP} for option in registered):
            parts = ", ".join(option["name"] for option in registered)
            raise ClientRefusal(f"/{typed} needs a subcommand: {parts}")
        target += self._values(filled, registered, values, focused)
        return filled

    def command(self, name: str, kind: int) -> Wire:
        """Return the registered command; a guild's own stands before a global one."""
        scopes = [None] if self.channel.guild is None else [self.channel.guild.id, None]
        offered = [command for scope in scopes for command in self.world.commands.get(scope, [])]
        for command in offered:
            if command["name"] == name and command["type"] == kind:
                self.refuse_hidden(command)
                return command
        names = ", ".join(sorted(command["name"] for command in offered)) or "nothing"
        raise ClientRefusal(f"there is no command {name!r} here; registered: {names}")

    def _values(
        self, filled: Filled, registered: Sequence[Wire], values: Mapping[str, Any], focused: str | None
    ) -> list[Wire]:
        known = {option["name"] for option in registered}
        if unknown := sorted(set(values) - known):
            raise ClientRefusal(f"/{filled.name} has no option {unknown}; it has {sorted(known)}")
        sent = []
        for option in registered:
            name = option["name"]
            if name not in values:
                if option.get("required") and focused is None:
                    raise ClientRefusal(f"/{filled.name} requires the option {name!r}")
                continue
            if name == focused:
                if not option.get("autocomplete"):
                    raise ClientRefusal(f"the option {name!r} of /{filled.name} has no completion")
                # What is being typed travels as text, whatever the option will be.
                value, extra = str(values[name]), {"focused": True}
            else:
                value, extra = self._value(filled, option, values[name]), {}
            sent.append({"name": name, "type": option["type"], "value": value, **extra})
        return sent

    def _value(self, filled: Filled, option: Wire, value: Any) -> Any:
        kind, label = option["type"], f"the option {option['name']!r} of /{filled.name}"
        is_flag = isinstance(value, bool)
        if not isinstance(value, _PYTHON_TYPES[kind]) or (is_flag and kind != _BOOLEAN):
            raise ClientRefusal(f"{label} cannot be {value!r}")
        if kind in {TEXT, INTEGER, NUMBER}:
            return _checked(option, label, value)
        if kind == _BOOLEAN:
            return value
        if isinstance(value, Channel) and value.kind not in option.get("channel_types", [value.kind]):
            raise ClientRefusal(f"{label} does not offer channels like #{value.name}")
        return self.resolve(filled.resolved, value)

    def resolve(self, resolved: dict[str, Wire], value: Any) -> str:
        """Add a user, role, channel, message or file to the resolved data and return its id."""
        if isinstance(value, Upload):
            attachment = self.world.store(self.channel, value) | {"ephemeral": True}
            resolved.setdefault("attachments", {})[attachment["id"]] = attachment
            return str(attachment["id"])
        if isinstance(value, User):
            self._resolve_user(resolved, value)
        elif isinstance(value, Role):
            resolved.setdefault("roles", {})[value.id] = value.wire()
        elif isinstance(value, Message):
            resolved.setdefault("messages", {})[value.id] = value.wire
        else:
            allowed = (
                0 if value.guild is None else permissions_in(value.guild.members[value.guild.owner_id], value)
            )
            resolved.setdefault("channels", {})[value.id] = value.partial(allowed)
        return str(value.id)

    def _resolve_user(self, resolved: dict[str, Wire], user: User) -> None:
        resolved.setdefault("users", {})[user.id] = user.wire()
        guild: Guild | None = self.channel.guild
        member = None if guild is None else guild.members.get(user.id)
        if member is not None:
            allowed = str(permissions_in(member, self.channel))
            resolved.setdefault("members", {})[user.id] = member.partial() | {"permissions": allowed}

    def menu(self, name: str, target: Message | User) -> Filled:
        """Return a context menu command on a message or a user."""
        kind = MESSAGE_MENU if isinstance(target, Message) else MESSAGE_MENU - 1
        filled = Filled(command=self.command(name, kind), name=name)
        self.resolve(filled.resolved, target)
        return filled


def _named(registered: Sequence[Wire], name: str, kinds: tuple[int, ...], complaint: str) -> Wire:
    for option in registered:
        if option["name"] == name and option["type"] in kinds:
            return option
    raise ClientRefusal(f"{complaint}; it has {[option['name'] for option in registered]}")


def _checked(option: Wire, label: str, value: Any) -> Any:
    choices = option.get("choices")
    if choices:
        for choice in choices:
            if value in {choice["value"], choice["name"]}:
                return choice["value"]
        raise ClientRefusal(
            f"{label} has no choice {value!r}; it has {[choice['name'] for choice in choices]}"
        )
    size, low, high = value, option.get("min_value"), option.get("max_value")
    if isinstance(value, str):
        size, low, high = len(value), option.get("min_length", 0), option.get("max_length", _TEXT_MAX)
        if not value and option.get("required"):
            raise ClientRefusal(f"{label} is required and empty")
    if (low is not None and size < low) or (high is not None and size > high):
        raise ClientRefusal(f"{label} is {value!r}, outside {low} to {high}")
    return value
