"""Where the bot is. What it keeps of a community that it has left is removed after 30 days, unless it comes back before.

While it is away nothing is posted there: a programme whose moment passes is treated as after a downtime. So it is where a
platform is lost, and there what waits to be delivered waits on too, until it connects again.
"""

from bot.core.effects import Effect, Wake
from bot.core.events import Joined, Left, Lost, Present
from bot.core.ports import Ports

KEPT = 30 * 24 * 60 * 60
"""Seconds for which everything of a community stays after the bot has left it."""
SLICE = 100
"""Rows that one event removes at most, so that answers are never kept waiting."""


def joined(ports: Ports, event: Joined) -> list[Effect]:
    """Take note of a community that the bot was brought into, or back into."""
    ports.presences.arrive(event.community)
    return [Wake(event.at)]


def left(ports: Ports, event: Left) -> list[Effect]:
    """Take note of a community that the bot has gone from."""
    ports.presences.leave(event.community, event.at)
    return [Wake(event.at + KEPT)]


def present(ports: Ports, event: Present) -> list[Effect]:
    """Find out where the bot has come and gone while nobody could tell it."""
    ports.presences.count_in(event.platform, event.communities, event.at)
    return [Wake(event.at)]


def lost(ports: Ports, event: Lost) -> list[Effect]:
    """Let everything wait that is due on a platform which is out of reach."""
    ports.presences.lose(event.platform)
    return []


def due(ports: Ports, at: int) -> list[Effect]:
    """Remove a slice of what is left of a community whose time has come."""
    community = ports.presences.due(at - KEPT)
    if community is not None:
        ports.presences.remove(community, SLICE, at)
        return [Wake(at)]
    following = ports.presences.next_left()
    return [Wake(following + KEPT)] if following is not None else []
