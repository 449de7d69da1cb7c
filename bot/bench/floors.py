"""Floors: what bare SQLite and bare Python do on this machine, in this run."""

import asyncio
import tempfile
import time
from pathlib import Path

from storage.driver import sqlite3

_TABLE = "CREATE TABLE t (round INTEGER, member TEXT, at INTEGER, PRIMARY KEY (round, member)) WITHOUT ROWID"
_INSERT = "INSERT INTO t VALUES (?, ?, ?)"


def raw_commits(seconds: float, each: int = 1) -> float:
    """Count durable rows a second that bare sqlite3 writes, `each` of them a commit, in the bot's own modes."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_TABLE)
        number, until, begun = 0, time.perf_counter() + seconds, time.perf_counter()
        while time.perf_counter() < until:
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(each):
                number += 1
                connection.execute(_INSERT, (number, "member", number))
            connection.execute("COMMIT")
        took = time.perf_counter() - begun
        connection.close()
    return number / took


def lookups(seconds: float) -> float:
    """Count a second how often a dictionary look-up and an await are done."""

    async def nothing(value: int) -> int:
        return value

    async def loop() -> float:
        table = {str(number): number for number in range(500)}
        count, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for _ in range(1_000):
                await nothing(table["250"])
            count += 1_000
        return count / (time.perf_counter() - begun)

    return asyncio.run(loop())
