"""The search port: the words of quotations, excerpts and articles’ titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Hit:
    """Something in service that was found: `quotation`, `excerpt` or `article`, and its id."""

    kind: str
    id: str


class SearchPort(Protocol):
    """Finds what is in service in a community by its words, quotations also by their speaker’s names.

    What is typed is words and nothing else: no mark in it has a meaning of its own.
    """

    def find(self, community: str, typed: str, most: int) -> Sequence[Hit]:
        """List what holds every word that was typed, no more than `most`.

        First comes what holds them together as they were typed; within that quotations, then excerpts, then articles.
        """

    def near(self, community: str, typed: str, most: int) -> Sequence[tuple[Hit, str]]:
        """List what holds any word that was typed, each with its words, no more than `most`.

        First comes what holds most of them, and those that are seldom written.
        """

    def alike(self, community: str, word: str, most: int) -> Sequence[str]:
        """List words that stand in what is in service and look like this one, the most alike first."""
