"""Boards in the storage, held against counting by hand."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.ports import Level, Ports, Rank, Ranked, Span, Window
from bot.core.rounds import Given, State
from storage.store import MEMORY, Store
from tests.storage_samples import DAY, HERE, NOW, THERE, ZONE, ask, ports_of

MEMBERS = ("ana", "ben", "cem", "dee", "eve", "fay")
TOPICS: Mapping[str, tuple[str, ...]] = {"item-1": ("bread",), "item-2": ("bread", "roses"), "item-3": ()}
HOUR = 3_600


def items(store: Store) -> None:
    """Write three shared items with their topics."""
    for item, topics in TOPICS.items():
        store._db.conn.execute(
            "INSERT INTO items VALUES ('', ?, 'quotation', 'engines', 0, '', '', '', 0, '{}')", (item,)
        )
        for topic in topics:
            store._db.conn.execute("INSERT INTO item_topics VALUES ('', ?, ?)", (item, topic))


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store with a few items, in a transaction."""
    opened = Store(MEMORY)
    with opened.transaction():
        items(opened)
        yield opened
    opened.close()


@pytest.fixture
def ports(store: Store) -> Ports:
    """Give the store's ports."""
    return ports_of(store)


def closed(ports: Ports, item: str, *members: str, community: str = HERE) -> int:
    """Write a closed round that these members answered right; gives its id."""
    number = ask(ports, community=community, item=item)
    for member in members:
        ports.rounds.give(number, member, Given(0, right=True), NOW)
    ports.rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    return number


def points(
    ports: Ports, number: int, member: str, gained: int, *, at: int = NOW, community: str = HERE
) -> None:
    """Give points for a round."""
    ports.scores.add(community, member, gained, source=f"round:{number}", at=at, zone=ZONE)


def adjust(ports: Ports, number: int, member: str, gained: int, community: str = HERE) -> None:
    """Give points for nothing that was answered."""
    ports.scores.add(community, member, gained, source=f"adjustment:{number}", at=NOW, zone=ZONE)


def week(ports: Ports, community: str = HERE) -> Span:
    """Give the week of now."""
    return ports.boards.span(community, Window.WEEK, NOW, ZONE)


@dataclass
class Tally:
    """What boards are held against: the events as they came, and who is shown."""

    events: list[tuple[str, str, int, int]] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def sums(self, span: Span, topic: str) -> Counter[str]:
        """Sum points by member in a span, and on a topic."""
        sums: Counter[str] = Counter()
        for item, member, gained, at in self.events:
            if span.since <= at < span.until and (not topic or topic in TOPICS[item]):
                sums[member] += gained
        return sums

    def top(self, span: Span, topic: str) -> list[Ranked]:
        """Rank everybody who is shown, by counting who has more."""
        sums = {each: total for each, total in self.sums(span, topic).items() if each in self.shown}
        ranked = [
            Ranked(
                place=1 + sum(other > total for other in sums.values()),
                member=member,
                name=member.title(),
                points=total,
                shared=list(sums.values()).count(total) > 1,
            )
            for member, total in sums.items()
            if total > 0
        ]
        return sorted(ranked, key=lambda each: (each.place, each.name))

    def rank(self, span: Span, member: str, topic: str) -> Rank:
        """Say where one member stands, by counting."""
        sums = self.sums(span, topic)
        own = sums[member]
        others = {each: total for each, total in sums.items() if each in self.shown and each != member}
        above = [total for total in others.values() if total > max(own, 0)]
        shown = member in self.shown
        return Rank(
            points=own,
            shown=shown,
            above=len(above),
            beside=self._level(others, own) if shown and member in sums else Level(),
            following=self._level(others, min(above)) if above else Level(),
        )

    def _level(self, others: Mapping[str, int], total: int) -> Level:
        names = [each.title() for each in others if others[each] == total]
        return Level(points=total, members=len(names), names=sorted(names)) if names else Level()


def named(rank: Rank) -> tuple[object, ...]:
    """Give what a rank says, its first few names as so many of the whole level."""
    levels = ((each.points, each.members, len(each.names)) for each in (rank.beside, rank.following))
    return (rank.points, rank.shown, rank.above, *levels)


Step = tuple[str | int, ...]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("score"),
            st.sampled_from(MEMBERS),
            st.sampled_from(tuple(TOPICS)),
            st.integers(1, 3),
            st.integers(0, 400 * 24),
        ),
        st.tuples(st.sampled_from(["show", "hide"]), st.sampled_from(MEMBERS)),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(here=STEPS, there=STEPS, chance=st.randoms(use_true_random=False))
def test_boards_are_what_counting_gives(here: list[Step], there: list[Step], chance: random.Random) -> None:
    """After any points and changes of mind, in two communities, every board and rank is what counting by hand gives."""
    store = Store(MEMORY)
    tallies = {HERE: Tally(), THERE: Tally()}
    steps = [(HERE, step) for step in here] + [(THERE, step) for step in there]
    chance.shuffle(steps)
    with store.transaction():
        items(store)
        ports = ports_of(store)
        for community, step in steps:
            _take(ports, community, tallies[community], step)
        for community, tally in tallies.items():
            for window in Window:
                for topic in ("", "bread", "roses"):
                    _compare(ports, community, ports.boards.span(community, window, NOW, ZONE), topic, tally)
    store.close()


def _take(ports: Ports, community: str, tally: Tally, step: Step) -> None:
    match step:
        case ("score", str(member), str(item), int(gained), int(hours)):
            at = NOW - hours * HOUR
            points(
                ports,
                closed(ports, item, member, community=community),
                member,
                gained,
                at=at,
                community=community,
            )
            tally.events.append((item, member, gained, at))
        case ("show", str(member)):
            ports.members.show(community, member, member.title())
            tally.shown.add(member)
        case ("hide", str(member)):
            ports.members.hide(community, member)
            tally.shown.discard(member)


def _compare(ports: Ports, community: str, span: Span, topic: str, tally: Tally) -> None:
    assert list(ports.boards.top(community, span, 10, topic=topic)) == tally.top(span, topic)
    for member in MEMBERS:
        rank, counted = (
            ports.boards.standing(community, span, member, topic=topic),
            tally.rank(span, member, topic),
        )
        first_few = Rank(
            points=counted.points, shown=counted.shown, above=counted.above,
            beside=_first(counted.beside), following=_first(counted.following),
        )  # fmt: skip
        assert named(rank) == named(first_few)
        assert set(rank.beside.names) <= set(counted.beside.names)
        assert set(rank.following.names) <= set(counted.following.names)


def _first(level: Level) -> Level:
    return Level(points=level.points, members=level.members, names=level.names[:3])


def test_only_the_first_are_listed_and_the_last_may_share_its_place(ports: Ports) -> None:
    """A board ends where it is asked to; the last on it is marked when whoever comes next has as many points."""
    number = closed(ports, "item-1", *MEMBERS)
    for member, gained in zip(MEMBERS, (3, 2, 2, 1, 1, 1), strict=True):
        ports.members.show(HERE, member, member.title())
        points(ports, number, member, gained)
    for topic in ("", "bread"):
        top = ports.boards.top(HERE, week(ports), 4, topic=topic)
        assert [(each.place, each.name, each.shared) for each in top] == [
            (1, "Ana", False), (2, "Ben", True), (2, "Cem", True), (4, "Dee", True),
        ]  # fmt: skip


def test_points_below_nothing_are_on_no_board(ports: Ports) -> None:
    """Who has been adjusted to nothing or less stands on no board, and above nobody."""
    for number, (member, gained) in enumerate((("ana", 1), ("ben", -2), ("cem", 0)), 1):
        ports.members.show(HERE, member, member.title())
        adjust(ports, number, member, gained)
    assert [each.name for each in ports.boards.top(HERE, week(ports), 10)] == ["Ana"]
    assert ports.boards.standing(HERE, week(ports), "ben").above == 1


def test_a_week_begins_on_monday_where_the_community_is(ports: Ports) -> None:
    """The last minute of Sunday in the community's zone belongs to the week before."""
    monday = int(datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Kathmandu")).timestamp())
    spans = [ports.boards.span(HERE, Window.WEEK, at, "Asia/Kathmandu") for at in (monday - 1, monday, NOW)]
    assert [each.key for each in spans] == ["w:2026-11-16", "w:2026-11-23", "w:2026-11-23"]
    assert (spans[0].until, spans[1].since, spans[1].until) == (monday, monday, monday + 7 * DAY)


def test_a_board_begins_and_ends_with_its_span(ports: Ports) -> None:
    """Points of the first second of the next week are on the next week's board, with a topic or without."""
    ports.members.show(HERE, "ana", "Ana")
    this_week = week(ports)
    for at in (this_week.since - 1, this_week.since, this_week.until - 1, this_week.until):
        points(ports, closed(ports, "item-1", "ana"), "ana", 1, at=at)
    for topic in ("", "bread"):
        assert [each.points for each in ports.boards.top(HERE, this_week, 9, topic=topic)] == [2]
        assert ports.boards.standing(HERE, this_week, "ana", topic=topic).points == 2
    ports.members.hide(HERE, "ana")
    assert ports.boards.standing(HERE, this_week, "ana", topic="bread").points == 2


def test_a_season_is_the_year_until_one_is_named(store: Store, ports: Ports) -> None:
    """Without named seasons the calendar year counts; a named one runs until the next begins."""
    start = {"autumn": "2026-09-01", "spring": "2027-02-01"}
    assert ports.boards.span(HERE, Window.SEASON, NOW, ZONE).key == "s:2026"
    for name, first in start.items():
        store._db.conn.execute("INSERT INTO seasons VALUES (?, ?, ?)", (HERE, first, name))
    autumn = ports.boards.span(HERE, Window.SEASON, NOW, ZONE)
    assert (autumn.key, autumn.name) == ("s:2026-09-01", "autumn")
    assert _dates(autumn) == ("2026-09-01", "2027-02-01")
    before = ports.boards.span(HERE, Window.SEASON, NOW - 150 * DAY, ZONE)
    assert (before.key, _dates(before)) == ("s:2026", ("2026-01-01", "2026-09-01"))


def _dates(span: Span) -> tuple[str, str]:
    zone = ZoneInfo(ZONE)
    since, until = (datetime.fromtimestamp(each, UTC).astimezone(zone) for each in (span.since, span.until))
    return f"{since:%Y-%m-%d}", f"{until:%Y-%m-%d}"


@pytest.mark.parametrize("window", Window)
def test_a_span_is_found_again_by_its_key(ports: Ports, window: Window) -> None:
    """A key that a board's button carries gives the same span, whenever it is pressed."""
    span = ports.boards.span(HERE, window, NOW, ZONE)
    assert ports.boards.read_span(HERE, span.key, ZONE) == span


@pytest.mark.parametrize(
    "key",
    ["", "all ", "w:2026-11-24", "w:2026-13-01", "m:2026-00", "m:2026", "s:26", "s:2026-02-30", "x:2026", "w:٢٠٢٦-11-23"],
)  # fmt: skip
def test_what_is_no_span_is_not_read(ports: Ports, key: str) -> None:
    """A key that no board has is refused: a Tuesday's week, a month that is none, another alphabet's figures."""
    assert ports.boards.read_span(HERE, key, ZONE) is None


def test_points_on_topics_are_kept_of_those_who_are_shown_alone(store: Store, ports: Ports) -> None:
    """Whoever is private has no rows by topic; they are made when a member appears, and gone when they leave."""
    number = closed(ports, "item-2", "ana", "ben")
    ports.members.show(HERE, "ana", "Ana")
    points(ports, number, "ana", 2)
    points(ports, number, "ben", 3)
    assert _topic_rows(store) == [("ana", "bread", 2), ("ana", "roses", 2)]
    ports.members.show(HERE, "ben", "Ben")
    ports.members.hide(HERE, "ana")
    assert _topic_rows(store) == [("ben", "bread", 3), ("ben", "roses", 3)]


def test_a_round_counted_anew_counts_on_its_topics(store: Store, ports: Ports) -> None:
    """What an upheld challenge gives or takes is counted on the topics of the round that it is about."""
    number = closed(ports, "item-1", "ana", "ben")
    store._db.conn.execute(
        "INSERT INTO audit VALUES (7, ?, 'mia', 'Mia', 'challenge', 'round:1', '', '', 0)", (HERE,)
    )
    store._db.conn.execute(
        "INSERT INTO challenges (entry, community, round, points) VALUES (7, ?, ?, 1)", (HERE, number)
    )
    ports.members.show(HERE, "ana", "Ana")
    points(ports, number, "ana", 2)
    for member in ("ana", "ben"):
        ports.scores.add(HERE, member, -1, source="rescore:7", at=NOW, zone=ZONE)
    points(ports, number, "ben", 2)
    ports.members.show(HERE, "ben", "Ben")
    assert _topic_rows(store) == [("ana", "bread", 1), ("ben", "bread", 1)]


def test_an_item_of_the_community_has_its_own_topics(store: Store, ports: Ports) -> None:
    """A community's own item takes the place of the shared one with its id, and so do its topics."""
    store._db.conn.execute(
        "INSERT INTO items VALUES (?, 'item-1', 'quotation', 'engines', 0, '', '', '', 0, '{}')", (HERE,)
    )
    store._db.conn.execute("INSERT INTO item_topics VALUES (?, 'item-1', 'peace')", (HERE,))
    for community in (HERE, THERE):
        ports.members.show(community, "ana", "Ana")
        points(ports, closed(ports, "item-1", "ana", community=community), "ana", 1, community=community)
    assert _topic_rows(store) == [("ana", "peace", 1)]
    assert [each.points for each in ports.boards.top(THERE, week(ports, THERE), 9, topic="bread")] == [1]


def _topic_rows(store: Store) -> list[tuple[str, str, int]]:
    sql = "SELECT member, topic, sum(points) FROM topic_points WHERE community = ? GROUP BY member, topic"
    return store._db.conn.execute(sql, (HERE,)).fetchall()


def test_a_name_is_refreshed_for_those_who_are_shown_alone(ports: Ports) -> None:
    """A new display name is noted of a member who is shown; of nobody else is a name ever kept."""
    ports.members.show(HERE, "ana", "Ana")
    ports.members.hide(HERE, "ben")
    adjust(ports, 1, "ana", 1)
    for member in ("ana", "ben", "cem"):
        ports.members.seen(HERE, member, f"{member.title()} the Second")
    assert [each.name for each in ports.boards.top(HERE, week(ports), 9)] == ["Ana the Second"]
    assert [ports.members.shown(HERE, each) for each in ("ana", "ben", "cem")] == [True, False, None]


def test_hiding_forgets_the_name(store: Store, ports: Ports) -> None:
    """Who goes private again leaves no name behind."""
    ports.members.show(HERE, "ana", "Ana")
    ports.members.hide(HERE, "ana")
    assert store._db.conn.execute("SELECT name, shown FROM members").fetchall() == [("", 0)]


def test_boards_can_be_read_on_a_connection_that_cannot_write(tmp_path: Path) -> None:
    """The board, a rank, what is kept and the export need no right to write."""
    with closing(Store(tmp_path / "bot.db")) as store:
        writing = ports_of(store)
        with store.transaction():
            items(store)
            writing.members.show(HERE, "ana", "Ana")
            points(writing, closed(writing, "item-1", "ana"), "ana", 1)
        with closing(Store(tmp_path / "bot.db", reading=True)) as reader:
            reading = ports_of(reader)
            with reader.transaction():
                assert [each.name for each in reading.boards.top(HERE, week(reading), 9, topic="bread")] == [
                    "Ana"
                ]
                assert reading.boards.standing(HERE, week(reading), "ana").points == 1
                assert reading.members.kept(HERE, "ana").points == 1
                assert "points" in reading.members.export(HERE, "ana")
