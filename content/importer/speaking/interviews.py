"""Read an interview whose questions are plain and whose answers stand in marks: all answers are one guest's."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.people import Being, Roster, Someone
from content.importer.speaking.scene import Finding, Here, Scene
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.tags import AFTER

_PAIRS = 4
"""Questions with their answers from which on a page is an interview."""
_OFTEN = 3
_MORE = 2
"""How often a page speaks of its guest before the first question, and how much more than of anybody else."""
_TALKING_TO = frozenset({"you", "your", "yours", "yourself"})


def guest_of(laid: Sequence[Stretch], head: Sequence[Stretch], roster: Roster) -> Someone | None:
    """Return who answers all the questions of a page, if it is an interview: whom its beginning speaks of most."""
    asked = [
        place
        for place, (question, answer) in enumerate(pairwise(laid))
        if is_question(question) and _is_answer(answer)
    ]
    if len(asked) < _PAIRS:
        return None
    if roster.interviewed is not None:
        return roster.interviewed
    beginning = [*head, *laid[: asked[0]]]
    named = Counter(
        person
        for stretch in beginning
        for phrase in stretch.phrases
        for name in (phrase.name, phrase.owner)
        if name and name[0][0].isupper()
        for person in roster.named(name, phrase.gender if name is phrase.name else "")
        if person.being is Being.PERSON and _is_somebody(person)
    )
    for gender, pronouns in (("m", lexicon.HE), ("f", lexicon.SHE)):
        fitting = [person for person in named if person.gender == gender]
        if len(fitting) == 1:
            named[fitting[0]] += sum(
                token.low in pronouns for stretch in beginning for token in stretch.tokens
            )
    ranked = [*named.most_common(2), (None, 0), (None, 0)]
    return ranked[0][0] if ranked[0][1] >= max(_OFTEN, _MORE * ranked[1][1]) else None


def _is_somebody(person: Someone) -> bool:
    """Whether more than the form of a name says that it is a person's."""
    return bool(person.gender or person.roles) or lexicon.is_first_name(person.name[0])


def is_question(stretch: Stretch) -> bool:
    """Whether a paragraph without marks asks somebody something, or speaks to them."""
    tokens = stretch.tokens
    if not tokens or tokens[0].kind is Kind.QUOTE:
        return False
    return tokens[-1].text == "?" or any(token.low in _TALKING_TO for token in tokens)


def _is_answer(stretch: Stretch) -> bool:
    """Whether a paragraph is nothing but somebody's words."""
    tokens = stretch.tokens
    return (
        bool(tokens) and tokens[0].kind is Kind.QUOTE and not any(token.kind is Kind.WORD for token in tokens)
    )


def answered(scene: Scene, here: Here) -> Finding | None:
    """An answer of an interview: its guest's, or that of whom the question calls by name."""
    if scene.guest is None or here.at or here.start or not here.paragraph:
        return None
    question = scene.laid[here.paragraph - 1]
    if not is_question(question) and not _is_answer(question):
        return None
    if not _is_answer(scene.laid[here.paragraph]):
        return None
    called = question.by_first.get(0)
    if called is not None and called.name and question.tokens[called.last + 1].text in {",", "?"}:
        known = scene.following.roster.named(called.name, called.gender)
        if len(known) == 1:
            scene.guest = known[0]
    if any(
        spoken.at == 0 and spoken.finding.rule == AFTER and spoken.finding.someone is not scene.guest
        for spoken in scene.history
    ):
        return None  # another answers too
    return Finding(scene.guest, 0.88, "answers the questions of an interview", tagged=True)
