"""The names of a roster, filed by whole name, surname, sound, given name and phrase."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.names.fold import sound, together
from bot.core.names.form import Form, Key, take_apart
from bot.core.names.given import forms_of
from bot.core.names.match import Named
from bot.core.names.near import MOST_GRACE, slips

_NEAR = 30  # surnames that are weighed closely
_NEAR_SCORE = 60  # below this `ratio` no name is within its slips
_PHRASE_SCORE = 80
_REMEMBERED = 256  # words whose neighbours are kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One form of a person's name under one of its surname keys; `person` is the place on the roster."""

    person: int
    form: Form
    key: Key


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """What is searched for something near: rapidfuzz wants sequences."""

    surnames: tuple[str, ...]
    barrelled: tuple[str, ...]
    phrases: tuple[str, ...]
    together: tuple[str, ...]


class Index:
    """Every name of a roster, to be found by something near it."""

    def __init__(self, people: Iterable[Named]) -> None:
        self.whole: dict[str, set[int]] = defaultdict(set)
        self.surnames: dict[str, list[Entry]] = defaultdict(list)
        self.phrases: dict[str, set[int]] = defaultdict(set)
        self.written_together: dict[str, set[int]] = defaultdict(set)
        self._given: dict[str, set[int]] = defaultdict(set)
        self._middle: dict[str, set[int]] = defaultdict(set)
        self._heard: dict[str, list[str]] = defaultdict(list)
        for number, person in enumerate(people):
            for name in (person.name, *person.aliases):
                self._file(number, name, alias=name != person.name)
        self._words = _Words(
            surnames=tuple(self.surnames),
            barrelled=tuple(
                word for word, entries in self.surnames.items() if any(e.key.barrelled for e in entries)
            ),
            phrases=tuple(self.phrases),
            together=tuple(self.written_together),
        )
        for surname in self.surnames:
            self._heard[sound(surname)].append(surname)
        # One answer asks for the same words again and again.
        self._near_whole = functools.lru_cache(maxsize=_REMEMBERED)(self._find_whole)
        self._near_joined = functools.lru_cache(maxsize=_REMEMBERED)(self._find_joined)

    def _file(self, number: int, name: str, *, alias: bool) -> None:
        """File one name of a person."""
        joined = together(name)
        if not joined:
            return
        self.whole[joined].add(number)
        form = take_apart(name, alias=alias)
        for key in form.keys:
            self.surnames[key.word].append(Entry(person=number, form=form, key=key))
        for phrase in form.phrases:
            self.phrases[phrase].add(number)
        if form.given:
            self.written_together["".join((*form.given, form.keys[0].word))].add(number)
            self._given[form.given[0]].add(number)
            self._given["".join(form.given)].add(number)
        for middle in form.given[1:]:
            self._middle[middle].add(number)

    def near_surnames(self, word: str, *, joined: bool) -> tuple[str, ...]:
        """List the surnames a word may be meant for, those that sound alike among them.

        A word that was `joined` from several can only be a surname of several, unless it is exact.
        """
        return self._near_joined(word) if joined else self._near_whole(word)

    def _find_joined(self, word: str) -> tuple[str, ...]:
        """List the surnames of several words near to one, and the exact one."""
        exact = (word,) if word in self.surnames else ()
        return (*exact, *(near for near in _near(word, self._words.barrelled, _NEAR_SCORE) if near != word))

    def _find_whole(self, word: str) -> tuple[str, ...]:
        """List the surnames near to a word that slips can part from it, by hand or by ear."""
        near = dict.fromkeys([*self._heard.get(sound(word), ()), *self.like_surnames(word)])
        return tuple(surname for surname in near if slips(word, surname, MOST_GRACE) is not None)

    def like_surnames(self, word: str) -> list[str]:
        """List the surnames that look somewhat like a word, the likest first."""
        return _near(word, self._words.surnames, _NEAR_SCORE)

    def near_phrases(self, phrase: str) -> Iterator[tuple[str, set[int]]]:
        """List the phrases near to one, with whose they are."""
        for near in _near(phrase, self._words.phrases, _PHRASE_SCORE):
            yield near, self.phrases[near]

    def near_together(self, word: str) -> Iterator[tuple[str, set[int]]]:
        """List the full names near to one that is written as one word."""
        for near in _near(word, self._words.together, _PHRASE_SCORE):
            yield near, self.written_together[near]

    def has_given(self, words: Sequence[str]) -> bool:
        """Say whether the first of the words is somebody's given name."""
        return bool(words) and len(words[0]) > 1 and words[0] in self._given

    def of_given(self, word: str) -> set[int]:
        """List who has a given name as the first."""
        return self._given.get(word, set())

    def of_other_form(self, word: str) -> set[int]:
        """List who has another form of a given name as the first."""
        return {number for form in forms_of(word) for number in self._given.get(form, ())}

    def of_middle(self, word: str) -> set[int]:
        """List who has a word among the further given names."""
        return self._middle.get(word, set())


def _near(word: str, filed: Sequence[str], score: float) -> list[str]:
    """List the filed words whose `ratio` to one reaches a score, the nearest first."""
    found = process.extract(word, filed, scorer=fuzz.ratio, score_cutoff=score, limit=_NEAR)
    return [near for near, *_ in found]
