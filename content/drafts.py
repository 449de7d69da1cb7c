"""An article file as far as it could be read: each entry, with the fields that could not be, so the others are checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.core.library import Article, Ending, Excerpt, Fact, Item, Person, Prompt, Quotation, Shelf
from content.faults import Fault

E_co = TypeVar("E_co", covariant=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read(Generic[E_co]):
    """One entry of a file. Each field of `unread` is faulty, which is told already, and a stand-in is its value.

    `label` names the entry in faults: its kind and its id, or its place in the list where it has none.
    """

    file: str
    label: str
    entry: E_co
    unread: frozenset[str] = frozenset()

    def knows(self, *names: str) -> bool:
        """Say whether all these fields could be read, so that a check may judge by them."""
        return self.unread.isdisjoint(names)

    def fault(self, *, field: str = "", problem: str, remedy: str) -> Fault:
        """Make a fault of this entry: its field, where it is about one, what is wrong, and what to do now."""
        return Fault(file=self.file, entry=self.label, field=field, problem=problem, remedy=remedy)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The entries of one file, in its order; `endings` are those of all its quotations.

    `named` are the ids of its entries, by list. A list of which not every id could be read is not among them: nothing
    that refers to it can be judged.
    """

    file: str
    article: Read[Article]
    people: tuple[Read[Person], ...]
    quotations: tuple[Read[Quotation], ...]
    excerpts: tuple[Read[Excerpt], ...]
    facts: tuple[Read[Fact], ...]
    prompts: tuple[Read[Prompt], ...]
    endings: tuple[Read[Ending], ...]
    named: Mapping[str, frozenset[str]]

    @property
    def items(self) -> tuple[Read[Item], ...]:
        """All that can be served from this file."""
        return (*self.quotations, *self.excerpts, *self.facts, *self.prompts)

    @property
    def entries(self) -> tuple[Read[Article | Person | Item], ...]:
        """The article, its people and its items."""
        return (self.article, *self.people, *self.items)

    @property
    def shelf(self) -> Shelf:
        """Everything that the file holds, with stand-ins for what could not be read."""
        return Shelf(
            article=self.article.entry,
            people=tuple(each.entry for each in self.people),
            quotations=tuple(each.entry for each in self.quotations),
            excerpts=tuple(each.entry for each in self.excerpts),
            facts=tuple(each.entry for each in self.facts),
            prompts=tuple(each.entry for each in self.prompts),
        )

    @property
    def known_people(self) -> Mapping[str, Person]:
        """Whoever could be read whole, by id."""
        return {each.entry.id: each.entry for each in self.people if not each.unread}
