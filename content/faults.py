"""What can be wrong with the library, told so that whoever wrote the file can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from bot.core.library import Article, Excerpt, Fact, Person, Prompt, Quotation

NOUNS: dict[type, str] = {
    Article: "article",
    Person: "person",
    Quotation: "quotation",
    Excerpt: "excerpt",
    Fact: "fact",
    Prompt: "prompt",
}
"""What an entry of each kind is called in a fault."""

_CLOSE = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing wrong: where (file, entry such as "quotation ashdown", field), what, and what to do now."""

    file: str
    entry: str = ""
    field: str = ""
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.file, self.entry, self.field)))
        return f"{place}: {self.problem} {self.remedy}"


class LibraryFaults(Exception):  # noqa: N818 - it is all the faults at once, as its name says
    """The library cannot be used as it stands: every fault of every file, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def label(entry: Article | Person | Quotation | Excerpt | Fact | Prompt) -> str:
    """Name an entry as faults do: its kind and its id."""
    return f"{NOUNS[type(entry)]} {entry.id}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that somebody may have meant: one spelt much alike, or one that has it as a part."""
    names = {each.casefold(): each for each in known}
    near = get_close_matches(word.casefold(), names, n=1, cutoff=_CLOSE)
    near += [name for name in names if word.casefold() in name.split("-")]
    return names[near[0]] if near else None


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Ask "Did you mean …?" about a word that is not known, or give the other advice where nothing is near."""
    near = nearest(word, known)
    return f"Did you mean “{near}”?" if near else otherwise
