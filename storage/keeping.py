"""Backups: taken while the bot runs, verified, and put back without bringing back whom it has forgotten."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from storage.copying import copy_of, verify
from storage.database import DatabaseFault, open_reader, open_writer, sentence
from storage.driver import sqlite3
from storage.lock import Lock
from storage.presences import take_over
from storage.privacy import reapply, remembered


def backup(database: str | Path, target: Path) -> int:
    """Copy a database, also one in use, to a new file, and verify the copy; gives its size in bytes.

    Raises DatabaseFault, and leaves no file, where there is nothing to copy, the target is there already, or the copy
    is not sound.
    """
    if not Path(database).exists():
        raise DatabaseFault(f"There is no database {database} to back up.")
    if target.exists():
        raise DatabaseFault(f"{target} is there already. Name another file; a backup is never overwritten.")
    source = open_reader(database)
    try:
        return copy_of(source.conn, target)
    finally:
        source.close()


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the database that was replaced is kept (None where there was none), and whether its marks could be read."""

    kept: Path | None
    marks_read: bool = True


def restore(source: Path, database: Path) -> Restored:
    """Put a backup in the place of a database that no process uses.

    The backup is verified first; members who were forgotten since it was taken are forgotten in it too, and communities
    that were removed since are removed from it, as far as the database that is replaced can still be read. Raises
    DatabaseFault, with nothing changed.
    """
    if not source.exists():
        raise DatabaseFault(f"There is no backup {source}.")
    verify(source)
    lock = Lock(database)
    if not lock.take():
        raise DatabaseFault(f"The bot uses the database {database} now. Stop it first; nothing was changed.")
    fresh = database.with_name(f"{database.name}.restoring")
    try:
        shutil.copyfile(source, fresh)
        fresh.chmod(0o600)
        marks_read = _forget_again(fresh, database)
        kept = _set_aside(database)
        fresh.replace(database)
    except OSError as error:
        raise DatabaseFault(f"{fresh} cannot be written ({error.strerror}). Nothing was changed.") from error
    except sqlite3.Error as error:
        raise DatabaseFault(f"{sentence(fresh, error)} Nothing was changed.") from error
    finally:
        for leftover in (fresh, *(fresh.with_name(f"{fresh.name}-{each}") for each in ("wal", "shm"))):
            leftover.unlink(missing_ok=True)
        lock.release()
    return Restored(kept, marks_read)


def _forget_again(fresh: Path, database: Path) -> bool:
    """Do in a copy what was forgotten and removed in the database since; False where that one cannot be read."""
    db = open_writer(fresh, keep=False)
    try:
        read = True
        if database.exists():
            try:
                old = open_writer(database)
            except DatabaseFault:
                read = False
            else:
                read = _take_marks(db, old)
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()
    return read


def _take_marks(db: Database, old: Database) -> bool:
    try:
        marks = remembered(old.conn)
        reapply(db.conn, marks)
        with db.atomic():
            take_over(db.conn, old.conn)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            return False
        raise
    finally:
        old.close()
    return True


def _set_aside(database: Path) -> Path | None:
    """Move the old database, with what has not been written into it yet, out of the way."""
    if not database.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = database.with_name(f"{database.name}.before-restore-{stamp}")
    database.replace(kept)
    for each in ("wal", "shm"):
        beside = database.with_name(f"{database.name}-{each}")
        if beside.exists():
            beside.replace(kept.with_name(f"{kept.name}-{each}"))
    return kept
