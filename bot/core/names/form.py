"""Take a name of the roster apart: given names, surname and its shorter forms, number, or a phrase as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.names.fold import fold
from bot.core.names.given import forms_of, is_given
from bot.core.names.reading import take_number, untitle
from bot.core.names.words import (
    DOUBLE_SURNAMES,
    FAMILY_FIRST,
    FAMILY_FIRST_SHORT,
    GIVEN_LIKE,
    ORGANISATION,
    PARTICLES,
    REGAL,
    TITLES,
)

_LITTLE = frozenset({"the", "of", "for"})
_OTHER_FORM = 0.2  # what it costs to call Elizabeth II Liz II
_ACRONYM = 5  # letters
_SHORT = 5  # letters of a given name's syllable written as a word: Kuan, Chung, Chi


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A way to say a surname, joined; `barrelled` is one of several words. What is not `sure` is asked back."""

    word: str
    cost: float = 0.0
    sure: bool = True
    barrelled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One name of one person, ready to be compared; all words folded, words of one part joined in `keys`.

    An `alias` is only another name: with a surname alone the people who are called so come first.
    """

    given: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    number: int | str | None = None
    family_first: bool = False
    phrases: tuple[str, ...] = ()
    alias: bool = False


def take_apart(name: str, *, alias: bool = False) -> Form:
    """Take a name apart. An organisation, a nickname or an epithet is a phrase: known as a whole only."""
    parts = [words for words in (fold(word).split() for word in name.replace(",", " , ").split()) if words]
    flat = [word for part in parts for word in part]
    if not flat or (alias and _is_acronym(name)):
        return Form()
    nickname = alias and len(parts) > 1 and (flat[0] == "the" or flat[-1] in TITLES or is_given(flat[-1]))
    if nickname or any(word in ORGANISATION for word in flat):
        return Form(phrases=_phrases(flat))
    _, titles = untitle(flat)
    if titles and (flat[0] not in GIVEN_LIKE or flat[1] == "of"):
        parts = _drop(parts, len(titles))
    words, number = take_number(tuple(word for part in parts for word in part))
    parts = _keep(parts, len(words))
    if any(word in {"the", "of"} for word in words[1:]):
        core = next(i for i, word in enumerate(words) if i and word in {"the", "of"})
        lone = (Key(word="".join(words[:core]), sure=not is_given(words[0])),) if core == 1 else ()
        return Form(keys=lone, number=number, phrases=_phrases(words))
    if _reigns(words, number, titles) or len(parts) == 1:
        keys = _surname(parts if len(parts) == 1 else [list(words)])
        others = forms_of(words[0]) - {words[0]} if isinstance(number, int) and len(words) == 1 else ()
        return Form(
            keys=(*keys, *(Key(word=other, cost=_OTHER_FORM) for other in sorted(others))), number=number
        )
    return _person(parts, number, alias=alias)


def _is_acronym(name: str) -> bool:
    """Say whether a name is a few capitals: those are known as a whole only, and never with a slip."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) <= _ACRONYM and " " not in name.strip() and name.isupper()


def _reigns(words: tuple[str, ...], number: int | str | None, titles: list[str]) -> bool:
    """Say whether several words are one regnal name, as John Paul is before II."""
    royal = any(title in REGAL for title in titles)
    return isinstance(number, int) and (royal or all(is_given(word) for word in words))


def phrase_of(words: Sequence[str]) -> str:
    """Join the words of a phrase without its little ones."""
    return "".join(word for word in words if word not in _LITTLE)


def _phrases(words: Sequence[str]) -> tuple[str, ...]:
    """List a phrase as a whole and, as people say it, without the word "party"."""
    without = [word for word in words if word != "party"]
    return tuple(dict.fromkeys(filter(None, (phrase_of(words), phrase_of(without)))))


def _drop(parts: list[list[str]], count: int) -> list[list[str]]:
    """Drop so many words from the front."""
    left = [list(part) for part in parts]
    for _ in range(count):
        left[0].pop(0)
        left = [part for part in left if part]
    return left


def _keep(parts: list[list[str]], count: int) -> list[list[str]]:
    """Keep so many words from the front."""
    kept: list[list[str]] = []
    for part in parts:
        kept.append(part[: max(0, count - sum(map(len, kept)))])
    return [part for part in kept if part]


def _person(parts: list[list[str]], number: int | str | None, *, alias: bool) -> Form:
    """Part given names from the surname, which begins at its particles."""
    if _family_first(parts):
        given = tuple(word for part in parts[1:] for word in part)
        return Form(given=given, keys=_surname(parts[:1]), number=number, family_first=True, alias=alias)
    start = len(parts) - 1
    if start > 1 and " ".join(word for part in parts[-2:] for word in part) in DOUBLE_SURNAMES:
        start -= 1
    while start > 1 and "".join(parts[start - 1]) in PARTICLES:
        start -= 1
    given = tuple(word for part in parts[:start] for word in part)
    return Form(given=given, keys=_surname(parts[start:]), number=number, alias=alias)


def _family_first(parts: list[list[str]]) -> bool:
    """Say whether the first word is the family name, as in Mao Zedong and Lee Kuan Yew."""
    first, rest = "".join(parts[0]), [word for part in parts[1:] for word in part]
    if first in FAMILY_FIRST:
        return True
    return first in FAMILY_FIRST_SHORT and len(rest) == 2 and all(len(word) <= _SHORT for word in rest)  # noqa: PLR2004 two syllables


def _surname(parts: list[list[str]]) -> tuple[Key, ...]:
    """List the ways to say a surname: whole, without particles, and one half of a double-barrelled one.

    The second half alone is enough where a hyphen joins them; without one it may be another's name.
    """
    words = [word for part in parts for word in part]
    core = list(words)
    while len(core) > 1 and core[0] in PARTICLES:
        core.pop(0)
    several = len(core) > 1
    keys = {"".join(words): Key(word="".join(words), barrelled=several)}
    keys.setdefault("".join(core), Key(word="".join(core), cost=0.1, barrelled=several))
    if several:
        hyphen = len(parts[-1]) > 1
        keys.setdefault(core[-1], Key(word=core[-1], cost=0.2 if hyphen else 0.5, sure=hyphen))
        keys.setdefault(core[0], Key(word=core[0], cost=0.5, sure=False))
    return tuple(keys.values())


def bare_name(name: str) -> str:
    """Fold a name without the titles before it, to sort by given name."""
    return " ".join(untitle(fold(name).split())[0])
