"""Reading: which excerpt is today's, and an excerpt as a part of its article.

The draw can be recomputed by anybody. Of the excerpts that have not been a day's since the community last began to go
through the library, it takes the author who has waited longest, then that author's article that has waited longest,
then the excerpt that has. Those that have waited equally long are put in the order of their ids, and the SHA-256 of
`SALT|community|date|draw|author` (then `…|article`, `…|excerpt`), read as a number, says which: its remainder by how
many they are, counted from 0. Nothing else decides, neither chance nor what is retired later; but what a moderator has
pinned to the date comes before all of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.core import paging, pinning
from bot.core.citing import author_of, source_line
from bot.core.errors import BotFault
from bot.core.library import Article, Excerpt, Person, Rights
from bot.core.ports import THE_DAY, Bookmark, Day, Ports
from bot.core.wording import local

SALT = "hundred-regiments/excerpt/1"
"""Published, so that a draw can be checked. Another salt is another draw, so it never changes."""
LONGEST_SHOWN = 2_800
"""Characters of an excerpt that one card shows at most, which leaves room for what stands around them."""

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """An excerpt in service with its place in its article: `number` of `of`, between two others or none (their ids)."""

    excerpt: Excerpt
    article: Article
    author: Person | None
    number: int
    of: int
    before: str
    after: str
    content_note: str = ""

    @property
    def byline(self) -> str:
        """Say whose article it is from."""
        title = f"“{self.article.title}”"
        return f"{self.author.name}, {title}" if self.author else f"{title}, author not named"

    @property
    def is_quoted_only(self) -> bool:
        """Whether the article is in copyright, so that its excerpts are not the whole of it."""
        return self.article.rights is Rights.IN_COPYRIGHT

    @property
    def source(self) -> str:
        """Give the source line, with what the rights allow where they do not allow all."""
        source = source_line(self.article, self.author)
        if not self.is_quoted_only:
            return source
        count = _NUMBERS[self.of] if self.of < len(_NUMBERS) else f"{self.of:,}"
        short = f"{count} short {'excerpt' if self.of == 1 else 'excerpts'}"
        return f"{source}. In copyright: {short}, not the whole article."

    @property
    def pages(self) -> tuple[str, ...]:
        """The words in pages, each as long as one card holds at most."""
        return paging.pages(self.excerpt.text, LONGEST_SHOWN)

    @property
    def words(self) -> str:
        """The words that a card shows first: all of them, or the first page."""
        return self.pages[0]

    @property
    def going_on(self) -> tuple[str, ...]:
        """Say that there are further pages, on a card that shows the first to everyone."""
        more = len(self.pages)
        return () if more == 1 else (f"Page 1 of {more:,}. “Read on” shows the others, to you alone.",)


def todays(ports: Ports, community: str, at: int) -> Day | None:
    """Give the excerpt of the local date in a community's zone; drawn now, where nobody has asked before.

    One that has been retired meanwhile is replaced by another draw. None when no excerpt is in service.
    """
    date = local(at, ports.communities.zone(community)).date().isoformat()
    day = ports.reading.day(community, date)
    if day is not None and ports.library.excerpt(community, day.item) is not None:
        return day
    parts = ports.library.parts(community)
    if not parts:
        return None
    places = {item: article for article, items in parts.items() for item in items}
    if pinned := pinning.draw(ports, community, date, "excerpt", THE_DAY, places.__contains__):
        turn = _turn(ports.reading.served(community))
        return ports.reading.draw(community, date=date, item=pinned, article=places[pinned], turn=turn, at=at)
    authors = {each.id: each.author for each in ports.library.articles(community)}
    seed = f"{SALT}|{community}|{date}|{day.draw + 1 if day else 1}"
    item, article, turn = choose(parts, authors, ports.reading.served(community), seed)
    return ports.reading.draw(community, date=date, item=item, article=article, turn=turn, at=at)


def choose(
    parts: Mapping[str, Sequence[str]],
    authors: Mapping[str, str],
    served: Mapping[str, Mapping[str, tuple[int, int]]],
    seed: str,
) -> tuple[str, str, int]:
    """Choose the next excerpt by the rule above; gives it with its article and the turn it belongs to.

    `parts` are the excerpts in service by their articles, `authors` the articles' authors (an article without one has
    an author of its own), `served` as the reading port gives it, `seed` what is hashed up to `draw`.
    """
    turn = _turn(served)
    fresh = {article: left for article in parts if (left := _left(parts[article], served.get(article), turn))}
    if not fresh:
        turn, fresh = turn + 1, dict(parts)
    whose = {article: authors.get(article) or f"article:{article}" for article in parts}
    since = {each: max(last for last, _ in served[each].values()) for each in served.keys() & parts.keys()}
    heard: dict[str, int] = {}
    for article, last in since.items():
        heard[whose[article]] = max(heard.get(whose[article], 0), last)
    author = _longest({whose[article] for article in fresh}, heard, f"{seed}|author")
    chosen = _longest((each for each in fresh if whose[each] == author), since, f"{seed}|article")
    shown = {item: last for item, (last, _) in served.get(chosen, {}).items()}
    return _longest(fresh[chosen], shown, f"{seed}|excerpt"), chosen, turn


def part(ports: Ports, community: str, item: str) -> Part | None:
    """Gather what an excerpt's card needs; None when it is not in service."""
    excerpt = ports.library.excerpt(community, item)
    if excerpt is None:
        return None
    article = ports.library.article(community, excerpt.article)
    series = ports.library.parts(community).get(excerpt.article, ())
    if article is None or item not in series:
        raise BotFault(f"excerpt {item} is in service, but not its article")
    place = series.index(item)
    return Part(
        excerpt=excerpt,
        article=article,
        author=author_of(ports, community, article),
        number=place + 1,
        of=len(series),
        before=series[place - 1] if place else "",
        after=series[place + 1] if place + 1 < len(series) else "",
        content_note=ports.library.content_note(community, item),
    )


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


def _turn(served: Mapping[str, Mapping[str, tuple[int, int]]]) -> int:
    """Give the turn through the library that is under way."""
    return max((of for items in served.values() for _, of in items.values()), default=1)


def _left(items: Sequence[str], had: Mapping[str, tuple[int, int]] | None, turn: int) -> Sequence[str]:
    """List the excerpts of an article that have not been a day's in this turn."""
    return items if had is None else [item for item in items if item not in had or had[item][1] != turn]


def _longest(names: Iterable[str], since: Mapping[str, int], seed: str) -> str:
    """Choose who has waited longest; of several, the one that the seed names."""
    waiting = {name: since.get(name, 0) for name in names}
    longest = min(waiting.values())
    equal = sorted(name for name, when in waiting.items() if when == longest)
    return equal[int.from_bytes(sha256(seed.encode()).digest()) % len(equal)]
