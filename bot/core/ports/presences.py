"""The presence port: which communities the bot is in, and which it has left."""

from collections.abc import Collection
from typing import Protocol


class PresencePort(Protocol):
    """Where the bot is. A community that was never heard of is taken for one that it is in."""

    def arrive(self, community: str) -> None:
        """Note that the bot is in a community."""

    def leave(self, community: str, at: int) -> None:
        """Note that the bot has left a community; one that it had left before keeps its moment."""

    def count_in(self, platform: str, communities: Collection[str], at: int) -> None:
        """Note that these are all the communities of a platform that the bot is in: from every other it has gone."""

    def lose(self, platform: str) -> None:
        """Note that a platform's communities are out of reach, whatever is due there, until it is counted in again."""

    def due(self, before: int) -> str | None:
        """Give a community that is to be removed: it was left at a moment or before it, or its removal has begun."""

    def next_left(self) -> int | None:
        """Say when the community was left that is away longest, of those whose removal has not begun."""

    def remove(self, community: str, most: int, at: int) -> bool:
        """Remove everything of a community, at most so many rows; True when nothing is left."""
