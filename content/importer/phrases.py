"""Find the phrases of a sentence that can be somebody: names, roles, pronouns, organisations."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.words import words

_PRONOUNS = frozenset("he she they it i we you who".split())
_NOBODIES = frozenset(
    "one another some others many both most several everyone somebody someone nobody everybody neither few".split()
)
_TITLE_GENDER = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "pope": "m", "fr": "m", "baron": "m", "earl": "m", "duke": "m",
    "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f", "baroness": "f", "duchess": "f",
    "countess": "f",
}  # fmt: skip
_POSTNOMINALS = frozenset("kc qc sc mp msp td cbe obe mbe dbe jr sr ii iii iv phd md frs mep esq".split())
_HEADS = frozenset(
    "bank secretary minister prince president leader chancellor governor mayor bishop archbishop speaker director head".split()
)
_PAPERS = frozenset(
    "guardian observer economist spectator independent mirror sun express star critic".split()
)
_LONGEST = 14


class Sort(Enum):
    """What a phrase stands for."""

    PERSON = "person"
    GROUP = "group"  # an organisation by its name
    NAME = "name"  # a name of something or somebody
    PLACE = "place"
    ROLE = "role"  # one person without a name
    PEOPLE = "people"
    BODY = "body"  # an organisation without a name: "the charity"
    PRONOUN = "pronoun"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `last` of a sentence: the `name` in it, the `role` around or instead of it, the `noun` it turns on.

    `owner` is what stands before 's or a possessive pronoun; `title_gender` is m or f from Mr, Mrs and the like.
    """

    sort: Sort
    first: int
    last: int
    text: str
    name: tuple[str, ...] = ()
    role: str = ""
    noun: str = ""
    owner: tuple[str, ...] = ()
    gender: str = ""
    definite: bool = True
    titled: bool = False


def capitals(tokens: Iterable[Token]) -> set[str]:
    """Return the words that have a capital within a sentence, not only where one begins: names, mostly."""
    found = set()
    inside, before = False, ""
    for token in tokens:
        if inside and token.kind is Kind.NAME:
            found.add(token.low)
            if before:
                found.add(before)
        before = token.low if token.kind is Kind.NAME else ""
        inside = token.kind in {Kind.WORD, Kind.NAME, Kind.NUMBER} or token.text == ","
    return found


def phrases(tokens: Sequence[Token], known: Collection[str] = ()) -> list[Phrase]:
    """Return the phrases of a paragraph from left to right, none overlapping; `known` are the page's capitals."""
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        phrase = _phrase_at(tokens, at)
        if phrase is None or _merely_begins(tokens, phrase, known):
            at += 1
        else:
            found.append(phrase)
            at = phrase.last + 1
    return found


def _merely_begins(tokens: Sequence[Token], phrase: Phrase, known: Collection[str]) -> bool:
    """Whether a single word has its capital only from beginning a sentence."""
    if phrase.first != phrase.last or len(phrase.name) != 1 or not known:
        return False
    before = tokens[phrase.first - 1] if phrase.first else None
    begins = (
        before is None or before.kind in {Kind.STOP, Kind.QUOTE} or before.text in {"(", ":", "–", "—", "•"}
    )
    word = tokens[phrase.first].low
    after = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    if after is not None and lexicon.plainly_says(after.low):
        return False
    return (
        begins
        and word not in known
        and not lexicon.is_first_name(word)
        and phrase.sort not in {Sort.GROUP, Sort.PLACE}
    )


def _phrase_at(tokens: Sequence[Token], at: int) -> Phrase | None:
    token = tokens[at]
    if token.kind in {Kind.QUOTE, Kind.SIGN, Kind.STOP}:
        return None
    if token.low in _PRONOUNS and not token.owns:
        gender = "m" if token.low == "he" else "f" if token.low == "she" else ""
        return Phrase(Sort.PRONOUN, at, at, token.text, noun=token.low, gender=gender)
    if (
        token.low in {"that", "this", "these", "those"}
        and at + 1 < len(tokens)
        and tokens[at + 1].kind is Kind.NAME
    ):
        return None
    starts = (
        token.low in lexicon.DETERMINERS
        or token.low == "former"
        or (token.kind is Kind.NAME and not lexicon.names_nobody(token.low))
        or (lexicon.is_role(token.low) and _name_follows(tokens, at))
        or lexicon.is_group_noun(token.low)
        or token.kind is Kind.NUMBER
    )
    apposed = not starts and at > 0 and tokens[at - 1].text == "," and lexicon.is_role(token.low)
    end = _run_end(tokens, at) if starts or apposed else at
    if end > at:
        phrase = _classify(tokens, at, end)
        return None if apposed and phrase.sort is not Sort.ROLE else phrase
    if token.low in _NOBODIES:
        return Phrase(
            Sort.ROLE if token.low in {"one", "another"} else Sort.PEOPLE,
            at,
            at,
            token.text,
            noun=token.low,
            definite=False,
        )
    return None


def _name_follows(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at + 1 : at + 7]:
        if token.kind is Kind.NAME:
            return not lexicon.names_nobody(token.low)
        if token.kind is not Kind.WORD or not (lexicon.is_role(token.low) or token.owns):
            return False
    return False


def _run_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the run of nouns and names that begins here ends, the end excluded."""
    determined = tokens[at].low in lexicon.DETERMINERS
    end = at
    while end < min(len(tokens), at + _LONGEST):
        token = tokens[end]
        step = _step(tokens, at, end, determined=determined)
        if not step:
            break
        end += step
        if token.owns:
            determined = True
    while end > at and (tokens[end - 1].low in words("particles") and tokens[end - 1].kind is Kind.WORD):
        end -= 1
    return end


def _step(tokens: Sequence[Token], at: int, end: int, *, determined: bool) -> int:
    token = tokens[end]
    before = tokens[end - 1] if end > at else None
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    if end == at and token.low in lexicon.DETERMINERS:
        return 1
    if token.kind is Kind.NAME:
        if lexicon.names_nobody(token.low) and not (
            before and before.kind is Kind.NAME and token.low in {"may", "march"}
        ):
            return 0
        ended = before is not None and before.kind is Kind.WORD and lexicon.is_group_noun(before.low)
        return 0 if ended else 1
    if token.kind is Kind.NUMBER:
        return 1 if before is None or before.low in lexicon.DETERMINERS else 0
    if token.kind is Kind.SIGN:
        joined = token.text in {"&", "/"} and before is not None and before.kind is Kind.NAME
        return 1 if joined and following is not None and following.kind is Kind.NAME else 0
    if token.kind is not Kind.WORD:
        return 0
    if before is not None and before.low in words("particles") and token.low in words("particles"):
        return _step_after_name(tokens, at, end)
    if (
        before is not None
        and before.kind is Kind.NAME
        and not before.owns
        and before.low not in lexicon.DETERMINERS
    ):
        return _step_after_name(tokens, at, end)
    if (
        lexicon.names_nobody(token.low)
        or lexicon.plainly_says(token.low)
        or token.low in lexicon.PREPOSITIONS
    ):
        return (
            1
            if token.low
            in {
                "first",
                "second",
                "third",
                "fourth",
                "own",
                "next",
                "last",
                "few",
                "more",
                "same",
                "other",
                "former",
                "two",
                "three",
            }
            else 0
        )
    if token.low.endswith("ly") and len(token.low) > 5 and token.low not in {"family", "elderly"}:
        return 0
    if (
        before is not None
        and _is_noun(before.low)
        and before.low not in lexicon.DETERMINERS
        and not before.owns
    ):
        return 1 if _is_noun(token.low) or lexicon.is_role(token.low) else 0
    if end - at > 1 and lexicon.says(token.low) and token.low.endswith(("s", "ed")):
        return 0
    return (
        1
        if determined
        or lexicon.is_role(token.low)
        or _is_noun(token.low)
        or (end == at and token.kind is Kind.WORD)
        else 0
    )


def _step_after_name(tokens: Sequence[Token], at: int, end: int) -> int:
    """Go on behind a capital word: a particle, the rest of a body's name, or the noun that it describes."""
    token = tokens[end]
    rest = tokens[end + 1 : end + 4]
    if not rest:
        return 1 if _is_noun(token.low) else 0
    if token.low in words("particles"):
        ahead = next((other for other in rest if other.low not in words("particles")), None)
        return 1 if ahead is not None and ahead.kind is Kind.NAME else 0
    if token.low in {"of", "for", "and"} and _body_so_far(tokens[at:end]):
        if (
            rest[0].kind is Kind.NAME
            and not lexicon.names_nobody(rest[0].low)
            and (token.low != "and" or _body_tail(tokens, end))
        ):
            return 1
        if token.low != "and" and rest[0].low == "the" and len(rest) > 1 and rest[1].kind is Kind.NAME:
            return 2
    if lexicon.plainly_says(token.low):
        return 0
    return 1 if _is_noun(token.low) or (lexicon.is_role(token.low) and not lexicon.says(token.low)) else 0


def _body_so_far(tokens: Sequence[Token]) -> bool:
    return any(
        token.kind is Kind.NAME and (lexicon.is_organisation_noun(token.low) or token.low in _HEADS)
        for token in tokens
    )


def _body_tail(tokens: Sequence[Token], end: int) -> bool:
    """Whether "and" stands inside a body's name, as in the Ministry of Housing and Planning."""
    return end >= 2 and any(token.low in {"of", "for"} for token in tokens[max(0, end - 4) : end])


def _is_noun(word: str) -> bool:
    return lexicon.is_person_noun(word) or lexicon.is_group_noun(word) or lexicon.is_organisation_noun(word)


def _classify(tokens: Sequence[Token], first: int, end: int) -> Phrase:
    run = tokens[first:end]
    text = " ".join(token.text + ("’s" if token.owns else "") for token in run)
    owner: tuple[str, ...] = ()
    body = list(run)
    for place, token in enumerate(run):
        if token.owns and place + 1 < len(run):
            owner = tuple(part.text for part in run[: place + 1] if part.low not in {"the", "a", "an"})
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
    if last.kind is Kind.NAME:
        name, office, gender = _name_and_office(body)
        titled = bool(office)
        role = " ".join(token.text for token in body[: len(body) - len(name)]) if name else text
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
    elif last.low in _NOBODIES or last.low in {"third", "fourth", "fifth", "sixth", "second"}:
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
    if sort is Sort.ROLE and last.low in _PAPERS and run[0].low == "the" and len(run) == 2:
        sort, name = Sort.GROUP, (last.text,)
    if sort is Sort.ROLE and run[0].low in {"every", "no", "each", "any"}:
        sort = Sort.PEOPLE
    if sort is Sort.ROLE and noun in words("spokes_nouns") and not owner:
        owner = tuple(token.text for token in body[:-1] if token.kind is Kind.NAME) or tuple(
            token.low for token in body[:-1][-1:]
        )
    return Phrase(sort, first, end - 1, text, name, role, noun, owner, gender, definite, titled)


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
