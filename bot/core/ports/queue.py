"""The queue port and the shelf port: what waits for a moderator's word, and what a community's own shelves hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.findings import Found
from bot.core.library import Article, Item, Person
from bot.core.ports.suggestions import Decision

__all__ = ["Counts", "Found", "Proposal", "QueuePort", "ShelfPort", "Shelved", "Worded"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Something found, as it waits in the queue or was decided."""

    id: int
    found: Found
    at: int
    decision: Decision | None = None


class QueuePort(Protocol):
    """What importers propose, until a moderator has decided and after; and suggestions that were rejected."""

    def propose(self, community: str, found: Found, at: int) -> int:
        """Write a proposal that waits; gives its id."""

    def known(self, community: str, items: Sequence[Item]) -> Sequence[bool]:
        """Say of each item whether its very words were proposed here before, whatever was decided."""

    def proposal(self, community: str, number: int) -> Proposal | None:
        """Get one of this community's."""

    def count(self, community: str) -> int:
        """Count those that wait."""

    def waiting_by_article(self, community: str) -> Mapping[str, int]:
        """Count those that wait, by article; articles without any are absent."""

    def place(self, community: str, number: int) -> int:
        """Count those that wait up to this one, itself included."""

    def after(self, community: str, number: int) -> int | None:
        """Name the first that waits after this one; None where none does."""

    def waiting(self, community: str, most: int) -> Sequence[Proposal]:
        """List those that wait, the first first."""

    def sure(self, community: str, least: float) -> Mapping[str, int]:
        """Count by kind those that wait with this confidence at least; kinds without any are absent."""

    def after_sure(self, community: str, number: int, least: float) -> int | None:
        """Name the first that waits after this one with this confidence at least; None where none does."""

    def amend(self, community: str, number: int, found: Found) -> bool:
        """Put something else in the place of what a proposal holds; False, and nothing written, where none waits.

        What it is known by stays that of the words that were proposed.
        """

    def lopsided(self, community: str, most: int) -> Sequence[str]:
        """List the items in service that nearly everyone or hardly anyone gets right, by id, as `queueing` counts it.

        One that was kept is listed again when it has had twice as many answers.
        """

    def is_lopsided(self, community: str, item: str) -> bool:
        """Whether an item is among them."""

    def keep(self, community: str, item: str) -> None:
        """Note that an item is kept for all that."""

    def decide(self, community: str, number: int, decision: Decision) -> Proposal | None:
        """Write what was decided; gives the proposal as it is now, None, and nothing written, where none waits."""

    def reopen(self, community: str, number: int) -> bool:
        """Let a rejected proposal wait again; False, and nothing written, where there is none."""

    def rejected(self, community: str, since: int, most: int) -> Sequence[Proposal]:
        """List the proposals rejected since then, the latest first."""

    def reopen_suggestion(self, community: str, number: int) -> bool:
        """Let a rejected suggestion wait again; False, and nothing written, where there is none."""

    def rejected_suggestions(self, community: str, since: int, most: int) -> Sequence[int]:
        """List the ids of the suggestions rejected since then, the latest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelved:
    """An item of the library as moderators see it: since when it is retired here (None: in service)."""

    item: Item
    retired_at: int | None = None
    own: bool = False
    """Whether it is the community's own, and no other has it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """An item of the library by its words alone, folded as `fold` does; `kind` is "quotation", "excerpt", "fact", "prompt"."""

    item: str
    kind: str
    words: str
    in_service: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much of an article is in service here, by kind, and how much is retired."""

    in_service: Mapping[str, int] = field(default_factory=dict)
    """By kind: "quotation", "excerpt", "fact", "prompt"."""
    retired: int = 0


class ShelfPort(Protocol):
    """The library as moderators see it: everything, in service or retired, and the community's own additions."""

    def put(self, community: str, article: Article | None, people: Sequence[Person], item: Item) -> None:
        """Put an item of the community's own into service.

        Its article and the people it names are written where they are not known here; what is known stays as it is.
        """

    def credit(self, community: str, item: str, member: str, name: str) -> None:
        """Note who suggested an item, and by what name its card says so."""

    def entry(self, community: str, item: str) -> Shelved | None:
        """Get an item, in service or retired."""

    def entries(self, community: str, article: str) -> Sequence[Shelved]:
        """List everything of an article ("": what belongs to none), in the library's order."""

    def words(self, community: str, article: str) -> Sequence[Worded]:
        """List the words of everything of an article, in service or retired, without reading anything else of it."""

    def find(self, community: str, typed: str, *, retired: bool | None, most: int) -> Sequence[Shelved]:
        """List items in whose id or words this stands: those in service, retired ones, or (None) both."""

    def articles(self, community: str) -> Sequence[Article]:
        """List the articles, also those of which nothing is in service, in the library's order."""

    def counts(self, community: str) -> Mapping[str, Counts]:
        """Count what there is of each article; "" stands for what belongs to none."""

    def retire(self, community: str, item: str, at: int) -> bool:
        """Take an item out of service here; False, and nothing written, where it is out already."""

    def note(self, community: str, item: str, words: str) -> None:
        """Have an item's cards begin with a content note here, in place of another; without words, with none."""

    def restore(self, community: str, item: str) -> bool:
        """Bring a retired item back; False, and nothing written, where it is in service."""

    def retired(self, community: str, most: int) -> Sequence[Shelved]:
        """List what is retired here, the latest first."""

    def answered(self, community: str, least: int) -> Mapping[str, tuple[int, int]]:
        """Map what has had so many answers here to how many, and how many of them right."""

    def shown(self, community: str, since: int, date: str) -> Mapping[str, int]:
        """Count how often each item was shown to everyone since a moment, and an excerpt since that local date."""
