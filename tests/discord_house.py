"""A bot on the local Discord: the real discord.py client between it and a desk that answers as a test says."""

import asyncio
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest
from yarl import URL

from adapters.base import Loss, Undelivered
from bot.core.cards import Button, Card, Intent, Option, Quoted, say
from bot.core.effects import (
    Audience,
    Call,
    Deliver,
    Reply,
    Show,
)
from bot.core.events import (
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
    DeliveryFailed,
    DeliveryMade,
    FailureKind,
    FormSubmitted,
    Happened,
    MessageRef,
    Said,
)
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter, Registry, Submission
from bot.core.tokens import token
from tests.discord_whole import Notes
from tests.local_discord import (
    LocalDiscord,
    Message,
    Person,
)
from tests.local_discord.waiting import Bell

with warnings.catch_warnings():
    # discord.py still imports audioop, which Python 3.11 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    from adapters.discord.client import DiscordPlatform

T = TypeVar("T", bound=Happened)

NOW = 1_795_550_400
LATE = 16 * 60


def _unused(_request: object) -> tuple[()]:
    return ()


def _offer(_request: object, _typed: str) -> tuple[()]:
    return ()


def _command(name: str, *parameters: Parameter, **how: Any) -> Command:
    return Command(
        name=name, help=f"About {name}", example=f"/{name}", parameters=parameters, handler=_unused, **how
    )


REGISTRY = Registry(
    [
        _command(
            "quiz",
            Parameter(name="about", help="A topic", completer=_offer),
            Parameter(name="rounds", help="How many", kind=Kind.NUMBER, least=1, most=10),
            audience=Audience.EVERYONE,
        ),
        _command("score"),
        _command("suggest", opens_form=True),
        _command(
            "schedule add",
            Parameter(name="channel", help="Where", kind=Kind.CHANNEL),
            Parameter(name="ping", help="Who is told", kind=Kind.ROLE),
            Parameter(name="member", help="Who answers for it", kind=Kind.MEMBER),
            Parameter(name="file", help="An article", kind=Kind.FILE),
            access=Access.MODERATOR,
        ),
        Action(name="demo:press", handler=_unused),
        Action(name="demo:share", handler=_unused, audience=Audience.EVERYONE),
        Action(name="demo:change", handler=_unused, answer=Answer.UPDATE),
        Action(name="demo:form", handler=_unused, opens_form=True),
        Submission(name="demo:sent", handler=_unused),
        Submission(name="demo:take", handler=_unused, opens_form=True, on_message="Take my message"),
    ]
)


def buttons(*labels: str) -> tuple[Button, ...]:
    """Make a button for each action of this name."""
    return tuple(Button(label, token(f"demo:{label}", 7)) for label in labels)


ASKED = Card(
    title="Who said it?",
    body=(say("According to Neal Lawson, who said it?"),),
    intent=Intent.QUESTION,
    buttons=buttons("press", "share", "change", "form"),
)
CLOSED = Card(
    title="Who said it? Vladimir Lenin", body=(Quoted("the right words"),), buttons=buttons("press")
)
FORM = Form(
    title="Suggestion",
    token=token("demo:sent", 7),
    intro=say("In your own words."),
    fields=(
        TextField(key="words", label="The words", long=True),
        ChoiceField(key="credit", label="Credit", options=(Option("Yes", "yes"), Option("No", "no"))),
    ),
)


class ScriptedDesk:
    """Answers each event as the test says by the name of its command or action, and keeps what it heard.

    While `gate` is closed, answers wait for it.
    """

    def __init__(self) -> None:
        self.registry = REGISTRY
        self.heard: list[Said] = []
        self.told: list[DeliveryMade | DeliveryFailed] = []
        self.happened: list[Happened] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._replies: dict[str, Sequence[Reply]] = {}
        self._faults: dict[str, Exception] = {}
        self._bell = Bell(lambda: f"heard: {self.heard}\ntold: {self.told}")

    def answer(self, name: str, *replies: Reply) -> None:
        """Answer with these replies from now on."""
        self._replies[name] = replies

    def fail(self, name: str) -> None:
        """Break, as a program does."""
        self._faults[name] = RuntimeError("broken on purpose")

    def now(self) -> int:
        """Give a moment."""
        return NOW

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Keep the event, wait for the gate, and answer."""
        self.heard.append(event)
        self._bell.ring()
        await self.gate.wait()
        name = _name_of(event)
        if name in self._faults:
            raise self._faults[name]
        return self._replies.get(name, ())

    async def hear(self, event: Happened) -> None:
        """Keep what has happened to a community."""
        self.happened.append(event)
        self._bell.ring()

    async def tell(self, event: DeliveryMade | DeliveryFailed) -> None:
        """Keep the report."""
        self.told.append(event)
        self._bell.ring()

    async def hearing(self) -> Said:
        """Wait until something has been heard, and give the latest."""
        await self._bell.until(lambda: self.heard or None, "an event")
        return self.heard[-1]

    async def told_of(self, kind: type[T]) -> T:
        """Wait until a community has had this happen to it, and give the latest."""

        def latest() -> T | None:
            return next((each for each in reversed(self.happened) if isinstance(each, kind)), None)

        return await self._bell.until(latest, kind.__name__)

    async def report(self) -> DeliveryMade | DeliveryFailed:
        """Wait for a report, and give the first."""
        await self._bell.until(lambda: self.told or None, "a report")
        return self.told[0]


def _name_of(event: Said) -> str:
    match event:
        case CommandUsed(command=name) | CompletionAsked(command=name):
            return name
        case ButtonPressed(token=text) | FormSubmitted(token=text):
            return ":".join(text.split(":")[1:3])


class House:
    """A bot on the local Discord: a desk, a platform, and Ana."""

    def __init__(self, server: LocalDiscord, patience: float = 0.0) -> None:
        self.server = server
        self.desk = ScriptedDesk()
        self.notes = Notes()
        self.patience = patience
        self.lost: list[Loss] = []
        """What the host was told after Discord had closed the connection for good."""
        self.platform = self.new_platform()
        self.ana = server.person("Ana")

    @property
    def client(self) -> discord.Client:
        """Give the platform's client, to wait for what it hears."""
        assert self.platform._client is not None
        return self.platform._client

    def new_platform(self) -> DiscordPlatform:
        """Make the platform, as after a restart."""
        return DiscordPlatform(
            self.desk,
            self.server.token,
            self.notes,
            self.server.base_url,
            patience=self.patience,
            lost=self.lost.append,
        )

    async def restart(self) -> None:
        """Stop, and start again with nothing but the notebook."""
        await self.platform.stop()
        self.platform = self.new_platform()
        await self.platform.start()

    async def shown(
        self, card: Card, person: Person | None = None, audience: Audience = Audience.EVERYONE
    ) -> Message:
        """Let the bot answer /quiz with a card, and give its message."""
        self.desk.answer("quiz", Show(card=card, audience=audience))
        return await (await (person or self.ana).slash("quiz")).finished()

    async def deliver(self, call: Call, message: MessageRef | None = None, **more: Any) -> MessageRef | None:
        """Have one delivery carried out."""
        community = f"discord:{self.server.home.id}"
        order = {"id": 1, "key": "delivery-1", "due": NOW, **more}
        return await self.platform.deliver(Deliver(community=community, call=call, message=message, **order))

    async def refused(
        self, call: Call, message: MessageRef | None = None, **more: Any
    ) -> tuple[FailureKind, str, int]:
        """Have one delivery carried out that does not arrive: gives the kind, the detail and the time to wait."""
        with pytest.raises(Undelivered) as caught:
            await self.deliver(call, message, **more)
        return caught.value.kind, caught.value.detail, caught.value.retry_after


def pointed_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take discord.py's addresses away until the test's end: the platform has to set them itself."""
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9/nowhere")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL("ws://127.0.0.1:9/nowhere"))


@asynccontextmanager
async def discord_house(monkeypatch: pytest.MonkeyPatch, **how: Any) -> AsyncIterator[House]:
    """Give a bot that has started on a local Discord of its own; discord.py's addresses are put back afterwards.

    Nothing that Discord would call a violation may have been sent, unless the test took it off the list.
    """
    pointed_nowhere(monkeypatch)
    async with LocalDiscord(**how) as server:
        house = House(server)
        await house.platform.start()
        try:
            yield house
        finally:
            await house.platform.stop()
    assert [str(each) for each in server.violations] == []
