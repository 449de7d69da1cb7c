"""Messages on Discord as people read them."""

import re

from bot.core import wording
from tests.local_discord import Message

_ZONE = "Europe/London"
_TIMES = re.compile(r"<t:(\d+):(T|f|D|t)>(?: \(<t:\d+:R>\))?")
_MENTION = re.compile(r"</([a-z ]+):\d+>")


def lines_of(message: Message) -> tuple[str, ...]:
    """Read a message as people do, line by line: without marks, and with times in London's."""
    text = message.text
    for field in (field for embed in message.embeds for field in embed.get("fields", [])):
        text = text.replace(f"{field['name']}\n{field['value']}", f"{field['name']}: {field['value']}")
    return tuple(_plain(line) for line in text.split("\n"))


def words(message: Message) -> str:
    """Read a message as people do, as one text."""
    return "\n".join(lines_of(message))


def _plain(line: str) -> str:
    line = _TIMES.sub(_time, line.removeprefix("> "))
    line = _MENTION.sub(r"/\1", line)
    line = re.sub(r"(?<!\\)\*\*", "", line)
    return re.sub(r"\\(\W)", r"\1", line)


def _time(match: re.Match[str]) -> str:
    at = int(match[1])
    match match[2]:
        case "T":
            return wording.clock(at, _ZONE)
        case "D":
            return wording.day(at, _ZONE)
        case "t":
            return wording.clock(at, _ZONE)[:5]
        case _:
            return wording.moment(at, _ZONE)
