"""What can stand within a line of a card: words, plain or set apart, and what each platform shows in its own way.

Text is text: no node holds markup, and each renderer escapes what it is given.
"""

from dataclasses import dataclass
from enum import Enum

from bot.core import limits
from bot.core.faults import CardFault


class TimeStyle(Enum):
    """How exactly a moment is shown."""

    COUNTDOWN = "countdown"  # 20:00:45, counting down where the platform can
    CLOCK = "clock"  # 20:00:45
    MOMENT = "moment"  # Wed 25 Nov, 09:00
    DAY = "day"  # Wed 25 Nov
    HOUR = "hour"  # 09:00


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart, as a title within a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address (https only)."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith("https://") or len(self.url) > limits.LINK:
            raise CardFault(f"a link needs an https address of at most {limits.LINK} characters")


@dataclass(frozen=True, slots=True)
class Time:
    """A moment, in UTC seconds, with the IANA zone it is read in where the platform does not know the reader's."""

    at: int
    zone: str
    style: TimeStyle = TimeStyle.MOMENT


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, by the platform's own id; `name` is what is shown where ids mean nothing."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A member or, with `role`, a role. Only with `notify` does anyone's device ring; else it is a display name."""

    id: str
    name: str
    notify: bool = False
    role: bool = False


@dataclass(frozen=True, slots=True)
class CommandName:
    """A command of the bot's, as the reader can type it: each platform puts its own prefix before the name.

    `rest` is what follows the name ("kind:correction").
    """

    name: str
    rest: str = ""

    def said(self, prefix: str = "") -> str:
        """Say it as it is typed; `prefix` is what a platform puts before the name."""
        return f"/{prefix}{self.name} {self.rest}".rstrip()


Inline = Text | Strong | Emphasis | Link | Time | Channel | Mention | CommandName


def plain_length(node: Inline) -> int:
    """How many characters a node takes at most on any platform, marks left out."""
    if type(node) is Text:  # by far the most frequent, and thousands of cards are made each second
        return len(node.text)
    match node:
        case Text(text) | Strong(text) | Emphasis(text) | Link(text, _):
            return len(text)
        case Time():
            return 40
        case Channel(_, name) | Mention(_, name):
            return max(len(name), 30)
        case CommandName(name, rest):
            return len(name) + len(rest) + 40
