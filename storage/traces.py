"""Where members' ids stand: every column of every table, so that all of a member can be found, and forgotten.

A table that has the columns `community` and `member` is found by itself; its rows are counted, exported, and deleted.
Whatever else holds a member's id stands in ELSEWHERE. A table whose rows are to outlive their member names its column
otherwise, and empties it: by a Trace here, or by a trigger on `forgetting`, which gets a row for as long as the
forgetting takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.driver import sqlite3

SCORES = "score_events"
"""The table of points: told of by their sum, and searched in a way of its own."""


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


def tables_of_members(connection: sqlite3.Connection) -> Sequence[str]:
    """Name the tables that say themselves whose their rows are, by the columns `community` and `member`."""
    return [name for (name,) in connection.execute(_OF_MEMBERS).fetchall()]


def named(connection: sqlite3.Connection, community: str) -> set[str]:
    """Collect every id of a member that stands anywhere in a community."""
    listed = [
        *(f"SELECT DISTINCT member FROM {table} WHERE community = ?1" for table in tables_of_members(connection)),
        *(trace.members for trace in ELSEWHERE),
        *(f"SELECT {column} FROM {table} WHERE community = ?1" for table, column in sorted(BY_TRIGGER)),
    ]  # fmt: skip
    found = (str(row[0]) for sql in listed for row in connection.execute(sql, (community,)) if row[0])
    return set(found)
