"""The review queue: what importers propose, and what moderators decided about it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.library import Article, Item, Person
from bot.core.names import fold
from bot.core.ports import Decision, Found, Proposal, Standing
from bot.core.queueing import ENOUGH, FEW, NEARLY_ALL, words_of
from storage import bodies
from storage.driver import sqlite3
from storage.stocking import KINDS

_CLASSES = {kind: each for each, kind in KINDS.items()}
_COLUMNS = "id, article, kind, body, people, rule, confidence, before, after, at, state, decided_by, decided_name, decided_at, reason, word"
_PROPOSE = """
INSERT INTO proposals (article, kind, body, people, rule, confidence, before, after, print, community, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""
_GET = f"SELECT {_COLUMNS} FROM proposals WHERE id = ? AND community = ?"
_KNOWN = "SELECT 1 FROM proposals WHERE community = ? AND print = ?"
_COUNT = "SELECT count(*) FROM proposals WHERE community = ? AND state = 'waiting'"
_BY_ARTICLE = """
SELECT json_extract(article, '$.id'), count(*) FROM proposals WHERE community = ? AND state = 'waiting' GROUP BY 1
"""
_PLACE = f"{_COUNT} AND id <= ?"
_AFTER = "SELECT min(id) FROM proposals WHERE community = ? AND state = 'waiting' AND id > ?"
_WAITING = f"SELECT {_COLUMNS} FROM proposals WHERE community = ? AND state = 'waiting' ORDER BY id LIMIT ?"
_SURE = """
SELECT kind, count(*) FROM proposals WHERE community = ? AND state = 'waiting' AND confidence >= ? GROUP BY kind
"""
_AFTER_SURE = f"{_AFTER} AND confidence >= ?"
_AMEND = """
UPDATE proposals SET article = ?, kind = ?, body = ?, people = ?, rule = ?, confidence = ?, before = ?, after = ?
WHERE id = ? AND community = ? AND state = 'waiting'
"""
_LOPSIDED = """
SELECT s.item FROM item_stats AS s LEFT JOIN kept_items AS k ON k.community = s.community AND k.item = s.item
WHERE s.community = ?1 AND s.answers >= ?2 AND s.answers >= 2 * coalesce(k.answers, 0)
  AND (s.right_answers < ?3 * s.answers OR s.right_answers > ?4 * s.answers)
  AND EXISTS (SELECT 1 FROM items WHERE community IN ('', ?1) AND item = s.item AND gone = 0)
  AND NOT EXISTS (SELECT 1 FROM retired WHERE community = ?1 AND item = s.item)
"""
_KEEP = """
INSERT INTO kept_items SELECT community, item, answers FROM item_stats WHERE community = ? AND item = ?
ON CONFLICT DO UPDATE SET answers = excluded.answers
"""
_DECIDE = f"""
UPDATE proposals SET state = ?, decided_by = ?, decided_name = ?, decided_at = ?, reason = ?, word = ?
WHERE id = ? AND community = ? AND state = 'waiting' RETURNING {_COLUMNS}
"""
_REOPEN = """
UPDATE {table} SET state = 'waiting', decided_by = '', decided_name = '', decided_at = NULL, reason = '', word = ''
WHERE id = ? AND community = ? AND state = 'rejected'
"""
_REJECTED = """
SELECT {columns} FROM {table} WHERE community = ? AND state = 'rejected' AND decided_at > ?
ORDER BY decided_at DESC, id DESC LIMIT ?
"""
_PROPOSALS_AGAIN = _REOPEN.format(table="proposals")
_SUGGESTIONS_AGAIN = _REOPEN.format(table="suggestions")
_REJECTED_PROPOSALS = _REJECTED.format(columns=_COLUMNS, table="proposals")
_REJECTED_SUGGESTIONS = _REJECTED.format(columns="id", table="suggestions")


def row_of(found: Found) -> tuple[str | float, ...]:
    """Write something found as the columns of a row: article, kind, body, people, rule, confidence, before, after, print."""
    return (
        bodies.write(found.article), KINDS[type(found.item)], bodies.write(found.item),
        json.dumps([bodies.write(each) for each in found.people]), found.rule, found.confidence, found.before, found.after,
        print_of(found.item),
    )  # fmt: skip


def print_of(item: Item) -> str:
    """Give what is the same for an item of the same kind with the same words, whatever its marks and capitals."""
    return hashlib.sha256(f"{KINDS[type(item)]}|{fold(words_of(item))}".encode()).hexdigest()


class Queue:
    """The queue port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def propose(self, community: str, found: Found, at: int) -> int:
        """Write a proposal that waits; gives its id."""
        row = (*row_of(found), community, at)
        return int(self._execute(_PROPOSE, row).fetchone()[0])

    def known(self, community: str, items: Sequence[Item]) -> Sequence[bool]:
        """Say of each item whether its very words were proposed here before, whatever was decided."""
        return [self._execute(_KNOWN, (community, print_of(each))).fetchone() is not None for each in items]

    def proposal(self, community: str, number: int) -> Proposal | None:
        """Get one of this community's."""
        row = self._execute(_GET, (number, community)).fetchone()
        return _read(row) if row else None

    def count(self, community: str) -> int:
        """Count those that wait."""
        return int(self._execute(_COUNT, (community,)).fetchone()[0])

    def waiting_by_article(self, community: str) -> Mapping[str, int]:
        """Count those that wait, by article."""
        return dict(self._execute(_BY_ARTICLE, (community,)).fetchall())

    def place(self, community: str, number: int) -> int:
        """Count those that wait up to this one, itself included."""
        return int(self._execute(_PLACE, (community, number)).fetchone()[0])

    def after(self, community: str, number: int) -> int | None:
        """Name the first that waits after this one."""
        found = self._execute(_AFTER, (community, number)).fetchone()[0]
        return None if found is None else int(found)

    def waiting(self, community: str, most: int) -> Sequence[Proposal]:
        """List those that wait, the first first."""
        return [_read(row) for row in self._execute(_WAITING, (community, most)).fetchall()]

    def sure(self, community: str, least: float) -> Mapping[str, int]:
        """Count by kind those that wait with this confidence at least."""
        return dict(self._execute(_SURE, (community, least)).fetchall())

    def after_sure(self, community: str, number: int, least: float) -> int | None:
        """Name the first that waits after this one with this confidence at least."""
        found = self._execute(_AFTER_SURE, (community, number, least)).fetchone()[0]
        return None if found is None else int(found)

    def amend(self, community: str, number: int, found: Found) -> bool:
        """Put something else in the place of what a proposal holds; False where none waits."""
        *columns, _ = row_of(found)
        return self._execute(_AMEND, (*columns, number, community)).rowcount == 1

    def lopsided(self, community: str, most: int) -> Sequence[str]:
        """List the items in service that nearly everyone or hardly anyone gets right, by id."""
        values = (community, ENOUGH, FEW, NEARLY_ALL)
        rows = self._execute(f"{_LOPSIDED} ORDER BY s.item LIMIT ?5", (*values, most)).fetchall()
        return [row[0] for row in rows]

    def is_lopsided(self, community: str, item: str) -> bool:
        """Whether an item is among them."""
        values = (community, ENOUGH, FEW, NEARLY_ALL, item)
        return self._execute(f"{_LOPSIDED} AND s.item = ?5", values).fetchone() is not None

    def keep(self, community: str, item: str) -> None:
        """Note that an item is kept for all that."""
        self._execute(_KEEP, (community, item))

    def decide(self, community: str, number: int, decision: Decision) -> Proposal | None:
        """Write what was decided; None, and nothing written, where none waits."""
        values = (
            decision.standing.value, decision.by, decision.name, decision.at, decision.reason, decision.word, number,
            community,
        )  # fmt: skip
        rows = self._execute(_DECIDE, values).fetchall()
        return _read(rows[0]) if rows else None

    def reopen(self, community: str, number: int) -> bool:
        """Let a rejected proposal wait again."""
        return self._execute(_PROPOSALS_AGAIN, (number, community)).rowcount == 1

    def rejected(self, community: str, since: int, most: int) -> Sequence[Proposal]:
        """List the proposals rejected since then, the latest first."""
        return [_read(row) for row in self._execute(_REJECTED_PROPOSALS, (community, since, most)).fetchall()]

    def reopen_suggestion(self, community: str, number: int) -> bool:
        """Let a rejected suggestion wait again."""
        return self._execute(_SUGGESTIONS_AGAIN, (number, community)).rowcount == 1

    def rejected_suggestions(self, community: str, since: int, most: int) -> Sequence[int]:
        """List the ids of the suggestions rejected since then, the latest first."""
        return [row[0] for row in self._execute(_REJECTED_SUGGESTIONS, (community, since, most)).fetchall()]


def _read(row: tuple[Any, ...]) -> Proposal:
    number, article, kind, body, people, rule, confidence, before, after, at, state, *decided = row
    by, name, decided_at, reason, word = decided
    item = bodies.read_item(_CLASSES[kind], body)
    found = Found(
        article=bodies.read(Article, article),
        item=item,
        people=tuple(bodies.read(Person, each) for each in json.loads(people)),
        rule=rule,
        confidence=confidence,
        before=before,
        after=after,
    )
    waits = state == Standing.WAITING.value
    decision = Decision(
        standing=Standing(state), by=by, name=name, at=decided_at or 0, reason=reason, word=word
    )
    return Proposal(id=number, found=found, at=at, decision=None if waits else decision)
