"""The library port: what can be served in a community."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.library import Article, Excerpt, Fact, Person, Prompt, Quotation
from bot.core.names import Roster


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that could be drawn: its id, whose words it holds, and its article."""

    id: str
    speaker: str
    article: str


class LibraryPort(Protocol):
    """What can be served in a community: the shared library and its own additions, less what it retired."""

    def quotations(
        self, community: str, *, about: str = "", by: str = "", kind: str = ""
    ) -> Sequence[Candidate]:
        """List quotations about a topic (or a word that stands in them), by a speaker (a person id), askable in a
        kind of quiz ("who", "finish", "article"); all of them when nothing is given. Grade D is never askable.
        """  # noqa: D205 - one list of filters

    def facts(self, community: str, *, about: str = "", article: str = "") -> Sequence[Candidate]:
        """List questions of fact about a topic (or a word that stands in them), or of one article; `speaker` is empty."""

    def fact(self, community: str, item: str) -> Fact | None:
        """Get a question of fact that is in service."""

    def fact_on(self, community: str, excerpt: str) -> Fact | None:
        """Get the question of fact that is asked on an excerpt."""

    def excerpt(self, community: str, item: str) -> Excerpt | None:
        """Get an excerpt that is in service."""

    def parts(self, community: str) -> Mapping[str, Sequence[str]]:
        """Map each article that has excerpts to them, in the order in which they are read."""

    def excerpts(self, community: str, *, topic: str = "") -> Sequence[Candidate]:
        """List the excerpts, or those on a topic, in the order in which they are read.

        `speaker` is the author (a person id), or what stands for the one author of an article that names none.
        """

    def prompts(self, community: str, *, article: str = "", topic: str = "") -> Sequence[Candidate]:
        """List the prompts for discussion, or those of one article or on a topic, in a steady order; `speaker` is empty."""

    def prompt(self, community: str, item: str) -> Prompt | None:
        """Get a prompt for discussion that is in service."""

    def content_note(self, community: str, item: str) -> str:
        """Say what stands before an item on its cards here, so that nobody comes upon it unprepared; mostly nothing."""

    def known(self, community: str, item: str) -> bool:
        """Whether anything has or had this id here, in service or not."""

    def articles(self, community: str) -> Sequence[Article]:
        """List the articles of which anything is in service, in a steady order."""

    def quotation(self, community: str, item: str) -> Quotation | None:
        """Get a quotation that is in service; None when there is none of this id."""

    def article(self, community: str, article: str) -> Article | None:
        """Get an article."""

    def person(self, community: str, person: str) -> Person | None:
        """Get a person."""

    def people(self, community: str, article: str = "") -> Sequence[Person]:
        """List the people of the library, or of one article, in a steady order."""

    def topics(self, community: str) -> Sequence[str]:
        """List the topics, most used first."""

    def roster(self, community: str) -> Roster:
        """Get the matcher over every person's names here."""

    def speakers(self, community: str) -> Roster:
        """Get the matcher over the names of those with a quotation in service here."""
