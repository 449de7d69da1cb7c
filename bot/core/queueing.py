"""What the review queue decides by: ids for what is new, which quizzes may ask it, and what is much alike."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.core.library import Article, Excerpt, Fact, Grade, Item, Person, Prompt, Quotation
from bot.core.names import fold, named_in
from bot.core.ports.queue import Worded
from bot.core.rights import RUN
from bot.core.verbs import has_verb

RESTORABLE = 30 * 86_400
"""Seconds for which what was rejected can be brought back."""
CERTAIN = 0.80
"""The confidence below which a moderator is asked about the speaker."""
ENOUGH = 20
"""Answers from which on it is said that everyone or no one gets a question right."""
FEW, NEARLY_ALL = 0.05, 0.95
ASKED_FROM = 8
"""Words from which on a part of somebody else's sentence is asked about."""
_TELLING = 7
"""Letters of a word that would give a title away."""
_ID_WORDS = 6
_ID_LENGTH = 50
_ALIKE = 0.8
_KINDS: Mapping[type[Item], str] = {
    Quotation: "quotation",
    Excerpt: "excerpt",
    Fact: "fact",
    Prompt: "prompt",
}
_JOINERS = "\u200c\u200d"
_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'"}


def balanced(sentence: str) -> str:
    """Close a quotation that a sentence leaves open, and say that it goes on: `“The left is timid. …”`."""
    return f"{sentence} …”" if sentence.count("“") > sentence.count("”") else sentence


def tidy(typed: str) -> str:
    """Give words as they were typed, on one line, without control characters and without marks around the whole."""
    seen = "".join(
        each if each in _JOINERS or unicodedata.category(each)[0] not in "CZ" else " " for each in typed
    )
    text = " ".join(seen.split())
    inner = text[1:-1]
    closing = _MARKS.get(text[:1])
    around = closing and len(text) > 2 and text.endswith(closing) and closing not in inner  # noqa: PLR2004 - two marks
    return inner.strip() if around else text


def id_of(*parts: str) -> str:
    """Make an id of the first words of some texts: small letters, digits and single hyphens."""
    plain = (unicodedata.normalize("NFKD", fold(part)).encode("ascii", "ignore").decode() for part in parts)
    words = [word for part in plain for word in "".join(c if c.isalnum() else " " for c in part).split()]
    made = "-".join(words[:_ID_WORDS])[:_ID_LENGTH].strip("-")
    return made or "entry"


def fresh_id(wanted: str, taken: Callable[[str], bool]) -> str:
    """Give an id that nothing has yet: the one wanted, or the same with a number."""
    number, found = 1, wanted
    while taken(found):
        number += 1
        found = f"{wanted}-{number}"
    return found


def kinds(
    person: Person | None, words: str, grade: Grade, article: Article, *, own_source: bool = False
) -> tuple[str, ...]:
    """Say which quizzes may ask a quotation: never who said it where that is private, named in what is asked, or disputed.

    What is reported is asked as "According to …, who said …?", so neither the author nor, where none is named, the
    title may be the speaker's. A source of the community's own is no article that anybody could guess, and neither is
    one whose title has a long word of the quotation's.
    """
    if grade is Grade.D:
        return ()
    reporter = article.title if grade is Grade.C and not article.author else ""
    own = person is not None and grade is Grade.C and article.author == person.id
    who = person is not None and person.public and not own and not named_in(person, f"{words} {reporter}")
    given_away = any(
        len(word) >= _TELLING for word in set(fold(article.title).split()) & set(fold(words).split())
    )
    return tuple(kind for kind, may in (("who", who), ("article", not own_source and not given_away)) if may)


def is_whole(words: str, passage: str) -> bool:
    """Say whether a quotation can be asked: a sentence of its own, or of another's eight words with a verb at least.

    What begins with a capital within another's sentence is taken for a sentence of its own.
    """
    folded = fold(words)
    return not passage or words[:1].isupper() or (len(folded.split()) >= ASKED_FROM and has_verb(folded))


def alike(entries: Iterable[Worded]) -> Sequence[tuple[Worded, Worded]]:
    """List pairs of entries of one kind that have the same words, or nearly all words of the shorter one in common."""
    found: list[tuple[Worded, Worded]] = []
    read: list[tuple[Worded, int]] = []
    first: dict[str, dict[str, int]] = {}
    holders: dict[tuple[str, str], list[int]] = {}
    for place, entry in enumerate(entries):
        runs = frozenset(_runs_of(entry.words))
        of_kind = first.setdefault(entry.kind, {})
        shared: dict[int, int] = {}
        for run in runs:
            earliest = of_kind.setdefault(run, place)
            if earliest != place:  # which few runs are: only those get a list of their own
                others = holders.setdefault((entry.kind, run), [earliest])
                for other in others:
                    shared[other] = shared.get(other, 0) + 1
                others.append(place)
        found += [
            (read[other][0], entry)
            for other, number in sorted(shared.items())
            if number >= _ALIKE * min(len(runs), read[other][1])
        ]
        read.append((entry, len(runs)))
    return found


def much_alike(one: str, other: str) -> bool:
    """Say whether two folded texts have the same words, or nearly all words of the shorter one in common."""
    shorter, longer = sorted((one, other), key=len)
    count = max(shorter.count(" ") + 2 - RUN, 1)
    within = f" {longer} "
    may_miss = count - math.ceil(_ALIKE * count)
    for run in _runs_of(shorter):
        may_miss -= f" {run} " not in within
        if may_miss < 0:
            return False
    return True


def kind_of(item: Item) -> str:
    """Name an item's kind as the library's rows do."""
    return _KINDS[type(item)]


def is_too_easy(answers: int, right: int) -> bool:
    """Whether nearly everyone gets something right."""
    return right > NEARLY_ALL * answers


def lopsided(answered: Mapping[str, tuple[int, int]]) -> tuple[Sequence[str], Sequence[str]]:
    """List the items that nearly no one and those that nearly everyone gets right, of those answered often enough."""
    often = {item: right / answers for item, (answers, right) in answered.items() if answers >= ENOUGH}
    return (
        sorted(item for item, share in often.items() if share < FEW),
        sorted(item for item, share in often.items() if share > NEARLY_ALL),
    )


def words_of(item: Item) -> str:
    """Give the words by which an item is known: its text, or the question."""
    return item.question if isinstance(item, Fact) else item.text


def with_words(quotation: Quotation, text: str) -> bool:
    """Whether words stand in the sentence, or sentences, that a quotation was taken from."""
    return text in (quotation.passage or quotation.text)


def _runs_of(folded: str) -> Iterator[str]:
    """Give every six words in a row; all of them together where there are fewer."""
    found = folded.split()
    for at in range(max(len(found) - RUN, 0) + 1):
        yield " ".join(found[at : at + RUN])
