"""The set port: several rounds one after the other, asked for together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.rounds import Mode


@dataclass(frozen=True, kw_only=True, slots=True)
class Set:
    """Rounds that were asked for together. `quiet` is a private one; `asked` counts the rounds written so far."""

    id: int
    community: str
    channel: str
    asker: str
    kind: str
    about: str
    typed: bool
    mode: Mode
    quiet: bool
    total: int
    asked: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SetResult:
    """How a set went: (answers, right) of each round in order, and the right answers of those who are shown."""

    rounds: Sequence[tuple[int, int]]
    shown: Sequence[tuple[str, int]]


class SetPort(Protocol):
    """Sets of rounds."""

    def add(
        self,
        community: str,
        *,
        channel: str,
        asker: str,
        kind: str,
        about: str,
        typed: bool,
        mode: Mode,
        quiet: bool,
        total: int,
        at: int,
    ) -> int:
        """Write a set; gives its id."""

    def get(self, community: str, number: int) -> Set | None:
        """Get one of this community's sets."""

    def of_round(self, community: str, round_: int) -> Set | None:
        """Get the set a round belongs to."""

    def join(self, number: int, round_: int) -> None:
        """Note that a round is the next of a set."""

    def result(self, number: int) -> SetResult:
        """Count a set's answers: names, most right first, of those members who chose to be shown."""

    def own(self, number: int, member: str) -> tuple[int, int]:
        """Count a member's answers in a set, and the right ones."""
