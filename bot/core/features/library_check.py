"""/library check and balance: what is wrong or running low, and what was posted and is planned, in counts alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.core import contents, mistakes, queue_order, shelf_cards, slots, timetable, titles
from bot.core.cards import Card, Field, Intent, say
from bot.core.effects import Effect, Show
from bot.core.library import Excerpt, Item, Quotation, Rights
from bot.core.ports import Programme, Worded
from bot.core.ports.programmes import ON
from bot.core.queueing import ENOUGH, alike, lopsided
from bot.core.registry import Access, Command
from bot.core.request import Request
from bot.core.rights import allowance, union, verbatim
from bot.core.wording import count, local, short_date

DAYS = 30
"""Days that are looked back on, and ahead to."""
_SHOWN = 3
_NAMES = 12
_MOST = 20
"""Lines of one check."""
_PAIRS = 5
_PROGRAMMES = 100
_NEARLY_FULL = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How often each name was posted, and how often it is planned."""

    posted: Counter[str] = field(default_factory=Counter)
    planned: Counter[str] = field(default_factory=Counter)

    def said(self) -> str:
        """Say the most frequent, then all others together: `pluralism 9 and 10; 2 others 4 and 4`."""
        names = sorted(
            self.posted.keys() | self.planned.keys(),
            key=lambda name: (-self.posted[name], -self.planned[name], name),
        )
        shown = [f"{name} {self.posted[name]:,} and {self.planned[name]:,}" for name in names[:_SHOWN]]
        if others := names[_SHOWN:]:
            sums = (sum(each[name] for name in others) for each in (self.posted, self.planned))
            noun = "other" if len(others) == 1 else "others"
            shown.append(f"{len(others)} {noun} {' and '.join(f'{each:,}' for each in sums)}")
        return "; ".join(shown) or "none"


def check(request: Request) -> Sequence[Effect]:
    """Say what is wrong with the library here, or is running low."""
    ports, community = request.ports, request.community
    waiting = queue_order.total(ports, community)
    lines = [
        *_runway(request),
        *_lopsided(request),
        *_shelves(request),
    ]
    if more := lines[_MOST:]:
        lines = [*lines[:_MOST], f"{len(more):,} more like these; they come up as these are settled."]
    if waiting:
        lines.append(f"{count(waiting, 'entry waits', 'entries wait')} in the queue.")
    card = Card(
        title="Check of the library",
        body=tuple(map(say, lines)) or (say("Nothing is wrong here, and nothing runs low."),),
        intent=Intent.MODERATION,
        buttons=mistakes.runs("Open the queue", "library review") if waiting else (),
    )
    return [Show(card=card)]


def balance(request: Request) -> Sequence[Effect]:
    """Count what was posted in the last 30 days and is planned for the next, without a verdict."""
    ports, community, at = request.ports, request.community, request.at
    since = at - DAYS * 86_400
    date = local(since, ports.communities.zone(community)).date().isoformat()
    posted = Counter(ports.shelves.shown(community, since, date))
    planned, undrawn = _planned(request)
    articles, speakers, topics = _tallied(request, posted, planned)
    in_service = {each.speaker for each in ports.library.quotations(community)}
    named = {
        person.name for person in ports.library.people(community) if person.id in in_service
    } - speakers.posted.keys()
    neither = sorted(named - speakers.planned.keys())
    fields = [
        Field("Articles", articles.said()),
        Field("Speakers", speakers.said()),
        Field("Topics", topics.said()),
        *((Field("Planned and not drawn yet", count(undrawn, "post")),) if undrawn else ()),
        *((Field("Approved and in neither", f"{_some(neither)}."),) if neither else ()),
    ]
    title = f"Balance: posted in the last {DAYS} days, and planned for the next {DAYS}"
    return [Show(card=Card(title=title, fields=tuple(fields), intent=Intent.MODERATION))]


def _runway(request: Request) -> Iterable[str]:
    """Say of each programme whose material comes to its end within a week when it does."""
    ports = request.ports
    for programme in _running(request):
        today = slots.local_date(request.at, programme.zone)
        last = timetable.runs_out(ports, programme, today)
        if last is not None:
            yield f"{programme.name}: {count((last - today).days, 'day')} left, until {short_date(last)}."
        elif contents.days_of_material(ports, programme, 1) == 0:
            again = "everything approved for it has been posted, and begins again"
            yield f"{programme.name}: {'nothing approved is left' if contents.is_series(programme) else again}."


def _lopsided(request: Request) -> Iterable[str]:
    answered = request.ports.shelves.answered(request.community, ENOUGH)
    for names, who in zip(lopsided(answered), ("Hardly anyone gets", "Nearly everyone gets"), strict=True):
        in_service = [each for each in names if _in_service(request, each)]
        if in_service:
            yield f"{who} this right, in {ENOUGH} answers or more: {_some(in_service)}."


def _in_service(request: Request, item: str) -> bool:
    found = request.ports.shelves.entry(request.community, item)
    return found is not None and found.retired_at is None


def _shelves(request: Request) -> Iterable[str]:
    """Say what stands twice, and which articles are nearly at the share that may be held."""
    ports, rules, in_service = request.ports, request.ports.rules, list[Worded]()
    for article in ports.shelves.articles(request.community):
        words = ports.shelves.words(request.community, article.id)
        in_service += [each for each in words if each.in_service]
        if article.rights is not Rights.IN_COPYRIGHT:
            continue
        entries = ports.shelves.entries(request.community, article.id)
        held = union([*(text for each in entries for _, text in verbatim(each.item)), article.standfirst])
        allowed = allowance(article, rules.library_share, rules.library_card_words)
        if held >= allowed * _NEARLY_FULL:
            title = titles.short(article)
            yield f"{title}: {shelf_cards.held(article, held, allowed)}"
    for one, other in alike(in_service)[:_PAIRS]:
        yield f"Much alike: {one.item} and {other.item}."


def _planned(request: Request) -> tuple[Counter[str], int]:
    """Count the items that are planned for the next 30 days, and the posts whose item is not drawn yet."""
    ports, until = request.ports, request.at + DAYS * 86_400
    planned: Counter[str] = Counter()
    undrawn = 0
    for programme in _running(request):
        coming = timetable.to_come(ports, programme, DAYS + 1)
        for ahead, slot in enumerate(coming):
            if slots.moment(slot, programme.zone) > until:
                break
            content = contents.following(ports, programme, ahead)
            item = content.item if content and (contents.is_series(programme) or ahead == 0) else ""
            if item:
                planned[item] += 1
            elif content and _draws(programme):
                undrawn += 1
    return planned, undrawn


def _draws(programme: Programme) -> bool:
    return programme.kind != "leaderboard" and not (programme.kind == "prompt" and programme.text)


def _running(request: Request) -> Sequence[Programme]:
    page = request.ports.programmes.page(request.community, 0, _PROGRAMMES)
    return [each for each in page if each.state == ON]


def _tallied(request: Request, posted: Counter[str], planned: Counter[str]) -> tuple[Tally, Tally, Tally]:
    """Count by article, speaker and topic."""
    articles, speakers, topics = Tally(), Tally(), Tally()
    for name in posted.keys() | planned.keys():
        shelved = request.ports.shelves.entry(request.community, name)
        if shelved is None:
            continue
        counts = (posted[name], planned[name])
        article = request.ports.library.article(request.community, shelved.item.article)
        if article:
            _count(articles, titles.short(article), counts)
        speaker = _speaker(request, shelved.item)
        if speaker:
            _count(speakers, speaker, counts)
        for topic in shelved.item.topics or (article.topics if article else ()):
            _count(topics, topic, counts)
    return articles, speakers, topics


def _speaker(request: Request, item: Item) -> str:
    """Name whose words a post shows: a quotation's speaker, an excerpt's author."""
    library, community = request.ports.library, request.community
    who = item.speaker if isinstance(item, Quotation) else ""
    if isinstance(item, Excerpt):
        article = library.article(community, item.article)
        who = article.author if article else ""
    person = library.person(community, who) if who else None
    return person.name if person else ""


def _count(tally: Tally, name: str, counts: tuple[int, int]) -> None:
    posted, planned = counts
    tally.posted[name] += posted
    tally.planned[name] += planned


def _some(names: Sequence[str]) -> str:
    """List names, at most so many, and say how many there are besides."""
    if len(names) <= _NAMES:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMES])} and {len(names) - _NAMES:,} more"


ENTRIES: tuple[Command, ...] = (
    Command(
        name="library check",
        help="What is wrong with the library here, or is running low",
        example="/library check",
        handler=check,
        access=Access.MODERATOR,
        reads=True,
    ),
    Command(
        name="library balance",
        help="What was posted lately and is planned, by article, speaker and topic",
        example="/library balance",
        handler=balance,
        access=Access.MODERATOR,
        reads=True,
    ),
)
