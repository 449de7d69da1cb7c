"""Exporting a community: every row of its own as a file of JSON lines, which `storage.importing` takes in elsewhere.

The first line is a header, each other one a row, the last one counts them, so that a file that was cut short is known:

    {"format": "hundred-regiments community", "version": 1, "schema": "m0011_topic_points", "community": "discord:1", …}
    {"table": "rounds", "row": {"id": 7, "community": "discord:1", …}}
    {"rows": 1}

Bytes are written as {"hex": "…"}. docs/hosting.md describes the format for hosts.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage.belongings import LEFT_BEHIND, Belonging, Value, belongings
from storage.database import DatabaseFault, latest, open_reader, sentence
from storage.driver import sqlite3

FORMAT = "hundred-regiments community"
VERSION = 1
Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


def communities(database: str | Path) -> list[str]:
    """List the communities that a database holds anything of. Raises DatabaseFault."""
    db = open_reader(database)
    try:
        found: set[str] = set()
        for each in belongings(db.conn):
            if "community" in each.columns and each.table not in LEFT_BEHIND:
                found.update(name for (name,) in db.execute(f"SELECT DISTINCT community FROM {each.table}"))
        return sorted(found - {""})
    except sqlite3.Error as error:
        raise DatabaseFault(sentence(database, error)) from error
    finally:
        db.close()


def export(database: str | Path, community: str, target: Path, progress: Progress | None = None) -> int:
    """Write everything of a community's to a new file, also while the bot runs; gives how many rows there are.

    What is written belongs to one moment. Raises DatabaseFault, and leaves no file, where the target is there already,
    the community is not, or the database cannot be read.
    """
    if target.exists():
        raise DatabaseFault(f"{target} is there already. Name another file; an export is never overwritten.")
    db = open_reader(database)
    partial = target.with_name(f"{target.name}.partial")
    try:
        db.conn.execute("BEGIN")
        schema = latest(db, database)
        tables = belongings(db.conn)
        total = sum(_count(db.conn, each, community) for each in tables)
        if not total:
            raise DatabaseFault(f"The database {database} holds nothing of a community {community}.")
        with os.fdopen(
            os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
        ) as file:
            file.writelines(_lines(db.conn, community, schema, tables, total, progress))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise DatabaseFault(f"{target} cannot be written ({error.strerror}). Nothing was kept.") from error
    except sqlite3.Error as error:
        raise DatabaseFault(sentence(database, error)) from error
    finally:
        db.close()
        partial.unlink(missing_ok=True)
    return total


def _lines(
    connection: sqlite3.Connection,
    community: str,
    schema: str,
    tables: Sequence[Belonging],
    total: int,
    progress: Progress | None,
) -> Iterator[str]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    highest = max(_highest(connection, each, community) for each in tables)
    yield _line(format=FORMAT, version=VERSION, schema=schema, community=community, made=now, highest=highest)
    written = 0
    for each in tables:
        for row in connection.execute(each.rows, (community,)):
            values = {name: _plain(value) for name, value in zip(each.columns, row, strict=True)}
            yield _line(table=each.table, row=values)
            written += 1
            if progress is not None and written % 1_000 == 0:
                progress(written, total)
    yield _line(rows=written)


def _count(connection: sqlite3.Connection, each: Belonging, community: str) -> int:
    return int(
        connection.execute(f"SELECT count(*) FROM {each.table} WHERE {each.whose}", (community,)).fetchone()[
            0
        ]
    )


def _highest(connection: sqlite3.Connection, each: Belonging, community: str) -> int:
    """Give the highest number of a community's rows in a table that numbers them."""
    if not each.key:
        return 0
    row = connection.execute(
        f"SELECT coalesce(max({each.key}), 0) FROM {each.table} WHERE {each.whose}", (community,)
    ).fetchone()
    return int(row[0])


def _line(**content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Value) -> Value | Mapping[str, str]:
    return {"hex": value.hex()} if isinstance(value, bytes) else value
