"""Backups: taken while the bot runs, verified, and put back without bringing back whom it has forgotten."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from storage.database import DatabaseFault, open_reader, open_writer
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
    partial = target.with_name(f"{target.name}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        source, copy = open_reader(database), sqlite3.connect(partial)
        try:
            source.conn.backup(copy)
        finally:
            copy.close()
            source.close()
        verify(partial)
        partial.replace(target)
    except OSError as error:
        raise DatabaseFault(f"{target} cannot be written ({error.strerror}). Nothing was kept.") from error
    except sqlite3.Error as error:
        raise DatabaseFault(f"{database} could not be copied: {error}. Nothing was kept.") from error
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def verify(path: Path) -> None:
    """See that a file is a sound database of the bot's. Raises DatabaseFault saying what is wrong."""
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = [row[0] for row in db.execute("PRAGMA integrity_check")]
            ours = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'score_events'").fetchone()
        finally:
            db.close()
    except sqlite3.Error as error:
        raise DatabaseFault(f"{path} is not a sound database: {error}.") from error
    if found != ["ok"]:
        raise DatabaseFault(f"{path} is damaged: {found[0]}.")
    if ours is None:
        raise DatabaseFault(f"{path} is no database of this bot.")


def restore(source: Path, database: Path) -> Path | None:
    """Put a backup in the place of a database that no process uses; gives where the old one is kept.

    The backup is verified first; members who were forgotten since it was taken are forgotten in it too, and communities
    that were removed since are removed from it. Raises DatabaseFault, with nothing changed.
    """
    if not source.exists():
        raise DatabaseFault(f"There is no backup {source}.")
    verify(source)
    lock = Lock(database)
    if not lock.take():
        raise DatabaseFault(f"The bot uses the database {database} now. Stop it first; nothing was changed.")
    try:
        fresh = database.with_name(f"{database.name}.restoring")
        shutil.copyfile(source, fresh)
        fresh.chmod(0o600)
        try:
            _forget_again(fresh, database)
            kept = _set_aside(database)
            fresh.replace(database)
        finally:
            for leftover in (fresh, *(fresh.with_name(f"{fresh.name}-{each}") for each in ("wal", "shm"))):
                leftover.unlink(missing_ok=True)
    finally:
        lock.release()
    return kept


def _forget_again(fresh: Path, database: Path) -> None:
    db = open_writer(fresh)
    try:
        if database.exists():
            old = open_writer(database)
            try:
                reapply(db.conn, remembered(old.conn))
                with db.atomic():
                    take_over(db.conn, old.conn)
            finally:
                old.close()
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


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
