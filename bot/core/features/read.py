"""/read: a member's own reading, and the private card of a part that it opens."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.core import limits, mistakes, reading, titles
from bot.core.cards import Button, Card, CommandName, Intent, Option, Quoted, Select, line, say
from bot.core.citing import link_of, noted
from bot.core.effects import Choice, Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.library import Article
from bot.core.names import fold
from bot.core.ports import Bookmark
from bot.core.reading import Part
from bot.core.registry import Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import Token, token
from bot.core.wording import beginning, count, in_marks, short_date

PAGE = 10
"""Articles on one page of /read."""
BUTTONS = 5
"""Articles up to which /read has a button for each; a list to choose from beyond."""
_ASKED_BACK = 5
_DIGITS = 6  # of a page's number; more is no page


@dataclass(frozen=True, kw_only=True, slots=True)
class _Own:
    """One article as a member has it: `at` is the place to go on from, counted from 0."""

    article: Article
    series: Sequence[str]
    read: int
    at: int
    marked: bool

    @property
    def begun(self) -> bool:
        return self.marked or self.read > 0


def read(request: Request) -> Sequence[Effect]:
    """Show what there is to read and how far the member is, or with an article the member's place in it."""
    if not request.ports.library.parts(request.community):
        return [Show(card=nothing_yet())]
    if typed := request.values.get("article", ""):
        return [Show(card=own_place(request, article_named(request, typed, "read")))]
    return [Show(card=overview(request))]


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
        return [
            Update(
                overview(
                    request, int(page) if page.isascii() and page.isdigit() and len(page) <= _DIGITS else 0
                )
            )
        ]
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
    place = where(series, bookmark, ports.reading.read(community, member))
    return part_card(turn_to(request, series[place]), whose(request))


def where(series: Sequence[str], bookmark: Bookmark | None, read: Collection[str]) -> int:
    """Find where to go on in an article's excerpts, counted from 0.

    That is the bookmark, or what now stands in the place of an excerpt that was retired; without a bookmark the first
    that is not read.
    """
    if bookmark is None:
        return next((place for place, item in enumerate(series) if item not in read), 0)
    if bookmark.item in series:
        return series.index(bookmark.item)
    return min(bookmark.part, len(series)) - 1


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


def nothing_yet() -> Card:
    """Make the line that stands for an empty library."""
    return line(
        "No excerpt is approved here yet. ", CommandName("quote"), " and ", CommandName("quiz"), " are ready."
    )  # fmt: skip


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


def overview(request: Request, first: int = 0) -> Card:
    """List the articles with excerpts: the one turned to last first, then those with parts read, then the others."""
    ports, community = request.ports, request.community
    parts = ports.library.parts(community)
    if not parts:
        return nothing_yet()
    bookmarks = {each.article: each for each in ports.reading.bookmarks(community, request.member)}
    read = ports.reading.read(community, request.member)
    begun = [each for each in dict.fromkeys((*bookmarks, *read.values())) if each in parts]
    order = list(dict.fromkeys((*begun, *parts)))
    first = min(first, (len(order) - 1) // PAGE * PAGE)
    articles = {each.id: each for each in ports.library.articles(community)}
    page = [
        _own(articles[each], parts[each], bookmarks.get(each), read) for each in order[first : first + PAGE]
    ]
    mark = whose(request)
    select = _select(page, first, len(order), mark) if len(order) > BUTTONS else None
    return Card(
        title="Your reading",
        body=tuple(say(_line(each)) for each in page),
        intent=Intent.OWN,
        buttons=() if select else tuple(_button(each, mark, alone=len(begun) == 1) for each in page),
        select=select,
    )


def _own(article: Article, series: Sequence[str], bookmark: Bookmark | None, read: Collection[str]) -> _Own:
    return _Own(
        article=article,
        series=series,
        read=sum(item in read for item in series) if read else 0,
        at=where(series, bookmark, read),
        marked=bookmark is not None,
    )


def _line(own: _Own) -> str:
    of = len(own.series)
    if not own.begun:
        return f"{own.article.title}: {count(of, 'part')}, not begun"
    marked = f", bookmark at part {own.at + 1}" if own.marked else ""
    return f"{own.article.title}: {own.read} of {count(of, 'part')} read{marked}"


def _button(own: _Own, mark: str, *, alone: bool) -> Button:
    if not own.begun:
        label = f"Begin {titles.short(own.article)}"
    else:
        label = f"Continue at part {own.at + 1}" if alone else f"Continue {titles.short(own.article)}"
    return Button(beginning(label, limits.BUTTON_LABEL), token("read:part", own.series[own.at], mark))


def _select(page: Sequence[_Own], first: int, total: int, mark: str) -> Select:
    options = [_option(each) for each in page]
    if first:
        options.append(Option("Earlier articles", f"page:{first - PAGE}"))
    if first + PAGE < total:
        options.append(Option("More articles", f"page:{first + PAGE}"))
    return Select("Continue or begin", token("read:choose", mark), tuple(options))


def _option(own: _Own) -> Option:
    what = f": continue at part {own.at + 1}" if own.begun else ": begin"
    title = beginning(own.article.title, limits.OPTION_LABEL - len(what))
    return Option(f"{title}{what}", own.article.id)


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
