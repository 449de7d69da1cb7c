"""A notebook: single words remembered from one start to the next, on a connection of their own."""

from pathlib import Path

from storage.database import open_reader, open_writer

_READ = "SELECT value FROM settings WHERE community = '' AND key = ?"
_WRITE = "INSERT INTO settings VALUES ('', ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"


class Notebook:
    """Words under keys, in the database's file. Rarely used, so it connects anew each time."""

    def __init__(self, path: str | Path) -> None:
        self._path = path

    def read(self, key: str) -> str | None:
        """Give what was written under a key; None when nothing was."""
        db = open_reader(self._path)
        try:
            row = db.execute(_READ, (key,)).fetchone()
        finally:
            db.close()
        return str(row[0]) if row else None

    def write(self, key: str, value: str) -> None:
        """Write a value under a key, in place of an older one."""
        db = open_writer(self._path)
        try:
            with db.atomic():
                db.execute(_WRITE, (key, value))
        finally:
            db.close()
