"""What is set for a community, and the platform's events that were heard from it."""

from storage.driver import sqlite3
from storage.memory import Memory

DEFAULT_ZONE = "Europe/London"
REMEMBERED = 24 * 60 * 60
"""Seconds for which the id of an event is kept: longer than any platform repeats one."""

_ZONE = "SELECT zone FROM communities WHERE community = ?"
_MODERATORS = """
SELECT j.value FROM settings AS s JOIN json_each(s.value) AS j
WHERE s.community = ? AND s.key IN ('moderators', 'roles')
"""
_NOTE = "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
# Two for each one noted: so the table shrinks to what is remembered, and no single event pays for all of it.
_LET_GO = """
DELETE FROM seen WHERE community = ?1 AND event IN
  (SELECT event FROM seen WHERE community = ?1 AND at < ?2 ORDER BY at LIMIT 2)
"""


class Communities:
    """The community port in SQLite; `zone` is that of communities which have not set theirs."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory, zone: str = DEFAULT_ZONE) -> None:
        self._execute = connection.execute
        self._memory = memory
        self._default = zone

    def zone(self, community: str) -> str:
        """Give its IANA time zone."""
        zone = self._memory.zones.get(community)
        if zone is None:
            row = self._execute(_ZONE, (community,)).fetchone()
            zone = str(row[0]) if row else self._default
            if self._memory.sure:
                self._memory.zones[community] = zone
        return zone

    def moderators(self, community: str) -> frozenset[str]:
        """Give the ids of the roles and people who moderate besides the administrators."""
        return frozenset(row[0] for row in self._execute(_MODERATORS, (community,)).fetchall())

    def first_time(self, community: str, event: str, at: int) -> bool:
        """Note the platform's id of an event; False when it has been heard before."""
        first = self._execute(_NOTE, (community, event, at)).rowcount == 1
        if first:
            self._execute(_LET_GO, (community, at - REMEMBERED))
        return first
