"""Slots of programmes: one for each local date, through every change of the clock."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import slots
from bot.core.slots import EVERY_DAY, Rule

ZONES = (
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Scoresbysund", "Africa/Cairo", "Asia/Kathmandu",
    "Pacific/Chatham", "America/St_Johns", "Asia/Beirut", "America/Havana", "Africa/Casablanca", "UTC", "America/Santiago",
)  # fmt: skip
"""Zones with clock changes at every hour of the night, of half an hour, across midnight, and none."""
DAY = 86_400


def at(text: str) -> int:
    """Read a moment in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("slot", "zone", "expected"),
    [
        ("2026-11-25T09:00", "Europe/London", "2026-11-25T09:00"),
        ("2026-07-01T09:00", "Europe/London", "2026-07-01T08:00"),
        ("2026-03-29T01:30", "Europe/London", "2026-03-29T01:30"),
        ("2026-10-25T01:30", "Europe/London", "2026-10-25T00:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
    ],
)
def test_a_slot_is_one_moment(slot: str, zone: str, expected: str) -> None:
    """In a spring gap the time moves past it, by its length; what an autumn change repeats is the first."""
    assert slots.moment(slot, zone) == at(expected)


def test_a_time_in_a_gap_shows_past_the_gap() -> None:
    """01:30 on the morning that London's clocks go forward is 02:30 there."""
    moment = slots.moment("2026-03-29T01:30", "Europe/London")
    shown = datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo("Europe/London"))
    assert shown.isoformat() == "2026-03-29T02:30:00+01:00"


def test_a_date_that_a_zone_left_out_has_no_slot() -> None:
    """Samoa had no 30 December 2011, so a daily programme has no slot on it, and none twice."""
    rule = Rule(days=EVERY_DAY, time="09:00", zone="Pacific/Apia")
    found = slots.upcoming(rule, "2011-12-29T09:00", 3)
    assert found == ["2011-12-29T09:00", "2011-12-31T09:00", "2012-01-01T09:00"]


def test_only_the_days_of_the_rule_have_slots() -> None:
    """Mon to Fri leaves the weekend out, and the last date is the last."""
    rule = Rule(days=0b0011111, time="09:00", zone="Europe/London", ends="2026-11-30")
    assert slots.upcoming(rule, "2026-11-26T09:00", 9) == [
        "2026-11-26T09:00", "2026-11-27T09:00", "2026-11-30T09:00",
    ]  # fmt: skip
    assert slots.after(rule, "2026-11-30T09:00") is None
    assert slots.first(rule, at("2026-11-30T09:00")) is None


def test_the_first_slot_is_one_still_to_come() -> None:
    """At nine sharp today's slot is no longer to come; a second before it is."""
    rule = Rule(days=EVERY_DAY, time="09:00", zone="Europe/London")
    assert slots.first(rule, at("2026-11-25T08:59:59")) == "2026-11-25T09:00"
    assert slots.first(rule, at("2026-11-25T09:00")) == "2026-11-26T09:00"


def test_a_time_moved_over_midnight_is_still_to_come_on_the_next_date() -> None:
    """Where a gap reaches midnight, yesterday's slot can lie in today's first hour."""
    rule = Rule(days=EVERY_DAY, time="23:30", zone="America/Scoresbysund")
    gap = slots.moment("2026-03-28T23:30", rule.zone)
    assert slots.local_date(gap, rule.zone) == date(2026, 3, 29)
    assert slots.first(rule, gap - 1) == "2026-03-28T23:30"
    assert slots.first(rule, gap) == "2026-03-29T23:30"


@pytest.mark.parametrize("seed", range(16))
def test_one_slot_for_each_date_through_restarts(seed: int) -> None:
    """For two years, whenever the bot looks: no date is missing, none comes twice, the order is kept, as foretold."""
    chance = random.Random(seed)
    rule = Rule(
        days=chance.randint(1, EVERY_DAY),
        time=f"{chance.choice((0, 1, 2, 3, 9, 23)):02}:{chance.choice((0, 15, 30, 59)):02}",
        zone=chance.choice(ZONES),
    )
    began = at("2025-01-01T00:00") + chance.randrange(DAY)
    end = began + 730 * DAY
    slot = slots.first(rule, began)
    assert slot is not None
    foretold = slots.upcoming(rule, slot, 900)
    now, seen = began, []
    while now < end and slot is not None:
        now += chance.choice((60, 3_600, DAY // 2, DAY, 5 * DAY))
        came = slots.come(rule, slot, now, 1_000)
        seen += came
        if came:
            slot = slots.after(rule, came[-1])
    assert seen == foretold[: len(seen)]
    moments = [slots.moment(each, rule.zone) for each in seen]
    assert moments == sorted(set(moments))
    days = [slots.date_of(each) for each in seen]
    span = (days[-1] - days[0]).days + 1
    every = [days[0] + timedelta(days=number) for number in range(span)]
    assert days == [each for each in every if rule.days >> each.weekday() & 1]
