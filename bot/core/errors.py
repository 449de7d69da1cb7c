"""Errors, sorted by whose fault they are."""

from collections.abc import Sequence

from bot.core.cards import Button
from bot.core.faults import BotFault, CardFault
from bot.core.inline import Inline

__all__ = ["BotFault", "CardFault", "UserMistake"]


class UserMistake(Exception):  # noqa: N818 - a mistake is not an error of the program
    """Something a person asked for cannot be done; nothing was changed.

    What it says is shown to that person alone: what happened, the name it happened to, what to do now.
    """

    def __init__(self, *parts: str | Inline, ways_out: Sequence[Button] = (), field: str = "") -> None:
        super().__init__(*parts)
        self.parts = parts
        self.ways_out = tuple(ways_out)
        self.field = field
        """The form field it is about, where there is one: shown there by the platforms that can."""
