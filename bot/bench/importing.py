"""Importing an article of 4,000 words: from its bytes to its proposals, and in the process of its own."""

import asyncio
import time
from collections.abc import Iterator

from bot.bench.ground import percentile, timed
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core.findings import Given
from bot.core.library import Rights
from bot.core.rights import CARD_WORDS, SHARE, words
from bot.pages import in_process, request
from content.importer.pipeline import find
from content.importing import findings_of

WORDS = 4_000
MOST_SECONDS = 1.0
LEAST_WORDS = 20_000
"""Words a second that the importer is to read."""
_GIVEN = Given(rights=Rights.IN_COPYRIGHT)
_SPEAKERS = ("Ada Marsh", "Ben Okoro", "Carys Pugh", "Dilwyn Rees", "Meera Nair", "Tomas Lind")
_PARAGRAPH = (
    "“The {thing} was never ours to give away, and number {number} of them knew it,” said {speaker}, the secretary of the "
    "branch. The council had counted the crossings of the {thing} and found that they had halved in a decade. It concluded "
    "that a bridge would cost less than thirty more years of boats. {speaker} disagreed. “We will come back to this,” "
    "{pronoun} said, “when the winter of year {number} is over.” Nobody in the hall spoke against it, and the minutes say so."
)
_THINGS = ("ferry", "river", "meadow", "quarry", "chapel", "market", "library")


def measure(pace: Pace) -> Iterator[Row]:
    """Measure the stages alone, against a bare look for marks, and the whole way with the process that reads."""
    page = article()
    count, raw = len(words(page)), page.encode()
    pace.show(0.2, "reading an article")
    took = percentile(timed(pace.size(20, 3), lambda: findings_of(raw, "article.txt", _GIVEN)), 0.5)
    floor = percentile(timed(pace.size(20, 3), lambda: words(page)), 0.5)
    yield Row(
        name=f"import of an article of {count:,} words", measured=took, unit="s", floor=floor,
        floor_of="counting its words", most=MOST_SECONDS,
    )  # fmt: skip
    found = percentile(timed(pace.size(20, 3), lambda: find(raw, "article.txt")), 0.5)
    yield Row(
        name="articles, quotations and speakers found", measured=count / found, unit="words/s", floor=count / floor, floor_of="counting words",
        least=LEAST_WORDS,
    )  # fmt: skip
    pace.show(0.6, "reading it in a process of its own")
    asked = request("article.txt", _GIVEN, SHARE, CARD_WORDS) + raw
    whole = percentile([asyncio.run(_timed(asked)) for _ in range(pace.size(8, 2))], 0.5)
    yield Row(
        name="import in a process of its own", measured=whole, unit="s", floor=took, floor_of="the import alone",
        most=MOST_SECONDS,
    )  # fmt: skip


def article() -> str:
    """Write an article of some 4,000 words, of two quotations a paragraph."""
    made, number = ["The long argument about the ferry", "By Ada Lind", "Valley Post, 4 May 2019"], 0
    while len(words("\n\n".join(made))) < WORDS:
        speaker = _SPEAKERS[number % len(_SPEAKERS)]
        thing = _THINGS[number % len(_THINGS)]
        pronoun = "she" if number % 2 else "he"
        made.append(_PARAGRAPH.format(thing=thing, number=number, speaker=speaker, pronoun=pronoun))
        number += 1
    return "\n\n".join(made)


async def _timed(asked: bytes) -> float:
    begun = time.perf_counter()
    if await in_process(asked) is None:
        raise RuntimeError("the article was not read")
    return time.perf_counter() - begun
