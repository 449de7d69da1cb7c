"""Tell whom a phrase means: a surname, “the minister”, “the charity”, “her brother”."""

from dataclasses import replace

from content.importer import lexicon
from content.importer.speaking.beside import named_beside
from content.importer.speaking.bodies import body_of, spokesman, thing_of
from content.importer.speaking.evidence import genders, may_be_person
from content.importer.speaking.following import Following
from content.importer.speaking.kin import is_kin, kin_of, relate
from content.importer.speaking.owners import owner_of
from content.importer.speaking.people import Being, Someone, titled
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.words import words

_OFTEN = 2
"""Times that one of two namesakes is spoken of more, so that the bare surname is theirs."""
_INITIALS = 4
_NEAR = 2
_LEADS = 2
_OFFICES = frozenset(
    "minister secretary chancellor premier president governor mayor senator congressman congresswoman commissioner mp".split()
)
"""Offices that stand for whoever was spoken of last, where the page gives them to nobody."""
_LEADING = frozenset(
    "coroner judge minister bishop mayor senator governor commissioner ombudsman councillor mp".split()
)
"""Offices of which a report mostly has one holder, whom its lead may not yet name."""


def resolve(
    following: Following, phrase: Phrase, *, but: Someone | None = None
) -> tuple[Someone | None, float]:
    """Return whom a phrase means and how surely (0 to 1); `but` is whom a pronoun cannot mean."""
    match phrase.sort:
        case Sort.PRONOUN:
            return following.whom(phrase.noun, phrase.gender, but)
        case Sort.PERSON | Sort.NAME | Sort.PLACE:
            return _name(following, phrase)
        case Sort.GROUP:
            if len(phrase.name) == 1 and phrase.text[:4].lower() == "the ":
                held = following.roster.with_role_initials(phrase.name[0])
                if len(held) == 1:
                    return held[0], 0.88
            labelled = following.roster.with_initials(phrase.name[0]) if len(phrase.name) == 1 else []
            return labelled[0] if len(labelled) == 1 else following.roster.body(phrase.name), 0.97
        case Sort.ROLE:
            return _role(following, phrase, but)
        case Sort.BODY:
            return body_of(following, phrase)
        case Sort.PEOPLE:
            return Someone(Being.PEOPLE, role=phrase.text, noun=phrase.noun), 0.9
        case Sort.THING:
            return thing_of(following, phrase)


def _name(following: Following, phrase: Phrase) -> tuple[Someone | None, float]:
    found = following.roster.named(phrase.name, phrase.gender)
    formal = following.roster.formally(found) if phrase.gender and len(phrase.name) == 1 else found
    if len(formal) == 1:
        formal[0].surnamed = formal[0].surnamed or bool(phrase.gender)
        return formal[0], 1.0 if len(found) == 1 else 0.8
    if found:
        least = min(someone.full for someone in found)
        plain = [someone for someone in found if someone.full <= least + 1]
        most = max(plain, key=lambda someone: someone.mentions)
        if most.mentions >= _OFTEN * max([other.mentions for other in plain if other is not most] or [0]):
            return most, 0.8
        latest = max(plain, key=lambda someone: following.recent.get(someone, -1))
        return latest, 0.75 if latest in following.recent else 0.65
    body = following.roster.known_body(phrase.name)
    if body is not None and phrase.sort is Sort.NAME:
        return body, 0.95
    if len(phrase.name) > 1 or phrase.sort is Sort.PERSON:
        personal = may_be_person(phrase.name) and phrase.name[-1] not in following.roster.placed
        being = Being.PERSON if phrase.sort is Sort.PERSON or personal else Being.BODY
        return following.roster.add(titled(phrase), phrase.gender, being), 0.95
    if lexicon.is_role(phrase.name[0].lower()):
        return Someone(Being.NOBODY, role=phrase.text, noun="thing"), 0.75
    longer = following.roster.longer.get(phrase.name[0], set()) if phrase.sort is Sort.NAME else set()
    name = next(iter(longer)) if len(longer) == 1 else phrase.name
    return following.roster.add(name, "", Being.BODY), 0.85


def _role(following: Following, phrase: Phrase, but: Someone | None) -> tuple[Someone | None, float]:
    if phrase.noun in words("kin_nouns") and phrase.owner:
        return kin_of(following, phrase, owner_of(following, phrase))
    if phrase.noun in words("spokes_nouns"):
        return spokesman(following, phrase)
    introduced = _bearer(following, phrase) or _of_the_lead(following, phrase)
    if introduced is not None:
        return introduced, 0.84
    if phrase.definite and phrase.noun not in {"one", "another"}:
        same = [
            someone
            for someone in reversed(following.recent)
            if someone.being is Being.NOBODY and someone.noun == phrase.noun and someone is not but
        ]
        held = following.roster.with_role(phrase.role, phrase.noun)
        if len(held) == 1 and not same:
            return held[0], 0.9
        if held and not same:
            latest = max(held, key=lambda someone: following.recent.get(someone, -1))
            return latest, 0.75
        if same:
            return same[0], 0.9
        varied = _in_other_words(following, phrase)
        if varied is not None:
            return varied, 0.8
    return Someone(Being.NOBODY, role=phrase.text, gender=phrase.gender, noun=phrase.noun), 0.95


def _bearer(following: Following, phrase: Phrase) -> Someone | None:
    """Return whom a capital word that is also an office names, or an office in its first letters: Prior, the SP."""
    word = phrase.role.split()[-1] if phrase.role else ""
    if not word[:1].isupper():
        return None
    alone = phrase.first == phrase.last
    known = following.roster.named((word,)) if alone else following.roster.with_role_initials(word)
    return known[0] if len(known) == 1 else None


def _of_the_lead(following: Following, phrase: Phrase) -> Someone | None:
    """Return whom a role of an article's first sentences stands for, before it names them."""
    lead = following.roster.lead
    if lead is not None and following.paragraph == 0 and phrase.text == lead[0]:
        return lead[1]
    indefinite = not phrase.definite and phrase.role[:2].lower() == "a "
    return _only_holder(following, phrase) if indefinite and following.paragraph <= _LEADS else None


def _only_holder(following: Following, phrase: Phrase) -> Someone | None:
    """Return the one person of the page whose office a lead speaks of before naming them: “a coroner has ruled”."""
    if phrase.noun not in _LEADING:
        return None
    held = following.roster.with_role(phrase.noun, phrase.noun)
    return held[0] if len(held) == 1 and phrase.gender in {"", held[0].gender} else None


def _in_other_words(following: Following, phrase: Phrase) -> Someone | None:
    """Return the person spoken of just before, whom “the 71-year-old”, “the economist” or an office that nobody else holds stands for."""
    person = following.latest(Being.PERSON)
    if (
        person is None
        or following.turn is not None
        or following.age(person) > _NEAR
        or phrase.gender not in {"", person.gender}
    ):
        return None
    aged = "-year-old" in phrase.role
    described = (
        aged
        or (phrase.noun in {"man", "woman"} and "old" in phrase.role.lower().split())
        or phrase.noun in words("descriptions")
        or any(phrase.noun in role.lower().split() for role in person.roles)
    )
    return person if described or (phrase.noun in _OFFICES and not person.roles) else None


def meant(
    following: Following, stretch: Stretch, phrase: Phrase, *, but: Someone | None = None
) -> tuple[Someone | None, float]:
    """Resolve a phrase with what stands beside it: “the governor, Ray Kowalczyk”, “her father, Ed”."""
    before = _apposed(stretch, phrase)
    if before is not None:
        return resolve(following, before)
    beside = as_label(stretch, named_beside(stretch, phrase))
    if is_kin(phrase):
        name = phrase.name or (beside.name if beside is not phrase else _close(stretch, phrase))
        relative = relate(following, phrase, owner_of(following, phrase), name) if name else None
        if relative is not None:
            return relative, 0.9
    if len(beside.name) == 1 and not beside.gender and len(following.roster.named(beside.name)) > 1:
        beside = replace(beside, gender=next(genders(stretch, beside), ""))
    someone, sure = resolve(following, beside, but=but)
    if phrase.noun in words("spokes_nouns") and someone is not None and someone.being is Being.BODY:
        following.voice = (someone, phrase.gender, following.moment)
    return someone, sure


def _apposed(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """Return the full name that a role goes on about: “Sandeep Tirkey, a driver who …”."""
    before = stretch.by_last.get(phrase.first - 2) if phrase.first > 1 else None
    if phrase.sort is not Sort.ROLE or phrase.definite or before is None or before.owner:
        return None
    named = before.sort is Sort.PERSON and len(before.name) > 1
    return before if named and stretch.tokens[phrase.first - 1].text == "," else None


def as_label(stretch: Stretch, phrase: Phrase) -> Phrase:
    """Read a name in capitals before a colon at the head of a paragraph as a person's: “HOLLIS: It was” is his."""
    at = phrase.last + 1
    if (
        phrase.first
        or phrase.sort is not Sort.GROUP
        or at >= len(stretch.tokens)
        or stretch.tokens[at].text != ":"
    ):
        return phrase
    return (
        replace(phrase, sort=Sort.PERSON)
        if phrase.text.isupper() and len(phrase.text) > _INITIALS
        else phrase
    )


def _close(stretch: Stretch, phrase: Phrase) -> tuple[str, ...]:
    """Return a name right behind a relative, with or without a comma."""
    at = phrase.last + 1
    if at < len(stretch.tokens) and stretch.tokens[at].text == ",":
        at += 1
    beside = stretch.by_first.get(at)
    return beside.name if beside is not None else ()
