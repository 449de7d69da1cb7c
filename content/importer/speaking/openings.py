"""Step over what a sentence opens with: a dateline, a time, an aside, a role that only leads up to somebody."""

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch

_TIMES = frozenset(
    "day week weekend fortnight month year decade century night morning evening afternoon time moment spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday".split()
)
_WHICH_TIME = frozenset("every each one that this last next some".split())


def behind_dateline(stretch: Stretch, start: int, end: int) -> int:
    """Step over “PORT SALVE (Wire) -” at the head of a report, and over the label of a turn."""
    tokens = stretch.tokens
    first = 1 if tokens and lexicon.numbers_question(tokens[0].low) else 0
    label = stretch.by_first.get(first) if not start else None
    if label is not None and label.last + 1 < end and tokens[label.last + 1].text == ":":
        return label.last + 2
    saint = 2 if tokens and tokens[0].text == "ST" else 0
    at = max(start, saint)
    if start not in {0, saint} or at >= end or not tokens[at].text.isupper() or len(tokens[at].text) < 3:
        return start
    dash = next(
        (place for place in range(at + 1, min(end, 14)) if tokens[place].text in {"-", "–", "—"}), None
    )
    return start if dash is None else dash + 1


def step_over(stretch: Stretch, at: int, start: int, end: int) -> int:
    """Step over what leads in, tells when, goes on about “who”, or stands between commas; return where a clause begins."""
    tokens = stretch.tokens
    while at < end:
        phrase = stretch.by_first.get(at)
        if tokens[at].low in _WHICH_TIME and at + 1 < end and tokens[at + 1].low in _TIMES:
            at += 2
        elif phrase is None and _leads_in(tokens[at]):
            at += 1
        elif phrase is not None and phrase.noun == "who":
            at = next_comma(stretch, at, end) + 1
        elif phrase is not None and _is_called_on(stretch, phrase, end):
            at = phrase.last + 2
        elif phrase is not None and at > start and _is_aside(stretch, phrase, end):
            at = phrase.last + 3
        elif phrase is not None and at > start and _is_of_opening(stretch, phrase):
            at = phrase.last + 2
        elif (
            phrase is not None
            and at > start
            and (_describes(stretch, phrase) or _is_apposition(stretch, phrase, start))
        ):
            at = next_comma(stretch, at, end) + 1
        else:
            break
    return at


def next_comma(stretch: Stretch, at: int, end: int) -> int:
    """Return the comma that ends an opening, or `end` where there is none near."""
    return next((place for place in range(at, min(end, at + 30)) if stretch.tokens[place].text == ","), end)


def _is_of_opening(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a body between commas belongs to the opening: “Speaking for the firm, Vale Homes, its planner Ann Low said”."""
    tokens = stretch.tokens
    if phrase.sort not in {Sort.GROUP, Sort.NAME} or len(phrase.name) < 2 or phrase.last + 2 >= len(tokens):
        return False
    if tokens[phrase.first - 1].text != "," or tokens[phrase.last + 1].text != ",":
        return False
    return any(
        speaker.sort is Sort.PERSON
        and speaker.last + 1 < len(tokens)
        and lexicon.plainly_says(tokens[speaker.last + 1].low)
        for speaker in stretch.between(phrase.last + 2, min(len(tokens), phrase.last + 6))
    )


def _is_called_on(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether a sentence opens with the office of whoever it is said to: “Minister, the opposition leader has said …”."""
    tokens = stretch.tokens
    if phrase.sort is not Sort.ROLE or phrase.last + 2 >= end or tokens[phrase.last + 1].text != ",":
        return False
    bare = tokens[phrase.first].kind is Kind.NAME and tokens[phrase.first].low not in lexicon.DETERMINERS
    ahead = stretch.by_first.get(phrase.last + 2)
    return bare and ahead is not None and tokens[ahead.first].low in lexicon.DETERMINERS


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


def _describes(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether a role without an article stands between commas: “by Ms Obasi, solicitor for the mayor, …”."""
    first = stretch.tokens[phrase.first]
    bare = first.kind is Kind.WORD and first.low not in lexicon.DETERMINERS
    return phrase.sort is Sort.ROLE and bare and stretch.tokens[phrase.first - 1].text == ","


def _is_apposition(stretch: Stretch, phrase: Phrase, start: int) -> bool:
    """Whether a role between commas goes on about the name before it: “For Gwen Low, a retired nurse, the change …”."""
    after = phrase.last + 1
    if phrase.sort is not Sort.ROLE or phrase.definite or after >= len(stretch.tokens):
        return False
    before = stretch.by_last.get(phrase.first - 2)
    between = stretch.tokens[phrase.first - 1].text == "," and stretch.tokens[after].text == ","
    return between and before is not None and before.first >= start and before.sort is Sort.PERSON


def _leads_in(token: Token) -> bool:
    return (
        token.kind is Kind.SIGN
        or token.low in {"and", "but", "yet", "so", "or", "then", "now", "even", "not"}
        or lexicon.is_adverb(token.low)
    )


def opens_clause(token: Token) -> bool:
    """Whether a word may begin a clause or an opening before the main one."""
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


def sets_scene(stretch: Stretch, phrase: Phrase, end: int) -> bool:
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


def says_as(stretch: Stretch, phrase: Phrase, end: int) -> bool:
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
    doing = at + 1 < end and tokens[at + 1].low.endswith("ing")
    return at < end and lexicon.says(tokens[at].low) and not doing
