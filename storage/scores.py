"""Points: events that are only ever appended, and their sums by window."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.ports import Points, Record
from storage.driver import sqlite3
from storage.windows import Calendar, run

_QUARTER = 15 * 60
"""Seconds in which no local date changes but at their beginning, in any zone there is."""

# The season is the last to have begun; before the first that is named, the calendar year.
_SEASON = """
coalesce((SELECT 's:' || max(start) FROM seasons WHERE community = ?1 AND start <= ?5), ?6)
"""
_SHOWN = "coalesce((SELECT shown FROM members WHERE community = ?1 AND member = ?2), 0)"
_APPEND = """
INSERT INTO score_events (community, source, member, points, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_SUM_UP = f"""
INSERT INTO score_sums (community, member, window, points, shown) VALUES
  (?1, ?2, ?3, ?7, {_SHOWN}), (?1, ?2, ?4, ?7, {_SHOWN}), (?1, ?2, {_SEASON}, ?7, {_SHOWN}), (?1, ?2, 'all', ?7, {_SHOWN})
ON CONFLICT DO UPDATE SET points = points + excluded.points
"""
_POINTS = f"""
SELECT substr(window, 1, 1), points FROM score_sums
WHERE community = ?1 AND member = ?2 AND window IN (?3, ?4, {_SEASON}, 'all')
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

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._calendar = Calendar()

    def add(self, community: str, member: str, points: int, *, source: str, at: int, zone: str) -> None:
        """Append a score event: `source` is `round:ID`, `adjustment:ID` or `rescore:ID`.

        A source scores a member once: a repeat changes nothing.
        """
        if self._execute(_APPEND, (community, source, member, points, at)).rowcount == 1:
            windows = self._calendar.day(at, zone).windows
            self._execute(_SUM_UP, (community, member, *windows, points))

    def points(self, community: str, member: str, at: int, zone: str) -> Points:
        """Sum a member's points in the windows that hold this moment."""
        windows = self._calendar.day(at, zone).windows
        sums = dict(self._execute(_POINTS, (community, member, *windows)).fetchall())
        return Points(
            week=sums.get("w", 0), month=sums.get("m", 0), season=sums.get("s", 0), ever=sums.get("a", 0)
        )

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
