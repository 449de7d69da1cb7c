"""Opening the database: one connection that writes, and others that only read.

The file is private to whoever runs the bot. A commit is on the disk when it returns (WAL with `synchronous=FULL`),
and what is deleted is overwritten, so that forgetting somebody leaves no trace in free pages.
"""

import os
from pathlib import Path

from sqlite_utils import Database

from storage.driver import sqlite3
from storage.faults import DatabaseFault, sentence
from storage.migrations import MIGRATIONS, names
from storage.upgrading import bring_up_to_date

__all__ = ["DatabaseFault", "engine_note", "latest", "open_reader", "open_writer", "sentence", "version"]

MEMORY = ":memory:"
BUSY_SECONDS = 5.0
"""How long a statement waits for another process's lock."""
_STATEMENTS = 256
"""Prepared statements that are kept: more than the storage has."""
_SOUND = (3, 51, 3)
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16000",  # kB: the sums of a large community stay in memory
    "PRAGMA temp_store = MEMORY",
)


def open_writer(path: str | Path, *, keep: bool = True) -> Database:
    """Open the one connection that writes, on a file (made where it is missing) or on `:memory:`.

    The schema is brought up to date, with `keep` after a copy of the file was put beside it. It belongs to the thread that opens it. Raises DatabaseFault, with nothing
    changed, for a file that cannot be used, belongs to another program, or was written by a newer version of this one.
    """
    if str(path) != MEMORY:
        _make_private(Path(path))
    try:
        db = _database(str(path))
        try:
            _refuse_foreign(db, path)
            for pragma in _PRAGMAS:
                db.conn.execute(pragma)
            bring_up_to_date(db, Path(path) if keep and str(path) != MEMORY else None)
        except BaseException:
            db.close()
            raise
    except sqlite3.Error as error:
        raise DatabaseFault(sentence(path, error)) from error
    return db


def open_reader(path: str | Path) -> Database:
    """Open a further connection that cannot write, on a file that `open_writer` has opened.

    It sees what is committed. Raises DatabaseFault where there is no such file; `:memory:` has one connection only.
    """
    if str(path) == MEMORY:
        raise DatabaseFault("A database in memory has one connection. Name a file.")
    try:
        db = _database(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
        try:
            db.conn.execute("PRAGMA query_only = ON")
            db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            db.close()
            raise
    except sqlite3.Error as error:
        raise DatabaseFault(sentence(path, error)) from error
    return db


def is_current(path: str | Path) -> bool:
    """Say whether a database has had every migration that this version knows, and no other."""
    db = open_reader(path)
    try:
        return {each.name for each in MIGRATIONS.applied(db)} == names()
    finally:
        db.close()


def version(db: Database) -> int:
    """Count the migrations that a database has had."""
    return len(MIGRATIONS.applied(db))


def latest(db: Database, path: str | Path) -> str:
    """Name the last migration of a database that is up to date. Raises DatabaseFault where it is not."""
    had = {each.name for each in MIGRATIONS.applied(db)}
    if had - names():
        raise DatabaseFault(
            f"The database {path} was written by a newer version of the bot. Run that version."
        )
    if names() - had:
        raise DatabaseFault(
            f"The database {path} was written by an older version of the bot. Start this one once, which brings it up to date."
        )
    return max(had)


def _database(path: str, *, uri: bool = False) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, cached_statements=_STATEMENTS, uri=uri)
    return Database(connection, execute_plugins=False)


def _make_private(path: Path) -> None:
    """Make the file and its folders where they are missing, open to their owner alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
    except OSError as error:
        raise DatabaseFault(
            f"The database {path} cannot be opened ({error.strerror}). See that its folder is there and may be written."
        ) from error


def _refuse_foreign(db: Database, path: str | Path) -> None:
    tables = db.table_names()
    if tables and MIGRATIONS.migrations_table not in tables:
        raise DatabaseFault(f"The database {path} belongs to another program. Name another file.")
    ahead = sorted({each.name for each in MIGRATIONS.applied(db)} - names())
    if ahead:
        raise DatabaseFault(
            f"The database {path} was written by a newer version of the bot: {ahead[-1]} is unknown here. "
            "Nothing was changed. Run that version, or restore a backup from before it."
        )


def engine_note() -> str:
    """Say what a host should know of the SQLite that is used; nothing where it is sound.

    Before 3.51.3, resetting the write-ahead log could race with a reader and damage the file.
    """
    if sqlite3.sqlite_version_info >= _SOUND:
        return ""
    return (
        f"SQLite {sqlite3.sqlite_version} is older than 3.51.3, which mends a rare fault in the write-ahead log. "
        "Keep backups, and update Python or SQLite when you can."
    )
