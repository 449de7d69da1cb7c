"""Count the words of an article that its shelf holds, against what quoting allows.

The rule is the core's (bot/core/rights.py), since the queue keeps to it too. Here it is asked of whole files, whose
faults name the entry and the field, and with the proof of the article where there is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.library import Shelf
from bot.core.rights import CARD_WORDS, SHARE, Seen, allowance, longest_first, words
from bot.core.rights import cards as cards_of
from bot.core.rights import verbatim as verbatim_in
from content.faults import label
from content.proofs import Proof, prove

__all__ = ["CARD_WORDS", "SHARE", "Held", "Passage", "allowance", "cards", "held", "verbatim"]


class Passage(NamedTuple):
    """Words of the article, with the entry and the field that hold them."""

    entry: str
    field: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """How many of an article's words are held, and what part of the article that is (0 to 1)."""

    words: int
    share: float


def verbatim(shelf: Shelf) -> Iterator[Passage]:
    """List every passage of the article that the shelf holds, empty ones left out."""
    if shelf.article.standfirst:
        yield Passage(label(shelf.article), "standfirst", shelf.article.standfirst)
    for item in shelf.items:
        yield from (Passage(label(item), field, text) for field, text in verbatim_in(item))


def cards(shelf: Shelf) -> Iterator[Passage]:
    """List what the cards of a shelf show of the article at once; `field` names what to shorten."""
    for item in shelf.items:
        yield from (Passage(label(item), field, text) for field, text in cards_of(item))


def held(shelf: Shelf, proof: Proof | None = None) -> Held:
    """Count the words held, by their places in the source or, without a proof, by the runs they share.

    Without a proof an overlap of fewer than six words between two passages is counted twice, unless one stands
    wholly inside the other.
    """
    places: set[int] = set()
    unplaced = 0
    seen = Seen()
    for text in longest_first(passage.text for passage in verbatim(shelf)):
        start = None if proof is None else prove(text, proof)
        fresh = seen.add(text)
        if start is None:
            unplaced += fresh
        else:
            places.update(range(start, start + len(words(text))))
    count = len(places) + unplaced
    return Held(words=count, share=count / shelf.article.words if shelf.article.words else 0.0)
