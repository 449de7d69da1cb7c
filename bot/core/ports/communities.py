"""The community port: what is set for a community, and what has been heard from it."""

from typing import Protocol


class CommunityPort(Protocol):
    """What is set for a community, and what has been heard from it."""

    def zone(self, community: str) -> str:
        """Give its IANA time zone."""

    def moderators(self, community: str) -> frozenset[str]:
        """Give the ids of the roles and people who moderate besides the administrators."""

    def first_time(self, community: str, event: str, at: int) -> bool:
        """Note the platform's id of an event; False when it has been heard before."""
