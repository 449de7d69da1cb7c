"""Tell which organisation a phrase means, and for which one a spokesman or a statement speaks."""

from content.importer import lexicon
from content.importer.speaking.beside import SHOWN
from content.importer.speaking.following import FAR, Following
from content.importer.speaking.owners import owner_of
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.sorts import Phrase

_NEAR = 2
_GENERIC = frozenset(
    "company firm charity organisation organization group agency party union association federation body business retailer bloc lender carrier chain"
    " broadcaster manufacturer operator insurer network club".split()
)
INSTITUTIONS = frozenset(
    "company firm charity organisation organization group agency party union association federation body business retailer government council"
    " department ministry committee commission board bank university hospital school club trust authority police court team museum church institute bureau service office force"
    " airline newspaper network watchdog regulator campaign coalition college brigade operator developer station magazine".split()
)
"""Bodies that a page goes on about without a name."""


def spokesman(following: Following, phrase: Phrase) -> tuple[Someone | None, float]:
    """A spokesman speaks for the body named beside him, or spoken of last; one for a person is nobody named."""
    unnamed = Someone(Being.NOBODY, role=phrase.text, gender=phrase.gender, noun=phrase.noun)
    name = phrase.owner if phrase.owner and phrase.owner[0][0].isupper() else ()
    if name and (following.roster.named(name) or lexicon.is_title(name[-1].lower())):
        return unnamed, 0.85
    apt = (
        [following.roster.body(name)]
        if name
        else following.roster.bodies_with(phrase.owner[-1])
        if phrase.owner
        else []
    )
    if len(apt) == 1:
        following.voice = (apt[0], phrase.gender, following.moment)
        return apt[0], 0.88
    if phrase.owner in {("its",), ("their",)}:
        body = following.latest(Being.BODY)
        return (body, 0.85) if body is not None else (unnamed, 0.85)
    if phrase.owner and phrase.owner[-1] in INSTITUTIONS:
        return Someone(Being.BODY, role=f"the {phrase.owner[-1]}", noun=phrase.owner[-1]), 0.8
    if phrase.owner:
        return unnamed, 0.85
    body = following.latest(Being.BODY)
    last = following.latest(Being.BODY, Being.PERSON)
    if last is not None and _may_be_body(last) and following.age(last) <= _NEAR:
        last.being = Being.BODY
        body = last
    if body is not None and following.age(body) <= 4:
        following.voice = (body, phrase.gender, following.moment)
        return body, 0.8
    return unnamed, 0.85


def _may_be_body(someone: Someone) -> bool:
    """Whether a name may be an organisation's: the page tells neither a gender nor a role, and it begins with no first name."""
    known = someone.gender or someone.roles or not someone.name
    return not known and not lexicon.is_first_name(someone.name[0])


def body_of(following: Following, phrase: Phrase) -> tuple[Someone | None, float]:
    """Return the body that “the charity” or “the department’s report” means, and how surely (0 to 1)."""
    if phrase.noun in SHOWN:
        return Someone(Being.NOBODY, role=phrase.text, noun="sign"), 0.9
    owned = _owned(following, phrase) if phrase.owner else None
    if owned is not None:
        return owned
    writer = following.writers.get(phrase.noun) if phrase.definite and not phrase.owner else None
    if writer is not None:
        return writer, 0.8
    if phrase.noun in {
        "statement",
        "report",
        "letter",
        "document",
        "memo",
        "paper",
        "study",
        "review",
    }:
        return Someone(Being.BODY, role=phrase.text, noun=phrase.noun), 0.8
    if phrase.definite:
        apt = following.roster.bodies_with(phrase.noun)
        if apt:
            return max(apt, key=lambda body: following.recent.get(body, -1)), 0.93 if len(apt) == 1 else 0.8
        body = following.latest(Being.BODY)
        if phrase.noun in _GENERIC and body is not None and following.age(body) <= FAR:
            return body, 0.8
    return Someone(Being.BODY, role=phrase.text, noun=phrase.noun), 0.7


def _owned(following: Following, phrase: Phrase) -> tuple[Someone | None, float] | None:
    """Return who says what “Reed’s letter” says: Reed, but for “his department” the page's only one, named or not."""
    if phrase.owner in {("his",), ("her",)} and phrase.noun in INSTITUTIONS:
        apt = following.roster.bodies_with(phrase.noun)
        unnamed = Someone(Being.BODY, role=phrase.text, noun=phrase.noun)
        return (apt[0], 0.78) if len(apt) == 1 else (unnamed, 0.8)
    owner = owner_of(following, phrase)
    if owner is not None:
        return owner, 0.8
    if phrase.owner[0][0].isupper() and phrase.noun in {
        "office",
        "campaign",
        "team",
        "statement",
        "report",
        "letter",
    }:
        return following.roster.body(phrase.owner), 0.7
    return None


def thing_of(following: Following, phrase: Phrase) -> tuple[Someone | None, float]:
    """Return whose a thing is, as “Reed’s plan” is Reed’s, else nobody."""
    if phrase.owner:
        owner = owner_of(following, phrase)
        if owner is not None:
            return owner, 0.75
    return Someone(Being.NOBODY, role=phrase.text, noun="thing"), 0.75
