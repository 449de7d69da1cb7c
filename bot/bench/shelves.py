"""Shelves of any size, made up: quotations of many speakers, in words that are the same each time."""

import random

from bot.core.library import Article, Grade, Person, Quotation, Rights, Shelf

_SYLLABLES = (
    "ba",
    "den",
    "fri",
    "gol",
    "har",
    "ki",
    "lem",
    "mon",
    "nor",
    "pel",
    "ras",
    "sta",
    "tor",
    "vin",
    "wes",
    "zel",
)
WORDS = tuple(
    f"{first}{second}{third}" for first in _SYLLABLES for second in _SYLLABLES for third in _SYLLABLES[:4]
)
_LENGTH = 18


def a_shelf(*, quotations: int, speakers: int) -> Shelf:
    """Make an article with so many quotations of so many speakers; each has a first name and a surname of its own."""
    chance = random.Random(1)  # noqa: S311 - the same each time
    people = tuple(a_speaker(number, chance) for number in range(speakers))
    return Shelf(
        article=Article(id="bench", title="The bench", rights=Rights.PUBLIC_DOMAIN, words=10_000_000, topics=("bench",)),
        people=people,
        quotations=tuple(
            Quotation(
                id=f"bench-{number}",
                article="bench",
                text=" ".join(chance.choices(WORDS, k=_LENGTH)).capitalize() + ".",
                speaker=people[number % speakers].id,
                grade=Grade.A,
            )
            for number in range(quotations)
        ),
    )  # fmt: skip


def a_speaker(number: int, chance: random.Random) -> Person:
    """Make somebody whom nobody else is called like."""
    first, last = chance.choice(WORDS).capitalize(), "".join(chance.choices(_SYLLABLES, k=4)).capitalize()
    return Person(id=f"speaker-{number}", name=f"{first} {last}{number % 10 or ''}")
