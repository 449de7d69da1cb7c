"""A verified copy of a database that may be in use."""

import os
from contextlib import suppress
from pathlib import Path

from storage.driver import sqlite3
from storage.faults import DatabaseFault


def copy_of(connection: sqlite3.Connection, target: Path) -> int:
    """Copy what is committed to a new file, for its owner alone, and verify the copy; gives its size in bytes.

    The file is there whole, or not at all. Raises DatabaseFault.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(partial)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        verify(partial)
        _onto_the_disk(partial)
        partial.replace(target)
        return target.stat().st_size
    except OSError as error:
        raise DatabaseFault(f"{target} cannot be written ({error.strerror}). Nothing was kept.") from error
    except sqlite3.Error as error:
        raise DatabaseFault(f"{target} could not be made: {error}. Nothing was kept.") from error
    finally:
        for each in ("", "-journal", "-wal", "-shm"):
            _clear(partial.with_name(f"{partial.name}{each}"))


def verify(path: Path) -> None:
    """See that a file which nobody writes is a sound database of the bot's. Raises DatabaseFault saying what is wrong."""
    try:
        # So that nothing is made beside it: a backup may lie where nothing can be written.
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = [row[0] for row in db.execute("PRAGMA integrity_check(1)")]
            ours = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'score_events'").fetchone()
        finally:
            db.close()
    except sqlite3.Error as error:
        raise DatabaseFault(f"{path} is not a sound database: {error}.") from error
    if found != ["ok"]:
        raise DatabaseFault(f"{path} is damaged: {found[0].splitlines()[-1]}.")
    if ours is None:
        raise DatabaseFault(f"{path} is no database of this bot.")


def _clear(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _onto_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
