"""The order of the queue: suggestions, then questions whose answers are lopsided, then what importers propose.

Suggestions come first, since somebody waits for word. Questions that nearly everyone or hardly anyone gets right come by
themselves. An entry's key is `s` and the id of a suggestion, `l` and the id of an item whose answers are lopsided, or `p` and the
id of a proposal.
"""

from collections.abc import Sequence

from bot.core.ports import Ports

_MOST = 1_000
"""Suggestions, and lopsided items, that are looked through."""


def total(ports: Ports, community: str) -> int:
    """Count what waits."""
    lopsided = len(ports.queue.lopsided(community, _MOST))
    return ports.suggestions.count(community) + lopsided + ports.queue.count(community)


def following(ports: Ports, community: str, key: str) -> str | None:
    """Name the entry that follows another, the first after the last (or without one); None where none waits."""
    early = _early(ports, community)
    if key[:1] != "p":
        after = [each for each in early if _rank(each) > _rank(key)]
        if after:
            return after[0]
    number = ports.queue.after(community, number_of(key) if key[:1] == "p" else 0)
    if number is not None:
        return f"p{number}"
    first = ports.queue.after(community, 0)
    return early[0] if early else f"p{first}" if first is not None else None


def place(ports: Ports, community: str, key: str) -> int:
    """Count what waits up to an entry, itself included."""
    early = _early(ports, community)
    if key[:1] != "p":
        return sum(_rank(each) <= _rank(key) for each in early)
    return len(early) + ports.queue.place(community, number_of(key))


def number_of(key: str) -> int:
    """Give the row's id in a key; 0, which no row has, where there is none."""
    digits = key[1:]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else 0  # noqa: PLR2004 - 63 bits


def _early(ports: Ports, community: str) -> Sequence[str]:
    """List what comes before the proposals."""
    suggestions = [f"s{each.id}" for each in ports.suggestions.waiting(community, 0, _MOST)]
    return [*suggestions, *(f"l{item}" for item in ports.queue.lopsided(community, _MOST))]


def _rank(key: str) -> tuple[int, int, str]:
    return ("sl".find(key[:1]) if key else -1, number_of(key) if key[:1] == "s" else 0, key[1:])
