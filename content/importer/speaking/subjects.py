"""Find what the clauses of a sentence are about."""

from collections.abc import Iterator

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.speaking.beside import behind_body, named_beside
from content.importer.speaking.openings import (
    behind_dateline,
    next_comma,
    opens_clause,
    says_as,
    sets_scene,
    step_over,
)
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch

_JOINTS = frozenset("and but while as when because that what how why if whether where so then yet".split())

_INVERTING = frozenset("among also alongside behind beside opposite with".split())
"""What opens a sentence whose subject stands behind its verb."""


def subjects(stretch: Stretch, start: int, end: int) -> Iterator[Phrase]:
    """Yield what the clauses of tokens `start` to `end` seem to be about: the main subject first."""
    tokens = stretch.tokens
    at = behind_dateline(stretch, start, end)
    waiting: list[Phrase] = []
    main = _behind_copula(stretch, at, end)
    for _ in range(6 if main is None else 0):
        at = step_over(stretch, at, start, end)
        if at >= end or tokens[at].kind is Kind.QUOTE:
            yield from waiting
            return
        phrase, inner = stretch.by_first.get(at), stretch.by_first.get(at + 1)
        subordinate = tokens[at].low in lexicon.SUBORDINATORS and tokens[at].low != "that"
        opens = (phrase is None or subordinate) and opens_clause(tokens[at])
        if tokens[at].low == "as" and inner is not None and says_as(stretch, inner, end):
            main = inner
        elif phrase is not None and not opens and not sets_scene(stretch, phrase, end):
            main = _main(stretch, phrase)
        comma = next_comma(stretch, at, end)
        if main is not None or (phrase is None and not opens and (at == start or comma == end)):
            break
        if subordinate and inner is not None:
            waiting.append(inner)
        if comma == end or subordinate or tokens[at].low in lexicon.PREPOSITIONS:
            main = _later_subject(stretch, at + 1, comma, inner)
        if main is not None or comma == end:
            break
        at = comma + 1
    if main is not None:
        yield main
    yield from waiting
    yield from _further(stretch, at, end, pronouns=main is None or is_idle(main))


def _behind_copula(stretch: Stretch, start: int, end: int) -> Phrase | None:
    """Find the subject of “Among those affected is Ravi Menon, a surgeon”, and of “There is a woman who reads it out”."""
    opening = stretch.tokens[start].low if start < end else ""
    if opening == "there" and start + 2 < end and stretch.tokens[start + 1].low in {"is", "was"}:
        there = stretch.by_first.get(start + 2)
        behind = [token.low for token in stretch.tokens[start + 3 : min(end, start + 10)]]
        return there if there is not None and there.sort is Sort.ROLE and "who" in behind else None
    if opening not in _INVERTING and not (opening.endswith("ing") and start + 1 not in stretch.by_first):
        return None
    for at in range(start + 1, min(end, start + 12) - 1):
        if stretch.tokens[at].low in {"is", "was", "are", "were"}:
            phrase = stretch.by_first.get(at + 1)
            return phrase if phrase is not None and phrase.sort is Sort.PERSON and phrase.name else None
        if stretch.tokens[at].kind in {Kind.QUOTE, Kind.STOP}:
            return None
    return None


def _later_subject(stretch: Stretch, start: int, end: int, inner: Phrase | None) -> Phrase | None:
    """Find the subject behind an opening without a comma: “When I ask this she laughs”."""
    for phrase in stretch.between(start, end):
        if phrase is inner:
            continue
        if (
            (phrase.sort is Sort.PRONOUN and phrase.noun != "who")
            or (
                phrase.sort is Sort.ROLE
                and not phrase.definite
                and stretch.tokens[phrase.first - 1].low not in lexicon.PREPOSITIONS
            )
            or (phrase.sort is not Sort.THING and acts(stretch, phrase))
        ):
            return phrase
    return None


def _further(stretch: Stretch, start: int, end: int, *, pronouns: bool) -> Iterator[Phrase]:
    """Yield the subjects of further clauses: “…, and Reed laughed”, “…; Reed laughed”."""
    for phrase in stretch.between(start + 1, end):
        if phrase.sort in {Sort.THING, Sort.PLACE}:
            continue
        if phrase.sort is Sort.PRONOUN:
            if (
                pronouns
                and phrase.noun in {"he", "she"}
                and phrase.last + 1 < end
                and stretch.tokens[phrase.last + 1].text not in {",", "."}
            ):
                yield phrase
            continue
        if joins_clause(stretch.tokens[phrase.first - 1]) and acts(stretch, phrase):
            yield phrase


def joins_clause(token: Token) -> bool:
    """Whether another clause may begin behind a token."""
    return token.text in {";", ":"} or token.low in _JOINTS


def acts(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a verb seems to follow a phrase, also behind an aside, so that it is a subject."""
    tokens = stretch.tokens
    before = tokens[phrase.first - 1].low if phrase.first else ""
    at = phrase.last + 1
    if before in lexicon.PREPOSITIONS or at >= len(tokens) or tokens[phrase.last].owns:
        return False
    if tokens[at].text in {",", "(", "–", "—"}:
        closing = ")" if tokens[at].text == "(" else tokens[at].text
        at = next(
            (
                place + 1
                for place in range(at + 1, min(len(tokens), at + 20))
                if tokens[place].text == closing
            ),
            len(tokens),
        )
        if at >= len(tokens):
            return False
    while (
        at + 1 < len(tokens)
        and tokens[at].low in {"of", "from", "in", "at", "for"}
        and at + 1 in stretch.by_first
    ):
        at = stretch.by_first[at + 1].last + 1
    if at >= len(tokens):
        return False
    word = tokens[at]
    return (
        word.kind is Kind.WORD
        and word.low not in lexicon.PREPOSITIONS
        and word.low
        not in {"and", "or", "but", "who", "whom", "whose", "which", "that", "nor", "the", "a", "an", "to"}
        and at not in stretch.by_first
    )


def _main(stretch: Stretch, phrase: Phrase) -> Phrase:
    """Read “It was Lenin who said” and “That one was Lenin” as being about Lenin."""
    tokens = stretch.tokens
    verb = behind_body(stretch, phrase) if phrase.sort is Sort.ROLE else phrase.last + 1
    if (
        phrase.sort in {Sort.ROLE, Sort.THING, Sort.PRONOUN}
        and verb < len(tokens)
        and tokens[verb].low in {"was", "is"}
    ):
        same = stretch.by_first.get(verb + 1)
        if same is not None and same.sort is Sort.ROLE and named_beside(stretch, same) is not same:
            return named_beside(stretch, same)
        if (
            same is not None
            and (same.sort is Sort.PERSON or (same.sort is Sort.NAME and len(same.name) > 1))
            and same.last + 1 < len(tokens)
            and tokens[same.last + 1].text in {".", ",", ";"}
        ):
            return same
    named = stretch.by_first.get(phrase.last + 3)
    if (
        named is not None
        and named.name
        and tokens[phrase.last + 1].low in {"is", "was"}
        and tokens[phrase.last + 2].low in {"called", "named"}
    ):
        return named
    if phrase.sort is Sort.ROLE and phrase.last + 2 < len(tokens) and tokens[phrase.last + 1].low == "and":
        joined = stretch.by_first.get(phrase.last + 2)
        if joined is not None and joined.sort is Sort.PERSON and joined.role[:1].islower():
            return joined
    if phrase.noun == "it" and phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].low in {"was", "is"}:
        meant = stretch.by_first.get(phrase.last + 2)
        if meant is not None and meant.last + 1 < len(tokens) and tokens[meant.last + 1].low == "who":
            return meant
        named = named_beside(stretch, meant) if meant is not None else None
        if (
            named is not None
            and named is not meant
            and "who" in [token.low for token in tokens[named.last + 1 : named.last + 3]]
        ):
            return named
    return phrase


def is_idle(phrase: Phrase) -> bool:
    """Whether a phrase hardly speaks: a thing of nobody's, I, it, they."""
    return (phrase.sort is Sort.THING and not phrase.owner) or phrase.noun in {
        "i",
        "we",
        "it",
        "you",
        "they",
        "who",
    }
