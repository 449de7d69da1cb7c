"""Everything the bot can hear. An event says who, where and when; what to make of it is the core's.

`at` is UTC seconds, stamped when the event was received: that decides deadlines. `community` is the platform's
name and its own id, as in `discord:41771983423143937`; every query carries it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.core.findings import Findings, Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who did it, as the platform states it at that moment."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    administrator: bool = False


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message on its platform: the channel's id and the message's own."""

    channel: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where it happened. `alone` says that nobody else can see this place: a direct message, or the console."""

    community: str
    channel: str
    alone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Barred:
    """What the bot may not do by itself in a channel: for each, the permission that it lacks, in the platform's words.

    Or a sentence of the platform's own, with “Grant:” in it. Empty where it may, and where the platform does not say.
    """

    change: str = ""
    """To change what it has shown there."""
    post: str = ""
    thread: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    place: Place
    actor: Actor
    at: int
    barred: Mapping[str, Barred] = field(default_factory=dict)
    """What the bot may not do in the channels that this is about, and in the one where it was said, by their ids."""
    id: str = ""
    """The platform's id of this payload where it may be delivered twice, else empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that somebody has attached: its name, its size in bytes (0: not known), and the address it is fetched from.

    `typed` says that the address is somebody's own words and not the platform's: such a one is a path, which is read
    on the console alone.
    """

    name: str
    address: str
    size: int = 0
    typed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandUsed(_Said):
    """A command was used: with values by name (`arguments`) or as typed after the command's name (`text`).

    `asks` says that a form can be opened for what is missing; else the mistake is told. `files` are those attached to it,
    by the parameter's name.
    """

    command: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    asks: bool = False
    files: Mapping[str, Attachment] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ButtonPressed(_Said):
    """A button was pressed, or with `value` an option of a select chosen; `message` is the one it stands on."""

    token: str
    value: str = ""
    message: MessageRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormSubmitted(_Said):
    """A form was sent: what stands in each field, and the files attached, by the field's key."""

    token: str
    values: Mapping[str, str]
    files: Mapping[str, Attachment] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class CompletionAsked(_Said):
    """A member is typing a parameter and wants completions; `arguments` are the others, as far as they stand."""

    command: str
    parameter: str
    typed: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageRead(_Said):
    """A page that a ReadPage asked for has been read, or with `fault`, a sentence, could not be.

    What was found is gone through in parts: `done` says how many have been, `tally` what came of them.
    """

    draft: int
    findings: Findings = field(default_factory=Findings)
    fault: str = ""
    done: int = 0
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeCame:
    """The clock woke the core: something may be due."""

    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """The process has started and its platforms are connected: what a crash has left open is taken up."""

    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """The bot was brought into a community; `installer` is the id of who did it, empty where the platform does not say."""

    community: str
    at: int
    installer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """The bot has gone from a community, or the community is no more."""

    community: str
    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """A platform has connected; `communities` are all that the bot is in there, so that nothing missed stays unknown."""

    platform: str
    communities: frozenset[str]
    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A platform is out of reach for good, while others are served: until it connects again, which Present tells."""

    platform: str
    at: int


class FailureKind(Enum):
    """Why a delivery could not be made, as far as it changes what is done next."""

    PASSING = "passing"  # the network, a rate limit, the platform's own fault: try again
    FORBIDDEN = "forbidden"  # a permission is missing: `detail` names it
    GONE = "gone"  # the channel or the message is no longer there
    REFUSED = "refused"  # the platform will never take it as it is
    LOST = "lost"  # nobody can say any more whether it was made, and it must not be made twice


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryMade:
    """A delivery has reached its platform; `message` is where it stands."""

    community: str
    delivery: int
    at: int
    message: MessageRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryFailed:
    """A delivery has not reached its platform. `retry_after` is the platform's own word on when to try again."""

    community: str
    delivery: int
    at: int
    kind: FailureKind
    detail: str = ""
    retry_after: int = 0


Said = CommandUsed | ButtonPressed | FormSubmitted | CompletionAsked


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What a person did came in that only reads, and is handled elsewhere: here its id is noted.

    Gives Then with it where it was not heard before, and nothing where it was.
    """

    said: Said


Happened = Joined | Left | Present | Lost
"""What befalls communities, and nobody waits to be answered on."""
Event = Said | Heard | PageRead | TimeCame | Started | Happened | DeliveryMade | DeliveryFailed
