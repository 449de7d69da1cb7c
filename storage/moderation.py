"""What follows from moderators' decisions: answers counted anew, sums worked out anew, choices let go in time.

A member's score events have no index of their own: they are found by their sources, since every one of them was given
for an answer, for a challenge of a round that the member was in, or for an adjustment in the audit log.
"""

from collections import Counter
from collections.abc import Sequence

from bot.core.ports import Challenge, Counted
from storage.driver import sqlite3
from storage.windows import Calendar

_RECENT = """
SELECT id FROM rounds WHERE community = ? AND state = 'closed' AND mode <> 'private' ORDER BY id DESC LIMIT ? OFFSET ?
"""
_SUPERSEDE = "UPDATE challenges SET under_way = 0, reached = '' WHERE round = ? AND under_way = 1"
_CHALLENGE = "INSERT INTO challenges (entry, community, round, option, points) VALUES (?, ?, ?, ?, ?)"
_CHALLENGED = "SELECT max(entry) FROM challenges WHERE round = ? AND community = ?"
_UNDER_WAY = """
SELECT entry, community, round, option, points FROM challenges WHERE under_way = 1 ORDER BY entry LIMIT ?
"""
_ANSWERS = """
SELECT a.member, a.option, a.is_right, a.owed = 1,
  (SELECT sum(e.points) FROM score_events AS e WHERE e.community = ?2 AND e.member = a.member AND e.source IN (
    SELECT 'round:' || ?1 UNION ALL SELECT 'rescore:' || entry FROM challenges WHERE round = ?1)),
  (SELECT e.at FROM score_events AS e WHERE e.community = ?2 AND e.member = a.member AND e.source IN (
    SELECT 'round:' || ?1 UNION ALL SELECT 'rescore:' || entry FROM challenges WHERE round = ?1) LIMIT 1)
FROM answers AS a
WHERE a.round = ?1 AND a.member > (SELECT reached FROM challenges WHERE entry = ?3) ORDER BY a.member LIMIT ?4
"""
_RECOUNT = "UPDATE answers SET is_right = ? WHERE round = ? AND member = ?"
_REACHED = "UPDATE challenges SET reached = ? WHERE entry = ?"
_COUNTED = "UPDATE challenges SET under_way = 0, reached = '' WHERE entry = ?"
_KEEPS = "SELECT 1 FROM choices_kept WHERE round = ? AND community = ? AND until > ?"
_OVER = "SELECT community, round FROM choices_kept WHERE until <= ? ORDER BY until LIMIT ?"
_LET_GO_FROM = "SELECT reached FROM choices_kept WHERE round = ?"
_NEXT = "SELECT member FROM answers WHERE round = ? AND member > ? ORDER BY member LIMIT ?"
_LET_GO = """
UPDATE answers SET option = NULL, name = ''
WHERE round = ? AND member > ? AND member <= ? AND (option IS NOT NULL OR name <> '')
"""
_LET_GO_TO = "UPDATE choices_kept SET reached = ? WHERE round = ?"
_GONE = "DELETE FROM choices_kept WHERE round = ?"
_HAS_SUMS = "SELECT 1 FROM score_sums WHERE community = ? AND member = ? LIMIT 1"
_HAS_ANSWERED = """
SELECT 1 FROM answers AS a CROSS JOIN rounds AS r ON r.id = a.round WHERE a.member = ?2 AND r.community = ?1 LIMIT 1
"""
_SHOWN_AS = "SELECT member FROM members WHERE community = ? AND shown = 1 AND lower(name) = ? LIMIT 2"
_ADJUSTED = "SELECT member, points FROM score_events WHERE community = ? AND source = ?"
_EVENTS = """
SELECT e.points, e.at FROM (
  SELECT 'round:' || a.round AS source FROM answers AS a WHERE a.member = ?2
  UNION ALL
  SELECT 'rescore:' || c.entry FROM answers AS a CROSS JOIN challenges AS c ON c.round = a.round WHERE a.member = ?2
  UNION ALL
  SELECT 'adjustment:' || id FROM audit WHERE community = ?1 AND whom = ?2 AND whom <> ''
) AS s CROSS JOIN score_events AS e ON e.community = ?1 AND e.source = s.source AND e.member = ?2
"""
_SEASONS = "SELECT start FROM seasons WHERE community = ? ORDER BY start DESC"
_SUMS = "SELECT window, points FROM score_sums WHERE community = ? AND member = ?"
_DROP = "DELETE FROM score_sums WHERE community = ? AND member = ? AND window = ?"
_SUM = """
INSERT INTO score_sums (community, member, window, points, shown)
VALUES (?1, ?2, ?3, ?4, coalesce((SELECT shown FROM members WHERE community = ?1 AND member = ?2), 0))
ON CONFLICT DO UPDATE SET points = excluded.points
"""
_RESUM_ALL = "INSERT INTO rescorings VALUES (?, '') ON CONFLICT DO UPDATE SET reached = ''"
_RESUMMING = "SELECT community, reached FROM rescorings ORDER BY community LIMIT ?"
_AFTER = "SELECT DISTINCT member FROM score_sums WHERE community = ? AND member > ? ORDER BY member LIMIT ?"
_RESUMMED_TO = "UPDATE rescorings SET reached = ? WHERE community = ?"
_RESUMMED = "DELETE FROM rescorings WHERE community = ?"


class Moderation:
    """The moderation port in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._calendar = Calendar()

    def recent(self, community: str, first: int, most: int) -> Sequence[int]:
        """List the closed rounds that everyone could see, the newest first, from the `first` on."""
        return [row[0] for row in self._execute(_RECENT, (community, most, first)).fetchall()]

    def challenge(self, challenge: Challenge) -> None:
        """Write an upheld challenge; what earlier ones of this round had left to do is done by this one."""
        self._execute(_SUPERSEDE, (challenge.round,))
        row = (challenge.entry, challenge.community, challenge.round, challenge.option, challenge.points)
        self._execute(_CHALLENGE, row)

    def challenged(self, community: str, round_: int) -> int | None:
        """Name the entry of the last upheld challenge of a round."""
        entry: int | None = self._execute(_CHALLENGED, (round_, community)).fetchone()[0]
        return entry

    def under_way(self, most: int) -> Sequence[Challenge]:
        """List challenges of all communities after which answers are still to be counted anew, the oldest first."""
        return [
            Challenge(entry=entry, community=community, round=round_, option=option, points=points)
            for entry, community, round_, option, points in self._execute(_UNDER_WAY, (most,)).fetchall()
        ]

    def answers(self, challenge: Challenge, most: int) -> Sequence[Counted]:
        """List the next answers that are to be counted anew."""
        row = (challenge.round, challenge.community, challenge.entry, most)
        return [
            Counted(member=member, option=option, right=right == 1, owed=owed == 1, points=points or 0, at=at)
            for member, option, right, owed, points, at in self._execute(_ANSWERS, row).fetchall()
        ]

    def recount(self, challenge: Challenge, member: str, *, right: bool) -> None:
        """Write whether an answer is right now, and that it has been counted anew."""
        self._execute(_RECOUNT, (right, challenge.round, member))
        self._execute(_REACHED, (member, challenge.entry))

    def counted(self, challenge: Challenge) -> None:
        """Note that all answers have been counted anew."""
        self._execute(_COUNTED, (challenge.entry,))

    def keeps_choices(self, community: str, round_: int, at: int) -> bool:
        """Whether it is still told at this moment who took which option of a closed round."""
        return self._execute(_KEEPS, (round_, community, at)).fetchone() is not None

    def choices_over(self, at: int, most: int) -> Sequence[tuple[str, int]]:
        """List rounds whose choices have been kept long enough, each behind its community."""
        return self._execute(_OVER, (at, most)).fetchall()

    def let_go(self, round_: int, most: int) -> None:
        """Reduce the next answers of a round to right or wrong, at most so many; after the last the round is done."""
        (reached,) = self._execute(_LET_GO_FROM, (round_,)).fetchone() or ("",)
        members = [row[0] for row in self._execute(_NEXT, (round_, reached, most)).fetchall()]
        if members:
            self._execute(_LET_GO, (round_, reached, members[-1]))
        if len(members) == most:
            self._execute(_LET_GO_TO, (members[-1], round_))
        else:
            self._execute(_GONE, (round_,))

    def known(self, community: str, typed: str) -> str | None:
        """Find the id of a member who has points or answers here, or is shown under this name."""
        for each in dict.fromkeys((typed, typed.casefold())):
            if any(self._execute(sql, (community, each)).fetchone() for sql in (_HAS_SUMS, _HAS_ANSWERED)):
                return each
        shown = self._execute(_SHOWN_AS, (community, typed.lower())).fetchall()
        return str(shown[0][0]) if len(shown) == 1 else None

    def adjusted(self, community: str, entry: int) -> tuple[str, int] | None:
        """Give whose score an entry of the audit log has adjusted, and by how many points."""
        row = self._execute(_ADJUSTED, (community, f"adjustment:{entry}")).fetchone()
        return (str(row[0]), int(row[1])) if row else None

    def resum(self, community: str, member: str, zone: str) -> bool:
        """Work out a member's sums from the events; False where they were right already."""
        starts = [row[0] for row in self._execute(_SEASONS, (community,)).fetchall()]
        sums: Counter[str] = Counter()
        for points, at in self._execute(_EVENTS, (community, member)).fetchall():
            week, month, today, year = self._calendar.day(at, zone).windows
            begun = next((f"s:{start}" for start in starts if start <= today), year)
            for window in (week, month, begun, "all"):
                sums[window] += points
        before = dict(self._execute(_SUMS, (community, member)).fetchall())
        if before == dict(sums):
            return False
        for window in before.keys() - sums.keys():
            self._execute(_DROP, (community, member, window))
        for window, points in sums.items():
            if before.get(window) != points:
                self._execute(_SUM, (community, member, window, points))
        return True

    def resum_all(self, community: str) -> None:
        """Note that everybody's sums are to be worked out anew, from the beginning."""
        self._execute(_RESUM_ALL, (community,))

    def resumming(self, most: int) -> Sequence[tuple[str, str]]:
        """List communities in which sums are being worked out anew, with the member up to whom it is done."""
        return self._execute(_RESUMMING, (most,)).fetchall()

    def members_after(self, community: str, member: str, most: int) -> Sequence[str]:
        """List the next members who have sums."""
        return [row[0] for row in self._execute(_AFTER, (community, member, most)).fetchall()]

    def resummed(self, community: str, member: str | None) -> None:
        """Note up to whom sums have been worked out anew; None: all of them."""
        if member is None:
            self._execute(_RESUMMED, (community,))
        else:
            self._execute(_RESUMMED_TO, (member, community))
