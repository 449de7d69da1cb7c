"""The round port: rounds and their answers."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.core.rounds import Given, Mode, Question, Round, State, Tally


class RoundPort(Protocol):
    """Rounds and their answers. One answer a member and round, held by the database itself."""

    def add(
        self,
        community: str,
        *,
        channel: str,
        mode: Mode,
        typed: bool,
        question: Question,
        asker: str,
        at: int,
        seconds: int,
        message: int | None,
    ) -> int:
        """Write a round that is `asked`; gives its id."""

    def get(self, community: str, number: int) -> Round | None:
        """Get one of this community's rounds."""

    def running(self, community: str, channel: str, at: int) -> Round | None:
        """Get the live round that takes answers in this channel now."""

    def move(self, number: int, state: State, *, closes_at: int) -> None:
        """Set a round's state and deadline."""

    def correct(self, community: str, number: int, option: int) -> None:
        """Make another option of a closed round the right one, in its question and in what is counted of it.

        The answers stay as they are.
        """

    def due(self, at: int, most: int) -> Sequence[Round]:
        """List rounds whose deadline has come, or whose post was never confirmed, oldest first."""

    def next_due(self) -> int | None:
        """Say when the next round falls due."""

    def too_far(self, at: int, most: int) -> Sequence[Round]:
        """List open live rounds whose deadline is further ahead than they last: the system's time was put back."""

    def given(self, number: int, member: str) -> Given | None:
        """Get a member's answer."""

    def give(self, number: int, member: str, given: Given, at: int, *, settled: bool = False) -> bool:
        """Write a member's first answer; False, and nothing written, when there is one already.

        `settled` notes that what follows from it (points, or the question's coming back) is done with it.
        """

    def change(self, number: int, member: str, given: Given, at: int) -> None:
        """Write a changed answer in place of the first."""

    def tally(self, number: int, options: int) -> Tally:
        """Count a round's answers."""

    def unpaid(self, number: int, most: int) -> Sequence[tuple[str, int]]:
        """List members who answered right and have not had their points for it, with when they answered."""

    def pay(self, number: int, member: str) -> None:
        """Note that a member has had the points for a right answer."""

    def owing(self, most: int) -> Sequence[Round]:
        """List closed rounds in which somebody is unpaid, oldest first."""

    def unreturned(self, number: int, most: int) -> Sequence[str]:
        """List members whose answer to a closed live round was not right, and to whom its question has not come back."""

    def returned(self, number: int, member: str) -> None:
        """Note that the question has come back to a member, in their review."""

    def returning(self, most: int) -> Sequence[Round]:
        """List closed rounds whose question is still to come back to somebody, oldest first."""

    def answered_right_before(self, community: str, member: str, item: str) -> bool:
        """Whether this member has answered this question right in any round."""

    def times_asked(self, community: str, item: str) -> tuple[int, int]:
        """Count the answers this question has had here, and the right ones."""

    def ratings(self, community: str, items: Sequence[str]) -> Mapping[str, float]:
        """Get what `difficulty` has learned of these questions here; those never answered are absent."""

    def rate(self, community: str, item: str, rating: float) -> None:
        """Write what `difficulty` has learned of a question that has had answers."""
