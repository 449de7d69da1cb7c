"""Find what the clauses of a sentence are about."""

from collections.abc import Iterator

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.speaking.beside import named_beside
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch

_JOINTS = frozenset("and but while as when because that what how why if whether where so then yet".split())
_WHICH_TIME = frozenset("every each one that this last next some".split())
_TIMES = frozenset(
    "day week month year night morning evening afternoon time moment monday tuesday wednesday thursday friday saturday sunday".split()
)


def subjects(stretch: Stretch, start: int, end: int) -> Iterator[Phrase]:
    """Yield what the clauses of tokens `start` to `end` seem to be about: the main subject first."""
    tokens = stretch.tokens
    at = _behind_dateline(stretch, start, end)
    waiting: list[Phrase] = []
    main: Phrase | None = None
    for _ in range(6):
        at = _step_over(stretch, at, start, end)
        if at >= end or tokens[at].kind is Kind.QUOTE:
            yield from waiting
            return
        phrase, inner = stretch.by_first.get(at), stretch.by_first.get(at + 1)
        subordinate = tokens[at].low in lexicon.SUBORDINATORS and tokens[at].low != "that"
        opens = (phrase is None or subordinate) and _opens_clause(tokens[at])
        if tokens[at].low == "as" and inner is not None and _says_as(stretch, inner, end):
            main = inner
        elif phrase is not None and not opens and not _sets_scene(stretch, phrase, end):
            main = _main(stretch, phrase)
        comma = _next_comma(stretch, at, end)
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


def _step_over(stretch: Stretch, at: int, start: int, end: int) -> int:
    """Step over what leads in, tells when, goes on about “who”, or stands between commas; return where a clause begins."""
    tokens = stretch.tokens
    while at < end:
        phrase = stretch.by_first.get(at)
        if tokens[at].low in _WHICH_TIME and at + 1 < end and tokens[at + 1].low in _TIMES:
            at += 2
        elif phrase is None and _leads_in(tokens[at]):
            at += 1
        elif phrase is not None and phrase.noun == "who":
            at = _next_comma(stretch, at, end) + 1
        elif phrase is not None and at > start and _is_aside(stretch, phrase, end):
            at = phrase.last + 3
        elif phrase is not None and at > start and _describes(stretch, phrase):
            at = _next_comma(stretch, at, end) + 1
        else:
            break
    return at


def _describes(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a role without an article stands between commas: “by Ms Obasi, solicitor for the mayor, …”."""
    first = stretch.tokens[phrase.first]
    bare = first.kind is Kind.WORD and first.low not in lexicon.DETERMINERS
    return phrase.sort is Sort.ROLE and bare and stretch.tokens[phrase.first - 1].text == ","


def _next_comma(stretch: Stretch, at: int, end: int) -> int:
    """Return the comma that ends an opening, or `end` where there is none near."""
    return next((place for place in range(at, min(end, at + 30)) if stretch.tokens[place].text == ","), end)


def _says_as(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether “as X says” begins with this phrase: a verb of saying follows it, perhaps behind an aside."""
    tokens = stretch.tokens
    if phrase.sort not in {Sort.PERSON, Sort.NAME, Sort.ROLE, Sort.PRONOUN}:
        return False
    at = phrase.last + 1
    if at < end and tokens[at].text == ",":
        at = next((place + 1 for place in range(at + 1, min(end, at + 25)) if tokens[place].text == ","), end)
    while at < end and (
        tokens[at].low in {"once", "used", "to", "liked", "has", "had", "put"}
        or lexicon.is_adverb(tokens[at].low)
    ):
        at += 1
    return at < end and lexicon.says(tokens[at].low)


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
    if phrase.sort is Sort.ROLE and not phrase.definite:
        return _is_apposed(stretch, phrase, end)
    if phrase.sort not in {Sort.THING, Sort.PLACE, Sort.NAME}:
        return False
    after = stretch.tokens[phrase.last + 1] if phrase.last + 1 < end else None
    if after is None:
        return False
    if after.text == ",":
        return stretch.tokens[phrase.last].low in _TIMES or lexicon.is_place(phrase.text.lower())
    return after.low in {"away", "ago", "later", "earlier", "before", "after"} or (
        stretch.tokens[phrase.last].low in _TIMES and phrase.last + 1 in stretch.by_first
    )


def _is_apposed(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether a role only leads up to whom it describes: “A geologist by training, he …”."""
    comma = next(
        (at for at in range(phrase.last + 1, min(end, phrase.last + 7)) if stretch.tokens[at].text == ","),
        None,
    )
    who = stretch.by_first.get(comma + 1) if comma is not None else None
    if who is None or who.sort not in {Sort.PRONOUN, Sort.PERSON, Sort.NAME} or who.noun == "who":
        return False
    return who.last + 1 < end and stretch.tokens[who.last + 1].text not in {",", "."}


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
    if (
        phrase.sort in {Sort.ROLE, Sort.THING, Sort.PRONOUN}
        and phrase.last + 1 < len(tokens)
        and tokens[phrase.last + 1].low in {"was", "is"}
    ):
        same = stretch.by_first.get(phrase.last + 2)
        if same is not None and same.sort is Sort.ROLE and named_beside(stretch, same) is not same:
            return named_beside(stretch, same)
        if (
            same is not None
            and same.sort is Sort.PERSON
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
