"""What a page was found to hold, as the importer hands it over: proposals, and what they leave open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.library import Article, Item, Person, Rights


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What an importer has found: an item with its article, and the people it names who may not be known yet.

    `rule` says how the speaker was found, as a clause, and `confidence` how surely (0 to 1). `before` and `after` are the
    sentences around the item, as the page has them.
    """

    article: Article
    item: Item
    people: tuple[Person, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What whoever imports a page says of its articles: the rights, and what stands where the page states nothing.

    `date` is `YYYY` or `YYYY-MM-DD`; `licence` says under which licence, where `rights` is that.
    """

    rights: Rights
    licence: str = ""
    title: str = ""
    author: str = ""
    publication: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unstated:
    """A field of an article's that the page does not state; `value` is what may be meant, for the `reason`, if anything."""

    field: str
    value: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadArticle:
    """One article of a page: what is known of it, its author's name, and what the page leaves open.

    `known` says that it is in the library here already, whose entry stays as it is.
    """

    article: Article
    author: str = ""
    unstated: tuple[Unstated, ...] = ()
    known: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """How many of what were not proposed (`3`, `excerpt`), and why, as a clause."""

    count: int
    what: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """Everything that one page proposes, in its order."""

    articles: tuple[ReadArticle, ...] = ()
    found: tuple[Found, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What came of the proposals of a page here: `new` ones, by speaker and how sure; and how many were not new."""

    new: int = 0
    excerpts: int = 0
    by: Mapping[str, int] = field(default_factory=dict)
    """New quotations by the speaker's name, "" for those without one."""
    sure: int = 0
    """How many new ones have a confidence of `queueing.CERTAIN` at least."""
    here: int = 0
    """Those whose very words are in the library here."""
    proposed: int = 0
    """Those that were proposed here before."""
    too_long: int = 0
    """Those of an article that is in copyright here, and of which one card would show too much."""
    alike: int = 0
    """New ones that are much like what is here."""
