"""The settings port: what the moderators of a community have set."""

from collections.abc import Mapping
from typing import Protocol

Value = str | int | list[str]
"""What can be set: a text, a number, or ids."""
Changes = Mapping[str, Value | None]
"""What is set or to be set, by key; None where nothing is."""

ZONE, SECONDS, POINTS, FAST, VISIBILITY, LOG, ROLES, PEOPLE = (
    "zone", "quiz.seconds", "quiz.points", "quiz.fast", "visibility", "log", "roles", "moderators",
)  # fmt: skip
SEASON = "season:"
"""A season’s key is this and its first day; its value is its name."""
SHOWN, PRIVATE = "shown", "private"
"""What `visibility` may be: what somebody is who has points and has said nothing."""
SETUP = "setup"
"""What the first run has been told and has not started."""
GREETED = "greeted"
"""Set once the first run was offered to a moderator."""


class SettingPort(Protocol):
    """What is set for a community. What is not set is as the host has it."""

    def all(self, community: str) -> Changes:
        """Give everything that is set, seasons too."""

    def put(self, community: str, key: str, value: Value | None) -> None:
        """Set something, or with None no longer."""

    def quiz(self, community: str) -> Mapping[str, int]:
        """Give what is set of SECONDS, POINTS and FAST, in one look-up."""

    def visibility(self, community: str) -> str:
        """Say what somebody is who has said nothing: SHOWN or PRIVATE."""

    def remember(self, community: str, entry: int, before: Changes, after: Changes) -> None:
        """Write what a change has changed, under the id of its entry in the audit log."""

    def remembered(self, community: str, entry: int) -> tuple[Changes, Changes] | None:
        """Give what a change has changed: how it was before, and after."""
