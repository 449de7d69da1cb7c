"""Points: events that are only ever appended, and their sums by window."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.ports import Points, Record
from storage.driver import sqlite3
from storage.memory import Memory
from storage.windows import Calendar, run

_QUARTER = 15 * 60
"""Seconds in which no local date changes but at their beginning, in any zone there is."""

# The season is the last to have begun; before the first that is named, the calendar year.
_SEASON = "SELECT coalesce('s:' || max(start), ?) FROM seasons WHERE community = ? AND start <= ?"
_APPEND = """
INSERT INTO score_events (community, source, member, points, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_WINDOWS = 4
_ADD_UP = """
UPDATE score_sums SET points = points + ?6
WHERE community = ?1 AND member = ?2 AND window IN (?3, ?4, ?5, 'all')
"""
# Those of a new week, month or season: the sums that are there have been added up already.
_BEGIN = """
INSERT INTO score_sums (community, member, window, points, shown)
SELECT ?1, ?2, w.column1, ?6, coalesce((SELECT shown FROM members WHERE community = ?1 AND member = ?2), 0)
FROM (VALUES (?3), (?4), (?5), ('all')) AS w WHERE TRUE
ON CONFLICT DO NOTHING
"""
_POINTS = """
SELECT substr(window, 1, 1), points FROM score_sums
WHERE community = ? AND member = ? AND window IN (?, ?, ?, 'all')
"""
_GIVEN = """
SELECT sum(points) FROM score_events WHERE community = ?1 AND member = ?2 AND source IN (
  SELECT 'round:' || ?3 UNION ALL SELECT 'rescore:' || entry FROM challenges WHERE round = ?3 AND community = ?1)
"""
_TOPICS = """
SELECT t.topic, sum(a.is_right), count(*) AS answers
FROM answers AS a CROSS JOIN rounds AS r ON r.id = a.round
JOIN item_topics AS t ON t.item = r.item AND t.community IN ('', ?1)
WHERE a.member = ?2 AND r.community = ?1 AND r.state = 'closed'
GROUP BY t.topic ORDER BY answers DESC, t.topic
"""
_ANSWERED_BEFORE = """
SELECT a.at FROM answers AS a CROSS JOIN rounds AS r ON r.id = a.round
WHERE a.member = ?2 AND a.at < ?3 AND r.community = ?1 AND r.state <> 'void' ORDER BY a.at DESC
"""


class Scores:
    """The score port in SQLite."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._execute = connection.execute
        self._memory = memory
        self._calendar = Calendar()

    def add(self, community: str, member: str, points: int, *, source: str, at: int, zone: str) -> None:
        """Append a score event: `source` is `round:ID`, `adjustment:ID` or `rescore:ID`.

        A source scores a member once: a repeat changes nothing.
        """
        if self._execute(_APPEND, (community, source, member, points, at)).rowcount == 1:
            row = (community, member, *self._windows(community, at, zone), points)
            if self._execute(_ADD_UP, row).rowcount < _WINDOWS:
                self._execute(_BEGIN, row)

    def points(self, community: str, member: str, at: int, zone: str) -> Points:
        """Sum a member's points in the windows that hold this moment."""
        windows = self._windows(community, at, zone)
        sums = dict(self._execute(_POINTS, (community, member, *windows)).fetchall())
        return Points(
            week=sums.get("w", 0), month=sums.get("m", 0), season=sums.get("s", 0), ever=sums.get("a", 0)
        )

    def given(self, community: str, member: str, round_: int) -> int | None:
        """Sum what a round has given a member, challenges included; None where it has given nothing yet."""
        (points,) = self._execute(_GIVEN, (community, member, round_)).fetchone()
        return None if points is None else int(points)

    def record(self, community: str, member: str, at: int, zone: str) -> Record:
        """Gather what /score shows.

        By topic, most answered first, only closed rounds count, so that an open one gives nothing away. A day is one
        with an answer to a round that is not void; for streak and rest days see `windows.run`.
        """
        today = self._calendar.day(at, zone)
        days = run(self._played(community, member, today.ends, zone), today.date)
        return Record(
            points=self.points(community, member, at, zone),
            topics=self._topics(community, member),
            days=days.days,
            streak=days.streak,
            rest_days=days.rest_days,
        )

    def _windows(self, community: str, at: int, zone: str) -> tuple[str, str, str]:
        """Name the week, the month and the season that hold this moment, as their sums are named."""
        week, month, today, year = self._calendar.day(at, zone).windows
        season = self._memory.seasons.get((community, today))
        if season is None:
            season = str(self._execute(_SEASON, (year, community, today)).fetchone()[0])
            if self._memory.sure:
                self._memory.seasons[community, today] = season
        return week, month, season

    def _topics(self, community: str, member: str) -> Sequence[tuple[str, int, int]]:
        return self._execute(_TOPICS, (community, member)).fetchall()

    def _played(self, community: str, member: str, before: int, zone: str) -> Iterator[date]:
        """Find the dates with an answer, newest first, and no further back than they are asked for."""
        local, last = ZoneInfo(zone), None
        quarters = (at // _QUARTER for (at,) in self._execute(_ANSWERED_BEFORE, (community, member, before)))
        for quarter, _ in itertools.groupby(quarters):
            day = datetime.fromtimestamp(quarter * _QUARTER, local).date()
            if day != last:
                yield day
            last = day
