"""Programmes, their ledger and quiet mode in the database, and what follows when the clock says so."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.core import programmes
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.effects import Deliver, Notice, Wake
from bot.core.events import FailureKind, TimeCame
from bot.core.ports import PlannedPost, Ports, Quiet
from bot.core.rounds import State
from storage.driver import sqlite3
from storage.store import MEMORY, Store
from tests.houses import shelves
from tests.programme_world import NINE, PLAN, SLOT, arrive, fail, ledger, posts, ring, stocked
from tests.storage_samples import DAY, HERE, THERE


@pytest.fixture
def ports() -> Iterator[Ports]:
    """Open a store with the library, within a transaction."""
    with stocked() as opened:
        yield opened


def test_a_programme_comes_back_as_it_was_written(ports: Ports) -> None:
    """Every field is kept, and a change replaces them all."""
    odd = replace(
        PLAN, thread=True, pin=True, warned=True, drawn="x", ends="2027-01-01", seconds=60, about="y"
    )
    number = ports.programmes.add(HERE, odd)
    assert ports.programmes.get(HERE, number) == replace(odd, id=number)
    ports.programmes.save(HERE, replace(PLAN, id=number))
    assert ports.programmes.get(HERE, number) == replace(PLAN, id=number)
    assert ports.programmes.named(HERE, "DAILY QUOTE") == replace(PLAN, id=number)
    assert ports.programmes.named(THERE, "Daily quote") is None


def test_a_slot_has_one_row(ports: Ports) -> None:
    """What becomes of a slot later takes the place of what stood there, under the same id."""
    number = ports.programmes.add(HERE, PLAN)
    first = ports.programmes.post(
        HERE, PlannedPost(programme=number, slot=SLOT, state="failed", reason="why")
    )
    again = PlannedPost(programme=number, slot=SLOT, state="posted", item="x")
    assert ports.programmes.post(HERE, again) == first
    assert ports.programmes.at_slot(HERE, number, SLOT) == replace(again, id=first)
    assert ports.programmes.shown(HERE, number, 0) == {"x"}
    assert ports.programmes.shown(HERE, number, first) == frozenset()


def test_a_post_of_another_community_s_programme_is_refused(ports: Ports) -> None:
    """The database itself holds the two apart."""
    number = ports.programmes.add(HERE, PLAN)
    with pytest.raises(sqlite3.IntegrityError, match="none of this community"):
        ports.programmes.post(THERE, PlannedPost(programme=number, slot=SLOT, state="posted"))


def test_what_is_due_is_found_in_order_and_the_next_moment_is_known(ports: Ports) -> None:
    """The earliest come first, at most so many; a quiet mode that ends counts as a moment too."""
    later = replace(PLAN, name="Later", next_at=NINE + 60)
    numbers = [ports.programmes.add(HERE, each) for each in (later, PLAN, replace(PLAN, name="Third"))]
    due = ports.programmes.due(NINE + 60, 2)
    assert [each.id for each in due] == [numbers[1], numbers[2]]
    assert ports.programmes.next_due() == NINE
    ports.programmes.quieten(HERE, Quiet(community=HERE, since=NINE - 90, until=NINE - 30, by="mia"))
    assert ports.programmes.next_due() == NINE - 30


def test_a_post_and_its_ledger_row_come_together(ports: Ports) -> None:
    """When the time comes there is one post; it is on its way until it stands, and the programme has moved on."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    assert ledger(ports, number) == [(SLOT, "due", "")]
    assert posts(ring(ports, NINE + 60)) == []
    arrive(ports, post, NINE + 1)
    assert ledger(ports, number) == [(SLOT, "posted", "")]
    moved = ports.programmes.get(HERE, number)
    assert moved is not None
    assert (moved.next_slot, moved.next_at) == ("2026-11-26T09:00", NINE + DAY)


@pytest.mark.parametrize(
    ("catch_up", "hours", "states"),
    [
        ("latest", 1, ["skipped", "skipped", "due"]),
        ("latest", 7, ["skipped", "skipped", "skipped"]),
        ("none", 1, ["skipped", "skipped", "skipped"]),
        ("none", 0, ["skipped", "skipped", "due"]),
    ],
)
def test_after_downtime_at_most_the_latest_is_made(
    ports: Ports, catch_up: str, hours: int, states: list[str]
) -> None:
    """Within its grace the latest post is late; older ones are skipped with the reason; nothing bursts."""
    plan = replace(PLAN, catch_up=catch_up)
    number = ports.programmes.add(HERE, plan)
    effects = ring(ports, NINE + 2 * DAY + hours * 3_600)
    assert len(posts(effects)) == states.count("due")
    assert [state for _, state, _ in ledger(ports, number)] == states
    reasons = {reason for _, state, reason in ledger(ports, number) if state == "skipped"}
    assert reasons == {"the bot was not running, and its time had passed"}


def test_with_all_the_late_posts_come_one_by_one(ports: Ports) -> None:
    """Within the grace every missed post is made, in order, an hour apart, and then its own time comes again."""
    number = ports.programmes.add(HERE, replace(PLAN, catch_up="all", grace=3 * DAY))
    came_back = NINE + 2 * DAY + 60
    made = [(hour, len(posts(ring(ports, came_back + hour * 3_600)))) for hour in (0, 1, 2, 3)]
    assert made == [(0, 1), (1, 1), (2, 1), (3, 0)]
    assert [slot for slot, _, _ in ledger(ports, number)] == [f"2026-11-{day}T09:00" for day in (25, 26, 27)]


def test_a_long_absence_is_worked_off_in_slices(ports: Ports) -> None:
    """Two years without the bot leave one row for each date, none twice, and one post."""
    number = ports.programmes.add(HERE, PLAN)
    effects = ring(ports, NINE + 730 * DAY)
    assert len(posts(effects)) == 1
    rows = ports.programmes.past(HERE, number, 2_000)
    assert len(rows) == 731
    assert [each.state for each in rows].count("skipped") == 730


def test_a_passing_fault_ends_with_the_grace(ports: Ports) -> None:
    """A post that could not be made within its grace is given up, the moderators are told, and the programme goes on."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    fail(ports, post, NINE + 1, FailureKind.PASSING)
    assert ledger(ports, number) == [(SLOT, "due", "")]
    effects = ring(ports, NINE + 6 * 3_600)
    assert ledger(ports, number) == [(SLOT, "failed", "the platform could not be reached in time")]
    assert [type(each.call) for each in effects if isinstance(each, Deliver)] == [Notice]
    after = ports.programmes.get(HERE, number)
    assert after is not None
    assert (after.state, after.next_slot) == ("on", "2026-11-26T09:00")


def test_a_lasting_fault_stops_the_programme_and_keeps_what_was_drawn(ports: Ports) -> None:
    """The item that could not be posted is the next one again; one notice is sent."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    item = ports.programmes.past(HERE, number, 1)[0].item
    effects = fail(ports, post, NINE + 1, FailureKind.FORBIDDEN)
    assert [type(each.call) for each in effects if isinstance(each, Deliver)] == [Notice]
    stopped = ports.programmes.get(HERE, number)
    assert stopped is not None
    assert (stopped.state, stopped.next_at, stopped.drawn) == ("stopped", NINE + DAY, item)
    assert posts(ring(ports, NINE + DAY)) == []


def test_what_may_stand_there_counts_as_posted(ports: Ports) -> None:
    """Where nobody can say whether a post was made, it is never made again, and its part is not either."""
    number = ports.programmes.add(HERE, PLAN)
    (post,) = posts(ring(ports, NINE))
    assert fail(ports, post, NINE + 1, FailureKind.LOST) == []
    assert ledger(ports, number) == [(SLOT, "posted", "why")]


def test_a_quiz_that_arrives_late_asks_anew(ports: Ports) -> None:
    """A round is void after a minute without its post; when the post stands after all, it is asked there again."""
    number = ports.programmes.add(HERE, replace(PLAN, kind="quiz", seconds=3_600))
    (post,) = posts(ring(ports, NINE))
    ring(ports, NINE + 120)
    (before,) = ports.programmes.past(HERE, number, 1)
    void = ports.rounds.get(HERE, before.round or 0)
    assert void is not None
    assert void.state is State.VOID
    arrive(ports, post, NINE + 300)
    (after,) = ports.programmes.past(HERE, number, 1)
    asked = ports.rounds.get(HERE, after.round or 0)
    assert asked is not None
    assert (asked.state, asked.question, asked.closes_at) == (State.OPEN, void.question, NINE + 300 + 3_600)


def test_many_at_once_are_taken_in_slices(ports: Ports) -> None:
    """However many are due in one minute, each event takes a few, and each programme posts once."""
    for number in range(40):
        ports.programmes.add(HERE, replace(PLAN, name=f"Quote {number}"))
    core = Core(ports, catalogue())
    first = core.handle(TimeCame(at=NINE))
    assert len(posts(first)) == programmes.SLICE
    assert Wake(NINE) in first
    assert len(posts(ring(ports, NINE))) == 40 - programmes.SLICE
    assert ports.programmes.next_due() == NINE + DAY


def test_a_draw_can_be_recomputed_and_nothing_comes_twice(ports: Ports) -> None:
    """Two communities with the same past draw by their own names alone; a turn shows every quotation once."""
    again = Store(MEMORY)
    again.stock(shelves())
    with again.transaction():
        other = again.ports(random.Random(99), ports.rules)
        drawn = []
        for each in (ports, other):
            number = each.programmes.add(HERE, PLAN)
            for day in range(8):
                ring(each, NINE + day * DAY)
            drawn.append([post.item for post in each.programmes.past(HERE, number, 9)])
        assert drawn[0] == drawn[1]
        assert len(set(drawn[0])) == 8
    again.close()
