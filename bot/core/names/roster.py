"""A roster of names, and who of it a person means by what they typed.

Every name is taken apart once. An answer is weighed against the names near to it, and the best has to beat all
others by a margin; where it does not, or where it is doubtful, the answer is "which one?".
"""

from collections.abc import Iterable

from bot.core.names.completion import Completion
from bot.core.names.fit import Fit
from bot.core.names.fold import together
from bot.core.names.form import bare_name
from bot.core.names.index import Index
from bot.core.names.match import Identified, Match, Named, Nobody, WhichOne
from bot.core.names.reading import LONGEST, clip, several
from bot.core.names.weigh import Found, nearest, weigh

MARGIN = 0.5  # slips by which the best has to beat the next
MOST_ASKED = 5
SHOWN = 60  # characters of an answer that are shown again


class Roster:
    """The people an answer can name. Built once from any number of them, then only read."""

    def __init__(self, people: Iterable[Named]) -> None:
        self.people = tuple(people)
        self._index = Index(self.people)
        self._completion = Completion(self.people)

    def identify(self, typed: str) -> Match:
        """Say whom a typed name means: one person, several to choose from, or nobody. Never raises."""
        parts = several(clip(typed))
        if len(parts) < 2 or self._whole(typed):  # noqa: PLR2004 one name or none
            return self._answer(self._weigh(typed), typed)
        found = [self._weigh(part) for part in parts]
        best = [_best(one) for one in found]
        if len({tuple(places) for places in best}) == 1 and all(map(_is_certain, found)):
            return self._answer(found[0], typed)
        return self._ask([place for places in best for place in places], typed)

    def nearest(self, typed: str) -> Named | None:
        """Find the one to offer as "did you mean": looser than `identify`, None when nobody is near."""
        best = _best(self._weigh(typed))
        place = best[0] if best else nearest(self._index, clip(typed))
        return None if place is None else self.people[place]

    def suggest(self, typed: str, limit: int = 25) -> tuple[Named, ...]:
        """Complete a name as it is typed, best first: the start of any word of a name, then what is near."""
        return tuple(self.people[place] for place in self._completion.suggest(clip(typed), limit))

    def _whole(self, typed: str) -> set[int]:
        """List whose whole name or alias was typed, brackets and all or without."""
        whole = self._index.whole
        return whole.get(together(typed.strip()[:LONGEST]), set()) or whole.get(together(clip(typed)), set())

    def _weigh(self, typed: str) -> Found:
        """Weigh whom an answer may name; a whole name leaves no doubt, and brackets may dispel it."""
        whole = self._whole(typed)
        if whole:
            return dict.fromkeys(whole, Fit(cost=0.0, sure=True))
        found = weigh(self._index, clip(typed))
        if "(" in typed and not _is_certain(found):
            within = weigh(self._index, typed.strip()[:LONGEST])
            return within if _is_certain(within) else found
        return found

    def _answer(self, found: Found, typed: str) -> Match:
        """Answer with the best if it is certain, else ask."""
        best = _best(found)
        return Identified(person=self.people[best[0]]) if _is_certain(found) else self._ask(best, typed)

    def _ask(self, places: Iterable[int], typed: str) -> WhichOne | Nobody:
        """Ask which one of at most five, by given name."""
        asked = [self.people[place] for place in list(dict.fromkeys(places))[:MOST_ASKED]]
        if not asked:
            return Nobody(typed=typed.strip()[:SHOWN])
        return WhichOne(people=tuple(sorted(asked, key=lambda person: (bare_name(person.name), person.id))))


def _best(found: Found) -> list[int]:
    """List the places of the best and of those it does not beat by the margin, the best first."""
    if not found:
        return []
    lowest = min(fitted.cost for fitted in found.values())
    close = [place for place, fitted in found.items() if fitted.cost < lowest + MARGIN - 1e-9]
    return sorted(close, key=lambda place: (found[place].cost, place))


def _is_certain(found: Found) -> bool:
    """Say whether the best is sure and alone."""
    best = _best(found)
    return len(best) == 1 and found[best[0]].sure
