"""What moderators have set: the zone and the seasons in tables of their own, everything else as JSON by key."""

import json
from collections.abc import Mapping

from bot.core.ports.settings import PRIVATE, SEASON, VISIBILITY, ZONE, Changes, Value
from storage.driver import sqlite3
from storage.memory import Memory

_ZONE = "SELECT zone FROM communities WHERE community = ?"
_SET_ZONE = "INSERT INTO communities VALUES (?, ?) ON CONFLICT DO UPDATE SET zone = excluded.zone"
_NO_ZONE = "DELETE FROM communities WHERE community = ?"
_SEASONS = "SELECT start, name FROM seasons WHERE community = ?"
_SET_SEASON = "INSERT INTO seasons VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name"
_NO_SEASON = "DELETE FROM seasons WHERE community = ? AND start = ?"
_ALL = "SELECT key, value FROM settings WHERE community = ?"
_QUIZ = f"{_ALL} AND key >= 'quiz.' AND key < 'quiz/'"
_ONE = "SELECT value FROM settings WHERE community = ? AND key = ?"
_SET = "INSERT INTO settings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_UNSET = "DELETE FROM settings WHERE community = ? AND key = ?"
_REMEMBER = "INSERT INTO setting_changes (entry, community, before, after) VALUES (?, ?, ?, ?)"
_REMEMBERED = "SELECT before, after FROM setting_changes WHERE entry = ? AND community = ?"


class CommunitySettings:
    """The settings port in SQLite."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._execute = connection.execute
        self._memory = memory

    def all(self, community: str) -> Changes:
        """Give everything that is set, seasons too."""
        found: dict[str, Value] = {
            key: json.loads(value) for key, value in self._execute(_ALL, (community,)).fetchall()
        }
        if row := self._execute(_ZONE, (community,)).fetchone():
            found[ZONE] = str(row[0])
        seasons = self._execute(_SEASONS, (community,)).fetchall()
        return found | {f"{SEASON}{start}": name for start, name in seasons}

    def put(self, community: str, key: str, value: Value | None) -> None:
        """Set something, or with None no longer."""
        self._memory.doubt()
        if key == ZONE:
            self._put(_SET_ZONE, _NO_ZONE, (community,), value)
        elif key.startswith(SEASON):
            self._put(_SET_SEASON, _NO_SEASON, (community, key.removeprefix(SEASON)), value)
        else:
            self._put(_SET, _UNSET, (community, key), None if value is None else json.dumps(value))

    def quiz(self, community: str) -> Mapping[str, int]:
        """Give what is set of a quiz, in one look-up."""
        found = self._memory.quiz.get(community)
        if found is None:
            found = {key: int(value) for key, value in self._execute(_QUIZ, (community,)).fetchall()}
            if self._memory.sure:
                self._memory.quiz[community] = found
        return found

    def visibility(self, community: str) -> str:
        """Say what somebody is who has said nothing."""
        row = self._execute(_ONE, (community, VISIBILITY)).fetchone()
        return str(json.loads(row[0])) if row else PRIVATE

    def remember(self, community: str, entry: int, before: Changes, after: Changes) -> None:
        """Write what a change has changed, under the id of its entry in the audit log."""
        self._execute(_REMEMBER, (entry, community, json.dumps(dict(before)), json.dumps(dict(after))))

    def remembered(self, community: str, entry: int) -> tuple[Changes, Changes] | None:
        """Give what a change has changed: how it was before, and after."""
        row = self._execute(_REMEMBERED, (entry, community)).fetchone()
        return (json.loads(row[0]), json.loads(row[1])) if row else None

    def _put(self, write: str, erase: str, row: tuple[str, ...], value: Value | None) -> None:
        if value is None:
            self._execute(erase, row)
        else:
            self._execute(write, (*row, value))
