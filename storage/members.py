"""Members: who is shown by name, and the copy of everything that is kept about one of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.core.ports import Entry, Kept
from storage import privacy, traces
from storage.driver import sqlite3
from storage.memory import Memory

_SHOWN = "SELECT shown FROM members WHERE community = ? AND member = ?"
_SHOW = """
INSERT INTO members (community, member, name, shown) VALUES (?, ?, ?, 1)
ON CONFLICT DO UPDATE SET name = excluded.name, shown = 1
"""
_HIDE = """
INSERT INTO members (community, member, name, shown) VALUES (?, ?, '', 0)
ON CONFLICT DO UPDATE SET name = '', shown = 0
"""
_SEEN = "UPDATE members SET name = ?3 WHERE community = ?1 AND member = ?2 AND shown = 1 AND name <> ?3"

# What only the answer to an open round could tell stays out until its close.
_ANSWERS = """
SELECT r.question ->> 'title' AS round, iif(r.state = 'closed', r.item, NULL) AS item, a.at,
  iif(a.option >= 0, r.question ->> ('$.options[' || a.option || ']'), a.name) AS answer,
  iif(r.state = 'closed', a.is_right, NULL) AS is_right, a.changes
FROM answers AS a CROSS JOIN rounds AS r ON r.id = a.round
WHERE a.member = ?2 AND r.community = ?1 ORDER BY a.at
"""
_ROUNDS = """
SELECT question ->> 'title' AS round, iif(state = 'closed', item, NULL) AS item, asked_at, mode, state
FROM rounds WHERE community = ?1 AND asker = ?2 ORDER BY asked_at
"""
_SETS = (
    "SELECT kind, about, total AS rounds, mode, at FROM sets WHERE community = ?1 AND asker = ?2 ORDER BY at"
)
_DECKS = """
SELECT item, times, last_at FROM decks
WHERE community = ?1 AND deck > 'quiz:' || ?2 || ':' AND deck < 'quiz:' || ?2 || ';'
  AND instr(substr(deck, length('quiz:' || ?2 || ':') + 1), ':') = 0 ORDER BY last_at
"""
_MODERATES = """
SELECT 'yes' AS "named as a moderator" FROM settings AS s JOIN json_each(s.value) AS j
WHERE s.community = ?1 AND s.key = 'moderators' AND j.value = ?2
"""
_DONE_TO = (
    "SELECT action, detail, at FROM audit WHERE community = ?1 AND whom = ?2 AND whom <> '' ORDER BY id"
)
# Not in which words: they may be about somebody else.
_DONE_BY = "SELECT action, about, at FROM audit WHERE community = ?1 AND moderator = ?2 ORDER BY id"
_DECIDED = """
SELECT 'suggestion' AS what, state AS decision, decided_at FROM suggestions WHERE community = ?1 AND decided_by = ?2
UNION ALL SELECT 'proposal', state, decided_at FROM proposals WHERE community = ?1 AND decided_by = ?2
"""
_PROGRAMMES = (
    "SELECT name AS programme, kind, channel FROM programmes WHERE community = ?1 AND owner = ?2 ORDER BY id"
)
_QUIET = "SELECT since, until FROM quiets WHERE community = ?1 AND set_by = ?2"
_BESIDE = {
    "answers": _ANSWERS,
    "rounds asked for": _ROUNDS,
    "sets asked for": _SETS,
    "private quiz questions": _DECKS,
    "moderating": _MODERATES,
    "audit log, about you": _DONE_TO,
    "audit log, by you": _DONE_BY,
    "decided by you": _DECIDED,
    "programmes planned by you": _PROGRAMMES,
    "quiet mode set by you": _QUIET,
}
"""What is exported besides the tables that say themselves whose their rows are."""
_NAMES = {
    "members": "leaderboard",
    "review_sittings": "review in front of you",
    traces.SCORES: "points",
    "score_sums": "points by window",
    "topic_points": "points by topic",
}
_LEFT_OUT = frozenset({"id", "community", "member", "question", "decided_by", "decided_name"})
"""Columns of members' own tables that say whose the rows are, which the whole file does, that hold the library's words, or
that name a moderator."""
_MOMENTS = frozenset({"at", "since", "until"})
_FLAGS = frozenset({"is_right", "shown"})


class Members:
    """The member port in SQLite."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._execute = connection.execute

    def shown(self, community: str, member: str) -> bool | None:
        """Say whether a member is shown by name; None for one who has neither decided nor been asked."""
        row = self._execute(_SHOWN, (community, member)).fetchone()
        return row[0] == 1 if row else None

    def show(self, community: str, member: str, name: str) -> None:
        """Show a member under this name, on every board, from now on."""
        self._execute(_SHOW, (community, member, name))

    def hide(self, community: str, member: str) -> None:
        """Show a member no longer, and keep no name; for one who is new, note that the question was asked."""
        self._execute(_HIDE, (community, member))

    def seen(self, community: str, member: str, name: str) -> None:
        """Take note of what a member is called now, if they are shown."""
        self._execute(_SEEN, (community, member, name))

    def kept(self, community: str, member: str) -> Kept:
        """Count what is kept about a member."""
        return privacy.count(self._connection, community, member)

    def export(self, community: str, member: str) -> Mapping[str, Sequence[Entry]]:
        """Gather everything that is kept about a member, by what it is, without what is empty."""
        found = {_NAMES.get(each, each): self._of(each, community, member) for each in self._tables()}
        found |= {name: self._entries(sql, community, member) for name, sql in _BESIDE.items()}
        return {name.replace("_", " "): entries for name, entries in found.items() if entries}

    def forget(self, community: str, member: str, at: int) -> None:
        """Remove everything that names a member here; what is counted of past rounds stays as it is."""
        self._memory.doubt()  # of a round whose asker they were
        privacy.forget(self._connection, community, member, at)

    def _tables(self) -> Sequence[str]:
        return traces.tables_of_members(self._connection)

    def _of(self, table: str, community: str, member: str) -> Sequence[Entry]:
        """Read a member's rows of a table; score events by the conditions that find them without an index."""
        is_indexed = table != traces.SCORES
        found = ("TRUE",) if is_indexed else privacy.score_events(self._connection, community, member)
        select = f"SELECT * FROM {table} WHERE community = ?1 AND member = ?2"
        return [entry for each in found for entry in self._entries(f"{select} AND {each}", community, member)]

    def _entries(self, sql: str, community: str, member: str) -> Sequence[Entry]:
        rows = self._execute(sql, (community, member))
        names = [each[0] for each in rows.description]
        return [_entry(dict(zip(names, row, strict=True))) for row in rows.fetchall()]


def _entry(row: Mapping[str, Any]) -> Entry:
    """Put a row into words: no ids of what the whole file is about, dates instead of seconds, nothing that is empty."""
    return {
        name.removeprefix("is_").replace("_", " "): _readable(name, value)
        for name, value in row.items()
        if name not in _LEFT_OUT and value not in {None, ""}
    }


def _readable(name: str, value: Any) -> object:
    if isinstance(value, int) and (name in _MOMENTS or name.endswith("_at")):
        return datetime.fromtimestamp(value, UTC).isoformat()
    if name in _FLAGS:
        return value == 1
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return _parsed(value)
    return value


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
