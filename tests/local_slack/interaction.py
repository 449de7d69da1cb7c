"""One thing that a person did, on its way to the app and back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.local_slack.clock import Alarm
    from tests.local_slack.feed import Feed
    from tests.local_slack.people import Person
    from tests.local_slack.records import Channel, Json, Message, View

# What the person is shown when it goes wrong: Slack's codes for commands; a modal says that it could not connect.
TIMED_OUT = "operation_timeout"
NOT_DISPATCHED = "dispatch_failed"
BAD_COMMAND_ANSWER = "invalid_command_response"
BAD_VIEW_ANSWER = "trouble_connecting"


@dataclass(eq=False, kw_only=True)
class Interaction:
    """A command, press, submission, shortcut or event: its payload, its acknowledgement and what came of it.

    `failed` is what the person is shown instead of an answer, else None. `errors` are a form's, by block_id;
    with `sent` False the person's own client found them and the app heard nothing.
    """

    kind: str
    envelope_type: str
    payload: Json
    answers: Feed[Message]
    views: Feed[View]
    takes_payload: bool = False
    person: Person | None = None
    channel: Channel | None = None
    source: Message | View | None = None
    sent: bool = True
    attempt: int = 0
    retry_reason: str = ""
    envelope_id: str = ""
    sent_at: float = 0.0
    acked_at: float | None = None
    ack: Json | None = None
    failed: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    closed: bool = False
    alarm: Alarm | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acked_after(self) -> float | None:
        """Return the seconds that the acknowledgement took, None while there is none."""
        return None if self.acked_at is None else self.acked_at - self.sent_at

    @property
    def view(self) -> View | None:
        """Return the view that it opened, pushed or updated last."""
        return self.views[-1] if len(self.views) else None

    async def next_answer(self) -> Message:
        """Return the next message that answers it, and wait for it.

        That is what came with the acknowledgement, through its response_url, or by chat.postEphemeral to the
        same person in the same channel. What the app posts by chat.postMessage is `Channel.next_message`.
        """
        return await self.answers.next()

    async def next_view(self) -> View:
        """Return the next view that it opens, pushes or updates, and wait for it."""
        return await self.views.next()

    def settle(self, failed: str | None = None) -> None:
        """End the wait for an acknowledgement, with what the person is shown if there was none."""
        if self.alarm is not None:
            self.alarm.cancel()
        self.failed = failed
        self.settled.set()
