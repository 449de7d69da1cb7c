"""A quotation together with what its card needs: whose it is, where it stands, who passes it on."""

from dataclasses import dataclass

from bot.core import wording
from bot.core.cards import Paragraph, say
from bot.core.errors import BotFault
from bot.core.inline import Link
from bot.core.library import Article, Person, Quotation
from bot.core.ports import Ports


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A quotation with its speaker, its article, and the article's author where the page names one."""

    quotation: Quotation
    speaker: Person
    article: Article
    author: Person | None
    content_note: str = ""

    @property
    def grade(self) -> str:
        """The grade line without the note."""
        return wording.grade_line(self.quotation, self.article, self.author)

    @property
    def grade_and_note(self) -> str:
        """The grade line with the one sentence that may follow it."""
        return f"{self.grade} {self.quotation.note}".strip()

    @property
    def speaker_line(self) -> str:
        """Whose words they are, as surely as the grade allows."""
        return wording.speaker_line(self.quotation, self.speaker)

    @property
    def by(self) -> str:
        """Say by whom, within a sentence: `attributed to Vladimir Lenin`, `by Joe Todd`."""
        reported = self.speaker_line.startswith(("Attributed", "Often"))
        return f"attributed to {self.speaker.name}" if reported else f"by {self.speaker.name}"

    @property
    def reporter(self) -> str:
        """Who passes the words on."""
        return wording.reporter_of(self.article, self.author)

    @property
    def source(self) -> str:
        """The source line."""
        return source_line(self.article, self.author)

    @property
    def source_and_credit(self) -> str:
        """The source line, with who suggested the quotation where they wished that."""
        return credited(self.source, self.quotation.credit)

    @property
    def passage(self) -> str:
        """The article's own sentence, or sentences, that hold the words."""
        return self.quotation.passage or self.quotation.text


def cite(ports: Ports, community: str, quotation: Quotation) -> Cited:
    """Gather what a quotation's card needs; BotFault when the library does not hold together."""
    article = ports.library.article(community, quotation.article)
    speaker = ports.library.person(community, quotation.speaker)
    if article is None or speaker is None:
        raise BotFault(f"quotation {quotation.id} names an article or a speaker that is not there")
    return Cited(
        quotation=quotation,
        speaker=speaker,
        article=article,
        author=author_of(ports, community, article),
        content_note=ports.library.content_note(community, quotation.id),
    )


def author_of(ports: Ports, community: str, article: Article) -> Person | None:
    """Get an article's author; None where its page names none."""
    return ports.library.person(community, article.author) if article.author else None


def noted(content_note: str) -> tuple[Paragraph, ...]:
    """Give the lines with which a card begins where a moderator has something said before it."""
    return (say(f"Content note: {content_note}"),) if content_note else ()


def source_line(article: Article, author: Person | None) -> str:
    """Say where something stands, as the last line of a card."""
    return f"Source: {wording.source_of(article, author)}"


def credited(source: str, credit: str) -> str:
    """Say in a card's last line who suggested what it shows; either may be empty."""
    if not credit:
        return source
    return f"{source}; suggested by {credit}" if source else f"Suggested by {credit}"


def link_of(article: Article) -> Link | None:
    """Give the link to the article, where an address is known."""
    return Link("Read the article", article.url) if article.url else None
