"""The review port and the spacing: which questions come back to a member, when, and what is in front of them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.core.rounds import Question


@dataclass(frozen=True, slots=True)
class Spaced:
    """When a question comes back: the memory's new state, as JSON text, and the local date."""

    state: str
    due: date


class Spacing(Protocol):
    """When a question comes back. A function of its arguments alone: no clock, no chance."""

    def after(self, state: str, *, right: bool, on: date) -> Spaced:
        """Give what follows from an answer on a local date; `state` is empty for a question that is new.

        The date that is given lies after `on`.
        """


class NextDay:
    """A spacing that brings everything back on the next day, and remembers nothing."""

    def after(self, state: str, *, right: bool, on: date) -> Spaced:  # noqa: ARG002 - the port's
        """Give the next day."""
        return Spaced(state, on + timedelta(days=1))


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """A question in a member's review: its kind and item, the local date from which it is due, and its `state`.

    `turn` counts its answers, so that a card that was shown before the last of them can be told.
    """

    kind: str
    item: str
    due: date
    state: str
    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """What is in front of a member who reviews: one question, as it was shown, the `place`th of those due that day.

    `kind`, `item` and `turn` are those of its Review. `serial` is another for every question, so that a press on an
    earlier card can be told. `given` is the option that was taken, None before the answer. `name` is what the member
    goes by where that is no more than their id says, else empty. A sitting that is not written yet has the id 0.
    """

    id: int = 0
    member: str
    name: str
    serial: int
    began: date
    place: int
    kind: str
    item: str
    turn: int
    question: Question
    given: int | None = None


class ReviewPort(Protocol):
    """The questions that come back to each member, and each member's one sitting."""

    def get(self, community: str, member: str, kind: str, item: str) -> Review | None:
        """Get a question of a member's review."""

    def begin(self, community: str, member: str, review: Review) -> bool:
        """Write a question that is new to a member's review; False, and nothing written, where it is there already."""

    def put(self, community: str, member: str, review: Review) -> None:
        """Write a question, in place of what stands there of the same kind and item."""

    def drop(self, community: str, member: str, kind: str, item: str) -> None:
        """Take a question out of a member's review."""

    def soonest(self, community: str, member: str, most: int) -> Sequence[Review]:
        """List a member's questions, those that have been due for longest first."""

    def due(self, community: str, member: str, on: date) -> int:
        """Count a member's questions that are due on a local date."""

    def sitting(self, community: str, number: int) -> Sitting | None:
        """Get one of this community's sittings."""

    def sitting_of(self, community: str, member: str) -> Sitting | None:
        """Get a member's sitting."""

    def sit(self, community: str, sitting: Sitting) -> Sitting:
        """Write a member's sitting in place of the last; gives it with its id."""
