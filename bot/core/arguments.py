"""Arguments as people type them after a command: `pluralism 5`, `about:pluralism rounds:5`, "words in quotes".

Reading splits text into values by parameter name; checking holds values against what the command declares, and is
the same for values that a platform has already sorted by name.
"""

import re
from collections.abc import Mapping

from bot.core.errors import UserMistake
from bot.core.inline import CommandName
from bot.core.mistakes import runs
from bot.core.names import closest
from bot.core.registry import Command, Kind, Parameter
from bot.core.wording import in_marks, listed

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PIECE = re.compile(r'(?:([A-Za-z]{2,20})(:\s?))?(?:"([^"]*)"?|([^\s"]\S*))')
_LONGEST = 4_000


def read(command: Command, text: str) -> dict[str, str]:
    """Sort typed text into values by parameter name, checked.

    Raises UserMistake for what fits no parameter, or fits badly.
    """
    return check(command, split(command, text))


def split(command: Command, text: str) -> dict[str, str]:
    """Sort typed text into values by parameter name, not checked yet. Raises UserMistake for what fits no parameter."""
    if not text.strip():
        return {}
    if not command.parameters:
        raise UserMistake(
            CommandName(command.name),
            f" takes nothing more, and {in_marks(text)} stands behind it. Nothing was done.",
        )
    if len(text) > _LONGEST:
        raise UserMistake(
            f"That is {len(text):,} characters, and a command takes at most {_LONGEST:,}. Nothing was changed."
        )
    values: dict[str, str] = {}
    open_ended: Parameter | None = None
    for match in _PIECE.finditer(text.translate(_QUOTES)):
        name, colon, quoted, bare = match.groups()
        value = quoted if quoted is not None else bare
        parameter = _named(command, name, text) if name else None
        if parameter is None:
            value = f"{name}{colon}{value}" if name else value
            parameter = _taker(command, value, values, open_ended)
        open_ended = parameter if parameter.goes_on and quoted is None else None
        joined = f"{values[parameter.name]} {value}" if parameter.name in values else value
        values[parameter.name] = joined
    return values


def check(command: Command, values: Mapping[str, str]) -> dict[str, str]:
    """Hold values against the command's parameters; empty ones count as left out.

    Raises UserMistake naming the parameter, the value, and what it takes.
    """
    checked: dict[str, str] = {}
    for parameter in command.parameters:
        value = values.get(parameter.name, "").strip()
        if value:
            checked[parameter.name] = _checked(command, parameter, value)
        elif parameter.required:
            needed = f" needs {parameter.wants or parameter.name}, as in: "
            raise UserMistake(CommandName(command.name), needed, CommandName(command.name, command.rest))
    return checked


def check_each(command: Command, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Hold what was filled in against the command's parameters: gives the values, and what is wrong with each other."""
    checked: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for parameter in command.parameters:
        value = values.get(parameter.name, "").strip()
        if not value and parameter.required:
            wrong[parameter.name] = f"This is needed: {parameter.wants or parameter.name}."
        elif value:
            try:
                checked[parameter.name] = _checked(command, parameter, value)
            except UserMistake as mistake:
                wrong[parameter.name] = "".join(map(str, mistake.parts))
    return checked, wrong


def lacks(command: Command, values: Mapping[str, str]) -> bool:
    """Whether a parameter that the command needs is missing."""
    return any(each.required and not values.get(each.name, "").strip() for each in command.parameters)


def _checked(command: Command, parameter: Parameter, value: str) -> str:
    match parameter.kind:
        case Kind.NUMBER:
            return _number(parameter, value)
        case Kind.CHOICE:
            return _choice(command, parameter, value)
        case _ if len(value) > parameter.most:
            raise UserMistake(
                f"That is {len(value):,} characters, and {parameter.name} has at most {parameter.most:,}. "
                "Nothing was changed."
            )
        case _:
            return value


def _number(parameter: Parameter, value: str) -> str:
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise UserMistake(f"{parameter.name} is a number, and {in_marks(value)} is not one.")
    if len(digits) > 9 or not parameter.least <= int(value) <= parameter.most:  # noqa: PLR2004 - beyond any bound
        raise UserMistake(
            f"{parameter.name} goes from {parameter.least} to {parameter.most}, and {in_marks(value)} is outside that."
        )
    return str(int(value))


def _choice(command: Command, parameter: Parameter, value: str) -> str:
    known = {each.value: each for each in parameter.choices}
    folded = value.casefold()
    if folded in known:
        return folded
    near = closest(value, known)
    meant = f" Did you mean {near}?" if near else ""
    ways_out = runs(near, f"{command.name} {parameter.name}:{near}") if near else ()
    if len(known) == 2:  # noqa: PLR2004 - one or the other
        either = f"{parameter.name} is {listed(tuple(known), 'or')}, and {in_marks(value)} is neither.{meant}"
        raise UserMistake(either, ways_out=ways_out)
    raise UserMistake(
        f"There is no {parameter.name} {in_marks(value)}.{meant} "
        f"The {parameter.name}s are {listed(tuple(known))}.",
        ways_out=ways_out,
    )


def _named(command: Command, name: str, text: str) -> Parameter | None:
    """Find the parameter of a `name:`, whatever its capitals; None where it is a word with a colon that belongs to a text."""
    names = {each.name: each for each in command.parameters}
    if name.casefold() in names:
        return names[name.casefold()]
    if name.islower() and (near := closest(name, names)):
        fixed = re.sub(rf"\b{name}:", f"{near}:", text.translate(_QUOTES), count=1)
        ways_out = runs(f"{near}:", f"{command.name} {fixed}")
        raise UserMistake(
            CommandName(command.name), f" takes no {in_marks(name)}. Did you mean {near}? Usage: ",
            CommandName(command.name, command.takes), ways_out=ways_out,
        )  # fmt: skip
    return None


def _taker(command: Command, value: str, taken: Mapping[str, str], open_ended: Parameter | None) -> Parameter:
    """Choose the parameter for a value without a name: by its form, then the one that goes on, then the first text."""
    free = [each for each in command.parameters if each.name not in taken]
    if value.isascii() and value.removeprefix("-").isdigit():
        for each in free:
            if each.kind is Kind.NUMBER:
                return each
    for each in free:
        if each.kind is Kind.CHOICE and value.casefold() in {choice.value for choice in each.choices}:
            return each
    if open_ended is not None:
        return open_ended
    texts = [each for each in command.parameters if each.kind not in {Kind.NUMBER, Kind.CHOICE}]
    return texts[0] if texts else (free or list(command.parameters))[0]
