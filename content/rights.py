"""Count the words of an article that its shelf holds, against what quoting allows.

Counted is the union of every verbatim passage: the standfirst, quotations with their passages, the sentences before
and after, wrong endings, excerpts, and the proofs of facts. A word that is held twice counts once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.library import Article, Quotation, Rights, Shelf
from content.faults import label
from content.proofs import RUN, Proof, prove, words

SHARE = 0.25
"""The part of an article in copyright that may be held in all."""
CARD_WORDS = 120
"""How many words of an article in copyright one card may show."""


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
    everything = (
        Passage(label(shelf.article), "standfirst", shelf.article.standfirst),
        *(passage for quotation in shelf.quotations for passage in _quoted(quotation)),
        *(Passage(label(excerpt), "text", excerpt.text) for excerpt in shelf.excerpts),
        *(Passage(label(fact), "passage", fact.passage) for fact in shelf.facts),
    )
    return (passage for passage in everything if passage.text)


def cards(shelf: Shelf) -> Iterator[Passage]:
    """List what the cards of a shelf show of the article at once; `field` names what to shorten."""
    for quotation in shelf.quotations:
        entry = label(quotation)
        shown = quotation.passage or quotation.text
        endings = " ".join(ending.text for ending in quotation.endings)
        yield Passage(entry, "text", f"{quotation.text} {endings}")
        yield Passage(entry, "before, passage and after", f"{quotation.before} {shown} {quotation.after}")
    for excerpt in shelf.excerpts:
        yield Passage(label(excerpt), "text", excerpt.text)
    for fact in shelf.facts:
        yield Passage(label(fact), "passage", fact.passage)


def allowance(article: Article, share: float = SHARE) -> int:
    """Say how many words of an article may be held; all of them where it is not in copyright."""
    return int(article.words * share) if article.rights is Rights.IN_COPYRIGHT else article.words


def held(shelf: Shelf, proof: Proof | None = None) -> Held:
    """Count the words held, by their places in the source or, without a proof, by the runs they share.

    Without a proof an overlap of fewer than six words between two passages is counted twice, unless one stands
    wholly inside the other.
    """
    texts = sorted({passage.text for passage in verbatim(shelf)}, key=lambda text: (-len(words(text)), text))
    places: set[int] = set()
    unplaced = 0
    seen = _Seen()
    for text in texts:
        start = None if proof is None else prove(text, proof)
        fresh = seen.add(text)
        if start is None:
            unplaced += fresh
        else:
            places.update(range(start, start + len(words(text))))
    count = len(places) + unplaced
    return Held(words=count, share=count / shelf.article.words if shelf.article.words else 0.0)


def _quoted(quotation: Quotation) -> Iterator[Passage]:
    entry = label(quotation)
    yield Passage(entry, "text", quotation.text)
    yield Passage(entry, "passage", quotation.passage)
    yield Passage(entry, "before", quotation.before)
    yield Passage(entry, "after", quotation.after)
    for number, ending in enumerate(quotation.endings, start=1):
        yield Passage(entry, f"endings {number}", ending.text)


class _Seen:
    """The texts met so far, as runs of words without case, so that overlaps are found without their places."""

    def __init__(self) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._texts: list[str] = []

    def add(self, text: str) -> int:
        """Take a text, and say how many of its words stand in none of the texts before it."""
        found = [word.casefold() for word in words(text)]
        whole = f" {' '.join(found)} "
        inside = any(whole in each for each in self._texts)
        runs = [tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)]
        covered = {at + step for at, run in enumerate(runs) if run in self._runs for step in range(RUN)}
        self._runs.update(runs)
        self._texts.append(whole)
        return 0 if inside else len(found) - len(covered)
