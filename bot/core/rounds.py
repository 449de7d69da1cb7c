"""A round: one question from its opening to its close, as values and one table of transitions.

- `asked`: the row is written, its post is under way. Becomes `open` when the post is confirmed (by the platform, or
  by the first press on it), `void` when that has not happened within a minute. A void round counts for nobody.
- `open`: takes answers until `closes_at`. Becomes `closed` at the deadline, at Reveal, or (private) on the answer.
- `closed`: revealed. Becomes `void` only through an upheld challenge.

The question is frozen into the round when it is written, so that nothing that happens to the library later changes
what was asked, what counted as right, or what the reveal shows.
"""

from dataclasses import dataclass
from enum import Enum

from bot.core.cards import Block
from bot.core.errors import BotFault

UNCONFIRMED = 60
"""Seconds after which a round whose post was never confirmed is void."""
LATE_POST = 2
"""Seconds that a post may take before the deadline moves with it."""
PUT_BACK = 5
"""Seconds by which the system's time must have been put back for the deadline of a live round to move with it."""


class Mode(Enum):
    """How a round takes answers.

    Live: seconds; an answer may be changed once; results at the close. Standing: hours; the first answer counts and is
    told at once. Private: for one member alone; closes on the answer.
    """

    LIVE = "live"
    STANDING = "standing"
    PRIVATE = "private"


class State(Enum):
    """Where a round is between its writing and its end."""

    ASKED = "asked"
    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"


class Happening(Enum):
    """What moves a round from one state to the next."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    DEADLINE = "deadline"
    CHALLENGE = "challenge"


TRANSITIONS = {
    (State.ASKED, Happening.CONFIRMED): State.OPEN,
    (State.ASKED, Happening.UNCONFIRMED): State.VOID,
    (State.OPEN, Happening.DEADLINE): State.CLOSED,
    (State.CLOSED, Happening.CHALLENGE): State.VOID,
}


def after(state: State, happening: Happening) -> State:
    """Give the state that follows; BotFault where the table has none."""
    try:
        return TRANSITIONS[state, happening]
    except KeyError:
        raise BotFault(f"a round that is {state.value} knows no {happening.value}") from None


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What a round asks and what it reveals, kind by kind made by `questions`.

    `ask` is shown while the round is open, and names the right answer nowhere outside the options. `options` are the
    answers in the order they are shown, `right` the index of the right one. `solution` says the right answer as a
    private answer does ("Vladimir Lenin, according to Neal Lawson"), `title` and `solved` are the card's titles
    before and after. `asked_grade` and `grade` are the grade line before and after the close. `numbered` says that the
    options stand in `ask`, so that the buttons are numbers. `person` is the id of the person who is the answer, if it
    is one; `accepted` are other spellings of an answer that is none.
    """

    kind: str
    item: str
    title: str
    solved: str
    ask: tuple[Block, ...]
    options: tuple[str, ...]
    right: int
    solution: str
    reveal: tuple[Block, ...]
    asked_grade: str = ""
    grade: str = ""
    footer: str = ""
    numbered: bool = False
    person: str = ""
    accepted: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.options and not 0 <= self.right < len(self.options):
            raise BotFault("a question's right answer is one of its options")

    def __hash__(self) -> int:
        """Tell questions apart by what names them: their cards are kept by question, and asked for with every answer."""
        return hash((self.kind, self.item, self.title, self.right))


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One question asked in one place. Times are UTC seconds; `message` is the id of its post's row."""

    id: int
    community: str
    channel: str
    mode: Mode
    state: State
    typed: bool
    question: Question
    asker: str
    asked_at: int
    seconds: int
    closes_at: int
    message: int | None = None

    def takes_answers(self, at: int) -> bool:
        """Whether an answer received at this moment counts."""
        return at < self.closes_at and (self.state is State.OPEN or self.state is State.ASKED)


@dataclass(frozen=True, slots=True)
class Given:
    """One member's answer to a round: the option (or the name typed), whether it is right, and its changes so far.

    `option` is -1 for a typed answer, whose words are never kept; `name` is the roster's name it was read as.
    """

    option: int
    right: bool
    changes: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How a round's answers fell: per option in its order (empty when typed), and how many were right."""

    answers: int
    right: int
    by_option: tuple[int, ...] = ()
