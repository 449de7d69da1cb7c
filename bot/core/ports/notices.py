"""The notice port: word to a community's moderators that could not be told."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.cards import Card


class NoticePort(Protocol):
    """Cards for moderators that reached nobody, until one of them is here to see them."""

    def keep(self, community: str, card: Card) -> None:
        """Keep a card; of very many the oldest go."""

    def take(self, community: str, most: int) -> Sequence[Card]:
        """Give the oldest cards, at most so many, and keep them no longer."""
