"""A console to test with: a desk that answers from a script, a clock that stands still, and lines typed in advance."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from pathlib import Path

from adapters.console.ends import Aid
from adapters.console.platform import ConsolePlatform
from bot.core.cards import Button, Card, Paragraph, line, say
from bot.core.effects import Audience, Call, Choice, Completions, Deliver, Effect, Reply, Show
from bot.core.events import (
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
    DeliveryFailed,
    DeliveryMade,
    FormSubmitted,
    Happened,
    MessageRef,
    Said,
)
from bot.core.registry import Access, Command, Kind, Parameter, Registry
from bot.core.request import Request
from bot.core.tokens import token

TUESDAY = 1795550400  # Tue 24 Nov 2026, 20:00 in London
COMMUNITY = "console:Reading group"


def card(title: str, *labels: str, body: Sequence[Paragraph] = ()) -> Card:
    """Make a card whose buttons press `test:<label>`."""
    pressed = tuple(Button(label, token("test:press", label)) for label in labels)
    return Card(title=title, body=tuple(body) or (say("Body"),), buttons=pressed)


def everyone(shown: Card, delivery: int | None = None) -> Show:
    """Show a card to everyone."""
    return Show(card=shown, audience=Audience.EVERYONE, delivery=delivery)


def asker(text: str) -> Show:
    """Tell the asker one sentence."""
    return Show(card=line(text))


def pressing(label: str) -> str:
    """Give the token of a button made by `card`."""
    return str(token("test:press", label))


class Script:
    """A desk that answers commands, tokens and parameters as written down, and remembers what it was asked and told.

    A line that is no command, or a command it has no answer for, is answered as the core would.
    """

    def __init__(self, answers: dict[str, Sequence[Reply]] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[Said] = []
        self.told: list[DeliveryMade | DeliveryFailed] = []
        self.happened: list[Happened] = []
        self.heard = asyncio.Event()
        self.at = TUESDAY
        self.registry = Registry(COMMANDS)

    def now(self) -> int:
        """Give the time, which stands still."""
        return self.at

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Answer from the script."""
        self.asked.append(event)
        self.heard.set()
        match event:
            case CommandUsed(command=command, text=text) if not command:
                return self.answers.get(text, (asker("Commands begin with /. /help lists them."),))
            case CommandUsed(command=command):
                return self.answers.get(command, (asker(f"There is no /{command}."),))
            case ButtonPressed(token=pressed) | FormSubmitted(token=pressed):
                return self.answers.get(pressed, (asker("Nothing is behind that button."),))
            case CompletionAsked(typed=typed):
                speakers = ("Neal Lawson", "Neil Kinnock", "Lenin")
                offered = tuple(
                    Choice(each, each) for each in speakers if each.casefold().startswith(typed.casefold())
                )
                return (Completions(offered),)

    async def hear(self, event: Happened) -> None:
        """Keep what has happened to a community."""
        self.happened.append(event)

    async def tell(self, event: DeliveryMade | DeliveryFailed) -> None:
        """Remember how a message went."""
        self.told.append(event)


class StillClock:
    """Stands still until it is put forward; `due` is awaited then, with the desk's time already the new one."""

    def __init__(self, desk: Script) -> None:
        self._desk = desk
        self.due: list[Callable[[], Awaitable[object]]] = []

    def now(self) -> int:
        """Give the desk's time."""
        return self._desk.at

    async def advance(self, seconds: int) -> None:
        """Let time pass, and what is due happen."""
        self._desk.at += seconds
        due, self.due = self.due, []
        for each in due:
            await each()


class Typed:
    """Lines that were typed in advance; remembers the prompts they were typed at."""

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)
        self.prompts: list[str] = []

    async def read(self, prompt: str, aid: Aid) -> str | None:  # noqa: ARG002 - nobody needs help here
        """Give the next line."""
        self.prompts.append(prompt)
        return self._lines.pop(0) if self._lines else None


class Console:
    """A console platform on a scripted desk, with everything it has printed."""

    def __init__(
        self, answers: dict[str, Sequence[Reply]] | None = None, *lines: str, folder: Path = Path("/nowhere")
    ) -> None:
        self.desk = Script(answers)
        self.clock = StillClock(self.desk)
        self.lines = Typed(*lines)
        self.printed: list[str] = []
        self.platform = ConsolePlatform(
            self.desk,
            community="Reading group",
            member="Ana",
            moderator=False,
            lines=self.lines,
            write=self.printed.append,
            colour=False,
            clock=self.clock,
            folder=folder,
        )
        self.type = self.platform.type
        self._keys = count(1)

    async def post(
        self, call: Call, *, message: MessageRef | None = None, recover: bool = False, key: str = ""
    ) -> MessageRef | None:
        """Let the bot post something by itself."""
        number = next(self._keys)
        return await self.platform.deliver(
            Deliver(
                id=number,
                community=COMMUNITY,
                call=call,
                key=key or f"key-{number}",
                due=self.desk.at,
                message=message,
                recover=recover,
            )
        )


def _unused(request: Request) -> Sequence[Effect]:
    raise AssertionError(request)


def _completer(request: Request, typed: str) -> Sequence[Choice]:
    raise AssertionError(request, typed)


COMMANDS = (
    Command(
        name="quote",
        help="A quotation",
        example="/quote",
        handler=_unused,
        parameters=(
            Parameter(name="about", help="A topic"),
            Parameter(name="by", help="A speaker", completer=_completer),
        ),
    ),
    Command(
        name="quiz",
        help="A round",
        example="/quiz",
        handler=_unused,
        parameters=(
            Parameter(
                name="kind",
                help="What is asked",
                kind=Kind.CHOICE,
                choices=tuple(Choice(each, each) for each in ("who", "finish", "article", "fact")),
            ),
            Parameter(name="rounds", help="How many", kind=Kind.NUMBER, most=10),
        ),
    ),
    Command(
        name="schedule add",
        help="Add a programme",
        example="/schedule add",
        handler=_unused,
        access=Access.MODERATOR,
    ),
    Command(
        name="schedule list",
        help="List the programmes",
        example="/schedule list",
        handler=_unused,
        access=Access.MODERATOR,
    ),
)
"""Commands for parsing and completion; the script answers, so no handler runs."""
