"""What Discord checks when commands are registered, and in the choices of a completion."""

import re
from typing import Any

from tests.local_discord.model import Wire
from tests.local_discord.refusals import Form, Path

COMMANDS, OPTIONS, CHOICES, SIZE = 100, 25, 25, 8_000
_NAME, _DESCRIPTION, _CHOICE, _VALUE = 32, 100, 100, 6_000
SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, TEXT, INTEGER, NUMBER = 1, 2, 3, 4, 10
_KINDS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
# Discord's pattern is ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$; \w is letters, digits and the underscore.
_PATTERN = re.compile(r"^[-'\w]{1,32}$")


def check_commands(commands: list[Any]) -> None:
    """Refuse a list of commands that Discord would not register."""
    form = Form()
    names: set[tuple[Any, Any]] = set()
    for number, command in enumerate(commands):
        model = form.model((number,), command)
        if model is None:
            continue
        _check_command(form, (number,), model)
        identity = (model.get("type") or SLASH, model.get("name"))
        if identity in names:
            said = "Application command names must be unique"
            form.fault((number, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", said)
        names.add(identity)
    form.refuse_if_wrong()


def check_choices(form: Form, path: Path, choices: Any) -> None:
    """Note what is wrong with the choices of an option or of a completion."""
    for number, choice in enumerate(form.items(path, choices, CHOICES)):
        place = (*path, number)
        model = form.model(place, choice)
        if model is None:
            continue
        form.text((*place, "name"), model.get("name"), _CHOICE, 1, required=True)
        value = model.get("value")
        if value is None:
            form.required((*place, "value"))
        elif isinstance(value, str):
            form.length((*place, "value"), len(value), _CHOICE)


def _check_command(form: Form, path: Path, command: Wire) -> None:
    kind = command.get("type") or SLASH
    if not form.choice((*path, "type"), kind, (SLASH, USER_MENU, MESSAGE_MENU)):
        return
    if kind != SLASH:
        form.text((*path, "name"), command.get("name"), _NAME, 1, required=True)
        form.text((*path, "description"), command.get("description"), 0)
        return
    _check_name(form, path, command)
    _check_options(form, (*path, "options"), command.get("options"))
    if _size(command) > SIZE:
        form.fault(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({SIZE})")


def _check_name(form: Form, path: Path, named: Wire) -> None:
    name = named.get("name")
    form.text((*path, "name"), name, _NAME, 1, required=True)
    if isinstance(name, str) and name and (not _PATTERN.match(name) or name != name.lower()):
        form.fault((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    form.text((*path, "description"), named.get("description"), _DESCRIPTION, 1, required=True)


def _check_options(form: Form, path: Path, options: Any, depth: int = 0) -> None:
    names: set[Any] = set()
    optional_before = False
    listed = form.items(path, options, OPTIONS)
    for number, option in enumerate(listed):
        place = (*path, number)
        model = form.model(place, option)
        if model is None:
            continue
        # Groups stand at the top, and hold subcommands only; subcommands stand at the top or in a group.
        fitting = {0: _KINDS, 1: (SUBCOMMAND,)}.get(depth, _KINDS[2:])
        if not form.choice((*place, "type"), model.get("type"), fitting):
            continue
        _check_option(form, place, model, depth)
        if model.get("name") in names:
            form.fault(
                (*place, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name must be unique",
            )
        names.add(model.get("name"))
        if model.get("required") and optional_before:
            said = "Required options must be placed before non-required options"
            form.fault(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", said)
        optional_before |= not model.get("required")
    _check_mixture(form, path, listed)


def _check_mixture(form: Form, path: Path, options: list[Any]) -> None:
    kinds = [option.get("type") in {SUBCOMMAND, GROUP} for option in options if isinstance(option, dict)]
    if any(kinds) and not all(kinds):
        said = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        form.fault(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", said)


def _check_option(form: Form, path: Path, option: Wire, depth: int) -> None:
    _check_name(form, path, option)
    kind = option["type"]
    if kind in {SUBCOMMAND, GROUP}:
        _check_options(form, (*path, "options"), option.get("options"), depth + (1 if kind == GROUP else 2))
        return
    check_choices(form, (*path, "choices"), option.get("choices"))
    if option.get("autocomplete") and option.get("choices"):
        said = "Autocomplete and choices cannot both be specified"
        form.fault((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", said)
    for key in ("min_length", "max_length"):
        size = option.get(key)
        if size is not None and not 0 <= size <= _VALUE:
            said = f"int value should be less than or equal to {_VALUE}."
            form.fault((*path, key), "NUMBER_TYPE_MAX", said)


def _size(node: Wire) -> int:
    """Count the characters of names, descriptions and values of a command and all below it."""
    size = sum(len(node.get(key) or "") for key in ("name", "description"))
    for choice in node.get("choices") or []:
        size += len(str(choice.get("name", ""))) + len(str(choice.get("value", "")))
    return size + sum(_size(option) for option in node.get("options") or [] if isinstance(option, dict))
