"""What a typed line asks for: a command with what follows it, by the names that the registry knows."""

import re
from collections.abc import Mapping

from bot.core.registry import Command

_COMMAND = re.compile(r"/(\S+)\s*(.*)", re.DOTALL)
_SECOND = re.compile(r"(\S+)\s*(.*)", re.DOTALL)


def split(line: str, commands: Mapping[str, Command]) -> tuple[str, str]:
    """Split a line into a command's name and the text after it.

    A name of two words goes before one of a single word, and capitals count only where they make a difference. A name
    that nobody knows is given back as typed; a line that is no command has the empty name, and is text.
    """
    match = _COMMAND.fullmatch(line)
    if match is None:
        return "", line
    head, rest = match.groups()
    if second := _SECOND.fullmatch(rest):
        for name in (f"{head} {second[1]}", f"{head} {second[1]}".casefold()):
            if name in commands:
                return name, second[2]
    return (head.casefold() if head.casefold() in commands else head), rest
