"""Who is who on a page: its people and bodies by surname, first name, initials and role."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from content.importer import lexicon
from content.importer.speaking.sorts import Phrase

_ACRONYM = 3
_SECOND = frozenset("shadow deputy vice assistant acting".split())
"""What before an office makes it another one."""
_OFTEN = 3
_MANY = 1_000
_TWICE = 2
_IN_FULL = {
    "sgt": "sergeant", "gen": "general", "prof": "professor", "cllr": "councillor", "sen": "senator", "rep": "representative",
    "gov": "governor", "rev": "reverend", "dr": "doctor", "capt": "captain", "lt": "lieutenant", "col": "colonel", "insp": "inspector",
    "det": "detective", "justice": "judge", "supt": "superintendent", "ds": "detective", "pc": "constable", "amb": "ambassador",
}  # fmt: skip


class Being(Enum):
    """What a speaker is."""

    PERSON = "person"
    BODY = "body"
    NOBODY = "nobody"  # a person without a name
    PEOPLE = "people"  # several, none named


@dataclass(eq=False, slots=True)
class Someone:
    """Somebody the page speaks of.

    `gender` is m, f or nothing; `roles` are as the page has them; `noun` tells the unnamed; `full` counts mentions by full name, `mentions` all;
    `inferred` says that the surname is a relative's, `surnamed` that the page calls them by it all the same (Mr Reed, the Reeds).
    """

    being: Being
    name: tuple[str, ...] = ()
    role: str = ""
    gender: str = ""
    noun: str = ""
    roles: list[str] = field(default_factory=list)
    kin: dict[str, "Someone"] = field(default_factory=dict)
    full: int = 0
    mentions: int = 0
    inferred: bool = False
    surnamed: bool = False

    @property
    def called(self) -> str:
        """The fullest name that the page gives, empty where it gives none: a relative's surname is not given."""
        return " ".join(self.name[:1] if self.inferred and not self.surnamed else self.name).replace(
            " ,", ","
        )


class Roster:
    """The people and bodies that a page names, by surname, first name and role.

    `singles` counts the words that stand as a name of their own, `longer` has the names of several words by their first, `placed` the last words of names of places; `lead`, `interviewed` and `mourned` are whom the article's head
    is about, `author` is who wrote it.
    """

    def __init__(self) -> None:
        self.people: list[Someone] = []
        self._by_last: dict[str, list[Someone]] = defaultdict(list)
        self._by_first: dict[str, list[Someone]] = defaultdict(list)
        self._bodies: dict[str, Someone] = {}
        self._body_words: dict[str, list[Someone]] = defaultdict(list)
        self._by_role: dict[str, list[Someone]] = defaultdict(list)
        self._by_initials: dict[str, list[Someone]] = defaultdict(list)
        self.lead: tuple[str, Someone] | None = None
        self.interviewed: Someone | None = None
        self.mourned: Someone | None = None
        self.author: Someone | None = None
        self.singles: Counter[str] = Counter()
        self.placed: set[str] = set()
        self.longer: dict[str, set[tuple[str, ...]]] = defaultdict(set)

    @property
    def protagonist(self) -> Someone | None:
        """Return whom the page is about, where it names one person far more often than anybody else."""
        ranked = sorted(self.people, key=lambda person: -person.mentions)[:2]
        if not ranked or ranked[0].mentions < _OFTEN or ranked[0].being is not Being.PERSON:
            return None
        return ranked[0] if len(ranked) == 1 or ranked[0].mentions >= 1.5 * ranked[1].mentions else None

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
        if len(name) > 1:
            self._by_initials[_initials(name)].append(person)
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

    def formally(self, found: list[Someone]) -> list[Someone]:
        """Leave out of several namesakes whom the page calls by their first names: they are not its Mr or Ms."""
        if len({_key(known.name[0]) for known in found}) < len(found):
            return found
        formal = [known for known in found if known.inferred or not self.singles[known.name[0]]]
        return formal or found

    def body(self, name: tuple[str, ...]) -> Someone:
        """Return the organisation of this name, by the first form of it that the page has in full."""
        key = " ".join(name).lower()
        if key in self._bodies:
            return self._bodies[key]
        body = Someone(Being.BODY, name, noun=name[-1].lower())
        words = key.split()
        shorter = (" ".join(words[:size]) for size in range(1, len(words)))
        tails = (" ".join(words[size:]) for size in range(1, len(words)))
        for form in (key, _initials(name), *shorter, *tails):
            self._bodies.setdefault(form, body)
        for word in dict.fromkeys(words):
            self._body_words[word].append(body)
        return body

    def known_body(self, name: tuple[str, ...]) -> Someone | None:
        """Return the organisation that the page has by this name, or whose name begins with it, if it has one."""
        body = self._bodies.get(" ".join(name).lower())
        return body if body is not None and body.name[: len(name)] == name else None

    def call(self, body: Someone, noun: str) -> None:
        """Take note of what an organisation is: “the main opposition party, the Conservatives”."""
        if body not in self._body_words[noun]:
            self._body_words[noun].append(body)

    def bodies_with(self, noun: str) -> list[Someone]:
        """Return the organisations whose name has this noun in it."""
        return self._body_words[noun]

    def with_initials(self, initials: str) -> list[Someone]:
        """Return the people whose names begin with these letters, as an interview's labels may."""
        return self._by_initials[initials.lower()]

    def with_role_initials(self, initials: str) -> list[Someone]:
        """Return whose role is shortened to these letters: the SP, the PM."""
        short = initials.lower()
        if not initials.isupper() or not 1 < len(short) <= _ACRONYM:
            return []
        return [
            person for person in self.people if any(_short(role).endswith(short) for role in person.roles)
        ]

    def with_role(self, role: str, noun: str) -> list[Someone]:
        """Return who holds a role: whose role has these words in this order, else whose role turns on the noun."""
        plain = _plain(role)
        wanted = [word for word in plain if word not in lexicon.DETERMINERS and word not in {"former", "own"}]
        holders = self._by_role[wanted[-1]] if wanted else []
        whole = [person for person in holders if any(_holds(wanted, _plain(held)) for held in person.roles)]
        if whole or len(wanted) > 1:
            return whole
        return [
            person
            for person in self._by_role[noun]
            if any(noun in plain and not _SECOND & set(plain) for plain in map(_plain, person.roles))
        ]

    def give(self, person: Someone, role: str) -> None:
        """Take note of a person's role, in the page's words."""
        person.roles.append(role)
        for word in _plain(role):
            if person not in self._by_role[word]:
                self._by_role[word].append(person)


def titled(phrase: Phrase) -> tuple[str, ...]:
    """Keep the title where there is nothing but a surname: Lord Ashcroft, Mr Stone."""
    title = phrase.role.split()[-1:] if len(phrase.name) == 1 and phrase.role != phrase.text else []
    title = [word.title() if word.isupper() else word for word in title]
    return (*title, *phrase.name) if title and title[0][0].isupper() and phrase.titled else phrase.name


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
    words = role.lower().replace("’s", "").replace("'s", "").split()
    return [_IN_FULL.get(word.rstrip("."), word) for word in words]


def _short(role: str) -> str:
    """Shorten a role to the first letters of its words: Superintendent of Police, sp."""
    return "".join(word[0] for word in _plain(role) if word not in {"of", "for", "the", "and", "former", "a"})


def _holds(wanted: Sequence[str], held: Sequence[str]) -> bool:
    """Whether a held role is the one wanted: the shadow chancellor is not the chancellor."""
    return _within(wanted, held) and not (_SECOND & set(held)) - set(wanted)


def _within(wanted: Sequence[str], held: Sequence[str]) -> bool:
    left = iter(held)
    return bool(wanted) and all(word in left for word in wanted)
