"""Who speaks a quotation that stands without a tag: who goes on, who answers, whom the text leads up to."""

import re
from collections.abc import Sequence

from content.importer import lexicon
from content.importer.sentences import Kind, Token
from content.importer.speaking.before import tag_before
from content.importer.speaking.meaning import resolve
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.scene import Finding, Here, Scene, Spoken, found_by, same_as
from content.importer.speaking.sorts import Sort
from content.importer.speaking.subjects import subjects
from content.importer.speaking.tags import SPOKEN_TO, Tag

_SIGNS = frozenset(
    "chant cry shout voice sign slogan banner placard sticker inscription notice plaque motto graffiti poster chorus text".split()
)
_SHORT = 160
_QUICK = 40
GOES_ON = "goes on from the paragraph before"
_RECENT = 4
"""Sentences ago that whoever answers was spoken of."""
_WORD = re.compile(r"\w+")


def after_colon(scene: Scene, here: Here) -> Finding | None:
    """A colon without a verb of saying: the sentence's subject, else whoever the page was about last."""
    stretch = scene.laid[here.paragraph]
    if here.at == here.start or stretch.tokens[here.at - 1].text != ":":
        return None
    if any(token.low in _SIGNS for token in stretch.tokens[here.start : here.at]):
        someone = Someone(Being.NOBODY, role="a sign or a chant", noun="sign")
        return Finding(someone, 0.7, "a sign, a voice or a chant", tagged=True)
    for phrase in subjects(stretch, here.start, here.at):
        someone_, sure = resolve(scene.following, phrase)
        if (
            someone_ is not None
            and phrase.sort is not Sort.THING
            and phrase.noun not in {"it", "i", "we", "they"}
        ):
            return Finding(someone_, 0.5 * sure, "subject of the sentence that leads up to it", tagged=True)
    latest, last = scene.latest(), scene.last
    goes_on = (
        last is not None
        and last.paragraph >= here.paragraph - 1
        and last.finding.someone is latest
        and stretch.tokens[here.start].low in {"it", "this", "they"}
    )
    sure = 0.7 if goes_on else 0.5
    return Finding(latest, sure, "whoever the page was about last, before a colon", tagged=True)


def after_sentence(scene: Scene, here: Here) -> Finding | None:
    """A quotation that is a sentence of its own, inside a paragraph: whoever the sentence before is about."""
    if here.at != here.start or not here.at or scene.inside(here).endswith(","):
        return None
    last = scene.last
    latest = scene.latest(Being.PERSON, Being.NOBODY, Being.BODY)
    if last is not None and last.paragraph == here.paragraph and last.finding.someone is not None:
        asker = _asked_by_another(scene, here)
        if asker is not None:
            return Finding(asker, 0.66, "answers the quotation before")
        if (
            last.at == here.at - 1
            or last.finding.someone is latest
            or last.finding.someone.being is Being.PEOPLE
        ):
            return same_as(last, min(0.96, last.finding.sure), "goes on from the quotation before")
        if scene.laid[here.paragraph].tokens[here.at - 1].text == "?":
            return same_as(last, min(0.75, last.finding.sure), "answers what the writer asks")
        return Finding(latest, 0.7, "subject of the sentence before")
    carried = scene.latest()
    if carried is None:
        return None
    return Finding(
        carried, 0.76 if scene.following.age(carried) <= 1 else 0.66, "subject of the sentence before"
    )


def _asked_by_another(scene: Scene, here: Here) -> Someone | None:
    """Return who spoke before a question of somebody else's, in one paragraph: “Out,” said A. “Me?” asked B. “Out.” is A’s."""
    if len(scene.history) <= 1:
        return None
    earlier, last = scene.history[-2:]
    question = scene.text[last.quotation.start : last.quotation.end].rstrip(" ’'").endswith("?")
    same = earlier.paragraph == last.paragraph == here.paragraph and len(scene.inside(here)) < _QUICK
    if not question or not same or earlier.finding.someone is last.finding.someone:
        return None
    return earlier.finding.someone


def after_paragraph(scene: Scene, here: Here) -> Finding | None:
    """A quotation that begins a paragraph and has no tag: introduced by the paragraph before, or going on from it."""
    if here.at or here.start or scene.inside(here).endswith(","):
        return None
    earlier = scene.laid[here.paragraph - 1] if here.paragraph else None
    if earlier is not None and earlier.tokens and earlier.tokens[-1].text == ":":
        return _introduced(scene, Here(here.paragraph - 1, 0, 0, 0))
    last = scene.last
    if last is not None and last.paragraph == here.paragraph - 1:
        return _next_turn(scene, here, last)
    carried = scene.latest()
    if carried is None:
        return None
    return Finding(
        carried, 0.68 if scene.following.age(carried) <= 2 else 0.58, "subject of the paragraph before"
    )


def _introduced(scene: Scene, here: Here) -> Finding:
    stretch = scene.laid[here.paragraph]
    stops = [place for place, token in enumerate(stretch.tokens) if token.kind is Kind.STOP]
    tag = tag_before(stretch, stops[-1] + 1 if stops else 0, len(stretch.tokens))
    if tag is not None and tag.phrase.noun not in {"it", "this", "that", "there", "i", "we"}:
        return found_by(
            scene, here, Tag(tag.phrase, tag.verb, "introduced by the paragraph before", 0.95, tag.others)
        )
    carried = scene.latest(Being.PERSON, Being.NOBODY, Being.BODY)
    return Finding(carried, 0.75, "introduced by the paragraph before", tagged=True)


def _next_turn(scene: Scene, here: Here, last: Spoken) -> Finding:
    """The speaker of the paragraph before goes on, or, where two talk by turns, the other answers."""
    before = scene.laid[here.paragraph - 1].tokens
    mine = scene.quotation(here)
    brief = last.quotation.end - last.quotation.start < _SHORT and mine.end - mine.start < _SHORT
    other = _partner(scene, here.paragraph, last)
    if other is not None and brief and _spoken_only(before, last):
        return Finding(other, 0.7, "answers the quotation before")
    addressed = _addressed(scene, here.paragraph - 1, last) if brief else None
    if addressed is not None:
        return Finding(addressed, 0.7, "answers the quotation before")
    if brief and _asks_back(scene, here):
        return Finding(None, 0.5, "asks about the paragraph before")
    answering = _answering(scene, last) if brief and last.at >= len(before) - 8 else None
    if answering is not None:
        return Finding(answering, 0.65, "answers the quotation before")
    latest = scene.latest(Being.PERSON, Being.NOBODY, Being.BODY)
    if latest is not None and latest is not last.finding.someone:
        return Finding(latest, 0.5, "subject of the paragraph before")
    doubtful = brief and (last.finding.rule == GOES_ON or scene.inside(here).endswith("?"))
    return same_as(last, 0.5 if doubtful else min(0.78, last.finding.sure), GOES_ON)


def _spoken_only(before: Sequence[Token], last: Spoken) -> bool:
    """Whether a paragraph is a line of a dialogue: it begins with a quotation, or ends with one of several."""
    quoted = sum(token.kind is Kind.QUOTE for token in before)
    return last.at >= len(before) - 8 and (
        before[0].kind is Kind.QUOTE or (quoted > 1 and before[-1].kind is Kind.QUOTE)
    )


def _asks_back(scene: Scene, here: Here) -> bool:
    """Whether a line asks “you” something: it is hardly the one before who goes on."""
    inside = scene.inside(here)
    return inside.endswith("?") and "you" in _WORD.findall(inside.lower())


def _answering(scene: Scene, last: Spoken) -> Someone | None:
    """Return whom the page was about before the one who has just asked: a question is not answered by who asks it, unless it is of “I”."""
    asked = scene.text[last.quotation.start : last.quotation.end].rstrip(" ’'")
    if not asked.endswith("?") or "I" in _WORD.findall(asked):
        return None
    following = scene.following
    return next(
        (
            someone
            for someone in reversed(following.recent)
            if someone.being is Being.PERSON
            and someone is not last.finding.someone
            and following.age(someone) <= _RECENT
        ),
        None,
    )


def _addressed(scene: Scene, paragraph: int, last: Spoken) -> Someone | None:
    """Return whom the tag before is spoken to, at the end of its paragraph: “Soon,” Rennie told her."""
    stretch = scene.laid[paragraph]
    tokens = stretch.tokens
    for at in range(last.at + 1, min(len(tokens) - 2, last.at + 8)):
        if tokens[at].low in SPOKEN_TO and tokens[at + 1].low in {"him", "her"} and at + 3 == len(tokens):
            return scene.following.pronoun(
                "m" if tokens[at + 1].low == "him" else "f", but=last.finding.someone
            )[0]
    return None


def _partner(scene: Scene, paragraph: int, last: Spoken) -> Someone | None:
    """Return who spoke two paragraphs ago, where the paragraph between is somebody else's."""
    for earlier in reversed(scene.history):
        if earlier.paragraph == paragraph - 2 and earlier.finding.someone is not last.finding.someone:
            return earlier.finding.someone
        if earlier.paragraph < paragraph - 2:
            return None
    return None


def take_name(scene: Scene, here: Here) -> None:
    """Name whoever is called by name: the chair interrupts him: “Stan, Stan . . .” names him."""
    words = _WORD.findall(scene.inside(here))
    stretch = scene.laid[here.paragraph]
    if not words or len(set(words)) > 1 or not lexicon.is_first_name(words[0]):
        return
    before = [token.low for token in stretch.tokens[here.start : here.at]]
    gender = "m" if "him" in before else "f" if "her" in before else ""
    called = scene.history[-2].finding.someone if len(scene.history) > 1 else None
    if gender and called is not None and called.being is Being.NOBODY and called.gender in {"", gender}:
        called.name, called.being, called.gender = (words[0],), Being.PERSON, gender
