"""Everything that names a member: what is kept, a copy of it, and forgetting it for good.

A table that has the columns `community` and `member` is found by itself; its rows are counted, exported, and deleted.
Whatever else holds a member's id stands in ELSEWHERE. A table whose rows are to outlive their member names its column
otherwise, and empties it: by a Trace here, or by a trigger on `forgetting`, which gets a row for as long as the
forgetting takes.

Nothing that is counted of past rounds changes: a round's tally is frozen at its close, and what was learned of its
question lies apart from the answers. The answer to a round that is still open goes with the rest.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.ports import Kept
from storage.driver import sqlite3
from storage.memory import Memory
from storage.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Trace:
    """A column that holds members' ids in a table without the columns `community` and `member`.

    `members` lists the ids in community ?1; `forget` removes member ?2 from it.
    """

    table: str
    column: str
    members: str
    forget: str


def _column(table: str, column: str) -> Trace:
    """Make the trace of a column that holds one id and is emptied."""
    return Trace(
        table,
        column,
        f"SELECT {column} FROM {table} WHERE community = ?1",
        f"UPDATE {table} SET {column} = '' WHERE community = ?1 AND {column} = ?2",
    )


def _moderators_in(table: str, column: str, path: str, condition: str) -> Trace:
    """Make the trace of a JSON text that holds, at a path, a list of people and roles who moderate."""
    return Trace(
        table,
        column,
        f"SELECT j.value FROM {table} AS t JOIN json_each(t.{column}, '{path}') AS j WHERE t.community = ?1 AND {condition}",
        f"""
        UPDATE {table} AS t SET {column} = json_set({column}, '{path}', json((
          SELECT json_group_array(j.value) FROM json_each(t.{column}, '{path}') AS j WHERE j.value <> ?2)))
        WHERE t.community = ?1 AND {condition}
          AND EXISTS (SELECT 1 FROM json_each(t.{column}, '{path}') AS j WHERE j.value = ?2)
        """,
    )


def _reached(table: str, those: str) -> Trace:
    """Make the trace of a column that says up to whom a walk in the order of ids has come: it goes back by one."""
    return Trace(
        table,
        "reached",
        f"SELECT reached FROM {table} WHERE community = ?1",
        f"""
        UPDATE {table} SET reached = coalesce((SELECT max(member) FROM {those} AND member < ?2), '')
        WHERE community = ?1 AND reached = ?2
        """,
    )


ELSEWHERE = (
    Trace(
        "answers",
        "member",
        "SELECT a.member FROM rounds AS r JOIN answers AS a ON a.round = r.id WHERE r.community = ?1",
        "DELETE FROM answers WHERE member = ?2 AND (SELECT community FROM rounds WHERE id = answers.round) = ?1",
    ),
    _column("rounds", "asker"),
    _column("sets", "asker"),
    _column("programmes", "owner"),
    _column("quiets", "set_by"),
    # The decks of one member alone are named `quiz:MEMBER:KIND`, and no kind has a colon.
    Trace(
        "decks",
        "deck",
        """
        SELECT substr(rtrim(deck, replace(deck, ':', '')), 6, length(rtrim(deck, replace(deck, ':', ''))) - 6)
        FROM decks WHERE community = ?1 AND deck LIKE 'quiz:%:%'
        """,
        """
        DELETE FROM decks WHERE community = ?1 AND deck > 'quiz:' || ?2 || ':' AND deck < 'quiz:' || ?2 || ';'
          AND instr(substr(deck, length('quiz:' || ?2 || ':') + 1), ':') = 0
        """,
    ),
    _moderators_in("settings", "value", "$", "t.key = 'moderators'"),
    _moderators_in("setting_changes", "before", "$.moderators", "TRUE"),
    _moderators_in("setting_changes", "after", "$.moderators", "TRUE"),
    _reached("challenges", "answers WHERE round = challenges.round"),
    _reached("choices_kept", "answers WHERE round = choices_kept.round"),
    _reached("rescorings", "score_sums WHERE community = rescorings.community"),
    # Words to one member that have not left yet; what has been settled holds no words.
    Trace(
        "deliveries",
        "call",
        """
        SELECT call ->> 'member' FROM deliveries
        WHERE community = ?1 AND kind IN ('Direct', 'Notice', 'AskAfter') AND state IN ('due', 'sending')
        """,
        """
        DELETE FROM deliveries
        WHERE id IN (SELECT id FROM deliveries WHERE ready = 1 UNION ALL SELECT id FROM deliveries WHERE state = 'sending')
          AND community = ?1 AND kind IN ('Direct', 'Notice', 'AskAfter') AND call ->> 'member' = ?2
        """,
    ),
)
"""Every column but `member` beside `community` that holds members' ids, with the names that stand beside them."""

BY_TRIGGER = frozenset(
    {
        ("audit", "moderator"),
        ("audit", "whom"),
        ("proposals", "decided_by"),
        ("suggestions", "decided_by"),
    }
)
"""Columns that hold members' ids and are emptied by a trigger on `forgetting`."""

_OF_MEMBERS = """
SELECT name FROM sqlite_master AS t
WHERE type = 'table' AND (SELECT count(*) FROM pragma_table_info(t.name) WHERE name IN ('community', 'member')) = 2
ORDER BY name
"""
SCORES = "score_events"
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
_UNCLEAN = (
    "SELECT 1 FROM forgotten WHERE cleaned = 0 UNION ALL SELECT 1 FROM presences WHERE cleaned = 0 LIMIT 1"
)
_CLEANED = (
    "UPDATE forgotten SET cleaned = 1 WHERE cleaned = 0",
    "UPDATE presences SET cleaned = 1 WHERE cleaned = 0",
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """That somebody was forgotten in a community, and when (UTC seconds): enough to know them again, not to name them."""

    community: str
    salt: bytes
    hash: bytes
    at: int


def tables_of_members(connection: sqlite3.Connection) -> Sequence[str]:
    """Name the tables that say themselves whose their rows are, by the columns `community` and `member`."""
    return [name for (name,) in connection.execute(_OF_MEMBERS).fetchall()]


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


def named(connection: sqlite3.Connection, community: str) -> set[str]:
    """Collect every id of a member that stands anywhere in a community."""
    listed = [
        *(f"SELECT DISTINCT member FROM {table} WHERE community = ?1" for table in tables_of_members(connection)),
        *(trace.members for trace in ELSEWHERE),
        *(f"SELECT {column} FROM {table} WHERE community = ?1" for table, column in sorted(BY_TRIGGER)),
    ]  # fmt: skip
    found = (str(row[0]) for sql in listed for row in connection.execute(sql, (community,)) if row[0])
    return set(found)
