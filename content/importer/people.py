"""Who is who on a page: the full names, the genders, the roles, found before anybody is named as a speaker."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from content.importer import lexicon
from content.importer.phrases import Phrase, Sort
from content.importer.sentences import Kind, Token

_GENDERS = {
    **dict.fromkeys(("he", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_SOON = 3
_ACRONYM = 3


class Being(Enum):
    """What a speaker is."""

    PERSON = "person"
    BODY = "body"
    NOBODY = "nobody"  # a person without a name
    PEOPLE = "people"  # several, none named


@dataclass(eq=False, slots=True)
class Someone:
    """Somebody the page speaks of.

    `gender` is m, f or nothing; `roles` are as the page has them; `noun` tells the unnamed; `full` counts mentions by full name;
    `inferred` says that the surname is a relative's.
    """

    being: Being
    name: tuple[str, ...] = ()
    role: str = ""
    gender: str = ""
    noun: str = ""
    roles: list[str] = field(default_factory=list)
    kin: dict[str, "Someone"] = field(default_factory=dict)
    full: int = 0
    inferred: bool = False

    @property
    def called(self) -> str:
        """The full name, empty where the page has none."""
        return " ".join(self.name)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of one paragraph and the phrases in them; `by_first` and `by_last` find a phrase by its end tokens."""

    tokens: Sequence[Token]
    phrases: Sequence[Phrase]
    by_first: dict[int, Phrase]
    by_last: dict[int, Phrase]


class Roster:
    """The people and bodies that a page names, by surname, first name and role."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.people: list[Someone] = []
        self._by_last: dict[str, list[Someone]] = defaultdict(list)
        self._by_first: dict[str, list[Someone]] = defaultdict(list)
        self._bodies: dict[str, Someone] = {}
        self._votes: dict[Someone, Counter[str]] = defaultdict(Counter)
        singles = Counter(
            part[-1]
            for stretch in stretches
            for phrase in stretch.phrases
            for part in (phrase.name, phrase.owner)
            if len(part) == 1
        )
        for stretch in stretches:
            for phrase in stretch.phrases:
                self._enlist(stretch, phrase, singles)
        for stretch in stretches:
            for phrase in stretch.phrases:
                self._learn(stretch, phrase)
        for person, votes in self._votes.items():
            if votes["m"] != votes["f"] and not person.gender:
                person.gender = max(votes, key=lambda gender: votes[gender])
        for stretch in stretches:
            for phrase in stretch.phrases:
                self._hear_title(phrase)

    def _enlist(self, stretch: Stretch, phrase: Phrase, singles: Counter[str]) -> None:
        if _is_person(stretch, phrase, singles):
            self._take(stretch, phrase)
        elif _owns_as_person(phrase.owner, singles):
            self.add(phrase.owner)
        elif phrase.sort is Sort.GROUP:
            self.body(phrase.name)

    def _hear_title(self, phrase: Phrase) -> None:
        """Learn a gender from Mr or Mrs before a surname, where it fits one person only."""
        if phrase.gender and len(phrase.name) == 1:
            fitting = self.named(phrase.name, phrase.gender)
            if len(fitting) == 1:
                fitting[0].gender = phrase.gender

    def add(self, name: tuple[str, ...], gender: str = "", being: Being = Being.PERSON) -> Someone:
        """Return the person of this full name, new if the page has not named them yet."""
        for known in self._by_last[_key(name[-1])]:
            if _same(known.name, name):
                if len(name) > len(known.name):
                    known.name = name
                known.gender = gender or known.gender
                return known
        if not gender and being is Being.PERSON:
            gender = lexicon.gender_of_first_name(name[0])
        if being is Being.PERSON:
            name = tuple(part.title() if part.isupper() and len(part) > _ACRONYM else part for part in name)
        person = Someone(being, name, gender=gender)
        self.people.append(person)
        self._by_last[_key(name[-1])].append(person)
        self._by_first[_key(name[0])].append(person)
        return person

    def named(self, name: tuple[str, ...], gender: str = "") -> list[Someone]:
        """Return the people a name can mean: by the whole name, the surname, or the first name alone."""
        whole = [known for known in self._by_last[_key(name[-1])] if _same(known.name, name)]
        if len(name) > 1:
            return whole
        found = [known for known in self._by_last[_key(name[0])] if len(known.name) > 1]
        if not gender and any(not known.inferred for known in found):
            found = [known for known in found if not known.inferred]
        fitting = [known for known in found if not gender or known.gender in {"", gender}]
        return fitting if found else self._by_first[_key(name[0])] or whole

    def body(self, name: tuple[str, ...]) -> Someone:
        """Return the organisation of this name, by its fullest form on the page."""
        key = " ".join(name).lower()
        for known, body in self._bodies.items():
            if (
                known == key
                or known.startswith(key + " ")
                or known.endswith(" " + key)
                or key == _initials(body.name)
            ):
                return body
        body = Someone(Being.BODY, name, noun=name[-1].lower())
        self._bodies[key] = body
        return body

    def bodies_with(self, noun: str) -> list[Someone]:
        """Return the organisations whose name has this noun in it."""
        return [body for known, body in self._bodies.items() if noun in known.split()]

    def with_initials(self, initials: str) -> list[Someone]:
        """Return the people whose names begin with these letters, as an interview's labels may."""
        return [
            person
            for person in self.people
            if len(person.name) > 1 and _initials(person.name) == initials.lower()
        ]

    def with_role(self, role: str, noun: str) -> list[Someone]:
        """Return who holds a role: whose role has these words in this order, else whose role turns on the noun."""
        wanted = [
            word
            for word in role.lower().replace("’s", "").split()
            if word not in lexicon.DETERMINERS and word != "former"
        ]
        whole = [
            person for person in self.people if any(_within(wanted, _plain(held)) for held in person.roles)
        ]
        if whole or len(wanted) > 1:
            return whole
        return [person for person in self.people if any(noun in _plain(held) for held in person.roles)]

    def _take(self, stretch: Stretch, phrase: Phrase) -> None:
        person = self.add(phrase.name, phrase.gender)
        before = stretch.by_last.get(phrase.first - 2)
        joined = phrase.first >= 2 and stretch.tokens[phrase.first - 1].low == "and"
        if (
            joined
            and before is not None
            and len(before.name) == 1
            and before.sort is Sort.PERSON
            and lexicon.is_first_name(before.name[0])
        ):
            other = self.add((before.name[0], *person.name[1:]))
            person.kin["spouse"], other.kin["spouse"] = other, person

    def _learn(self, stretch: Stretch, phrase: Phrase) -> None:
        meant = self.named(phrase.name, phrase.gender) if phrase.name else []
        if len(meant) != 1:
            return
        person = meant[0]
        if phrase.gender and len(phrase.name) == 1:
            return
        person.gender = phrase.gender or person.gender
        person.full += len(phrase.name) > 1
        if phrase.role and phrase.role != phrase.text:
            person.roles.append(phrase.role)
        after = stretch.tokens[phrase.last + 1 : phrase.last + 3]
        if len(after) == 2 and after[0].text == "," and after[1].kind is Kind.NUMBER:
            person.roles.append(f"{after[1].low}-year-old")
        for role in _appositions(stretch, phrase):
            person.roles.append(role.role)
            if role.gender:
                person.gender = person.gender or role.gender
        if not person.gender:
            self._votes[person].update(genders(stretch, phrase))


def _key(word: str) -> str:
    return word.lower().replace("’", "'")


def _same(known: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether two names are one person's: one surname, and first names that agree."""
    if _key(known[-1]) != _key(name[-1]):
        return False
    if len(known) == 1 or len(name) == 1:
        return len(known) == len(name)
    first, other = _key(known[0]).rstrip("."), _key(name[0]).rstrip(".")
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _initials(name: tuple[str, ...]) -> str:
    return "".join(part[0] for part in name if part[0].isupper()).lower()


def _plain(role: str) -> list[str]:
    return role.lower().replace("’s", "").replace("'s", "").split()


def _within(wanted: Sequence[str], held: Sequence[str]) -> bool:
    left = iter(held)
    return bool(wanted) and all(word in left for word in wanted)


def _is_person(stretch: Stretch, phrase: Phrase, singles: Counter[str]) -> bool:
    """Whether a phrase with a name of two words or more is a person's full name."""
    if len(phrase.name) < 2:
        return False
    if phrase.sort is Sort.PERSON:
        return True
    if phrase.sort is not Sort.NAME or len(phrase.name) > 4:
        return False
    after = stretch.tokens[phrase.last + 1 : phrase.last + 4]
    if singles[phrase.name[-1]] or singles[phrase.name[0]]:
        return True
    before = stretch.tokens[phrase.first - 1].low if phrase.first else ""
    if before not in lexicon.PREPOSITIONS and next(genders(stretch, phrase), ""):
        return True
    if not after:
        return False
    if after[0].text == "," and len(after) > 1:
        role = stretch.by_first.get(phrase.last + 2)
        return (
            after[1].low in {"who", "whose"}
            or after[1].kind is Kind.NUMBER
            or (role is not None and role.sort is Sort.ROLE)
        )
    return lexicon.plainly_says(after[0].low) or after[0].low == "who"


def _behind_aside(stretch: Stretch, at: int) -> int:
    """Return the token behind an aside between commas that begins at `at`, or `at` itself."""
    tokens = stretch.tokens
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    ends = (place + 1 for place in range(at + 1, min(len(tokens), at + 20)) if tokens[place].text == ",")
    return next(ends, at)


def _owns_as_person(owner: tuple[str, ...], singles: Counter[str]) -> bool:
    """Whether what stands before 's is a person's full name."""
    if len(owner) != 2 or not all(part[0].isupper() for part in owner):  # a first name and a surname
        return False
    if any(lexicon.is_organisation_noun(part.lower()) or lexicon.is_place(part.lower()) for part in owner):
        return False
    return lexicon.is_first_name(owner[0]) or bool(singles[owner[1]])


def _appositions(stretch: Stretch, phrase: Phrase) -> Iterator[Phrase]:
    tokens = stretch.tokens
    if phrase.last + 2 < len(tokens) and tokens[phrase.last + 1].text in {",", "(", "–", "—"}:
        at = phrase.last + 2
        if tokens[at].kind is Kind.NUMBER and at + 2 < len(tokens):
            at += 2
        role = stretch.by_first.get(at)
        if role is not None and role.sort is Sort.ROLE:
            yield role
    verb = _behind_aside(stretch, phrase.last + 1)
    if verb < len(tokens) and tokens[verb].low in {"is", "was"}:
        role = stretch.by_first.get(verb + 1)
        if role is not None and role.sort is Sort.ROLE:
            yield role
            if role.last + 1 < len(tokens) and tokens[role.last + 1].low == "and":
                other = stretch.by_first.get(role.last + 2)
                if other is not None and other.sort is Sort.ROLE:
                    yield other
    if phrase.first > 1 and tokens[phrase.first - 1].text == ",":
        role = stretch.by_last.get(phrase.first - 2)
        if role is not None and role.sort is Sort.ROLE and role.definite:
            yield role


def own_gender(stretch: Stretch, phrase: Phrase) -> str:
    """Return what a relative clause says of an unnamed person's gender: “who gave only his first name”."""
    after = [token.low for token in stretch.tokens[phrase.last + 1 : phrase.last + 3]]
    return next(genders(stretch, phrase), "") if "who" in after or "whose" in after else ""


def genders(stretch: Stretch, phrase: Phrase) -> Iterator[str]:
    """Yield what pronouns say of a name: those behind it in its sentence, up to the next name, and one that begins the next."""
    before = ""
    ended = -1
    for place in range(phrase.last + 1, min(len(stretch.tokens), phrase.last + 60)):
        token = stretch.tokens[place]
        gender = _GENDERS.get(token.low, "")
        if ended >= 0:
            if gender and place - ended <= _SOON:
                yield gender
            if gender or token.kind is not Kind.QUOTE:
                return
        elif token.kind is Kind.STOP:
            ended = place
        elif gender and before not in {"and", "but", ";", "that"}:
            yield gender
        elif (
            token.kind is Kind.NAME
            and not lexicon.names_nobody(token.low)
            and before not in lexicon.PREPOSITIONS
        ):
            return
        before = token.low
