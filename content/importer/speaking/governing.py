"""Find the subject of a verb of saying, however far it stands from it."""

from content.importer import lexicon
from content.importer.speaking.evidence import PLACING
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.subjects import acts, is_idle, joins_clause, subjects
from content.importer.speaking.tags import ASIDES, UNNAMED

_APART = frozenset(", and but or as who which that then ) – —".split())
"""What before a verb says that its subject stands further off."""
_HELPING = frozenset("not to has had have be".split())
_REPORTED = frozenset(
    "heard seen said alleged reported understood known believed claimed recorded quoted supposed".split()
)
"""What stands between a subject and a verb of saying: is said to have told, can be heard saying."""
_TYING = frozenset("of for from at in with on to and by".split())
_HEARING = frozenset("remember remembers remembered recall recalls recalled hear hears heard".split())
"""What whose object speaks: I remember Mr Lyle saying."""


def subject_of(stretch: Stretch, start: int, verb: int) -> tuple[Phrase, bool] | None:
    """Return the subject of a verb and whether the verb is passive, so that its subject is spoken of or to."""
    tokens = stretch.tokens
    at, passive = _before_verb(stretch, start, verb)
    if at < start:
        return None
    known = _beside_verb(stretch, start, verb, at)
    if known is not None:
        return known, passive and known is not UNNAMED
    if tokens[verb].low.endswith("ing") or tokens[at].low in _APART:
        return _distant_subject(stretch, start, verb, at, passive=passive)
    phrase = stretch.by_last.get(at)
    if phrase is None:
        return _clause_subject(stretch, start, verb, passive=passive)
    if phrase.sort is Sort.PRONOUN and phrase.noun == "who":
        return _distant_subject(stretch, start, verb, phrase.first - 1, passive=passive)
    phrase = _leftmost(stretch, start, phrase)
    if phrase.first == phrase.last and at < verb - 1 and tokens[at].low in {"a", "an", "the"}:
        return None
    before = tokens[phrase.first - 1].low if phrase.first > start else ""
    clause = before in lexicon.SUBORDINATORS and phrase.last == at
    if before in lexicon.PREPOSITIONS and phrase.sort is not Sort.PRONOUN and not clause:
        return _segment_subject(stretch, start, verb, passive=passive) or (phrase, passive)
    return phrase, passive


def _before_verb(stretch: Stretch, start: int, verb: int) -> tuple[int, bool]:
    """Step back over what colours a verb; return the token before that and whether the verb is passive."""
    tokens = stretch.tokens
    at, passive, reported = verb - 1, False, tokens[verb].low.endswith("ing")
    while at >= start and (
        lexicon.is_adverb(tokens[at].low)
        or tokens[at].low in _HELPING
        or (reported and tokens[at].low in _REPORTED)
    ):
        reported = reported or tokens[at].low == "to"
        if tokens[at].low in lexicon.BE and tokens[verb].low.endswith(("ed", "d", "n", "t")) and not reported:
            passive = True
        at -= 1
    return at, passive


def _beside_verb(stretch: Stretch, start: int, verb: int, at: int) -> Phrase | None:
    """Return a subject that the word at token `at`, right before the verb, tells: “of whom”, “who”, “I heard Lyle saying”."""
    tokens = stretch.tokens
    if tokens[at].low in {"which", "whom"} and tokens[at - 1].low == "of":
        return UNNAMED
    if tokens[at].low == "who":
        return _antecedent(stretch, start, at)
    if tokens[at].low == "which" and at - 2 > start and tokens[at - 1].text == ",":
        body = stretch.by_last.get(at - 2)
        return body if body is not None and body.sort in {Sort.GROUP, Sort.NAME, Sort.BODY} else None
    teller = stretch.by_last.get(at)
    if teller is None or not tokens[verb].low.endswith("ing"):
        return None
    heard = teller.sort in {Sort.PERSON, Sort.NAME, Sort.ROLE} and tokens[teller.first - 1].low in _HEARING
    return teller if heard else None


def _leftmost(stretch: Stretch, start: int, phrase: Phrase) -> Phrase:
    """Step from the end of “the head of the bank in Hull” to its head."""
    while (
        phrase.sort is not Sort.PRONOUN
        and phrase.first - 1 > start
        and stretch.tokens[phrase.first - 1].low in _TYING
    ):
        head = stretch.by_last.get(phrase.first - 2)
        if head is None:
            break
        phrase = head
    return phrase


def _antecedent(stretch: Stretch, start: int, who: int) -> Phrase | None:
    """Return whom “who” stands for: “the private who wrote”, “Obuasi, who was tried and who told the court”."""
    tokens = stretch.tokens
    at = who
    for _ in range(3):
        before = stretch.by_last.get(at - 1)
        if before is None and at - 1 > start and tokens[at - 1].text == ",":
            before = stretch.by_last.get(at - 2)
        while before is not None and before.first - 1 > start and tokens[before.first - 1].low in PLACING:
            before = stretch.by_last.get(before.first - 2)
        if before is not None:
            return before if before.sort in {Sort.PERSON, Sort.NAME, Sort.ROLE, Sort.PEOPLE} else None
        at = next((place for place in range(at - 1, start, -1) if tokens[place].low == "who"), start)
        if at == start:
            return None
    return None


def _segment_subject(stretch: Stretch, start: int, verb: int, *, passive: bool) -> tuple[Phrase, bool] | None:
    """Find the subject at the head of what stands between commas, else that of the clause."""
    comma = next((at for at in range(verb - 1, start, -1) if stretch.tokens[at].text in ASIDES), None)
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
        first = next(places, at)
        inside = stretch.by_last.get(at - 1)
        whose = any(token.low == "whose" for token in tokens[max(start, first - 4) : first])
        if whose and inside is not None and inside.sort is Sort.PERSON:
            return inside, passive
        places = (place for place in range(at - 1, start, -1) if tokens[place].text == opening)
        ends = (stretch.by_last.get(place - 1) for place in places)
        beside = next(
            (phrase for phrase in ends if phrase is not None and phrase.sort is not Sort.THING), None
        )
        if beside is not None and (
            main is None
            or joins_clause(tokens[beside.first - 1])
            or tokens[beside.first - 1].low == "which"
            or is_idle(main[0])
        ):
            return _head(stretch, start, beside), passive
    return (near, passive) if near is not None and (main is None or is_idle(main[0])) else main


def _last_acting(stretch: Stretch, start: int, verb: int) -> Phrase | None:
    """Return the last phrase before a verb that seems to be the subject of a clause beside the first."""
    for phrase in reversed(stretch.between(start + 1, verb)):
        pronoun = phrase.noun in {"he", "she"}
        if phrase.last < verb and (pronoun or phrase.sort in {Sort.PERSON, Sort.NAME, Sort.ROLE, Sort.GROUP}):
            before = stretch.tokens[phrase.first - 1]
            joined = (
                pronoun
                or joins_clause(before)
                or before.text == ","
                or lexicon.is_adverb(before.low)
                or before.low in lexicon.SUBORDINATORS
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
