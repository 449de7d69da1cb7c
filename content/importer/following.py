"""Follow whom a page is about, sentence by sentence, so that “he”, “the minister” and a bare surname mean somebody."""

from dataclasses import replace

from content.importer import lexicon
from content.importer.people import Being, Roster, Someone, Stretch, genders
from content.importer.phrases import Phrase, Sort
from content.importer.tags import named_beside
from content.importer.words import words

_FAR = 8
_INITIALS = 4
_NEAR = 3
_ASIDE = 2.5
_DOUBT = {
    (Being.PERSON, True): 0.6,
    (Being.PERSON, False): 2.0,
    (Being.NOBODY, True): 2.5,
    (Being.NOBODY, False): 4.0,
}
"""Sentences that a candidate for a pronoun is set back by: for having no known gender, for having no name."""
_TURNED = {
    "husband": ("spouse", "m"), "wife": ("spouse", "f"), "spouse": ("spouse", ""), "partner": ("spouse", ""),
}  # fmt: skip
_GENERIC = frozenset(
    "company firm charity organisation organization group agency party union association federation body business retailer".split()
)
_CHILDREN = {"son", "daughter"}
_PARENTS = {"father", "mother", "dad", "mum", "mom"}


class Following:
    """Whom the page has spoken of last; a `moment` counts its sentences."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.moment = 0
        self.paragraph = 0
        self.turn: Someone | None = None
        self.partner: Someone | None = None
        self.asker: tuple[Someone, int] | None = None
        self._recent: dict[Someone, int] = {}
        self._places: dict[Someone, int] = {}
        self._mentioned: dict[Someone, int] = {}
        self._voice: tuple[Someone, str, int] | None = None

    def note(self, someone: Someone) -> None:
        """Take somebody as the latest that the page is about."""
        self._recent.pop(someone, None)
        self._recent[someone] = self.moment
        self._places[someone] = self.paragraph

    def just_asked(self) -> Someone | None:
        """Return who asked something in the sentence before or in this one: whoever replies is somebody else."""
        return self.asker[0] if self.asker is not None and self.moment - self.asker[1] <= 1 else None

    def mention(self, phrase: Phrase) -> None:
        """Take note of whom a sentence names, subject or not."""
        for name in (phrase.name, phrase.owner):
            found = self.roster.named(name) if name and name[0][0].isupper() else []
            if not found and name is phrase.name and phrase.titled and phrase.sort is Sort.PERSON:
                found = [self.roster.add(self._titled(phrase), phrase.gender)]
            if len(found) == 1:
                self._mentioned[found[0]] = self.moment

    def latest(self, *beings: Being) -> Someone | None:
        """Return the latest of these kinds."""
        return next((someone for someone in reversed(self._recent) if someone.being in beings), None)

    def age(self, someone: Someone) -> int:
        """Return how many sentences ago somebody was last the subject."""
        return self.moment - self._recent.get(someone, -99)

    def resolve(self, phrase: Phrase, *, but: Someone | None = None) -> tuple[Someone | None, float]:
        """Return whom a phrase means and how surely (0 to 1); `but` is whom a pronoun cannot mean."""
        match phrase.sort:
            case Sort.PRONOUN:
                return self._pronoun(phrase.noun, phrase.gender, but)
            case Sort.PERSON | Sort.NAME | Sort.PLACE:
                return self._name(phrase)
            case Sort.GROUP:
                labelled = self.roster.with_initials(phrase.name[0]) if len(phrase.name) == 1 else []
                return labelled[0] if len(labelled) == 1 else self.roster.body(phrase.name), 0.97
            case Sort.ROLE:
                return self._role(phrase, but)
            case Sort.BODY:
                return self._body(phrase)
            case Sort.PEOPLE:
                return Someone(Being.PEOPLE, role=phrase.text, noun=phrase.noun), 0.9
            case Sort.THING:
                return self._thing(phrase)

    def pronoun(self, gender: str, *, but: Someone | None = None) -> tuple[Someone | None, float]:
        """Return whom he (m) or she (f) means."""
        return self._pronoun("he" if gender == "m" else "she", gender, but)

    def _pronoun(self, noun: str, gender: str, but: Someone | None) -> tuple[Someone | None, float]:
        if noun in {"i", "we"}:
            return (
                (self.turn, 0.9)
                if self.turn is not None
                else (Someone(Being.NOBODY, role="the writer", noun="i"), 0.9)
            )
        if noun == "you" and self.partner is not None:
            return self.partner, 0.75
        if noun == "it":
            body = self.latest(Being.BODY)
            return body, 0.85
        if noun in {"they", "you", "who"}:
            return Someone(Being.PEOPLE, role=noun, noun=noun), 0.6
        if self._voice is not None and self._voice[1] in {"", gender} and self.moment - self._voice[2] <= 1:
            return self._voice[0], 0.85
        fitting = [
            someone
            for someone in reversed(self._recent)
            if someone is not but
            and someone.being in {Being.PERSON, Being.NOBODY}
            and someone.gender in {"", gender}
        ]
        fitting = fitting[:6] + [
            someone
            for someone, moment in self._mentioned.items()
            if someone.gender == gender
            and someone is not but
            and self.moment - moment <= _NEAR
            and someone not in self._recent
        ]
        if not fitting:
            return self._only(gender) if self._bare() is None else (self._bare(), 0.75)
        ranked = sorted(fitting, key=self._distance)
        first, known = ranked[0], bool(ranked[0].gender)
        if not first.gender and self.age(first) <= 1:
            first.gender = gender
        sure = 0.97 if known else 0.9
        if self.age(first) > _FAR:
            sure -= 0.12
        rival = len(ranked) > 1 and self.age(ranked[1]) <= self.age(first) + 1
        return first, sure - 0.1 * rival

    def _distance(self, someone: Someone) -> float:
        if someone not in self._recent:
            return self.moment - self._mentioned[someone] + _ASIDE
        here = self._places.get(someone) == self.paragraph
        doubt = _DOUBT[someone.being, bool(someone.gender)]
        return self.age(someone) + (doubt if not here else min(doubt, 0.4 if someone.gender else 1.3))

    def _bare(self) -> Someone | None:
        """Return whom a single name has just brought up, of whom the page says nothing else."""
        latest = self.latest(Being.BODY)
        bare = (
            latest is not None
            and len(latest.name) == 1
            and not lexicon.is_organisation_noun(latest.noun)
            and self.age(latest) <= 1
        )
        return latest if bare and latest in self.roster.people else None

    def _only(self, gender: str) -> tuple[Someone | None, float]:
        """Return the one person of the page whom a pronoun can mean, though no sentence was about them yet."""
        known = [
            person
            for person in self.roster.people
            if person.gender == gender
            and person is not self.turn
            and (person in self._mentioned or self.moment <= _NEAR)
        ]
        return (known[0], 0.75) if len(known) == 1 else (None, 0.0)

    def _name(self, phrase: Phrase) -> tuple[Someone | None, float]:
        found = self.roster.named(phrase.name, phrase.gender)
        if len(found) == 1:
            return found[0], 1.0
        if found:
            least = min(someone.full for someone in found)
            plain = [someone for someone in found if someone.full <= least + 1]
            latest = max(plain, key=lambda someone: self._recent.get(someone, -1))
            return latest, 0.8 if latest in self._recent else 0.65
        if len(phrase.name) > 1 or phrase.sort is Sort.PERSON:
            being = Being.PERSON if phrase.sort is Sort.PERSON or len(phrase.name) > 1 else Being.BODY
            return self.roster.add(self._titled(phrase), phrase.gender, being), 0.95
        return self.roster.add(phrase.name, "", Being.BODY), 0.85

    def _titled(self, phrase: Phrase) -> tuple[str, ...]:
        """Keep the title where there is nothing but a surname: Lord Ashcroft, Mr Stone."""
        title = phrase.role.split()[-1:] if len(phrase.name) == 1 and phrase.role != phrase.text else []
        return (*title, *phrase.name) if title and title[0][0].isupper() and phrase.titled else phrase.name

    def _role(self, phrase: Phrase, but: Someone | None) -> tuple[Someone | None, float]:
        if phrase.noun in words("kin_nouns") and phrase.owner:
            return self._kin(phrase)
        if phrase.noun in words("spokes_nouns"):
            return self._spokesman(phrase)
        if phrase.definite and phrase.noun not in {"one", "another"}:
            same = [
                someone
                for someone in reversed(self._recent)
                if someone.being is Being.NOBODY and someone.noun == phrase.noun and someone is not but
            ]
            held = self.roster.with_role(phrase.role, phrase.noun)
            if len(held) == 1 and not same:
                return held[0], 0.9
            if held and not same:
                latest = max(held, key=lambda someone: self._recent.get(someone, -1))
                return latest, 0.75
            if same:
                return same[0], 0.9
        return Someone(Being.NOBODY, role=phrase.text, gender=phrase.gender, noun=phrase.noun), 0.95

    def _owner(self, phrase: Phrase) -> Someone | None:
        word = phrase.owner[0]
        if word in {"his", "her"}:
            return self._pronoun(word, "m" if word == "his" else "f", None)[0]
        if word in {"its", "their"}:
            return self.latest(Being.BODY) if word == "its" else None
        if word in {"my", "our", "your"}:
            return self.partner if word == "your" else self.turn if word == "my" else None
        name = tuple(part for part in phrase.owner if part[0].isupper())
        found = self.roster.named(name) if name else self._lower_owner(phrase.owner)
        return found[0] if len(found) == 1 else None

    def _lower_owner(self, owner: tuple[str, ...]) -> list[Someone]:
        """Return who “the minister” of “the minister's letter” is, or the body of “the department's report”."""
        noun = owner[-1].lower()
        if lexicon.is_organisation_noun(noun):
            return self.roster.bodies_with(noun)
        return self.roster.with_role(" ".join(owner), noun) if lexicon.is_person_noun(noun) else []

    def _kin(self, phrase: Phrase) -> tuple[Someone | None, float]:
        owner = self._owner(phrase)
        unnamed = Someone(Being.NOBODY, role=phrase.text, gender=phrase.gender, noun=phrase.noun)
        if owner is None:
            return unnamed, 0.8
        known = owner.kin.get(phrase.noun) or owner.kin.get(_TURNED.get(phrase.noun, (phrase.noun, ""))[0])
        if known is not None:
            return known, 0.9
        relatives = [
            other
            for other in self.roster.people
            if other is not owner and _share_a_surname(other, owner) and other.gender in {"", phrase.gender}
        ]
        if len(relatives) != 1:
            return unnamed, 0.85
        _tie(owner, phrase.noun, relatives[0])
        return relatives[0], 0.85

    def relate(self, phrase: Phrase, name: tuple[str, ...]) -> Someone | None:
        """Name a relative as “her father, Ed,” does: by the owner's surname where the page gives none."""
        owner = self._owner(phrase)
        if owner is None or len(owner.name) < 2:
            return None
        known = self.roster.named(name)
        relative = (
            known[0]
            if len(known) == 1 and len(known[0].name) > 1
            else self.roster.add(name if len(name) > 1 else (*name, owner.name[-1]), phrase.gender)
        )
        relative.inferred = relative.inferred or (len(name) == 1 and not relative.full)
        relative.gender = phrase.gender or relative.gender
        _tie(owner, phrase.noun, relative)
        return relative

    def _spokesman(self, phrase: Phrase) -> tuple[Someone | None, float]:
        """A spokesman speaks for the body named beside him, or spoken of last; one for a person is nobody named."""
        unnamed = Someone(Being.NOBODY, role=phrase.text, gender=phrase.gender, noun=phrase.noun)
        name = tuple(part for part in phrase.owner if part[0].isupper())
        if name and self.roster.named(name):
            return unnamed, 0.85
        apt = (
            [self.roster.body(name)]
            if name
            else self.roster.bodies_with(phrase.owner[-1])
            if phrase.owner
            else []
        )
        if len(apt) == 1:
            self._voice = (apt[0], phrase.gender, self.moment)
            return apt[0], 0.88
        if phrase.owner:
            return unnamed, 0.85
        body = self.latest(Being.BODY)
        if body is not None and self.age(body) <= 4:
            self._voice = (body, phrase.gender, self.moment)
            return body, 0.8
        return unnamed, 0.85

    def _body(self, phrase: Phrase) -> tuple[Someone | None, float]:
        if phrase.owner:
            owner = self._owner(phrase)
            if owner is not None:
                return owner, 0.8
            name = tuple(part for part in phrase.owner if part[0].isupper())
            if name and phrase.noun in {"office", "campaign", "team", "statement", "report", "letter"}:
                return self.roster.body(name), 0.7
        if phrase.noun in {
            "statement",
            "report",
            "letter",
            "document",
            "memo",
            "paper",
            "study",
            "sign",
            "banner",
            "placard",
            "notice",
            "review",
        }:
            return Someone(Being.BODY, role=phrase.text, noun=phrase.noun), 0.8
        if phrase.definite:
            apt = self.roster.bodies_with(phrase.noun)
            if apt:
                return max(apt, key=lambda body: self._recent.get(body, -1)), 0.93 if len(apt) == 1 else 0.8
            body = self.latest(Being.BODY)
            if phrase.noun in _GENERIC and body is not None and self.age(body) <= _FAR:
                return body, 0.8
        return Someone(Being.BODY, role=phrase.text, noun=phrase.noun), 0.7

    def _thing(self, phrase: Phrase) -> tuple[Someone | None, float]:
        if phrase.owner:
            owner = self._owner(phrase)
            if owner is not None:
                return owner, 0.75
        return Someone(Being.NOBODY, role=phrase.text, noun="thing"), 0.75


def _share_a_surname(one: Someone, other: Someone) -> bool:
    """Whether two full names have a surname in common, or a part of one: Dunleavy and Dunleavy-Cho."""
    if len(one.name) < 2 or len(other.name) < 2:
        return False
    return bool(set(one.name[-1].split("-")) & set(other.name[-1].split("-")))


def _tie(owner: Someone, noun: str, relative: Someone) -> None:
    """Keep what two people are to each other, both ways."""
    owner.kin[noun] = relative
    if noun in _PARENTS:
        relative.kin["daughter" if owner.gender == "f" else "son"] = owner
    elif noun in _CHILDREN:
        relative.kin["mother" if owner.gender == "f" else "father"] = owner
    elif noun in _TURNED:
        relative.kin["spouse"] = owner
        owner.kin["spouse"] = relative
    elif noun in {"brother", "sister"}:
        relative.kin["sister" if owner.gender == "f" else "brother"] = owner


def meant(
    following: Following, stretch: Stretch, phrase: Phrase, *, but: Someone | None = None
) -> tuple[Someone | None, float]:
    """Resolve a phrase with what stands beside it: “the governor, Ray Kowalczyk”, “her father, Ed”."""
    beside = as_label(stretch, named_beside(stretch, phrase))
    if is_kin(phrase):
        name = phrase.name or (beside.name if beside is not phrase else _close(stretch, phrase))
        relative = following.relate(phrase, name) if name else None
        if relative is not None:
            return relative, 0.9
    if len(beside.name) == 1 and not beside.gender and len(following.roster.named(beside.name)) > 1:
        beside = replace(beside, gender=next(genders(stretch, beside), ""))
    return following.resolve(beside, but=but)


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


def is_kin(phrase: Phrase) -> bool:
    """Whether a phrase is somebody's relative."""
    return (
        phrase.sort in {Sort.ROLE, Sort.PERSON} and phrase.noun in words("kin_nouns") and bool(phrase.owner)
    )


def fits_gender(someone: Someone, gender: str) -> bool:
    """Whether a pronoun of this gender can mean somebody."""
    return someone.gender in {"", gender} or lexicon.gender_of_noun(someone.noun) == gender
