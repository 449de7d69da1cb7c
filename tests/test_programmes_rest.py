"""Programmes that rest, wait, or are many at one minute: every slot has its end with the reason, and every post its moment."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.core import programmes, timetable
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.events import FailureKind, TimeCame
from bot.core.ports import Ports, Quiet
from tests.programme_world import NINE, PLAN, SLOT, arrive, fail, ledger, posts, ring, stocked
from tests.storage_samples import DAY, HERE


@pytest.fixture
def ports() -> Iterator[Ports]:
    """Open a store with the library, within a transaction."""
    with stocked() as opened:
        yield opened


def _day(number: int) -> str:
    return f"2026-11-{number}T09:00"


def test_the_slots_of_a_programme_that_waits_are_written_down(ports: Ports) -> None:
    """While a lasting fault stops it, each date is skipped with the reason; resumed, it goes on with the next."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    fail(ports, post, NINE + 1, FailureKind.FORBIDDEN)
    for day in (1, 2):
        assert posts(ring(ports, NINE + day * DAY)) == []
    stopped = ports.programmes.get(HERE, number)
    assert stopped is not None
    assert timetable.to_come(ports, stopped, 5) == []
    programmes.resume(ports, stopped, NINE + 2 * DAY + 60)
    (again,) = posts(ring(ports, NINE + 3 * DAY))
    arrive(ports, again, NINE + 3 * DAY)
    assert ledger(ports, number) == [
        (SLOT, "failed", "why"), (_day(26), "skipped", programmes.WAITED), (_day(27), "skipped", programmes.WAITED),
        (_day(28), "posted", ""),
    ]  # fmt: skip


def test_the_slots_of_a_pause_are_written_down_and_it_ends_by_itself(ports: Ports) -> None:
    """Paused until a date, each slot before it is skipped with the reason, and that date's own is posted."""
    number = ports.programmes.add(HERE, PLAN)
    resting = programmes.pause(ports, replace(PLAN, id=number), "2026-11-27", NINE - 60)
    assert timetable.to_come(ports, resting, 2) == [_day(27), _day(28)]
    made = [post for day in range(3) for post in posts(ring(ports, NINE + day * DAY))]
    assert len(made) == 1
    assert ledger(ports, number) == [
        (SLOT, "skipped", programmes.RESTED), (_day(26), "skipped", programmes.RESTED), (_day(27), "due", ""),
    ]  # fmt: skip


def test_a_pause_that_ended_while_nothing_ran_is_told_from_the_downtime(ports: Ports) -> None:
    """What lay in the pause is paused, what lay behind it was missed, and the latest is made."""
    number = ports.programmes.add(HERE, PLAN)
    programmes.pause(ports, replace(PLAN, id=number), "2026-11-26", NINE - 60)
    assert len(posts(ring(ports, NINE + 2 * DAY + 60))) == 1
    assert ledger(ports, number) == [
        (SLOT, "skipped", programmes.RESTED), (_day(26), "skipped", programmes.AWAY), (_day(27), "due", ""),
    ]  # fmt: skip


def test_a_year_s_pause_is_written_down_slice_by_slice(ports: Ports) -> None:
    """However long nothing ran, one event writes a slice of it, and in the end every slot stands there."""
    number = ports.programmes.add(HERE, PLAN)
    programmes.pause(ports, replace(PLAN, id=number), "", NINE - 60)
    core = Core(ports, catalogue())
    core.handle(TimeCame(at=NINE + 200 * DAY))
    assert len(ledger(ports, number)) == programmes.RECORDED - 1
    assert posts(ring(ports, NINE + 200 * DAY)) == []
    rows = ports.programmes.past(HERE, number, 999)
    assert len(rows) == 201
    assert {each.reason for each in rows} == {programmes.RESTED}


def test_very_many_at_one_minute_are_spread_behind_it(ports: Ports) -> None:
    """The first go at the minute itself, the others some a second, the same after a restart; others are not pushed."""
    numbers = []
    for count in range(100):
        plan = replace(PLAN, name=f"Programme {count}", next_at=None)
        numbers.append(ports.programmes.add(HERE, plan))
        timetable.move_on(ports, replace(plan, id=numbers[-1]), SLOT)
    found = [ports.programmes.get(HERE, number) for number in numbers]
    moments = Counter(each.next_at - NINE for each in found if each and each.next_at)
    assert moments == {0: 40, 1: 40, 2: 20}
    later = replace(PLAN, name="Later", time="09:01", next_at=None)
    moved = timetable.move_on(ports, replace(later, id=ports.programmes.add(HERE, later)), "2026-11-25T09:01")
    assert moved.next_at == NINE + 60
    early = ring(ports, NINE)
    assert len(posts(early)) == 40
    assert len(posts(ring(ports, NINE + 2))) == 60


def test_a_minute_that_is_full_runs_over_into_the_next(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit into a minute goes behind what that minute has of its own."""
    monkeypatch.setattr(timetable, "A_SECOND", 1)
    for count in range(62):
        plan = replace(PLAN, name=f"Programme {count}", next_at=None)
        moved = timetable.move_on(ports, replace(plan, id=ports.programmes.add(HERE, plan)), SLOT)
    assert moved.next_at == NINE + 61


def test_one_that_is_planned_anew_is_not_in_its_own_way(ports: Ports) -> None:
    """Moved to the time at which it stands already, a programme keeps its moment."""
    for count in range(41):
        plan = replace(PLAN, name=f"Programme {count}", next_at=None)
        moved = timetable.move_on(ports, replace(plan, id=ports.programmes.add(HERE, plan)), SLOT)
    assert timetable.move_on(ports, moved, SLOT).next_at == moved.next_at == NINE + 1


@pytest.mark.parametrize("held_by", ["quiet mode", "a blackout date"])
def test_a_post_that_is_tried_again_is_held_too(ports: Ports, held_by: str) -> None:
    """Quiet mode that begins between two attempts takes the post back: what was drawn for it comes on the next date."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    item = ports.programmes.past(HERE, number, 1)[0].item
    fail(ports, post, NINE + 1, FailureKind.PASSING)
    if held_by == "quiet mode":
        ports.programmes.quieten(HERE, Quiet(community=HERE, since=NINE + 2, until=NINE + 600, by="mia"))
    else:
        ports.programmes.black_out(HERE, SLOT[:10], held=True)
    assert posts(ring(ports, NINE + 10)) == []
    assert ledger(ports, number) == [(SLOT, "held", held_by)]
    assert posts(ring(ports, NINE + 3_600)) == []
    assert len(posts(ring(ports, NINE + DAY))) == 1
    assert ports.programmes.past(HERE, number, 1)[0].item == item


def test_a_post_in_the_air_is_not_taken_back(ports: Ports) -> None:
    """What may be there already when quiet mode begins counts as posted when it arrives."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    ports.programmes.quieten(HERE, Quiet(community=HERE, since=NINE, until=None, by="mia"))
    ring(ports, NINE + 60)
    arrive(ports, post, NINE + 61)
    assert ledger(ports, number) == [(SLOT, "posted", "")]
