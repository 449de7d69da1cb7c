"""Find where a run of nouns and names ends: “the Labour MP Jess Phillips”, “the Bank of England”."""

from collections.abc import Sequence

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.words import words

_HEADS = frozenset(
    "bank secretary minister prince president leader chancellor governor mayor bishop archbishop speaker director head".split()
)
_WITHIN = frozenset("now first together today tomorrow us up out all yes no".split())
"""Small words that a body's name may end with: Daylight Now."""
_CLAUSE_NOUNS = frozenset(
    "thing things time times day night morning week moment way reason word words".split()
)
"""Nouns that a clause may follow at once: the first thing Ada does."""
_LONGEST = 14


def run_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the run of nouns and names that begins here ends, the end excluded."""
    determined = tokens[at].low in lexicon.DETERMINERS
    end = at
    while end < min(len(tokens), at + _LONGEST):
        token = tokens[end]
        step = _step(tokens, at, end, determined=determined)
        if not step:
            break
        end += step
        if token.owns:
            determined = True
    while end > at and (tokens[end - 1].low in words("particles") and tokens[end - 1].kind is Kind.WORD):
        end -= 1
    return end


def _step(tokens: Sequence[Token], at: int, end: int, *, determined: bool) -> int:
    token = tokens[end]
    before = tokens[end - 1] if end > at else None
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    if end == at and token.low in lexicon.DETERMINERS:
        return 1
    if token.kind is Kind.NAME and before is not None and before.kind is Kind.NAME and token.low in _WITHIN:
        return 1
    if token.kind is Kind.NAME and before is not None and before.low in _CLAUSE_NOUNS:
        return 0
    if token.kind is Kind.NAME:
        if lexicon.names_nobody(token.low) and not (
            before and before.kind is Kind.NAME and token.low in {"may", "march"}
        ):
            return 0
        ended = before is not None and before.kind is Kind.WORD and lexicon.is_group_noun(before.low)
        return 0 if ended else 1
    if token.kind is Kind.NUMBER:
        return 1 if before is None or before.low in lexicon.DETERMINERS else 0
    if token.kind is Kind.SIGN:
        joined = token.text in {"&", "/"} and before is not None and before.kind is Kind.NAME
        return 1 if joined and following is not None and following.kind is Kind.NAME else 0
    if token.kind is not Kind.WORD:
        return 0
    if before is not None and before.low in words("particles") and token.low in words("particles"):
        return _step_after_name(tokens, at, end)
    if (
        before is not None
        and before.kind is Kind.NAME
        and not before.owns
        and before.low not in lexicon.DETERMINERS
    ):
        return _step_after_name(tokens, at, end)
    if (
        lexicon.names_nobody(token.low)
        or lexicon.plainly_says(token.low)
        or token.low in lexicon.PREPOSITIONS
    ):
        return (
            1
            if token.low
            in {
                "first",
                "one",
                "back",
                "front",
                "second",
                "third",
                "fourth",
                "own",
                "next",
                "last",
                "few",
                "more",
                "same",
                "other",
                "former",
                "two",
                "three",
            }
            else 0
        )
    if token.low.endswith("ly") and len(token.low) > 5 and token.low not in {"family", "elderly"}:
        return 0
    if (
        before is not None
        and is_noun(before.low)
        and before.low not in lexicon.DETERMINERS
        and not before.owns
    ):
        return 1 if is_noun(token.low) or lexicon.is_role(token.low) else 0
    if end - at > 1 and lexicon.says(token.low) and token.low.endswith(("s", "ed")):
        return 0
    return (
        1
        if determined
        or lexicon.is_role(token.low)
        or is_noun(token.low)
        or (end == at and token.kind is Kind.WORD)
        else 0
    )


def _step_after_name(tokens: Sequence[Token], at: int, end: int) -> int:
    """Go on behind a capital word: a particle, the rest of a body's name, or the noun that it describes."""
    token = tokens[end]
    rest = tokens[end + 1 : end + 4]
    if not rest:
        return 1 if is_noun(token.low) else 0
    if token.low in words("particles"):
        ahead = next((other for other in rest if other.low not in words("particles")), None)
        return 1 if ahead is not None and ahead.kind is Kind.NAME else 0
    if token.low in {"of", "for", "and"} and _body_so_far(tokens[at:end]):
        if (
            rest[0].kind is Kind.NAME
            and not lexicon.names_nobody(rest[0].low)
            and (token.low != "and" or _body_tail(tokens, end))
        ):
            return 1
        if token.low != "and" and rest[0].low == "the" and len(rest) > 1 and rest[1].kind is Kind.NAME:
            return 2
    if lexicon.plainly_says(token.low):
        return 0
    if (
        token.low == "for"
        and end == at + 1
        and rest[0].kind is Kind.NAME
        and len(rest) > 1
        and lexicon.plainly_says(rest[1].low)
    ):
        return 1
    leads = lexicon.is_role(token.low) and not lexicon.says(token.low) and is_noun(rest[0].low)
    return 1 if is_noun(token.low) or leads else 0


def _body_so_far(tokens: Sequence[Token]) -> bool:
    return any(
        token.kind is Kind.NAME and (lexicon.is_organisation_noun(token.low) or token.low in _HEADS)
        for token in tokens
    )


def _body_tail(tokens: Sequence[Token], end: int) -> bool:
    """Whether "and" stands inside a body's name, as in the Ministry of Housing and Planning."""
    return end >= 2 and any(token.low in {"of", "for"} for token in tokens[max(0, end - 4) : end])


def is_noun(word: str) -> bool:
    """Whether a word is a noun for a person, for people or for a body."""
    return lexicon.is_person_noun(word) or lexicon.is_group_noun(word) or lexicon.is_organisation_noun(word)
