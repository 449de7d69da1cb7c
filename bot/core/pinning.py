"""What moderators have pinned to dates: drawn before anything else of its kind, by whichever draws first on that date."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.ports import Ports


def draw(
    ports: Ports, community: str, date: str, kind: str, drawn_for: int, may_be_shown: Callable[[str], bool]
) -> str:
    """Draw what is pinned to a local date for a programme (or `THE_DAY`); gives its id, or nothing.

    Nothing where it may not be shown, or was drawn for another: it is shown once.
    """
    pinned = ports.pins.pinned(community, date, kind)
    if pinned is None or pinned.drawn_for not in {None, drawn_for} or not may_be_shown(pinned.item):
        return ""
    if pinned.drawn_for is None:
        ports.pins.pin(community, replace(pinned, drawn_for=drawn_for))
    return pinned.item
