"""What the importer finds on a page.

Every `start` and `end` is an offset in characters of `Page.text`, the end excluded, and what stands between them is
verbatim: `page.text[found.start : found.end]`.
"""

from dataclasses import dataclass
from enum import Enum


class PageFault(Exception):  # noqa: N818 - a page that cannot be read is told as a sentence, without a trace
    """The page cannot be imported: what is wrong with it, and what to do now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of an article below a heading (empty for what stands before the first one)."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """What the page does not state of an article's `field`, but suggests: a value, and the reason as a clause."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundArticle:
    """An article as far as the page states it: what it does not state is empty. `date` is ISO 8601, as much as is known."""

    start: int
    end: int
    title: str = ""
    standfirst: str = ""
    author: str = ""
    date: str = ""
    publication: str = ""
    sections: tuple[Section, ...] = ()
    guesses: tuple[Guess, ...] = ()


class QuotationKind(Enum):
    """Whether the speaker's words stand alone or inside a sentence of the writer's."""

    DIRECT = "direct"
    FRAGMENT = "fragment"


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundQuotation:
    """Words between quotation marks, without the marks.

    `speaker` is the fullest name the page gives, a person's or an organisation's, empty for nobody named; `confidence` (0
    to 1) says how surely, and `rule` how it was found, as a clause a moderator can read. `role` is what the page calls the
    speaker, as it stands there. `parts` has more than one span where the writer interrupts (`start` and `end` are those of
    all). `before` and `after` are the whole sentences around it, as on the page. `article` is its place in `Page.articles`.
    """

    text: str
    start: int
    end: int
    article: int
    kind: QuotationKind = QuotationKind.DIRECT
    speaker: str = ""
    role: str = ""
    confidence: float = 0.0
    rule: str = ""
    parts: tuple[tuple[int, int], ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundExcerpt:
    """Two to five whole sentences of the writer's that stand alone; `article` is its place in `Page.articles`."""

    text: str
    start: int
    end: int
    article: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything found on one page, before any cap on words."""

    text: str
    articles: tuple[FoundArticle, ...] = ()
    quotations: tuple[FoundQuotation, ...] = ()
    excerpts: tuple[FoundExcerpt, ...] = ()
