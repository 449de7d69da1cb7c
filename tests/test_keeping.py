"""Backups and the lock: copies that are sound, put back whole, and one process a database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.ports import Rules
from storage.database import DatabaseFault
from storage.keeping import backup, restore, verify
from storage.lock import Lock
from storage.store import Store
from tests.test_runner import _served


def _write(database: Path, item: str) -> None:
    import random  # noqa: PLC0415 - for one shuffle that never happens

    store = Store(database)
    with store.transaction():
        store.ports(random.Random(1), Rules()).decks.serve("test:1", "deck", item, 1)
    store.close()


def test_a_backup_is_a_sound_copy_of_a_database_in_use(tmp_path: Path) -> None:
    """The copy holds what was committed before it began, is private to its owner, and passes the integrity check."""
    database, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    _write(database, "before")
    in_use = Store(database)
    with in_use.transaction():
        size = backup(database, copy)
    in_use.close()
    _write(database, "after")
    verify(copy)
    assert _served(copy) == {"before"}
    assert copy.stat().st_size == size
    assert copy.stat().st_mode & 0o077 == 0


def test_a_backup_is_never_overwritten(tmp_path: Path) -> None:
    """A file that is there stays as it is, and the sentence says so."""
    database, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    _write(database, "x")
    copy.write_bytes(b"mine")
    with pytest.raises(DatabaseFault, match="is there already"):
        backup(database, copy)
    assert copy.read_bytes() == b"mine"


def test_restoring_puts_the_copy_back_and_keeps_the_old_one(tmp_path: Path) -> None:
    """After a restore the database is what the backup was; what it was before lies beside it."""
    database, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    _write(database, "before")
    backup(database, copy)
    _write(database, "after")
    kept = restore(copy, database)
    assert kept is not None
    assert _served(database) == {"before"}
    assert _served(kept) == {"before", "after"}


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path, content: bytes) -> None:
    """What is no sound database of the bot's is not put in the place of one that is."""
    database, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    _write(database, "kept")
    copy.write_bytes(content)
    with pytest.raises(DatabaseFault):
        restore(copy, database)
    assert _served(database) == {"kept"}
    assert sorted(path.name for path in tmp_path.iterdir() if "restor" in path.name) == []


def test_a_database_in_use_is_not_replaced(tmp_path: Path) -> None:
    """While a process holds the lock, restoring is refused."""
    database, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    _write(database, "x")
    backup(database, copy)
    lock = Lock(database)
    assert lock.take()
    with pytest.raises(DatabaseFault, match="Stop it first"):
        restore(copy, database)
    lock.release()
    restore(copy, database)


def test_the_lock_is_one_process_s_and_goes_with_it(tmp_path: Path) -> None:
    """A second process cannot take it; when the first is killed it can at once."""
    database = tmp_path / "bot.db"
    script = (
        f"from storage.lock import Lock; l = Lock({str(database)!r}); print(l.take(), flush=True); input()"
    )
    holder = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    lock = Lock(database)
    assert not lock.take()
    holder.kill()
    holder.communicate()
    assert lock.take()
    lock.release()
