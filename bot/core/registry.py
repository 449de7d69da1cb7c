"""What can be asked of the bot, declared once.

Discord's command tree, the Slack manifest, the console, /help and the README's table are renderings of this. A
command, a button's action and a form each say how they are answered, so that an adapter can acknowledge in time
without knowing what they do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from bot.core.effects import Audience, Choice, Effect
from bot.core.errors import BotFault
from bot.core.tokens import Token, read_token

if TYPE_CHECKING:
    from bot.core.request import Request

T = TypeVar("T")
Handler = Callable[["Request"], Sequence[Effect]]
Completer = Callable[["Request", str], Iterable[Choice]]
"""Takes the request and what has been typed so far; gives completions, best first."""


class Access(Enum):
    """Who may use it."""

    MEMBER = "member"
    MODERATOR = "moderator"


class Answer(Enum):
    """Whether the answer is a new message or takes the place of the card that was pressed."""

    NEW = "new"
    UPDATE = "update"


class Kind(Enum):
    """What a parameter takes, as far as a platform can help with typing it."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHANNEL = "channel"
    ROLE = "role"
    MEMBER = "member"
    FILE = "file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One thing a command takes.

    `wants` completes "/search needs …" (and stands in the usage line). A number lies between `least` and `most`,
    both included; a text has at most `most` characters. `completer` offers completions while it is typed. Of one that
    `goes_on`, the words behind a typed `name:` are more of it, as in by:Tom Watson.
    """

    name: str
    help: str
    kind: Kind = Kind.TEXT
    wants: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 200
    completer: Completer | None = None
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answered:
    handler: Handler
    access: Access = Access.MEMBER
    audience: Audience = Audience.ASKER
    answer: Answer = Answer.NEW
    opens_form: bool = False
    reads: bool = False
    """Whether it only reads, and may take longer than 5 ms: it is then handled beside the thread that writes."""
    page: bool = False
    """Whether its card, for the asker alone, goes on from button to button: a page of its own, where a platform has one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command(_Answered):
    """A command. `name` is one word, or two for a command of a group ("schedule add"); `example` parses."""

    name: str
    help: str
    example: str
    parameters: tuple[Parameter, ...] = ()
    reads_with: Callable[[Mapping[str, str]], bool] | None = None
    """Says of checked values whether with them it only reads, where that is not the same each time (see `reads`)."""

    @property
    def usage(self) -> str:
        """The command with its parameters, those that may be left out in brackets."""
        return f"/{self.name} {self.takes}".rstrip()

    @property
    def takes(self) -> str:
        """What may follow the name: the parameters, those that may be left out in brackets."""
        return " ".join(each.name if each.required else f"[{each.name}]" for each in self.parameters)

    @property
    def rest(self) -> str:
        """What follows the name in the example."""
        return self.example.removeprefix(f"/{self.name}").strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Action(_Answered):
    """What pressing a button does: `name` is the token's `feature:action`."""

    name: str
    threads: bool = False
    """Whether it opens a thread where it was pressed, which asks for a place that an answer does without."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission(_Answered):
    """What sending a form does: `name` is the `feature:action` of the form's token.

    With `on_message`, platforms also offer it in the menu of a message, under these words: it is then sent without a
    form, with the values `text`, what the message says, and `author`, the id of who wrote it.
    """

    name: str
    on_message: str = ""


class Registry:
    """All commands, actions and submissions by name. Every look-up is one dictionary access.

    `on_messages` are the submissions that stand in a message's menu, by the words they stand there under. Raises BotFault
    when two share a name.
    """

    def __init__(self, *parts: Iterable[Command | Action | Submission]) -> None:
        commands: dict[str, Command] = {}
        actions: dict[str, Action] = {}
        submissions: dict[str, Submission] = {}
        for entry in (entry for part in parts for entry in part):
            match entry:
                case Command():
                    _add(commands, entry.name, entry)
                case Action():
                    _add(actions, entry.name, entry)
                case Submission():
                    _add(submissions, entry.name, entry)
        self.commands: Mapping[str, Command] = commands
        self.actions: Mapping[str, Action] = actions
        self.submissions: Mapping[str, Submission] = submissions
        self.on_messages: Mapping[str, Submission] = {
            each.on_message: each for each in submissions.values() if each.on_message
        }

    def action(self, text: str) -> tuple[Action, Token] | None:
        """Find what the token of a button asks for; None when it is none of ours."""
        token = read_token(text)
        found = token and self.actions.get(f"{token.feature}:{token.action}")
        return (found, token) if found and token else None

    def submission(self, text: str) -> tuple[Submission, Token] | None:
        """Find what the token of a form asks for; None when it is none of ours."""
        token = read_token(text)
        found = token and self.submissions.get(f"{token.feature}:{token.action}")
        return (found, token) if found and token else None


def _add(entries: dict[str, T], name: str, entry: T) -> None:
    if name in entries:
        raise BotFault(f"{name} is declared twice")
    entries[name] = entry
