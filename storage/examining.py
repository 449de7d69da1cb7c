"""Examining a database without changing anything, also while a bot works on it."""

import os
from pathlib import Path

from storage.database import open_reader
from storage.driver import sqlite3
from storage.faults import DatabaseFault, sentence
from storage.migrations import MIGRATIONS, names

SOON_READ = 64_000_000
"""Bytes of a database that are read in a fraction of a second."""


def examine(database: str | Path, *, thorough: bool = True) -> str:
    """See that a database is sound, can be written, and is no newer than the program; gives a note, or nothing.

    Without `thorough`, what would take seconds is left out, so that a start need not wait for it.
    Raises DatabaseFault with what is wrong.
    """
    path = Path(database)
    if not path.exists():
        _see_folder(path)
        return f"The database {path} is not there yet; the first start makes it."
    if not os.access(path, os.W_OK):
        raise DatabaseFault(
            f"The database {path} may not be written. See that the bot may write this file and its folder."
        )
    _see_folder(path)
    db = open_reader(path)
    try:
        found = _check(db.conn, thorough=thorough)
        had = {each.name for each in MIGRATIONS.applied(db)}
        empty = not db.table_names()
    except sqlite3.Error as error:
        raise DatabaseFault(sentence(path, error)) from error
    finally:
        db.close()
    if found != "ok":
        raise _damaged(path, found)
    if not had and not empty:
        raise DatabaseFault(f"The database {path} belongs to another program. Name another file.")
    if had - names():
        raise DatabaseFault(
            f"The database {path} was written by a newer version of the bot. Run that version, or restore a backup from before it."
        )
    return (
        ""
        if had >= names()
        else f"The database {path} is an older version’s; the next start brings it up to date."
    )


def _check(connection: sqlite3.Connection, *, thorough: bool) -> str:
    """Say whether the pages hang together: `ok`, or what is wrong; at a start only where that is soon known.

    Larger databases are examined with each nightly copy, and by `check`.
    """
    pages, size = (connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "page_size"))
    if not thorough and pages * size > SOON_READ:
        return "ok"
    check = "integrity_check" if thorough else "quick_check"
    return str(connection.execute(f"PRAGMA {check}(1)").fetchone()[0])


def _damaged(path: str | Path, found: str) -> DatabaseFault:
    """Say that pages of a database do not hang together."""
    return DatabaseFault(
        f"The database {path} is damaged ({found.splitlines()[-1]}). Stop the bot and restore the newest backup."
    )


def _see_folder(path: Path) -> None:
    """See that the folder of a file can be written, or made."""
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise DatabaseFault(
            f"The folder of {path} cannot be written. See that it is there and belongs to the bot."
        )
