"""Everything the bot can do, in two kinds.

*Replies* answer the interaction at hand. They are volatile: the adapter that awaits the event carries them out, and
they are never stored. *Deliveries* must happen even if the process dies: each is a row, written in the event's own
transaction, and `Deliver` is the order to carry out one that is claimed. `Wake` is addressed to the clock, `ReadPage` and
`Then` to the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.core import limits
from bot.core.cards import Card
from bot.core.events import Actor, Attachment, MessageRef, PageRead, Place, Said
from bot.core.faults import CardFault
from bot.core.findings import Given
from bot.core.forms import Form


class Audience(Enum):
    """Who sees an answer."""

    ASKER = "asker"
    EVERYONE = "everyone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Show:
    """Answer with a new card.

    With `delivery`, the adapter reports where the message stands (DeliveryMade), or why it could not be shown
    (DeliveryFailed), since later edits need it.
    """

    card: Card
    audience: Audience = Audience.ASKER
    delivery: int | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """Put this card in place of the one whose button was pressed."""

    card: Card


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Open a form; only as the first answer to an interaction."""

    form: Form


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Keep the submitted form open and say at each field, by its key, what to do. Where a platform closes a form on
    sending, the sentences are shown to the asker instead.
    """  # noqa: D205 - two sentences on one thing

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One completion: what is shown, and what is sent when it is picked."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Completions:
    """Offer these while a member types, best first."""

    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        if len(self.choices) > limits.COMPLETIONS:
            raise CardFault(f"at most {limits.COMPLETIONS} completions are offered")
        if any(
            not 1 <= len(text) <= limits.COMPLETION
            for each in self.choices
            for text in (each.label, each.value)
        ):
            raise CardFault(f"a completion has 1 to {limits.COMPLETION} characters")


@dataclass(frozen=True, kw_only=True, slots=True)
class SendFile:
    """Hand the asker, and nobody else, a file, with the card that introduces it."""

    name: str
    media_type: str
    content: bytes
    card: Card

    def __post_init__(self) -> None:
        if len(self.content) > limits.FILE:
            raise CardFault(f"a file has at most {limits.FILE:,} bytes")


Reply = Show | Update | OpenForm | FieldErrors | Completions | SendFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """The message is the answer to an interaction: made by the adapter with its Show, and never made again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A new message in a channel; `ping` is the one role (by id) whose members are notified."""

    channel: str
    card: Card
    ping: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A new card in place of what a message of the bot's shows."""

    card: Card


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenThread:
    """A thread on a message, begun with a card. Where there is no thread, a reply under the message."""

    name: str
    card: Card


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """A message pinned in its channel."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Word to the community's moderators: in `channel` (their log) or, with none set, to `member` directly."""

    card: Card
    channel: str = ""
    member: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Direct:
    """A message to one member alone."""

    member: str
    card: Card


@dataclass(frozen=True, kw_only=True, slots=True)
class AskAfter:
    """A look whether a member is still in the community, which shows nothing to anybody: GONE where they are not."""

    member: str


Call = Answered | Post | Edit | OpenThread | Pin | Notice | Direct | AskAfter


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliver:
    """Carry out one claimed delivery and report how it went.

    `message` is where the message it is about stands, None for one that is yet to be made. `key` is at most 25
    characters and the same at every attempt: the platform's nonce, and the mark to find the message by. `recover`
    says that an earlier attempt may have arrived: look for it (since `due`, UTC seconds) before making it again.
    """

    id: int
    community: str
    call: Call
    key: str
    due: int
    message: MessageRef | None = None
    recover: bool = False


@dataclass(frozen=True, slots=True)
class Wake:
    """Something falls due at this moment (UTC seconds): the clock should say TimeCame then."""

    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPage:
    """Read a page in a process of its own, and say PageRead then; its replies answer the interaction at hand.

    The page is a `file` or, without one, the `text` that was pasted. `share` and `card_words` are what quoting allows.
    """

    place: Place
    actor: Actor
    draft: int
    given: Given
    file: Attachment | None = None
    text: str = ""
    share: float
    card_words: int


@dataclass(frozen=True, slots=True)
class Then:
    """Go on with this event: the next part of what would take too long in one. Its replies join those there are."""

    event: Said | PageRead


Effect = Reply | Deliver | Wake | ReadPage | Then
