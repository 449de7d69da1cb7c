"""Find the phrases of a paragraph that can be somebody: names, roles, pronouns, organisations."""

from collections.abc import Collection, Iterable, Sequence

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.speaking.naming import NOBODIES, classify
from content.importer.speaking.runs import run_end
from content.importer.speaking.sorts import Phrase, Sort

_PRONOUNS = frozenset("he she they it i we you who".split())
_MAY = frozenset("can could may might must would should has".split())
"""What follows “one” where it is anybody: one can hear him decide."""


def capitals(tokens: Iterable[Token]) -> set[str]:
    """Return the words that have a capital within a sentence, not only where one begins: names, mostly."""
    found = set()
    inside, before = False, ""
    for token in tokens:
        if inside and token.kind is Kind.NAME:
            found.add(token.low)
            if before:
                found.add(before)
        before = token.low if token.kind is Kind.NAME else ""
        inside = token.kind in {Kind.WORD, Kind.NAME, Kind.NUMBER} or token.text == ","
    return found


def phrases(tokens: Sequence[Token], known: Collection[str] = ()) -> list[Phrase]:
    """Return the phrases of a paragraph from left to right, none overlapping; `known` are the page's capitals."""
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        phrase = _phrase_at(tokens, at)
        if phrase is None or _merely_begins(tokens, phrase, known):
            at += 1
        else:
            found.append(phrase)
            at = phrase.last + 1
    return found


def _merely_begins(tokens: Sequence[Token], phrase: Phrase, known: Collection[str]) -> bool:
    """Whether a single word has its capital only from beginning a sentence."""
    if phrase.first != phrase.last or len(phrase.name) != 1 or not known:
        return False
    before = tokens[phrase.first - 1] if phrase.first else None
    begins = (
        before is None or before.kind in {Kind.STOP, Kind.QUOTE} or before.text in {"(", ":", "–", "—", "•"}
    )
    word = tokens[phrase.first].low
    after = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    labels = after is not None and after.text == ":" and before is None
    if labels or (after is not None and lexicon.plainly_says(after.low) and not word.endswith("s")):
        return False
    return (
        begins
        and word not in known
        and not lexicon.is_first_name(word)
        and phrase.sort not in {Sort.GROUP, Sort.PLACE}
    )


def _phrase_at(tokens: Sequence[Token], at: int) -> Phrase | None:
    token = tokens[at]
    if token.kind in {Kind.QUOTE, Kind.SIGN, Kind.STOP}:
        return None
    if token.low in _PRONOUNS and not token.owns:
        gender = "m" if token.low == "he" else "f" if token.low == "she" else ""
        return Phrase(Sort.PRONOUN, at, at, token.text, noun=token.low, gender=gender)
    if (
        token.low in {"that", "this", "these", "those"}
        and at + 1 < len(tokens)
        and tokens[at + 1].kind is Kind.NAME
    ):
        return None
    if token.low == "that" and at and lexicon.says(tokens[at - 1].low):
        return None
    starts = (
        token.low in lexicon.DETERMINERS
        or token.low == "former"
        or (token.kind is Kind.NAME and not lexicon.names_nobody(token.low))
        or (lexicon.is_role(token.low) and _name_follows(tokens, at))
        or lexicon.is_group_noun(token.low)
        or token.kind is Kind.NUMBER
    )
    apposed = not starts and at > 0 and tokens[at - 1].text == "," and lexicon.is_role(token.low)
    end = run_end(tokens, at) if starts or apposed else at
    if end > at:
        phrase = classify(tokens, at, end)
        return None if apposed and phrase.sort is not Sort.ROLE else phrase
    if token.low == "one" and at + 1 < len(tokens) and tokens[at + 1].low in _MAY:
        return None
    if token.low in NOBODIES:
        return Phrase(
            Sort.ROLE if token.low in {"one", "another"} else Sort.PEOPLE,
            at,
            at,
            token.text,
            noun=token.low,
            definite=False,
        )
    return None


def _name_follows(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at + 1 : at + 7]:
        if token.kind is Kind.NAME:
            return not lexicon.names_nobody(token.low)
        if token.kind is not Kind.WORD or not (lexicon.is_role(token.low) or token.owns):
            return False
    return False
