"""Slack to test with: the real platform over a local Slack, and a desk that answers from a script."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from adapters.base import Loss
from adapters.slack.app import SlackPlatform
from bot.core.cards import Button, Card, Option, Select, line, say
from bot.core.effects import Audience, OpenForm, Reply, Show
from bot.core.events import (
    ButtonPressed,
    CommandUsed,
    DeliveryFailed,
    DeliveryMade,
    FormSubmitted,
    Happened,
    Said,
)
from bot.core.forms import Form, TextField
from bot.core.registry import Action, Command, Registry, Submission
from bot.core.request import Request
from bot.core.tokens import read_token, token
from tests.local_slack import Clock, LocalSlack

NOON = 1_800_000_000
SAFETY = 10.0
COMMUNITY = "slack:T0LOCAL001"
Answers = dict[str, Sequence[Reply] | Callable[[Said], Sequence[Reply]]]


def card(*labels: str, text: str = "Body.", title: str = "Card") -> Card:
    """Make a card whose buttons press `test:press` with their label."""
    return Card(
        title=title,
        body=(say(text),),
        buttons=tuple(Button(label, token("test:press", label)) for label in labels),
    )


def select(*labels: str) -> Card:
    """Make a card with a select of `test:press`."""
    options = tuple(Option(label, label.lower()) for label in labels)
    return Card(title="Choose", select=Select("Your answer", token("test:press", "select"), options))


def asker(text: str) -> Show:
    """Tell the asker one sentence."""
    return Show(card=line(text))


def everyone(shown: Card, delivery: int | None = None) -> Show:
    """Show a card to everyone."""
    return Show(card=shown, audience=Audience.EVERYONE, delivery=delivery)


def form(*keys: str) -> OpenForm:
    """Open a form of these fields, whose submission is `test:sent`."""
    fields = tuple(TextField(key=key, label=key.capitalize()) for key in keys)
    return OpenForm(Form(title="A form", token=token("test:sent", "7"), fields=fields))


def _unused(_: Request) -> Sequence[Reply]:
    raise AssertionError("the desk of a test answers from its script")


def _command(name: str, *, opens_form: bool = False, page: bool = False) -> Command:
    return Command(
        name=name, help="Test", example=f"/{name}", handler=_unused, opens_form=opens_form, page=page
    )


REGISTRY = Registry(
    (_command("quote"), _command("help"), _command("fill", opens_form=True), _command("turn", page=True)),
    (_command("schedule add"), _command("schedule list"), _command("quiz"), _command("quiz stop")),
    (
        Action(name="test:press", handler=_unused),
        Action(name="home:open", handler=_unused),
        Action(name="test:fill", handler=_unused, opens_form=True),
        Submission(name="test:sent", handler=_unused),
    ),
)


class Script:
    """A desk that answers by command name, or by a token's feature and action, as it is told in `answers`.

    Like the core it answers what comes twice with nothing. With `gate` closed it keeps everybody waiting; `reached` says
    that somebody does.
    """

    def __init__(self) -> None:
        self.answers: Answers = {}
        self.asked: list[Said] = []
        self.told: list[DeliveryMade | DeliveryFailed] = []
        self.happened: list[Happened] = []
        self.heard: set[str] = set()
        self.gate = asyncio.Event()
        self.gate.set()
        self.reached = asyncio.Event()
        self._reported = asyncio.Event()

    @property
    def registry(self) -> Registry:
        """What can be asked."""
        return REGISTRY

    def now(self) -> int:
        """Give a time that stands still."""
        return NOON

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Answer from the script, once the gate is open."""
        self.asked.append(event)
        repeated = event.id in self.heard
        self.heard.add(event.id)
        self.reached.set()
        await self.gate.wait()
        answer = self.answers.get(_name(event), ())
        replies = answer(event) if callable(answer) else answer
        return [] if repeated else replies

    async def hear(self, event: Happened) -> None:
        """Keep what has happened to a community."""
        self.happened.append(event)
        self._reported.set()

    async def tell(self, event: DeliveryMade | DeliveryFailed) -> None:
        """Remember what is told."""
        self.told.append(event)
        self._reported.set()

    async def reported(self) -> None:
        """Wait until something has been told."""
        await asyncio.wait_for(self._reported.wait(), SAFETY)


def _name(event: Said) -> str:
    match event:
        case CommandUsed(command=command):
            return command
        case ButtonPressed(token=text) | FormSubmitted(token=text):
            read = read_token(text)
            return f"{read.feature}:{read.action}" if read else text
        case _:
            return ""


def platform(
    slack: LocalSlack,
    desk: Script,
    *,
    patience: float = 5.0,
    form_patience: float = 5.0,
    lost: Callable[[Loss], None] | None = None,
) -> SlackPlatform:
    """Make the platform for a local Slack; patience 0 makes every answer a late one."""
    return SlackPlatform(
        desk,
        slack.bot_token,
        slack.app_token,
        slack.api_base,
        patience=patience,
        form_patience=form_patience,
        pace=0.0,
        lost=lost,
    )


@asynccontextmanager
async def connected(
    slack: LocalSlack, desk: Script, *, patience: float = 5.0, form_patience: float = 5.0
) -> AsyncIterator[SlackPlatform]:
    """Connect the platform, and disconnect it afterwards."""
    made = platform(slack, desk, patience=patience, form_patience=form_patience)
    await made.start()
    await slack.connected()
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def workspace(**more: object) -> AsyncIterator[LocalSlack]:
    """Open a local Slack whose clock stands still, and hold it against what a faultless app never causes."""
    async with LocalSlack(clock=Clock(start=float(NOON)), **more) as slack:  # type: ignore[arg-type]  # passed on as given
        yield slack
        assert slack.violations == []
