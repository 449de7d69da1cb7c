"""Enlist who is on a page, with their genders and roles, before anybody is named as a speaker."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.beside import FIRMS, named_beside
from content.importer.speaking.evidence import (
    PLACING,
    appositions,
    body_inside,
    court_parts,
    genders,
    is_full_name,
    is_of_body,
    is_subject,
    owns_by_full_name,
)
from content.importer.speaking.people import Roster, Someone, titled
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.words import words

_MANY = 1_000
_TWICE = 2


def enlist(stretches: Sequence[Stretch]) -> Roster:
    """Return the people and bodies that paragraphs name: full names first, then what they tell of each."""
    roster = Roster()
    phrases = [(stretch, phrase) for stretch in stretches for phrase in stretch.phrases]
    singles = Counter(
        part[-1] for _, phrase in phrases for part in (phrase.name, phrase.owner) if len(part) == 1
    )
    roster.placed = _placed(stretches)
    roster.singles = singles - Counter(dict.fromkeys(roster.placed, _MANY))
    for stretch, phrase in phrases:
        _enlist(roster, stretch, phrase)
        if len(phrase.name) > 1 and phrase.sort is Sort.NAME:
            roster.longer[phrase.name[0]].add(phrase.name)
    _enlist_singles(roster, stretches)
    votes: dict[Someone, Counter[str]] = defaultdict(Counter)
    for stretch, phrase in phrases:
        _learn(roster, stretch, phrase, votes)
    for person, told in votes.items():
        if told["m"] != told["f"] and not person.gender:
            person.gender = max(told, key=lambda gender: told[gender])
    for _, phrase in phrases:
        _hear_title(roster, phrase)
    return roster


def _enlist(roster: Roster, stretch: Stretch, phrase: Phrase) -> None:
    """Take a phrase that names a person in full, or a body."""
    if _is_firm(stretch, phrase):
        roster.body(phrase.name)
    elif is_full_name(stretch, phrase, roster.singles):
        _take(roster, stretch, phrase)
    elif owns_by_full_name(phrase.owner, roster.singles) or _is_relative_of_named(phrase):
        roster.add(phrase.owner)
    elif phrase.sort is Sort.GROUP or is_of_body(stretch, phrase):
        roster.body(phrase.name)
    elif len(phrase.owner) > 1 and lexicon.is_organisation_noun(phrase.owner[-1].lower()):
        if phrase.owner[0][0].isupper():
            roster.body(phrase.owner)
    elif phrase.sort is Sort.BODY and (beside := named_beside(stretch, phrase)).sort is Sort.GROUP:
        roster.call(roster.body(beside.name), phrase.noun)
    elif phrase.sort is Sort.ROLE:
        inside = body_inside(stretch, phrase)
        if inside:
            roster.body(inside)


def _enlist_singles(roster: Roster, stretches: Sequence[Stretch]) -> None:
    """Take for people who are named by one name only: with a title, or as a subject that he or she goes on about."""
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    spoke: Counter[tuple[str, ...]] = Counter()
    for stretch in stretches:
        for phrase in stretch.phrases:
            if len(phrase.name) != 1 or phrase.owner or roster.named(phrase.name):
                continue
            if phrase.titled and phrase.sort is Sort.PERSON:
                roster.add(titled(phrase), phrase.gender)
            elif phrase.sort is Sort.PERSON and is_subject(stretch, phrase):
                roster.add(phrase.name)
            elif phrase.sort is Sort.NAME and is_subject(stretch, phrase):
                votes[phrase.name].update(genders(stretch, phrase, within=True))
                spoke[phrase.name] += _speaks(stretch, phrase)
    for name, told in votes.items():
        sure = told.total() + spoke[name] >= _TWICE
        if sure and told["m"] != told["f"] and roster.known_body(name) is None:
            roster.add(name, max(told, key=lambda gender: told[gender]))


def _hear_title(roster: Roster, phrase: Phrase) -> None:
    """Learn a gender from Mr or Mrs before a surname, where it fits one person only."""
    if phrase.gender and len(phrase.name) == 1:
        fitting = roster.named(phrase.name, phrase.gender)
        if len(fitting) == 1:
            fitting[0].gender = phrase.gender


def _take(roster: Roster, stretch: Stretch, phrase: Phrase) -> None:
    """Take a person by their full name, and the spouse of “Ann and Tom Low”."""
    person = roster.add(phrase.name, phrase.gender)
    before = stretch.by_last.get(phrase.first - 2)
    joined = phrase.first >= 2 and stretch.tokens[phrase.first - 1].low == "and"
    if (
        joined
        and before is not None
        and len(before.name) == 1
        and before.sort is Sort.PERSON
        and lexicon.is_first_name(before.name[0])
    ):
        other = roster.add((before.name[0], *person.name[1:]))
        person.kin["spouse"], other.kin["spouse"] = other, person


def _learn(roster: Roster, stretch: Stretch, phrase: Phrase, votes: dict[Someone, Counter[str]]) -> None:
    """Take from the words around a name what they tell of its bearer."""
    meant = roster.named(phrase.name, phrase.gender) if phrase.name else []
    if meant:
        meant[0].mentions += 1
    if len(meant) != 1:
        return
    person = meant[0]
    for part in court_parts(stretch, phrase):
        roster.give(person, part)
    if phrase.gender and len(phrase.name) == 1:
        _give_office(roster, person, phrase)
        return
    person.gender = phrase.gender or person.gender
    person.full += len(phrase.name) > 1
    if phrase.role and phrase.role != phrase.text:
        roster.give(person, phrase.role)
    after = stretch.tokens[phrase.last + 1 : phrase.last + 3]
    if len(after) == 2 and after[0].text == "," and after[1].kind is Kind.NUMBER:
        roster.give(person, f"{after[1].low}-year-old")
    for role in appositions(stretch, phrase):
        roster.give(person, role.role)
        if role.gender:
            person.gender = person.gender or role.gender
    if not person.gender and not _is_told(stretch, phrase):
        votes[person].update(genders(stretch, phrase))


def _is_firm(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a name is given to a body or a firm: “a company called Cavendar Compute”, “the contractor, Allied Transit, …”."""
    if phrase.sort is not Sort.NAME or len(phrase.name) < _TWICE or phrase.owner:
        return False
    before = stretch.by_last.get(phrase.first - 2)
    between = stretch.tokens[phrase.first - 1] if phrase.first else None
    if before is None or between is None:
        return False
    called = between.low in {"called", "named"} and before.sort is Sort.BODY
    return called or (between.text == "," and before.sort is Sort.ROLE and before.noun in FIRMS)


def _give_office(roster: Roster, person: Someone, phrase: Phrase) -> None:
    """Take the office that stands with Mr or Mrs before a surname: Mrs Justice Low."""
    if len(phrase.role.split()) > 1 and phrase.role != phrase.text:
        roster.give(person, phrase.role)


def _is_told(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a verb of saying stands before a name, so that pronouns behind it may be the speaker's."""
    before = stretch.tokens[phrase.first - 1].low if phrase.first else ""
    return lexicon.says(before)


def _is_relative_of_named(phrase: Phrase) -> bool:
    """Whether a phrase is a relative of somebody with a full name, who must be a person: “Teresa Lund's husband”."""
    full = len(phrase.owner) == 2 and all(part[0].isupper() for part in phrase.owner)
    return full and phrase.noun in words("kin_nouns")


def _speaks(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a verb that can hardly be anything but one of saying follows a name."""
    at = phrase.last + 1
    return at < len(stretch.tokens) and lexicon.plainly_says(stretch.tokens[at].low)


def _placed(stretches: Sequence[Stretch]) -> set[str]:
    """Return the last words of names that stand behind “in” or “at”, and never before a verb of saying or behind a title: places."""
    placed, people = set(), set()
    for stretch in stretches:
        for phrase in stretch.phrases:
            if not phrase.name or phrase.sort is Sort.GROUP:
                continue
            after = stretch.tokens[phrase.last + 1].low if phrase.last + 1 < len(stretch.tokens) else ""
            if phrase.titled or lexicon.plainly_says(after):
                people.add(phrase.name[-1])
            elif phrase.first and stretch.tokens[phrase.first - 1].low in PLACING:
                placed.add(phrase.name[-1])
    return placed - people
