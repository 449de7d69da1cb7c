"""Boards: from the sums by window, which are kept with their counts, and by topic from what shown members scored on it.

A rank is a sum of counts, so it costs the same however many members there are. Points by topic are kept for shown
members alone, in quarters of an hour (see m0011), and summed when they are asked for.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.ports import Level, Rank, Ranked, Span, Window
from storage.driver import sqlite3
from storage.windows import Calendar

NAMED = 3
"""How many of those on one level are named."""
FOREVER = 1 << 60
_NEVER = date(9999, 1, 1)
_KEY = re.compile(r"(w|s):(2\d{3}-\d\d-\d\d)|(m):(2\d{3}-\d\d)|(s):(2\d{3})")

_SEASONS = "SELECT start, name FROM seasons WHERE community = ? ORDER BY start"
_TOP = """
SELECT points, member FROM score_sums
WHERE community = ? AND window = ? AND shown = 1 AND points > 0 ORDER BY points DESC, member
"""
_COUNTED = "SELECT members FROM score_counts WHERE community = ? AND window = ? AND points = ?"
_NAME = "SELECT name FROM members WHERE community = ? AND member = ? AND shown = 1"
_OWN = "SELECT points FROM score_sums WHERE community = ? AND member = ? AND window = ?"
_ABOVE = """
SELECT coalesce(sum(members), 0), min(points) FROM score_counts WHERE community = ? AND window = ? AND points > ?
"""
_LEVEL = """
SELECT member FROM score_sums WHERE community = ? AND window = ? AND shown = 1 AND points = ? ORDER BY member
"""
# The index gives each member's rows one after the other, so that nothing but the sums is sorted.
_BY_TOPIC = """
SELECT member, sum(points) AS points FROM topic_points
WHERE community = ?1 AND topic = ?2 AND at >= ?3 AND at < ?4 GROUP BY member
"""
_TOP_BY_TOPIC = f"""
SELECT points, member FROM ({_BY_TOPIC} HAVING sum(points) > 0) ORDER BY points DESC, member LIMIT
"""
_COUNTED_BY_TOPIC = f"SELECT points, count(*) FROM ({_BY_TOPIC}) GROUP BY points"
_LEVELS_BY_TOPIC = f"{_BY_TOPIC} HAVING sum(points) IN (?5, ?6)"
_SHOWN_BY_TOPIC = """
SELECT coalesce(sum(points), 0) FROM topic_points
WHERE community = ?1 AND member = ?2 AND topic = ?3 AND at >= ?4 AND at < ?5
"""
_OWN_BY_TOPIC = """
SELECT coalesce(sum(points), 0) FROM topic_events
WHERE community = ?1 AND member = ?2 AND topic = ?3 AND at >= ?4 AND at < ?5
  AND source IN (SELECT source FROM topic_sources WHERE member = ?2)
"""


class Boards:
    """The board port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._calendar = Calendar()

    def span(self, community: str, window: Window, at: int, zone: str) -> Span:
        """Give the week, month or season in an IANA zone that holds this moment."""
        week, month, today, year = self._calendar.day(at, zone).windows
        match window:
            case Window.WEEK:
                key = week
            case Window.MONTH:
                key = month
            case Window.SEASON:
                begun = [start for start, _ in self._seasons(community) if start <= today]
                key = f"s:{begun[-1]}" if begun else year
            case Window.EVER:
                key = "all"
        return self._span(community, key, zone)

    def read_span(self, community: str, key: str, zone: str) -> Span | None:
        """Read a span's key back; None for what is none."""
        if key != "all" and not _KEY.fullmatch(key):
            return None
        try:
            return self._span(community, key, zone)
        except ValueError:  # a date that no calendar has
            return None

    def top(self, community: str, span: Span, most: int, *, topic: str = "") -> Sequence[Ranked]:
        """List the first so many who are shown and have points, in the order of places, then of names."""
        if topic:
            values = (community, topic, span.since, span.until)
            rows = self._execute(f"{_TOP_BY_TOPIC} {most + 1}", values).fetchall()
        else:
            rows = self._execute(_TOP, (community, span.key)).fetchmany(most + 1)
        every = [points for points, _ in rows]
        ranked = [
            Ranked(
                place=every.index(points) + 1,
                member=member,
                name=self._execute(_NAME, (community, member)).fetchone()[0],
                points=points,
                shared=every.count(points) > 1,
            )
            for points, member in rows[:most]
        ]
        return sorted(ranked, key=lambda each: (each.place, each.name.casefold(), each.member))

    def standing(self, community: str, span: Span, member: str, *, topic: str = "") -> Rank:
        """Tell where a member stands, shown or not."""
        shown = self._execute(_NAME, (community, member)).fetchone() is not None
        if topic:
            return self._rank_by_topic(community, span, member, topic, shown=shown)
        row = self._execute(_OWN, (community, member, span.key)).fetchone()
        points = int(row[0]) if row else 0
        above, following = self._execute(_ABOVE, (community, span.key, max(points, 0))).fetchone()
        levels = [points] if following is None else [points, following]
        members = {each: self._counted(community, span, each) for each in levels}
        named = {
            each: self._execute(_LEVEL, (community, span.key, each)).fetchmany(NAMED + 1) for each in levels
        }
        return self._rank(community, member, points, members, named, above=above, shown=shown)

    def _span(self, community: str, key: str, zone: str) -> Span:
        """Work out what a key stands for. Raises ValueError for a date that there is not."""
        if key == "all":
            return Span(window=Window.EVER, key=key, since=0, until=FOREVER)
        kind, _, text = key.partition(":")
        name = ""
        if kind == "w":
            window, first = Window.WEEK, date.fromisoformat(text)
            last = first + timedelta(days=7)
            if first.weekday():
                raise ValueError(f"{first} is not a Monday")
        elif kind == "m":
            window, first = Window.MONTH, date.fromisoformat(f"{text}-01")
            last = (first + timedelta(days=31)).replace(day=1)
        else:
            window = Window.SEASON
            first, last, name = self._season(community, text)
        since = _midnight(first, zone)
        return Span(window=window, key=key, since=since, until=_midnight(last, zone), name=name)

    def _season(self, community: str, text: str) -> tuple[date, date, str]:
        """Give a season's first day, the first after it, and its name, from its first day or a year."""
        seasons = self._seasons(community)
        if len(text) == 4:  # noqa: PLR2004 - a year alone
            first, last = date(int(text), 1, 1), date(int(text) + 1, 1, 1)
        else:
            first, last = date.fromisoformat(text), _NEVER
        later = [date.fromisoformat(start) for start, _ in seasons if start > first.isoformat()]
        return first, min((last, *later)), dict(seasons).get(text, "")

    def _seasons(self, community: str) -> Sequence[tuple[str, str]]:
        return self._execute(_SEASONS, (community,)).fetchall()

    def _counted(self, community: str, span: Span, points: int) -> int:
        row = self._execute(_COUNTED, (community, span.key, points)).fetchone()
        return int(row[0]) if row else 0

    def _rank_by_topic(self, community: str, span: Span, member: str, topic: str, *, shown: bool) -> Rank:
        """Tell where a member stands by topic; who is not shown has points of their own there, and none are kept."""
        own = _SHOWN_BY_TOPIC if shown else _OWN_BY_TOPIC
        points = int(self._execute(own, (community, member, topic, span.since, span.until)).fetchone()[0])
        within = (community, topic, span.since, span.until)
        counted = dict(self._execute(_COUNTED_BY_TOPIC, within).fetchall())
        higher = sorted(reached for reached in counted if reached > max(points, 0))
        members = {each: counted.get(each, 0) for each in (points, *higher[:1])}
        named: dict[int, list[tuple[str, int]]] = {each: [] for each in members}
        for row in self._execute(_LEVELS_BY_TOPIC, (*within, points, max(members))):
            named[row[1]].append(row)
            if all(len(named[each]) > min(NAMED, members[each] - 1) for each in members):
                break  # the rest have no names to give
        above = sum(counted[each] for each in higher)
        return self._rank(community, member, points, members, named, above=above, shown=shown)

    def _rank(
        self,
        community: str,
        member: str,
        points: int,
        members: Mapping[int, int],
        named: Mapping[int, Sequence[tuple[Any, ...]]],
        *,
        above: int,
        shown: bool,
    ) -> Rank:
        """Put a rank together: `members` counts those shown on a level, `named` begins with the ids of some of them."""

        def level(reached: int, others: int) -> Level:
            ids = [row[0] for row in named[reached] if row[0] != member][:NAMED]
            names = (self._execute(_NAME, (community, each)).fetchone()[0] for each in ids)
            return Level(points=reached, members=others, names=sorted(names, key=str.casefold))

        beside = members[points] - 1 if shown else 0
        return Rank(
            points=points,
            shown=shown,
            above=above,
            beside=level(points, beside) if beside > 0 else Level(),
            following=level(max(members), members[max(members)]) if above else Level(),
        )


def _midnight(day: date, zone: str) -> int:
    return int(datetime.combine(day, time.min, ZoneInfo(zone)).timestamp())
