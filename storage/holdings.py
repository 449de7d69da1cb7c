"""What one community's library holds in service, in memory: small enough, and asked for at every draw.

What is shared is read once for all communities; one with a library of its own lays its own rows over it, so that what a
moderator adds or retires costs next to nothing, however much is shared.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.library import Article, Person
from bot.core.names import Named, Roster, fold
from bot.core.ports import Candidate
from storage import bodies
from storage.driver import sqlite3

_ITEMS = """
SELECT item, kind, article, speaker, askable, words FROM items WHERE community = ? AND gone = 0 ORDER BY article, place, item
"""
_RETIRED = "SELECT item FROM retired WHERE community = ?"
_PARTS = """
SELECT item, json_extract(body, '$.part') FROM items WHERE community = ? AND kind = 'excerpt' AND gone = 0
"""
_TOPICS = "SELECT item, topic FROM item_topics WHERE community = ? ORDER BY item, topic"
_ARTICLES = "SELECT article, body FROM articles WHERE community = ? AND gone = 0 ORDER BY place, article"
_PEOPLE = "SELECT person, body FROM people WHERE community = ? AND gone = 0 ORDER BY person"
_OF_ARTICLES = "SELECT article, person FROM article_people WHERE community = ? ORDER BY article, place"


@dataclass(frozen=True, slots=True)
class Held:
    """One item in service; `words` and `topics` are folded, the words with a space at each end."""

    candidate: Candidate
    kind: str
    askable: tuple[str, ...]
    words: str
    topics: frozenset[str]


class Rows:
    """What one community has written itself, or what is shared by all, whether or not it is in service."""

    def __init__(self, connection: sqlite3.Connection, community: str) -> None:
        self.topics = _filed(connection.execute(_TOPICS, (community,)))
        rows = connection.execute(_ITEMS, (community,)).fetchall()
        self.items = {row[0]: _held(row, self.topics.get(row[0], ())) for row in rows}
        self.parts: dict[str, int] = dict(connection.execute(_PARTS, (community,)).fetchall())
        articles = connection.execute(_ARTICLES, (community,)).fetchall()
        self.articles = {article: bodies.read(Article, body) for article, body in articles}
        people = connection.execute(_PEOPLE, (community,)).fetchall()
        self.people = {person: bodies.read(Person, body) for person, body in people}
        self.of_article = _filed(connection.execute(_OF_ARTICLES, (community,)))


class Holdings:
    """Everything in service in one community, as it was when this was made; `shared` is what is in service for all."""

    def __init__(
        self, connection: sqlite3.Connection, community: str, shared: "Holdings | None" = None
    ) -> None:
        self.read: dict[tuple[type, str], object] = {}
        """What was asked for one by one, by its class and id; None for what there is not."""
        self._shared = shared
        self.rows = own = Rows(connection, community)
        base = shared.rows if shared else None
        # What is a community's own takes the place of what is shared under the same id.
        items = {**base.items, **own.items} if base else dict(own.items)
        for (item,) in connection.execute(_RETIRED, (community,)):
            items.pop(item, None)
        topics = {**base.topics, **own.topics} if base else own.topics
        self._quotations = tuple(each for each in items.values() if each.kind == "quotation")
        self._facts = tuple(each for each in items.values() if each.kind == "fact")
        self.topics = _most_used(topic for item in items for topic in topics.get(item, ()))
        served = {each.candidate.article for each in items.values()}
        articles = {**base.articles, **own.articles} if base else own.articles
        self.articles: Sequence[Article] = tuple(
            each for article, each in articles.items() if article in served
        )
        part = {**base.parts, **own.parts} if base else own.parts
        excerpts = sorted(part.keys() & items.keys(), key=lambda item: (part[item], item))
        self.parts = _parts(self.articles, (items[item].candidate for item in excerpts))
        authors = {each.id: each.author for each in self.articles}
        self._excerpts = tuple(
            (_by_author(items[item].candidate, authors), items[item].topics)
            for parts in self.parts.values()
            for item in parts
        )
        self._prompts = tuple(
            (each.candidate, each.topics) for each in items.values() if each.kind == "prompt"
        )
        people = {**base.people, **own.people} if base else own.people
        self._people = {person: people[person] for person in sorted(people)}
        self._of_article = (base.of_article, own.of_article) if base else (own.of_article,)

    @functools.cached_property
    def roster(self) -> Roster:
        """The matcher over every person's names."""
        if self._shared is not None and not self.rows.people:
            return self._shared.roster
        return Roster(map(_named, self._people.values()))

    @functools.cached_property
    def speakers(self) -> Roster:
        """The matcher over the names of those with a quotation in service."""
        if self._shared is not None and not self.rows.people and self.speaking == self._shared.speaking:
            return self._shared.speakers
        return Roster(_named(each) for each in self._people.values() if each.id in self.speaking)

    @functools.cached_property
    def speaking(self) -> frozenset[str]:
        """Who has a quotation in service."""
        return frozenset(each.candidate.speaker for each in self._quotations)

    @functools.cached_property
    def _all(self) -> Sequence[Candidate]:
        return tuple(each.candidate for each in self._quotations)

    def quotations(self, about: str, by: str, kind: str) -> Sequence[Candidate]:
        """List quotations by topic or word, speaker, and kind of question."""
        if not (about or by or kind):
            return self._all
        found: Iterable[Held] = self._quotations
        if by:
            found = (each for each in found if each.candidate.speaker == by)
        if kind:
            found = (each for each in found if kind in each.askable)
        return tuple(each.candidate for each in _about(found, about))

    def facts(self, about: str, article: str) -> Sequence[Candidate]:
        """List questions of fact by topic or word, and article."""
        found = (each for each in self._facts if not article or each.candidate.article == article)
        return tuple(each.candidate for each in _about(found, about))

    def excerpts(self, topic: str) -> Sequence[Candidate]:
        """List the excerpts in the order in which they are read, or those on a topic."""
        return _on(self._excerpts, topic)

    def prompts(self, article: str, topic: str) -> Sequence[Candidate]:
        """List the prompts, or those of one article, or on a topic."""
        return tuple(each for each in _on(self._prompts, topic) if not article or each.article == article)

    def people(self, article: str) -> Sequence[Person]:
        """List everybody by id, or those of one article in its order."""
        if not article:
            return tuple(self._people.values())
        listed = dict.fromkeys(person for rows in self._of_article for person in rows.get(article, ()))
        return tuple(self._people[person] for person in listed if person in self._people)


def _filed(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """File the second of each pair under the first."""
    filed: dict[str, list[str]] = {}
    for key, value in rows:
        filed.setdefault(key, []).append(value)
    return filed


def _held(row: tuple[str, ...], topics: Iterable[str]) -> Held:
    item, kind, article, speaker, askable, words = row
    candidate = Candidate(item, speaker, article)
    return Held(candidate, kind, tuple(askable.split()), f" {words} ", frozenset(map(fold, topics)))


def _parts(articles: Iterable[Article], excerpts: Iterable[Candidate]) -> Mapping[str, Sequence[str]]:
    """File the excerpts under their articles; those without any are left out."""
    parts: dict[str, list[str]] = {each.id: [] for each in articles}
    for each in excerpts:
        if each.article in parts:
            parts[each.article].append(each.id)
    return {article: filed for article, filed in parts.items() if filed}


def _by_author(excerpt: Candidate, authors: Mapping[str, str]) -> Candidate:
    """Give an excerpt whose speaker is its author; an article without one has an author of its own."""
    article = excerpt.article
    return Candidate(excerpt.id, authors.get(article) or f"article:{article}", article)


def _on(found: Iterable[tuple[Candidate, frozenset[str]]], topic: str) -> Sequence[Candidate]:
    """Keep what is on a topic."""
    folded = fold(topic)
    return tuple(each for each, topics in found if not topic or folded in topics)


def _about(found: Iterable[Held], about: str) -> Iterator[Held]:
    """Keep what has this topic, or holds this word."""
    if not about:
        yield from found
    elif topic := fold(about):
        word = f" {topic} "
        yield from (each for each in found if topic in each.topics or word in each.words)


def _most_used(topics: Iterable[str]) -> Sequence[str]:
    counts: dict[str, int] = {}
    for topic in topics:
        counts[topic] = counts.get(topic, 0) + 1
    return tuple(sorted(counts, key=lambda topic: (-counts[topic], topic)))


def _named(person: Person) -> Named:
    return Named(id=person.id, name=person.name, aliases=person.aliases)
