"""Backups and the lock: copies that are sound, put back whole, and one process a database."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.ports import Rules
from storage.copying import verify
from storage.database import DatabaseFault
from storage.driver import sqlite3
from storage.keeping import backup, restore
from storage.lock import Lock
from storage.migrations import MIGRATIONS, names
from storage.store import Store
from storage.upgrading import KEPT, copies_before
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
    done = restore(copy, database)
    assert done.kept is not None
    assert done.marks_read
    assert _served(database) == {"before"}
    assert _served(done.kept) == {"before", "after"}


@pytest.mark.parametrize("damage", ["all of it", "the marks"])
def test_a_database_that_is_damaged_is_replaced_all_the_same(tmp_path: Path, damage: str) -> None:
    """That is what a backup is for: the host is told that whoever was forgotten since could not be read from it."""
    database, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    _write(database, "before")
    backup(database, copy)
    if damage == "all of it":
        database.write_bytes(b"\0" * 100_000)
    else:
        _spoil(database, "forgotten")
    done = restore(copy, database)
    assert done.kept is not None
    assert not done.marks_read
    assert _served(database) == {"before"}
    assert sorted(path.name for path in tmp_path.iterdir() if "restoring" in path.name) == []


def _spoil(database: Path, table: str) -> None:
    """Write rubbish over the page where a table begins."""
    connection = sqlite3.connect(database)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_an_older_database_is_copied_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    """The copy beside it is as the older version left it, and private; only the last one is kept, and for 30 days."""
    database = tmp_path / "bot.db"
    first, *_, last = sorted(names())
    _older(database, last)
    (tmp_path / f"bot.db.before-{first}").write_bytes(b"from the update before")
    Store(database).close()
    (copy,) = copies_before(database)
    assert copy.name == f"bot.db.before-{last}"
    assert copy.stat().st_mode & 0o077 == 0
    verify(copy)
    with closing(Database(copy, execute_plugins=False)) as db:
        assert {each.name for each in MIGRATIONS.applied(db)} == names() - {last}
    Store(database).close()
    assert copies_before(database) == [copy]
    os.utime(copy, (0, copy.stat().st_mtime - KEPT - 60))
    Store(database).close()
    assert copies_before(database) == []


def test_without_room_for_the_copy_nothing_is_brought_up_to_date(tmp_path: Path) -> None:
    """The host is told what is missing, and the database is as the older version left it."""
    database = tmp_path / "bot.db"
    last = max(names())
    _older(database, last)
    before = database.read_bytes()
    (tmp_path / f"bot.db.before-{last}.partial").mkdir()
    with pytest.raises(DatabaseFault) as caught:
        Store(database)
    assert str(caught.value) == (
        f"The database {database} must be brought up to date, and the copy that is kept of it before could not be made. "
        f"{database}.before-{last} cannot be written (Is a directory). Nothing was kept. Make room beside it and start again."
    )
    assert database.read_bytes() == before


def _older(database: Path, before: str) -> None:
    """Make a database of the version before this migration."""
    with closing(Database(database, execute_plugins=False)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        MIGRATIONS.apply(db, stop_before=before)


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
