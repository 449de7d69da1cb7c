"""Drawing from a deck: nothing again until everything was served, balanced by speaker, then by article."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.ports import Candidate, Ports


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn, how many there were to draw from, and whether the deck began again with it."""

    item: str
    of: int
    begins_again: bool


OFFERED = 3
"""How many the deck offers where there is something to prefer among them."""

Prefer = Callable[[Sequence[Candidate]], Candidate]


def draw(
    ports: Ports,
    community: str,
    deck: str,
    candidates: Sequence[Candidate],
    at: int,
    prefer: Prefer | None = None,
) -> Drawn | None:
    """Draw one of the candidates and count it as served; None when there are none.

    With `prefer`, the deck offers a few, each drawn as by itself, and that function chooses.
    """
    if not candidates:
        return None
    served = ports.decks.served(community, deck)
    last = ports.decks.last(community, deck)
    offered = [choose(candidates, served, last, ports.chance) for _ in range(OFFERED if prefer else 1)]
    chosen = prefer(offered) if prefer else offered[0]
    ports.decks.serve(community, deck, chosen.id, at)
    turns = {served.get(each.id, 0) for each in candidates}
    return Drawn(
        chosen.id, len(candidates), begins_again=turns == {served.get(chosen.id, 0)} and turns != {0}
    )


def choose(
    candidates: Sequence[Candidate], served: Mapping[str, int], last: str, chance: random.Random
) -> Candidate:
    """Choose among those served least: a speaker first, then an article, then the item.

    Speakers have the same chance however many items they have; nobody speaks twice running while others remain.
    """
    turns = [served.get(each.id, 0) for each in candidates]
    fewest = min(turns)
    fresh = [each for each, times in zip(candidates, turns, strict=True) if times == fewest]
    others = [each for each in fresh if each.id != last] or fresh
    before = next((each.speaker for each in candidates if each.id == last), "")
    speakers = sorted({each.speaker for each in others})
    if before and len(speakers) > 1 and before in speakers:
        speakers.remove(before)
    speaker = chance.choice(speakers)
    article = chance.choice(sorted({each.article for each in others if each.speaker == speaker}))
    return chance.choice([each for each in others if (each.speaker, each.article) == (speaker, article)])
