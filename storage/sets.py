"""Sets: rounds that were asked for together."""

from typing import Any

from bot.core.ports import Set, SetResult
from bot.core.rounds import Mode
from storage.driver import sqlite3

_MODES = {each.value: each for each in Mode}

_ADD = """
INSERT INTO sets (community, channel, asker, kind, about, typed, mode, quiet, total, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""
_SET = """
SELECT id, community, channel, asker, kind, about, typed, mode, quiet, total,
  (SELECT count(*) FROM set_rounds WHERE set_id = sets.id)
FROM sets
"""
_GET = f"{_SET} WHERE id = ? AND community = ?"
_OF_ROUND = f"{_SET} WHERE id = (SELECT set_id FROM set_rounds WHERE round = ?) AND community = ?"
_JOIN = """
INSERT INTO set_rounds VALUES (?1, (SELECT count(*) + 1 FROM set_rounds WHERE set_id = ?1), ?2)
"""
# A closed round's frozen tally keeps the answers of members who were forgotten since.
_RESULT = """
SELECT
  iif(r.state = 'void', 0, coalesce(r.tally ->> 0, (SELECT count(*) FROM answers WHERE round = r.id))),
  iif(r.state = 'void', 0, coalesce(r.tally ->> 1, (SELECT count(*) FROM answers WHERE round = r.id AND is_right = 1)))
FROM set_rounds AS s JOIN rounds AS r ON r.id = s.round WHERE s.set_id = ? ORDER BY s.place
"""
_SHOWN = """
SELECT m.name, count(*) AS right_answers
FROM set_rounds AS s JOIN rounds AS r ON r.id = s.round JOIN answers AS a ON a.round = r.id
JOIN members AS m ON m.community = r.community AND m.member = a.member
WHERE s.set_id = ? AND r.state <> 'void' AND a.is_right = 1 AND m.shown = 1
GROUP BY m.member ORDER BY right_answers DESC, m.name, m.member
"""
_OWN = """
SELECT count(*), coalesce(sum(a.is_right), 0)
FROM set_rounds AS s JOIN rounds AS r ON r.id = s.round JOIN answers AS a ON a.round = r.id
WHERE s.set_id = ? AND a.member = ? AND r.state <> 'void'
"""


class Sets:
    """The set port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def add(
        self,
        community: str,
        *,
        channel: str,
        asker: str,
        kind: str,
        about: str,
        typed: bool,
        mode: Mode,
        quiet: bool,
        total: int,
        at: int,
    ) -> int:
        """Write a set; gives its id."""
        row = (community, channel, asker, kind, about, typed, mode.value, quiet, total, at)
        return int(self._execute(_ADD, row).fetchone()[0])

    def get(self, community: str, number: int) -> Set | None:
        """Get one of this community's sets."""
        return _read(self._execute(_GET, (number, community)).fetchone())

    def of_round(self, community: str, round_: int) -> Set | None:
        """Get the set a round belongs to."""
        return _read(self._execute(_OF_ROUND, (round_, community)).fetchone())

    def join(self, number: int, round_: int) -> None:
        """Note that a round is the next of a set."""
        self._execute(_JOIN, (number, round_))

    def result(self, number: int) -> SetResult:
        """Count a set's answers, those of void rounds as none.

        `shown` names, most right first, the members who chose to be shown and had at least one right.
        """
        rounds = self._execute(_RESULT, (number,)).fetchall()
        return SetResult(rounds=rounds, shown=self._execute(_SHOWN, (number,)).fetchall())

    def own(self, number: int, member: str) -> tuple[int, int]:
        """Count a member's answers in a set, and the right ones."""
        answers, right = self._execute(_OWN, (number, member)).fetchone()
        return answers, right


def _read(row: tuple[Any, ...] | None) -> Set | None:
    if row is None:
        return None
    number, community, channel, asker, kind, about, typed, mode, quiet, total, asked = row
    return Set(
        id=number,
        community=community,
        channel=channel,
        asker=asker,
        kind=kind,
        about=about,
        typed=typed == 1,
        mode=_MODES[mode],
        quiet=quiet == 1,
        total=total,
        asked=asked,
    )
