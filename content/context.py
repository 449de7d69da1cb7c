"""What a page states of an article, and whom it names in it: what each proposal of the article hangs on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.core.findings import Given, Unstated
from bot.core.library import Article, Person
from bot.core.names import fold
from bot.core.queueing import fresh_id, id_of
from bot.core.rights import words
from content.around import Paragraphs
from content.importer.page import FoundArticle, Page

_STATED = ("title", "author", "publication", "date")
_FIRST_WORDS = 8
_PRIVATE_WORDS = """
aunt bystander carer child commuter cousin customer daughter father friend granddaughter grandfather
grandmother grandson householder husband mother neighbour passenger passer-by patient pedestrian
pensioner pupil relative resident schoolboy schoolgirl shopper sister son survivor teenager tenant
uncle victim villager voter widow widower wife witness
"""
_PRIVATE = frozenset(_PRIVATE_WORDS.split())
"""What a page calls people who speak for themselves alone, and so are never asked about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """One article on its way: what is known of it, its author, and everybody it names by their folded names."""

    page: Page
    paragraphs: Paragraphs
    article: Article
    found: FoundArticle
    place: int
    author: Person | None
    people: Mapping[str, Person]


def context_of(
    page: Page, paragraphs: Paragraphs, place: int, stated: FoundArticle, given: Given, taken: set[str]
) -> Context:
    """Gather what is known of the article at a place of a page, as it states it or else as it is given.

    `taken` are the ids that the articles before it have.
    """
    title = stated.title or given.title
    body = page.text[stated.start : stated.end]
    name = stated.author or given.author
    people = dict(_people(page, place))
    author = (
        people.get(fold(name)) or Person(id=_person_id(name), name=name, public=" and " not in name)
        if name
        else None
    )
    article = Article(
        id=fresh_id(id_of(title or body), lambda each: each in taken),
        title=title or _first_words(body),
        rights=given.rights,
        words=sum(len(words(page.text[each.start : each.end])) for each in stated.sections)
        or len(words(body)),
        standfirst=stated.standfirst,
        author=author.id if author else "",
        publication=stated.publication or given.publication,
        date=_date(stated.date or given.date),
        url=given.url,
        licence=given.licence,
        inferred={} if title else {"title": "The page states none, so these are its first words."},
    )
    return Context(
        page=page,
        paragraphs=paragraphs,
        article=article,
        found=stated,
        place=place,
        author=author,
        people=people,
    )


def unstated(stated: FoundArticle, given: Given) -> tuple[Unstated, ...]:
    """List what nobody has said of an article, with what the page lets one guess."""
    guesses = {each.field: each for each in stated.guesses}
    left = [each for each in _STATED if not getattr(stated, each) and not getattr(given, each)]
    return tuple(
        Unstated(field=each, value=guesses[each].value, reason=guesses[each].reason)
        if each in guesses
        else Unstated(field=each)
        for each in left
    )


def _people(page: Page, place: int) -> Iterator[tuple[str, Person]]:
    """Name everybody who speaks in an article, each once, with what the page calls them where it says so."""
    roles: dict[str, str] = {}
    for each in page.quotations:
        if each.article == place and each.speaker:
            roles[each.speaker] = roles.get(each.speaker) or each.role
    for name, role in roles.items():
        public = len(name.split()) > 1 and " and " not in name and _PRIVATE.isdisjoint(fold(role).split())
        yield fold(name), Person(id=_person_id(name), name=name, role=role, public=public)


def _person_id(name: str) -> str:
    """Make an id of a name; of one in letters that ids do not have, the same one each time."""
    made = id_of(name)
    return made if made != id_of("") else f"person-{sha256(name.encode()).hexdigest()[:8]}"


def _first_words(body: str) -> str:
    first = body.split()[:_FIRST_WORDS]
    return f"{' '.join(first)} …"[:150]


def _date(text: str) -> str:
    """Give a date as the library writes it: a whole one, or the year alone."""
    return text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text[:4]
