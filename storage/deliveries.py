"""The ledger of deliveries, and the messages they make.

Which deliveries may be made now is kept in their rows (`ready`), so that those that wait for another call, or for a
message that stands nowhere yet, cost nothing however many they are. Of the calls that wait for one message the
earliest written goes first, and none goes while another is under way.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from bot.core import codec
from bot.core.effects import Call
from bot.core.events import FailureKind, MessageRef
from bot.core.ports import Waiting, Written
from storage.driver import sqlite3

_MESSAGE = "INSERT INTO messages (community, channel) VALUES (?, ?) RETURNING id"
_PLACE = "UPDATE messages SET ref_channel = ?, ref_message = ? WHERE id = ?"
_PLACED = """
SELECT ref_channel, ref_message FROM messages WHERE id = ? AND community = ? AND ref_message IS NOT NULL
"""
_ADD = """
INSERT INTO deliveries (community, kind, key, about, message, state, begun, due, ready, call)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9) RETURNING id
"""
_WAITING = """
SELECT d.id, d.community, d.call, d.key, d.about, d.begun, d.due, d.attempts, d.message, m.ref_channel, m.ref_message
FROM deliveries AS d LEFT JOIN messages AS m ON m.id = d.message
"""
_GET = f"{_WAITING} WHERE d.id = ? AND d.community = ? AND (d.state = 'due' OR d.state = 'sending')"
# What is for a platform that is out of reach waits, and no attempt is counted.
_IN_REACH = "community NOT IN (SELECT community FROM presences WHERE away = 1)"
_DUE = f"{_WAITING} WHERE d.ready = 1 AND d.due <= ? AND d.{_IN_REACH} ORDER BY d.due, d.id"
_SENDING = f"{_WAITING} WHERE d.state = 'sending' ORDER BY d.id"
_FIRST = "(SELECT min(id) FROM deliveries WHERE message = ?1 AND state = 'due')"
_NEXT_ON = f"{_WAITING} WHERE d.id = {_FIRST} AND d.due <= ?2"
_BUSY = "SELECT 1 FROM deliveries WHERE message = ? AND (state = 'due' OR state = 'sending') LIMIT 1"
_REPLACE = """
UPDATE deliveries SET call = ?2, due = ?3 WHERE id =
  (SELECT max(id) FROM deliveries WHERE message = ?1 AND state = 'due' AND kind = 'Edit')
"""
_NEXT_DUE = f"SELECT due FROM deliveries WHERE ready = 1 AND {_IN_REACH} ORDER BY due LIMIT 1"
_CLAIM = "UPDATE deliveries SET state = 'sending', ready = 0 WHERE id = ? RETURNING message"
# What has been settled is never made again, so its words are not kept.
_SENT = """
UPDATE deliveries SET state = 'sent', ready = 0, settled_at = ?2, call = '' WHERE id = ?1 RETURNING message
"""
_LATER = """
UPDATE deliveries SET state = 'due', ready = message IS NULL, due = ?2, detail = ?3, attempts = attempts + 1
WHERE id = ?1 RETURNING message
"""
_FAIL = """
UPDATE deliveries SET state = 'failed', ready = 0, settled_at = ?2, reason = ?3, detail = ?4, call = ''
WHERE id = ?1 RETURNING message
"""
_LINE_UP = f"""
UPDATE deliveries SET ready = (
  id = {_FIRST}
  AND NOT EXISTS (SELECT 1 FROM deliveries WHERE message = ?1 AND state = 'sending')
  AND (kind IN ('Answered', 'Post') OR EXISTS (SELECT 1 FROM messages WHERE id = ?1 AND ref_message IS NOT NULL))
) WHERE message = ?1 AND state = 'due'
"""


class Deliveries:
    """The delivery port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def message(self, community: str, channel: str) -> int:
        """Write the row of a message that is yet to be made; gives its id."""
        return int(self._execute(_MESSAGE, (community, channel)).fetchone()[0])

    def place(self, message: int, ref: MessageRef) -> None:
        """Write where a message stands, once it is known."""
        self._execute(_PLACE, (ref.channel, ref.message, message))
        self._line_up(message)

    def placed(self, community: str, message: int) -> MessageRef | None:
        """Say where a message stands; None while nobody knows."""
        row = self._execute(_PLACED, (message, community)).fetchone()
        return MessageRef(*row) if row else None

    def add(
        self, community: str, call: Call, *, about: str, due: int, message: int | None, claimed: bool
    ) -> Written:
        """Write a delivery, `sending` when claimed, else `due`."""
        state = "sending" if claimed else "due"
        ready = not claimed and message is None
        key = _key()
        row = (community, type(call).__name__, key, about, message, state, due, ready, codec.dump(call))
        number = int(self._execute(_ADD, row).fetchone()[0])
        self._line_up(message)
        return Written(number, key)

    def get(self, community: str, delivery: int) -> Waiting | None:
        """Get one that is neither sent nor failed."""
        return _waiting(self._execute(_GET, (delivery, community)).fetchone())

    def busy(self, message: int) -> bool:
        """Whether a call on this message is under way, or waits before any new one."""
        return self._execute(_BUSY, (message,)).fetchone() is not None

    def replace(self, message: int, call: Call, due: int) -> bool:
        """Put a newer update in place of one that waits for the same message; False when none waits."""
        return bool(self._execute(_REPLACE, (message, codec.dump(call), due)).rowcount)

    def next_on(self, message: int, at: int) -> Waiting | None:
        """Get the earliest delivery that waits for this message, if it is due."""
        return _waiting(self._execute(_NEXT_ON, (message, at)).fetchone())

    def due(self, at: int, most: int) -> Sequence[Waiting]:
        """List waiting deliveries that are due and may be made now, earliest first."""
        return [_read(row) for row in self._execute(_DUE, (at,)).fetchmany(most)]

    def sending(self) -> Sequence[Waiting]:
        """List every delivery that is claimed: after a start, those that a crash has left open."""
        return [_read(row) for row in self._execute(_SENDING).fetchall()]

    def claim(self, delivery: int) -> None:
        """Mark as `sending`."""
        self._settle(_CLAIM, delivery)

    def sent(self, delivery: int, at: int) -> None:
        """Mark as `sent`."""
        self._settle(_SENT, delivery, at)

    def later(self, delivery: int, due: int, detail: str) -> None:
        """Mark as `due` again, one attempt counted."""
        self._settle(_LATER, delivery, due, detail)

    def fail(self, delivery: int, at: int, kind: FailureKind, detail: str) -> None:
        """Mark as `failed`, with the reason."""
        self._settle(_FAIL, delivery, at, kind.value, detail)

    def next_due(self) -> int | None:
        """Say when the next delivery falls due that nothing but time holds back."""
        row = self._execute(_NEXT_DUE).fetchone()
        return int(row[0]) if row else None

    def _settle(self, sql: str, delivery: int, *values: int | str) -> None:
        row = self._execute(sql, (delivery, *values)).fetchone()
        if row is not None:
            self._line_up(row[0])

    def _line_up(self, message: int | None) -> None:
        """Note which of the calls that wait for a message may be made: the first at most."""
        if message is not None:
            self._execute(_LINE_UP, (message,))


def _key() -> str:
    """Make a mark that no other delivery has, here or in any other database: 22 characters, 80 random bits."""
    return f"hr{secrets.token_hex(10)}"


def _waiting(row: tuple[Any, ...] | None) -> Waiting | None:
    return None if row is None else _read(row)


def _read(row: tuple[Any, ...]) -> Waiting:
    number, community, call, key, about, since, due, attempts, message, channel, ref = row
    return Waiting(
        id=number,
        community=community,
        call=codec.load(call),
        key=key,
        about=about,
        since=since,
        due=due,
        attempts=attempts,
        message=message,
        ref=None if ref is None else MessageRef(channel, ref),
    )
