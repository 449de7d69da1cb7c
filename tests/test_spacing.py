"""When questions come back: the spacings, and the local days that they are counted in."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Never
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import spacing
from bot.core import reviewing
from bot.core.ports import NextDay, Rules, Spaced, Spacing
from bot.spacing import LONGEST, Fsrs
from storage.store import MEMORY, Store

TUESDAY = date(2026, 11, 24)
SPACINGS = (Fsrs(), NextDay())

answers = st.lists(st.tuples(st.booleans(), st.integers(-400, 4000)), min_size=1, max_size=12)
"""Answers, right or not, each with the days from the one before: also backwards, as a clock that is set right goes."""


def _follow(by: Spacing, answered: list[tuple[bool, int]]) -> list[tuple[date, Spaced]]:
    """Give the date of each answer with what followed from it."""
    on, state, followed = TUESDAY, "", []
    for right, days in answered:
        on += timedelta(days=days)
        spaced = by.after(state, right=right, on=on)
        state = spaced.state
        followed.append((on, spaced))
    return followed


@pytest.mark.parametrize("by", SPACINGS, ids=lambda by: type(by).__name__)
@given(answered=answers)
@settings(deadline=None)
def test_a_question_comes_back_after_a_day_at_least(by: Spacing, answered: list[tuple[bool, int]]) -> None:
    """Whatever was answered, and when, the next date lies one to 364 whole days ahead."""
    for on, spaced in _follow(by, answered):
        assert timedelta(days=1) <= spaced.due - on <= timedelta(days=LONGEST)


@pytest.mark.parametrize("by", SPACINGS, ids=lambda by: type(by).__name__)
@given(answered=answers)
@settings(max_examples=30, deadline=None)
def test_a_spacing_depends_on_its_arguments_alone(by: Spacing, answered: list[tuple[bool, int]]) -> None:
    """The same answers give the same states and dates, also when nothing is remembered of the first time."""
    first = _follow(by, answered)
    spacing._after.cache_clear()
    assert _follow(by, answered) == first


@given(answered=answers)
@settings(max_examples=30, deadline=None)
def test_a_state_is_json(answered: list[tuple[bool, int]]) -> None:
    """What is kept of a memory is two figures and the date of the last answer."""
    for on, spaced in _follow(Fsrs(), answered):
        memory = json.loads(spaced.state)
        assert sorted(memory) == ["difficulty", "last", "stability"]
        assert memory["last"] == on.isoformat()


@given(answered=answers)
@settings(max_examples=50, deadline=None)
def test_right_leads_no_less_far_than_not_right(answered: list[tuple[bool, int]]) -> None:
    """From the same state, a right answer brings a question back no sooner than another answer."""
    on, before = _follow(Fsrs(), answered)[-1]
    later = max(on, before.due)
    right, other = (Fsrs().after(before.state, right=each, on=later) for each in (True, False))
    assert right.due >= other.due


@pytest.mark.parametrize("by", SPACINGS, ids=lambda by: type(by).__name__)
def test_a_new_question_comes_back_the_next_day(by: Spacing) -> None:
    """What was answered another way for the first time is due on the next local day."""
    assert by.after("", right=False, on=TUESDAY).due == date(2026, 11, 25)


def test_right_answers_lead_further_and_further() -> None:
    """Answered right whenever it is due, a question comes back after 2, 6, 17 and 44 days; after a lapse, soon."""
    state, on, days = Fsrs().after("", right=False, on=TUESDAY).state, date(2026, 11, 25), []
    for right in (True, True, True, True, False):
        spaced = Fsrs().after(state, right=right, on=on)
        days.append((spaced.due - on).days)
        state, on = spaced.state, spaced.due
    assert days == [2, 6, 17, 44, 3]


def test_the_library_is_left_neither_clock_nor_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """FSRS is asked without its reading the time, sleeping, or throwing dice."""

    class NoClock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Never:
            raise AssertionError(f"the wall clock was read in {tz}")

    def refuse(*_: object) -> Never:
        raise AssertionError

    spacing._after.cache_clear()
    monkeypatch.setattr("fsrs.card.datetime", NoClock)
    monkeypatch.setattr("fsrs.card.time.sleep", refuse)
    monkeypatch.setattr("fsrs.scheduler.random", refuse)
    followed = _follow(Fsrs(), [(False, 0), (True, 1), (True, 2), (True, 6), (True, 17), (False, 1)])
    assert followed[-1][1].due > followed[-1][0]


CHANGES = (
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Santiago", date(2026, 9, 6)),  # the day begins at 01:00
    ("Pacific/Kiritimati", date(2026, 1, 1)),
)


def _midnight(day: date, zone: str) -> int:
    """Give the first second of a local day."""
    at = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - 86_400
    while datetime.fromtimestamp(at, ZoneInfo(zone)).date() < day:
        at += 900
    return at


@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=str)
@pytest.mark.parametrize("days_before", [0, 1, 2])
def test_days_are_those_of_the_wall_clock(zone: str, change: date, days_before: int) -> None:
    """Around a clock change, every second of a local day leads to the same state and date, and that date begins at
    its own midnight.
    """  # noqa: D205 - one rule
    store = Store(MEMORY, zone=zone)
    ports = store.ports(random.Random(1), Rules(), Fsrs())
    day = change - timedelta(days=days_before)
    first, end = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    entered = []
    for number, at in enumerate((first, first + 3 * 3600, (first + end) // 2, end - 1)):
        due = reviewing.enter(ports, "console:here", f"member {number}", "who", "ada-1", at)
        review = ports.reviews.get("console:here", f"member {number}", "who", "ada-1")
        assert review is not None
        entered.append((due, review.due, review.state))
    store.close()
    tomorrow = day + timedelta(days=1)
    assert {each[:2] for each in entered} == {(tomorrow, tomorrow)}
    assert len(set(entered)) == 1
    assert (end - first) / 3600 in {23.0, 23.5, 24.0, 24.5, 25.0}
