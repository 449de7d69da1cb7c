"""The SQLite driver that sqlite-utils chose: pysqlite3 where it has a wheel, else the standard library's.

The two differ in nothing but their types, so errors are caught by this name alone.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

__all__ = ["sqlite3"]
