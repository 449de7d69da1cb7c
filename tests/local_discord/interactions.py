"""An interaction as the test sees it: what somebody did, and all that the bot answered to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.local_discord.messages import (
    CHANNEL_SELECT,
    FILE_UPLOAD,
    LABEL,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
    Message,
)
from tests.local_discord.model import Wire
from tests.local_discord.waiting import Bell

if TYPE_CHECKING:
    from tests.local_discord.channels import Channel
    from tests.local_discord.model import User

COMMAND, COMPONENT, COMPLETION, MODAL_SUBMIT = 2, 3, 4, 5
SHOW, DEFER, DEFER_UPDATE, UPDATE, COMPLETE, OPEN_MODAL = 4, 5, 6, 7, 8, 9
FIRST_ANSWER, TOKEN_LIFE = 3.0, 900.0
"""Seconds by the server's clock."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One input of a modal: a text input or a select."""

    label: str
    wire: Wire

    @property
    def custom_id(self) -> str:
        """Return the input's id."""
        return str(self.wire["custom_id"])

    @property
    def required(self) -> bool:
        """Tell whether it must be filled in; inputs are unless they say otherwise."""
        return self.wire.get("required") is not False


@dataclass(kw_only=True, eq=False)
class Modal:
    """A form that is open before one person; `Person.submit` sends it, once."""

    wire: Wire
    opener: "Interaction"
    submitted: bool = False

    @property
    def title(self) -> str:
        """Return the title."""
        return str(self.wire["title"])

    @property
    def custom_id(self) -> str:
        """Return the modal's id."""
        return str(self.wire["custom_id"])

    @property
    def fields(self) -> list[Field]:
        """Return the inputs from top to bottom."""
        found = []
        for part in self.wire["components"]:
            inner = [part["component"]] if part["type"] == LABEL else part.get("components", [])
            found += [
                Field(label=part.get("label") or component.get("label") or "", wire=component)
                for component in inner
                if component["type"] in {TEXT_INPUT, STRING_SELECT, USER_SELECT, CHANNEL_SELECT, FILE_UPLOAD}
            ]
        return found


@dataclass(kw_only=True, eq=False)
class Interaction:
    """A command, press, submission or completion, and the bot's answers.

    `answer` is Discord's callback type once the bot acknowledged: SHOW, DEFER, DEFER_UPDATE, UPDATE, COMPLETE or
    OPEN_MODAL. `message` is what the answer showed or changed, `followups` what came after.
    """

    id: str
    token: str
    kind: int
    user: "User"
    channel: "Channel"
    created: float
    bell: Bell
    payload: Wire = field(default_factory=dict)
    name: str = ""
    source: Message | None = None
    opener: "Interaction | None" = None
    answer: int | None = None
    answered_after: float | None = None
    message: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Modal | None = None
    choices: list[Wire] = field(default_factory=list)
    resolved: bool = False
    _followups_seen: int = 0

    @property
    def deferred(self) -> bool:
        """Tell whether the first answer put the real one off."""
        return self.answer in {DEFER, DEFER_UPDATE}

    @property
    def ephemeral(self) -> bool:
        """Tell whether the asker alone sees the answer."""
        return self.message is not None and self.message.ephemeral

    async def answered(self) -> "Interaction":
        """Return this interaction once the bot acknowledged it; what the answer shows counts as seen."""
        await self.bell.until(lambda: self.answer, f"an answer to {self}")
        if self.message is not None:
            self.message.hand_out()
        return self

    async def finished(self) -> Message:
        """Return the message that answers: at once, or when what was deferred has come.

        After a deferral the first edit of the original resolves it, or the first followup.
        """
        message = await self.bell.until(self._final, f"the finished answer to {self}")
        return message.hand_out()

    async def next_followup(self, matching: Callable[[Message], bool] | None = None) -> Message:
        """Return the oldest followup that the test has not been handed yet, waiting for it."""

        def look() -> Message | None:
            fresh = (message for message in self.followups if not message.seen)
            return next(filter(matching, fresh), None)

        return (await self.bell.until(look, f"a followup of {self}")).hand_out()

    def _final(self) -> Message | None:
        if self.answer is None:
            return None
        if not self.deferred or self.resolved:
            gone = self.message is None or self.message.deleted
            return next(iter(self.followups), None) if gone else self.message
        return next(iter(self.followups), None)

    def __str__(self) -> str:
        kinds = {COMMAND: "the command", COMPONENT: "the press of", COMPLETION: "the completion of"}
        return f"{self.user.name}: {kinds.get(self.kind, 'the form')} {self.name!r}"
