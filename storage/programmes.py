"""Programmes, the ledger of their posts, and quiet mode.

Which programmes are due is one index over those that have a post to come, so that the others cost nothing however
many they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from bot.core.events import MessageRef
from bot.core.ports import PlannedPost, Programme, Quiet
from storage.driver import sqlite3

_PROGRAMME = tuple(each.name for each in fields(Programme))
_POST = tuple(each.name for each in fields(PlannedPost))
_FLAGS = ("thread", "pin", "warned", "owner_gone")
_ADDED = _PROGRAMME[1:]
_SELECT = f"SELECT {', '.join(_PROGRAMME)} FROM programmes"
_ADD = f"""
INSERT INTO programmes ({", ".join(_ADDED)}) VALUES ({", ".join("?" * len(_ADDED))}) RETURNING id
"""
_SAVE = (
    f"UPDATE programmes SET {', '.join(f'{name} = ?' for name in _ADDED[1:])} WHERE id = ? AND community = ?"
)
_HERE = "WHERE community = ? AND removed_at = 0"
# Where the bot is no longer, or cannot be heard, nothing is due until it comes back.
_STILL_HERE = """
community NOT IN (
  SELECT community FROM presences WHERE left_at IS NOT NULL UNION ALL SELECT community FROM presences WHERE away = 1)
"""
_DUE = f"{_SELECT} WHERE next_at <= ? AND {_STILL_HERE} ORDER BY next_at, id LIMIT ?"
_NEXT_DUE = f"""
SELECT min(at) FROM (
  SELECT min(next_at) AS at FROM programmes WHERE next_at IS NOT NULL AND {_STILL_HERE}
  UNION ALL SELECT min(until) FROM quiets WHERE until IS NOT NULL
)
"""
_SELECT_POST = f"SELECT {', '.join(_POST)} FROM programme_posts"
_WRITE = f"""
INSERT INTO programme_posts (community, {", ".join(_POST[1:])}, touched)
VALUES (?, {", ".join("?" * len(_POST[1:]))}, 0)
ON CONFLICT (programme, slot) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _POST[3:])}
RETURNING id
"""
_SHOWN = """
SELECT item FROM programme_posts
WHERE community = ? AND programme = ? AND id > ? AND state IN ('due', 'posted') AND item <> ''
"""
# A post that is in the air is waited for; one that waits for another attempt is given up.
_OVERDUE = f"""
SELECT p.community, {", ".join(f"p.{name}" for name in _POST)} FROM programme_posts AS p
JOIN deliveries AS d ON d.id = p.delivery
WHERE p.state = 'due' AND p.expires_at <= ? AND d.state = 'due' ORDER BY p.expires_at LIMIT ?
"""
_RETRIED = f"""
SELECT p.community, {", ".join(f"p.{name}" for name in _POST)} FROM programme_posts AS p
JOIN deliveries AS d ON d.id = p.delivery
WHERE p.state = 'due' AND d.state = 'due' AND (
  EXISTS (SELECT 1 FROM quiets AS q WHERE q.community = p.community AND (q.until IS NULL OR q.until > ?))
  OR EXISTS (SELECT 1 FROM blackouts AS b WHERE b.community = p.community AND b.date = substr(p.slot, 1, 10)))
ORDER BY p.id LIMIT ?
"""
_CROWD = "SELECT count(*) FROM programmes WHERE next_at >= ? AND next_at < ? AND id <> ?"
_NEWEST = "SELECT coalesce(max(id), 0) FROM programme_posts WHERE community = ? AND programme = ?"
_TOUCH = """
UPDATE programme_posts SET touched = 1 WHERE touched = 0 AND message IN
  (SELECT id FROM messages WHERE community = ? AND ref_channel = ? AND ref_message = ?)
"""
_TOUCHED = """
SELECT p.touched OR EXISTS (SELECT 1 FROM answers AS a WHERE a.round = p.round) FROM programme_posts AS p
WHERE p.community = ? AND p.programme = ? AND p.id > ? AND p.state = 'posted' ORDER BY p.slot DESC LIMIT ?
"""
_HELD = """
SELECT programme, count(*) FROM programme_posts WHERE community = ? AND state = 'held' AND slot >= ? GROUP BY programme
"""
_QUIET = "SELECT community, since, until, set_by FROM quiets"


class Programmes:
    """The programme port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def add(self, community: str, programme: Programme) -> int:
        """Write a programme; gives its id."""
        values = _values(programme, _ADDED)
        return int(self._execute(_ADD, (community, *values[1:])).fetchone()[0])

    def get(self, community: str, number: int) -> Programme | None:
        """Get one of this community's programmes, a removed one too."""
        row = self._execute(f"{_SELECT} WHERE id = ? AND community = ?", (number, community)).fetchone()
        return _programme(row) if row else None

    def save(self, community: str, programme: Programme) -> None:
        """Write a programme in place of what stands there."""
        self._execute(_SAVE, (*_values(programme, _ADDED[1:]), programme.id, community))

    def named(self, community: str, name: str) -> Programme | None:
        """Get a programme by its name, whatever its capitals."""
        wanted = name.casefold()
        rows = self._execute(f"SELECT id, name FROM programmes {_HERE} ORDER BY id", (community,)).fetchall()
        found = next((number for number, each in rows if each.casefold() == wanted), None)
        return self.get(community, found) if found is not None else None

    def names(self, community: str) -> Sequence[str]:
        """List the names of the programmes, in their order."""
        rows = self._execute(f"SELECT name FROM programmes {_HERE} ORDER BY id", (community,)).fetchall()
        return [row[0] for row in rows]

    def page(self, community: str, first: int, most: int) -> Sequence[Programme]:
        """List programmes in the order in which they were added."""
        sql = f"{_SELECT} {_HERE} ORDER BY id LIMIT ? OFFSET ?"
        return [_programme(row) for row in self._execute(sql, (community, most, first)).fetchall()]

    def count(self, community: str) -> int:
        """Count the programmes."""
        sql = f"SELECT count(*) FROM programmes {_HERE}"
        return int(self._execute(sql, (community,)).fetchone()[0])

    def due(self, at: int, most: int) -> Sequence[Programme]:
        """List programmes of all communities whose moment has come, the earliest first."""
        return [_programme(row) for row in self._execute(_DUE, (at, most)).fetchall()]

    def crowd(self, since: int, until: int, *, but: int) -> int:
        """Count the programmes of all communities, less one, that fall due from a moment on and before another."""
        return int(self._execute(_CROWD, (since, until, but)).fetchone()[0])

    def next_due(self) -> int | None:
        """Say when the next programme or the end of a quiet mode falls due."""
        due: int | None = self._execute(_NEXT_DUE).fetchone()[0]
        return due

    def post(self, community: str, post: PlannedPost) -> int:
        """Write what becomes of a slot, in place of what stands there; gives its id."""
        return int(self._execute(_WRITE, (community, *_values(post, _POST[1:]))).fetchone()[0])

    def posted(self, community: str, number: int) -> PlannedPost | None:
        """Get one of this community's posts."""
        row = self._execute(f"{_SELECT_POST} WHERE id = ? AND community = ?", (number, community)).fetchone()
        return _post(row) if row else None

    def at_slot(self, community: str, programme: int, slot: str) -> PlannedPost | None:
        """Get what became of a slot."""
        sql = f"{_SELECT_POST} WHERE programme = ? AND slot = ? AND community = ?"
        row = self._execute(sql, (programme, slot, community)).fetchone()
        return _post(row) if row else None

    def taken(self, community: str, programme: int, slot: str) -> frozenset[str]:
        """List the slots from one on of which something has become already."""
        sql = "SELECT slot FROM programme_posts WHERE programme = ? AND slot >= ? AND community = ?"
        return frozenset(row[0] for row in self._execute(sql, (programme, slot, community)).fetchall())

    def past(self, community: str, programme: int, most: int) -> Sequence[PlannedPost]:
        """List what became of a programme's slots, the latest first."""
        sql = f"{_SELECT_POST} WHERE programme = ? AND community = ? ORDER BY slot DESC LIMIT ?"
        return [_post(row) for row in self._execute(sql, (programme, community, most)).fetchall()]

    def erase(self, community: str, number: int) -> None:
        """Take back what was written of a slot."""
        self._execute("DELETE FROM programme_posts WHERE id = ? AND community = ?", (number, community))

    def shown(self, community: str, programme: int, since: int) -> frozenset[str]:
        """List the items of posts that are made or on their way, of ids above `since`."""
        return frozenset(row[0] for row in self._execute(_SHOWN, (community, programme, since)).fetchall())

    def newest(self, community: str, programme: int) -> int:
        """Give the id of the last row that was written of a programme's slots; 0 where there is none."""
        return int(self._execute(_NEWEST, (community, programme)).fetchone()[0])

    def touch(self, community: str, ref: MessageRef) -> None:
        """Note that somebody touched the post that stands there, if one does."""
        self._execute(_TOUCH, (community, ref.channel, ref.message))

    def touched(self, community: str, programme: int, since: int, most: int) -> Sequence[bool]:
        """Say of the latest posts that stand, of ids above `since`, whether somebody touched or answered each."""
        rows = self._execute(_TOUCHED, (community, programme, since, most)).fetchall()
        return [bool(row[0]) for row in rows]

    def retried_though_held(self, at: int, most: int) -> Sequence[tuple[str, PlannedPost]]:
        """List posts of all communities that wait to be tried again where quiet mode or a blackout date holds them."""
        return [(row[0], _post(row[1:])) for row in self._execute(_RETRIED, (at, most)).fetchall()]

    def overdue(self, at: int, most: int) -> Sequence[tuple[str, PlannedPost]]:
        """List posts of all communities that wait to be tried again past their grace, with their community."""
        return [(row[0], _post(row[1:])) for row in self._execute(_OVERDUE, (at, most)).fetchall()]

    def held(self, community: str, since: str) -> Mapping[int, int]:
        """Count by programme the posts that are held, from a slot on."""
        return dict(self._execute(_HELD, (community, since)).fetchall())

    def quiet(self, community: str) -> Quiet | None:
        """Get the quiet mode that is on."""
        row = self._execute(f"{_QUIET} WHERE community = ?", (community,)).fetchone()
        return _quiet(row) if row else None

    def quieten(self, community: str, quiet: Quiet | None) -> None:
        """Turn quiet mode on, in place of one that is, or off."""
        self._execute("DELETE FROM quiets WHERE community = ?", (community,))
        if quiet is not None:
            row = (community, quiet.since, quiet.until, quiet.by)
            self._execute("INSERT INTO quiets VALUES (?, ?, ?, ?)", row)

    def quiet_over(self, at: int, most: int) -> Sequence[Quiet]:
        """List the quiet modes of all communities whose time is over."""
        sql = f"{_QUIET} WHERE until <= ? ORDER BY until LIMIT ?"
        return [_quiet(row) for row in self._execute(sql, (at, most)).fetchall()]

    def blackouts(self, community: str, since: str) -> frozenset[str]:
        """List the local dates, from one on, on which every programme is held."""
        sql = "SELECT date FROM blackouts WHERE community = ? AND date >= ?"
        return frozenset(row[0] for row in self._execute(sql, (community, since)).fetchall())

    def black_out(self, community: str, date: str, *, held: bool) -> None:
        """Hold every programme on a local date, or no longer."""
        if held:
            self._execute("INSERT INTO blackouts VALUES (?, ?) ON CONFLICT DO NOTHING", (community, date))
        else:
            self._execute("DELETE FROM blackouts WHERE community = ? AND date = ?", (community, date))

    def log_channel(self, community: str) -> str:
        """Name the channel in which moderators are told; empty where none is set."""
        sql = "SELECT value FROM settings WHERE community = ? AND key = 'log'"
        row = self._execute(sql, (community,)).fetchone()
        return str(json.loads(row[0])) if row else ""


def _values(value: Programme | PlannedPost, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in names)


def _programme(row: Sequence[Any]) -> Programme:
    values = dict(zip(_PROGRAMME, row, strict=True))
    return Programme(**{**values, **{flag: bool(values[flag]) for flag in _FLAGS}})


def _post(row: Sequence[Any]) -> PlannedPost:
    return PlannedPost(**dict(zip(_POST, row, strict=True)))


def _quiet(row: tuple[str, int, int | None, str]) -> Quiet:
    community, since, until, by = row
    return Quiet(community=community, since=since, until=until, by=by)
