"""What members suggest, and what moderators decided about it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.ports import Decision, Standing, Suggestion
from storage.driver import sqlite3

_COLUMNS = "id, community, member, kind, fields, credit, at, state, decided_by, decided_name, decided_at, reason, word"
_ADD = """
INSERT INTO suggestions (community, member, kind, fields, credit, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id
"""
_GET = f"SELECT {_COLUMNS} FROM suggestions WHERE id = ? AND community = ?"
_WAITING = f"""
SELECT {_COLUMNS} FROM suggestions WHERE community = ? AND state = 'waiting' ORDER BY id LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM suggestions WHERE community = ? AND state = 'waiting'"
_COUNT_OWN = f"{_COUNT} AND member = ?"
_DECIDE = f"""
UPDATE suggestions
SET state = ?, decided_by = ?, decided_name = ?, decided_at = ?, reason = ?, word = ?, told = 1
WHERE id = ? AND community = ? AND state = 'waiting' RETURNING {_COLUMNS}
"""
_TELL_AGAIN = "UPDATE suggestions SET told = 0 WHERE id = ? AND community = ? AND state <> 'waiting'"
# Asked with every command, and hardly ever found.
_UNTOLD = "community = ? AND member = ? AND state IN ('accepted', 'rejected') AND told = 0"
_ANY_UNTOLD = f"SELECT 1 FROM suggestions WHERE {_UNTOLD} LIMIT 1"
_TELL = f"UPDATE suggestions SET told = 1 WHERE {_UNTOLD} RETURNING {_COLUMNS}"


class Suggestions:
    """The suggestion port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def add(
        self, community: str, member: str, *, kind: str, fields: Mapping[str, str], credit: str, at: int
    ) -> int:
        """Write a suggestion that waits; gives its id."""
        # As JSON in ASCII, anything that can be typed can be kept as it was typed.
        row = (community, member, kind, json.dumps(dict(fields)), credit, at)
        return int(self._execute(_ADD, row).fetchone()[0])

    def get(self, community: str, number: int) -> Suggestion | None:
        """Get one of this community's."""
        row = self._execute(_GET, (number, community)).fetchone()
        return _read(row) if row else None

    def waiting(self, community: str, first: int, most: int) -> Sequence[Suggestion]:
        """List those that wait for a moderator, the oldest first, from the `first` on."""
        return [_read(row) for row in self._execute(_WAITING, (community, most, first)).fetchall()]

    def count(self, community: str, member: str = "") -> int:
        """Count those that wait for a moderator: all of them, or one member's."""
        found = self._execute(*((_COUNT_OWN, (community, member)) if member else (_COUNT, (community,))))
        return int(found.fetchone()[0])

    def decide(self, community: str, number: int, decision: Decision) -> Suggestion | None:
        """Write what was decided; gives the suggestion as it is now, None, and nothing written, where none waits."""
        values = (
            decision.standing.value, decision.by, decision.name, decision.at, decision.reason, decision.word,
            number, community,
        )  # fmt: skip
        rows = self._execute(_DECIDE, values).fetchall()
        return _read(rows[0]) if rows else None

    def tell_again(self, community: str, number: int) -> None:
        """Note that the member could not be told what was decided."""
        self._execute(_TELL_AGAIN, (number, community))

    def untold(self, community: str, member: str) -> Sequence[Suggestion]:
        """Take those of a member's that are decided and could not be told, oldest first; they count as told now."""
        if self._execute(_ANY_UNTOLD, (community, member)).fetchone() is None:
            return ()
        rows = self._execute(_TELL, (community, member)).fetchall()
        return sorted(map(_read, rows), key=lambda each: each.id)


def _read(row: tuple[Any, ...]) -> Suggestion:
    number, community, member, kind, fields, credit, at, state, by, name, decided_at, reason, word = row
    waits = state == Standing.WAITING.value
    return Suggestion(
        id=number,
        community=community,
        member=member,
        kind=kind,
        fields=json.loads(fields),
        credit=credit,
        at=at,
        decision=None
        if waits
        else Decision(standing=Standing(state), by=by, name=name, at=decided_at, reason=reason, word=word),
    )
