"""The delivery port: the ledger, and the messages it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.core.effects import Call
from bot.core.events import FailureKind, MessageRef


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A delivery's row. `about` is `feature:id` of what it belongs to; `message` the row of the message it makes
    or changes, and `ref` where that stands, once it is known. `since` is when it was due first, `due` when next.
    """  # noqa: D205 - one sentence in two halves

    id: int
    community: str
    call: Call
    key: str
    about: str
    since: int
    due: int
    attempts: int
    message: int | None = None
    ref: MessageRef | None = None


class Written(NamedTuple):
    """A delivery that was just written: its row's id, and the key by which its platform can tell it from others."""

    id: int
    key: str


class DeliveryPort(Protocol):
    """The ledger of deliveries: `due`, `sending`, then `sent` or `failed`; and the messages they make."""

    def message(self, community: str, channel: str) -> int:
        """Write the row of a message that is yet to be made; gives its id."""

    def place(self, message: int, ref: MessageRef) -> None:
        """Write where a message stands, once it is known."""

    def placed(self, community: str, message: int) -> MessageRef | None:
        """Say where a message stands; None while nobody knows."""

    def add(
        self, community: str, call: Call, *, about: str, due: int, message: int | None, claimed: bool
    ) -> Written:
        """Write a delivery, `sending` when claimed, else `due`."""

    def get(self, community: str, delivery: int) -> Waiting | None:
        """Get one that is neither sent nor failed."""

    def busy(self, message: int) -> bool:
        """Whether a call on this message is under way, or waits before any new one."""

    def replace(self, message: int, call: Call, due: int) -> bool:
        """Put a newer update in place of one that waits for the same message; False when none waits."""

    def next_on(self, message: int, at: int) -> Waiting | None:
        """Get the earliest delivery that waits for this message and is due."""

    def due(self, at: int, most: int) -> Sequence[Waiting]:
        """List waiting deliveries that are due and may be made now, earliest first."""

    def sending(self) -> Sequence[Waiting]:
        """List every delivery that is claimed: after a start, those that a crash has left open."""

    def claim(self, delivery: int) -> None:
        """Mark as `sending`."""

    def sent(self, delivery: int, at: int) -> None:
        """Mark as `sent`."""

    def later(self, delivery: int, due: int, detail: str) -> None:
        """Mark as `due` again, one attempt counted."""

    def fail(self, delivery: int, at: int, kind: FailureKind, detail: str) -> None:
        """Mark as `failed`, with the reason."""

    def next_due(self) -> int | None:
        """Say when the next delivery falls due that nothing but time holds back (not another call, not a message
        that does not stand anywhere yet).
        """  # noqa: D205 - one condition
