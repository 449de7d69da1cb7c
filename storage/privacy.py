"""Everything that is kept about a member: how much it is, and forgetting it for good. `storage/traces.py` says where it is.

Nothing that is counted of past rounds changes: a round's tally is frozen at its close, and what was learned of its
question lies apart from the answers. The answer to a round that is still open goes with the rest.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.ports import Kept
from storage.cleaning import clean
from storage.driver import sqlite3
from storage.memory import Memory
from storage.traces import ELSEWHERE, SCORES, named, tables_of_members
from storage.transactions import Transaction

_THEIRS = "community = ? AND member = ?"
BESIDE = frozenset({"forgetting", "members", "review_sittings", SCORES, "score_sums", "topic_points"})
"""Tables whose rows are told of in other words than their number: as points, as being shown, or as what they hang on."""

# There is no index on the members of score events, since every point that is given would pay for it: they are found
# through the answers they were given for, and among the few that have another source.
_FOUND = (
    "source IN (SELECT 'round:' || round FROM answers WHERE member = ?2)",
    "source < 'round:'",
    "source >= 'round;'",
)
_EVENTS = f"FROM {SCORES} WHERE community = ?1 AND member = ?2"
_POINTS = "SELECT points FROM score_sums WHERE community = ? AND member = ? AND window = 'all'"
_SHOWN = "SELECT shown FROM members WHERE community = ? AND member = ?"
_ROUNDS = """
SELECT (SELECT count(*) FROM answers AS a CROSS JOIN rounds AS r ON r.id = a.round WHERE a.member = ?2 AND r.community = ?1)
  + (SELECT count(*) FROM rounds AS r WHERE r.community = ?1 AND r.asker = ?2
    AND NOT EXISTS (SELECT 1 FROM answers WHERE round = r.id AND member = ?2))
"""
_AUDITED = (
    "SELECT count(*) FROM audit WHERE community = ?1 AND (moderator = ?2 OR (whom = ?2 AND whom <> ''))"
)
_PLANNED = "SELECT count(*) FROM programmes WHERE community = ? AND owner = ?"
_SALT = "SELECT salt FROM forgotten ORDER BY at DESC LIMIT 1"
_REMEMBERED = "SELECT community, salt, hash, at FROM forgotten ORDER BY at"
_STAMP = "SELECT at FROM forgotten WHERE community = ? AND salt = ? AND hash = ?"
_REMEMBER = """
INSERT INTO forgotten (community, salt, hash, at) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET at = max(excluded.at, at + 1), cleaned = 0
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """That somebody was forgotten in a community, and when (UTC seconds): enough to know them again, not to name them."""

    community: str
    salt: bytes
    hash: bytes
    at: int


def count(connection: sqlite3.Connection, community: str, member: str) -> Kept:
    """Count what is kept about a member."""
    who = (community, member)
    points = connection.execute(_POINTS, who).fetchone()
    shown = connection.execute(_SHOWN, who).fetchone()
    counts = {
        table: int(connection.execute(f"SELECT count(*) FROM {table} WHERE {_THEIRS}", who).fetchone()[0])
        for table in tables_of_members(connection)
        if table not in BESIDE
    }
    for name, sql in (("audit", _AUDITED), ("programmes", _PLANNED)):
        counts[name] = connection.execute(sql, who).fetchone()[0]
    return Kept(
        points=points[0] if points else 0,
        rounds=connection.execute(_ROUNDS, who).fetchone()[0],
        entries={table: number for table, number in counts.items() if number},
        shown=shown == (1,),
    )


def forget(connection: sqlite3.Connection, community: str, member: str, at: int) -> None:
    """Remove everything that names a member in a community, within a transaction, and remember that it was done."""
    salt = _salt(connection)
    _remove(connection, community, member)
    connection.execute(_REMEMBER, (community, salt, _digest(salt, community, member), at))


def remembered(connection: sqlite3.Connection) -> Sequence[Remembered]:
    """List who was forgotten, from a database that a backup is about to replace."""
    return [Remembered(*row) for row in connection.execute(_REMEMBERED).fetchall()]


def reapply(connection: sqlite3.Connection, replaced: Iterable[Remembered]) -> int:
    """Forget again, in a restored database, whom the one it replaces had forgotten since; gives how many were there.

    What was forgotten before the backup was made is forgotten in it already: what such a member has done since is
    theirs. Runs in a transaction of its own.
    """
    with Transaction(connection, Memory()):
        found = forget_again(connection, replaced)
    clean(connection)
    return found


def forget_again(connection: sqlite3.Connection, elsewhere: Iterable[Remembered]) -> int:
    """Do what `reapply` does within a transaction; what it leaves on the disk is for `clean` to take away."""
    since = [each for each in elsewhere if _is_news(connection, each)]
    found = [
        (community, member)
        for community in sorted({each.community for each in since})
        for member in _known(connection, community, since)
    ]
    for community, member in found:
        _remove(connection, community, member)
    for each in since:
        connection.execute(_REMEMBER, (each.community, each.salt, each.hash, each.at))
    return len(found)


def score_events(connection: sqlite3.Connection, community: str, member: str) -> Sequence[str]:
    """Give the conditions that find all of a member's score events (community ?1, member ?2), none of them twice.

    Their points are held against the sum that is kept: where they fall short of it, the whole table is searched.
    """
    who = (community, member)
    kept = connection.execute(_POINTS, who).fetchone() or (0,)
    sums = (f"SELECT coalesce(sum(points), 0) {_EVENTS} AND {each}" for each in _FOUND)
    found = sum(connection.execute(each, who).fetchone()[0] for each in sums)
    return _FOUND if found == kept[0] else ("TRUE",)


def _remove(connection: sqlite3.Connection, community: str, member: str) -> None:
    who = (community, member)
    tables = tables_of_members(connection)
    connection.execute("INSERT INTO forgetting VALUES (?, ?) ON CONFLICT DO NOTHING", who)
    for each in score_events(connection, community, member):
        connection.execute(f"DELETE {_EVENTS} AND {each}", who)
    for trace in ELSEWHERE:
        connection.execute(trace.forget, who)
    for table in tables:
        if table not in {SCORES, "forgetting"}:
            connection.execute(f"DELETE FROM {table} WHERE {_THEIRS}", who)
    connection.execute(f"DELETE FROM forgetting WHERE {_THEIRS}", who)


def _salt(connection: sqlite3.Connection) -> bytes:
    row = connection.execute(_SALT).fetchone()
    return bytes(row[0]) if row else secrets.token_bytes(16)


def _digest(salt: bytes, community: str, member: str) -> bytes:
    return hashlib.blake2b(f"{community}\0{member}".encode(), key=salt, digest_size=32).digest()


def _is_news(connection: sqlite3.Connection, each: Remembered) -> bool:
    row = connection.execute(_STAMP, (each.community, each.salt, each.hash)).fetchone()
    return row is None or row[0] < each.at


def _known(connection: sqlite3.Connection, community: str, since: Sequence[Remembered]) -> Iterator[str]:
    """Find those of the remembered who are named anywhere in a community."""
    wanted = {(each.salt, each.hash) for each in since if each.community == community}
    salts = {salt for salt, _ in wanted}
    for member in sorted(named(connection, community)):
        if any((salt, _digest(salt, community, member)) in wanted for salt in salts):
            yield member
