"""Read a report's lead, which gives a role that the next paragraph gives a name to."""

from collections.abc import Iterator, Sequence

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.evidence import genders
from content.importer.speaking.openings import behind_dateline
from content.importer.speaking.people import Being, Roster, Someone
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch

_PARTIES = frozenset(
    "republican democrat conservative liberal socialist independent labour green unionist".split()
)
_TALKING = frozenset("talks talked speaks spoke".split())


def introduce(roster: Roster, laid: Sequence[Stretch], head: Sequence[Stretch]) -> None:
    """Learn from an article's head and first paragraphs whom it is about: an interview, an obituary, a report's lead."""
    roster.interviewed = next(_interviewed(roster, [*head, *laid[:3]]), None)
    roster.mourned = _mourned(roster, laid[0]) if laid else None
    _name_lead(roster, laid)


def _name_lead(roster: Roster, laid: Sequence[Stretch]) -> None:
    """Give the role that an article begins with to whom its second paragraph begins with, where that fits."""
    if len(laid) < 2:  # the lead and what follows it
        return
    begin = behind_dateline(laid[0], 0, len(laid[0].tokens))
    role, person = laid[0].by_first.get(_behind_quotation(laid[0], begin)), _first_named(roster, laid[1])
    if role is None or person is None or role.sort is not Sort.ROLE or role.owner or roster.lead is not None:
        return
    told = _told_more(laid[1])
    if _is_named(roster, laid[0], person) or not _agree(laid[0], role, person, told=told):
        return
    roster.lead = (role.text, person)
    roster.give(person, role.role)


def _behind_quotation(stretch: Stretch, begin: int) -> int:
    """Step over a quotation that a lead begins with, and the verb of its tag: “…,” said the candidate."""
    tokens = stretch.tokens
    if begin >= len(tokens) or tokens[begin].kind is not Kind.QUOTE:
        return begin
    at = begin + 1
    while at < len(tokens) and (tokens[at].text in {",", "–", "—"} or lexicon.says(tokens[at].low)):
        at += 1
    return at


def _interviewed(roster: Roster, stretches: Sequence[Stretch]) -> Iterator[Someone]:
    """Yield who is said to talk to somebody: “The auditor, Ada Marsh, talks to Ben Reed”, “She spoke to Ben Reed” names nobody."""
    for stretch in stretches:
        for phrase in stretch.phrases:
            after = [
                token.low for token in stretch.tokens[phrase.last + 1 : phrase.last + 4] if token.text != ","
            ]
            if phrase.name and after[:1] and after[0] in _TALKING and after[1:2] in (["to"], ["with"]):
                yield from roster.named(phrase.name, phrase.gender)[:1]


def _mourned(roster: Roster, stretch: Stretch) -> Someone | None:
    """Return whose obituary an article is: “Honoria Speke, who has died aged 96, was …”."""
    begin = behind_dateline(stretch, 0, len(stretch.tokens))
    phrase = stretch.by_first.get(begin)
    known = roster.named(phrase.name, phrase.gender) if phrase is not None and phrase.name else []
    after = {token.low for token in stretch.tokens[phrase.last + 1 : phrase.last + 30]} if phrase else set()
    return known[0] if len(known) == 1 and "died" in after else None


def _first_named(roster: Roster, stretch: Stretch) -> Someone | None:
    """Return the person whose full name a paragraph begins with."""
    phrase = stretch.by_first.get(0)
    if phrase is None or len(phrase.name) < 2 or phrase.owner:  # a first name and a surname
        return None
    known = roster.named(phrase.name, phrase.gender)
    return known[0] if len(known) == 1 and known[0].being is Being.PERSON else None


def _is_named(roster: Roster, stretch: Stretch, person: Someone) -> bool:
    return any(person in roster.named(phrase.name) for phrase in stretch.phrases if phrase.name)


def _told_more(stretch: Stretch) -> bool:
    """Whether the name at the head of a paragraph is followed by an age or by “who”, as whoever the lead was about is."""
    phrase = stretch.by_first.get(0)
    after = stretch.tokens[phrase.last + 1 : phrase.last + 3] if phrase is not None else []
    more = len(after) == 2 and (after[1].kind is Kind.NUMBER or after[1].low in {"who", "whose"})
    return more and after[0].text == ","


def _agree(stretch: Stretch, role: Phrase, person: Someone, *, told: bool) -> bool:
    """Whether a role fits a person: by a word of their office, else where the page tells nothing against it."""
    gender = role.gender or next(genders(stretch, role), "")
    if gender and person.gender not in {"", gender}:
        return False
    held = {word for known in person.roles for word in known.lower().split()}
    wanted = set(role.role.lower().split()) - {"a", "an", "the", "former"}
    if held & wanted:
        return True
    others = {known.lower().split()[-1] for known in person.roles} - _PARTIES
    return not others and (role.definite or told or bool(role.gender))
