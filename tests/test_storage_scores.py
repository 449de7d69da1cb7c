"""Points, their sums by window, boards that count who is shown, days and streaks."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.ports import Points
from bot.core.rounds import Given, State
from storage.driver import sqlite3
from storage.store import Store
from storage.windows import Calendar, Run, run
from tests.storage_samples import DAY, HERE, NOW, THERE, ZONE, ask, opened, ports_of, shelf

RIGHT = Given(0, right=True)
OTHER = Given(2, right=False)
TODAY = date(2026, 11, 24)


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory."""
    yield from opened(request.param, tmp_path)


@pytest.fixture
def within(store: Store) -> Iterator[Store]:
    """Hold a transaction for the whole test."""
    with store.transaction():
        yield store


def _add(
    store: Store,
    member: str,
    points: int,
    source: str,
    *,
    at: int = NOW,
    zone: str = ZONE,
    community: str = HERE,
) -> None:
    ports_of(store).scores.add(community, member, points, source=source, at=at, zone=zone)


def _points(store: Store, member: str, *, at: int = NOW, zone: str = ZONE) -> Points:
    return ports_of(store).scores.points(HERE, member, at, zone)


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_points_are_summed_by_window(within: Store) -> None:
    """Points count in the week from Monday, the month, the calendar year and for ever."""
    moments = {
        "2026-11-24T20:00": 1, "2026-11-23T00:00": 2, "2026-11-22T23:59": 4, "2026-10-31T23:59": 8,
        "2025-12-31T23:59": 16,
    }  # fmt: skip
    assert _points(within, "ana") == Points()
    for number, (moment, points) in enumerate(moments.items()):
        _add(within, "ana", points, f"round:{number}", at=_at(moment))
    _add(within, "ben", 100, "round:0")
    assert _points(within, "ana") == Points(week=3, month=7, season=15, ever=31)
    assert _points(within, "ana", at=_at("2026-11-30T00:00")) == Points(month=7, season=15, ever=31)
    assert _points(within, "ana", at=_at("2027-01-01T00:00")) == Points(ever=31)


def test_windows_are_those_of_the_zone(within: Store) -> None:
    """The same moment is Sunday in New York and Monday in Kathmandu."""
    sunday_evening = _at("2026-11-22T20:00")
    _add(within, "ana", 1, "round:1", at=sunday_evening, zone="America/New_York")
    _add(within, "ben", 1, "round:1", at=sunday_evening, zone="Asia/Kathmandu")
    assert _points(within, "ana", zone="America/New_York").week == 0
    assert _points(within, "ben", zone="Asia/Kathmandu").week == 1


def test_a_season_that_has_begun_takes_the_place_of_the_year(within: Store) -> None:
    """The season is the last to have begun on the day; before the first one it is the calendar year."""
    for start, name in (("2026-09-01", "Autumn"), ("2026-12-01", "Winter")):
        within._db.execute("INSERT INTO seasons VALUES (?, ?, ?)", (HERE, start, name))
    for number, moment in enumerate(
        ("2026-08-31T12:00", "2026-09-01T12:00", "2026-11-30T12:00", "2026-12-01T12:00")
    ):
        _add(within, "ana", 10**number, f"round:{number}", at=_at(moment))
    assert _points(within, "ana", at=_at("2026-08-31T12:00")).season == 1
    assert _points(within, "ana", at=_at("2026-11-24T12:00")).season == 110
    assert _points(within, "ana", at=_at("2026-12-24T12:00")).season == 1000


def test_a_source_scores_a_member_once(within: Store) -> None:
    """The same source never counts twice for a member; for another member or community it does."""
    _add(within, "ana", 1, "round:1")
    _add(within, "ana", 5, "round:1", at=NOW + DAY)
    _add(within, "ben", 1, "round:1")
    _add(within, "ana", 1, "round:1", community=THERE)
    _add(within, "ana", 1, "adjustment:1")
    assert _points(within, "ana").ever == 2
    assert _points(within, "ben").ever == 1


def test_points_may_be_taken_away(within: Store) -> None:
    """An adjustment may be negative."""
    _add(within, "ana", 1, "round:1")
    _add(within, "ana", -3, "adjustment:1")
    assert _points(within, "ana") == Points(week=-2, month=-2, season=-2, ever=-2)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE score_events SET points = 9", "never changed"),
        (
            "INSERT OR REPLACE INTO score_events SELECT * FROM score_events",
            "only when its member is forgotten",
        ),
        ("DELETE FROM score_events", "only when its member is forgotten"),
    ],
)
def test_score_events_stay(within: Store, sql: str, words: str) -> None:
    """The database refuses to change a score event, and to delete one whose member is not being forgotten."""
    _add(within, "ana", 1, "round:1")
    with pytest.raises(sqlite3.IntegrityError, match=words):
        within._db.execute(sql)


def test_score_events_go_when_their_member_is_forgotten(within: Store) -> None:
    """While a member is being forgotten their events can be deleted, and nobody else's."""
    _add(within, "ana", 1, "round:1")
    _add(within, "ben", 1, "round:1")
    within._db.execute("INSERT INTO forgetting VALUES (?, 'ana')", (HERE,))
    within._db.execute("DELETE FROM score_events WHERE member = 'ana'")
    with pytest.raises(sqlite3.IntegrityError):
        within._db.execute("DELETE FROM score_events")
    assert within._db.execute("SELECT member FROM score_events").fetchall() == [("ben",)]


def test_boards_count_those_who_are_shown(within: Store) -> None:
    """Whatever happens in whatever order, the counts by points are those of the members who are shown."""
    chance = random.Random(7)
    db = within._db
    for number in range(500):
        member = chance.choice("abcdefgh")
        match chance.randrange(5):
            case 0:
                shown = chance.randrange(2)
                sql = "INSERT INTO members VALUES (?, ?, 'A name', ?) ON CONFLICT DO UPDATE SET shown = excluded.shown"
                db.execute(sql, (HERE, member, shown))
            case 1:
                db.execute("DELETE FROM members WHERE community = ? AND member = ?", (HERE, member))
            case 2 if chance.random() < 0.2:
                db.execute("DELETE FROM score_sums WHERE community = ? AND member = ?", (HERE, member))
            case _:
                _add(
                    within,
                    member,
                    chance.choice((1, 2, -1)),
                    f"round:{number}",
                    at=NOW + chance.randrange(40) * DAY,
                )
    board = "SELECT s.window, s.points FROM score_sums AS s JOIN members AS m USING (community, member) WHERE m.shown"
    expected = Counter(db.execute(board).fetchall())
    counted = db.execute("SELECT window, points, members FROM score_counts").fetchall()
    assert len(expected) > 10
    assert {(window, points): members for window, points, members in counted} == expected


def test_a_board_and_a_rank_are_read_from_their_indexes(within: Store) -> None:
    """The top of a board and the number of those ahead are read without sorting or scanning."""
    top = "SELECT member, points FROM score_sums WHERE community = ? AND window = ? AND shown = 1 ORDER BY points DESC"
    ahead = "SELECT sum(members) FROM score_counts WHERE community = ? AND window = ? AND points > 3"
    plans = [
        within._db.execute(f"EXPLAIN QUERY PLAN {sql}", (HERE, "all")).fetchall() for sql in (top, ahead)
    ]
    assert [[row[3].split(" (")[0].replace("COVERING ", "") for row in plan] for plan in plans] == [
        ["SEARCH score_sums USING INDEX score_sums_board"],
        ["SEARCH score_counts USING PRIMARY KEY"],
    ]


def test_a_record_of_nothing_is_empty(within: Store) -> None:
    """Who has done nothing has no points, topics, days or streak, and all rest days."""
    record = ports_of(within).scores.record(HERE, "ana", NOW, ZONE)
    assert (record.points, list(record.topics), record.days, record.streak, record.rest_days) == (
        Points(),
        [],
        0,
        0,
        2,
    )


def test_a_record_counts_closed_rounds_by_topic(store: Store) -> None:
    """Topics have right and all answers of closed rounds, most answered first; open and void rounds give nothing away."""
    store.stock([shelf()])
    ports = ports_of(store)
    rounds = [
        ("ada-1", RIGHT, State.CLOSED), ("ada-1", OTHER, State.CLOSED), ("ben-2", RIGHT, State.CLOSED),
        ("ben-2", RIGHT, State.OPEN), ("ben-2", RIGHT, State.VOID), ("gone", RIGHT, State.CLOSED),
    ]  # fmt: skip
    with store.transaction():
        for item, given, state in rounds:
            number = ask(ports, item=item)
            ports.rounds.give(number, "ana", given, NOW)
            ports.rounds.give(number, "ben", OTHER, NOW)
            ports.rounds.move(number, state, closes_at=NOW + 45)
    record = ports.scores.record(HERE, "ana", NOW, ZONE)
    assert list(record.topics) == [("machines", 2, 3), ("patience", 1, 1)]


def test_a_record_counts_local_days(within: Store) -> None:
    """Days are those of the zone; a void round makes none, an open one does."""
    ports = ports_of(within)
    moments = (
        "2026-11-24T00:30",
        "2026-11-23T23:30",
        "2026-11-23T12:00",
        "2026-11-21T12:00",
        "2026-10-30T12:00",
    )
    for moment in moments:
        ports.rounds.give(ask(ports), "ana", OTHER, _at(moment))
    void = ask(ports)
    ports.rounds.give(void, "ana", OTHER, _at("2026-11-20T12:00"))
    ports.rounds.move(void, State.VOID, closes_at=NOW)
    london = ports.scores.record(HERE, "ana", NOW, ZONE)
    assert (london.days, london.streak, london.rest_days) == (3, 3, 1)
    new_york = ports.scores.record(HERE, "ana", NOW, "America/New_York")
    assert (new_york.days, new_york.streak, new_york.rest_days) == (2, 2, 1)


def _days(*numbers: int) -> list[date]:
    """Give the dates that lie so many days before today, newest first."""
    return [TODAY - timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        ((), Run(0, 0, 2)),
        ((0,), Run(1, 1, 2)),
        ((1,), Run(1, 1, 2)),
        ((2,), Run(1, 1, 1)),
        ((3,), Run(1, 1, 0)),
        ((4,), Run(1, 0, 2)),
        ((0, 1, 2, 3), Run(4, 4, 2)),
        ((0, 2, 4), Run(3, 3, 0)),
        ((0, 2, 4, 6), Run(4, 3, 0)),
        ((0, 3, 4, 6), Run(4, 3, 0)),
        ((0, 4, 5), Run(3, 1, 2)),
        ((0, 5, 6), Run(3, 1, 2)),
        (tuple(range(24)), Run(24, 24, 2)),
        (tuple(range(60)), Run(24, 60, 2)),
        (tuple(n for n in range(60) if n not in {3, 9, 30, 40}), Run(22, 56, 0)),
        (tuple(n for n in range(60) if n not in {22, 23, 24, 25}), Run(22, 56, 0)),
        (tuple(n for n in range(60) if n not in {22, 23, 24, 25, 26}), Run(22, 22, 2)),
        (tuple(n for n in range(60) if n not in {30, 40, 50}), Run(24, 48, 2)),
    ],
)
def test_a_streak_outlives_two_days_a_month(ago: tuple[int, ...], expected: Run) -> None:
    """Each month has two rest days; they bridge gaps between days, and none is taken by today or beyond the streak."""
    assert run(_days(*ago), TODAY) == expected


def test_a_streak_reads_no_further_than_it_runs() -> None:
    """Dates beyond the streak and the month are not asked for."""
    dates = iter(_days(40, 41, 42))
    assert run(dates, TODAY) == Run(0, 0, 2)
    assert list(dates) == _days(41, 42)


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Asia/Beirut", "America/St_Johns", "Australia/Lord_Howe", "UTC"]
)
def test_every_moment_is_in_its_local_day(zone: str) -> None:
    """Through two years of clock changes every quarter of an hour lies within the day of its own date."""
    calendar, day = Calendar(), None
    for at in range(_at("2026-01-01T00:00"), _at("2028-01-01T00:00"), 900 * 7):
        found = calendar.day(at, zone)
        assert found.begins <= at < found.ends
        if found != day:
            assert day is None or found.begins == day.ends
            assert found.windows[2] == found.date.isoformat()
            day = found
