"""Choose the passages that stand alone: whole sentences of the writer's that need nothing from around them."""

import re
from collections.abc import Iterator, Sequence

from content.importer import lexicon
from content.importer.page import FoundExcerpt
from content.importer.sentences import Kind, Sentence, Token
from content.importer.speaking.phrases import phrases
from content.importer.speaking.sorts import Sort

SENTENCES = range(2, 6)
WORDS = range(60, 121)

_DANGLING = frozenset(
    "he she it they this that these those his her hers its their theirs him them i we me my us our you your here there such so and but or yet nor"
    " because thus hence therefore then later next afterwards earlier meanwhile again also still too instead otherwise however nevertheless nonetheless"
    " moreover furthermore besides indeed similarly likewise accordingly consequently finally first firstly second secondly third lastly another other others"
    " both neither either one upstairs downstairs outside inside nearby elsewhere let's let obviously certainly perhaps maybe surely yes no not only even"
    " which who what when where why how of-course anyway rather which".split()
)
_LEANING = re.compile(
    r"\b(?:the (?:following|next|same|previous|latter|former|other|others|above)|that (?:day|night|morning|week|month|year|evening|moment|time)|(?:a|the) (?:day|week|month|year|moment) (?:later|earlier|before|after)"
    r"|(?:some|one|two|most|many|none|both) of (?:the|them|these|those)|as (?:mentioned|noted|we saw|i said)|see (?:above|below)|for example|for instance|in other words|on the other hand|in the meantime|by contrast)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:then|later that|earlier that|the following|is next|next to)\b", re.IGNORECASE)
_SITE = re.compile(
    r"https?://|www\.|@\w|\b(?:click|subscribe|newsletter|sign up|photograph:|cookies?)\b", re.IGNORECASE
)
_AWAY = re.compile(
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|many|several|a few) \w+ (?:away|before|after|later|ago|earlier|on)\b"
)
_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"})
_SINGULAR = lexicon.HE | lexicon.SHE
_BRIEF = 4
_QUOTED = 0.35


def excerpts(
    text: str, plain: str, number: int, paragraphs: Sequence[Sequence[Sentence]]
) -> list[FoundExcerpt]:
    """Return every passage of an article that stands alone, at most one for each paragraph, in their order."""
    found = []
    for sentences in paragraphs:
        passage = _passage(plain, sentences)
        if passage and _stands_alone(plain, passage):
            start, end = passage[0].start, passage[-1].end
            found.append(FoundExcerpt(text=text[start:end], start=start, end=end, article=number))
    return found


def _passage(plain: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return as many whole sentences as an excerpt may have, from the paragraph's first."""
    passage: list[Sentence] = []
    words = 0
    for sentence in sentences[: SENTENCES[-1]]:
        more = len(plain[sentence.start : sentence.end].split())
        if words + more > WORDS[-1]:
            break
        passage.append(sentence)
        words += more
    return passage if words >= WORDS[0] and len(passage) >= SENTENCES[0] else []


def _stands_alone(plain: str, passage: Sequence[Sentence]) -> bool:
    passage_text = plain[passage[0].start : passage[-1].end]
    return (
        _opens_well(plain, passage[0])
        and all(_ends_well(plain, sentence) for sentence in passage)
        and _whole(passage_text)
        and not _narrated(passage)
        and not _SITE.search(passage_text)
    )


def _opens_well(plain: str, sentence: Sentence) -> bool:
    first = sentence.tokens[0]
    opening = plain[sentence.start : sentence.end]
    return (
        first.kind is not Kind.QUOTE
        and opening[0].isupper()
        and first.low not in _DANGLING
        and len(opening.split()) > _BRIEF
        and not _LEANING.search(opening)
        and not _points_back(sentence)
        and not any(
            token.low in _SINGULAR | {"they", "them", "this", "these"} for token in sentence.tokens[:3]
        )
    )


def _points_back(sentence: Sentence) -> bool:
    """Whether a sentence begins with what only the text before tells: “The dispute has …”, “The committee’s chair”, “Two miles away”."""
    tokens = sentence.tokens
    if _AWAY.match(" ".join(token.low for token in tokens[:6])):
        return True
    first = next(iter(phrases(tokens)), None)
    if first is None or first.first or tokens[0].low != "the" or first.name:
        return False
    if first.owner:
        return first.owner[0][0].islower()
    if any(token.low.endswith(("ed", "ing")) for token in tokens[2 : first.last + 1]):
        return True
    after = tokens[first.last + 1].low if first.last + 1 < len(tokens) else ""
    return (
        after not in lexicon.PREPOSITIONS
        and after not in {"who", "which", "that", "whose", ","}
        and not _capital(tokens[: first.last + 1])
    )


def _capital(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.NAME for token in tokens[1:])


def _ends_well(plain: str, sentence: Sentence) -> bool:
    tail = plain[max(sentence.start, sentence.end - 4) : sentence.end]
    return any(mark in tail for mark in ".?!")


def _whole(passage: str) -> bool:
    """Whether every mark and bracket that opens also closes."""
    pairs = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
    return (
        all(passage.count(left) == passage.count(right) for left, right in pairs)
        and passage.count('"') % 2 == 0
    )


def _narrated(passage: Sequence[Sentence]) -> bool:
    """Whether the passage is a scene or hangs on who is meant: the writer's own part, people told apart by pronouns only."""
    tokens = [token for sentence in passage for token in sentence.tokens]
    if any(token.low in _FIRST_PERSON and token.kind is not Kind.QUOTE for token in tokens):
        return True
    quoted = any(token.kind is Kind.QUOTE for token in tokens)
    if quoted and any(sentence.tokens[0].low == "we" for sentence in passage):
        return True
    size = sum(token.end - token.start for token in tokens if token.kind is Kind.QUOTE)
    if size > _QUOTED * (passage[-1].end - passage[0].start):
        return True
    if any(_TIMES.search(" ".join(token.text for token in sentence.tokens)) for sentence in passage[:2]):
        return True
    return any(token.low in _SINGULAR for token in tokens) and len(set(_people(tokens))) != 1


def _people(tokens: Sequence[Token]) -> Iterator[str]:
    for phrase in phrases(tokens):
        if phrase.name and phrase.sort in {Sort.PERSON, Sort.NAME}:
            yield phrase.name[-1]
