"""What a page proposes, fitted to a community: known articles and people under their own ids, and nothing twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core import rights
from bot.core.admitting import OWN, fold_of
from bot.core.findings import Findings, Found, Tally
from bot.core.library import Article, Person, Quotation, Rights
from bot.core.names import Identified, fold
from bot.core.ports import Ports
from bot.core.queueing import CERTAIN, fresh_id, kind_of, kinds, much_alike


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted:
    """What of a part of a page's proposals is new here, and the tally with it."""

    new: tuple[Found, ...]
    tally: Tally


def fit(ports: Ports, community: str, found: Sequence[Found], tally: Tally) -> Fitted:
    """Fit proposals to a community, and leave out what is in its library or was proposed there before."""
    articles = {each.article.id: fitted_article(ports, community, each.article) for each in found}
    people = {each.id: _person(ports, community, each) for one in found for each in one.people}
    fitted = [_fitted(each, articles[each.article.id], people) for each in found]
    held = {each.id: ports.shelves.words(community, each.id) for each in articles.values()}
    known = ports.queue.known(community, [each.item for each in fitted])
    new, seen = [], Tally()
    for each, before in zip(fitted, known, strict=True):
        folded = fold_of(each.item)
        like = [
            one
            for one in held[each.article.id]
            if one.kind == kind_of(each.item) and much_alike(one.words, folded)
        ]
        if _is_too_long(each, ports.rules.library_card_words):
            seen = replace(seen, too_long=seen.too_long + 1)
        elif any(one.words == folded for one in like):
            seen = replace(seen, here=seen.here + 1)
        elif before:
            seen = replace(seen, proposed=seen.proposed + 1)
        else:
            new.append(each)
            seen = replace(seen, alike=seen.alike + bool(like))
    return Fitted(new=tuple(new), tally=_tallied(tally, new, seen))


def fit_articles(ports: Ports, community: str, findings: Findings) -> Findings:
    """Put articles that are known here in the place of those that were read; what the page left open stays open."""
    articles = []
    for each in findings.articles:
        known = _known_article(ports, community, each.article)
        author = ports.library.person(community, known.author) if known and known.author else None
        name = author.name if author else each.author
        articles.append(replace(each, article=known, author=name, known=True) if known else each)
    return replace(findings, articles=tuple(articles))


def fitted_article(ports: Ports, community: str, article: Article) -> Article:
    """Give the article of the same title that is known here, or this one under an id of the community's own."""
    known = _known_article(ports, community, article)
    if known is not None:
        return known
    ids = {each.id for each in ports.shelves.articles(community)}
    return replace(article, id=fresh_id(f"{OWN}-{article.id}", ids.__contains__))


def _known_article(ports: Ports, community: str, article: Article) -> Article | None:
    title = fold(article.title)
    return next((each for each in ports.shelves.articles(community) if fold(each.title) == title), None)


def _is_too_long(found: Found, card_words: int) -> bool:
    """Whether one card would show too much of an article that is in copyright here, whatever was said of the page."""
    if found.article.rights is not Rights.IN_COPYRIGHT:
        return False
    return any(len(rights.words(text)) > card_words for _, text in rights.cards(found.item))


def _fitted(found: Found, article: Article, people: Mapping[str, Person]) -> Found:
    names = {each.id: people[each.id] for each in found.people}
    author = names.get(found.article.author)
    if author and article.author == found.article.author:
        article = replace(article, author=author.id)
    item = replace(found.item, id=f"{OWN}-{found.item.id}", article=article.id)
    if isinstance(item, Quotation):
        item = _fitted_quotation(item, names, article)
    return replace(found, article=article, item=item, people=tuple(names.values()))


def _fitted_quotation(item: Quotation, names: Mapping[str, Person], article: Article) -> Quotation:
    person = names.get(item.speaker)
    asked = kinds(person, item.text, item.grade, article) if item.kinds else ()
    return replace(
        item,
        speaker=person.id if person else "",
        endings=tuple(replace(each, speaker=names[each.speaker].id) for each in item.endings),
        kinds=(*asked, *(("finish",) if "finish" in item.kinds else ())),
    )


def _person(ports: Ports, community: str, person: Person) -> Person:
    """Give whoever is known here by this name, or the same person under an id that nobody else has."""
    match ports.library.roster(community).identify(person.name):
        case Identified(person=named):
            return ports.library.person(community, named.id) or person
        case _:
            pass

    def taken(name: str) -> bool:
        other = ports.library.person(community, name)
        return other is not None and fold(other.name) != fold(person.name)

    return replace(person, id=fresh_id(person.id, taken))


def _tallied(tally: Tally, new: Sequence[Found], seen: Tally) -> Tally:
    """Add new proposals, and those that are not new, to a tally."""
    by = dict(tally.by)
    for each in new:
        if isinstance(each.item, Quotation):
            speaker = next((one.name for one in each.people if one.id == each.item.speaker), "")
            by[speaker] = by.get(speaker, 0) + 1
    return Tally(
        new=tally.new + len(new),
        excerpts=tally.excerpts + sum(not isinstance(each.item, Quotation) for each in new),
        by=by,
        sure=tally.sure + sum(each.confidence >= CERTAIN for each in new),
        here=tally.here + seen.here,
        proposed=tally.proposed + seen.proposed,
        too_long=tally.too_long + seen.too_long,
        alike=tally.alike + seen.alike,
    )
