"""The list of /read: every article with excerpts, how far a member is in it, and where to go on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core import limits, titles
from bot.core.cards import Button, Card, Intent, Option, Select, line, say
from bot.core.inline import CommandName
from bot.core.library import Article
from bot.core.ports import Bookmark
from bot.core.reading import where
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import beginning, count

PAGE = 10
"""Articles on one page of /read."""
BUTTONS = 5
"""Articles up to which /read has a button for each; a list to choose from beyond."""


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


def overview(request: Request, mark: str, first: int = 0) -> Card:
    """List the articles with excerpts: the one turned to last first, then those with parts read, then the others.

    `mark` says whose card it is, `first` is the place of the first article of the page, from 0.
    """
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


def nothing_yet() -> Card:
    """Make the line that stands for an empty library."""
    return line(
        "No excerpt is approved here yet. ", CommandName("quote"), " and ", CommandName("quiz"), " are ready."
    )  # fmt: skip
