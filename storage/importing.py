"""Importing a community that `storage.exporting` has written: all of it, or nothing.

Rows keep their numbers in a database that has none yet, so that buttons on messages that stand in channels go on working.
Beside other communities every number is raised by the same amount, above all that either side has used: an old button
then names no row at all, and never somebody else's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from storage.belongings import LEFT_BEHIND, Belonging, Value, belongings, shifted
from storage.cleaning import clean, is_clean
from storage.database import DatabaseFault, latest, open_writer, sentence
from storage.driver import sqlite3
from storage.exporting import FORMAT, VERSION, Progress
from storage.lock import Lock
from storage.memory import Memory
from storage.privacy import forget_again, remembered
from storage.stocking import renew
from storage.transactions import Transaction, TransactionLost

LONGEST = 4_000_000
"""Characters of a line: far more than any row has."""
_HIGHEST_ID = 2**53
_TRIGGERS = """
SELECT name, sql FROM sqlite_master
WHERE type = 'trigger' AND tbl_name NOT IN ('articles', 'items', 'people', 'search_entries') ORDER BY rowid
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What was imported: the community, how many rows, how many members were forgotten again, whether rows have new numbers."""

    community: str
    rows: int
    forgotten: int
    renumbered: bool


class _Unreadable(Exception):  # noqa: N818 - becomes a DatabaseFault that names the file and the line
    """A line is not what an export writes."""


@dataclass(slots=True)
class _Incoming:
    """The rows of a file on their way into a database."""

    connection: sqlite3.Connection
    community: str
    by: int
    highest: int
    tables: Mapping[str, Belonging]
    ids: dict[str, set[int]] = field(default_factory=dict)

    def take(self, entry: Mapping[str, Any]) -> None:
        """Write one row. Raises _Unreadable."""
        table = self.tables.get(str(entry.get("table")))
        row = entry.get("row")
        if table is None or not isinstance(row, dict) or set(row) != set(table.columns):
            raise _Unreadable("is no row of any table")
        if row.get("community", self.community) != self.community:
            raise _Unreadable("belongs to another community")
        values = [self._value(table, name, _bytes(row[name])) for name in table.columns]
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO {table.table} VALUES ({marks})", values)

    def _value(self, table: Belonging, name: str, value: Value) -> Value:
        parent = table.ids.get(name)
        if parent is None or value is None:
            return shifted(table.table, name, value, self.by)
        known = self.ids.setdefault(parent, set())
        if not isinstance(value, int) or not 0 < value <= self.highest:
            raise _Unreadable(f"has a {name} that is no number of a row")
        if name == table.key:
            known.add(value)
        elif value not in known:
            raise _Unreadable(f"names a row of {parent} that the file does not hold before it")
        return value + self.by


def import_data(database: str | Path, source: Path, progress: Progress | None = None) -> Imported:
    """Take an exported community into a database that does not hold it yet and that no process uses.

    Who has been forgotten in the database since the export, is forgotten in what comes in. Raises DatabaseFault, with
    nothing changed.
    """
    lock = Lock(database)
    if not lock.take():
        raise DatabaseFault(f"The bot uses the database {database} now. Stop it first; nothing was changed.")
    try:
        with source.open(encoding="utf-8", newline="\n") as file:
            return _into(database, source, _Lines(file), progress)
    except OSError as error:
        raise DatabaseFault(f"{source} cannot be read ({error.strerror}). Nothing was imported.") from error
    except UnicodeDecodeError as error:
        raise DatabaseFault(
            f"{source} is no export: it is not text in UTF-8. Nothing was imported."
        ) from error
    finally:
        lock.release()


def _into(database: str | Path, source: Path, lines: "_Lines", progress: Progress | None) -> Imported:
    db = open_writer(database)
    try:
        with Transaction(db.conn, Memory()):
            incoming = _prepared(db.conn, database, _header(lines.entry(), latest(db, database)))
            before = [each for each in remembered(db.conn) if each.community == incoming.community]
            for table in LEFT_BEHIND:
                db.execute(f"DELETE FROM {table} WHERE community = ?", (incoming.community,))
            triggers = _lift_triggers(db.conn)
            rows = _take_all(incoming, lines, progress)
            for sql in triggers:
                db.execute(sql)
            forgotten = forget_again(db.conn, before)
            renew(db.conn, incoming.community)
        if not is_clean(db.conn):
            clean(db.conn)
    except _Unreadable as fault:
        raise DatabaseFault(f"{source}: line {lines.number} {fault}. Nothing was imported.") from fault
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError) as error:
        raise DatabaseFault(
            f"{source}: line {lines.number} cannot be taken in ({error}). Nothing was imported."
        ) from error
    except (sqlite3.Error, TransactionLost) as error:
        raise DatabaseFault(
            f"{sentence(database, error.__cause__ or error)} Nothing was imported."
        ) from error
    finally:
        db.close()
    return Imported(
        community=incoming.community, rows=rows, forgotten=forgotten, renumbered=bool(incoming.by)
    )


def _take_all(incoming: _Incoming, lines: "_Lines", progress: Progress | None) -> int:
    """Write the rows up to the line that counts them; gives how many. Raises _Unreadable."""
    rows = 0
    while "rows" not in (entry := lines.entry()):
        incoming.take(entry)
        rows += 1
        if progress is not None and rows % 1_000 == 0:
            progress(rows, 0)
    if entry["rows"] != rows:
        raise _Unreadable(f"counts {entry['rows']!r} rows, and there are {rows}")
    return rows


class _Lines:
    """The lines of a file, read one by one; `number` is that of the last."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.number = 0

    def entry(self) -> Mapping[str, Any]:
        """Read the next line. Raises _Unreadable where there is none, or it is no object."""
        line = self._file.readline(LONGEST)
        self.number += 1
        if not line:
            raise _Unreadable("is missing: the file was cut short")
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            raise _Unreadable("is not JSON") from None
        if not isinstance(entry, dict):
            raise _Unreadable("is no JSON object")
        return entry


def _header(header: Mapping[str, Any], schema: str) -> Mapping[str, Any]:
    if header.get("format") != FORMAT:
        raise _Unreadable("does not say that this is the export of a community")
    if header.get("version") != VERSION or header.get("schema") != schema:
        raise _Unreadable(
            f"says that another version of the bot has written it ({header.get('schema')}, here {schema}). Update the "
            "older of the two, start it once, and export again"
        )
    return header


def _prepared(connection: sqlite3.Connection, database: str | Path, header: Mapping[str, Any]) -> _Incoming:
    community, highest = header.get("community"), header.get("highest")
    if (
        not isinstance(community, str)
        or not community
        or not isinstance(highest, int)
        or not 0 <= highest <= _HIGHEST_ID
    ):
        raise _Unreadable("does not name a community and its highest number")
    tables = belongings(connection)
    held = sum(
        connection.execute(f"SELECT count(*) FROM {each.table} WHERE {each.whose}", (community,)).fetchone()[
            0
        ]
        for each in tables
        if each.table not in LEFT_BEHIND
    )
    if held:
        raise DatabaseFault(
            f"The database {database} holds the community {community} already ({held:,} rows). Nothing was imported: two "
            "histories of one community cannot be joined. Import into a database without it."
        )
    used = max(_used(connection, each) for each in tables)
    return _Incoming(
        connection=connection,
        community=community,
        by=max(used, highest) if used else 0,
        highest=highest,
        tables={each.table: each for each in tables},
    )


def _used(connection: sqlite3.Connection, each: Belonging) -> int:
    """Give the highest number of a row that a table has."""
    if not each.key:
        return 0
    return int(connection.execute(f"SELECT coalesce(max({each.key}), 0) FROM {each.table}").fetchone()[0])


def _lift_triggers(connection: sqlite3.Connection) -> Sequence[str]:
    """Take the triggers away that keep sums and refuse changes, since what comes in has its sums; gives their text.

    Those of the search stay: its entries are made anew.
    """
    found = connection.execute(_TRIGGERS).fetchall()
    for name, _ in found:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in found]


def _bytes(value: Any) -> Value:
    if isinstance(value, dict):
        try:
            return bytes.fromhex(value["hex"])
        except (KeyError, TypeError, ValueError):
            raise _Unreadable("has bytes that are not hexadecimal") from None
    if isinstance(value, list | bool):
        raise _Unreadable("has a value that no column takes")
    return value  # type: ignore[no-any-return]  # what JSON has left: text, numbers and null
