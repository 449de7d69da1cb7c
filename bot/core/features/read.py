"""/read: a member's own reading, and the private card of a part that it opens."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from bot.core import limits, mistakes, reading, reading_list, titles
from bot.core.cards import Button, Card, Intent, Quoted, say
from bot.core.citing import link_of, noted
from bot.core.effects import Choice, Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.inline import CommandName
from bot.core.library import Article
from bot.core.names import fold
from bot.core.ports import Bookmark
from bot.core.reading import Part
from bot.core.registry import Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import Token, token
from bot.core.wording import beginning, in_marks, short_date

_ASKED_BACK = 5
_DIGITS = 6  # of a page's number; more is no page


def read(request: Request) -> Sequence[Effect]:
    """Show what there is to read and how far the member is, or with an article the member's place in it."""
    if not request.ports.library.parts(request.community):
        return [Show(card=reading_list.nothing_yet())]
    if typed := request.values.get("article", ""):
        return [Show(card=own_place(request, article_named(request, typed, "read")))]
    return [Show(card=reading_list.overview(request, whose(request)))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another part of the article, and move the bookmark there."""
    part = turn_to(request, own_card_about(request, "read"))
    page = request.row(1) if len(request.args) > 2 else 0  # noqa: PLR2004 - part, page, mark
    return [Update(part_card(part, whose(request), page=page))]


def end(request: Request) -> Sequence[Effect]:
    """Say that there are no further parts."""
    article = own_card_about(request, "read")
    series = request.ports.library.parts(request.community).get(article)
    if not series:
        known = request.ports.library.article(request.community, article)
        raise retired("read", "shows where you are") if known else mistakes.foreign_button()
    return [Update(end_card(turn_to(request, series[-1]), whose(request)))]


def choose(request: Request) -> Sequence[Effect]:
    """Open the article that was chosen in the list, or another page of it."""
    own_card_about(request, "read")
    page = request.value.removeprefix("page:")
    if page != request.value:
        first = int(page) if page.isascii() and page.isdigit() and len(page) <= _DIGITS else 0
        return [Update(reading_list.overview(request, whose(request), first))]
    article = request.ports.library.article(request.community, request.value)
    if article is None:
        raise mistakes.foreign_button()
    return [Update(own_place(request, article))]


def whose(request: Request) -> str:
    """Give the mark that the buttons of a member's private cards carry: it says whose card it is, and to nobody who."""
    return sha256(f"{request.community}|{request.member}".encode()).hexdigest()[:8]


def own_card_about(request: Request, command: str) -> str:
    """Give what a button of a private card is about; UserMistake when the card is another member's.

    `command` opens the same card for whoever pressed it.
    """
    if not request.args or request.args[-1] != whose(request):
        raise UserMistake("This card is somebody else’s. ", CommandName(command), " opens your own.")
    return request.args[0]


def turn_to(request: Request, item: str) -> Part:
    """Put the member's bookmark at an excerpt; UserMistake when that is out of service."""
    part = reading.part(request.ports, request.community, item)
    if part is None:
        raise gone(request, item, "read", "shows where you are")
    bookmark = Bookmark(article=part.article.id, item=item, part=part.number)
    request.ports.reading.place(request.community, request.member, bookmark, request.at)
    return part


def own_place(request: Request, article: Article) -> Card:
    """Make the card of the part at which a member is in an article: bookmarked, else the first unread."""
    ports, community, member = request.ports, request.community, request.member
    series = ports.library.parts(community).get(article.id)
    if not series:
        raise UserMistake(
            f"No excerpt of “{article.title}” is approved here yet. ", CommandName("read"), " lists what there is."
        )  # fmt: skip
    bookmark = ports.reading.bookmark(community, member, article.id)
    place = reading.where(series, bookmark, ports.reading.read(community, member))
    return part_card(turn_to(request, series[place]), whose(request))


def part_card(part: Part, mark: str, *, page: int = 0, posted_on: date | None = None) -> Card:
    """Make the private card of a part, or of one page of it (from 0); `mark` says whose it is.

    `posted_on` is the local date on which the part will be posted here, if known.
    """
    last = len(part.pages) - 1
    page = min(page, last)
    then = f", which is posted here on {short_date(posted_on)}" if posted_on else ""
    before = _page(part, page - 1, mark) if page else _first(part.before, mark)
    back = (Button("Back", before),) if before else ()
    after = _first(part.after, mark) or token("read:end", part.article.id, mark)
    following = _page(part, page + 1, mark) if page < last else after
    paged = f", page {page + 1} of {last + 1}" if last else ""
    return Card(
        title=f"Part {part.number} of {part.of}{paged}",
        body=(
            *noted(part.content_note),
            Quoted(part.pages[page]),
            say(f"Your bookmark is at part {part.number}{then}."),
        ),
        footer=part.source,
        link=link_of(part.article),
        intent=Intent.READING,
        buttons=(*back, Button("Read on", following), _done(part, mark)),
    )


def _page(part: Part, page: int, mark: str) -> Token:
    """Name a page of a part, the first by the part alone."""
    return (
        token("read:part", part.excerpt.id, page, mark) if page else token("read:part", part.excerpt.id, mark)
    )


def _first(item: str, mark: str) -> Token | None:
    return token("read:part", item, mark) if item else None


def end_card(last: Part, mark: str) -> Card:
    """Make the private card after an article's last part; `mark` says whose it is."""
    longer = " The article itself is longer." if last.is_quoted_only else ""
    return Card(
        body=(say(f"That was part {last.number} of {last.of}.{longer}"),),
        footer=last.source,
        link=link_of(last.article),
        intent=Intent.READING,
        buttons=(Button("Back", token("read:part", last.excerpt.id, mark)), _done(last, mark)),
    )


def gone(request: Request, item: str, command: str, way_on: str) -> UserMistake:
    """Say that an excerpt is out of service, or that it is none of this community's."""
    known = request.ports.library.known(request.community, item)
    return retired(command, way_on) if known else mistakes.foreign_button()


def retired(command: str, way_on: str) -> UserMistake:
    """Say that an excerpt is out of service, and what the named command does instead."""
    return UserMistake(
        "That excerpt has been retired and is no longer shown. ", CommandName(command), f" {way_on}."
    )


def article_named(request: Request, typed: str, command: str) -> Article:
    """Find the article whose id, title or part of a title was typed; UserMistake with the ways on when unsure."""
    articles = request.ports.library.articles(request.community)
    found = titles.meant(articles, typed)
    if len(found) == 1:
        return found[0]
    if found:
        ways_out = tuple(
            way
            for each in found[:_ASKED_BACK]
            for way in mistakes.runs(
                beginning(each.title, limits.BUTTON_LABEL), f"{command} article:{each.id}"
            )
        )
        raise UserMistake(f"Which article is meant by {in_marks(typed)}?", ways_out=ways_out)
    near = titles.nearest(articles, typed)
    if near is None:
        raise UserMistake(
            f"No article here is called {in_marks(typed)}. ", CommandName("read"), " lists what there is."
        )
    ways_out = mistakes.runs(
        beginning(titles.short(near), limits.BUTTON_LABEL), f"{command} article:{near.id}"
    )
    raise UserMistake(
        f"No article here is called {in_marks(typed)}. Did you mean {near.title}?", ways_out=ways_out
    )


def complete_article(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the articles with excerpts in whose titles the words typed stand, or begin a word."""
    parts = request.ports.library.parts(request.community)
    wanted = fold(typed)
    return [
        Choice(each.title[: limits.COMPLETION], each.id)
        for each in request.ports.library.articles(request.community)
        if each.id in parts and titles.has_words(each, wanted)
    ][: limits.COMPLETIONS]


def _done(part: Part, mark: str) -> Button:
    return Button("I’ve read it", token("read:done", part.excerpt.id, mark))


ARTICLE = Parameter(name="article", help="A title, or a part of one", completer=complete_article)

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="read",
        help="Your own reading: what there is, how far you are, where to go on",
        example="/read Losing Momentum",
        parameters=(ARTICLE,),
        handler=read,
    ),
    Action(name="read:part", handler=turn, answer=Answer.UPDATE),
    Action(name="read:end", handler=end, answer=Answer.UPDATE),
    Action(name="read:choose", handler=choose, answer=Answer.UPDATE),
)
