"""The audit log and what moderators' decisions leave in the database: kept for good, and forgetting names alone."""

from collections.abc import Iterator

import pytest

from bot.core.events import Actor
from bot.core.ports import CHOICES_KEPT, Challenge, Ports
from bot.core.rounds import Given, State
from storage.driver import sqlite3
from storage.store import MEMORY, Store
from tests.storage_samples import HERE, NOW, THERE, ZONE, ask, ports_of, shelf

MIA = Actor(id="mia", name="Mia")
NOOR = Actor(id="noor", name="Noor")


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store in memory."""
    opened = Store(MEMORY)
    opened.stock([shelf()])
    yield opened
    opened.close()


@pytest.fixture
def ports(store: Store) -> Ports:
    """Give its ports."""
    return ports_of(store)


def _closed(ports: Ports, answers: dict[str, int]) -> int:
    """Write a live round with answers (by option; 0 is right) that has closed and been paid; gives its id."""
    number = ask(ports)
    for member, option in answers.items():
        ports.rounds.give(number, member, Given(option, right=option == 0), NOW)
    ports.rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    for member, _ in ports.rounds.unpaid(number, 99):
        ports.rounds.pay(number, member)
        ports.scores.add(HERE, member, 1, source=f"round:{number}", at=NOW + 45, zone=ZONE)
    return number


def _choices(store: Store, number: int) -> list[tuple[str, int | None, int]]:
    sql = "SELECT member, option, is_right FROM answers WHERE round = ? ORDER BY member"
    return store._db.execute(sql, (number,)).fetchall()


def test_entries_are_read_the_newest_first(ports: Ports) -> None:
    """Who did what about what is kept as it was noted, page by page."""
    for number in range(5):
        ports.audit.note(HERE, MIA, "retire", f"item-{number}", NOW + number, "old")
    page = ports.audit.page(HERE, 1, 2)
    assert [(each.name, each.action, each.about, each.detail, each.at) for each in page] == [
        ("Mia", "retire", "item-3", "old", NOW + 3),
        ("Mia", "retire", "item-2", "old", NOW + 2),
    ]
    assert (ports.audit.count(HERE), ports.audit.count(THERE)) == (5, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET detail = 'nothing'",
        "UPDATE audit SET moderator = '', moderator_name = ''",
        "UPDATE audit SET moderator = 'noor', moderator_name = 'Noor'",
        "UPDATE audit SET at = at + 1",
        "UPDATE audit SET whom = '', detail = ''",
    ],
)
def test_nothing_noted_is_changed_or_deleted(store: Store, ports: Ports, statement: str) -> None:
    """The database itself refuses to change an entry or take one away."""
    ports.audit.note(HERE, MIA, "correct", "", NOW, "5 points more", whom="ben")
    with pytest.raises(sqlite3.IntegrityError, match="the audit log is never"):
        store._db.execute(statement)


def test_forgetting_leaves_the_entry_without_the_name(ports: Ports) -> None:
    """A forgotten moderator is no longer named, nor is a forgotten member and what was said of them; others stay."""
    by_mia = ports.audit.note(HERE, MIA, "retire", "ada-1", NOW, "dated")
    on_mia = ports.audit.note(HERE, NOOR, "correct", "", NOW, "5 points more", whom="mia")
    there = ports.audit.note(THERE, MIA, "retire", "ada-1", NOW)
    ports.members.forget(HERE, "mia", NOW)
    entries = [ports.audit.get(HERE, by_mia), ports.audit.get(HERE, on_mia), ports.audit.get(THERE, there)]
    assert [(each.moderator, each.name, each.whom, each.detail) for each in entries if each] == [
        ("", "", "", "dated"),
        ("noor", "Noor", "", ""),
        ("mia", "Mia", "", ""),
    ]


def test_choices_are_kept_for_seven_days_and_then_let_go(store: Store, ports: Ports) -> None:
    """Who took which option is known until seven days after the close, and is then right or wrong alone."""
    number = _closed(ports, {"ana": 0, "ben": 1, "cem": 2})
    over = NOW + 45 + CHOICES_KEPT
    assert ports.moderation.choices_over(over - 1, 9) == []
    assert ports.moderation.keeps_choices(HERE, number, over - 1)
    assert not ports.moderation.keeps_choices(HERE, number, over)
    assert ports.moderation.choices_over(over, 9) == [(HERE, number)]
    ports.moderation.let_go(number, 2)
    assert _choices(store, number) == [("ana", None, 1), ("ben", None, 0), ("cem", 2, 0)]
    assert ports.moderation.keeps_choices(HERE, number, NOW)
    ports.moderation.let_go(number, 2)
    assert _choices(store, number) == [("ana", None, 1), ("ben", None, 0), ("cem", None, 0)]
    assert not ports.moderation.keeps_choices(HERE, number, NOW)
    assert ports.moderation.choices_over(over, 9) == []
    assert ports.rounds.tally(number, 3).by_option == (1, 1, 1)


def test_looking_for_choices_to_let_go_reads_no_rounds(store: Store) -> None:
    """While nothing is due, the look costs one step into an index."""
    plan = store._db.execute(
        "EXPLAIN QUERY PLAN SELECT community, round FROM choices_kept WHERE until <= 0 ORDER BY until LIMIT 1"
    ).fetchall()
    assert [row[3] for row in plan] == ["SEARCH choices_kept USING INDEX choices_kept_until (until<?)"]


def test_sums_are_worked_out_anew_from_events(store: Store, ports: Ports) -> None:
    """Whatever stands in the sums, working them out gives what was scored: answers, challenges and corrections."""
    number = _closed(ports, {"ana": 0, "ben": 1})
    entry = ports.audit.note(HERE, MIA, "correct", "", NOW, whom="ana")
    ports.scores.add(HERE, "ana", 5, source=f"adjustment:{entry}", at=NOW, zone=ZONE)
    ruling = ports.audit.note(HERE, MIA, "void", "", NOW)
    ports.moderation.challenge(Challenge(entry=ruling, community=HERE, round=number, option=None, points=1))
    ports.scores.add(HERE, "ana", -1, source=f"rescore:{ruling}", at=NOW + 45, zone=ZONE)
    right = store._db.execute("SELECT * FROM score_sums ORDER BY window").fetchall()
    assert not ports.moderation.resum(HERE, "ana", ZONE)
    store._db.execute("UPDATE score_sums SET points = 99 WHERE window = 'all'")
    store._db.execute("UPDATE score_sums SET window = 'm:2020-01' WHERE window LIKE 'm:%'")
    assert ports.moderation.resum(HERE, "ana", ZONE)
    assert store._db.execute("SELECT * FROM score_sums ORDER BY window").fetchall() == right
    assert ports.scores.points(HERE, "ana", NOW, ZONE).ever == 5


def test_a_season_that_is_named_later_has_its_sums(ports: Ports) -> None:
    """Working sums out anew sorts them into the seasons as they are named now."""
    _closed(ports, {"ana": 0})
    ports.settings.put(HERE, "season:2026-11-01", "Autumn")
    assert ports.scores.points(HERE, "ana", NOW, ZONE).season == 0
    ports.moderation.resum(HERE, "ana", ZONE)
    assert ports.scores.points(HERE, "ana", NOW, ZONE).season == 1


def test_the_tally_follows_another_right_option(ports: Ports) -> None:
    """A corrected question counts the other option as right, once, and an undone correction leaves no trace."""
    number = _closed(ports, {"ana": 0, "ben": 1, "cem": 1})
    before = ports.rounds.times_asked(HERE, "ada-1")
    ports.rounds.correct(HERE, number, 1)
    round_ = ports.rounds.get(HERE, number)
    assert round_ is not None
    assert (round_.question.right, round_.question.solution, round_.question.solved) == (
        1, "Ben Jonson", "Who said it? Ben Jonson",
    )  # fmt: skip
    assert ports.rounds.tally(number, 3).right == 2
    assert (before, ports.rounds.times_asked(HERE, "ada-1")) == ((3, 1), (3, 2))


def test_a_correction_that_is_rolled_back_is_not_remembered(store: Store, ports: Ports) -> None:
    """What a round was before is read again after a rollback."""
    with store.transaction():
        number = _closed(ports, {"ana": 0})

    def correct_in_vain() -> None:
        with store.transaction():
            ports.rounds.correct(HERE, number, 1)
            assert ports.rounds.get(HERE, number) is not None
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        correct_in_vain()
    round_ = ports.rounds.get(HERE, number)
    assert round_ is not None
    assert round_.question.right == 0


def test_members_are_found_by_id_and_by_the_name_they_are_shown_under(ports: Ports) -> None:
    """Who has points or answers is found by id, whatever its capitals, or by name where they are shown; nobody else."""
    _closed(ports, {"ana": 0, "ben": 1})
    ports.members.show(HERE, "u-7", "Cem")
    assert [ports.moderation.known(HERE, each) for each in ("ana", "Ben", "cem", "Cem", "dee", "")] == [
        "ana", "ben", "u-7", "u-7", None, None,
    ]  # fmt: skip
    assert ports.moderation.known(THERE, "ana") is None


def test_settings_are_read_as_they_were_written(ports: Ports) -> None:
    """Everything that is set comes back by its key; what is set no longer is gone."""
    values = {
        "zone": "Asia/Kathmandu",
        "season:2026-12-01": "Winter",
        "quiz.seconds": 60,
        "roles": ["7"],
        "log": "mods",
    }
    for key, value in values.items():
        ports.settings.put(HERE, key, value)  # type: ignore[arg-type] # the values of a dict of several kinds
    assert ports.settings.all(HERE) == values
    assert (ports.communities.zone(HERE), ports.settings.quiz(HERE)) == (
        "Asia/Kathmandu",
        {"quiz.seconds": 60},
    )
    assert ports.communities.moderators(HERE) == {"7"}
    for key in values:
        ports.settings.put(HERE, key, None)
    assert ports.settings.all(HERE) == {}
