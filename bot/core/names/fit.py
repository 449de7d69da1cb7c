"""How well a reading of an answer fits one form of a person's name."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.names.form import Form, Key
from bot.core.names.given import is_given, same_name
from bot.core.names.given_fit import ADDED, INITIAL, LEFT_OUT, VARIANT, given_cost, is_blob
from bot.core.names.others import OTHER_SURNAMES
from bot.core.names.reading import Reading
from bot.core.names.surname_fit import Backing, surname_fit
from bot.core.names.words import LONE_PARTICLES, PARTICLES

# What each step away from the full and right name costs, in slips.
SURNAME_ALONE = 0.3
TURNED = 0.2
ODD = 0.8

_MOST_SURNAME_WORDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """What it costs to take an answer for a person, in slips; what is not `sure` is asked back."""

    cost: float
    sure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """One way to part the words of a reading into a surname, joined, and given names."""

    surname: str
    given: tuple[str, ...]
    cost: float
    turned: bool
    whole: bool  # the surname was typed as one word, or with a particle or Mc before it


def splits(reading: Reading) -> Iterator[Split]:
    """Part a reading into surname and given names, in either order, with and without particles."""
    words, count = reading.words, len(reading.words)
    for size in range(1, min(count, _MOST_SURNAME_WORDS) + 1):
        comma = reading.family
        natural = TURNED if comma else 0.0
        yield from _split(words[count - size :], words[: count - size], cost=natural, turned=False)
        if size < count:
            turned = 0.0 if comma == size else TURNED
            yield from _split(words[:size], words[size:], cost=turned, turned=comma != size)


def _split(surname: tuple[str, ...], given: tuple[str, ...], *, cost: float, turned: bool) -> Iterator[Split]:
    """Join the surname's words; particles may stand behind the given names or before the surname, or be put in."""
    while len(given) > 1 and given[-1] in PARTICLES:
        given = given[:-1]
    whole = len(surname) == 1 or surname[0] in PARTICLES or surname[0] in {"mc", "mac"}
    yield Split(surname="".join(surname), given=given, cost=cost, turned=turned, whole=whole)
    core = surname
    while len(core) > 1 and core[0] in (PARTICLES if given else LONE_PARTICLES):
        core = core[1:]
    if core != surname:
        yield Split(surname="".join(core), given=given, cost=cost, turned=turned, whole=len(core) == 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What of a split is spelled rightly as a name of somebody on the roster, who may be another."""

    surname: bool
    given: bool


def fit(split: Split, form: Form, key: Key, reading: Reading, taken: Taken) -> Fit | None:
    """Weigh one split against one form and surname key; None where it is somebody else."""
    if reading.number is not None and reading.number != form.number:
        return None
    first = _given_cost(split, form, taken=taken.given)
    if first is None:
        return None
    backing = _backing(split, form, first.cost)
    surname = surname_fit(split.surname, key.word, backing, taken=taken.surname and split.surname != key.word)
    if surname is None or (surname.cost and not in_one(split, key)):
        return None
    cost = surname.cost + first.cost + key.cost + split.cost
    sure = surname.sure and first.sure and key.sure
    if form.family_first:
        cost -= TURNED if split.turned else 0.0
        sure = sure and not LEFT_OUT <= first.cost < ADDED
    elif split.turned:
        sure = sure and not _may_stand_right(split, form)
    if not split.given:
        cost += SURNAME_ALONE + (LEFT_OUT if form.alias else 0.0)
        sure = sure and not (reading.regal and form.given) and not _borrowed(split, form, surname.cost)
    if reading.number is None and form.number is not None:
        sure = sure and bool(form.given)
        cost += LEFT_OUT if split.given else 0.0
    return Fit(cost=cost, sure=sure)


def _may_stand_right(split: Split, form: Form) -> bool:
    """Say whether what was read as "Last First" may as well be a name in its own order."""
    both_given = is_given(split.surname) and is_given(split.given[0])
    return both_given or (len(split.given) > len(form.given) and len(split.given[-1]) > 1)


def _borrowed(split: Split, form: Form, slips: float) -> bool:
    """Say whether a surname alone, out of an alias, is rather another's (Blair, as Orwell was born)."""
    return form.alias and (slips > 1 or split.surname in OTHER_SURNAMES)


def in_one(split: Split, key: Key) -> bool:
    """Say whether a surname with slips may be read as one: an initial before it is not its first letter."""
    return split.whole or key.barrelled or (split.surname[0] in "od" and len(key.word) >= len(split.surname))


def _given_cost(split: Split, form: Form, *, taken: bool) -> Fit | None:
    """Weigh the given names; a person who has none may be given one, which is asked back."""
    if not split.given:
        return Fit(cost=0.0, sure=True)
    if not form.given:
        single = form.number is None and not form.phrases and not split.turned
        return Fit(cost=ODD, sure=False) if single and is_given(split.given[0]) else None
    cost = given_cost(split.given, form.given, alias=form.alias)
    if taken and cost is not None and not _calls(split.given, form.given):
        return None
    return None if cost is None else Fit(cost=cost, sure=not _unproved(split.given, form.given))


def _calls(typed: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Say whether the first typed name is one of the person's, and no slip for one."""
    return "".join(typed) == "".join(names) or any(
        len(name) == 1 or same_name(typed[0], name) or name.startswith(typed[0]) for name in names
    )


def _unproved(typed: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Say whether a whole given name stands against initials that it does not account for (Emma for E. P.)."""
    whole = len(typed[0]) > 1 and typed[0] not in names and not is_blob(typed[0])
    return whole and len(names[0]) == 1 and len(typed) < len(names)


def _backing(split: Split, form: Form, cost: float) -> Backing:
    """Say how far a typed given name speaks for a person of this form.

    Two words in another form, and two initials, are as good as the exact name.
    """
    if not split.given:
        return Backing.NONE
    exact = split.given[0] in form.given or cost == 0
    if len(split.given[0]) == 1 or (is_blob(split.given[0]) and not exact):
        several = len("".join(split.given)) > 1 and len(form.given) > 1
        return Backing.EXACT if several and cost <= INITIAL else Backing.NONE
    if exact and cost == 0 and len(split.given) > 1:
        return Backing.BOTH
    if exact or (cost <= VARIANT and len(split.given) > 1):
        return Backing.EXACT
    return Backing.FORM if any(same_name(split.given[0], name) for name in form.given) else Backing.NEAR
