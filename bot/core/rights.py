"""What quoting allows: how many words of an article in copyright a card shows, and how many are held in all.

Counted is the union of every verbatim passage: quotations with their passages, the sentences before and after, wrong
endings, excerpts, and the proofs of facts. A word that is held twice counts once.
"""

import re
from collections.abc import Iterable, Iterator

from bot.core.library import Article, Excerpt, Fact, Item, Prompt, Quotation, Rights

SHARE = 0.25
"""The part of an article in copyright that may be held in all."""
CARD_WORDS = 120
"""How many words of an article in copyright one card may show."""
RUN = 6
"""How many words in a row two passages share before these count as the same place of the article."""
WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")
"""A word: a stretch of letters and digits with the apostrophes, hyphens and (between digits) points inside it."""


def words(text: str) -> list[str]:
    """Split a text into its words, as they are counted."""
    return WORD.findall(text)


def verbatim(item: Item) -> Iterator[tuple[str, str]]:
    """List the words of the article that an item holds, each with the field it stands in; empty ones are left out."""
    match item:
        case Quotation():
            fields = ("text", "passage", "before", "after")
            passages = [(each, str(getattr(item, each))) for each in fields]
            passages += [
                (f"endings {number}", ending.text) for number, ending in enumerate(item.endings, start=1)
            ]
        case Excerpt():
            passages = [("text", item.text)]
        case Fact():
            passages = [("passage", item.passage)]
        case Prompt():
            passages = []
    return (each for each in passages if each[1])


def cards(item: Item) -> Iterator[tuple[str, str]]:
    """List what the cards of an item show of the article at once, each with what to shorten."""
    match item:
        case Quotation():
            endings = " ".join(ending.text for ending in item.endings)
            yield "text", f"{item.text} {endings}"
            yield "before, passage and after", f"{item.before} {item.passage or item.text} {item.after}"
        case Excerpt() | Fact():
            yield from verbatim(item)
        case Prompt():
            return


def allowance(article: Article, share: float = SHARE, card_words: int = CARD_WORDS) -> int:
    """Say how many words of an article may be held; all of them where it is not in copyright.

    Of a source whose length is not known (`words` is 0), no more may be held than one card may show.
    """
    if article.rights is not Rights.IN_COPYRIGHT:
        return article.words
    return int(article.words * share) if article.words else card_words


def union(texts: Iterable[str]) -> int:
    """Count the words of several passages of one article, those in more than one of them once.

    An overlap of fewer than six words counts twice, unless one passage stands wholly inside the other.
    """
    seen = Seen()
    return sum(seen.add(text) for text in longest_first(texts))


def longest_first(texts: Iterable[str]) -> list[str]:
    """Order passages so that each stands after those it may stand inside, every one once."""
    return sorted(set(texts), key=lambda text: (-len(words(text)), text))


def refusal(article: Article, held: Iterable[Item], item: Item, *, share: float, card_words: int) -> str:
    """Say why an item may not join what is `held` of its article; nothing where it may."""
    own = [text for _, text in verbatim(item)]
    if article.rights is not Rights.IN_COPYRIGHT or not own:
        return ""
    longest = max((len(words(text)) for _, text in cards(item)), default=0)
    if longest > card_words:
        return f"One card would show {longest:,} words of an article in copyright, and at most {card_words:,} are allowed."
    passages = [text for each in held for _, text in verbatim(each)]
    before = union([*passages, article.standfirst])
    after = union([*passages, article.standfirst, *own])
    allowed = allowance(article, share, card_words)
    if after <= max(before, allowed):
        return ""
    bound = (
        f", and {share:.0%} of its {article.words:,} are {allowed:,}"
        if article.words
        else f"; its length is not known, so at most {allowed:,} may be"
    )
    return f"{after:,} words of “{article.title}” would be held{bound}. Take out {after - allowed:,} or more."


class Seen:
    """The texts met so far, as runs of words without case, so that overlaps are found without their places."""

    def __init__(self) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._texts: list[str] = []

    def add(self, text: str) -> int:
        """Take a text, and say how many of its words stand in none of the texts before it."""
        found = [word.casefold() for word in words(text)]
        whole = f" {' '.join(found)} "
        # A longer one that stands inside another is covered by its runs.
        inside = len(found) < RUN and any(whole in each for each in self._texts)
        runs = [tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)]
        covered = {at + step for at, run in enumerate(runs) if run in self._runs for step in range(RUN)}
        self._runs.update(runs)
        self._texts.append(whole)
        return 0 if inside else len(found) - len(covered)
