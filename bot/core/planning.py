"""Days, times, zones, dates and sources of a programme as people type them, and as they are said back."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from zoneinfo import available_timezones

from bot.core import mistakes
from bot.core.errors import UserMistake
from bot.core.library import Article
from bot.core.names import closest, fold
from bot.core.ports import Ports, Programme
from bot.core.slots import EVERY_DAY
from bot.core.wording import in_marks, listed, short_date

KINDS = ("excerpt", "quote", "quiz", "prompt", "leaderboard")
TODAY, ARTICLE, TOPIC, LINE_UP = "today", "article", "topic", "line-up"
NOTHING_ADDED = "Nothing was added."
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS, _WEEKEND = 0b0011111, 0b1100000
_WORDS = {
    **dict.fromkeys(("every day", "everyday", "daily", "all", "mon-sun"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "weekday", "every weekday"), _WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends"), _WEEKEND),
}
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LAST_HOUR, _LAST_MINUTE = 23, 59
_SHORTEST_NAME = 3


def read_days(typed: str, nothing: str = NOTHING_ADDED) -> int:
    """Read days of the week, as in `mon-fri`, `mon,wed` or `every day`; gives a bit for each, Monday the lowest."""
    words = " ".join(typed.casefold().split())
    if words in _WORDS:
        return _WORDS[words]
    days = 0
    for part in re.split(r"[,\s/&+]+|\band\b", re.sub(r"\s*[-–]\s*|\s+to\s+", "-", words)):
        if part:
            days |= _days_of(part, typed, nothing)
    if not days:
        raise _no_days(typed, nothing)
    return days


def read_time(typed: str, nothing: str = NOTHING_ADDED) -> str:
    """Read a time of day, as `HH:MM`."""
    match = _TIME.fullmatch(typed.strip())
    hour, minute = (int(each) for each in match.groups()) if match else (-1, -1)
    if not (0 <= hour <= _LAST_HOUR and 0 <= minute <= _LAST_MINUTE):
        raise UserMistake(
            f"{in_marks(typed)} is not a time; times go from 00:00 to 23:59. {nothing}", field="time"
        )
    return f"{hour:02}:{minute:02}"


def is_like_a_time(word: str) -> bool:
    """Whether a word is meant as a time of day, a right one or not."""
    return _TIME.fullmatch(word) is not None


def read_date(typed: str, today: date, nothing: str, *, field: str = "") -> date:
    """Read a date, as in `2026-11-25`, that is not in the past."""
    try:
        when = date.fromisoformat(typed.strip()) if _DATE.fullmatch(typed.strip()) else None
    except ValueError:
        when = None
    if when is None:
        tomorrow = (today + timedelta(days=1)).isoformat()
        raise UserMistake(f"{in_marks(typed)} is not a date; {tomorrow} is one. {nothing}", field=field)
    if when < today:
        raise UserMistake(f"{short_date(when)} {when.year} is in the past. {nothing}", field=field)
    return when


def date_behind(typed: str) -> tuple[str, str]:
    """Part a name from what is typed behind it as a date: gives both, the second empty where nothing is like one."""
    name, _, last = typed.strip().rpartition(" ")
    return (name, last) if name and last[:1].isdigit() else (typed, "")


@cache
def zones() -> frozenset[str]:
    """Name the IANA time zones that there are."""
    return frozenset(each for each in available_timezones() if "/" in each or each == "UTC")


def read_zone(typed: str, command_line: str = "", nothing: str = NOTHING_ADDED) -> str:
    """Read the name of a time zone, whatever its capitals; `command_line` is what was typed, for the way out."""
    wanted = typed.strip().replace(" ", "_")
    if wanted in zones():
        return wanted
    folded = {each.casefold(): each for each in zones()}
    if wanted.casefold() in folded:
        return folded[wanted.casefold()]
    near = closest(wanted, sorted(zones()))
    way_on = f" Did you mean {near}?" if near else " Zones go by a city, as in Europe/London."
    line = command_line.replace(typed, near) if near else ""
    raise UserMistake(
        f"There is no time zone {in_marks(typed)}.{way_on} {nothing}",
        ways_out=mistakes.runs(near, line) if near and line else (),
        field="zone",
    )


def complete_zone(typed: str) -> list[str]:
    """Offer the zones that hold what is typed, those whose city begins so first."""
    wanted = typed.strip().replace(" ", "_").casefold()
    found = [each for each in zones() if wanted in each.casefold()]
    return sorted(found, key=lambda each: (not each.rpartition("/")[2].casefold().startswith(wanted), each))[
        :25
    ]


def read_source(
    ports: Ports, community: str, kind: str, typed: str, nothing: str = NOTHING_ADDED
) -> tuple[str, str]:
    """Read what a programme draws from: gives `today`, `article`, `topic` or `line-up`, and which one."""
    wanted = fold(typed.removeprefix("the ").removeprefix("The "))
    if kind == "leaderboard" or wanted in {"line up", "lineup"}:
        return LINE_UP, ""
    if not wanted:
        return (TODAY if kind == "excerpt" else LINE_UP), ""
    if wanted in {"today", "day"}:
        if kind != "excerpt":
            raise UserMistake(f"“today” is for excerpts; a {kind} has the line-up. {nothing}", field="source")
        return TODAY, ""
    return _article_or_topic(ports, community, typed, wanted, nothing)


def say_days(days: int) -> str:
    """Say days of the week: `Mon to Fri`, `every day`, `Mon and Wed`."""
    if days == EVERY_DAY:
        return "every day"
    named = [each for number, each in enumerate(_DAYS) if days >> number & 1]
    first = (days & -days).bit_length() - 1
    in_a_row = days >> first == (1 << len(named)) - 1
    return f"{named[0]} to {named[-1]}" if in_a_row and len(named) > 2 else listed(named)  # noqa: PLR2004 - a row


def name_for(kind: str, days: int) -> str:
    """Name a programme by its days and its kind: `Weekday excerpt`, `Friday quiz`."""
    if days == EVERY_DAY:
        return f"Daily {kind}"
    if days == _WEEKDAYS:
        return f"Weekday {kind}"
    if days == _WEEKEND:
        return f"Weekend {kind}"
    if days & (days - 1) == 0:
        return f"{_LONG[days.bit_length() - 1]} {kind}"
    return f"{say_days(days)} {kind}"


def free_name(ports: Ports, community: str, name: str, but: str = "") -> str:
    """Give a name that no other programme has: with a number behind it where it is taken."""
    taken = {each.casefold() for each in ports.programmes.names(community)} - {but.casefold()}
    if name.casefold() not in taken:
        return name
    return next(each for number in range(2, 10_000) if (each := f"{name} {number}").casefold() not in taken)


def say_source(ports: Ports, programme: Programme) -> str:
    """Say what a programme draws from."""
    if programme.kind == "prompt" and programme.text:
        return "your own words"
    match programme.source:
        case "article":
            article = ports.library.article(programme.community, programme.about)
            return f"“{article.title}”" if article else "an article"
        case "topic":
            return f"the topic {programme.about}"
        case "today":
            return "the excerpt of the day"
        case _:
            return "the line-up"


def _article_or_topic(ports: Ports, community: str, typed: str, wanted: str, nothing: str) -> tuple[str, str]:
    """Find an article by its id or its title, a topic, or the one article whose title holds the words."""
    articles = ports.library.articles(community)
    for article in articles:
        if typed == article.id or wanted in {fold(article.title), fold(article.short_title)}:
            return ARTICLE, article.id
    for topic in ports.library.topics(community):
        if fold(topic) == wanted:
            return TOPIC, topic
    parts = [each for each in articles if len(wanted) >= _SHORTEST_NAME and wanted in fold(each.title)]
    if len(parts) == 1:
        return ARTICLE, parts[0].id
    raise _no_source(ports, community, typed, articles, nothing)


def _days_of(part: str, typed: str, nothing: str) -> int:
    if part in _WORDS:
        return _WORDS[part]
    ends = [_day(each) for each in part.split("-")]
    if None in ends or len(ends) > 2:  # noqa: PLR2004 - from and to
        raise _no_days(typed, nothing)
    first, last = ends[0] or 0, ends[-1] or 0
    span = (last - first) % 7
    return sum(1 << (first + each) % 7 for each in range(span + 1))


def _day(word: str) -> int | None:
    word = word.removesuffix("s") if len(word) > _SHORTEST_NAME else word
    return next(
        (
            number
            for number, each in enumerate(_LONG)
            if len(word) >= _SHORTEST_NAME and each.casefold().startswith(word)
        ),
        None,
    )


def _no_days(typed: str, nothing: str) -> UserMistake:
    return UserMistake(
        f"{in_marks(typed)} names no days; mon-fri, mon,wed and every day do. {nothing}", field="days"
    )


def _no_source(
    ports: Ports, community: str, typed: str, articles: Sequence[Article], nothing: str
) -> UserMistake:
    topics = ports.library.topics(community)
    near = closest(typed, [*(each.title for each in articles), *topics])
    meant = (
        f"Did you mean {near}?"
        if near
        else f"Topics here: {', '.join(topics[:12])}."
        if topics
        else "The library is empty."
    )
    return UserMistake(
        f"No article or topic here is called {in_marks(typed)}. {meant} {nothing}", field="source"
    )
