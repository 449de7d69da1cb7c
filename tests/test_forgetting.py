"""Forgetting, and what it leaves behind: nothing that names anybody, in rows, in the file, or in a restored backup."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.cards import line
from bot.core.effects import Direct, Notice
from bot.core.ports import Decision, Standing, Window
from bot.core.rounds import Given, State
from storage import cleaning, privacy, traces
from storage.driver import sqlite3
from storage.store import MEMORY, Store
from tests.isolation_world import suggest
from tests.lives import ONE, holds, lived, rows
from tests.storage_samples import HERE, NOW, THERE, ZONE, ask, ports_of


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store in memory, in a transaction."""
    opened = Store(MEMORY)
    with opened.transaction():
        yield opened
    opened.close()


def test_difficulty_stays_true(store: Store) -> None:
    """What was counted of a question, and each round's frozen tally, outlive whoever answered."""
    ports = ports_of(store)
    for member in ("ana", "ben"):
        lived(ports, member, HERE)
    before = rows(store)["item_stats"], ports.rounds.tally(1, 3), ports.rounds.times_asked(HERE, "ada-1")
    ports.members.forget(HERE, "ana", NOW)
    assert (
        rows(store)["item_stats"],
        ports.rounds.tally(1, 3),
        ports.rounds.times_asked(HERE, "ada-1"),
    ) == before
    assert before[2] == (328, 236)
    assert ports.rounds.given(1, "ana") is None


def test_forgetting_one_leaves_everybody_else_s(store: Store) -> None:
    """Rows of another member, and of the same id in another community, are what they were."""
    ports = ports_of(store)
    lived(ports, "ben", HERE)
    lived(ports, "ana", THERE)
    before = rows(store)
    lived(ports, "ana", HERE)
    ports.members.forget(HERE, "ana", NOW)
    counted = "forgotten rounds item_stats decks choices_kept"
    assert rows(store, counted) == {
        name: found for name, found in before.items() if name not in counted.split()
    }
    assert ports.members.kept(THERE, "ana").points == 118
    assert [
        each.name for each in ports.boards.top(HERE, ports.boards.span(HERE, Window.EVER, NOW, ZONE), 9)
    ] == ["Ben"]


@pytest.mark.parametrize(("member", "other"), [("a", "a:b"), ("a:b", "a"), ("who", "ana"), ("quiz", "ana")])
def test_decks_of_one_member_alone_go(store: Store, member: str, other: str) -> None:
    """Whatever somebody is called, their own decks go, and neither another's nor the community's."""
    ports = ports_of(store)
    decks = ["quote", "quiz:who", "quiz:fact", f"quiz:{other}:who"]
    for deck in (*decks, f"quiz:{member}:who", f"quiz:{member}:fact"):
        ports.decks.serve(HERE, deck, "ada-1", NOW)
    ports.members.forget(HERE, member, NOW)
    assert sorted(deck for _, deck, *_ in rows(store)["decks"]) == sorted(decks)


def test_who_moderates_and_is_forgotten_moderates_no_longer(store: Store) -> None:
    """A member's id goes out of what moderators have set, and out of what was noted of the change; other ids stay."""
    ports = ports_of(store)
    ports.settings.put(HERE, "moderators", ["mia", "noor"])
    ports.settings.put(HERE, "roles", ["mia"])
    store._db.execute("INSERT INTO audit VALUES (1, ?, 'noor', 'Noor', 'settings', '', '', '', 0)", (HERE,))
    ports.settings.remember(HERE, 1, {"moderators": ["mia"], "log": "c"}, {"moderators": ["mia", "noor"]})
    ports.members.forget(HERE, "mia", NOW)
    assert ports.settings.all(HERE) == {"moderators": ["noor"], "roles": ["mia"]}
    assert ports.settings.remembered(HERE, 1) == ({"moderators": [], "log": "c"}, {"moderators": ["noor"]})


def test_what_is_still_to_be_sent_to_a_member_is_not_sent(store: Store) -> None:
    """Words to one member that wait, or are on their way, are let go; words to others are not."""
    ports = ports_of(store)
    for call in (
        Direct(member="ana", card=line("a")),
        Notice(member="ana", card=line("b")),
        Direct(member="ben", card=line("c")),
    ):
        for claimed in (True, False):
            ports.deliveries.add(HERE, call, about="x:1", due=NOW, message=None, claimed=claimed)
    ports.members.forget(HERE, "ana", NOW)
    left = [*ports.deliveries.due(NOW, 9), *ports.deliveries.sending()]
    assert [each.call for each in left] == [Direct(member="ben", card=line("c"))] * 2


@pytest.mark.parametrize(
    ("table", "round_"), [("challenges", True), ("choices_kept", True), ("rescorings", False)]
)
def test_a_walk_over_members_goes_on_where_it_was(store: Store, table: str, round_: bool) -> None:  # noqa: FBT001 - a case
    """A walk that had come to the forgotten member goes on after the one before, and so passes nobody by."""
    ports, db = ports_of(store), store._db.conn
    number = ask(ports)
    for member in ("ana", "ben", "cem"):
        ports.rounds.give(number, member, Given(0, right=True), NOW)
        ports.scores.add(HERE, member, 1, source=f"round:{number}", at=NOW, zone=ZONE)
    ports.rounds.move(number, State.CLOSED, closes_at=NOW)
    db.execute("INSERT INTO audit VALUES (1, ?, 'mia', 'Mia', 'challenge', '', '', '', 0)", (HERE,))
    db.execute("INSERT INTO challenges (entry, community, round, points) VALUES (1, ?, ?, 1)", (HERE, number))
    db.execute("INSERT INTO rescorings VALUES (?, '')", (HERE,))
    for member, before in (("ben", "ana"), ("ana", "")):
        db.execute(f"UPDATE {table} SET reached = ?", (member,))
        ports.members.forget(HERE, member, NOW)
        assert db.execute(f"SELECT reached FROM {table}").fetchall() == [(before,)]


def test_points_go_by_forgetting_alone(store: Store) -> None:
    """The database itself refuses to delete a score event of a member who is not being forgotten."""
    ports = ports_of(store)
    ports.scores.add(HERE, "ana", 1, source="adjustment:1", at=NOW, zone=ZONE)
    with pytest.raises(sqlite3.IntegrityError, match="only when its member is forgotten"):
        store._db.conn.execute("DELETE FROM score_events")
    ports.members.forget(HERE, "ana", NOW)
    assert (rows(store)["score_events"], rows(store)["score_sums"], rows(store)["forgetting"]) == ([], [], [])


@pytest.mark.parametrize("source", ["round:7777", "adjustment:1", "rescore:9", "zeal:1"])
def test_no_score_event_is_passed_by(store: Store, source: str) -> None:
    """Points go whatever they came from, also those that no answer speaks of."""
    ports = ports_of(store)
    lived(ports, "ana", HERE)
    ports.scores.add(HERE, "ana", 5, source=source, at=NOW, zone=ZONE)
    assert len(ports.members.export(HERE, "ana")["points"]) == 119
    ports.members.forget(HERE, "ana", NOW)
    assert rows(store)["score_events"] == []


def test_what_was_accepted_stays_without_a_name(store: Store) -> None:
    """An accepted suggestion outlives its member; what waits or was rejected goes; who decided is forgotten as well."""
    ports = ports_of(store)
    numbers = [suggest(ports, HERE) for _ in Standing]
    for number, standing in zip(numbers, (Standing.ACCEPTED, Standing.REJECTED), strict=False):
        decision = Decision(standing=standing, by="mia", name="Mia", at=NOW, reason="other")
        ports.suggestions.decide(HERE, number, decision)
    for member in ("ana", "mia"):
        ports.members.forget(HERE, member, NOW)
    kept = "SELECT member, state, decided_by, decided_name FROM suggestions"
    assert store._db.execute(kept).fetchall() == [("", "accepted", "", "")]


def test_neither_the_file_nor_its_log_holds_a_name(tmp_path: Path) -> None:
    """Once the file is written anew after a forgetting, neither it nor its log holds a name, while it is open."""
    path, log, member = tmp_path / "bot.db", tmp_path / "bot.db-wal", ONE.casefold()
    with closing(Store(path)) as store:
        with store.transaction():
            for community in (HERE, THERE):
                lived(ports_of(store), member, community)
        assert cleaning.is_clean(store._db.conn) is True
        with store.transaction():
            for community in (HERE, THERE):
                ports_of(store).members.forget(community, member, NOW)
        assert (holds(log), cleaning.is_clean(store._db.conn)) == (True, False)
        assert cleaning.empty_log(store._db.conn) is True
        assert (holds(log), log.stat().st_size) == (False, 0)
        assert cleaning.clean(store._db.conn) is True
        assert (holds(path), holds(log), cleaning.is_clean(store._db.conn)) == (False, False, True)
        with store.transaction():
            ports_of(store).members.forget(HERE, "ben", NOW)
        assert cleaning.is_clean(store._db.conn) is False


def test_the_log_waits_for_who_is_reading(tmp_path: Path) -> None:
    """While somebody reads, the log cannot be emptied; nothing waits, and it is done the next time."""
    path = tmp_path / "bot.db"
    with closing(Store(path)) as store, closing(Store(path, reading=True)) as reader:
        with reader.transaction():
            assert ports_of(reader).members.shown(HERE, "ana") is None
            with store.transaction():
                ports_of(store).members.forget(HERE, "ana", NOW)
            assert (cleaning.empty_log(store._db.conn), cleaning.clean(store._db.conn)) == (False, False)
            assert cleaning.is_clean(store._db.conn) is False
        assert cleaning.clean(store._db.conn) is True


def _backup(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        store._db.conn.backup(copy)


def test_a_restored_backup_stays_forgotten(tmp_path: Path) -> None:
    """A backup from before somebody was forgotten is put back: they are forgotten in it too, and nobody else is."""
    with closing(Store(tmp_path / "bot.db")) as store:
        with store.transaction():
            ports_of(store).decks.serve(HERE, f"quiz:{ONE.casefold()}:who", "ada-1", NOW)
            for member in (ONE.casefold(), "ben"):
                for community in (HERE, THERE):
                    lived(ports_of(store), member, community)
        _backup(store, tmp_path / "backup.db")
        with store.transaction():
            ports_of(store).members.forget(HERE, ONE.casefold(), NOW)
        remembered = privacy.remembered(store._db.conn)
    with closing(Store(tmp_path / "backup.db")) as restored:
        assert privacy.reapply(restored._db.conn, remembered) == 1
        assert traces.named(restored._db.conn, HERE) == {"ben", "mia"}
        assert traces.named(restored._db.conn, THERE) == {"ben", "mia", ONE.casefold()}
        assert ports_of(restored).members.kept(HERE, "ben").rounds == 164
        assert privacy.remembered(restored._db.conn) == remembered
        assert privacy.reapply(restored._db.conn, remembered) == 0
        with restored.transaction():
            ports_of(restored).members.forget(THERE, ONE.casefold(), NOW)
        assert cleaning.clean(restored._db.conn) is True
        assert holds(tmp_path / "backup.db") is False


def test_what_somebody_did_after_being_forgotten_comes_back(tmp_path: Path) -> None:
    """A backup knows whom it has forgotten already: what such a member did afterwards is theirs, and is restored."""
    with closing(Store(tmp_path / "bot.db")) as store:
        with store.transaction():
            lived(ports_of(store), "ana", HERE)
            ports_of(store).members.forget(HERE, "ana", NOW)
            ports_of(store).saved.add(HERE, "ana", "ada-1", NOW)
        _backup(store, tmp_path / "backup.db")
        first = privacy.remembered(store._db.conn)
        with store.transaction():
            ports_of(store).members.forget(HERE, "ana", NOW)
        second = privacy.remembered(store._db.conn)
    with closing(Store(tmp_path / "backup.db")) as restored:
        assert privacy.reapply(restored._db.conn, first) == 0
        assert ports_of(restored).members.kept(HERE, "ana").entries == {"saved": 1}
        assert privacy.reapply(restored._db.conn, second) == 1
        assert ports_of(restored).members.kept(HERE, "ana").entries == {}


def test_who_is_remembered_is_not_named(tmp_path: Path) -> None:
    """What is kept of a forgotten member is a hash with a salt of this database's own; two share neither."""
    kept = []
    for name in ("one.db", "two.db"):
        with closing(Store(tmp_path / name)) as store:
            with store.transaction():
                for member in (ONE, "ben"):
                    ports_of(store).members.forget(HERE, member, NOW)
            kept.append(privacy.remembered(store._db.conn))
        assert holds(tmp_path / name) is False
    assert {len({each.salt for each in one}) for one in kept} == {1}
    assert {each.hash for each in kept[0]} & {each.hash for each in kept[1]} == set()
    assert [(each.community, each.at) for each in kept[0]] == [(HERE, NOW), (HERE, NOW)]


def test_a_backup_of_another_database_is_forgotten_in_too(tmp_path: Path) -> None:
    """Restored over a younger database with a salt of its own, an old backup still forgets whom both have forgotten."""
    remembered = []
    for name, member in (("old.db", "ana"), ("young.db", "ben")):
        with closing(Store(tmp_path / name)) as store, store.transaction():
            ports_of(store).members.forget(HERE, member, NOW)
            lived(ports_of(store), "ben", HERE)
            remembered = list(privacy.remembered(store._db.conn))
    with closing(Store(tmp_path / "old.db")) as restored:
        assert privacy.reapply(restored._db.conn, remembered) == 1
        assert traces.named(restored._db.conn, HERE) == {"mia"}
        assert len(privacy.remembered(restored._db.conn)) == 2


def test_a_start_writes_the_file_anew_after_a_forgetting(tmp_path: Path) -> None:
    """The next start leaves nothing of a forgotten member in the file; a start after that has nothing to do."""
    database = tmp_path / "bot.db"
    store = Store(database)
    ports = ports_of(store)
    with store.transaction():
        ports.scores.add("test:1", "a-member-to-forget", 1, source="round:1", at=NOW, zone="Europe/London")
    with store.transaction():
        ports.members.forget("test:1", "a-member-to-forget", NOW)
    assert not cleaning.is_clean(store._db.conn)
    store.tidy()
    assert cleaning.is_clean(store._db.conn)
    store.close()
    assert all(b"a-member-to-forget" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_round_forgets_who_asked_for_it_at_once() -> None:
    """A round that was read before a forgetting names its asker no more when it is read after."""
    store = Store(MEMORY)
    ports = ports_of(store)
    with store.transaction():
        number = ask(ports)
        before = ports.rounds.get(HERE, number)
        assert before is not None
        assert before.asker != ""
        ports.members.forget(HERE, before.asker, NOW)
        after = ports.rounds.get(HERE, number)
        assert after is not None
        assert after.asker == ""
    store.close()
