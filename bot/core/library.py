"""The texts: articles, people, quotations, excerpts, questions of fact and prompts.

Every field that holds words of an article holds them verbatim, with no-break spaces folded to spaces. What the
source does not state is the empty string.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Grade(Enum):
    """How well an attribution is founded; the letter is shown with its words on every card."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Rights(Enum):
    """What may be done with an article's words."""

    PUBLIC_DOMAIN = "public-domain"
    LICENSED = "licensed"
    IN_COPYRIGHT = "in-copyright"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who speaks or is spoken of.

    `role` is an office, a job or dates, as shown after the name. `era` and `tradition` serve to find near misses;
    `public` is False for people known by a first name alone or not named: they never key a question.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    era: str = ""
    tradition: str = ""
    public: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One article, as far as its page states what it is.

    `date` is `YYYY` or `YYYY-MM-DD`. `inferred` maps the name of a field that the page does not state to the reason
    why it is believed. `words` is the length of the whole article, which is not kept.
    """

    id: str
    title: str
    rights: Rights
    words: int
    short_title: str = ""
    standfirst: str = ""
    author: str = ""
    publication: str = ""
    date: str = ""
    url: str = ""
    licence: str = ""
    topics: tuple[str, ...] = ()
    summary: str = ""
    inferred: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """A wrong ending for "finish the quotation": real words of the same article, with whose they are (a person id)."""

    text: str
    speaker: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Words of a speaker, verbatim.

    `verb` completes "who … “text”?" ("said", "wrote", "asked of Tony Blair"). `passage` is the sentence of the
    article that holds the words (empty where the quotation is whole sentences of its own); `before` and `after` are
    one sentence each side. `note` is the one sentence that may follow the grade line. `finish` is the ending to
    guess, and `endings` are three wrong ones. `kinds` are the quiz kinds the quotation may be asked in. `credit` is the
    name of who suggested it, where they wished that.
    """

    id: str
    article: str
    text: str
    speaker: str
    grade: Grade
    verb: str = "said"
    section: str = ""
    passage: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    reason: str = ""
    finish: str = ""
    endings: tuple[Ending, ...] = ()
    kinds: tuple[str, ...] = ("who", "article")
    topics: tuple[str, ...] = ()
    credit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """Whole sentences of an article that stand alone; `part` counts from 1 within the article."""

    id: str
    article: str
    text: str
    part: int
    section: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A question that the article's own words answer.

    `answer` is one of `options`. `passage` is the verbatim proof. `person` is the person id when the answer is a
    person, so that it can be typed; `accepted` are other spellings of any other answer. `excerpt` names the excerpt
    it is asked on; `alone` is False where the question makes sense only below that excerpt.
    """

    id: str
    article: str
    question: str
    answer: str
    options: tuple[str, ...]
    passage: str
    section: str = ""
    person: str = ""
    accepted: tuple[str, ...] = ()
    excerpt: str = ""
    alone: bool = True
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """A question for discussion, in the project's own words; `credit` names who suggested it, where they wished that."""

    id: str
    article: str
    text: str
    topics: tuple[str, ...] = ()
    credit: str = ""


Item = Quotation | Excerpt | Fact | Prompt


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Everything one article file holds."""

    article: Article
    people: tuple[Person, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    facts: tuple[Fact, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All that can be served from this article, in the file's order."""
        return (*self.quotations, *self.excerpts, *self.facts, *self.prompts)
