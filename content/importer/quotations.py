"""Decide which marked words are quotations: not scare quotes, titles, nor words that are merely mentioned."""

import re
from collections.abc import Sequence

from content.importer import lexicon
from content.importer.marks import Marked
from content.importer.page import QuotationKind
from content.importer.sentences import Kind, Token
from content.importer.speaking.rules import SECOND_PART
from content.importer.speaking.scene import Finding
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.tags import AFTER

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_TITLED = frozenset(
    "book film album article song play novel poem essay series show programme program documentary musical painting exhibition column pamphlet"
    " entitled titled headlined called dubbed named nicknamed novel memoir biography speech lecture chapter section headline hashtag word words term phrase"
    " author".split()
)
_SCARE_BEFORE = frozenset("so-called supposed alleged self-styled self-proclaimed".split())
_SMALL = frozenset("a an the of and or in on at to for from by with as is my your our".split())
_FEW = 3
_ANYBODY = frozenset(
    "i we you who they people somebody someone some many everyone everybody others critics one".split()
)


def kind_of(text: str, quotation: Marked) -> QuotationKind:
    """Return whether the marked words stand alone or inside a sentence of the writer's."""
    inside = text[quotation.start : quotation.end].strip()
    begins = inside[:1].isupper() or not inside[:1].isalpha()
    ends = inside.rstrip("’'")[-1:] in {".", "?", "!", ",", "…"}
    return (
        QuotationKind.DIRECT
        if (begins and ends) or (len(_WORD.findall(inside)) > 25 and ends)
        else QuotationKind.FRAGMENT
    )


def is_quotation(text: str, quotation: Marked, stretch: Stretch, at: int, finding: Finding) -> bool:
    """Whether the words at token `at` were said or written by somebody, rather than set apart by the writer."""
    inside = text[quotation.start : quotation.end].strip()
    words = _WORD.findall(inside)
    if not words or finding.rule == SECOND_PART:
        return bool(words)
    tokens = stretch.tokens
    before = tokens[at - 1] if at else None
    spoken = inside.rstrip("’' ")[-1:] in {",", "?", "!", ".", "…"} and inside[:1].isupper()
    beside = finding.tagged and (finding.rule == AFTER or _touches(tokens, at))
    alone = inside[-1:] in {".", "?", "!"} and (before is None or before.kind is Kind.STOP)
    if not beside and not alone and _is_title(words, tokens, at, ended=inside[-1:] in {".", "?", "!", ","}):
        return False
    if before is not None and (
        before.low in _SCARE_BEFORE or (before.text == "(" and inside[-1:] not in {".", "?", "!"})
    ):
        return False
    if len(words) <= _FEW:
        if spoken and (
            finding.tagged
            or before is None
            or before.kind in {Kind.STOP, Kind.QUOTE}
            or before.text in {",", ":"}
        ):
            return True
        if finding.someone is not None and finding.someone.noun in _ANYBODY:
            return False
        shown = len(words) == _FEW and all(word.isupper() for word in words)
        loose = (
            len(words) == _FEW
            and finding.tagged
            and not _modifies(tokens, at, ended=inside[-1:] in {".", "?", "!"})
        )
        return shown or loose or (len(words) > 1 and finding.tagged and _governed(tokens, at))
    if not finding.tagged and not spoken and len(words) <= 5:
        return _governed(tokens, at) or all(word.isupper() for word in words)
    return True


def _modifies(tokens: Sequence[Token], at: int, *, ended: bool) -> bool:
    """Whether the marked words stand before a noun, or behind an article, as a name for something."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    article = before is not None and before.low in {
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "our",
        "this",
        "that",
        "of",
        "deny",
        "denied",
        "denies",
    }
    noun = (
        after is not None
        and not ended
        and after.kind in {Kind.WORD, Kind.NAME}
        and after.low not in lexicon.PREPOSITIONS
        and after.low not in {"and", "or", "but"}
    )
    return article or noun


def _touches(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying, a colon or a comma stands right beside the quotation."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    further = tokens[at - 2] if at > 1 else None
    spoken = before is not None and (before.text == ":" or before.low == "that" or lexicon.says(before.low))
    told = before is not None and before.text == "," and further is not None and lexicon.says(further.low)
    return spoken or told or (after is not None and lexicon.says(after.low))


def _governed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying stands within a few words before, with nothing but small words between."""
    for token in reversed(tokens[max(0, at - 4) : at]):
        if token.kind in {Kind.QUOTE, Kind.STOP, Kind.NAME}:
            return False
        if lexicon.plainly_says(token.low) or lexicon.calls(token.low):
            return True
    return False


def _is_title(words: list[str], tokens: Sequence[Token], at: int, *, ended: bool) -> bool:
    main = [word for word in words if word.lower() not in _SMALL]
    lettered = [
        word for word in main if word[0].isalpha() and word.partition("’")[0].partition("'")[0] != "I"
    ]
    capital = (
        len(lettered) > 1
        and all(word[0].isupper() or word[0].isdigit() for word in main)
        and not all(word.isupper() for word in main)
    )
    near = any(token.low in _TITLED for token in tokens[max(0, at - 3) : at]) and not ended
    return capital or (near and bool(main) and main[0][0].isupper() and len(words) < 9)
