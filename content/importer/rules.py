"""The rules that name a speaker, in the order they are asked, each with how sure it is (0 to 1)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from content.importer import lexicon
from content.importer.following import Following, meant
from content.importer.marks import Marked
from content.importer.people import Being, Someone, Stretch
from content.importer.phrases import Phrase, Sort
from content.importer.sentences import Kind, closes
from content.importer.tags import ASIDE, BEFORE, COLON, Tag, subjects, tag_after, tag_before

_SIGNS = frozenset(
    "chant cry shout voice sign slogan banner placard sticker inscription notice plaque motto graffiti poster chorus text".split()
)
_REPLIES = frozenset(
    "reply replies replied answer answers answered respond responds responded retort retorts retorted".split()
)
_SHORT = 160
_WORD = re.compile(r"\w+")
_WORKS = frozenset(
    "book novel memoir memoirs letter essay speech poem article column diary diaries manifesto phrase line words report lecture play reply answer response verdict advice message conclusion view comment question motto argument song pamphlet".split()
)
SECOND_PART = "second part of the quotation before"
_DASHES = frozenset({"–", "—", "-"})
_AHEAD = frozenset({BEFORE, COLON, ASIDE})
"""The rules that read what precedes a quotation: what follows such a one is no second part of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Who speaks, how surely, by which rule; `tagged` says that words beside the quotation tell it."""

    someone: Someone | None
    sure: float
    rule: str
    tagged: bool = False
    others: tuple[Someone, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """Where a quotation stands: its paragraph, the tokens of its sentence, its own token."""

    paragraph: int
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation that has been read, and what was found."""

    finding: Finding
    quotation: Marked
    paragraph: int
    at: int


@dataclass(slots=True)
class Scene:
    """One article while it is read."""

    text: str
    laid: Sequence[Stretch]
    quotations: Sequence[Marked]
    following: Following
    history: list[Spoken] = field(default_factory=list)

    @property
    def last(self) -> Spoken | None:
        """Return the quotation before."""
        return self.history[-1] if self.history else None

    def quotation(self, here: Here) -> Marked:
        """Return the marks of the quotation at hand."""
        return self.quotations[self.laid[here.paragraph].tokens[here.at].quote]

    def inside(self, here: Here) -> str:
        """Return what the quotation says, without a nested quotation's closing mark."""
        marked = self.quotation(here)
        return self.text[marked.start : marked.end].rstrip(" ’'")

    def latest(self, *beings: Being) -> Someone | None:
        """Return whom the page was about last: people, named or not, unless other beings are given."""
        return self.following.latest(*(beings or (Being.PERSON, Being.NOBODY)))


def _same(last: Spoken, sure: float, rule: str, *, tagged: bool = False) -> Finding:
    return Finding(last.finding.someone, sure, rule, tagged, last.finding.others)


def _of(scene: Scene, here: Here, tag: Tag, *, but: Someone | None = None) -> Finding:
    someone, sure = meant(scene.following, scene.laid[here.paragraph], tag.phrase, but=but)
    others = [scene.following.resolve(phrase)[0] for phrase in tag.others]
    named = tuple(other for other in others if other is not None)
    return Finding(someone, tag.sure * sure, tag.rule, tagged=True, others=named)


def left_open(scene: Scene, here: Here) -> Finding | None:
    """The paragraph before ends inside the quotation."""
    last = scene.last
    if here.at or last is None or last.paragraph != here.paragraph - 1 or not last.quotation.open_end:
        return None
    return _same(last, min(0.97, last.finding.sure), "the paragraph before was left open", tagged=True)


def second_part(scene: Scene, here: Here) -> Finding | None:
    """The second half of “…,” says X, “…”, in one sentence with the first."""
    last, tokens = scene.last, scene.laid[here.paragraph].tokens
    if (
        last is None
        or last.paragraph != here.paragraph
        or last.at < here.start
        or last.finding.rule in _AHEAD
    ):
        return None
    between = tokens[last.at + 1 : here.at]
    if not between or (between[-1].text != "," and between[-1].text not in _DASHES):
        return None
    tagged = any(lexicon.says(token.low) for token in between)
    begins = scene.text[scene.quotation(here).start]
    if not tagged and (between[0].text not in _DASHES or begins.isupper()):
        return None
    return _same(last, last.finding.sure, SECOND_PART, tagged=True)


def beside(scene: Scene, here: Here) -> Finding | None:
    """A tag after the quotation, or the verb before it: what ends with a comma looks ahead, what follows a colon looks back."""
    stretch, inside = scene.laid[here.paragraph], scene.inside(here)
    closed = closes(scene.text, scene.quotation(here))
    ahead = inside.endswith(",")
    comma = ahead or inside[-1:] in {"?", "!", "–", "—", "…", "-"} or inside.endswith("...")
    before = tag_before(stretch, here.start, here.at)
    introduced = before is not None and stretch.tokens[here.at - 1].text in {":", ","}
    after = None if introduced and not ahead else tag_after(stretch, here.at, closed=closed, comma=comma)
    if after is not None and (ahead or before is None):
        but = _neighbour(scene, here)
        if but is None and stretch.tokens[after.verb].low in _REPLIES:
            but = scene.following.just_asked()
        return _of(scene, here, after, but=but)
    if before is not None and before.phrase.noun in {"i", "we", "it", "there", "this", "you"}:
        work = _work(stretch, here)
        if work is not None:
            return _of(scene, here, Tag(work, before.verb, "whose work it is from", 0.85))
    return _of(scene, here, before) if before is not None else None


def _work(stretch: Stretch, here: Here) -> Phrase | None:
    """Return a phrase like “Smith's old book” before a quotation that the writer takes from it."""
    for phrase in stretch.phrases:
        if (
            here.start <= phrase.first < here.at
            and phrase.owner
            and phrase.owner[0][0].isupper()
            and phrase.noun in _WORKS
        ):
            return phrase
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


def _neighbour(scene: Scene, here: Here) -> Someone | None:
    """Return who spoke the quotation right before, with nothing between: a tag of its own means somebody else."""
    last = scene.last
    adjacent = last is not None and last.paragraph == here.paragraph and last.at == here.at - 1
    return last.finding.someone if last is not None and adjacent else None


def at_the_end(scene: Scene, here: Here) -> Finding | None:
    """A tag at the end of the sentence: the plan was “a disaster” for the north, Smith said."""
    stretch = scene.laid[here.paragraph]
    for comma in range(here.end - 1, here.at, -1):
        token = stretch.tokens[comma]
        if token.kind is Kind.QUOTE:
            return None
        if token.text == ",":
            tag = tag_after(stretch, comma - 1, closed=False, comma=False)
            verb = stretch.tokens[tag.verb].low if tag is not None else ""
            if tag is not None and (lexicon.plainly_says(verb) or verb == "according"):
                return _of(
                    scene, here, Tag(tag.phrase, tag.verb, "named in the tag that ends the sentence", 0.92)
                )
    return None


def together(scene: Scene, here: Here) -> Finding | None:
    """Another quotation of the same sentence."""
    last = scene.last
    if last is None or last.paragraph != here.paragraph or last.at < here.start or last.at == here.at - 1:
        return None
    rule = "same sentence as the quotation before"
    return _same(last, last.finding.sure * 0.93, rule, tagged=last.finding.tagged)


def after_colon(scene: Scene, here: Here) -> Finding | None:
    """A colon without a verb of saying: the sentence's subject, else whoever the page was about last."""
    stretch = scene.laid[here.paragraph]
    if here.at == here.start or stretch.tokens[here.at - 1].text != ":":
        return None
    if any(token.low in _SIGNS for token in stretch.tokens[here.start : here.at]):
        someone = Someone(Being.NOBODY, role="a sign or a chant", noun="sign")
        return Finding(someone, 0.7, "a sign, a voice or a chant", tagged=True)
    for phrase in subjects(stretch, here.start, here.at):
        someone_, sure = scene.following.resolve(phrase)
        if (
            someone_ is not None
            and phrase.sort is not Sort.THING
            and phrase.noun not in {"it", "i", "we", "they"}
        ):
            return Finding(someone_, 0.85 * sure, "subject of the sentence that leads up to it", tagged=True)
    return Finding(scene.latest(), 0.7, "whoever the page was about last, before a colon", tagged=True)


def after_sentence(scene: Scene, here: Here) -> Finding | None:
    """A quotation that is a sentence of its own, inside a paragraph: whoever the sentence before is about."""
    if here.at != here.start or not here.at:
        return None
    last = scene.last
    latest = scene.latest(Being.PERSON, Being.NOBODY, Being.BODY)
    if last is not None and last.paragraph == here.paragraph and last.finding.someone is not None:
        if (
            last.at == here.at - 1
            or last.finding.someone is latest
            or last.finding.someone.being is Being.PEOPLE
        ):
            return _same(last, min(0.96, last.finding.sure), "goes on from the quotation before")
        return Finding(latest, 0.82, "subject of the sentence before")
    carried = scene.latest()
    if carried is None:
        return None
    return Finding(
        carried, 0.85 if scene.following.age(carried) <= 1 else 0.7, "subject of the sentence before"
    )


def after_paragraph(scene: Scene, here: Here) -> Finding | None:
    """A quotation that begins a paragraph and has no tag: introduced by the paragraph before, or going on from it."""
    if here.at or here.start:
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
        carried, 0.8 if scene.following.age(carried) <= 2 else 0.6, "subject of the paragraph before"
    )


def _introduced(scene: Scene, here: Here) -> Finding:
    stretch = scene.laid[here.paragraph]
    stops = [place for place, token in enumerate(stretch.tokens) if token.kind is Kind.STOP]
    tag = tag_before(stretch, stops[-1] + 1 if stops else 0, len(stretch.tokens))
    if tag is not None:
        return _of(
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
    if other is not None and brief and before[0].kind is Kind.QUOTE and last.at >= len(before) - 8:
        return Finding(other, 0.7, "answers the quotation before")
    latest = scene.latest(Being.PERSON, Being.NOBODY, Being.BODY)
    if latest is not None and latest is not last.finding.someone:
        return Finding(latest, 0.78, "subject of the paragraph before")
    return _same(last, min(0.88, last.finding.sure), "goes on from the paragraph before")


def _partner(scene: Scene, paragraph: int, last: Spoken) -> Someone | None:
    """Return who spoke two paragraphs ago, where the paragraph between is somebody else's."""
    for earlier in reversed(scene.history):
        if earlier.paragraph == paragraph - 2 and earlier.finding.someone is not last.finding.someone:
            return earlier.finding.someone
        if earlier.paragraph < paragraph - 2:
            return None
    return None


def carried_over(scene: Scene, here: Here) -> Finding | None:
    """A quotation inside a sentence that says nothing of a speaker: its subject's words, else whoever the page was about."""
    stretch = scene.laid[here.paragraph]
    if stretch.tokens[here.start].low in {"for", "to"}:
        viewer = stretch.by_first.get(here.start + 1)
        if viewer is not None and viewer.name and stretch.tokens[viewer.last + 1].text == ",":
            someone, sure = scene.following.resolve(viewer)
            return Finding(someone, 0.8 * sure, "whose view it is said to be")
    for phrase in subjects(stretch, here.start, here.at):
        if phrase.owner and phrase.noun in _WORKS:
            someone, sure = scene.following.resolve(phrase)
            return Finding(someone, 0.9 * sure, "whose words they are said to be")
    return Finding(
        scene.latest(Being.PERSON, Being.NOBODY, Being.BODY), 0.5, "whoever the page was about last"
    )


Rule = Callable[[Scene, Here], Finding | None]

RULES: tuple[Rule, ...] = (
    left_open,
    second_part,
    beside,
    at_the_end,
    together,
    after_colon,
    after_sentence,
    after_paragraph,
    carried_over,
)
