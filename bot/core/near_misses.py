"""The wrong options of a "who said it?": people who might well have said it, and did not.

Nobody who is named in what is asked, and nobody twice under two names; people of the same article, era, tradition and
office before strangers, and nobody of another age while there is somebody of the speaker's own.
"""

import re

from bot.core.citing import Cited
from bot.core.library import Grade, Person
from bot.core.names import fold, named_in
from bot.core.ports import Ports

_SHARED = 2.0
_ANOTHER_AGE = 5.0
"""Weighs more than article and speaking together: no Lenin on what somebody asked of Tony Blair."""
_AGE = 50
"""Years from which on two eras are another age."""
_CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th) century")
_DATES = re.compile(r"\b(?:from |until )?\d{4}\b")
_YEAR = re.compile(r"\d{3,4}")


def near_misses(ports: Ports, community: str, cited: Cited, number: int) -> list[Person]:
    """Choose at most `number` wrong options, the nearest first, equals by chance."""
    speaker, asked = cited.speaker, _asked(cited)
    of_article = {each.id for each in ports.library.people(community, cited.article.id)}
    speaking = {
        each.speaker for each in ports.library.quotations(community) if each.article == cited.article.id
    }

    def nearness(person: Person) -> float:
        shared = (
            person.id in of_article,
            person.id in speaking,
            bool(person.era and person.era == speaker.era),
            bool(person.tradition and person.tradition == speaker.tradition),
            bool(person.role and _office(person) == _office(speaker)),
        )
        apart = _ANOTHER_AGE if _another_age(person.era, speaker.era) else 0.0
        return _SHARED * sum(shared) - apart + ports.chance.random()

    chosen = [speaker]
    for person in sorted(_others(ports, community, cited), key=nearness, reverse=True):
        if len(chosen) > number:
            break
        if not named_in(person, asked) and not any(_same(person, each) for each in chosen):
            chosen.append(person)
    return chosen[1:]


def _others(ports: Ports, community: str, cited: Cited) -> list[Person]:
    """List whom a question could offer: public figures, and not whoever passes the words on."""
    reporter = cited.author.id if cited.author and cited.quotation.grade is Grade.C else ""
    return [
        person
        for person in ports.library.people(community)
        if person.public and person.id not in {cited.speaker.id, reporter}
    ]


def _asked(cited: Cited) -> str:
    """Give the words that are read before the close: a name in them is no fair option."""
    reporter = cited.reporter if cited.quotation.grade is Grade.C else ""
    return f"{cited.quotation.text} {cited.quotation.verb} {reporter}"


def _same(one: Person, other: Person) -> bool:
    """Whether two entries are one person under two names."""
    names = {fold(each) for each in (one.name, *one.aliases)}
    return not names.isdisjoint(fold(each) for each in (other.name, *other.aliases))


def _office(person: Person) -> str:
    """Give what somebody is or was, without the dates: `prime minister` of `prime minister, 1997 to 2007`."""
    return _DATES.split(fold(person.role))[0].strip()


def _another_age(one: str, other: str) -> bool:
    years = _year(one), _year(other)
    return years[0] is not None and years[1] is not None and abs(years[0] - years[1]) >= _AGE


def _year(era: str) -> int | None:
    """Read about when an era began, `1990s to 2000s` or `19th century`; None where it names no time."""
    century, year = _CENTURY.search(era), _YEAR.search(era)
    if century:
        return 100 * (int(century[1]) - 1)
    return int(year[0]) if year else None
