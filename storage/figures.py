"""Figures of the ledger, for whoever watches: read on a connection of their own, and quick however many rows there are."""

from dataclasses import dataclass
from pathlib import Path

from storage.database import open_reader

# Each count is an index's: `state = 'due' OR state = 'sending'` is what the index on waiting calls says.
_WAITING = """
SELECT count(*) FILTER (WHERE state = 'due'), count(*) FILTER (WHERE state = 'sending') FROM deliveries
WHERE state = 'due' OR state = 'sending'
"""
_OLDEST = "SELECT min(due) FROM deliveries WHERE ready = 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """How many deliveries are due and under way; since when the oldest that may be made now is due (UTC seconds)."""

    due: int
    sending: int
    oldest: int | None


def ledger(database: str | Path) -> Ledger:
    """Count the deliveries that have not been settled. Raises DatabaseFault or the driver's error."""
    db = open_reader(database)
    try:
        due, sending = db.execute(_WAITING).fetchone()
        (oldest,) = db.execute(_OLDEST).fetchone()
    finally:
        db.close()
    return Ledger(due=due, sending=sending, oldest=oldest)
