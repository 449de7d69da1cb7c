"""The moderation port: challenges of what was asked, sums worked out anew, and choices that are let go in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

CHOICES_KEPT = 7 * 86_400
"""Seconds after a round's close for which it is kept who took which option."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Challenge:
    """An upheld challenge, under the id of its entry in the audit log.

    `option` is the one that counts as right (None: the question is void), `points` what a right answer has.
    """

    entry: int
    community: str
    round: int
    option: int | None
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """An answer as it counts: right or not, whether its points or its coming back in a review are still `owed`,
    and what it has brought: `points` in all, first given `at` (None: nothing was given).
    """  # noqa: D205 - one list

    member: str
    option: int | None
    right: bool
    owed: bool
    points: int
    at: int | None


class ModerationPort(Protocol):
    """What follows from moderators' decisions, slice by slice, and from the time that has passed."""

    def recent(self, community: str, first: int, most: int) -> Sequence[int]:
        """List the closed rounds that everyone could see, the newest first, from the `first` (counted from 0) on."""

    def challenge(self, challenge: Challenge) -> None:
        """Write an upheld challenge; what earlier ones of this round had left to do is done by this one."""

    def challenged(self, community: str, round_: int) -> int | None:
        """Name the entry of the last upheld challenge of a round."""

    def under_way(self, most: int) -> Sequence[Challenge]:
        """List challenges of all communities after which answers are still to be counted anew, the oldest first."""

    def answers(self, challenge: Challenge, most: int) -> Sequence[Counted]:
        """List the next answers that are to be counted anew."""

    def recount(self, challenge: Challenge, member: str, *, right: bool) -> None:
        """Write whether an answer is right now, and that it has been counted anew."""

    def counted(self, challenge: Challenge) -> None:
        """Note that all answers have been counted anew."""

    def keeps_choices(self, community: str, round_: int, at: int) -> bool:
        """Whether it is still told at this moment who took which option of a closed round."""

    def choices_over(self, at: int, most: int) -> Sequence[tuple[str, int]]:
        """List rounds whose choices have been kept long enough, each behind its community."""

    def let_go(self, round_: int, most: int) -> None:
        """Reduce the next answers of a round to right or wrong, at most so many; after the last the round is done."""

    def known(self, community: str, typed: str) -> str | None:
        """Find the id of a member who has points or answers here, or is shown under this name."""

    def adjusted(self, community: str, entry: int) -> tuple[str, int] | None:
        """Give whose score an entry of the audit log has adjusted, and by how many points."""

    def resum(self, community: str, member: str, zone: str) -> bool:
        """Work out a member's sums from the events; False where they were right already."""

    def resum_all(self, community: str) -> None:
        """Note that everybody's sums are to be worked out anew, from the beginning."""

    def resumming(self, most: int) -> Sequence[tuple[str, str]]:
        """List communities in which sums are being worked out anew, with the member up to whom it is done."""

    def members_after(self, community: str, member: str, most: int) -> Sequence[str]:
        """List the next members who have sums."""

    def resummed(self, community: str, member: str | None) -> None:
        """Note up to whom sums have been worked out anew; None: all of them."""
