"""One article while it is read: its paragraphs, whom it is about, the quotations that have been read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from content.importer.marks import Marked
from content.importer.sentences import Kind
from content.importer.speaking.following import Following
from content.importer.speaking.meaning import meant, resolve
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.sorts import Sort
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.tags import AFTER, Tag

_TURNS = 4
_TOLD = 0.55
_LABELLED = 8
"""Tokens within which a turn has the colon of its label."""


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


@dataclass
class Scene:
    """One article while it is read."""

    text: str
    laid: Sequence[Stretch]
    quotations: Sequence[Marked]
    following: Following
    history: list[Spoken] = field(default_factory=list)
    guest: Someone | None = None

    @cached_property
    def is_transcript(self) -> bool:
        """Whether most turns have a label and no marks, so that what stands in marks is somebody else's."""
        labelled = [
            stretch.tokens[label.last + 2 : label.last + 3]
            for stretch in self.laid
            if (label := stretch.by_first.get(0)) is not None
            and label.last + 1 < len(stretch.tokens)
            and stretch.tokens[label.last + 1].text == ":"
        ]
        bare = sum(bool(first) and first[0].kind is not Kind.QUOTE for first in labelled)
        return bare >= _TURNS and bare * 2 > len(labelled)

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


def _is_told_of(scene: Scene, here: Here, tag: Tag, someone: Someone | None) -> bool:
    """Whether somebody in a transcript goes on about “he” or “she”, whom the turn has not named: mostly nobody the page knows."""
    following = scene.following
    if following.turn is None or tag.phrase.sort is not Sort.PRONOUN or tag.phrase.noun not in {"he", "she"}:
        return False
    if not any(token.text == ":" for token in scene.laid[here.paragraph].tokens[:_LABELLED]):
        return False
    return someone is not None and not following.is_of(someone, here.paragraph)


def same_as(last: Spoken, sure: float, rule: str, *, tagged: bool = False) -> Finding:
    """Give a quotation the speaker of the one before."""
    return Finding(last.finding.someone, sure, rule, tagged, last.finding.others)


def found_by(scene: Scene, here: Here, tag: Tag, *, but: Someone | None = None) -> Finding:
    """Give a quotation the speaker that a tag points at; `but` is who it cannot be."""
    someone, sure = meant(scene.following, scene.laid[here.paragraph], tag.phrase, but=but)
    if _is_told_of(scene, here, tag, someone):
        sure *= _TOLD
    if (
        tag.rule == AFTER
        and tag.phrase.sort is Sort.NAME
        and someone is not None
        and someone.being is Being.BODY
    ):
        someone.being = Being.PERSON
    others = [resolve(scene.following, phrase)[0] for phrase in tag.others]
    named = tuple(other for other in others if other is not None)
    return Finding(someone, tag.sure * sure, tag.rule, tagged=True, others=named)
