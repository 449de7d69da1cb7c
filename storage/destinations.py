"""Reading, beside a bot that may be running, where it is to post by itself."""

import json
from collections.abc import Sequence
from pathlib import Path

from bot.core.destinations import Destination
from bot.core.ports.settings import LOG
from storage.database import open_reader

_PROGRAMMES = """
SELECT community, channel, name, thread, pin, ping FROM programmes
WHERE removed_at = 0 AND state IN ('on', 'paused', 'stopped') ORDER BY community, id
"""
_LOGS = "SELECT community, value FROM settings WHERE key = ? AND community <> '' ORDER BY community"


def destinations(path: str | Path) -> Sequence[Destination]:
    """List the channels of all programmes and logs; none where there is no database yet. Raises DatabaseFault."""
    if not Path(path).exists():
        return []
    db = open_reader(path)
    try:
        programmes = db.execute(_PROGRAMMES).fetchall()
        logs = db.execute(_LOGS, (LOG,)).fetchall()
    finally:
        db.close()
    found = [
        Destination(
            community=community, channel=channel, purpose=name, thread=thread == 1, pin=pin == 1, ping=ping
        )
        for community, channel, name, thread, pin, ping in programmes
    ]
    kept = [
        Destination(community=community, channel=json.loads(value), purpose="the log")
        for community, value in logs
    ]
    return found + kept
