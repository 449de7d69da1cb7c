"""Taking something into a community's library: what was typed made whole, held against the rights, and put into service."""

from dataclasses import dataclass, replace

from bot.core import rights, titles
from bot.core.errors import UserMistake
from bot.core.library import Article, Fact, Grade, Item, Person, Prompt, Quotation, Rights
from bot.core.names import Identified, Nobody, WhichOne, fold
from bot.core.ports import Found, Ports, Worded
from bot.core.queueing import fresh_id, id_of, kind_of, kinds, much_alike, tidy
from bot.core.request import Request
from bot.core.wording import in_marks, listed

OWN = "own"
"""What the ids of a community's own items begin with, so that none of the shared library's is ever taken."""
_WHOLE_NAME = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A quotation as it was typed into a form. `article` is empty for a source of its own, which `where` then names."""

    words: str
    speaker: str
    where: str
    grade: Grade
    article: str = ""


def quotation(ports: Ports, community: str, typed: Typed) -> Found:
    """Make a quotation of what was typed. Raises UserMistake naming the field."""
    words = tidy(typed.words)
    if not fold(words):
        raise UserMistake("There are no words here to quote. Nothing was added.", field="words")
    person = speaker(ports, community, typed.speaker)
    where = tidy(typed.where)
    article = article_named(ports, community, typed.article) if typed.article.strip() else _source(where)
    own_source = not typed.article.strip()
    item = Quotation(
        id=f"{OWN}-{id_of(person.name.split()[-1], words)}",
        article=article.id,
        text=words,
        speaker=person.id,
        grade=typed.grade,
        section="" if own_source else where,
        kinds=kinds(person, words, typed.grade, article, own_source=own_source),
    )
    return Found(article=article, item=item, people=(person,))


def prompt(ports: Ports, community: str, text: str, article: str = "") -> Found:
    """Make a prompt of what was typed, on an article or on none. Raises UserMistake naming the field."""
    words = tidy(text)
    if not fold(words):
        raise UserMistake("There are no words here to post. Nothing was added.", field="words")
    found = article_named(ports, community, article) if article.strip() else None
    item = Prompt(id=f"{OWN}-{id_of('prompt', words)}", article=found.id if found else "", text=words)
    return Found(article=found or _NO_ARTICLE, item=item)


def speaker(ports: Ports, community: str, typed: str) -> Person:
    """Find whose name was typed; somebody new where it is a whole name, or one like nobody's here.

    Raises UserMistake where several are meant, or a single word is near to somebody's name.
    """
    name = tidy(typed)
    if not fold(name):
        raise UserMistake("A quotation needs its speaker. Nothing was added.", field="speaker")
    roster = ports.library.roster(community)
    whole = len(name.split()) >= _WHOLE_NAME
    match roster.identify(name):
        case Identified(person=named):
            return ports.library.person(community, named.id) or Person(id=named.id, name=named.name)
        case WhichOne(people=people) if not whole:
            names = listed([each.name for each in people], "or")
            raise UserMistake(
                f"Which one is meant by {in_marks(name)}: {names}? Nothing was added.", field="speaker"
            )
        case WhichOne() | Nobody():
            near = None if whole else roster.nearest(name)
    if near is not None:
        raise UserMistake(
            f"No one here is called {in_marks(name)}. Did you mean {near.name}? Nothing was added.",
            field="speaker",
        )
    taken = fresh_id(id_of(name), lambda each: ports.library.person(community, each) is not None)
    return Person(id=taken, name=name, public=whole)


def article_named(ports: Ports, community: str, typed: str) -> Article:
    """Find the article whose id, title or part of a title was typed. Raises UserMistake."""
    articles = ports.shelves.articles(community)
    found = titles.meant(articles, typed)
    if len(found) == 1:
        return found[0]
    if found:
        names = listed([f"“{each.title}”" for each in found[:5]], "or")
        raise UserMistake(f"Which article is meant by {in_marks(typed)}: {names}?", field="article")
    near = titles.nearest(articles, typed)
    did_you = f" Did you mean “{near.title}”?" if near else ""
    raise UserMistake(f"No article here is called {in_marks(typed)}.{did_you}", field="article")


def admit(request: Request, found: Found) -> Item:
    """Put what was found into service here; gives it under the id it has now.

    Raises UserMistake where the rights do not allow it, or the same words are here already.
    """
    ports, community = request.ports, request.community
    article = ports.library.article(community, found.article.id) or found.article
    twin = next((each for each in _words_like(request, found) if each.words == fold_of(found.item)), None)
    if twin is not None:
        raise UserMistake(f"These words are here already, as {twin.item}. Nothing was added.", field="words")
    refusal = _refusal(request, article, found.item)
    if refusal:
        raise UserMistake(f"{refusal} Nothing was added.", field="words")
    fresh = fresh_id(found.item.id, lambda each: ports.library.known(community, each))
    item = replace(found.item, id=fresh)
    ports.shelves.put(community, None if found.article is _NO_ARTICLE else article, found.people, item)
    return item


def alike_to(request: Request, found: Found) -> Item | None:
    """Find what is in service here and much like something found; the first of several."""
    like = next(iter(_words_like(request, found)), None)
    entry = request.ports.shelves.entry(request.community, like.item) if like else None
    return entry.item if entry else None


def _words_like(request: Request, found: Found) -> list[Worded]:
    kind, folded = kind_of(found.item), fold_of(found.item)
    return [
        each
        for each in request.ports.shelves.words(request.community, found.item.article)
        if each.in_service and each.kind == kind and much_alike(each.words, folded)
    ]


def _refusal(request: Request, article: Article, item: Item) -> str:
    """Say why the rights do not let an item join what is held of its article; nothing where they do."""
    if article.rights is not Rights.IN_COPYRIGHT:
        return ""
    ports = request.ports
    held = ports.shelves.entries(request.community, item.article)
    return rights.refusal(
        article,
        [each.item for each in held],
        item,
        share=ports.rules.library_share,
        card_words=ports.rules.library_card_words,
    )


def fold_of(item: Item) -> str:
    """Give the words of an item without case, accents and marks."""
    return fold(item.question if isinstance(item, Fact) else item.text)


def _source(where: str) -> Article:
    """Make the article that stands for a source of the community's own; its length is not known."""
    if not fold(where):
        raise UserMistake(
            "Say where the words stand, so that others can look: a speech with its date, a book, a page. "
            "Nothing was added.",
            field="where",
        )
    return Article(id=f"{OWN}-{id_of(where)}", title=where, rights=Rights.IN_COPYRIGHT, words=0)


_NO_ARTICLE = Article(id="", title="", rights=Rights.LICENSED, words=0)
