"""Read what a person typed: the ways in which it may be a name, the plainest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from bot.core.names.fold import fold
from bot.core.names.given import is_given
from bot.core.names.talk import BETWEEN_NAMES, LEAD_INS, NO_NAMES, NOT_A_NAME, TAILS
from bot.core.names.words import AFTER, GENERATIONS, ORDINALS, REGAL, ROMAN, TITLES

LONGEST = 200  # characters of an answer that are read; no name comes near
MOST_WORDS = 8
MOST_NAMES = 4
_LONG_TITLE = 6  # letters
_LONG_TITLES = tuple(sorted(title for title in TITLES if len(title) > _LONG_TITLE))

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[/&+;|\n]|->")
_FIGURE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One way to read an answer as a name.

    `words` are folded; `family` is how many of them stood before a comma ("Last, First"); `number` is a regnal
    number, or junior or senior; `regal` tells that a title was taken off which belongs before a given name.
    """

    words: tuple[str, ...]
    family: int = 0
    number: int | str | None = None
    regal: bool = False


def clip(typed: str) -> str:
    """Cut an answer to what is read of it, without brackets unless they are all there is."""
    text = typed.strip()[:LONGEST]
    without = _BRACKETS.sub(" ", text)
    return without if without.strip() else text


def several(typed: str) -> list[str]:
    """Part an answer that names more than one ("lenin or trotsky"); one part when it does not."""
    parts: list[list[str]] = [[]]
    for piece in _SEVERAL.split(typed):
        for word in piece.split():
            if fold(word) in BETWEEN_NAMES:
                parts.append([])
            else:
                parts[-1].append(word)
        parts.append([])
    named = [" ".join(words) for words in parts]
    return [part for part in named if fold(part) and fold(part) not in NO_NAMES][:MOST_NAMES]


def readings(typed: str) -> Iterator[Reading]:
    """Give the ways to read an answer as one name; none when it says that it is not one."""
    pieces = [
        words for words in (fold(piece).split() for piece in _POSSESSIVE.sub("", typed).split(",")) if words
    ]
    if not pieces or sum(map(len, pieces)) > 2 * MOST_WORDS:
        return
    seen: set[Reading] = set()
    spoken = _without_talk(pieces)
    if any(word in NOT_A_NAME for words in spoken for word in words):
        return
    for stage in (_reading(pieces), _reading(spoken), *_untitled(spoken)):
        for reading in _numbered(stage):
            if reading not in seen and 0 < len(reading.words) <= MOST_WORDS:
                seen.add(reading)
                yield reading


def _reading(pieces: Sequence[Sequence[str]], *, regal: bool = False) -> Reading:
    """Put the pieces between commas together; two of them are "Last, First"."""
    words = tuple(word for piece in pieces for word in piece)
    return Reading(words=words, family=len(pieces[0]) if len(pieces) == 2 else 0, regal=regal)  # noqa: PLR2004 the two sides of one comma


def _without_talk(pieces: Sequence[Sequence[str]]) -> list[list[str]]:
    """Take off what is said before and after a name ("I think it was …", "… of course")."""
    left = [list(piece) for piece in pieces]
    while taken := next((phrase for phrase in LEAD_INS if tuple(left[0][: len(phrase)]) == phrase), None):
        if len(taken) == len(left[0]) and len(left) == 1:
            break
        left[0] = left[0][len(taken) :]
        left = [piece for piece in left if piece]
    while taken := next((phrase for phrase in TAILS if tuple(left[-1][-len(phrase) :]) == phrase), None):
        if len(taken) == len(left[-1]) and len(left) == 1:
            break
        left[-1] = left[-1][: -len(taken)]
        left = [piece for piece in left if piece]
    return left


def _untitled(pieces: Sequence[Sequence[str]]) -> Iterator[Reading]:
    """Take off titles, letters after the name and, last, where the person is of."""
    bare: list[list[str]] = []
    regal = titled = False
    for piece in pieces:
        words, taken = untitle(piece)
        regal = regal or any(word in REGAL for word in taken)
        titled = titled or bool(taken)
        only_title = all(word in TITLES or word in AFTER for word in words)
        if bare and (only_title or (taken and "of" in words)):
            continue
        bare.append(words)
    yield _reading(bare, regal=regal)
    words = [word for piece in bare for word in piece]
    for mark in ("the", "of"):
        place = words.index(mark, 1) if mark in words[1:] else 0
        dispensable = mark == "of" or all(word in TITLES for word in words[place + 1 :])
        if place and dispensable and (place > 1 or mark == "the" or (titled and not regal)):
            yield _reading([words[:place]], regal=regal)
    yield _reading([_without_office(words)], regal=regal)
    yield _reading([list(dict.fromkeys(reversed(words)))[::-1]], regal=regal)


def _without_office(words: Sequence[str]) -> list[str]:
    """Take off an office wherever it stands ("blair pm", "starmer sir keir")."""
    return [word for word in words if word not in TITLES or word in REGAL] or list(words)


def untitle(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part words into the name and the titles before it; one word always stays."""
    start, end = 0, len(words)
    while end - start > 1 and words[end - 1] in AFTER:
        end -= 1
    while end - start > 1 and (words[start] == "the" or is_title(words[start])):
        start += 1
    return list(words[start:end]), list(words[:start])


def is_title(word: str) -> bool:
    """Say whether a word is a title; a long one may carry a slip ("presidnet")."""
    if word in TITLES:
        return True
    long = len(word) >= _LONG_TITLE and not is_given(word)
    return long and any(OSA.distance(word, title, score_cutoff=1) <= 1 for title in _LONG_TITLES)


def _numbered(reading: Reading) -> Iterator[Reading]:
    """Read a number at the end as one; a Roman one may be initials instead ("Lenin, V.I.")."""
    words, number = take_number(reading.words)
    if number is None:
        yield reading
        return
    family = 0 if len(words) <= reading.family else reading.family
    yield replace(reading, words=words, number=number, family=family)
    if reading.words[-1] in ROMAN:
        yield reading


def take_number(words: tuple[str, ...]) -> tuple[tuple[str, ...], int | str | None]:
    """Part the words of a name from its number: regnal as an integer, "junior" or "senior" as a word."""
    if len(words) < 2:  # noqa: PLR2004 a number alone is no name
        return words, None
    last, with_article = words[-1], words[-2] == "the" and len(words) > 2  # noqa: PLR2004 the same
    figure = _FIGURE.fullmatch(last)
    number = (
        GENERATIONS.get(last) or ROMAN.get(last) or (int(figure[1]) if figure else None) or ORDINALS.get(last)
    )
    if number is None or (last in ORDINALS and not with_article):
        return words, None
    return words[: -2 if with_article else -1], number
