"""Rounds and their answers.

A round changes nothing but its state and deadline, so the rest is read once and kept (see `memory`). At its close a
round's tally is frozen and counted towards how often its question was asked; so both stay true when a member is
forgotten later, and nothing of an open round shows anywhere.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core import codec
from bot.core.errors import BotFault
from bot.core.rounds import PUT_BACK, UNCONFIRMED, Given, Mode, Question, Round, State, Tally
from storage.driver import sqlite3
from storage.memory import Memory

# How many rows are wanted is left to fetchmany: SQLite prepares a statement anew for every LIMIT that is a parameter.
_MODES = {each.value: each for each in Mode}
_STATES = {each.value: each for each in State}

_ADD = """
INSERT INTO rounds (community, channel, mode, state, typed, item, asker, asked_at, seconds, closes_at, due_at, message,
  question)
VALUES (?, ?, ?, 'asked', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""
_ROUND = """
SELECT id, community, channel, mode, state, typed, asker, asked_at, seconds, closes_at, message FROM rounds
"""
_GET = f"{_ROUND} WHERE id = ?"
_MOVED = "SELECT state, closes_at, asker FROM rounds WHERE id = ? AND community = ?"
_RUNNING = f"""
{_ROUND} WHERE community = ? AND channel = ? AND mode = 'live' AND due_at IS NOT NULL AND closes_at > ?
ORDER BY id DESC LIMIT 1
"""
_DUE = f"{_ROUND} WHERE due_at <= ? ORDER BY due_at, id"
_TOO_FAR = f"""
{_ROUND} WHERE id IN (
  SELECT id FROM rounds INDEXED BY rounds_running
  WHERE mode = 'live' AND due_at IS NOT NULL AND state = 'open' AND due_at > ? + seconds + {PUT_BACK})
"""
_NEXT_DUE = "SELECT min(due_at) FROM rounds WHERE due_at IS NOT NULL"
_QUESTION = "SELECT question FROM rounds WHERE id = ?"
_MOVE = f"""
UPDATE rounds SET state = ?2, closes_at = ?3,
  due_at = CASE ?2 WHEN 'asked' THEN asked_at + {UNCONFIRMED} WHEN 'open' THEN ?3 END
WHERE id = ?1
"""
_GIVEN = "SELECT coalesce(option, -1), is_right, changes, name FROM answers WHERE round = ? AND member = ?"
_GIVE = """
INSERT INTO answers (round, member, at, is_right, changes, owed, option, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
_CHANGE = """
UPDATE answers SET at = ?3, is_right = ?4, changes = ?5, option = ?6, name = ?7 WHERE round = ?1 AND member = ?2
"""
_OPTIONS = "SELECT option, count(*), sum(is_right) FROM answers WHERE round = ? GROUP BY option"
_FROZEN = "SELECT tally, community, item, mode FROM rounds WHERE id = ?"
_FREEZE = "UPDATE rounds SET tally = ? WHERE id = ?"
_CORRECT = "UPDATE rounds SET question = ?, tally = ? WHERE id = ?"
_COUNT = """
INSERT INTO item_stats (community, item, answers, right_answers) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET answers = answers + excluded.answers, right_answers = right_answers + excluded.right_answers
"""
# What a closed round owes for an answer: points where it is right, else the question's coming back in a review, which in a
# round that is not live follows the answer at once.
_OWE = "UPDATE answers SET owed = 1 WHERE round = ? AND is_right = 1 AND owed IS NULL"
_OWE_ALL = "UPDATE answers SET owed = 1 WHERE round = ? AND owed IS NULL"
_WAIVE = "UPDATE answers SET owed = NULL WHERE round = ? AND owed = 1"
_UNPAID = "SELECT member, at FROM answers WHERE round = ? AND owed = 1 AND is_right = 1 ORDER BY at, member"
_PAY = "UPDATE answers SET owed = 0 WHERE round = ? AND member = ? AND is_right = 1"
_OWING = f"""
{_ROUND} WHERE id IN (SELECT DISTINCT round FROM answers WHERE owed = 1 AND is_right = 1) ORDER BY closes_at, id
"""
_UNRETURNED = "SELECT member FROM answers WHERE round = ? AND owed = 1 AND is_right = 0 ORDER BY at, member"
_RETURN = "UPDATE answers SET owed = 0 WHERE round = ? AND member = ? AND is_right = 0"
_RETURNING = f"""
{_ROUND} WHERE id IN (SELECT DISTINCT round FROM answers WHERE owed = 1 AND is_right = 0) ORDER BY closes_at, id
"""
_RIGHT_BEFORE = """
SELECT 1 FROM rounds AS r CROSS JOIN answers AS a ON a.round = r.id AND a.member = ?2
WHERE r.community = ?1 AND r.item = ?3 AND r.state <> 'void' AND a.is_right = 1 LIMIT 1
"""
_TIMES_ASKED = "SELECT answers, right_answers FROM item_stats WHERE community = ? AND item = ?"
_RATINGS = """
SELECT item, rating FROM item_stats
WHERE community = ? AND item IN (SELECT value FROM json_each(?)) AND answers > 0 AND rating IS NOT NULL
"""
_RATE = "UPDATE item_stats SET rating = ? WHERE community = ? AND item = ?"


class Rounds:
    """The round port in SQLite."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._execute = connection.execute
        self._memory = memory

    def add(
        self,
        community: str,
        *,
        channel: str,
        mode: Mode,
        typed: bool,
        question: Question,
        asker: str,
        at: int,
        seconds: int,
        message: int | None,
    ) -> int:
        """Write a round that is `asked`; gives its id."""
        row = (
            community, channel, mode.value, typed, question.item, asker, at, seconds, at + seconds, at + UNCONFIRMED,
            message, codec.dump(question),
        )  # fmt: skip
        number = int(self._execute(_ADD, row).fetchone()[0])
        self._memory.first_new = min(self._memory.first_new, number)
        return number

    def get(self, community: str, number: int) -> Round | None:
        """Get one of this community's rounds."""
        standing = self._memory.standing.get(number)
        if standing is not None:
            return standing if standing.community == community else None
        row = self._execute(_MOVED, (number, community)).fetchone()
        if row is None:
            return None
        kept = self._memory.rounds.get(number)
        if kept is None or (kept.state, kept.closes_at, kept.asker) != (_STATES[row[0]], row[1], row[2]):
            return self._read(self._execute(_GET, (number,)).fetchone())
        self._memory.keep(kept)
        return kept

    def running(self, community: str, channel: str, at: int) -> Round | None:
        """Get the live round that takes answers in this channel now."""
        row = self._execute(_RUNNING, (community, channel, at)).fetchone()
        return self._read(row) if row else None

    def move(self, number: int, state: State, *, closes_at: int) -> None:
        """Set a round's state and deadline.

        A close freezes the tally, counts it, and notes who is owed points, or in a live round the question's coming back;
        a void one is counted for nobody.
        """
        self._memory.standing.pop(number, None)
        self._execute(_MOVE, (number, state.value, closes_at))
        if state is State.CLOSED:
            self._close(number)
        elif state is State.VOID:
            self._void(number)

    def correct(self, community: str, number: int, option: int) -> None:
        """Make another option of a closed round the right one, in its question and in what is counted of it."""
        round_ = self.get(community, number)
        if round_ is None or not 0 <= option < len(round_.question.options):
            raise BotFault(f"round {number} has no option {option} here")
        label, title = round_.question.options[option], round_.question.title
        solved = f"{title}{'' if title.endswith('?') else ':'} {label}"
        question = replace(round_.question, right=option, solution=label, solved=solved)
        answers, right, counts = json.loads(self._execute(_FROZEN, (number,)).fetchone()[0])
        right_now = counts[option] if option < len(counts) else 0
        self._execute(_CORRECT, (codec.dump(question), json.dumps([answers, right_now, counts]), number))
        self._execute(_COUNT, (community, question.item, 0, right_now - right))
        self._memory.standing.pop(number, None)
        self._memory.rounds.pop(number, None)
        self._memory.first_new = min(self._memory.first_new, number)

    def due(self, at: int, most: int) -> Sequence[Round]:
        """List rounds whose deadline has come, or whose post was never confirmed, oldest first."""
        return [self._read(row) for row in self._execute(_DUE, (at,)).fetchmany(most)]

    def next_due(self) -> int | None:
        """Say when the next round falls due."""
        due: int | None = self._execute(_NEXT_DUE).fetchone()[0]
        return due

    def too_far(self, at: int, most: int) -> Sequence[Round]:
        """List open live rounds whose deadline is further ahead than they last: the system's time was put back."""
        return [self._read(row) for row in self._execute(_TOO_FAR, (at,)).fetchmany(most)]

    def given(self, number: int, member: str) -> Given | None:
        """Get a member's answer; the option is -1 too once it has been forgotten."""
        row = self._execute(_GIVEN, (number, member)).fetchone()
        return Given(row[0], right=row[1] == 1, changes=row[2], name=row[3]) if row else None

    def give(self, number: int, member: str, given: Given, at: int, *, settled: bool = False) -> bool:
        """Write a member's first answer; False, and nothing written, when there is one already."""
        owed = 0 if settled else None
        row = (number, member, at, given.right, given.changes, owed, given.option, given.name)
        return self._execute(_GIVE, row).rowcount == 1

    def change(self, number: int, member: str, given: Given, at: int) -> None:
        """Write a changed answer in place of the first."""
        row = (number, member, at, given.right, given.changes, given.option, given.name)
        self._execute(_CHANGE, row)

    def tally(self, number: int, options: int) -> Tally:
        """Count a round's answers; those of a closed round as they were at the close."""
        row = self._execute(_FROZEN, (number,)).fetchone()
        answers, right, counts = json.loads(row[0]) if row and row[0] else self._counted(number)
        by_option = [*counts, *[0] * options][:options]
        return Tally(answers, right, tuple(by_option))

    def unpaid(self, number: int, most: int) -> Sequence[tuple[str, int]]:
        """List members who answered a closed round right and have not had their points, with when they answered."""
        return self._execute(_UNPAID, (number,)).fetchmany(most)

    def pay(self, number: int, member: str) -> None:
        """Note that a member has had the points for a right answer."""
        self._execute(_PAY, (number, member))

    def owing(self, most: int) -> Sequence[Round]:
        """List closed rounds in which somebody is unpaid, oldest first."""
        return [self._read(row) for row in self._execute(_OWING).fetchmany(most)]

    def unreturned(self, number: int, most: int) -> Sequence[str]:
        """List members to whom the question of a closed live round is to come back and has not, first answer first."""
        return [row[0] for row in self._execute(_UNRETURNED, (number,)).fetchmany(most)]

    def returned(self, number: int, member: str) -> None:
        """Note that the question has come back to a member."""
        self._execute(_RETURN, (number, member))

    def returning(self, most: int) -> Sequence[Round]:
        """List closed rounds whose question is still to come back to somebody, oldest first."""
        return [self._read(row) for row in self._execute(_RETURNING).fetchmany(most)]

    def answered_right_before(self, community: str, member: str, item: str) -> bool:
        """Whether this member has answered this question right in any round that is not void."""
        return self._execute(_RIGHT_BEFORE, (community, member, item)).fetchone() is not None

    def times_asked(self, community: str, item: str) -> tuple[int, int]:
        """Count the answers this question has had in closed rounds here, and the right ones."""
        answers, right = self._execute(_TIMES_ASKED, (community, item)).fetchone() or (0, 0)
        return answers, right

    def ratings(self, community: str, items: Sequence[str]) -> Mapping[str, float]:
        """Get what has been learned of these questions here; those never answered are absent."""
        return dict(self._execute(_RATINGS, (community, json.dumps(items))).fetchall())

    def rate(self, community: str, item: str, rating: float) -> None:
        """Write what has been learned of a question that has had answers."""
        self._execute(_RATE, (rating, community, item))

    def _close(self, number: int) -> None:
        row = self._execute(_FROZEN, (number,)).fetchone()
        if row is None or row[0] is not None:
            return
        answers, right, counts = self._counted(number)
        self._execute(_FREEZE, (json.dumps([answers, right, counts]), number))
        self._execute(_OWE_ALL if row[3] == Mode.LIVE.value else _OWE, (number,))
        if answers:
            self._execute(_COUNT, (row[1], row[2], answers, right))

    def _void(self, number: int) -> None:
        row = self._execute(_FROZEN, (number,)).fetchone()
        if row is None or row[0] is None:
            return
        answers, right, _ = json.loads(row[0])
        self._execute(_FREEZE, (None, number))
        self._execute(_WAIVE, (number,))
        if answers:
            self._execute(_COUNT, (row[1], row[2], -answers, -right))

    def _counted(self, number: int) -> tuple[int, int, list[int]]:
        """Count a round's answers as they stand: all, the right ones, and by option as far as one was taken."""
        rows = self._execute(_OPTIONS, (number,)).fetchall()
        by_option = {option: answers for option, answers, _ in rows if option is not None and option >= 0}
        counts = [by_option.get(option, 0) for option in range(max(by_option, default=-1) + 1)]
        return sum(row[1] for row in rows), sum(row[2] for row in rows), counts

    def _read(self, row: tuple[Any, ...]) -> Round:
        number, community, channel, mode, state, typed, asker, asked_at, seconds, closes_at, message = row
        kept = self._memory.rounds.get(number)
        round_ = Round(
            id=number,
            community=community,
            channel=channel,
            mode=_MODES[mode],
            state=_STATES[state],
            typed=typed == 1,
            question=kept.question if kept else self._question(number),
            asker=asker,
            asked_at=asked_at,
            seconds=seconds,
            closes_at=closes_at,
            message=message,
        )
        self._memory.keep(round_)
        return round_

    def _question(self, number: int) -> Question:
        question = codec.load(self._execute(_QUESTION, (number,)).fetchone()[0])
        if not isinstance(question, Question):
            raise BotFault(f"round {number} holds no question")
        return question
