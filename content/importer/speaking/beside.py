"""Read what stands right beside a phrase: “the governor, Ray Kowalczyk”, “a report by the Institute”."""

from content.importer.sentences import Kind
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.words import words

FIRMS = frozenset(
    "owner operator developer landlord employer manufacturer contractor publisher insurer maker company firm".split()
)
"""What a firm may be, as a person may."""
SHOWN = frozenset(
    "sign banner placard notice poster billboard sticker plaque board t-shirt badge mug".split()
)
"""What has words on it that nobody in particular says."""
WRITINGS = frozenset(
    "statement letter report study survey analysis poll paper review note memo editorial email message post tweet document article release leaflet brochure flyer"
    " filing submission blog circular bulletin guidance handbook prospectus manifesto minute minutes diary pamphlet advertisement website card book essay memoir novel poem speech lecture".split()
)
"""What somebody writes."""

_NAMING = [[",", "whose", "name", "is"], [",", "whose", "name", "was"]]
"""What stands between a role and the name that it is given."""


def named_beside(stretch: Stretch, phrase: Phrase) -> Phrase:
    """Return the name beside a role: “the governor, Ray Kowalczyk”; whom a spokesman speaks for; whose a letter is."""
    tokens = stretch.tokens
    if phrase.sort not in {Sort.ROLE, Sort.BODY, Sort.THING} or phrase.last + 2 >= len(tokens):
        return phrase
    at = (
        behind_body(stretch, phrase)
        if phrase.sort is Sort.ROLE and phrase.noun not in words("spokes_nouns")
        else phrase.last + 1
    )
    if at + 1 >= len(tokens):
        return phrase
    if tokens[at].low in {"himself", "herself", "itself"} and at + 2 < len(tokens):
        at += 1
    after, beside = tokens[at], stretch.by_first.get(at + 1)
    if phrase.noun in WRITINGS:
        return author_of(stretch, phrase) or phrase
    given = _given(stretch, at) if phrase.sort is Sort.ROLE else None
    if given is not None:
        return given
    if phrase.sort is Sort.ROLE and after.low == "who":
        return _behind_relative(stretch, at) or phrase
    if beside is None and phrase.sort is Sort.ROLE and after.text == ",":
        return _at_the_close(stretch, at + 1) or phrase
    if beside is None:
        return phrase
    if phrase.noun in words("spokes_nouns") and after.low in {"for", "of", "from", "at"}:
        return beside if beside.sort in {Sort.GROUP, Sort.BODY, Sort.NAME, Sort.PLACE} else phrase
    return _in_apposition(stretch, phrase, beside) if after.text in {",", "–", "—"} else phrase


def _given(stretch: Stretch, at: int) -> Phrase | None:
    """Return the name that a role is given behind it: “a man called Kos”, “the man, whose name is Kos”."""
    words_ = [token.low for token in stretch.tokens[at : at + 4]]
    place = at + 1 if words_[0] in {"named", "called"} else at + 4 if words_ in _NAMING else -1
    name = stretch.by_first.get(place)
    return name if name is not None and name.name else None


def _in_apposition(stretch: Stretch, phrase: Phrase, beside: Phrase) -> Phrase:
    """Return the name that an aside behind a role gives it: “the governor, Ray Kowalczyk”, “his rival, a man called Kos”."""
    if beside.sort is Sort.ROLE:
        called = _called(stretch, beside)
        if called is not None:
            return called
    behind = _at_the_close(stretch, beside.first) if phrase.sort is Sort.ROLE and not beside.name else None
    if behind is not None:
        return behind
    named = (
        beside.name
        and (
            beside.sort in {Sort.PERSON, Sort.NAME}
            or (beside.sort is Sort.GROUP and (phrase.sort is Sort.BODY or phrase.noun in FIRMS))
        )
        and (phrase.sort is Sort.ROLE or beside.sort in {Sort.PERSON, Sort.GROUP})
    )
    return beside if named and _closes_aside(stretch, beside) else phrase


def _called(stretch: Stretch, role: Phrase) -> Phrase | None:
    """Return the name that a role is given near by: “a tall man in a wax jacket called Rupert Lane”."""
    for place in range(role.last + 1, min(len(stretch.tokens) - 1, role.last + 8)):
        token = stretch.tokens[place]
        if token.low in {"named", "called"}:
            name = stretch.by_first.get(place + 1)
            return name if name is not None and name.name else None
        if token.text == "," or token.kind in {Kind.STOP, Kind.QUOTE}:
            return None
    return None


def behind_body(stretch: Stretch, phrase: Phrase) -> int:
    """Return the token behind what a role is of: “the head of the National Archive”."""
    at = phrase.last + 1
    while (
        at + 1 < len(stretch.tokens)
        and stretch.tokens[at].low in {"of", "at", "for", "in", "to"}
        and at + 1 in stretch.by_first
    ):
        at = stretch.by_first[at + 1].last + 1
    if at + 1 < len(stretch.tokens) and stretch.tokens[at].low in {"of", "for", "and", "in", "at"}:
        at = _behind_field(stretch, at)
    if (
        at + 1 < len(stretch.tokens)
        and stretch.tokens[at].low == "of"
        and stretch.tokens[at + 1].low in {"them", "us", "those"}
    ):
        at += 2
    return at + (at + 1 < len(stretch.tokens) and stretch.tokens[at].low in {"there", "here"})


def _behind_field(stretch: Stretch, at: int) -> int:
    """Return the comma behind a field in small words: “the minister for social security, Ada Marsh”, else `at`."""
    for place in range(at + 1, min(len(stretch.tokens), at + 5)):
        token = stretch.tokens[place]
        if token.text == "," and place > at + 1:
            return place
        if token.kind is not Kind.WORD:
            return at
    return at


def _behind_relative(stretch: Stretch, who: int) -> Phrase | None:
    """Find the full name behind a short relative clause: “the man who did it, the former leader Ray Cole”."""
    for place in range(who + 2, min(len(stretch.tokens) - 1, who + 8)):
        if stretch.tokens[place].text == ",":
            name = stretch.by_first.get(place + 1)
            full = name is not None and name.sort is Sort.PERSON and len(name.name) > 1 and not name.owner
            return name if full and name is not None and _closes_aside(stretch, name) else None
        if stretch.tokens[place].kind is Kind.STOP:
            return None
    return None


def _at_the_close(stretch: Stretch, at: int) -> Phrase | None:
    """Find the full name that ends an aside: “his rival, the brilliant and unbearable Leonora Kos, said”."""
    for place in range(at, min(len(stretch.tokens), at + 10)):
        token = stretch.tokens[place]
        if token.text == ",":
            name = stretch.by_last.get(place - 1)
            full = name is not None and name.sort is Sort.PERSON and len(name.name) > 1 and not name.owner
            return name if full else None
        if token.low in {"who", "which", "whose", "of", "for"}:
            return None
    return None


def author_of(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """Find whose a writing is: “a report by the Institute”, “a letter signed by Polly Neate”, “a statement from X”."""
    for at in range(phrase.last + 1, min(len(stretch.tokens) - 1, phrase.last + 4)):
        if stretch.tokens[at].low in {"by", "from"}:
            author = _behind_home(stretch, stretch.by_first.get(at + 1))
            author = (
                named_beside(stretch, author) if author is not None and author.sort is Sort.ROLE else author
            )
            return author if author is not None and author.name else None
    return None


def _behind_home(stretch: Stretch, phrase: Phrase | None) -> Phrase | None:
    """Step from where somebody is from to their name: “a letter from Hollis native Col. Anna Reuter”."""
    if phrase is None or phrase.sort not in {Sort.NAME, Sort.PLACE}:
        return phrase
    for at in range(phrase.last + 1, min(len(stretch.tokens), phrase.last + 4)):
        ahead = stretch.by_first.get(at)
        if ahead is not None:
            return ahead if ahead.sort is Sort.PERSON else phrase
        if stretch.tokens[at].kind is not Kind.WORD:
            break
    return phrase


def _closes_aside(stretch: Stretch, phrase: Phrase) -> bool:
    after = phrase.last + 1
    return after >= len(stretch.tokens) or stretch.tokens[after].text in {",", ".", "–", "—", ")", "("}
