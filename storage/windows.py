"""Days and score windows, as the calendar of a community's zone has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

REST_DAYS = 2
"""Days without an answer that a streak outlives in each calendar month."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One local day: its date, and its first and last moments (UTC seconds, the last excluded).

    `windows` names the week and the month it is in, gives its date as text, and names the season it is in where no
    other has begun: `("w:2026-11-23", "m:2026-11", "2026-11-24", "s:2026")`.
    """

    date: date
    begins: int
    ends: int
    windows: tuple[str, str, str, str]


class Calendar:
    """Finds the local day of a moment; the last day asked for in each zone is kept, since it is asked for again."""

    def __init__(self) -> None:
        self._days: dict[str, Day] = {}

    def day(self, at: int, zone: str) -> Day:
        """Give the local day in an IANA zone that holds a moment (UTC seconds)."""
        day = self._days.get(zone)
        if day is None or not day.begins <= at < day.ends:
            day = self._days[zone] = _day(at, ZoneInfo(zone))
        return day


@dataclass(frozen=True, slots=True)
class Run:
    """Days with an answer this month; the days of the streak; the rest days that it has left this month."""

    days: int
    streak: int
    rest_days: int


def run(played: Iterable[date], today: date) -> Run:
    """Measure a member's days, from the dates with an answer, newest first and none after today.

    The streak is the number of such dates from today backwards until a gap that rest days do not bridge. Every date
    between two of them, and between the newest and today, takes one of the rest days of its own calendar month; today
    itself takes none. The dates are read only as far as they are needed.
    """
    days = streak = 0
    rested: dict[tuple[int, int], int] = {}
    unbroken, later = True, today
    for each in played:
        this_month = (each.year, each.month) == (today.year, today.month)
        unbroken = unbroken and _bridge(each, later, rested)
        if not unbroken and not this_month:
            break
        days += this_month
        streak += unbroken
        later = each
    return Run(days, streak, REST_DAYS - rested.get((today.year, today.month), 0))


def _bridge(earlier: date, later: date, rested: dict[tuple[int, int], int]) -> bool:
    """Take a rest day for each date between two; False, and none taken, where a month has not enough of them."""
    gap = (later - earlier).days - 1
    if gap > 2 * REST_DAYS:
        return False
    taken = dict(rested)
    for number in range(1, gap + 1):
        between = earlier + timedelta(days=number)
        month = (between.year, between.month)
        taken[month] = taken.get(month, 0) + 1
        if taken[month] > REST_DAYS:
            return False
    rested.update(taken)
    return True


def _day(at: int, zone: ZoneInfo) -> Day:
    day = datetime.fromtimestamp(at, UTC).astimezone(zone).date()
    return Day(
        date=day,
        begins=_midnight(day, zone),
        ends=_midnight(day + timedelta(days=1), zone),
        windows=(f"w:{day - timedelta(days=day.weekday())}", f"m:{day:%Y-%m}", f"{day}", f"s:{day.year}"),
    )


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time.min, zone).timestamp())
