"""The suggestion port: what members suggest, until a moderator has decided and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Standing(Enum):
    """What has become of a suggestion."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a moderator has decided: accepted, or rejected for a `reason`, with a `word` to whoever suggested it.

    `by` is the moderator's id and `name` their name; both are empty once that moderator is forgotten.
    """

    standing: Standing
    by: str
    name: str
    at: int
    reason: str = ""
    word: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One suggestion. `fields` hold what was typed, exactly as it was, by the keys of the form.

    `credit` is the name that its card will say, empty where none is wanted. `member` and `credit` are empty once the
    member is forgotten, which only an accepted suggestion outlives.
    """

    id: int
    community: str
    member: str
    kind: str
    fields: Mapping[str, str]
    credit: str
    at: int
    decision: Decision | None = None


class SuggestionPort(Protocol):
    """Suggestions, and what was decided about them."""

    def add(
        self, community: str, member: str, *, kind: str, fields: Mapping[str, str], credit: str, at: int
    ) -> int:
        """Write a suggestion that waits; gives its id."""

    def get(self, community: str, number: int) -> Suggestion | None:
        """Get one of this community's."""

    def waiting(self, community: str, first: int, most: int) -> Sequence[Suggestion]:
        """List those that wait for a moderator, the oldest first, from the `first` (counted from 0) on."""

    def count(self, community: str, member: str = "") -> int:
        """Count those that wait for a moderator: all of them, or one member's."""

    def decide(self, community: str, number: int, decision: Decision) -> Suggestion | None:
        """Write what was decided; gives the suggestion as it is now, None, and nothing written, where none waits.

        The suggestion counts as told from now on.
        """

    def tell_again(self, community: str, number: int) -> None:
        """Note that the member could not be told what was decided."""

    def untold(self, community: str, member: str) -> Sequence[Suggestion]:
        """Take those of a member's that are decided and could not be told, oldest first; they count as told now."""
