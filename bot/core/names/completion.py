"""Complete a name as it is typed."""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from bot.core.names.fold import fold
from bot.core.names.match import Named

_MOST_WORDS = 4  # of what is typed; more is no name
_SHORTEST = 3  # letters from which a slip is looked for
_NEAR = 100  # words that are looked at
_NEAR_SCORE = 70
_START = 100.0  # the score of a word that begins as typed


class Completion:
    """The words of all names and aliases of a roster, to be found by their beginnings."""

    def __init__(self, people: Iterable[Named]) -> None:
        self._bearers: dict[str, set[int]] = defaultdict(set)
        self._starts: dict[int, dict[str, list[str]]] = {}
        names: list[str] = []
        for place, person in enumerate(people):
            names.append(fold(person.name))
            for name in (names[-1], *map(fold, person.aliases)):
                for word in name.split():
                    self._bearers[word].add(place)
        self._names = names
        self._words = sorted(self._bearers)
        self._rank = {
            place: rank for rank, place in enumerate(sorted(range(len(names)), key=names.__getitem__))
        }

    def suggest(self, typed: str, limit: int) -> list[int]:
        """List places on the roster, best first: names that begin so, words that begin so, words near to it."""
        query = fold(typed)
        words = query.split()[:_MOST_WORDS]
        if not words:
            return list(range(min(limit, len(self._names))))
        exact = _common([dict.fromkeys(self._beginning(word), _START) for word in words])
        best = self._ranked(exact, query, limit)
        if len(best) < limit:
            near = _common([self._near(word) for word in words])
            best += self._ranked(
                {place: near[place] for place in near.keys() - exact.keys()}, query, limit - len(best)
            )
        return best

    def _ranked(self, scores: Mapping[int, float], query: str, limit: int) -> list[int]:
        """Rank by score; among equals first the names that begin as typed, then by name."""
        return heapq.nsmallest(
            limit,
            scores,
            key=lambda place: (-scores[place], not self._names[place].startswith(query), self._rank[place]),
        )

    def _beginning(self, start: str) -> set[int]:
        """List whose name has a word that begins so."""
        first = bisect_left(self._words, start)
        last = bisect_left(self._words, start + "\U0010ffff")
        return {place for word in self._words[first:last] for place in self._bearers[word]}

    def _near(self, word: str) -> dict[int, float]:
        """Score whose name has a word that begins nearly so."""
        scores = dict.fromkeys(self._beginning(word), _START)
        if len(word) < _SHORTEST:
            return scores
        starts = self._starts_of(len(word))
        for start, score, _ in process.extract(
            word, starts.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_SCORE, limit=_NEAR
        ):
            for full in starts[start]:
                for place in self._bearers[full]:
                    scores[place] = max(scores.get(place, 0.0), score)
        return scores

    def _starts_of(self, length: int) -> dict[str, list[str]]:
        """File all words by their first letters, once for each length that is asked for."""
        if length not in self._starts:
            starts: dict[str, list[str]] = defaultdict(list)
            for word in self._words:
                starts[word[:length]].append(word)
            self._starts[length] = starts
        return self._starts[length]


def _common(scored: list[dict[int, float]]) -> dict[int, float]:
    """Keep who is in every one, with the lowest score."""
    first, *others = scored
    return {
        place: min(score, *(other[place] for other in others)) if others else score
        for place, score in first.items()
        if all(place in other for other in others)
    }
