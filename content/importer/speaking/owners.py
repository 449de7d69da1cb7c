"""Tell whose something is: “Reed’s letter”, “the minister’s office”, “her plan”."""

from content.importer import lexicon
from content.importer.speaking.following import Following
from content.importer.speaking.people import Someone
from content.importer.speaking.sorts import Phrase


def owner_of(following: Following, phrase: Phrase) -> Someone | None:
    """Return who stands before ’s or behind “his” in a phrase."""
    word = phrase.owner[0]
    if word in {"his", "her"}:
        return following.whom(word, "m" if word == "his" else "f", None)[0]
    if word in {"its", "their"}:
        return following.latest_named() if word == "its" else None
    if word in {"my", "our", "your"}:
        return following.partner if word == "your" else following.turn if word == "my" else None
    name = phrase.owner if phrase.owner and phrase.owner[0][0].isupper() else ()
    found = following.roster.named(name) if name else _lower_owner(following, phrase.owner)
    body = following.roster.known_body(name) if name and not found else None
    return found[0] if len(found) == 1 else body


def _lower_owner(following: Following, owner: tuple[str, ...]) -> list[Someone]:
    """Return who “the minister” of “the minister's letter” is, or the body of “the department's report”."""
    noun = owner[-1].lower()
    if lexicon.is_organisation_noun(noun):
        return following.roster.bodies_with(noun)
    if not lexicon.is_person_noun(noun):
        return []
    held = following.roster.with_role(" ".join(owner), noun)
    return [holder for holder in held if holder in following.recent]
