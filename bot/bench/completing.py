"""Completing a name over 10,000 speakers, letter by letter, with slips."""

import functools
import random
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from bot.bench.ground import percentile, timed
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.bench.shelves import a_speaker
from bot.core.names import Named, Roster

SPEAKERS = 10_000


def measure(pace: Pace) -> Iterator[Row]:
    """Measure what is offered after each letter."""
    count = pace.size(SPEAKERS)
    chance = random.Random(1)  # noqa: S311 - the same each time
    people = [a_speaker(number, chance) for number in range(count)]
    names = [each.name for each in people]
    pace.show(0.1, "10,000 speakers")
    roster = Roster(Named(id=each.id, name=each.name, aliases=each.aliases) for each in people)
    typed = list(_typed(chance.sample(names, pace.size(60, 5)), chance))
    for each in typed[:20]:
        roster.suggest(each)
    took: list[float] = []
    for each in pace.through(typed, len(typed), "completing"):
        took += timed(1, functools.partial(roster.suggest, each))
    floor = 1000 * percentile(
        timed(5, lambda: process.extract(typed[-1], names, scorer=fuzz.ratio, limit=25)), 0.5
    )
    yield Row(
        name=f"completion over {count:,} speakers, p95", measured=1000 * percentile(took, 0.95), unit="ms", floor=floor,
        floor_of="rapidfuzz over all names", most=10,
    )  # fmt: skip


def _typed(names: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Give what stands in the field after each letter; every third name has a slip in it."""
    for number, name in enumerate(names):
        text = name.casefold()
        if number % 3 == 0:
            place = chance.randrange(1, len(text) - 1)
            text = f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}"
        for length in range(1, len(text) + 1):
            yield text[:length]
