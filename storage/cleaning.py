"""Leave no copy of what was forgotten or removed in the database's file, nor in its log."""

from storage.driver import sqlite3
from storage.memory import Memory
from storage.transactions import Transaction

_UNCLEAN = (
    "SELECT 1 FROM forgotten WHERE cleaned = 0 UNION ALL SELECT 1 FROM presences WHERE cleaned = 0 LIMIT 1"
)
_CLEANED = (
    "UPDATE forgotten SET cleaned = 1 WHERE cleaned = 0",
    "UPDATE presences SET cleaned = 1 WHERE cleaned = 0",
)


def empty_log(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log, where what was deleted still stands; quick, and outside any transaction.

    False, and nothing lost, while somebody is reading: try again later.
    """
    (waits,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {waits}")
    return not busy


def is_clean(connection: sqlite3.Connection) -> bool:
    """Whether the file has been written anew since anybody was forgotten, or a community removed."""
    return connection.execute(_UNCLEAN).fetchone() is None


def clean(connection: sqlite3.Connection) -> bool:
    """Write the whole file anew, and empty the log: only now no copy of what was forgotten can be left in it.

    What is deleted is overwritten at once, but not what SQLite has left behind on a page whose rows it moved to
    another. Outside any transaction; nothing else can be written meanwhile, about a second for each 20 MB. False,
    and nothing lost, while somebody is reading: try again later.
    """
    connection.execute("VACUUM")
    if not empty_log(connection):
        return False
    with Transaction(connection, Memory()):
        for each in _CLEANED:
            connection.execute(each)
    return True
