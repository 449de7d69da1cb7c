"""The questions that come back to members, and each member's one sitting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.core import codec
from bot.core.errors import BotFault
from bot.core.ports import Review, Sitting
from bot.core.rounds import Question
from storage.driver import sqlite3

_REVIEW = "SELECT kind, item, due, state, turn FROM reviews WHERE community = ? AND member = ?"
_GET = f"{_REVIEW} AND kind = ? AND item = ?"
_INSERT = "INSERT INTO reviews (community, member, kind, item, due, state, turn) VALUES (?, ?, ?, ?, ?, ?, ?)"
_BEGIN = f"{_INSERT} ON CONFLICT DO NOTHING"
_PUT = f"""
{_INSERT}
ON CONFLICT DO UPDATE SET due = excluded.due, state = excluded.state, turn = excluded.turn
"""
_DROP = "DELETE FROM reviews WHERE community = ? AND member = ? AND kind = ? AND item = ?"
# A member's questions are few and lie together, so they are put in order as they are read.
_SOONEST = f"{_REVIEW} ORDER BY due, kind, item"
_DUE = "SELECT count(*) FROM reviews WHERE community = ? AND member = ? AND due <= ?"
_SITTING = """
SELECT id, member, name, serial, began, place, kind, item, turn, question, given FROM review_sittings
WHERE community = ?
"""
_SITTING_OF_ID = f"{_SITTING} AND id = ?"
_SITTING_OF = f"{_SITTING} AND member = ?"
_SIT = """
INSERT INTO review_sittings (community, member, name, serial, began, place, kind, item, turn, question, given)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (community, member) DO UPDATE SET name = excluded.name, serial = excluded.serial, began = excluded.began,
  place = excluded.place, kind = excluded.kind, item = excluded.item, turn = excluded.turn,
  question = excluded.question, given = excluded.given
RETURNING id
"""


class Reviews:
    """The review port in SQLite. Dates stand as `YYYY-MM-DD`, so that they are in order as text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def get(self, community: str, member: str, kind: str, item: str) -> Review | None:
        """Get a question of a member's review."""
        row = self._execute(_GET, (community, member, kind, item)).fetchone()
        return _review(row) if row else None

    def begin(self, community: str, member: str, review: Review) -> bool:
        """Write a question that is new to a member's review; False, and nothing written, where it is there already."""
        return self._execute(_BEGIN, _row(community, member, review)).rowcount == 1

    def put(self, community: str, member: str, review: Review) -> None:
        """Write a question, in place of what stands there of the same kind and item."""
        self._execute(_PUT, _row(community, member, review))

    def drop(self, community: str, member: str, kind: str, item: str) -> None:
        """Take a question out of a member's review."""
        self._execute(_DROP, (community, member, kind, item))

    def soonest(self, community: str, member: str, most: int) -> Sequence[Review]:
        """List a member's questions, those that have been due for longest first."""
        return [_review(row) for row in self._execute(_SOONEST, (community, member)).fetchmany(most)]

    def due(self, community: str, member: str, on: date) -> int:
        """Count a member's questions that are due on a local date."""
        return int(self._execute(_DUE, (community, member, on.isoformat())).fetchone()[0])

    def sitting(self, community: str, number: int) -> Sitting | None:
        """Get one of this community's sittings."""
        return self._sitting(_SITTING_OF_ID, community, number)

    def sitting_of(self, community: str, member: str) -> Sitting | None:
        """Get a member's sitting."""
        return self._sitting(_SITTING_OF, community, member)

    def sit(self, community: str, sitting: Sitting) -> Sitting:
        """Write a member's sitting in place of the last; gives it with its id."""
        row = (
            community, sitting.member, sitting.name, sitting.serial, sitting.began.isoformat(), sitting.place,
            sitting.kind, sitting.item, sitting.turn, codec.dump(sitting.question), sitting.given,
        )  # fmt: skip
        return replace(sitting, id=self._execute(_SIT, row).fetchone()[0])

    def _sitting(self, sql: str, *values: object) -> Sitting | None:
        row = self._execute(sql, values).fetchone()
        return _read(row) if row else None


def _row(community: str, member: str, review: Review) -> tuple[object, ...]:
    due = review.due.isoformat()
    return community, member, review.kind, review.item, due, review.state, review.turn


def _review(row: tuple[Any, ...]) -> Review:
    kind, item, due, state, turn = row
    return Review(kind=kind, item=item, due=date.fromisoformat(due), state=state, turn=turn)


def _read(row: tuple[Any, ...]) -> Sitting:
    number, member, name, serial, began, place, kind, item, turn, text, given = row
    question = codec.load(text)
    if not isinstance(question, Question):
        raise BotFault(f"sitting {number} holds no question")
    return Sitting(
        id=number,
        member=member,
        name=name,
        serial=serial,
        began=date.fromisoformat(began),
        place=place,
        kind=kind,
        item=item,
        turn=turn,
        question=question,
        given=given,
    )
