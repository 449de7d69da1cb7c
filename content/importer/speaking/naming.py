"""Tell what a run of nouns and names is, and part it into name, office and owner."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.words import words

_TITLE_GENDER = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "pope": "m", "fr": "m", "baron": "m", "earl": "m", "duke": "m",
    "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f", "baroness": "f", "duchess": "f",
    "countess": "f",
}  # fmt: skip
_POSTNOMINALS = frozenset("kc qc sc mp msp td cbe obe mbe dbe jr sr ii iii iv phd md frs mep esq".split())
_PAPERS = frozenset(
    "guardian observer economist spectator independent mirror sun express star critic courier examiner inquirer advertiser citizen monitor scotsman reporter pioneer".split()
)
_WRITTEN = frozenset(
    "page notice sign banner placard website letter report statement survey poll document study paper review manifesto memo".split()
)
"""Nouns of org_nouns.txt that are no name with a capital alone."""
_PLACED = frozenset("lake mount mt loch lough cape fort port river camp".split())
"""First words of the names of places."""
NOBODIES = frozenset(
    "one another some others many both most several everyone somebody someone nobody everybody neither few".split()
)
_COUNTED = NOBODIES | {"second", "third", "fourth", "fifth", "sixth"}


def classify(tokens: Sequence[Token], first: int, end: int) -> Phrase:
    """Read tokens `first` to `end` (excluded), a run of nouns and names, as a phrase."""
    run = tokens[first:end]
    owner, body = _parted(run)
    last = body[-1]
    text = _written(run)
    if len(body) == 1 and lexicon.names_nobody(last.low) and last.kind is Kind.NAME:
        sort = Sort.ROLE if last.low in {"one", "another"} else Sort.THING
        return Phrase(sort, first, end - 1, text, noun=last.low, definite=False)
    phrase = Phrase(
        _sort_of_noun(last.low),
        first,
        end - 1,
        text,
        role=text,
        noun=last.low,
        owner=owner,
        definite=run[0].low not in lexicon.INDEFINITE,
    )
    people = len(body) == 1 and lexicon.is_group_noun(last.low) and not lexicon.is_organisation_noun(last.low)
    if last.kind is Kind.NAME and not people and not (len(body) == 1 and last.low in _WRITTEN):
        phrase = _with_name(phrase, run, body)
    elif phrase.sort is Sort.ROLE:
        phrase = replace(phrase, gender=lexicon.gender_of_noun(last.low))
    if phrase.sort is Sort.BODY and body[0].kind is Kind.NAME and not owner and phrase.definite:
        phrase = replace(phrase, sort=Sort.GROUP, name=tuple(token.text for token in body))
    relative = _is_relative(tokens, end) and last.low not in lexicon.DETERMINERS
    if phrase.sort is Sort.THING and (relative or last.low.endswith("-year-old")):
        phrase = replace(phrase, sort=Sort.ROLE)
    return _read_again(phrase, run, body)


def _parted(run: Sequence[Token]) -> tuple[tuple[str, ...], list[Token]]:
    """Part a run into its owner and the rest, without the determiners before a noun."""
    owner: tuple[str, ...] = ()
    body = list(run)
    for place, token in enumerate(run):
        if token.owns and place + 1 < len(run):
            owner = _owner(run[: place + 1])
            body = list(run[place + 1 :])
    if body[0].low in {"his", "her", "my", "our", "their", "its", "your"}:
        owner = (body[0].low,)
    while body and body[0].low in lexicon.DETERMINERS and len(body) > 1:
        body = body[1:]
    return owner, body


def _sort_of_noun(noun: str) -> Sort:
    """Return what a phrase is whose last word is not a name."""
    if lexicon.is_group_noun(noun):
        return Sort.PEOPLE
    if lexicon.is_person_noun(noun):
        return Sort.ROLE
    if lexicon.is_organisation_noun(noun):
        return Sort.BODY
    return Sort.ROLE if noun in _COUNTED else Sort.THING


def _with_name(phrase: Phrase, run: Sequence[Token], body: Sequence[Token]) -> Phrase:
    """Read a phrase whose last word is a capital one: its name, and the office before it."""
    name, office, gender = _name_and_office(body)
    bare = _behind_party(name)
    office, name = (office or "role", bare) if bare != name else (office, name)
    role = _written(body[: len(body) - len(name)]) if name else phrase.text
    while len(name) > 2 and name[-1].lower() in _POSTNOMINALS:
        name = name[:-1]
    the = run[0].low == "the" and not phrase.owner
    sort = _sort_of_name(name, titled=bool(office), the=the, known=bool(gender)) if name else Sort.ROLE
    noun = office if name else body[-1].low
    return replace(phrase, sort=sort, name=name, role=role, noun=noun, gender=gender, titled=bool(office))


def _behind_party(name: tuple[str, ...]) -> tuple[str, ...]:
    """Drop a party or a trade before a first name: Graham Sproat of “the Tory Graham Sproat”."""
    for place in range(1, len(name) - 1):
        low = name[place - 1].lower()
        described = lexicon.is_role(low) or lexicon.is_title(low) or lexicon.is_person_noun(low)
        if not described or lexicon.is_first_name(name[place - 1]):
            return name
        if lexicon.is_first_name(name[place]):
            return name[place:]
    return name


def _read_again(phrase: Phrase, run: Sequence[Token], body: Sequence[Token]) -> Phrase:
    """Read what a determiner makes of a phrase: “a Kafka”, “the Guardian”, “no minister”, “the firm's spokesman”."""
    opening, last = run[0].low, body[-1].low
    alone = len(phrase.name) == 1 and not phrase.gender and not phrase.owner
    if opening in {"a", "an", "another"} and alone and not lexicon.is_organisation_noun(last):
        phrase = replace(phrase, sort=Sort.ROLE, name=(), role=phrase.text, noun=last)
    if phrase.sort is not Sort.ROLE:
        return phrase
    if last in _PAPERS and opening == "the" and all(token.kind is Kind.NAME for token in run[1:]):
        return replace(phrase, sort=Sort.GROUP, name=tuple(token.text for token in run[1:]))
    if opening in {"every", "no", "each", "any"}:
        return replace(phrase, sort=Sort.PEOPLE)
    if phrase.noun in words("spokes_nouns") and not phrase.owner:
        return replace(phrase, owner=_body_before(body[:-1]))
    return phrase


def _owner(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return who stands before ’s, without an office: Dana Whitlow of “Speaker Dana Whitlow’s”."""
    bare = [token for token in tokens if token.low not in {"the", "a", "an"}]
    name = _name_and_office(bare)[0] if bare and bare[-1].kind is Kind.NAME else ()
    return name or tuple(token.text for token in bare)


def _body_before(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return whose spokesman it is: from the first capital to the last, else the word right before."""
    capitals = [place for place, token in enumerate(tokens) if token.kind is Kind.NAME]
    if capitals:
        return tuple(token.text for token in tokens[capitals[0] : capitals[-1] + 1])
    return tuple(token.low for token in tokens[-1:])


def _written(tokens: Sequence[Token]) -> str:
    return " ".join(token.text + ("’s" if token.owns else "") for token in tokens)


def _is_relative(tokens: Sequence[Token], at: int) -> bool:
    """Whether “who” or “whose” goes on about what stands before, which then is a person."""
    if at < len(tokens) and tokens[at].text == ",":
        at += 1
    return at < len(tokens) and tokens[at].low in {"who", "whose"}


def _name_and_office(body: Sequence[Token]) -> tuple[tuple[str, ...], str, str]:
    """Part a run that ends with a capital into its name, the last word of the office before it, and the gender a title tells."""
    begin = len(body)
    while begin > 0 and (
        body[begin - 1].kind is Kind.NAME
        or body[begin - 1].low in words("particles")
        or body[begin - 1].text in "&/,"
        or body[begin - 1].low in {"of", "for", "and", "the"}
    ):
        begin -= 1
    while (
        begin < len(body)
        and body[begin].kind is not Kind.NAME
        and body[begin].low not in {"al", "de", "van", "von", "bin"}
    ):
        begin += 1
    office = (
        body[begin - 1].low
        if begin and lexicon.is_title(body[begin - 1].low)
        else "role"
        if begin and lexicon.is_role(body[begin - 1].low)
        else ""
    )
    gender = ""
    parts = list(body[begin:])
    joined = any(token.low in {"of", "for"} for token in parts)
    for place, token in enumerate(parts):
        low = token.low.rstrip(".")
        gender = _TITLE_GENDER.get(low, gender) if place < len(parts) - 1 else gender
        if lexicon.is_title(low) and not (
            place and lexicon.is_first_name(parts[0].low) and place == len(parts) - 1
        ):
            office, begin = low, begin + 0
            cut = place + 1
            if (
                cut >= len(parts)
                and joined
                and any(lexicon.is_organisation_noun(part.low) for part in parts[:place])
            ):
                return tuple(part.text for part in parts), "", gender
            if joined and cut < len(parts) and parts[cut].low in {"of", "for"}:
                return _behind_department(parts[cut:]), low, gender
            if cut >= len(parts) and len(body) == 1 and lexicon.is_first_name(low):
                return (token.text,), "", gender
            if cut >= len(parts):
                return (), low, gender
            return (*_nested(parts[cut:], gender),)
    return tuple(token.text for token in parts), office, gender


def _behind_department(parts: Sequence[Token]) -> tuple[str, ...]:
    """Find the name in “(Secretary) of State Antony Blinken”: from a first name on, or the last two words of many."""
    for place, token in enumerate(parts):
        if place and lexicon.is_first_name(token.low) and place + 1 < len(parts):
            return tuple(part.text for part in parts[place:])
    names = [part for part in parts if part.kind is Kind.NAME]
    return tuple(part.text for part in names[-2:]) if len(names) > 2 else ()


def _nested(parts: Sequence[Token], gender: str) -> tuple[tuple[str, ...], str, str]:
    """Read on behind a title, which another title may follow (Prime Minister Sir John Major)."""
    name, office, more = _name_and_office(parts)
    return name, office or "title", more or gender


def _sort_of_name(name: tuple[str, ...], *, titled: bool, the: bool, known: bool) -> Sort:
    lows = [part.lower().rstrip(".") for part in name]
    if known:
        return Sort.PERSON
    if any(lexicon.is_organisation_noun(low) and then in {"of", "for"} for low, then in pairwise(lows)):
        return Sort.GROUP
    if len(name) > 1 and all(part.isupper() for part in name) and lexicon.is_first_name(name[0]):
        return Sort.PERSON
    if any(lexicon.is_organisation_noun(low) for low in lows) or any(
        part.isupper() and len(part) > 1 and "." not in part for part in name
    ):
        return Sort.PERSON if titled and not lexicon.is_organisation_noun(lows[-1]) else Sort.GROUP
    if titled:
        return Sort.PERSON
    if len(name) > 1 and lexicon.is_first_name(name[0]) and not the:
        return Sort.PERSON
    if lexicon.is_place(lows[-1]) or (len(lows) > 1 and lows[0] in _PLACED):
        return Sort.PLACE
    if len(name) == 1 and lexicon.is_first_name(name[0]) and not the:
        return Sort.PERSON
    return Sort.GROUP if the else Sort.NAME
