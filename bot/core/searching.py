"""Searching: what is found for words, in which order, and what was probably meant where nothing is.

All words first. Where nothing holds them all, what holds any of them is compared with rapidfuzz, word by word, so that
a slip in one word is forgiven where the others stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.names import closest, fold
from bot.core.ports import Hit, Ports

MOST = 200
"""How many results are counted and listed; beyond, more words serve better than more pages."""
COMPARED = 200
"""How many of those that hold any of the words are compared."""
_SAME = 75.0
"""How alike two words are, of 100, that may be the same one, mistyped."""
_ENOUGH = 40.0
"""How much of what was typed must be found, of 100, counted in letters."""
_ALIKE = 5
_CORRECTED = 3
"""Words that are not here up to which one looks for what was meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What was found, best first. `near` says that nothing holds all the words; `more` that there is more than MOST."""

    hits: Sequence[Hit]
    near: bool = False
    more: bool = False


def search(ports: Ports, community: str, typed: str) -> Found:
    """Find what holds all the words that were typed, else what comes near to holding them."""
    hits = ports.search.find(community, typed, MOST + 1)
    if hits:
        return Found(hits=hits[:MOST], more=len(hits) > MOST)
    return Found(hits=_compared(typed, ports.search.near(community, typed, COMPARED)), near=True)


def meant(ports: Ports, community: str, typed: str) -> str:
    """Say what was probably meant: a topic, or words that stand here; nothing where that would find nothing either."""
    topic = closest(typed, ports.library.topics(community))
    if topic is not None and ports.search.find(community, topic, 1):
        return topic
    words = fold(typed).split()
    known = {each: bool(ports.search.find(community, each, 1)) for each in words}
    if list(known.values()).count(False) > _CORRECTED:
        return ""
    likely = (each if known[each] else _likely(ports, community, each) for each in words)
    text = " ".join(filter(None, likely))
    return text if text != " ".join(words) and ports.search.find(community, text, 1) else ""


def _likely(ports: Ports, community: str, word: str) -> str:
    return closest(word, ports.search.alike(community, word, _ALIKE)) or ""


def _compared(typed: str, candidates: Sequence[tuple[Hit, str]]) -> Sequence[Hit]:
    """Keep what holds enough of the words, mistyped or not, best first."""
    wanted = fold(typed).split()
    texts = [(hit, set(fold(words).split())) for hit, words in candidates]
    written = set().union(*(words for _, words in texts))
    alike = [(len(word), _alike(word, written)) for word in wanted]
    scored = [(_score(words, alike), hit) for hit, words in texts]
    kept = [each for each in scored if each[0] >= _ENOUGH]
    return [hit for _, hit in sorted(kept, key=lambda each: -each[0])]


def _score(words: set[str], alike: Sequence[tuple[int, dict[str, float]]]) -> float:
    """Say how much of what was typed stands among these words, 0 to 100; a long word counts for more than a short one."""
    found = sum(
        letters * max((near[each] for each in near.keys() & words), default=0.0)
        for letters, near in alike
        if near
    )
    return found / max(sum(letters for letters, _ in alike), 1)


def _alike(word: str, written: set[str]) -> dict[str, float]:
    """Score the written words that may be this one."""
    found = process.extract(word, written, scorer=fuzz.ratio, score_cutoff=_SAME, limit=None)
    return {each: score for each, score, _ in found}
