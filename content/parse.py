"""From the text of an article file to a shelf, with every fault of form on the way.

A string's line ends are where its writer found them handy: within a paragraph they count as spaces, a blank line
begins a new paragraph. No-break spaces are folded to spaces, as everywhere in the library.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, get_type_hints

from bot.core.library import Article, Ending, Excerpt, Fact, Grade, Person, Prompt, Quotation, Rights
from content.drafts import Draft, Read
from content.faults import NOUNS, Fault, nearest, suggest

LISTS: dict[str, type] = {
    "people": Person,
    "quotations": Quotation,
    "excerpts": Excerpt,
    "facts": Fact,
    "prompts": Prompt,
}
"""The lists of an article file, in their order."""


_NEEDED: dict[type, tuple[str, ...]] = {
    Article: ("title",),
    Person: ("name",),
    Quotation: ("text", "verb"),
    Excerpt: ("text",),
    Fact: ("question", "answer", "passage"),
    Prompt: ("text",),
    Ending: ("text",),
}
"""The texts that an entry is nothing without."""

_STAND_INS: dict[Any, Any] = {
    str: "",
    int: 1,
    tuple[str, ...]: (),
    Grade: Grade.A,
    Rights: Rights.PUBLIC_DOMAIN,
}
"""What stands for a value that could not be read, where its field has no default."""


def parse(text: str, file: str) -> tuple[Draft | None, list[Fault]]:
    """Read the text of an article file; None where it is no TOML at all."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [
            Fault(
                file=file,
                problem=f"this is not TOML: {error}.",
                remedy="Look at that place, and at the line above.",
            )
        ]
    reader = _Reader(file)
    return reader.draft(tables), reader.faults


def folded(text: str) -> str:
    """Fold a string's white space: one space within paragraphs, one blank line between them."""
    paragraphs = (" ".join(each.split()) for each in re.split(r"\n[^\S\n]*\n", text))
    return "\n\n".join(filter(None, paragraphs))


class _NotThis(Exception):  # noqa: N818 - it carries a problem and a remedy up one call
    """A value is not what its field takes."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class _Reader:
    """Reads one file's tables, and keeps the faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.endings: list[Read[Ending]] = []

    def draft(self, tables: Mapping[str, Any]) -> Draft:
        """Read all tables of the file."""
        for key in [key for key in tables if key not in {"article", *LISTS}]:
            self._unknown("", key, ("article", *LISTS))
        article = self._article(tables.get("article"))
        rows = {name: self._rows(name, tables.get(name, [])) for name in LISTS}
        lists = {name: self._list(name, rows[name] or [], article.entry.id) for name in LISTS}
        named = {
            name: frozenset(read.entry.id for read in lists[name])
            for name, found in rows.items()
            if found is not None and all(read.knows("id") for read in lists[name])
        }
        return Draft(file=self.file, article=article, **lists, endings=tuple(self.endings), named=named)

    def entry(self, kind: type, label: str, table: Mapping[str, Any], given: Mapping[str, str]) -> Read[Any]:
        """Read one table as an instance of a dataclass; `given` are the fields that are not its own to say.

        What the label says after the kind stands for an id that cannot be read.
        """
        endings = len(self.endings)
        hints = get_type_hints(kind)
        known = {field.name: field for field in fields(kind) if field.name not in given}
        unknown = [key for key in table if key not in known]
        meant = {name for key in unknown if (name := nearest(key, known)) and name not in table}
        for key in unknown:
            self._unknown(label, key, known)
        values: dict[str, Any] = {}
        unread = set(meant)
        for name, field in known.items():
            required = field.default is MISSING and field.default_factory is MISSING
            if name in table:
                try:
                    values[name] = self._value(kind, hints[name], name, table[name], label)
                except _NotThis as error:
                    self._fault(label, name, error.problem, error.remedy)
                    unread.add(name)
            elif required and name not in meant:
                self._fault(label, name, "this is missing.", f"Add a line “{name} = …”.")
                unread.add(name)
            if required and name in unread:
                values[name] = label.partition(" ")[2] if name == "id" else _STAND_INS[hints[name]]
        if any(ending.unread for ending in self.endings[endings:]):
            unread.add("endings")
        return Read(file=self.file, label=label, entry=kind(**values, **given), unread=frozenset(unread))

    def _article(self, table: object) -> Read[Article]:
        stem = self.file.removesuffix(".toml")
        if isinstance(table, dict):
            return self.entry(Article, _labelled(Article, table, stem), table, {})
        self._fault("", "article", "this table is missing.", "Begin the file with “[article]”.")
        return Read(
            file=self.file,
            label=f"article {stem}",
            entry=Article(id=stem, title=stem, rights=Rights.PUBLIC_DOMAIN, words=1),
            unread=frozenset(field.name for field in fields(Article)),
        )

    def _rows(self, name: str, rows: object) -> list[Mapping[str, Any]] | None:
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self._fault("", name, "this is not a list of entries.", f"Begin every entry with “[[{name}]]”.")
        return None

    def _list(self, name: str, rows: list[Mapping[str, Any]], article: str) -> tuple[Read[Any], ...]:
        kind = LISTS[name]
        given = {} if kind is Person else {"article": article}
        return tuple(
            self.entry(kind, _labelled(kind, row, str(number)), row, given)
            for number, row in enumerate(rows, start=1)
        )

    def _value(self, kind: type, hint: Any, name: str, value: object, label: str) -> Any:
        """Read one value by its field's type. Raises _NotThis when it is another, or is empty and may not be."""
        if hint == tuple[Ending, ...]:
            return self._endings(value, label)
        read = _READ[hint](value)
        if read == "" and name in {"id", *_NEEDED[kind]}:
            raise _NotThis("this is empty.", "Fill it in, or take the entry out.")
        return read

    def _endings(self, value: object, label: str) -> tuple[Ending, ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise _NotThis(
                "this is not a list of entries.", "Begin every ending with “[[quotations.endings]]”."
            )
        read = [
            self.entry(Ending, f"{label}, endings {number}", each, {})
            for number, each in enumerate(value, start=1)
        ]
        self.endings += read
        return tuple(each.entry for each in read)

    def _unknown(self, label: str, key: str, known: Any) -> None:
        self._fault(
            label, key, "there is no such field.", suggest(key, known, f"The fields are {', '.join(known)}.")
        )

    def _fault(self, label: str, field: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(file=self.file, entry=label, field=field, problem=problem, remedy=remedy))


def _labelled(kind: type, table: Mapping[str, Any], otherwise: str) -> str:
    """Name an entry by its id, or otherwise where it has none."""
    return f"{NOUNS[kind]} {folded(str(table.get('id', ''))) or otherwise}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _NotThis("this is not text.", "Put it in quotation marks.")
    return folded(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _NotThis("this is not a whole number from 1.", "Write it in digits, without quotation marks.")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _NotThis("this is neither true nor false.", "Write one of the two, without quotation marks.")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _NotThis("this is not a list of texts.", 'Write it as ["one", "two"].')
    return tuple(folded(each) for each in value)


def _reasons(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise _NotThis(
            "this is not a table of reasons.", 'Write “field = "reason"” below “[article.inferred]”.'
        )
    return {key: folded(each) for key, each in value.items()}


def _one_of(kind: type[Enum]) -> Callable[[object], Enum]:
    def read(value: object) -> Enum:
        words = [each.value for each in kind]
        if value not in words:
            raise _NotThis(
                f"“{value}” is not one of them.", suggest(str(value), words, f"Write {', '.join(words)}.")
            )
        return kind(value)

    return read


_READ: dict[Any, Callable[[object], Any]] = {
    str: _text,
    int: _number,
    bool: _truth,
    tuple[str, ...]: _texts,
    Mapping[str, str]: _reasons,
    Grade: _one_of(Grade),
    Rights: _one_of(Rights),
}
