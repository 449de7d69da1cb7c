"""The draft port: what a page was found to hold, until a moderator has put it into the queue or left it."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.events import Attachment
from bot.core.ports.queue import Found


class DraftPort(Protocol):
    """What waits for a word before it is proposed. A draft is kept for a day, and few of them a community."""

    def begin(self, community: str, at: int, most: int, file: Attachment | None = None) -> int:
        """Write an empty draft, with the file that is to be read for it; gives its id.

        Of this community's drafts the newest `most` are kept, this one included.
        """

    def file(self, community: str, number: int) -> Attachment | None:
        """Get the file that a draft is to be read from; None where there is no such draft, or it has none."""

    def add(self, community: str, number: int, found: Sequence[Found]) -> bool:
        """Add what was found to a draft; False, and nothing written, where there is none."""

    def count(self, community: str, number: int, least: float) -> int:
        """Count what a draft holds with this confidence at least."""

    def propose(self, community: str, number: int, least: float, at: int) -> int | None:
        """Put what has this confidence into the queue, but for what was proposed here before, and end the draft.

        Gives how many wait now because of it; None, and nothing written, where there is no such draft.
        """

    def drop(self, community: str, number: int) -> bool:
        """End a draft; False where there is none."""

    def tidy(self, until: int) -> int | None:
        """End every draft begun at this moment or before, whatever community it is of.

        Gives when the oldest that is left was begun; None where none is left.
        """
