"""Follow whom a page is about, sentence by sentence, so that “he” and “she” mean somebody."""

from collections.abc import Sequence

from content.importer import lexicon
from content.importer.speaking.people import Being, Roster, Someone, titled
from content.importer.speaking.sorts import Phrase, Sort

FAR = 8
"""Sentences after which whoever was spoken of is less likely meant."""
_NEAR = 3
_TURNS = 3
"""Turns of a transcript back to which “he” may reach."""
_MOST = 60
"""People who are kept in mind at once."""
_ASIDE = 4.0
_JUST_UNNAMED = 0.4
"""The same for somebody unnamed whom the sentence before was about."""
_STRANGE = 4.0
"""The same for a name that nothing says is a person's."""
_OBJECT = 1.5
"""Sentences that whom a sentence merely names is set back by, and whom it is done to."""
_FAVOUR = 0.5
"""Sentences that whom the page is about is set forward by."""
_OPENING = 12.0
"""The same for whom an obituary is about, where a paragraph begins with the pronoun."""
_DOUBT = {
    (Being.PERSON, True): 0.6,
    (Being.PERSON, False): 1.2,
    (Being.NOBODY, True): 4.0,
    (Being.NOBODY, False): 7.0,
}
"""Sentences that a candidate for a pronoun is set back by: for having no known gender, for having no name."""


class Following:
    """Whom the page has spoken of last; a `moment` counts its sentences."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.moment = 0
        self.paragraph = 0
        self.protagonist = roster.protagonist
        self.turn: Someone | None = None
        self.partner: Someone | None = None
        self.asker: tuple[Someone, int] | None = None
        self.recent: dict[Someone, int] = {}
        self._places: dict[Someone, int] = {}
        self._mentioned: dict[Someone, int] = {}
        self._objects: dict[Someone, int] = {}
        self.turns: list[int] = []
        self.labelled = False
        self.writers: dict[str, Someone] = {}
        self.written: tuple[Someone, int] | None = None
        self.voice: tuple[Someone, str, int] | None = None

    def note(self, someone: Someone) -> None:
        """Take somebody as the latest that the page is about."""
        self.recent.pop(someone, None)
        self.recent[someone] = self.moment
        if len(self.recent) > _MOST:
            del self.recent[next(iter(self.recent))]
        self._places[someone] = self.paragraph

    def just_asked(self) -> Someone | None:
        """Return who asked something in the sentence before or in this one: whoever replies is somebody else."""
        return self.asker[0] if self.asker is not None and self.moment - self.asker[1] <= 1 else None

    def mention(self, phrase: Phrase, *, object_: bool = False) -> None:
        """Take note of whom a sentence names, subject or not; `object_` says that its verb is done to them."""
        for name in (phrase.name, phrase.owner):
            found = self.roster.named(name) if name and name[0][0].isupper() else []
            if not found and name is phrase.name and phrase.titled and phrase.sort is Sort.PERSON:
                found = [self.roster.add(titled(phrase), phrase.gender)]
            if len(found) == 1:
                self._mentioned.pop(found[0], None)
                self._mentioned[found[0]] = self.moment
                self._objects[found[0]] = self.moment if object_ else -1
        if len(self._mentioned) > _MOST:
            del self._mentioned[next(iter(self._mentioned))]

    def mention_role(self, phrase: Phrase) -> None:
        """Take note of whom a sentence speaks of by an office that one person of the page holds: “the minister”."""
        if phrase.sort is Sort.ROLE and phrase.definite and not phrase.owner:
            held = self.roster.with_role(phrase.role, phrase.noun)
            if len(held) == 1:
                self._mentioned[held[0]] = self.moment

    def bring_up(self, someone: Someone) -> None:
        """Take note of somebody whom a quotation calls by name."""
        self._mentioned[someone] = self._objects[someone] = self.moment

    def latest(self, *beings: Being) -> Someone | None:
        """Return the latest of these kinds."""
        return next((someone for someone in reversed(self.recent) if someone.being in beings), None)

    def latest_named(self) -> Someone | None:
        """Return the latest organisation that has a name."""
        return next((body for body in reversed(self.recent) if body.being is Being.BODY and body.name), None)

    def is_of(self, someone: Someone, paragraph: int) -> bool:
        """Whether a paragraph has been about somebody."""
        return self._places.get(someone) == paragraph

    def age(self, someone: Someone) -> int:
        """Return how many sentences ago somebody was last the subject."""
        return self.moment - self.recent.get(someone, -99)

    def pronoun(self, gender: str, *, but: Someone | None = None) -> tuple[Someone | None, float]:
        """Return whom he (m) or she (f) means."""
        return self.whom("he" if gender == "m" else "she", gender, but)

    def whom(self, noun: str, gender: str, but: Someone | None) -> tuple[Someone | None, float]:
        """Return whom a pronoun means and how surely (0 to 1); `but` is whom it cannot mean."""
        if noun in {"i", "we"}:
            return self._first_person(noun)
        if noun == "you" and self.partner is not None:
            return self.partner, 0.75
        if noun == "it":
            return self._body()
        if noun == "they" and self.voice is not None and self.moment - self.voice[2] <= 1:
            return self.voice[0], 0.8
        if noun in {"they", "you", "who"}:
            return Someone(Being.PEOPLE, role=noun, noun=noun), 0.6
        if self.voice is not None and self.voice[1] in {"", gender} and self.moment - self.voice[2] <= 1:
            return self.voice[0], 0.85
        fitting = [
            someone
            for someone in reversed(self.recent)
            if someone is not but
            and (not self.labelled or someone not in {self.turn, self.partner})
            and someone.being in {Being.PERSON, Being.NOBODY}
            and someone.gender in {"", gender}
        ]
        if self.labelled:
            fitting = [someone for someone in fitting if self._is_brought_up(someone)]
        fitting = fitting[:6] + [
            someone
            for someone, moment in self._mentioned.items()
            if someone.gender == gender
            and someone.being is Being.PERSON
            and someone is not but
            and self.moment - moment <= _NEAR
            and someone not in fitting[:6]
            and (not self.labelled or someone not in {self.turn, self.partner})
        ]
        if not fitting:
            return self._only(gender) if self._bare() is None else (self._bare(), 0.75)
        ranked = sorted(fitting, key=self._distance)
        first, known = ranked[0], bool(ranked[0].gender)
        if not first.gender and self.age(first) <= 1:
            first.gender = gender
        return first, self._sure(first, ranked[1:]) * (1.0 if known else 0.85)

    def _first_person(self, noun: str) -> tuple[Someone, float]:
        """Return who “I” is: whose turn of a transcript it is, else who wrote the article; “we” are nobody in particular."""
        if self.turn is not None:
            return self.turn, 0.8
        author = self.roster.author if noun == "i" and self.roster.interviewed is None else None
        return (
            (author, 0.8) if author is not None else (Someone(Being.NOBODY, role="the writer", noun="i"), 0.9)
        )

    def _body(self) -> tuple[Someone | None, float]:
        """Return what “it” means: whose writing has just been brought up, else the latest organisation."""
        if self.written is not None and self.moment - self.written[1] <= 1:
            return self.written[0], 0.78
        body = self.latest(Being.BODY)
        return (body, 0.8) if body is not None and self.age(body) <= FAR else (None, 0.0)

    def _sure(self, first: Someone, rivals: Sequence[Someone]) -> float:
        """Return how surely a pronoun means the nearest of those it fits: measured on pages that nobody had tuned on."""
        age = self.age(first)
        if age > FAR:
            return 0.5 if first in self.recent else 0.75
        if age > _NEAR:
            return 0.5
        unnamed = any(rival.being is Being.NOBODY and self.age(rival) <= _NEAR for rival in rivals)
        latest = next((other for other in reversed(self.recent) if other.being is not Being.BODY), None)
        if unnamed or (latest is not first and first in self.recent):
            return 0.76
        if age > 1 or any(self.age(rival) <= age + _NEAR for rival in rivals):
            return 0.79
        return 0.97

    def _is_brought_up(self, someone: Someone) -> bool:
        """Whether one of a transcript's last turns names somebody: elsewhere “he” is mostly nobody the page knows."""
        since = self.turns[-_TURNS] if len(self.turns) >= _TURNS else 0
        return someone.being is Being.NOBODY or self._mentioned.get(someone, -1) >= since

    def take_turn(self, someone: Someone) -> None:
        """Begin the turn of a transcript's speaker."""
        self.turns.append(self.moment)
        self.labelled = True
        if self.turn is not someone:
            self.partner, self.turn = self.turn, someone
        self.note(someone)

    def _distance(self, someone: Someone) -> float:
        """Return by how many sentences somebody is away: as a subject, or as merely named."""
        named = self._mentioned.get(someone, -_MOST)
        done_to = self._objects.get(someone) == named
        aside = self.moment - named + (_OBJECT if done_to else _ASIDE)
        return min(aside, self._distance_as_subject(someone)) if someone in self.recent else aside

    def _distance_as_subject(self, someone: Someone) -> float:
        here = self._places.get(someone) == self.paragraph
        doubt = _DOUBT[someone.being, bool(someone.gender)]
        if someone.being is Being.PERSON and not someone.gender and not _looks_personal(someone):
            doubt = _STRANGE
        if someone.being is Being.NOBODY and self.age(someone) <= 1 and someone.gender:
            doubt = _JUST_UNNAMED
        opening = self.roster.mourned is someone and self.paragraph not in self._places.values()
        favour = _OPENING if opening else _FAVOUR if someone is self.protagonist else 0.0
        return (
            self.age(someone) - favour + (doubt if not here else min(doubt, 0.2 if someone.gender else 1.3))
        )

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
            and person not in {self.turn, self.roster.author}
            and (person in self._mentioned or (self.moment <= _NEAR and person is self.roster.people[0]))
        ]
        return (known[0], 0.75) if len(known) == 1 else (None, 0.0)


def _looks_personal(someone: Someone) -> bool:
    """Whether a role, several mentions in full or a known first name say that a name is a person's."""
    return bool(someone.roles) or someone.full > 0 or lexicon.is_first_name(someone.name[0])
