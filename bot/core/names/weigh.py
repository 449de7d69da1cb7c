"""Weigh the people of a roster against an answer: by whole name, by surname, by given name."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.core.names.fit import ODD, SURNAME_ALONE, Fit, Split, Taken, fit, in_one, splits
from bot.core.names.fold import sound
from bot.core.names.form import phrase_of
from bot.core.names.given import is_given
from bot.core.names.given_fit import given_cost
from bot.core.names.index import Entry, Index
from bot.core.names.near import slips
from bot.core.names.reading import Reading, readings

_FUZZY_PHRASE = 6  # letters from which a phrase may carry slips
_PHRASE_SLIPS = 2.0
_TOGETHER = 8  # letters from which a full name may be written as one word with a slip
_LOOSE = 75  # the `ratio` of a surname that is near enough to ask "did you mean"

Found = dict[int, Fit]


def weigh(index: Index, text: str) -> Found:
    """Weigh whom an answer may name, by its plainest reading that names anyone for sure.

    Gives the fit by place on the roster; empty when nobody is near.
    """
    doubtful: Found = {}
    for reading in readings(text):
        found = _by_reading(index, reading)
        if any(one.sure for one in found.values()):
            return found
        doubtful = doubtful or found
    return doubtful


def _keep(found: Found, person: int, fitted: Fit | None) -> None:
    """Keep the better fit of a person; of two that cost the same, the sure one."""
    if fitted is None:
        return
    known = found.get(person)
    if known is None or (fitted.cost, not fitted.sure) < (known.cost, not known.sure):
        found[person] = fitted


def _by_reading(index: Index, reading: Reading) -> Found:
    """Weigh whom one reading may name."""
    found: Found = {}
    for split in splits(reading):
        taken = Taken(surname=split.surname in index.surnames, given=index.has_given(split.given))
        for surname in index.near_surnames(split.surname, joined=not split.whole):
            for entry in index.surnames[surname]:
                _keep(found, entry.person, fit(split, entry.form, entry.key, reading, taken))
    if reading.number is None:
        _by_whole(index, reading, found)
        _by_given(index, "".join(reading.words), found)
    return found


def _by_whole(index: Index, reading: Reading, found: Found) -> None:
    """Weigh whole names, organisations, nicknames, and full names that are written as one word."""
    turned = reading.words[reading.family :] + reading.words[: reading.family]
    for person in index.whole.get("".join(turned), ()):
        _keep(found, person, Fit(cost=0.0, sure=True))
    phrase = phrase_of(reading.words)
    for near, people in index.near_phrases(phrase):
        cost = slips(phrase, near)
        if cost == 0 or (cost is not None and cost <= _PHRASE_SLIPS and len(near) >= _FUZZY_PHRASE):
            for person in people:
                _keep(found, person, Fit(cost=cost, sure=True))
    if len(reading.words) == 1 and len(phrase) >= _TOGETHER:
        for near, people in index.near_together(phrase):
            cost = slips(phrase, near)
            if cost is not None and cost <= 1:
                for person in people:
                    _keep(found, person, Fit(cost=cost, sure=True))


def _by_given(index: Index, joined: str, found: Found) -> None:
    """Weigh a given name alone, which is always asked back."""
    for person in index.of_given(joined):
        _keep(found, person, Fit(cost=SURNAME_ALONE, sure=False))
    for person in index.of_other_form(joined) | index.of_middle(joined):
        _keep(found, person, Fit(cost=ODD, sure=False))


def nearest(index: Index, text: str) -> int | None:
    """Find the place of the one whose name is nearest, looser than `weigh`; None when nobody is near."""
    best: tuple[float, int] | None = None
    for reading in readings(text):
        for split in splits(reading):
            for surname in _somewhat_like(index, split):
                score = max(
                    fuzz.ratio(split.surname, surname), fuzz.ratio(sound(split.surname), sound(surname))
                )
                for entry in index.surnames[surname]:
                    better = best is None or (score, -entry.person) > best
                    if score >= _LOOSE and better and _may_be(split, entry, reading):
                        best = (score, -entry.person)
    return None if best is None else -best[1]


def _may_be(split: Split, entry: Entry, reading: Reading) -> bool:
    """Say whether nothing typed speaks against a person: no other given name, no other number."""
    wrong_number = reading.number is not None and reading.number != entry.form.number
    if wrong_number or not in_one(split, entry.key):
        return False
    if not split.given or given_cost(split.given, entry.form.given) is not None:
        return bool(entry.form.given) or not split.given
    known = any(is_given(word) or len(word) == 1 for word in split.given)
    return not known and fuzz.ratio("".join(split.given), "".join(entry.form.given)) >= _LOOSE


def _somewhat_like(index: Index, split: Split) -> Sequence[str]:
    """List the surnames somewhat like the one of a split."""
    return (
        index.like_surnames(split.surname) if split.whole else index.near_surnames(split.surname, joined=True)
    )
