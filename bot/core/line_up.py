"""The line-up: what is approved, in the order in which it has waited.

Of what has been served least often, it takes the speaker who has waited longest, then that speaker's article that has,
then the item that has. Those that have waited equally long are put in the order of their ids, and the SHA-256 of
`seed|speaker` (then `…|article`, `…|item`), read as a number, says which: its remainder by how many they are, counted
from 0. Nothing else decides, so that a draw can be recomputed by anybody.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from operator import attrgetter

from bot.core.ports import Candidate


def choose(
    candidates: Sequence[Candidate], times: Mapping[str, int], last: Mapping[str, int], seed: str
) -> Candidate:
    """Choose the next of some candidates: `times` they were served, and `last`, numbers that grow with every serving."""
    left = _left(candidates, times)
    served = [each for each in candidates if each.id in last]
    for level, key in (
        ("speaker", attrgetter("speaker")),
        ("article", attrgetter("article")),
        ("item", attrgetter("id")),
    ):
        waiting = dict.fromkeys(map(key, left), 0)
        for each in served:
            if key(each) in waiting:
                waiting[key(each)] = max(waiting[key(each)], last[each.id])
        longest = min(waiting.values())
        equal = sorted(name for name, since in waiting.items() if since == longest)
        drawn = equal[_number(f"{seed}|{level}") % len(equal)]
        left = [each for each in left if key(each) == drawn]
    return left[0]


def never_served(candidates: Sequence[Candidate], times: Mapping[str, int]) -> Sequence[Candidate]:
    """List what can be served before anything is served again."""
    return [each for each in candidates if each.id not in times]


def _left(candidates: Sequence[Candidate], times: Mapping[str, int]) -> Sequence[Candidate]:
    if never := never_served(candidates, times):
        return never
    fewest = min(times[each.id] for each in candidates)
    return [each for each in candidates if times[each.id] == fewest]


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest())
