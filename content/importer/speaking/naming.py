"""Tell what a run of nouns and names is, and part it into name, office and owner."""

from collections.abc import Sequence

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
NOBODIES = frozenset(
    "one another some others many both most several everyone somebody someone nobody everybody neither few".split()
)


def classify(tokens: Sequence[Token], first: int, end: int) -> Phrase:
    """Read tokens `first` to `end` (excluded), a run of nouns and names, as a phrase."""
    run = tokens[first:end]
    text = _written(run)
    owner: tuple[str, ...] = ()
    body = list(run)
    for place, token in enumerate(run):
        if token.owns and place + 1 < len(run):
            owner = _owner(run[: place + 1])
            body = list(run[place + 1 :])
    definite = run[0].low not in lexicon.INDEFINITE
    if body[0].low in {"his", "her", "my", "our", "their", "its", "your"}:
        owner = (body[0].low,)
    while body and body[0].low in lexicon.DETERMINERS and len(body) > 1:
        body = body[1:]
    last = body[-1]
    if len(body) == 1 and lexicon.names_nobody(last.low) and last.kind is Kind.NAME:
        return Phrase(
            Sort.ROLE if last.low in {"one", "another"} else Sort.THING,
            first,
            end - 1,
            text,
            noun=last.low,
            definite=False,
        )
    sort, role, noun = Sort.THING, text, last.low
    name: tuple[str, ...] = ()
    titled, gender = False, ""
    if last.kind is Kind.NAME and len(body) == 1 and lexicon.is_group_noun(last.low):
        sort = Sort.PEOPLE
    elif last.kind is Kind.NAME:
        name, office, gender = _name_and_office(body)
        titled = bool(office)
        role = _written(body[: len(body) - len(name)]) if name else text
        while len(name) > 2 and name[-1].lower() in _POSTNOMINALS:
            name = name[:-1]
        the = run[0].low == "the" and not owner
        sort = _sort_of_name(name, titled=titled, the=the, known=bool(gender)) if name else Sort.ROLE
        noun = body[-1].low if not name else office
    elif lexicon.is_group_noun(last.low):
        sort = Sort.PEOPLE
    elif lexicon.is_person_noun(last.low):
        sort, gender = Sort.ROLE, lexicon.gender_of_noun(last.low)
    elif lexicon.is_organisation_noun(last.low):
        sort = Sort.BODY
    elif last.low in NOBODIES or last.low in {"third", "fourth", "fifth", "sixth", "second"}:
        sort = Sort.ROLE
    if sort is Sort.THING and (_is_relative(tokens, end) or last.low.endswith("-year-old")):
        sort = Sort.ROLE
    if (
        run[0].low in {"a", "an", "another"}
        and len(name) == 1
        and not gender
        and not owner
        and not lexicon.is_organisation_noun(last.low)
    ):
        sort, name, role, noun = Sort.ROLE, (), text, last.low
    if (
        sort is Sort.ROLE
        and last.low in _PAPERS
        and run[0].low == "the"
        and all(token.kind is Kind.NAME for token in run[1:])
    ):
        sort, name = Sort.GROUP, tuple(token.text for token in run[1:])
    if sort is Sort.ROLE and run[0].low in {"every", "no", "each", "any"}:
        sort = Sort.PEOPLE
    if sort is Sort.ROLE and noun in words("spokes_nouns") and not owner:
        owner = _body_before(body[:-1])
    return Phrase(sort, first, end - 1, text, name, role, noun, owner, gender, definite, titled)


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
        or body[begin - 1].text in "&/"
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
    if any(lexicon.is_organisation_noun(low) for low in lows) or any(
        part.isupper() and len(part) > 1 and "." not in part for part in name
    ):
        return Sort.PERSON if titled and not lexicon.is_organisation_noun(lows[-1]) else Sort.GROUP
    if titled:
        return Sort.PERSON
    if len(name) > 1 and lexicon.is_first_name(name[0]) and not the:
        return Sort.PERSON
    if lexicon.is_place(lows[-1]):
        return Sort.PLACE
    if len(name) == 1 and lexicon.is_first_name(name[0]) and not the:
        return Sort.PERSON
    return Sort.GROUP if the else Sort.NAME
