"""The registry as Discord's application commands.

discord.py's own command tree reads parameters from a function's signature; the bot's commands have none, so the tree
is rendered as Discord reads it, and one listener hears them all.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from adapters.discord.forms import CHANNELS_WITH_MESSAGES
from bot.core.errors import BotFault
from bot.core.registry import Access, Command, Kind, Parameter, Registry

Wire = dict[str, Any]

SLASH, SUBCOMMAND, MESSAGE_MENU = 1, 1, 3
TYPES = {
    Kind.TEXT: 3,
    Kind.CHOICE: 3,
    Kind.NUMBER: 4,
    Kind.MEMBER: 6,
    Kind.CHANNEL: 7,
    Kind.ROLE: 8,
    Kind.FILE: 11,
}
IN_A_SERVER = 0
ADDED_TO_A_SERVER = 0
MANAGE_SERVER = 1 << 5

COMMANDS = 100
MENUS = 15
MENU_NAME = 32
OPTIONS = 25
CHOICES = 25
DESCRIPTION = 100
CHOICE = 100
TEXT = 6_000
WHOLE = 8_000
_NAME = re.compile(r"[a-z0-9_-]{1,32}")


def fingerprint(commands: Sequence[Wire]) -> str:
    """Give a short text that changes whenever what Discord shows of the commands would."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()[:32]


def tree(registry: Registry) -> list[Wire]:
    """Render all commands; those of two words as a group. Raises BotFault where Discord would refuse them."""
    ordered = sorted(registry.commands.values(), key=lambda each: each.name)
    grouped = groupby(ordered, key=lambda each: each.name.partition(" ")[0])
    commands = [_top(name, list(members)) for name, members in grouped]
    if len(commands) > COMMANDS:
        raise BotFault(f"Discord takes {COMMANDS} commands, not {len(commands)}")
    return [*commands, *_menus(registry)]


def _menus(registry: Registry) -> list[Wire]:
    """Render what stands in the menu of a message."""
    if len(registry.on_messages) > MENUS:
        raise BotFault(f"Discord takes {MENUS} commands on messages, not {len(registry.on_messages)}")
    return [
        {
            "type": MESSAGE_MENU,
            "name": _short("a command on messages", words, MENU_NAME),
            "contexts": [IN_A_SERVER],
            "integration_types": [ADDED_TO_A_SERVER],
            "default_member_permissions": None,
        }
        for words in sorted(registry.on_messages)
    ]


def _top(name: str, members: Sequence[Command]) -> Wire:
    """Render a command, or a group of them. Who may see it is stated of the whole."""
    alone = members[0] if len(members) == 1 and members[0].name == name else None
    command: Wire = {
        "type": SLASH,
        "name": _named(name),
        "description": _described(name, alone.help if alone else _listed(members)),
        "options": _options(alone) if alone else [_subcommand(name, each) for each in members],
        "contexts": [IN_A_SERVER],
        "integration_types": [ADDED_TO_A_SERVER],
        "default_member_permissions": _for_moderators(members),
    }
    if _size(command) > WHOLE or len(command["options"]) > OPTIONS:
        raise BotFault(f"/{name} is larger than Discord takes")
    return command


def _subcommand(group: str, command: Command) -> Wire:
    name = command.name.removeprefix(f"{group} ")
    if name == command.name:
        raise BotFault(f"/{group} cannot be a command and a group")
    return {
        "type": SUBCOMMAND,
        "name": _named(name),
        "description": _described(command.name, command.help),
        "options": _options(command),
    }


def _listed(members: Iterable[Command]) -> str:
    """Say what a group holds, as far as there is room: Discord wants a description of it too."""
    names = [each.name.partition(" ")[2] for each in members]
    listed = ", ".join(names)
    while len(listed) > DESCRIPTION:
        names.pop()
        listed = f"{', '.join(names)} and more"
    return listed


def _for_moderators(members: Iterable[Command]) -> int | None:
    every = all(each.access is Access.MODERATOR for each in members)
    return MANAGE_SERVER if every else None


def _options(command: Command) -> list[Wire]:
    """Render the parameters, those that are required first, as Discord wants them."""
    ordered = sorted(command.parameters, key=lambda each: not each.required)
    if len(ordered) > OPTIONS:
        raise BotFault(f"/{command.name} has more than {OPTIONS} parameters")
    return [_option(each) for each in ordered]


def _option(parameter: Parameter) -> Wire:
    return {
        "type": TYPES[parameter.kind],
        "name": _named(parameter.name),
        "description": _described(parameter.name, parameter.help),
        "required": parameter.required,
        **_bounds(parameter),
    }


def _bounds(parameter: Parameter) -> Mapping[str, Any]:
    """Say what a parameter takes, as far as Discord helps with it."""
    match parameter.kind:
        case Kind.NUMBER:
            return {"min_value": parameter.least, "max_value": parameter.most}
        case Kind.CHOICE if parameter.choices:
            return {"choices": _choices(parameter)}
        case Kind.TEXT | Kind.CHOICE:
            return {"max_length": min(parameter.most, TEXT), "autocomplete": parameter.completer is not None}
        case Kind.CHANNEL:
            return {"channel_types": CHANNELS_WITH_MESSAGES}
        case Kind.ROLE | Kind.MEMBER | Kind.FILE:
            return {}


def _choices(parameter: Parameter) -> list[Wire]:
    if len(parameter.choices) > CHOICES:
        raise BotFault(f"{parameter.name} has more than {CHOICES} choices")
    return [
        {
            "name": _short(parameter.name, each.label, CHOICE),
            "value": _short(parameter.name, each.value, CHOICE),
        }
        for each in parameter.choices
    ]


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BotFault(f"{name!r} is no name of a command or parameter on Discord")
    return name


def _described(name: str, text: str) -> str:
    return _short(name, text, DESCRIPTION)


def _short(name: str, text: str, most: int) -> str:
    if not 1 <= len(text) <= most:
        raise BotFault(f"{name}: Discord takes 1 to {most} characters, not {len(text)}: {text!r}")
    return text


def _size(wire: Wire) -> int:
    """Count the characters of all names, descriptions and values, as Discord does."""
    own = sum(len(str(wire.get(each, ""))) for each in ("name", "description", "value"))
    return own + sum(map(_size, (*wire.get("options", ()), *wire.get("choices", ()))))
