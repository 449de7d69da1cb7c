"""Find the verb before a quotation and who governs it: Smith said that “…”."""

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.beside import SHOWN, named_beside
from content.importer.speaking.governing import subject_of
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.tags import (
    ASIDE,
    ASIDES,
    BEFORE,
    COLON,
    SPOKEN_TO,
    UNNAMED,
    WORDED,
    Tag,
    agent_of,
    joined_with,
)

_FELT = frozenset("feel feels felt fear fears feared".split())
_WORDING = frozenset("words phrase formula formulation expression".split())
_WHEN = frozenset("when after before while because although though".split())
_WIDEST = 14
"""Tokens that an aside has at most on either side of its verb."""
_OWN = frozenset("my our your his her its their".split())
_FARTHEST = 150
"""Tokens that are looked back over."""


def tag_before(stretch: Stretch, start: int, quote: int) -> Tag | None:
    """Read what precedes the quotation at token `quote` in its sentence, which begins at token `start`."""
    tokens = stretch.tokens
    start = max(start, quote - _FARTHEST)
    if quote - 2 >= start and tokens[quote - 1].text == "," and tokens[quote - 2].kind is Kind.QUOTE:
        return None
    label = _label(stretch, start, quote)
    if label is not None:
        return Tag(label, quote - 1, COLON, 0.95)
    aside = _aside(stretch, start, quote)
    if aside is not None:
        return aside
    inner = None
    for verb in range(quote - 1, start - 1, -1):
        if tokens[verb].kind is Kind.QUOTE:
            break
        tag = _credited(stretch, verb) or _governor(stretch, start, verb, quote)
        felt = tag is not None and tag.phrase.sort is Sort.PEOPLE and tokens[verb].low in _FELT
        others = felt or (tag is not None and tag.phrase.noun in {"it", "they"})
        if tag is not None and inner is None and others and tag.phrase.first > start:
            inner = tag
        elif tag is not None:
            outer = inner is None or lexicon.plainly_says(tokens[verb].low)
            outer = outer and (inner is None or tag.phrase.noun not in {"i", "we"})
            return tag if outer and inner is None else Tag(tag.phrase, verb, BEFORE, 0.82) if outer else inner
    return inner


def _credited(stretch: Stretch, at: int) -> Tag | None:
    """Read “according to X”, “quoting X” and “in the words of X” at a token."""
    tokens = stretch.tokens
    low, behind = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low in {"quote", "quotes", "quoted", "quoting"}:
        named = stretch.by_first.get(at + 1)
        return Tag(named, at, "quoted by name", 0.9) if named is not None and named.name else None
    phrase = stretch.by_first.get(at + 2)
    if phrase is None:
        return None
    if low == "according" and behind == "to":
        return Tag(phrase, at, "named before the quotation, by “according to”", 0.9)
    if low in _WORDING and behind == "of" and tokens[at - 1].low in {"the", "a"}:
        return Tag(phrase, at, WORDED, 0.93)
    return None


def _governor(stretch: Stretch, start: int, verb: int, quote: int) -> Tag | None:
    """Find the subject of a verb of saying that governs the quotation, or who does what a passive verb says."""
    tokens = stretch.tokens
    colon = tokens[quote - 1].text == ":"
    found = subject_of(stretch, start, verb) if _governs(stretch, verb, quote, colon=colon) else None
    if found is None:
        return None
    if tokens[verb].low in {"read", "reads", "reading", "proclaimed", "proclaiming"} and any(
        phrase.noun in SHOWN for phrase in stretch.between(start, verb)
    ):
        return Tag(UNNAMED, verb, BEFORE, 0.9)
    thing = stretch.by_last.get(verb - 2) if tokens[verb - 1].low in {"that", "which"} else None
    if thing is not None and thing.sort is Sort.THING and not thing.owner:
        return Tag(UNNAMED, verb, BEFORE, 0.85)
    phrase, passive = found
    if phrase.first > start and tokens[phrase.first - 1].low in {"whether", "if"}:
        return None
    agent = agent_of(stretch, verb, len(tokens)) if passive else phrase
    if agent is None and lexicon.calls(tokens[verb].low) and verb == quote - 1:
        agent = UNNAMED
    if agent is None and passive and phrase.noun in {"i", "we"} and tokens[verb].low in SPOKEN_TO:
        agent = UNNAMED
    if agent is None:
        return None
    near = quote - verb
    sure = 0.96 if near <= 2 or colon or tokens[quote - 1].low == "that" else 0.93 if near < 12 else 0.86
    return Tag(_fuller(stretch, agent), verb, BEFORE, sure, joined_with(stretch, agent))


def _aside(stretch: Stretch, start: int, quote: int) -> Tag | None:
    """Read a tag between commas: “The plan, he says, is …”; “which, I am told, …” names nobody."""
    tokens = stretch.tokens
    for phrase in stretch.between(start + 1, quote):
        verb = phrase.last + 1
        if verb + 1 >= quote or phrase.sort is Sort.THING:
            continue
        told = phrase.noun == "i" and tokens[verb].low in {"am", "was"} and tokens[verb + 1].low == "told"
        closes_at = verb + 2 if told or tokens[verb + 1].low in {"it", "me", "us"} else verb + 1
        says = told or (lexicon.says(tokens[verb].low) and tokens[verb].kind is Kind.WORD)
        opened = tokens[phrase.first - 1].text in ASIDES or tokens[phrase.first - 1].low == "as"
        if says and opened and closes_at < quote and tokens[closes_at].text in ASIDES:
            return Tag(phrase, verb, ASIDE, 0.8)
    return None


def _label(stretch: Stretch, start: int, quote: int) -> Phrase | None:
    phrase = stretch.by_first.get(start)
    named = stretch.by_last.get(quote - 2) if quote - 2 > start else None
    if (
        phrase is not None
        and named is not None
        and phrase.sort is Sort.ROLE
        and named.sort is Sort.PERSON
        and named.first == phrase.last + 2
        and stretch.tokens[quote - 1].text == ":"
    ):
        return named
    return (
        phrase
        if phrase is not None and phrase.last == quote - 2 and stretch.tokens[quote - 1].text == ":"
        else None
    )


def _governs(stretch: Stretch, verb: int, quote: int, *, colon: bool) -> bool:
    token = stretch.tokens[verb]
    if token.kind is not Kind.WORD or not lexicon.says(token.low):
        return False
    if _in_aside(stretch, verb, quote):
        return False
    if verb and stretch.tokens[verb - 1].low.endswith(("n't", "n’t")) and colon:
        return False
    if token.low == "quote" and (stretch.tokens[verb - 1].text == "," or stretch.tokens[verb - 1].low == "i"):
        return False
    noun = stretch.by_last.get(verb)
    if noun is not None and noun.first < verb and noun.sort is Sort.THING and token.low == noun.noun:
        return False
    if lexicon.plainly_says(token.low) or lexicon.calls(token.low):
        return True
    owned = stretch.by_last.get(verb - 1)
    if owned is not None and owned.sort is Sort.THING and stretch.tokens[owned.first].low in _OWN:
        return False
    said_to = 6 if token.low in SPOKEN_TO else 2
    that = any(after.low == "that" for after in stretch.tokens[verb + 1 : min(quote, verb + said_to)])
    return colon or quote - verb <= 4 or that


def _in_aside(stretch: Stretch, verb: int, quote: int) -> bool:
    """Whether a verb stands in an aside that ends before the quotation: “told us, when we asked him, “…””."""
    tokens = stretch.tokens
    opening = next((at for at in range(verb - 1, max(0, verb - _WIDEST), -1) if tokens[at].text == ","), None)
    closing = next((at for at in range(verb + 1, min(quote, verb + _WIDEST)) if tokens[at].text == ","), None)
    if opening is None or closing is None or tokens[opening + 1].low not in _WHEN:
        return False
    return closing == quote - 1 or tokens[closing + 1].low == "that"


def _fuller(stretch: Stretch, phrase: Phrase) -> Phrase:
    fuller = named_beside(stretch, phrase)
    if fuller is not phrase or phrase.sort is not Sort.ROLE or phrase.first < 2:
        return fuller
    if stretch.tokens[phrase.first - 1].text == ",":
        beside = stretch.by_last.get(phrase.first - 2)
        called_on = beside is not None and stretch.tokens[beside.first - 1].text == ":"
        if beside is not None and beside.name and beside.sort in {Sort.PERSON, Sort.NAME} and not called_on:
            return beside
    return phrase
