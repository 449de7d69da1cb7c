"""Proposals as an article file of the library: a new one, or more at the end of one that is there.

What a file holds already stays as it is, letter by letter, and a file that would not load again is not written.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.findings import Findings, Found, LeftOut, ReadArticle
from bot.core.library import Article, Excerpt, Item, Person, Quotation, Rights, Shelf
from bot.core.names import Identified, Named, Roster, fold, named_in
from bot.core.queueing import fresh_id
from content import capping, proofs, rights
from content.checks import across, check, is_id
from content.parse import parse
from content.writer import dump, more


class FileFault(Exception):  # noqa: N818 - a host's to mend, told as sentences
    """The file cannot be written as it would be: what is wrong, and what to do now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A file as it would be written: its whole text, what is new in it, and what is not."""

    path: Path
    text: str
    new: tuple[Item, ...]
    known: int
    left_out: tuple[LeftOut, ...]

    def write(self) -> None:
        """Write the file, whole or not at all. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_name(f".{self.path.name}.new")
        aside.write_text(self.text, encoding="utf-8")
        os.replace(aside, self.path)  # noqa: PTH105 - as `Path.replace`, and says that it replaces


def plan(findings: Findings, to: Path) -> list[Planned]:
    """Plan the files of a page's articles: one file, or in a folder one for each.

    Raises FileFault with every fault that the file would have, or where one file is to hold several articles.
    """
    return [_planned(read, findings, path) for read, path in _targets(findings.articles, to)]


def _targets(articles: Sequence[ReadArticle], to: Path) -> Iterator[tuple[ReadArticle, Path]]:
    if to.suffix == ".toml":
        if len(articles) > 1:
            raise FileFault(
                f"The page holds {len(articles)} articles, and a file holds one. Give --to a folder instead of {to}."
            )
        yield from ((each, to) for each in articles)
    else:
        yield from ((each, to / f"{each.article.id}.toml") for each in articles)


def _planned(read: ReadArticle, findings: Findings, path: Path) -> Planned:
    if not is_id(path.stem):
        raise FileFault(
            f"{path.name} cannot name an article: use small letters, digits and hyphens, as in out-of-one-party.toml."
        )
    others = _shelves(path)
    there = _existing(path)
    article = there.article if there else replace(read.article, id=path.stem)
    own = [each for each in findings.found if each.article.id == read.article.id]
    fitted = [_fitted(each, article, others) for each in own if _is_told(each)]
    held = [fold(_words(each)) for each in (there.items if there else ())]
    new = [each for each in fitted if fold(_words(each.item)) not in held]
    known = [Found(article=article, item=each) for each in (there.items if there else ())]
    kept = (
        capping.within(article, known, new, share=rights.SHARE)
        if article.rights is Rights.IN_COPYRIGHT
        else new
    )
    shelf = _shelf(article, kept, there, others)
    text = path.read_text(encoding="utf-8-sig") + more(_added(shelf, there)) if there else dump(shelf)
    _check(path, text)
    dropped = (
        (len(own) - len(fitted), "quotation", "whose speaker the page does not name surely"),
        (len(new) - len(kept), "entry", f"beyond the {rights.SHARE:.0%} of the article that may be held"),
    )
    return Planned(
        path=path,
        text=text,
        new=tuple(each.item for each in kept),
        known=len(fitted) - len(new),
        left_out=tuple(LeftOut(count=number, what=what, why=why) for number, what, why in dropped if number),
    )


def _existing(path: Path) -> Shelf | None:
    if not path.exists():
        return None
    draft, faults = parse(path.read_text(encoding="utf-8-sig"), path.name)
    if faults or draft is None:
        raise FileFault("\n".join(map(str, faults)))
    return draft.shelf


def _shelves(path: Path) -> list[Shelf]:
    """Read the other files of the folder, as far as they can be read: their people are the same people."""
    found = []
    for each in sorted(path.parent.glob("*.toml")):
        draft = parse(each.read_text(encoding="utf-8-sig"), each.name)[0] if each != path else None
        if draft is not None:
            found.append(replace(draft.shelf, people=tuple(draft.known_people.values())))
    return found


def _is_told(found: Found) -> bool:
    return not isinstance(found.item, Quotation) or bool(found.item.speaker)


def _fitted(found: Found, article: Article, others: Iterable[Shelf]) -> Found:
    """Put a proposal under the file's article, and its people under the ids that they have in the library."""
    known = {person.id: person for shelf in others for person in shelf.people}
    roster = Roster(Named(id=each.id, name=each.name, aliases=each.aliases) for each in known.values())
    people = {}
    for each in found.people:
        match roster.identify(each.name):
            case Identified(person=named):
                people[each.id] = known[named.id]
            case _:
                people[each.id] = replace(each, id=fresh_id(each.id, known.__contains__))
    item = replace(found.item, article=article.id)
    if isinstance(item, Quotation):
        item = _asked(item, people)
    return replace(found, article=article, item=item, people=tuple(people.values()))


def _asked(item: Quotation, people: dict[str, Person]) -> Quotation:
    speaker = people[item.speaker]
    private = not speaker.public or named_in(speaker, f"{item.verb} {item.text}")
    return replace(
        item,
        speaker=speaker.id,
        endings=tuple(replace(each, speaker=people[each.speaker].id) for each in item.endings),
        kinds=tuple(each for each in item.kinds if not (each == "who" and private)),
    )


def _shelf(article: Article, kept: Sequence[Found], there: Shelf | None, others: Iterable[Shelf]) -> Shelf:
    """Put a shelf together of what is new, with ids that nothing has and parts that go on where the file ends."""
    taken = {each.id for shelf in (*others, *((there,) if there else ())) for each in shelf.items}
    part = len(there.excerpts) if there else 0
    people = {person.id: person for each in kept for person in each.people}
    quotations, excerpts = list[Quotation](), list[Excerpt]()
    for each in kept:
        name = fresh_id(each.item.id, taken.__contains__)
        taken.add(name)
        match each.item:
            case Quotation():
                quotations.append(replace(each.item, id=name))
            case Excerpt():
                part += 1
                excerpts.append(replace(each.item, id=name, part=part))
            case _:
                pass  # the importer finds neither facts nor prompts
    author = next((each for each in people.values() if each.id == article.author), None)
    return Shelf(
        article=article if author or not article.author else replace(article, author=""),
        people=tuple(people.values()),
        quotations=tuple(quotations),
        excerpts=tuple(excerpts),
    )


def _added(shelf: Shelf, there: Shelf) -> Shelf:
    """Leave out the people that the file has."""
    known = {each.id for each in there.people}
    return replace(shelf, people=tuple(each for each in shelf.people if each.id not in known))


def _words(item: Item) -> str:
    return item.text if isinstance(item, Quotation | Excerpt) else ""


def _check(path: Path, text: str) -> None:
    """Raise FileFault where the file would not load: as it stands alone, or beside the others of its folder."""
    draft, faults = parse(text, path.name)
    drafts = [draft] if draft else []
    for other in sorted(path.parent.glob("*.toml")):
        beside = parse(other.read_text(encoding="utf-8-sig"), other.name)[0] if other != path else None
        drafts += [beside] if beside else []
    faults += [] if draft is None else list(check(draft, _proof(path)))
    faults += [each for each in across(drafts) if each.file == path.name]
    if faults:
        raise FileFault("\n".join(map(str, faults)))


def _proof(path: Path) -> proofs.Proof | None:
    proof = path.parent / "proofs" / path.name
    return proofs.read(proof.read_text(encoding="utf-8")) if proof.is_file() else None
