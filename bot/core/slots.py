"""Slots: the local dates and times at which a programme posts.

A slot is local text, `2026-11-25T09:00`, read in an IANA zone; there is one for each date of a rule. A time that a
spring change leaves out comes once, moved past the gap by its length; a time that an autumn change repeats comes
once, the first time. A date that a zone has left out altogether has no slot.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = 0b1111111
"""All seven days; the lowest bit is Monday."""
_DAY = timedelta(days=1)
_FURTHEST = 3 * 366
"""Days that are looked through for a slot: more than any list of skipped dates is long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """When a programme posts: a bit for each day (the lowest is Monday), a local time, a zone, and a last date or none."""

    days: int
    time: str
    zone: str
    ends: str = ""

    def falls_on(self, day: date) -> bool:
        """Whether a local date has a slot."""
        wanted = bool(self.days >> day.weekday() & 1) and (not self.ends or day.isoformat() <= self.ends)
        return wanted and _exists(day, self.zone)

    def slot(self, day: date) -> str:
        """Name the slot of a local date."""
        return f"{day.isoformat()}T{self.time}"


def moment(slot: str, zone: str) -> int:
    """Give the moment of a slot in UTC seconds."""
    # Without a fold, a time within a gap is read with the offset before it, and a repeated one is the first.
    return int(datetime.fromisoformat(slot).replace(tzinfo=ZoneInfo(zone)).timestamp())


def date_of(slot: str) -> date:
    """Give the local date of a slot."""
    return datetime.fromisoformat(slot).date()


def local_date(at: int, zone: str) -> date:
    """Give the local date of a moment."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).date()


def from_date(rule: Rule, day: date) -> Iterator[str]:
    """Go through the slots of a rule from a local date on, that date included."""
    last = date.fromisoformat(rule.ends) if rule.ends else date.max
    for _ in range(_FURTHEST):
        if day > last or day >= date.max - _DAY:
            return
        if rule.falls_on(day):
            yield rule.slot(day)
        day += _DAY


def after(rule: Rule, slot: str) -> str | None:
    """Give the slot that follows another; None where the rule has ended."""
    return next(from_date(rule, date_of(slot) + _DAY), None)


def first(rule: Rule, at: int) -> str | None:
    """Give the first slot that is still to come; None where the rule has ended."""
    # A time moved past a gap may fall on the next date, so the day before is looked at too.
    days = from_date(rule, local_date(at, rule.zone) - _DAY)
    return next((slot for slot in days if moment(slot, rule.zone) > at), None)


def come(rule: Rule, slot: str, at: int, most: int) -> list[str]:
    """List the slots from one on whose moment has come, the earliest first, at most so many."""
    found: list[str] = []
    for each in from_date(rule, date_of(slot)):
        if len(found) == most or moment(each, rule.zone) > at:
            break
        found.append(each)
    return found


def upcoming(rule: Rule, slot: str, most: int, without: Collection[str] = ()) -> list[str]:
    """List the slots from one on, less some, at most so many."""
    found: list[str] = []
    for each in from_date(rule, date_of(slot)):
        if len(found) == most:
            break
        if each not in without:
            found.append(each)
    return found


def count_until(rule: Rule, slot: str, until: int) -> int:
    """Count the slots from one on whose moment lies before another moment; whole weeks are not gone through."""
    first, last = date_of(slot), local_date(until, rule.zone)
    if rule.ends:
        last = min(last, date.fromisoformat(rule.ends))
    weeks, rest = divmod(max((last - first).days, 0), 7)
    number = weeks * rule.days.bit_count()
    day = first + timedelta(days=7 * weeks)
    for _ in range(rest + 1):
        if day <= last and rule.falls_on(day) and moment(rule.slot(day), rule.zone) < until:
            number += 1
        day += _DAY
    return number


def _exists(day: date, zone: str) -> bool:
    """Whether a zone has this date: crossing the date line has left out whole ones."""
    return any(
        local_date(moment(f"{day.isoformat()}T{hour:%H:%M}", zone), zone) == day
        for hour in (time(12), time(0), time(23, 59))
    )
