"""The schema, and what opening a database does and refuses."""

import stat
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage import migrations
from storage.database import DatabaseFault, engine_note, open_reader, open_writer, version
from storage.driver import sqlite3
from storage.migrations import MIGRATIONS, m0002_saved
from storage.store import MEMORY
from tests.schema import GOLDEN, schema_of
from tests.storage_samples import HERE

pytestmark = pytest.mark.migrates


def _fault(path: Path) -> str:
    with pytest.raises(DatabaseFault) as fault:
        open_writer(path)
    return str(fault.value)


def test_the_schema_is_this(tmp_path: Path) -> None:
    """From nothing, all migrations make exactly the schema that is written down, on a file and in memory."""
    for path in (tmp_path / "bot.db", MEMORY):
        db = open_writer(path)
        assert schema_of(db) == GOLDEN.read_text(encoding="utf-8")
        assert version(db) == len(migrations.names())
        db.close()


def test_every_table_is_strict() -> None:
    """No table takes a value of another type than it says."""
    db = open_writer(MEMORY)
    lax = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND schema = 'main'"
    assert [name for (name,) in db.execute(lax).fetchall() if not name.startswith(("_", "sqlite_"))] == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        db.execute("INSERT INTO seen VALUES ('c', 'e', 'soon')")
    db.close()


def test_migrations_apply_one_by_one_to_the_same_schema() -> None:
    """A database that was made by an earlier version, and filled, comes to the same schema with what it holds."""
    db = Database(memory=True, execute_plugins=False)
    for name in sorted(migrations.names())[1:]:
        MIGRATIONS.apply(db, stop_before=name)
    db.execute("INSERT INTO communities VALUES (?, 'UTC')", (HERE,))
    MIGRATIONS.apply(db)
    assert schema_of(db) == GOLDEN.read_text(encoding="utf-8")
    assert db.execute("SELECT * FROM communities").fetchall() == [(HERE, "UTC")]
    db.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """A database that is up to date is opened as it is."""
    path = tmp_path / "bot.db"
    open_writer(path).close()
    before = path.read_bytes()
    open_writer(path).close()
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A database that a newer version has written is refused with a sentence, and not a byte is changed."""
    path = tmp_path / "bot.db"
    db = open_writer(path)
    later = ("hundred_regiments", "m9999_later", "2030-01-01")
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", later)
    db.close()
    before = path.read_bytes()
    assert _fault(path) == (
        f"The database {path} was written by a newer version of the bot: m9999_later is unknown here. "
        "Nothing was changed. Run that version, or restore a backup from before it."
    )
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_of_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """When a migration fails the database is as it was before it, and the next start tries again."""
    path = tmp_path / "bot.db"
    twice = f"{m0002_saved.STATEMENTS}\n\nCREATE TABLE saved (twice TEXT)"
    monkeypatch.setattr(m0002_saved, "STATEMENTS", twice)
    assert _fault(path).endswith("already exists.")
    monkeypatch.undo()
    db = open_writer(path)
    assert schema_of(db) == GOLDEN.read_text(encoding="utf-8")
    db.close()


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    """A database with tables of somebody else's is left alone."""
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (a TEXT)")
    other.close()
    before = path.read_bytes()
    assert _fault(path) == f"The database {path} belongs to another program. Name another file."
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    """A file of another kind is left alone."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 100, encoding="utf-8")
    remedy = "is not a SQLite database. Move it away, or name another file."
    assert _fault(path) == f"The database {path} {remedy}"
    assert path.read_text(encoding="utf-8") == "Dear reader, " * 100


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    """A database whose pages are overwritten is refused with what to do."""
    path = tmp_path / "bot.db"
    open_writer(path).close()
    content = bytearray(path.read_bytes())
    content[100:8192] = b"\xff" * 8092
    path.write_bytes(content)
    assert _fault(path) == f"The database {path} is damaged. Stop the bot and restore the newest backup."


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    """A path through a file, or to a folder, cannot be opened."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be opened" in _fault(tmp_path / "file" / "bot.db")
    assert "cannot be opened" in _fault(tmp_path)


def test_a_database_in_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another process holds is not waited for without end."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    path = tmp_path / "bot.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert _fault(path) == (
        f"The database {path} is in use by another process. Stop that one, or name another file."
    )
    other.close()


def test_the_file_is_private(tmp_path: Path) -> None:
    """The database, what SQLite puts beside it, and a folder made for it are open to their owner alone."""
    path = tmp_path / "data" / "bot.db"
    db = open_writer(path)
    db.execute("INSERT INTO communities VALUES (?, 'UTC')", (HERE,))
    made = [path.parent, path, path.with_name("bot.db-wal"), path.with_name("bot.db-shm")]
    assert [stat.S_IMODE(each.stat().st_mode) & 0o077 for each in made] == [0, 0, 0, 0]
    db.close()


def test_a_commit_is_on_the_disk_and_deletion_leaves_nothing() -> None:
    """The connection is set to what the promises rest on."""
    db = open_writer(MEMORY)
    pragmas = ("synchronous", "foreign_keys", "secure_delete", "recursive_triggers")
    assert [db.execute(f"PRAGMA {each}").fetchone()[0] for each in pragmas] == [2, 1, 1, 1]
    db.close()


def test_a_file_is_written_ahead(tmp_path: Path) -> None:
    """On a file the journal is a write-ahead log."""
    db = open_writer(tmp_path / "bot.db")
    assert db.journal_mode == "wal"
    db.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    """A reading connection sees what is committed and refuses to write."""
    path = tmp_path / "a bot's.db"
    db = open_writer(path)
    reader = open_reader(path)
    with db.atomic():
        db.execute("INSERT INTO communities VALUES (?, 'UTC')", (HERE,))
    assert reader.execute("SELECT zone FROM communities").fetchone() == ("UTC",)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM communities")
    reader.close()
    db.close()


def test_a_reader_needs_a_file(tmp_path: Path) -> None:
    """Nothing can be read where there is no file, and none is made; memory has no second connection."""
    with pytest.raises(DatabaseFault, match="cannot be opened"):
        open_reader(tmp_path / "bot.db")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DatabaseFault, match="one connection"):
        open_reader(MEMORY)


def test_an_old_engine_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite from before the fix of the write-ahead log is noted, a later one is not."""
    monkeypatch.setattr("storage.database.sqlite3.sqlite_version_info", (3, 51, 3))
    assert not engine_note()
    monkeypatch.setattr("storage.database.sqlite3.sqlite_version_info", (3, 40, 1))
    assert "is older than 3.51.3" in engine_note()
