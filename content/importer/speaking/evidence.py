"""Read from the words around a name whether it is a person’s, of which gender, and in what role."""

from collections import Counter
from collections.abc import Iterator

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch

_GENDERS = {
    **dict.fromkeys(("he", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
PLACING = frozenset("in at near into across outside around throughout".split())
"""Prepositions before places, hardly before people."""
_PEOPLES = ("ians", "icans", "eans", "ists", "ites")
"""Endings of capital words for many: Asians, Marxists."""
_SOON = 3


def is_full_name(stretch: Stretch, phrase: Phrase, singles: Counter[str]) -> bool:
    """Whether a phrase with a name of two words or more is a person's full name."""
    if len(phrase.name) < 2:
        return _is_introduced(stretch, phrase)
    before = stretch.tokens[phrase.first - 1].low if phrase.first else ""
    if phrase.sort is Sort.PERSON:
        return before not in PLACING or phrase.titled or bool(phrase.gender)
    if phrase.sort is not Sort.NAME or len(phrase.name) > 4:
        return False
    if not may_be_person(phrase.name):
        return False
    after = stretch.tokens[phrase.last + 1 : phrase.last + 4]
    if before in PLACING:
        return False
    if singles[phrase.name[-1]] or singles[phrase.name[0]]:
        return True
    if before not in lexicon.PREPOSITIONS and next(genders(stretch, phrase, within=True), ""):
        return True
    if not after:
        return False
    if after[0].text == "," and len(after) > 1:
        role = stretch.by_first.get(phrase.last + 2)
        return (
            after[1].low in {"who", "whose"}
            or after[1].kind is Kind.NUMBER
            or (role is not None and role.sort is Sort.ROLE)
        )
    return lexicon.plainly_says(after[0].low) or after[0].low == "who"


def may_be_person(name: tuple[str, ...]) -> bool:
    """Whether a name's last word can be a surname: not Plan B, nor Ugandan Asians."""
    return len(name[-1]) > 1 and not name[-1].lower().endswith(_PEOPLES)


def is_of_body(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a name is an organisation's by what follows it: “Harbour Homecare, which …”."""
    if phrase.sort is not Sort.NAME or len(phrase.name) < 2 or phrase.owner:
        return False
    after = [token.low for token in stretch.tokens[phrase.last + 1 : phrase.last + 3]]
    return after == [",", "which"]


def is_subject(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a verb seems to follow a name: “Trotsky searched his pockets”."""
    at = phrase.last + 1
    if at >= len(stretch.tokens) or stretch.tokens[phrase.last].owns:
        return False
    before = stretch.tokens[phrase.first - 1].low if phrase.first else ""
    after = stretch.tokens[at]
    verb = after.kind is Kind.WORD and after.low not in lexicon.PREPOSITIONS and at not in stretch.by_first
    return verb and before not in lexicon.PREPOSITIONS and after.low not in {"and", "or", "who", "which"}


def body_inside(stretch: Stretch, phrase: Phrase) -> tuple[str, ...]:
    """Return the body named inside a role: the Department of Health of “a Department of Health source”."""
    run = stretch.tokens[phrase.first : phrase.last]
    inside = [token for token in run if token.kind is Kind.NAME or token.low in {"of", "for", "and"}]
    names = [token for token in inside if token.kind is Kind.NAME]
    named = len(names) > 1 and any(lexicon.is_organisation_noun(token.low) for token in names)
    if (
        not named
        or any(token.owns for token in run)
        or inside[0] is not names[0]
        or inside[-1] is not names[-1]
    ):
        return ()
    return tuple(token.text for token in inside)


def _is_introduced(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether one name alone brings a person up: “a man called Moses”, “her name is Ines”, “Yusuf, who …”."""
    if phrase.sort not in {Sort.NAME, Sort.PERSON} or phrase.owner or phrase.titled or not phrase.name:
        return False
    tokens = stretch.tokens
    before = [token.low for token in tokens[max(0, phrase.first - 2) : phrase.first]]
    after = [token.low for token in tokens[phrase.last + 1 : phrase.last + 3]]
    introduced = (before[-1:] in (["called"], ["named"]) and _names_somebody(stretch, phrase)) or before in (
        ["name", "is"],
        ["name", "was"],
        ["name", "as"],
    )
    return introduced or after[:2] == [",", "who"]


def _names_somebody(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether what is “called” a name is a person, or the name a known first name: not “a record called Hedge”."""
    at = phrase.first - 2
    bearer = stretch.by_last.get(at) or stretch.by_last.get(at - 1)
    if lexicon.is_first_name(phrase.name[0]):
        return True
    return bearer is not None and bearer.sort in {Sort.ROLE, Sort.PRONOUN}


def _behind_aside(stretch: Stretch, at: int) -> int:
    """Return the token behind an aside between commas that begins at `at`, or `at` itself."""
    tokens = stretch.tokens
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    ends = (place + 1 for place in range(at + 1, min(len(tokens), at + 20)) if tokens[place].text == ",")
    return next(ends, at)


def owns_by_full_name(owner: tuple[str, ...], singles: Counter[str]) -> bool:
    """Whether what stands before 's is a person's full name."""
    if len(owner) != 2 or not all(part[0].isupper() for part in owner):  # a first name and a surname
        return False
    if any(lexicon.is_organisation_noun(part.lower()) or lexicon.is_place(part.lower()) for part in owner):
        return False
    return lexicon.is_first_name(owner[0]) or bool(singles[owner[1]])


def appositions(stretch: Stretch, phrase: Phrase) -> Iterator[Phrase]:
    """Yield the roles that stand beside a name: before it, behind it, or after “is”."""
    tokens = stretch.tokens
    if phrase.last + 2 < len(tokens) and tokens[phrase.last + 1].text in {",", "(", "–", "—"}:
        at = phrase.last + 2
        if tokens[at].kind is Kind.NUMBER and at + 2 < len(tokens):
            at += 2
        role = stretch.by_first.get(at)
        if role is not None and role.sort is Sort.ROLE:
            yield role
    verb = _behind_aside(stretch, phrase.last + 1)
    if verb < len(tokens) and tokens[verb].low in {"is", "was"}:
        role = stretch.by_first.get(verb + 1)
        if role is not None and role.sort is Sort.ROLE:
            yield role
            if role.last + 1 < len(tokens) and tokens[role.last + 1].low == "and":
                other = stretch.by_first.get(role.last + 2)
                if other is not None and other.sort is Sort.ROLE:
                    yield other
    if phrase.first > 1 and tokens[phrase.first - 1].text == ",":
        role = _head_of(stretch, stretch.by_last.get(phrase.first - 2))
        if role is not None and role.sort is Sort.ROLE and role.definite:
            yield role


def _head_of(stretch: Stretch, phrase: Phrase | None) -> Phrase | None:
    """Step from the end of “the Commissioner for Environment” to the role at its head."""
    while (
        phrase is not None
        and phrase.first > 1
        and stretch.tokens[phrase.first - 1].low in {"of", "for", "at", "in"}
    ):
        head = stretch.by_last.get(phrase.first - 2)
        if head is None:
            break
        phrase = head
    return phrase


def court_parts(stretch: Stretch, phrase: Phrase) -> Iterator[str]:
    """Yield what somebody is in a court's report: who gives evidence is a witness, who denies charges the defendant."""
    tokens = stretch.tokens
    before = [token.low for token in tokens[max(0, phrase.first - 3) : phrase.first]]
    after = [token.low for token in tokens[phrase.last + 1 : phrase.last + 12]]
    if before == ["giving", "evidence", ","] or ("gave" in after and "evidence" in after):
        yield "witness"
    if {"denies", "denied", "pleaded"} & set(after) and {
        "count",
        "counts",
        "charge",
        "charges",
        "guilty",
    } & set(after):
        yield "defendant"


def own_gender(stretch: Stretch, phrase: Phrase) -> str:
    """Return what a relative clause says of an unnamed person's gender: “who gave only his first name”."""
    after = [token.low for token in stretch.tokens[phrase.last + 1 : phrase.last + 3]]
    return next(genders(stretch, phrase), "") if "who" in after or "whose" in after else ""


def genders(stretch: Stretch, phrase: Phrase, *, within: bool = False) -> Iterator[str]:
    """Yield what pronouns say of a name: those behind it in its sentence, up to the next name, and one that begins the next, unless `within`."""
    before = ""
    ended = -1
    for place in range(phrase.last + 1, min(len(stretch.tokens), phrase.last + 60)):
        token = stretch.tokens[place]
        gender = _GENDERS.get(token.low, "")
        if ended >= 0:
            if gender and place - ended <= _SOON:
                yield gender
            if gender or token.kind is not Kind.QUOTE:
                return
        elif token.kind is Kind.STOP and within:
            return
        elif token.kind is Kind.STOP:
            ended = place
        elif gender and before not in {"and", "but", ";", "that"}:
            yield gender
        elif (
            token.kind is Kind.NAME
            and not lexicon.names_nobody(token.low)
            and before not in lexicon.PREPOSITIONS
        ):
            return
        before = token.low
