"""A whole article as a series: parts of two to four minutes' reading, split on its paragraphs."""

import re
from collections.abc import Iterator, Sequence

from bot.core.rights import words

PACE = 238
"""Words that are read silently in a minute, on average (Brysbaert, 2019)."""
SHORTEST, LONGEST = 2 * PACE, 4 * PACE
"""Words of a part: two to four minutes. An article that is shorter as a whole is one part."""
_AIM = (SHORTEST + LONGEST) // 2
_PARAGRAPH = re.compile(r"\n\n")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")


def split(paragraphs: Sequence[str]) -> list[str]:
    """Put paragraphs together to parts, each with a blank line between its paragraphs.

    The parts are as even as paragraphs allow. A paragraph longer than a part is itself split, between sentences.
    """
    pieces = [piece for paragraph in paragraphs for piece in _pieces(paragraph)]
    lengths = [len(words(piece)) for piece in pieces]
    total = sum(lengths)
    if not total:
        return []
    parts: list[list[str]] = [[]]
    aim, held, before = total / max(1, round(total / _AIM)), 0, 0
    for piece, length in zip(pieces, lengths, strict=True):
        past = before + held + length / 2 > aim * len(parts)
        full = held + length > LONGEST
        if parts[-1] and (full or (past and held >= SHORTEST)):
            parts.append([])
            before, held = before + held, 0
        parts[-1].append(piece)
        held += length
    if len(parts) > 1 and held < SHORTEST:
        _join_the_last(parts)
    return ["\n\n".join(part) for part in parts]


def _pieces(paragraph: str) -> Iterator[str]:
    """Give a paragraph as it is, or in whole sentences where it is longer than a part."""
    if len(words(paragraph)) <= LONGEST:
        yield paragraph
        return
    kept: list[str] = []
    for sentence in _SENTENCE.split(paragraph):
        if kept and len(words(" ".join([*kept, sentence]))) > _AIM:
            yield " ".join(kept)
            kept = []
        kept.append(sentence)
    yield " ".join(kept)


def _join_the_last(parts: list[list[str]]) -> None:
    """Even out the last two parts, where the last is too short: joined, or cut anew between paragraphs or sentences."""
    whole = "\n\n".join([*parts[-2], *parts[-1]])
    total = len(words(whole))
    if total <= LONGEST:
        parts[-2:] = [[whole]]
        return
    between = [each.end() for each in _PARAGRAPH.finditer(whole)]
    cuts = [each for each in between if _even(whole[:each], total)] or [
        *between,
        *(each.end() for each in _SENTENCE.finditer(whole)),
    ]
    cut = min(cuts, key=lambda each: abs(2 * len(words(whole[:each])) - total))
    parts[-2:] = [[whole[:cut].rstrip()], [whole[cut:]]]


def _even(first: str, total: int) -> bool:
    return SHORTEST <= len(words(first)) <= total - SHORTEST
