"""Find the words beside a quotation that say who speaks: “…,” says Smith; Smith said that “…”."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.importer import lexicon
from content.importer.people import Stretch
from content.importer.phrases import Phrase, Sort
from content.importer.sentences import Kind, Token
from content.importer.words import words

_DASHES = frozenset({"–", "—", "-", ",", "(", ";"})
_FARTHEST = 45
AFTER = "named in the tag after the quotation"
BEFORE = "subject of the verb before the quotation"
COLON = "named before a colon"
ASIDE = "named in an aside of the sentence"
_JOINTS = frozenset("and but while as when because that what how why if whether where so then yet".split())
_LEADING = frozenset(
    "heard quoted recorded seen supposed understood believed alleged to have liked likes used fond went goes going on began begins tried".split()
)
"""What may stand before a verb of saying: is heard saying, liked to say, went on to say."""
_WRITINGS = frozenset(
    "statement letter report study survey analysis poll paper review note memo editorial email message post tweet document article".split()
)
_SPOKEN_TO = frozenset("told asked warned informed reminded advised urged".split())
_ASIDES = frozenset({",", "–", "—"})


UNNAMED = Phrase(Sort.ROLE, 0, 0, "somebody", noun="one", definite=False)
"""Whoever speaks where the page tells only who is spoken to."""


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
    marked = comma
    while at < len(tokens) and tokens[at].text in _DASHES:
        marked = True
        at += 1
    if at >= len(tokens) or tokens[at].kind is Kind.QUOTE or not (marked or closed):
        return None
    sure = 0.97 if comma or marked else 0.85
    if tokens[at].low == "as" and at + 1 < len(tokens):
        at += 1
    if tokens[at].low == "according" and at + 2 < len(tokens) and tokens[at + 1].low == "to":
        phrase = stretch.by_first.get(at + 2)
        return Tag(phrase, at, "named after the quotation, by “according to”", sure) if phrase else None
    if (
        lexicon.says(tokens[at].low)
        and tokens[at].kind is Kind.WORD
        and (marked or tokens[at].low != "called")
    ):
        phrase = _first_phrase(stretch, at + 1)
        if phrase is not None and (phrase.sort is not Sort.THING or phrase.owner):
            return Tag(phrase, at, AFTER, sure)
        return None
    phrase = stretch.by_first.get(at)
    if phrase is None:
        return None
    verb = _verb_after(stretch, phrase.last + 1)
    if verb is None:
        return None
    if _is_told(stretch, verb):
        agent = _agent(stretch, verb, len(tokens))
        return Tag(agent or UNNAMED, verb, AFTER, 0.85)
    loose = not lexicon.plainly_says(tokens[verb].low)
    if closed and not comma and ((loose and verb != phrase.last + 1) or not _tag_ends(stretch, verb)):
        return None
    return Tag(
        phrase,
        verb,
        AFTER,
        sure - 0.04 * loose,
        _joined(stretch, phrase),
    )


def _first_phrase(stretch: Stretch, at: int) -> Phrase | None:
    while at < len(stretch.tokens) and (
        lexicon.is_adverb(stretch.tokens[at].low) or stretch.tokens[at].low in {"me", "us", "of"}
    ):
        at += 1
    return stretch.by_first.get(at)


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
            if phrase is None:
                return None
            at = phrase.last + 1
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


def _is_told(stretch: Stretch, verb: int) -> bool:
    """Whether a verb of saying is passive, so that its subject is the one spoken to."""
    tokens = stretch.tokens
    at = verb - 1
    while at > 0 and lexicon.is_adverb(tokens[at].low) and tokens[at].low not in lexicon.BE:
        at -= 1
    return tokens[verb].low in _SPOKEN_TO and tokens[at].low in lexicon.BE


def _over_aside(stretch: Stretch, at: int, limit: int) -> int:
    """Return where an aside that begins at `at` ends: before the comma, bracket or dash that a verb of saying follows."""
    tokens = stretch.tokens
    closing = {"(": ")"}.get(tokens[at].text, tokens[at].text)
    for place in range(at + 1, limit):
        token = tokens[place]
        if token.kind in {Kind.STOP, Kind.QUOTE} or token.text == ":":
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


def named_beside(stretch: Stretch, phrase: Phrase) -> Phrase:
    """Return the name beside a role: “the governor, Ray Kowalczyk”; whom a spokesman speaks for; whose a letter is."""
    tokens = stretch.tokens
    if phrase.sort not in {Sort.ROLE, Sort.BODY, Sort.THING} or phrase.last + 2 >= len(tokens):
        return phrase
    after, beside = tokens[phrase.last + 1], stretch.by_first.get(phrase.last + 2)
    if phrase.noun in _WRITINGS:
        return _author_of(stretch, phrase) or phrase
    if beside is None or phrase.sort is not Sort.ROLE:
        return phrase
    if phrase.noun in words("spokes_nouns") and after.low in {"for", "of", "from", "at"}:
        return beside if beside.sort in {Sort.GROUP, Sort.BODY, Sort.NAME, Sort.PLACE} else phrase
    named = beside.name and beside.sort in {Sort.PERSON, Sort.NAME}
    return beside if named and after.text in {",", "–", "—"} and _closes_aside(stretch, beside) else phrase


def _author_of(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """Find whose a writing is: “a report by the Institute”, “a letter signed by Polly Neate”, “a statement from X”."""
    for at in range(phrase.last + 1, min(len(stretch.tokens) - 1, phrase.last + 4)):
        if stretch.tokens[at].low in {"by", "from"}:
            author = stretch.by_first.get(at + 1)
            return author if author is not None and author.name else None
    return None


def _closes_aside(stretch: Stretch, phrase: Phrase) -> bool:
    after = phrase.last + 1
    return after >= len(stretch.tokens) or stretch.tokens[after].text in {",", ".", "–", "—", ")"}


def _joined(stretch: Stretch, phrase: Phrase) -> tuple[Phrase, ...]:
    at = phrase.last + 1
    if at + 1 < len(stretch.tokens) and stretch.tokens[at].low in {"and", "&"}:
        other = stretch.by_first.get(at + 1)
        if other is not None and other.name:
            return (other,)
    return ()


def tag_before(stretch: Stretch, start: int, quote: int) -> Tag | None:
    """Read what precedes the quotation at token `quote` in its sentence, which begins at token `start`."""
    tokens = stretch.tokens
    colon = quote > start and tokens[quote - 1].text == ":"
    if (
        quote > start
        and tokens[quote - 1].text == ","
        and _label(stretch, start, quote) is None
        and quote - 2 >= start
        and tokens[quote - 2].kind is Kind.QUOTE
    ):
        return None
    label = _label(stretch, start, quote) if colon else None
    if label is not None:
        return Tag(label, quote - 1, COLON, 0.95)
    aside = _aside(stretch, start, quote)
    if aside is not None:
        return aside
    for verb in range(quote - 1, start - 1, -1):
        token = tokens[verb]
        if token.kind is Kind.QUOTE and verb != quote:
            return None
        if token.low == "according" and tokens[verb + 1].low == "to":
            phrase = stretch.by_first.get(verb + 2)
            if phrase is not None:
                return Tag(phrase, verb, "named before the quotation, by “according to”", 0.9)
        if (
            token.low in {"quote", "quoting"}
            and (beside := stretch.by_first.get(verb + 1)) is not None
            and beside.name
        ):
            return Tag(beside, verb, "quoted by name", 0.9)
        if token.low == "words" and tokens[verb + 1].low == "of" and tokens[verb - 1].low == "the":
            phrase = stretch.by_first.get(verb + 2)
            if phrase is not None:
                return Tag(phrase, verb, "whose words they are said to be", 0.93)
        if not _governs(stretch, verb, quote, colon=colon):
            continue
        found = _subject_of(stretch, start, verb)
        if found is None:
            continue
        near = quote - verb
        sure = 0.96 if near <= 2 or colon or tokens[quote - 1].low == "that" else 0.93 if near < 12 else 0.86
        phrase, passive = found
        if passive:
            agent = _agent(stretch, verb, len(tokens))
            if agent is None:
                continue
            phrase = agent
        return Tag(
            _fuller_before(stretch, phrase),
            verb,
            BEFORE,
            sure,
            _joined(stretch, phrase),
        )
    return None


def _aside(stretch: Stretch, start: int, quote: int) -> Tag | None:
    """Read a tag between commas: “The plan, he says, is …”; “which, I am told, …” names nobody."""
    tokens = stretch.tokens
    for phrase in stretch.phrases:
        verb = phrase.last + 1
        if not start < phrase.first or verb + 1 >= quote or phrase.sort is Sort.THING:
            continue
        told = phrase.noun == "i" and tokens[verb].low in {"am", "was"} and tokens[verb + 1].low == "told"
        closes_at = verb + 2 if told or tokens[verb + 1].low in {"it", "me", "us"} else verb + 1
        says = told or (lexicon.says(tokens[verb].low) and tokens[verb].kind is Kind.WORD)
        opened = tokens[phrase.first - 1].text in _ASIDES or tokens[phrase.first - 1].low == "as"
        if says and opened and closes_at < quote and tokens[closes_at].text in _ASIDES:
            return Tag(phrase, verb, ASIDE, 0.93)
    return None


def _label(stretch: Stretch, start: int, quote: int) -> Phrase | None:
    phrase = stretch.by_first.get(start)
    return (
        phrase
        if phrase is not None and phrase.last == quote - 2 and tokens_text(stretch, quote - 1) == ":"
        else None
    )


def tokens_text(stretch: Stretch, at: int) -> str:
    """Return the text of one token."""
    return stretch.tokens[at].text


def _governs(stretch: Stretch, verb: int, quote: int, *, colon: bool) -> bool:
    token = stretch.tokens[verb]
    if token.kind is not Kind.WORD or not lexicon.says(token.low):
        return False
    if token.low == "quote" and stretch.tokens[verb - 1].text == ",":
        return False
    if lexicon.plainly_says(token.low) or lexicon.calls(token.low):
        return True
    return colon or quote - verb <= 4 or stretch.tokens[verb + 1].low == "that"


def _subject_of(stretch: Stretch, start: int, verb: int) -> tuple[Phrase, bool] | None:
    """Return the subject of a verb and whether the verb is passive, so that its subject is spoken of or to."""
    tokens = stretch.tokens
    at = verb - 1
    passive = False
    while at >= start and (
        lexicon.is_adverb(tokens[at].low) or tokens[at].low in {"not", "to", "has", "had", "have", "be"}
    ):
        if tokens[at].low in lexicon.BE and tokens[verb].low.endswith(("ed", "d", "n", "t")):
            passive = True
        at -= 1
    if at < start:
        return None
    if (
        tokens[verb].low.endswith("ing")
        or tokens[at].text == ","
        or tokens[at].low in {"and", "but", "or", "as", "who", "which", "that", "then"}
        or tokens[at].text in {")", "–", "—"}
    ):
        return _distant_subject(stretch, start, verb, at, passive=passive)
    phrase = stretch.by_last.get(at)
    if phrase is None:
        return _clause_subject(stretch, start, verb, passive=passive)
    while phrase.first - 1 > start and tokens[phrase.first - 1].low in {
        "of",
        "for",
        "from",
        "at",
        "in",
        "with",
        "on",
        "to",
        "and",
        "by",
    }:
        head = stretch.by_last.get(phrase.first - 2)
        if head is None:
            break
        phrase = head
    if (
        phrase.first > start
        and tokens[phrase.first - 1].low in lexicon.PREPOSITIONS
        and phrase.sort is not Sort.PRONOUN
    ):
        return _segment_subject(stretch, start, verb, passive=passive) or (phrase, passive)
    if phrase.sort is Sort.PRONOUN and phrase.noun == "who":
        return _distant_subject(stretch, start, verb, phrase.first - 1, passive=passive)
    return phrase, passive


def _segment_subject(stretch: Stretch, start: int, verb: int, *, passive: bool) -> tuple[Phrase, bool] | None:
    """Find the subject at the head of what stands between commas, else that of the clause."""
    comma = next((at for at in range(verb - 1, start, -1) if stretch.tokens[at].text in _ASIDES), None)
    head = stretch.by_first.get(comma + 1) if comma is not None else None
    if head is not None and head.sort is not Sort.THING:
        return head, passive
    return _clause_subject(stretch, start, verb, passive=passive)


def _distant_subject(
    stretch: Stretch, start: int, verb: int, at: int, *, passive: bool
) -> tuple[Phrase, bool] | None:
    """Find the subject of a second verb (“rose and said”), of one behind an aside, or of one in -ing."""
    tokens = stretch.tokens
    main = _clause_subject(stretch, start, verb, passive=passive)
    near = _last_acting(stretch, start, verb)
    if tokens[at].text in {",", ")", "–", "—"} and not tokens[verb].low.endswith("ing"):
        opening = {")": "("}.get(tokens[at].text, tokens[at].text)
        places = (place for place in range(at - 1, start, -1) if tokens[place].text == opening)
        ends = (stretch.by_last.get(place - 1) for place in places)
        beside = next(
            (phrase for phrase in ends if phrase is not None and phrase.sort is not Sort.THING), None
        )
        if beside is not None and (main is None or _joins_clause(tokens[beside.first - 1]) or _idle(main[0])):
            return _head(stretch, start, beside), passive
    return (near, passive) if near is not None and (main is None or _idle(main[0])) else main


def _idle(phrase: Phrase) -> bool:
    """Whether a phrase hardly speaks: a thing of nobody's, I, it, they."""
    return (phrase.sort is Sort.THING and not phrase.owner) or phrase.noun in {
        "i",
        "we",
        "it",
        "you",
        "they",
        "who",
    }


def _last_acting(stretch: Stretch, start: int, verb: int) -> Phrase | None:
    """Return the last phrase before a verb that seems to be the subject of a clause beside the first."""
    for phrase in reversed(stretch.phrases):
        if (
            start < phrase.first
            and phrase.last < verb
            and phrase.sort in {Sort.PERSON, Sort.NAME, Sort.ROLE, Sort.GROUP}
        ):
            before = stretch.tokens[phrase.first - 1]
            joined = (
                _joins_clause(before)
                or before.text == ","
                or lexicon.is_adverb(before.low)
                or before.low == "afterwards"
            )
            if joined and acts(stretch, phrase):
                return phrase
    return None


def _head(stretch: Stretch, start: int, phrase: Phrase) -> Phrase:
    """Step from the end of “a spokesman for X” to its head."""
    while phrase.first - 1 > start and stretch.tokens[phrase.first - 1].low in {
        "of",
        "for",
        "from",
        "at",
        "in",
        "with",
    }:
        head = stretch.by_last.get(phrase.first - 2)
        if head is None or head.sort not in {Sort.ROLE, Sort.PEOPLE, Sort.BODY}:
            return phrase
        phrase = head
    return phrase


def _clause_subject(stretch: Stretch, start: int, verb: int, *, passive: bool) -> tuple[Phrase, bool] | None:
    for phrase in subjects(stretch, start, verb):
        return phrase, passive
    return None


def _fuller_before(stretch: Stretch, phrase: Phrase) -> Phrase:
    fuller = named_beside(stretch, phrase)
    if fuller is not phrase or phrase.sort is not Sort.ROLE or phrase.first < 2:
        return fuller
    if stretch.tokens[phrase.first - 1].text == ",":
        beside = stretch.by_last.get(phrase.first - 2)
        if beside is not None and beside.name and beside.sort in {Sort.PERSON, Sort.NAME}:
            return beside
    return phrase


def _agent(stretch: Stretch, verb: int, end: int) -> Phrase | None:
    for at in range(verb + 1, min(end, verb + 25)):
        if stretch.tokens[at].low == "by":
            return stretch.by_first.get(at + 1)
        if stretch.tokens[at].kind is Kind.STOP:
            return None
    return None


def subjects(stretch: Stretch, start: int, end: int) -> Iterator[Phrase]:
    """Yield what the clauses of tokens `start` to `end` seem to be about: the main subject first."""
    tokens = stretch.tokens
    at = _behind_dateline(stretch, start, end)
    waiting: list[Phrase] = []
    idle = True
    for _ in range(5):
        while at < end and at not in stretch.by_first and _leads_in(tokens[at]):
            at += 1
        if at >= end or tokens[at].kind is Kind.QUOTE:
            yield from waiting
            return
        phrase = stretch.by_first.get(at)
        opens = (
            _opens_clause(tokens[at]) if phrase is None or tokens[at].low in lexicon.SUBORDINATORS else False
        )
        if phrase is not None and at > start and _is_aside(stretch, phrase, end):
            at = phrase.last + 3
            continue
        if phrase is not None and not opens and not _sets_scene(stretch, phrase, end):
            idle = phrase.sort is Sort.THING or phrase.noun in {"i", "we", "it", "you", "they"}
            yield _main(stretch, phrase)
            break
        if phrase is None and not opens:
            break
        inner = stretch.by_first.get(at + 1)
        if inner is not None and tokens[at].low in lexicon.SUBORDINATORS:
            waiting.append(inner)
        comma = next((place for place in range(at, min(end, at + 30)) if tokens[place].text == ","), None)
        if comma is None or tokens[at].low in lexicon.SUBORDINATORS or tokens[at].low in lexicon.PREPOSITIONS:
            later = _later_subject(stretch, at + 1, end if comma is None else comma, inner)
            if later is not None:
                idle = False
                yield later
                break
        if comma is None:
            break
        at = comma + 1
    yield from waiting
    yield from _further(stretch, at, end, pronouns=idle)


def _behind_dateline(stretch: Stretch, start: int, end: int) -> int:
    """Step over “PORT SALVE (Wire) -” at the head of a report, and over the label of a turn."""
    tokens = stretch.tokens
    label = stretch.by_first.get(0) if not start else None
    if label is not None and label.last + 1 < end and tokens[label.last + 1].text == ":":
        return label.last + 2
    if start or not end or not tokens[0].text.isupper() or len(tokens[0].text) < 3:
        return start
    dash = next((place for place in range(1, min(end, 14)) if tokens[place].text in {"-", "–", "—"}), None)
    return start if dash is None else dash + 1


def _is_aside(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether a phrase and a verb of saying stand between commas: “…, the jury heard, …”."""
    verb = phrase.last + 1
    if (
        verb + 1 >= end
        or stretch.tokens[phrase.first - 1].text != ","
        or stretch.tokens[verb + 1].text != ","
    ):
        return False
    return lexicon.says(stretch.tokens[verb].low) or stretch.tokens[verb].low == "heard"


def _leads_in(token: Token) -> bool:
    return (
        token.kind is Kind.SIGN
        or token.low in {"and", "but", "yet", "so", "or", "then", "now", "even", "not"}
        or lexicon.is_adverb(token.low)
    )


def _opens_clause(token: Token) -> bool:
    low = token.low
    return (
        low in lexicon.SUBORDINATORS
        or low in lexicon.PREPOSITIONS
        or (low.endswith(("ing", "ed")) and len(low) > 4)
        or low
        in {
            "told",
            "born",
            "later",
            "earlier",
            "meanwhile",
            "what",
            "how",
            "where",
            "why",
            "seen",
            "shown",
            "given",
            "there",
            "here",
        }
    )


def _sets_scene(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether a phrase only tells when or where: “Two miles away, …”, “Last week …”, “One night, …”."""
    if phrase.sort not in {Sort.THING, Sort.PLACE, Sort.NAME}:
        return False
    after = stretch.tokens[phrase.last + 1] if phrase.last + 1 < end else None
    if after is None:
        return False
    if after.text == ",":
        return phrase.noun in _TIMES or lexicon.is_place(phrase.text.lower())
    return after.low in {"away", "ago", "later", "earlier", "before", "after"} or (
        phrase.noun in _TIMES and phrase.last + 1 in stretch.by_first
    )


_TIMES = frozenset(
    "day week month year night morning evening afternoon time moment monday tuesday wednesday thursday friday saturday sunday".split()
)


def _later_subject(stretch: Stretch, start: int, end: int, inner: Phrase | None) -> Phrase | None:
    """Find the subject behind an opening without a comma: “When I ask this she laughs”."""
    for phrase in stretch.phrases:
        if phrase is inner or not start <= phrase.first < end:
            continue
        if (phrase.sort is Sort.PRONOUN and phrase.noun != "who") or (
            phrase.sort is not Sort.THING and acts(stretch, phrase)
        ):
            return phrase
    return None


def _further(stretch: Stretch, start: int, end: int, *, pronouns: bool) -> Iterator[Phrase]:
    """Yield the subjects of further clauses: “…, and Reed laughed”, “…; Reed laughed”."""
    for phrase in stretch.phrases:
        if not start < phrase.first < end or phrase.sort in {Sort.THING, Sort.PLACE}:
            continue
        if phrase.sort is Sort.PRONOUN:
            if (
                pronouns
                and phrase.noun in {"he", "she"}
                and phrase.last + 1 < end
                and tokens_text(stretch, phrase.last + 1) not in {",", "."}
            ):
                yield phrase
            continue
        if _joins_clause(stretch.tokens[phrase.first - 1]) and acts(stretch, phrase):
            yield phrase


def _joins_clause(token: Token) -> bool:
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
    if (
        phrase.sort in {Sort.ROLE, Sort.THING, Sort.PRONOUN}
        and phrase.last + 1 < len(tokens)
        and tokens[phrase.last + 1].low in {"was", "is"}
    ):
        same = stretch.by_first.get(phrase.last + 2)
        if (
            same is not None
            and same.sort is Sort.PERSON
            and same.last + 1 < len(tokens)
            and tokens[same.last + 1].text in {".", ",", ";"}
        ):
            return same
    if phrase.sort is Sort.ROLE and phrase.last + 2 < len(tokens) and tokens[phrase.last + 1].low == "and":
        joined = stretch.by_first.get(phrase.last + 2)
        if joined is not None and joined.sort is Sort.PERSON and joined.role[:1].islower():
            return joined
    if phrase.noun == "it" and phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].low in {"was", "is"}:
        meant = stretch.by_first.get(phrase.last + 2)
        if meant is not None and meant.last + 1 < len(tokens) and tokens[meant.last + 1].low == "who":
            return meant
    return phrase
