"""How well typed given names or initials fit a person's."""

import functools
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.core.names.fold import sound
from bot.core.names.given import formal_initials, forms_of, is_given, same_name
from bot.core.names.near import slips, undoubled
from bot.core.names.words import AFTER, TITLES

# What each step away from the full and right names costs, in slips.
INITIAL = 0.3
VARIANT = 0.2
LEFT_OUT = 0.5
ADDED = 0.6

_MOST = 2.6  # what two added names and a slip may cost together
_LONG = 7  # letters of names in which one letter makes no other name
_STRICT = 4  # letters of names that differ by little: Mitt and Mike
_SKIPPED = 4  # letters from which a word with a slip may pass over a name before it
_BLOB = 3  # letters of initials written as one word: "CLR James"


def is_blob(word: str) -> bool:
    """Say whether a word is initials written together ("JS")."""
    return 1 < len(word) <= _BLOB and not is_given(word) and word not in TITLES and word not in AFTER


@functools.lru_cache(maxsize=8192)
def given_cost(typed: tuple[str, ...], names: tuple[str, ...], *, alias: bool = False) -> float | None:
    """Weigh typed given names or initials against a person's; None where they are somebody else's.

    The names of an `alias` are taken from the first on: nobody calls Anthony Charles Charles.
    """
    together, name = "".join(typed), "".join(names)
    if same_name(together, name):
        return 0.0 if together == name else VARIANT
    spelled_out = min(map(len, (*typed, *names))) > 1
    if spelled_out and 1 < len(typed) == len(names) and not all(map(is_given, typed)):
        slipped = slips(together, name)
        if slipped is not None:
            return VARIANT + slipped
    costs = [_aligned(words, names, alias=alias) for words in _spelled_out(typed, len(names))]
    return min((cost for cost in costs if cost is not None), default=None)


def _spelled_out(typed: tuple[str, ...], known: int) -> Iterator[tuple[str, ...]]:
    """Read "CLR" as it stands and as three initials, if so many names are known; two may be one more."""
    yield typed
    for place, word in enumerate(typed):
        if is_blob(word) and len(word) <= max(known, _BLOB - 1):
            yield typed[:place] + tuple(word) + typed[place + 1 :]


def _aligned(typed: tuple[str, ...], names: tuple[str, ...], *, alias: bool) -> float | None:
    """Lay typed words along the person's given names in order; both may leave some out.

    An initial is never passed over: George W. is not George H. W.
    """
    cost, place, matched = 0.0, 0, 0
    for at, word in enumerate(typed):
        found = _find(word, names, place, last=place if alias else len(names) - 1)
        late = at > 0 and matched == 0
        if found is not None and not (late and (len(word) == 1 or found[1] > VARIANT)):
            place, step = found
            cost += step if matched == 0 or len(word) > 1 else 0.0
            matched += 1
        elif (matched and place >= len(names)) or (not matched and is_given(word)):
            cost += ADDED
        else:
            return None
    if not matched or cost > _MOST:
        return None
    return cost + (LEFT_OUT if place < len(names) and len(typed[-1]) > 1 else 0.0)


def _find(word: str, names: tuple[str, ...], place: int, *, last: int) -> tuple[int, float] | None:
    """Find a typed word among the names from a place to the last: the place after it, and its cost."""
    for later in range(place, min(last + 1, len(names))):
        cost = _word_cost(word, names[later])
        if cost is not None and (later == place or _may_pass_over(word, names[later], cost)):
            return later + 1, cost + (LEFT_OUT if later > place else 0.0)
    return None


def _may_pass_over(word: str, name: str, cost: float) -> bool:
    """Say whether a word fits a further name well enough to leave out those before: never as an initial."""
    return min(len(word), len(name)) > 1 and (cost <= VARIANT or len(word) > _SKIPPED)


def _word_cost(word: str, name: str) -> float | None:
    """Weigh one typed word against one given name."""
    if word == name:
        return 0.0
    if len(word) == 1:
        return _initial_cost(word, name)
    if len(name) == 1:
        return INITIAL if word[0] == name else None
    return _known_cost(word, name) if is_given(word) else _unknown_cost(word, name)


def _known_cost(word: str, name: str) -> float | None:
    """Weigh a given name against another: it is no slip, but it may be another form."""
    if same_name(word, name):
        return VARIANT
    return INITIAL if _spelled_alike(word, name) else None


def _unknown_cost(word: str, name: str) -> float | None:
    """Weigh a word that is no given name: the beginning of one, or one with slips."""
    if len(word) >= _BLOB and name.startswith(word):
        return INITIAL
    if word.startswith(name) and word.endswith("a") and len(word) > len(name) + 1:
        return None  # Nigella is not Nigel
    cost = slips(word, name, grace=0.0 if len(name) == _STRICT else 0.5)
    if cost is None and _is_slip_of_a_form(word, name):
        return 1.0 + VARIANT
    return None if cost is None else cost + VARIANT


def _is_slip_of_a_form(word: str, name: str) -> bool:
    """Say whether a word is one letter off another form of the name ("niel" for Neal)."""
    forms = (form for form in forms_of(name) if len(form) >= _STRICT)
    return any(OSA.distance(word, form, score_cutoff=1) <= 1 for form in forms)


def _initial_cost(initial: str, name: str) -> float | None:
    """Weigh an initial against a given name, or against the name of which it is a short form."""
    if initial == name[0]:
        return INITIAL
    return INITIAL + VARIANT if initial in formal_initials(name) else None


def _spelled_alike(one: str, other: str) -> bool:
    """Say whether two given names are one in two spellings (Silvia, Sahra), and not of a man and a woman."""
    if _of_man_and_woman(one, other) or _of_man_and_woman(other, one):
        return False
    long = min(len(one), len(other)) >= _LONG and one[-1] == other[-1]
    return sound(one) == sound(other) or (long and OSA.distance(one, other, score_cutoff=1) == 1)


def _of_man_and_woman(man: str, woman: str) -> bool:
    """Say whether two given names differ as Denis from Denise and Daniel from Danielle."""
    return undoubled(woman) == undoubled(man) + "e"
