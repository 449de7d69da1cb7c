"""The tokens of a paragraph with the phrases in them."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from content.importer.sentences import Sentence, Token
from content.importer.speaking.phrases import capitals, phrases
from content.importer.speaking.sorts import Phrase


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of one paragraph and the phrases in them; `by_first` and `by_last` find a phrase by its end tokens."""

    tokens: Sequence[Token]
    phrases: Sequence[Phrase]
    by_first: dict[int, Phrase]
    by_last: dict[int, Phrase]

    def between(self, start: int, end: int) -> Sequence[Phrase]:
        """Return the phrases that begin at tokens `start` to `end`, the end excluded."""
        first = bisect.bisect_left(self.phrases, start, key=_first)
        return self.phrases[first : bisect.bisect_left(self.phrases, end, key=_first)]


def _first(phrase: Phrase) -> int:
    return phrase.first


def stretches(paragraphs: Sequence[Sequence[Sentence]]) -> list[Stretch]:
    """Lay the sentences of each paragraph out with their phrases."""
    made = []
    flat = [[token for sentence in sentences for token in sentence.tokens] for sentences in paragraphs]
    known = capitals(token for tokens in flat for token in tokens)
    for tokens in flat:
        found = phrases(tokens, known)
        firsts, lasts = {phrase.first: phrase for phrase in found}, {phrase.last: phrase for phrase in found}
        made.append(Stretch(tokens, found, firsts, lasts))
    return made
