"""Find the tag behind a quotation: “…,” says Smith."""

from dataclasses import dataclass

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch

_DASHES = frozenset({"–", "—", "-", ",", "(", ";"})
_FARTHEST = 45
AFTER = "named in the tag after the quotation"
BEFORE = "subject of the verb before the quotation"
COLON = "named before a colon"
ASIDE = "named in an aside of the sentence"
WORDED = "whose words they are said to be"
_LEADING = frozenset(
    "heard quoted recorded seen supposed understood believed alleged to have liked likes used fond went goes going on began begins tried".split()
)
"""What may stand before a verb of saying: is heard saying, liked to say, went on to say."""
SPOKEN_TO = frozenset("told asked warned informed reminded advised urged".split())
_WORDS_AHEAD = 4
UNNAMED = Phrase(Sort.ROLE, 0, 0, "somebody", noun="one", definite=False)
"""Whoever speaks where the page tells only who is spoken to."""
_PAST = frozenset(
    "shot cut went ran threw put spat sang wrote swore began broke bit hit flung fell rose let read".split()
)
ASIDES = frozenset({",", "–", "—"})


@dataclass(frozen=True, slots=True)
class Tag:
    """Who a tag points at, the token of its verb, the rule in words and how sure the rule is (0 to 1)."""

    phrase: Phrase
    verb: int
    rule: str
    sure: float
    others: tuple[Phrase, ...] = ()


def tag_after(stretch: Stretch, quote: int, *, closed: bool, comma: bool) -> Tag | None:
    """Read what follows the quotation at token `quote`.

    `comma` says that the quotation ends as one does before a tag, `closed` that it ends like a sentence.
    """
    tokens = stretch.tokens
    at = quote + 1
    while at < len(tokens) and tokens[at].text in _DASHES:
        at += 1
    marked = comma or at > quote + 1
    if at >= len(tokens) or tokens[at].kind is Kind.QUOTE or not (marked or closed):
        return None
    sure = 0.97 if marked else 0.85
    if tokens[at].low == "as" and at + 1 < len(tokens):
        at += 1
    if tokens[at].low == "according" and at + 2 < len(tokens) and tokens[at + 1].low == "to":
        named = stretch.by_first.get(at + 2)
        return Tag(named, at, "named after the quotation, by “according to”", sure) if named else None
    worded = [token.low for token in tokens[at : at + 4]]
    if len(worded) == 4 and worded[:2] == ["in", "the"] and worded[3] == "of":
        named = stretch.by_first.get(at + 4) if worded[2] in {"words", "phrase", "formula"} else None
        return Tag(named, at, WORDED, 0.93) if named else None
    if (
        tokens[at].kind is Kind.WORD
        and lexicon.says(tokens[at].low)
        and (marked or tokens[at].low != "called")
    ):
        speaker = _first_phrase(stretch, at + 1)
        speaks = speaker is not None and (speaker.sort is not Sort.THING or speaker.owner)
        return Tag(speaker, at, AFTER, sure) if speaker is not None and speaks else None
    return _tag_by_subject(stretch, at, sure, sentence=closed and not comma) or (
        _tag_by_place(stretch, at) if comma and at == quote + 1 else None
    )


def _tag_by_place(stretch: Stretch, at: int) -> Tag | None:
    """Read a tag whose verb is none of saying, behind a comma inside the marks: “…,” Ann Low ploughed on; “…,” grinned Low."""
    tokens = stretch.tokens
    phrase = stretch.by_first.get(at) or _titled_ahead(stretch, at)
    speaks = phrase is not None and (phrase.sort in {Sort.PERSON, Sort.NAME} or phrase.noun in {"he", "she"})
    verb = phrase.last + 1 if phrase is not None else at
    if phrase is not None and speaks and verb < len(tokens) and _may_be_verb(stretch, verb):
        return Tag(phrase, verb, AFTER, 0.88)
    subject = stretch.by_first.get(at + 1)
    if phrase is None and _may_be_verb(stretch, at) and subject is not None and subject.sort is Sort.PERSON:
        return Tag(subject, at, AFTER, 0.85)
    return None


def _may_be_verb(stretch: Stretch, at: int) -> bool:
    """Whether a word may be a verb in the past or present tense."""
    token = stretch.tokens[at]
    if token.kind is not Kind.WORD or lexicon.names_nobody(token.low) or token.low in lexicon.PREPOSITIONS:
        return False
    return at not in stretch.by_first and (
        token.low.endswith(("ed", "s")) or lexicon.says(token.low) or token.low in _PAST
    )


def _tag_by_subject(stretch: Stretch, at: int, sure: float, *, sentence: bool) -> Tag | None:
    """Read a tag whose subject comes first, at token `at`; `sentence` says that it may be a sentence of its own."""
    phrase = stretch.by_first.get(at) or _titled_ahead(stretch, at)
    if phrase is None or stretch.tokens[phrase.last].owns or phrase.noun in {"nobody", "none"}:
        return None
    verb = _verb_after(stretch, phrase.last + 1)
    if verb is None:
        return None
    if stretch.tokens[verb].low in SPOKEN_TO and is_passive(stretch, verb):
        agent = agent_of(stretch, verb, len(stretch.tokens))
        return Tag(agent or UNNAMED, verb, AFTER, 0.85)
    loose = not lexicon.plainly_says(stretch.tokens[verb].low)
    if sentence and ((loose and verb != phrase.last + 1) or not _tag_ends(stretch, verb)):
        return None
    return Tag(
        phrase,
        verb,
        AFTER,
        sure - 0.04 * loose,
        joined_with(stretch, phrase),
    )


def _titled_ahead(stretch: Stretch, at: int) -> Phrase | None:
    """Step over small words before the office of a tag's subject: “…,” transport inquiry chair Ann Low said."""
    for place in range(at, min(len(stretch.tokens), at + _WORDS_AHEAD)):
        word, phrase = stretch.tokens[place], stretch.by_first.get(place)
        if phrase is not None and place > at:
            return phrase if phrase.sort is Sort.PERSON and phrase.titled else None
        plain = (
            word.kind is Kind.WORD
            and word.low not in lexicon.PREPOSITIONS
            and not lexicon.is_adverb(word.low)
        )
        if not plain or lexicon.names_nobody(word.low) or lexicon.says(word.low):
            return None
    return None


def _first_phrase(stretch: Stretch, at: int) -> Phrase | None:
    while at < len(stretch.tokens) and (
        lexicon.is_adverb(stretch.tokens[at].low)
        or stretch.tokens[at].low in {"me", "us", "of", "out", "back"}
    ):
        at += 1
    phrase = stretch.by_first.get(at)
    if phrase is not None and phrase.sort is Sort.GROUP and _goes_on(stretch, phrase.last + 1):
        return UNNAMED
    return phrase or (_titled_ahead(stretch, at) if at < len(stretch.tokens) else None)


def _goes_on(stretch: Stretch, at: int) -> bool:
    """Whether a noun for people behind a body's name makes it theirs: the Labour benches."""
    token = stretch.tokens[at] if at < len(stretch.tokens) else None
    return (
        token is not None
        and token.kind is Kind.WORD
        and token.low.endswith("s")
        and not lexicon.names_nobody(token.low)
        and not lexicon.says(token.low)
        and not lexicon.is_adverb(token.low)
    )


def _tag_ends(stretch: Stretch, verb: int) -> bool:
    """Whether a verb behind a whole sentence is its tag, and does not begin a sentence of its own."""
    tokens = stretch.tokens
    if verb + 1 >= len(tokens):
        return True
    after = tokens[verb + 1]
    if after.text == ":" or after.low in {
        "that",
        "the",
        "a",
        "an",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "there",
        "this",
    }:
        return False
    if after.kind is Kind.NAME and tokens[verb].low not in SPOKEN_TO and verb + 1 in stretch.by_first:
        return False
    if after.low in {"him", "her", "them"} and tokens[verb].low in SPOKEN_TO and verb + 2 < len(tokens):
        return tokens[verb + 2].kind in {Kind.STOP, Kind.SIGN} or tokens[verb + 2].low in lexicon.PREPOSITIONS
    rest = tokens[verb + 1 : verb + 14]
    for token in rest:
        if token.text == ":" or token.low == "that":
            return False
        if token.kind is Kind.STOP:
            break
    return (
        after.kind in {Kind.STOP, Kind.SIGN}
        or lexicon.is_adverb(after.low)
        or after.low in lexicon.PREPOSITIONS
        or after.low in {"me", "us", "when", "as"}
        or lexicon.says(tokens[verb].low)
    )


def _verb_after(stretch: Stretch, at: int) -> int | None:
    """Return the verb of saying whose subject ends before `at`: over what stands between (“, of Hull,”, “, who left,”)."""
    tokens = stretch.tokens
    limit = min(len(tokens), at + _FARTHEST)
    while at < limit:
        token = tokens[at]
        if token.kind in {Kind.QUOTE, Kind.STOP} or token.text == ":":
            return None
        if lexicon.says(token.low) and token.kind is Kind.WORD:
            return at
        if token.text in {",", "(", "–", "—"}:
            at = _over_aside(stretch, at, limit)
            if at < 0:
                return None
        elif lexicon.is_adverb(token.low) or token.low in _LEADING:
            at += 1
        elif token.low in lexicon.PREPOSITIONS or token.low in {"and", "&"}:
            phrase = stretch.by_first.get(at + 1)
            if phrase is None and (
                at + 1 >= limit or tokens[at + 1].low not in {"them", "us", "these", "those"}
            ):
                return None
            at = phrase.last + 1 if phrase is not None else at + 2
        elif token.low in {"who", "whose", "which", "that"}:
            verb = next(
                (place for place in range(at + 2, limit) if lexicon.plainly_says(tokens[place].low)), limit
            )
            stop = next(
                (place for place in range(at, limit) if tokens[place].kind in {Kind.STOP, Kind.QUOTE}), limit
            )
            return verb if verb < stop else None
        else:
            return None
    return None


def is_passive(stretch: Stretch, verb: int) -> bool:
    """Whether a verb of saying or asking is passive, so that its subject is the one spoken to."""
    tokens = stretch.tokens
    at = verb - 1
    while at > 0 and lexicon.is_adverb(tokens[at].low) and tokens[at].low not in lexicon.BE:
        at -= 1
    return at >= 0 and tokens[at].low in lexicon.BE


def _over_aside(stretch: Stretch, at: int, limit: int) -> int:
    """Return where an aside that begins at `at` ends: before the comma, bracket or dash that a verb of saying follows."""
    tokens = stretch.tokens
    closing = {"(": ")"}.get(tokens[at].text, tokens[at].text)
    for place in range(at + 1, limit):
        token = tokens[place]
        if (token.kind is Kind.STOP and closing != ")") or token.kind is Kind.QUOTE or token.text == ":":
            return -1
        if token.text == closing:
            after = place + 1
            while after < limit and lexicon.is_adverb(tokens[after].low):
                after += 1
            if after < limit and lexicon.says(tokens[after].low) and tokens[after].kind is Kind.WORD:
                return after
            if closing == ")":
                return after
    return -1


def joined_with(stretch: Stretch, phrase: Phrase) -> tuple[Phrase, ...]:
    """Return who speaks together with a phrase: “X and Y”."""
    at = phrase.last + 1
    if at + 1 < len(stretch.tokens) and stretch.tokens[at].low in {"and", "&"}:
        other = stretch.by_first.get(at + 1)
        if other is not None and other.name:
            return (other,)
    return ()


def agent_of(stretch: Stretch, verb: int, end: int) -> Phrase | None:
    """Return who does what a passive verb says: “by Y”."""
    for at in range(verb + 1, min(end, verb + 25)):
        if stretch.tokens[at].low == "by":
            return stretch.by_first.get(at + 1)
        if stretch.tokens[at].kind is Kind.STOP:
            return None
    return None
