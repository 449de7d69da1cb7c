"""The store: transactions, savepoints, a full disk, and what a crash leaves."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from storage.driver import sqlite3
from storage.store import Store, TransactionLost, open_reader
from tests.storage_samples import HERE, NOW, ask, opened, ports_of, shelf


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory."""
    yield from opened(request.param, tmp_path)


def _serve(store: Store, item: str) -> None:
    ports_of(store).decks.serve(HERE, "quote", item, NOW)


def _served(store: Store) -> set[str]:
    return set(ports_of(store).decks.served(HERE, "quote"))


@contextmanager
def _broken(part: AbstractContextManager[None]) -> Iterator[None]:
    """Hold a part that ends with an exception."""
    with suppress(KeyError), part:
        yield
        raise KeyError


def _lose(store: Store, writes: Callable[[], None]) -> TransactionLost:
    """Write in a transaction that will be lost; gives what was raised."""

    def write() -> None:
        with store.transaction():
            writes()

    with pytest.raises(TransactionLost) as lost:
        write()
    return lost.value


def test_a_transaction_keeps_what_was_written_in_it(store: Store) -> None:
    """What is written in a transaction stands after it."""
    with store.transaction():
        _serve(store, "a")
    assert _served(store) == {"a"}


def test_an_exception_undoes_a_transaction(store: Store) -> None:
    """An exception leaves nothing of its transaction, and goes on to whoever called."""

    def write() -> None:
        with store.transaction():
            _serve(store, "a")
            raise KeyError

    with pytest.raises(KeyError):
        write()
    assert _served(store) == set()


def test_an_exception_in_a_savepoint_undoes_that_part_alone(store: Store) -> None:
    """Of three parts of a transaction, the one that raises leaves nothing."""
    with store.transaction():
        with store.savepoint():
            _serve(store, "a")
        with _broken(store.savepoint()):
            _serve(store, "b")
        with store.savepoint():
            _serve(store, "c")
    assert _served(store) == {"a", "c"}


def test_savepoints_nest(store: Store) -> None:
    """An inner part is undone without the outer one, and with it."""
    with store.transaction():
        with store.savepoint():
            _serve(store, "a")
            with _broken(store.savepoint()):
                _serve(store, "b")
        with _broken(store.savepoint()), store.savepoint():
            _serve(store, "c")
    assert _served(store) == {"a"}


def test_a_round_that_was_undone_is_not_taken_for_the_next_of_its_id(store: Store) -> None:
    """After a rollback the next round has the same id, and is read with its own question."""
    ports = ports_of(store)
    with store.transaction():
        with _broken(store.savepoint()):
            undone = ask(ports, item="ada-1")
            assert ports.rounds.get(HERE, undone) is not None
        kept = ask(ports, item="ben-2")
        round_ = ports.rounds.get(HERE, kept)
    assert kept == undone
    assert round_ is not None
    assert round_.question.item == "ben-2"


def test_a_round_of_a_transaction_that_was_undone_is_not_remembered(store: Store) -> None:
    """A round that was read again after a part was undone goes with the whole transaction too."""
    ports = ports_of(store)
    with store.transaction():
        standing = ask(ports, item="looms")
    with _broken(store.transaction()):
        undone = ask(ports, item="ada-1")
        with _broken(store.savepoint()):
            pass
        assert ports.rounds.get(HERE, undone) is not None
    with store.transaction():
        kept = ask(ports, item="ben-2")
        found = [ports.rounds.get(HERE, number) for number in (standing, kept)]
    assert kept == undone
    assert [each.question.item for each in found if each] == ["looms", "ben-2"]


def test_a_part_that_was_undone_leaves_older_rounds_in_memory(store: Store) -> None:
    """A refusal rolls back its part, and costs no round that was there before."""
    ports = ports_of(store)
    with store.transaction():
        number = ask(ports)
    with store.transaction():
        before = ports.rounds.get(HERE, number)
        with _broken(store.savepoint()):
            ask(ports)
        assert ports.rounds.get(HERE, number) is before


def test_a_library_that_was_undone_is_not_remembered(store: Store) -> None:
    """What was read of a library within a transaction that is undone is not served afterwards."""
    ports = ports_of(store)
    store.stock([shelf()])
    before = ports.library.quotations(HERE)
    with _broken(store.transaction()):
        store._db.execute("DELETE FROM item_topics")
        store._db.execute("DELETE FROM items")
        store._db.execute("UPDATE editions SET edition = 7")
        assert ports.library.quotations(HERE) == ()
    assert ports.library.quotations(HERE) == before


def test_what_is_not_committed_is_seen_by_nobody_else(tmp_path: Path) -> None:
    """A second connection sees a savepoint's writes only once the transaction around it has ended."""
    path = tmp_path / "bot.db"
    store, reader = Store(path), open_reader(path)
    count = "SELECT count(*) FROM decks"
    with store.transaction():
        with store.savepoint():
            _serve(store, "a")
        assert reader.execute(count).fetchone() == (0,)
    assert reader.execute(count).fetchone() == (1,)
    reader.close()
    store.close()


def test_a_process_that_dies_leaves_what_was_committed_and_no_more(tmp_path: Path) -> None:
    """A copy of the files, taken in the middle of a transaction, opens with what was committed before it."""
    path, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    store = Store(path)
    with store.transaction():
        _serve(store, "a")
    with store.transaction():
        _serve(store, "b")
        for ending in ("", "-wal"):
            (tmp_path / f"copy.db{ending}").write_bytes((tmp_path / f"bot.db{ending}").read_bytes())
    store.close()
    found = Store(copy)
    assert _served(found) == {"a"}
    assert found._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found.close()


@pytest.mark.parametrize("size", [50, 20_000])
def test_a_full_disk_is_told_apart_and_outlived(store: Store, size: int) -> None:
    """When the disk is full TransactionLost leaves nothing of the whole transaction, and the next one works."""
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 2}")

    def fill() -> None:
        with store.savepoint():
            _serve(store, "before")
        for number in range(1_000):
            with store.savepoint():
                _serve(store, f"{number}" * size)

    lost = _lose(store, fill)
    assert isinstance(lost.__cause__, TransactionLost)
    assert str(lost.__cause__.__cause__) == "database or disk is full"
    assert _served(store) == set()
    store._db.execute(f"PRAGMA max_page_count = {pages + 1_000}")
    with store.transaction():
        _serve(store, "after")
    assert _served(store) == {"after"}


def test_nothing_goes_on_in_a_transaction_that_is_gone(store: Store) -> None:
    """Whoever overlooks that the transaction is gone is stopped at the next savepoint, and at the end at the latest."""

    def roll_back() -> None:
        store._db.execute("ROLLBACK")

    def go_on() -> None:
        roll_back()
        with store.savepoint():
            _serve(store, "a")

    def go_on_within() -> None:
        with store.savepoint():
            roll_back()
            _serve(store, "b")

    assert str(_lose(store, go_on).__cause__) == "there is no transaction for a savepoint"
    assert str(_lose(store, roll_back)) == "the transaction was rolled back by a failure in it"
    assert str(_lose(store, go_on_within)) == "the transaction was rolled back by a failure in it"
    assert _served(store) == set()


def test_a_commit_that_fails_is_told(store: Store) -> None:
    """When the commit itself is refused TransactionLost says so, and nothing is kept."""

    def promise_what_never_comes() -> None:
        store._db.execute("PRAGMA defer_foreign_keys = ON")
        _serve(store, "a")
        store._db.execute("INSERT INTO set_rounds VALUES (9, 1, 9)")

    lost = _lose(store, promise_what_never_comes)
    assert str(lost) == "the transaction could not be committed: FOREIGN KEY constraint failed"
    assert _served(store) == set()


def test_what_was_written_outside_a_transaction_does_not_block_the_next(store: Store) -> None:
    """A stray write is rolled back by the transaction that cannot begin because of it; the one after works."""
    _serve(store, "stray")
    assert str(_lose(store, lambda: None)).startswith("the transaction could not begin")
    with store.transaction():
        _serve(store, "a")
    assert _served(store) == {"a"}


def test_another_process_that_writes_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that cannot have the write lock in time does not begin, and says that the database is locked."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    path = tmp_path / "bot.db"
    store = Store(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert str(_lose(store, lambda: _serve(store, "a"))).endswith("database is locked")
    other.execute("ROLLBACK")
    other.close()
    with store.transaction():
        _serve(store, "b")
    assert _served(store) == {"b"}
    store.close()


def test_errors_are_caught_by_the_driver_s_own_name(store: Store) -> None:
    """An error of the database is an error of the driver that sqlite-utils chose."""
    with pytest.raises(sqlite3.IntegrityError):
        store._db.execute("INSERT INTO set_rounds VALUES (9, 1, 9)")
