"""What is kept in memory of the rows within a transaction: never longer than it is true."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.ports import Points
from bot.core.ports.settings import POINTS, SEASON, ZONE
from bot.core.rounds import State
from storage.store import Store
from tests.storage_samples import HERE, NOW, THERE, ask, ports_of
from tests.storage_samples import ZONE as LONDON


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file."""
    store = Store(tmp_path / "bot.db")
    yield store
    store.close()


def test_what_is_set_is_seen_in_the_same_transaction(store: Store) -> None:
    """A zone, the points and a season that were read are read anew once they are set."""
    ports = ports_of(store)
    with store.transaction():
        assert (ports.communities.zone(HERE), ports.settings.quiz(HERE)) == (LONDON, {})
        ports.scores.add(HERE, "ana", 1, source="round:1", at=NOW, zone=LONDON)
        ports.settings.put(HERE, ZONE, "Asia/Tokyo")
        ports.settings.put(HERE, POINTS, 3)
        ports.settings.put(HERE, f"{SEASON}2026-11-01", "Autumn")
        assert (ports.communities.zone(HERE), ports.settings.quiz(HERE)) == ("Asia/Tokyo", {POINTS: 3})
        assert (ports.communities.zone(THERE), ports.settings.quiz(THERE)) == (LONDON, {})
        ports.scores.add(HERE, "ana", 2, source="round:2", at=NOW, zone=LONDON)
        assert ports.scores.points(HERE, "ana", NOW, LONDON) == Points(week=3, month=3, season=2, ever=3)


def test_what_is_undone_is_not_remembered(store: Store) -> None:
    """What was read in a part that is undone, or in a transaction that is, was never so."""
    ports = ports_of(store)

    def set_and_fail() -> None:
        ports.settings.put(HERE, ZONE, "Asia/Tokyo")
        assert ports.communities.zone(HERE) == "Asia/Tokyo"
        raise KeyError

    with store.transaction():
        with pytest.raises(KeyError), store.savepoint():
            set_and_fail()
        assert ports.communities.zone(HERE) == LONDON
    with pytest.raises(KeyError), store.transaction():
        set_and_fail()
    assert ports.communities.zone(HERE) == LONDON


def test_what_another_process_writes_is_seen_by_the_next_transaction(store: Store, tmp_path: Path) -> None:
    """Between two transactions, and outside of them, nothing that may change is taken for known."""
    ports, other = ports_of(store), Store(tmp_path / "bot.db")
    for zone in ("Asia/Tokyo", "Europe/Paris"):
        with store.transaction():
            ports.communities.zone(HERE)
        with other.transaction():
            ports_of(other).settings.put(HERE, ZONE, zone)
        assert ports.communities.zone(HERE) == zone
        with store.transaction():
            assert ports.communities.zone(HERE) == zone
    other.close()


def test_a_round_stands_as_it_was_moved_last(store: Store) -> None:
    """A round that was read is read anew after it was moved, and when its asker is forgotten."""
    ports = ports_of(store)
    with store.transaction():
        number = ask(ports)
        seen = [ports.rounds.get(HERE, number)]
        ports.rounds.move(number, State.CLOSED, closes_at=NOW + 45)
        seen.append(ports.rounds.get(HERE, number))
        ports.members.forget(HERE, "mia", NOW)
        seen.append(ports.rounds.get(HERE, number))
        assert ports.rounds.get(THERE, number) is None
    stood = [(each.state, each.asker) for each in seen if each]
    assert stood == [(State.OPEN, "mia"), (State.CLOSED, "mia"), (State.CLOSED, "")]
