"""Find where a run of nouns and names ends: “the Labour MP Jess Phillips”, “the Bank of England”."""

from collections.abc import Sequence

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.words import words

_HEADS = frozenset(
    "bank secretary minister prince president leader chancellor governor mayor bishop archbishop speaker director head clerk commissioner superintendent"
    " inspector attorney deputy commander controller registrar".split()
)
_WITHIN = frozenset("now first together today tomorrow us up out all yes no".split())
"""Small words that a body's name may end with: Daylight Now."""
_CLAUSE_NOUNS = frozenset(
    "thing things time times day night morning week moment way reason word words".split()
)
"""Nouns that a clause may follow at once: the first thing Ada does."""
_FORCES = frozenset("police council constabulary fire ambulance city county borough district".split())
"""What a body of two places goes on with: Avon and Somerset police."""
_TIMES = frozenset(
    "day week weekend fortnight month year decade night morning evening afternoon occasion time".split()
)
"""Nouns that tell when, behind which a name begins another phrase: the same month Alan Fyfe wrote."""
_COUNTING = frozenset(
    "first second third fourth one two three few more next last back front own same other former then now".split()
)
"""Small words that may stand before the noun of a run: the other two, the back row."""
_LONGEST = 14
_LONGEST_LIST = 7


def run_end(tokens: Sequence[Token], at: int) -> int:
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
    """Return by how many tokens the run that begins at `at` goes on with token `end`, 0 where it ends before it."""
    token = tokens[end]
    before = tokens[end - 1] if end > at else None
    if before is None and token.low in lexicon.DETERMINERS:
        return 1
    if token.kind is Kind.NAME and _begins_subject(tokens, at, end):
        return 0
    if token.kind is Kind.NAME:
        return int(_takes_name(token, before) or _begins_name(tokens, end, before))
    if token.kind is Kind.NUMBER:
        return int(before is None or before.low in lexicon.DETERMINERS)
    if token.kind is Kind.SIGN:
        return int(_joins_names(tokens, end, before) or _lists_names(tokens, at, end))
    if token.kind is not Kind.WORD:
        return 0
    if before is not None and _may_end_name(before, token):
        return _step_after_name(tokens, at, end)
    return int(_takes_word(token, before, early=end - at <= 1, determined=determined))


def _begins_subject(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a first name begins another phrase than the scene before it: “On the stage Kwame Boateng was …”."""
    if end == at or tokens[at].low not in lexicon.DETERMINERS:
        return False
    scene = tokens[end - 1]
    named = lexicon.is_first_name(tokens[end].low) or lexicon.is_title(tokens[end].low)
    if scene.low in _TIMES and named and scene.kind is Kind.WORD:
        return True
    if end - at != len(("the", "stage")) or not at:
        return False
    described = lexicon.is_role(scene.low) or is_noun(scene.low) or scene.kind is not Kind.WORD or scene.owns
    return (
        not described
        and tokens[at - 1].low in lexicon.PREPOSITIONS
        and lexicon.is_first_name(tokens[end].low)
        and not lexicon.is_place(tokens[end].low)
    )


def _takes_name(token: Token, before: Token | None) -> bool:
    """Whether a run goes on with a capital word."""
    if before is None:
        return not lexicon.names_nobody(token.low)
    if before.kind is Kind.NAME:
        return token.low in _WITHIN or token.low in {"may", "march"} or not lexicon.names_nobody(token.low)
    if before.low in _CLAUSE_NOUNS or before.low == "back" or lexicon.names_nobody(token.low):
        return False
    return before.kind is not Kind.WORD or not lexicon.is_group_noun(before.low)


def _begins_name(tokens: Sequence[Token], end: int, before: Token | None) -> bool:
    """Whether a small word with a capital begins a name behind “the”: the Far Plains; or is one behind a title: Mr Feehily."""
    token = tokens[end]
    if before is None:
        return False
    if before.kind is Kind.NAME and lexicon.is_title(before.low):
        return token.low.endswith("ly")
    behind = tokens[end + 1] if end + 1 < len(tokens) else None
    named = behind is not None and behind.kind is Kind.NAME and not lexicon.names_nobody(behind.low)
    return before.low == "the" and named


def _joins_names(tokens: Sequence[Token], end: int, before: Token | None) -> bool:
    """Whether a sign stands between two capital words: Vale & Orchard."""
    if tokens[end].text not in {"&", "/"} or before is None or before.kind is not Kind.NAME:
        return False
    return end + 1 < len(tokens) and tokens[end + 1].kind is Kind.NAME


def _lists_names(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a comma stands inside a department's name: the Ministry of Housing, Communities and Local Government."""
    if tokens[end].text != "," or not _body_so_far(tokens[at:end]):
        return False
    if not any(token.low in {"of", "for"} for token in tokens[at:end]):
        return False
    rest = tokens[end + 1 : end + _LONGEST_LIST]
    joint = next((place for place, token in enumerate(rest) if token.low == "and"), 0)
    return (
        bool(joint)
        and joint + 1 < len(rest)
        and rest[joint + 1].kind is Kind.NAME
        and all(token.kind is Kind.NAME or token.text == "," for token in rest[:joint])
    )


def _may_end_name(before: Token, token: Token) -> bool:
    """Whether a small word stands behind a name, or behind the particle of one."""
    if before.low in words("particles") and token.low in words("particles"):
        return True
    return before.kind is Kind.NAME and not before.owns and before.low not in lexicon.DETERMINERS


def _takes_word(token: Token, before: Token | None, *, early: bool, determined: bool) -> bool:
    """Whether a run goes on with a small word; `early` says that the word is its first or second."""
    low = token.low
    if lexicon.names_nobody(low) or lexicon.plainly_says(low) or low in lexicon.PREPOSITIONS:
        return low in _COUNTING
    if low.endswith("ly") and len(low) > 5 and low not in {"family", "elderly"}:
        return False
    names_someone = is_noun(low) or lexicon.is_role(low)
    if (
        before is not None
        and is_noun(before.low)
        and before.low not in lexicon.DETERMINERS
        and not before.owns
    ):
        return names_someone
    if not early and lexicon.says(low) and low.endswith(("s", "ed")):
        return False
    return determined or before is None or names_someone


def _step_after_name(tokens: Sequence[Token], at: int, end: int) -> int:
    """Go on behind a capital word: a particle, the rest of a body's name, or the noun that it describes."""
    token = tokens[end]
    rest = tokens[end + 1 : end + 4]
    if not rest:
        return 1 if is_noun(token.low) else 0
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
    if (
        token.low == "and"
        and tokens[at].low == "the"
        and len(rest) > 1
        and all(ahead.kind is Kind.NAME for ahead in rest[:2])
        and lexicon.is_organisation_noun(rest[1].low)
    ):
        return 1
    if token.low == "and" and rest[0].kind is Kind.NAME and len(rest) > 1 and rest[1].kind is Kind.WORD:
        return int(rest[1].low in _FORCES)
    if lexicon.plainly_says(token.low):
        return 0
    if (
        token.low == "for"
        and end == at + 1
        and rest[0].kind is Kind.NAME
        and len(rest) > 1
        and lexicon.plainly_says(rest[1].low)
    ):
        return 1
    leads = lexicon.is_role(token.low) and not lexicon.says(token.low) and is_noun(rest[0].low)
    return 1 if is_noun(token.low) or leads or _leads_to_office(tokens, end) else 0


def _leads_to_office(tokens: Sequence[Token], end: int) -> bool:
    """Whether small words behind a capital one lead to an office and a name: Law Society branch chair Ada Marsh."""
    for place in range(end, min(len(tokens) - 2, end + 3)):
        token = tokens[place]
        plain = token.kind is Kind.WORD and not lexicon.names_nobody(token.low) and not token.owns
        if not plain or lexicon.says(token.low) or token.low in lexicon.PREPOSITIONS:
            return False
        if place > end and lexicon.is_person_noun(token.low):
            return tokens[place + 1].kind is Kind.NAME and tokens[place + 2].kind is Kind.NAME
    return False


def _body_so_far(tokens: Sequence[Token]) -> bool:
    return any(
        token.kind is Kind.NAME and (lexicon.is_organisation_noun(token.low) or token.low in _HEADS)
        for token in tokens
    )


def _body_tail(tokens: Sequence[Token], end: int) -> bool:
    """Whether "and" stands inside a body's name, as in the Ministry of Housing and Planning."""
    return end >= 2 and any(token.low in {"of", "for"} for token in tokens[max(0, end - 6) : end])


def is_noun(word: str) -> bool:
    """Whether a word is a noun for a person, for people or for a body."""
    return lexicon.is_person_noun(word) or lexicon.is_group_noun(word) or lexicon.is_organisation_noun(word)
