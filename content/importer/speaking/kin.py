"""Relatives: “her father, Ed”, “says his daughter”, and what each is to the other."""

from content.importer.speaking.following import Following
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.words import words

_TURNED = {
    "husband": ("spouse", "m"), "wife": ("spouse", "f"), "spouse": ("spouse", ""), "partner": ("spouse", ""),
}  # fmt: skip
_CHILDREN = {"son", "daughter"}
_PARENTS = {"father", "mother", "dad", "mum", "mom"}


def kin_of(following: Following, phrase: Phrase, owner: Someone | None) -> tuple[Someone | None, float]:
    """Return the relative of `owner` that a phrase speaks of: one that the page has tied to them, or the only one of the surname."""
    unnamed = Someone(Being.NOBODY, role=phrase.text, gender=phrase.gender, noun=phrase.noun)
    if owner is None:
        return unnamed, 0.8
    known = owner.kin.get(phrase.noun) or owner.kin.get(_TURNED.get(phrase.noun, (phrase.noun, ""))[0])
    if known is not None:
        return known, 0.9
    relatives = [
        other
        for other in following.roster.people
        if other is not owner and _share_a_surname(other, owner) and other.gender in {"", phrase.gender}
    ]
    if len(relatives) != 1:
        return unnamed, 0.85
    _tie(owner, phrase.noun, relatives[0])
    return relatives[0], 0.85


def relate(
    following: Following, phrase: Phrase, owner: Someone | None, name: tuple[str, ...]
) -> Someone | None:
    """Name a relative as “her father, Ed,” does: by the owner's surname where the page gives none."""
    if owner is None or len(owner.name) < 2:
        return None
    known = following.roster.named(name)
    if len(known) == 1 and len(known[0].name) == len(name) == 1:
        known[0].name = (*name, owner.name[-1])
    relative = (
        known[0]
        if len(known) == 1 and len(known[0].name) > 1
        else following.roster.add(name if len(name) > 1 else (*name, owner.name[-1]), phrase.gender)
    )
    relative.inferred = relative.inferred or (len(name) == 1 and not relative.full)
    relative.surnamed = bool(following.roster.singles[f"{owner.name[-1]}s"])
    relative.gender = phrase.gender or relative.gender
    _tie(owner, phrase.noun, relative)
    return relative


def _share_a_surname(one: Someone, other: Someone) -> bool:
    """Whether two full names have a surname in common, or a part of one: Dunleavy and Dunleavy-Cho."""
    if len(one.name) < 2 or len(other.name) < 2:
        return False
    return bool(set(one.name[-1].split("-")) & set(other.name[-1].split("-")))


def _tie(owner: Someone, noun: str, relative: Someone) -> None:
    """Keep what two people are to each other, both ways."""
    owner.kin[noun] = relative
    if noun in _PARENTS:
        relative.kin["daughter" if owner.gender == "f" else "son"] = owner
    elif noun in _CHILDREN:
        relative.kin["mother" if owner.gender == "f" else "father"] = owner
    elif noun in _TURNED:
        relative.kin["spouse"] = owner
        owner.kin["spouse"] = relative
    elif noun in {"brother", "sister"}:
        relative.kin["sister" if owner.gender == "f" else "brother"] = owner


def is_kin(phrase: Phrase) -> bool:
    """Whether a phrase is somebody's relative."""
    return (
        phrase.sort in {Sort.ROLE, Sort.PERSON} and phrase.noun in words("kin_nouns") and bool(phrase.owner)
    )
