"""Load the library: every article file of a folder, checked, or every fault at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.library import Person, Shelf
from content import proofs
from content.checks import Limits, across, check, is_id
from content.drafts import Draft
from content.faults import Fault, LibraryFaults
from content.parse import parse
from content.proofs import Proof
from content.writer import dump

__all__ = ["BUNDLED", "Fault", "LibraryFaults", "Limits", "Loaded", "dump", "load"]

BUNDLED = Path(__file__).parent / "library"
"""The folder of the articles that ship with the bot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """A whole library: its shelves, oldest article first (undated ones last), and the proofs by article id."""

    shelves: tuple[Shelf, ...]
    proofs: Mapping[str, Proof]

    @property
    def people(self) -> Mapping[str, Person]:
        """Everybody in the library, by id."""
        return {person.id: person for shelf in self.shelves for person in shelf.people}

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic once, in the order of the articles."""
        return tuple(dict.fromkeys(topic for shelf in self.shelves for topic in shelf.article.topics))


def load(folder: Path = BUNDLED, *, limits: Limits | None = None) -> Loaded:
    """Load every `*.toml` of a folder, and the proofs in its folder `proofs` where there are any.

    Raises:
        LibraryFaults: anything is wrong, with every fault of every file.
    """
    faults: list[Fault] = []
    drafts = list(_drafts(folder, faults))
    found = {draft.article.entry.id: proof for draft in drafts if (proof := _proof(folder, draft, faults))}
    for draft in drafts:
        faults += check(draft, found.get(draft.article.entry.id), limits)
    faults += across(drafts)
    if faults:
        raise LibraryFaults(sorted(faults, key=lambda fault: fault.file))
    shelves = sorted((draft.shelf for draft in drafts), key=_age)
    return Loaded(shelves=tuple(shelves), proofs=found)


def _age(shelf: Shelf) -> tuple[bool, str, str]:
    return (not shelf.article.date, shelf.article.date, shelf.article.id)


def _drafts(folder: Path, faults: list[Fault]) -> Iterator[Draft]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        faults.append(
            Fault(
                file=str(folder),
                problem="there is no article file here.",
                remedy="Name a folder with *.toml files.",
            )
        )
    for path in paths:
        text = _text(path, path.name, faults)
        if text is not None:
            draft, found = parse(text, path.name)
            faults += found
            if draft is not None:
                yield draft


def _proof(folder: Path, draft: Draft, faults: list[Fault]) -> Proof | None:
    """Read the proof of an article; None where there is none, or none that can be read."""
    identity = draft.article.entry.id
    path = folder / "proofs" / f"{identity}.toml"
    name = f"proofs/{path.name}"
    text = _text(path, name, faults) if is_id(identity) and path.is_file() else None
    if text is None:
        return None
    try:
        return proofs.read(text)
    except ValueError as error:
        faults.append(Fault(file=name, problem=f"this is no proof: {error}.", remedy="Make it again."))
        return None


def _text(path: Path, name: str, faults: list[Fault]) -> str | None:
    """Read a file as text; None, and a fault, when it is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start + 1} is not UTF-8."
        faults.append(Fault(file=name, problem=problem, remedy="Save the file as UTF-8."))
    except OSError as error:
        problem = f"this cannot be read: {error.strerror}."
        faults.append(Fault(file=name, problem=problem, remedy="See that the bot may read it."))
    return None
