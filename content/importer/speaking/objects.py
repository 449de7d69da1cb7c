"""Tell whom a sentence's verb is done to: “counsel asked him whether”, “I asked her”."""

from collections.abc import Sequence

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.following import Following
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.sorts import Phrase
from content.importer.speaking.stretch import Stretch

_AFTER_OBJECT = frozenset(
    "that if whether to about how what when why as again , . ; : for in on at with and but not".split()
)
_ASKED = frozenset("ask asked tell told".split())


def object_of(
    following: Following, stretch: Stretch, start: int, end: int, main: Sequence[Someone]
) -> list[Someone]:
    """Return whom a sentence's subject asks or speaks of as “him” or “her”: counsel asked him whether; Thrale calls him “…”."""
    if not main or main[0].being is not Being.NOBODY:
        return []
    for at in range(start + 1, end - 1):
        token, before, after = stretch.tokens[at], stretch.tokens[at - 1], stretch.tokens[at + 1]
        alone = token.low == "him" or (
            token.low == "her" and (after.low in _AFTER_OBJECT or after.kind is Kind.QUOTE)
        )
        if alone and before.kind is Kind.WORD and before.low not in lexicon.PREPOSITIONS:
            gender = "m" if token.low == "him" else "f"
            if main[0].gender in {"", gender}:
                someone, _ = following.pronoun(gender, but=main[0])
                return [someone] if someone is not None and someone.name else []
    return []


def interviewed_in(
    following: Following, stretch: Stretch, start: int, end: int, about: Sequence[Phrase]
) -> Someone | None:
    """Return whom the article is about for “her” of “I asked her”, unless the paragraph has spoken of another woman."""
    if not about or about[0].noun != "i" or following.turn is not None or following.protagonist is None:
        return None
    of_gender = lexicon.SHE if following.protagonist.gender == "f" else lexicon.HE
    asked = any(
        stretch.tokens[at].low in _ASKED and stretch.tokens[at + 1].low in of_gender
        for at in range(start, min(end, len(stretch.tokens) - 1))
    )
    others = (
        someone
        for someone in following.recent
        if someone.gender in {"", following.protagonist.gender} and someone.being is not Being.BODY
    )
    spoken_of = any(following.is_of(someone, following.paragraph) for someone in others)
    return following.protagonist if asked and not spoken_of else None
