"""What a person sees, the same for every platform: lines of words, labels of buttons, and who sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One message as people read it.

    `only` is the one person who sees it, or nobody's name when everyone does. `lines` are its words from top to
    bottom, without the platform's marks; times are said in London's. `buttons` are labels in order.
    """

    only: str
    lines: tuple[str, ...]
    buttons: tuple[str, ...] = ()


def is_news(before: Seen | None, now: Seen) -> bool:
    """Whether a message is new or says something else; one that has lost buttons alone is no news to anybody."""
    if before is None:
        return True
    return before.lines != now.lines or not set(now.buttons) <= set(before.buttons)


MODERATOR = "Mia"
"""Who administers on every stage."""
CHANNEL = "#general"
"""The channel of every stage, as a value that is given to a command."""


def with_names(seen: Seen, names: Mapping[str, str]) -> Seen:
    """Put what people read in the place of a platform's own references."""
    lines = list(seen.lines)
    for reference, name in names.items():
        lines = [line.replace(reference, name) for line in lines]
    return replace(seen, lines=tuple(lines))


class Stage(Protocol):
    """A platform with a channel and people in it, on which a script is played."""

    async def command(self, who: str, name: str, /, **values: str) -> list[Seen]:
        """Let somebody use a command; gives what is new or changed, in the order of the channel."""

    async def fill(self, who: str, name: str, /, **fields: str) -> list[Seen]:
        """Let somebody use a command that opens a form, fill the form in by the fields' keys, and send it."""

    async def press(self, who: str, label: str) -> list[Seen]:
        """Let somebody press the newest button of this label that they see."""

    async def answer(self, who: str, label: str, **fields: str) -> list[Seen]:
        """Let somebody press a button that opens a form, fill it in by the fields' keys, and send it."""

    async def pass_time(self, seconds: int) -> list[Seen]:
        """Let time pass."""
