"""What every adapter is given, and what it gives: the desk it hands events to, and the platform it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.effects import Deliver, Reply
from bot.core.events import Attachment, DeliveryFailed, DeliveryMade, FailureKind, Happened, MessageRef, Said
from bot.core.registry import Registry


class Undelivered(Exception):  # noqa: N818 - an outcome that the ledger deals with, not an error of the program
    """A delivery did not reach its platform; `retry_after` (seconds) is the platform's own word, 0 for none."""

    def __init__(self, kind: FailureKind, detail: str = "", *, retry_after: int = 0) -> None:
        super().__init__(f"{kind.value}: {detail}")
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after


class Unfetched(Exception):  # noqa: N818 - an outcome that the person is told
    """A file that somebody attached cannot be had: a sentence that says why, and what to do now."""


class Desk(Protocol):
    """The way into the core, the same for every adapter."""

    @property
    def registry(self) -> Registry:
        """What can be asked, and how each is answered."""

    def now(self) -> int:
        """Give the time to stamp an event with: UTC seconds."""

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Hand over what a person did; gives the replies once what they say is durable. Never raises for a fault of
        the bot's: the replies then hold the apology.
        """  # noqa: D205 - the promise needs both sentences

    async def tell(self, event: DeliveryMade | DeliveryFailed) -> None:
        """Report how a message went that a Show or a Deliver asked for; returns once that is durable."""

    async def hear(self, event: Happened) -> None:
        """Hand over what has happened to a community, which nobody waits to be answered on; returns once that is durable."""


class Platform(Protocol):
    """One chat platform. Communities on it are called `name:their id`."""

    @property
    def name(self) -> str:
        """The word before the colon in a community's name."""

    async def start(self) -> None:
        """Connect, and return when events come in. Raises StartFault with a sentence for the host."""

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Carry out one delivery; gives where the message stands. Raises Undelivered.

        With `recover`, what an earlier attempt may have made is looked for first, and never made twice.
        """

    async def fetch(self, file: Attachment, most: int) -> bytes:
        """Fetch a file that somebody attached here, from the platform's own address of it and no other.

        Raises Unfetched, also where it has more than `most` bytes, of which no more are then taken in.
        """

    def trouble(self) -> str:
        """Say what keeps the platform from being served now; nothing when all is well."""

    async def stop(self) -> None:
        """Take nothing new, finish what is in hand, and disconnect."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A platform that was served is closed to the bot for good: a sentence for the host on why, and what to do now.

    `passing` is whether a new start may mend it by itself, without the host.
    """

    platform: str
    sentence: str
    passing: bool = False


class StartFault(Exception):  # noqa: N818 - a host's mistake, told as a sentence without a trace
    """The platform cannot be used as it is set up, or no longer: what is wrong, and what to do now."""
