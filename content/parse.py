"""From the text of an article file to a shelf, with every fault of form on the way.

A string's line ends are where its writer found them handy: within a paragraph they count as spaces, a blank line
begins a new paragraph. No-break spaces are folded to spaces, as everywhere in the library.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from typing import Any, get_type_hints

from bot.core.library import Article, Ending, Excerpt, Fact, Grade, Person, Prompt, Quotation, Rights, Shelf
from content.faults import NOUNS, Fault, nearest, suggest

LISTS: dict[str, type] = {
    "people": Person,
    "quotations": Quotation,
    "excerpts": Excerpt,
    "facts": Fact,
    "prompts": Prompt,
}
"""The lists of an article file, in their order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A file as far as it could be read.

    `named` are the ids that the file gives its entries, those of faulty entries too, by list: what refers to one of
    them refers to something. `sound` is False where the article's own table is faulty and a stand-in took its place.
    """

    file: str
    shelf: Shelf
    named: Mapping[str, frozenset[str]]
    sound: bool


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

    def draft(self, tables: Mapping[str, Any]) -> Draft:
        """Read all tables of the file."""
        for key in [key for key in tables if key not in {"article", *LISTS}]:
            self._unknown("", key, ("article", *LISTS))
        article = self._article(tables.get("article"))
        stem = self.file.removesuffix(".toml")
        shelf_article = article or Article(id=stem, title=stem, rights=Rights.PUBLIC_DOMAIN, words=0)
        rows = {name: self._rows(name, tables.get(name, [])) for name in LISTS}
        lists = {name: self._list(name, rows[name], shelf_article.id) for name in LISTS}
        named = {name: frozenset(str(row["id"]) for row in rows[name] if "id" in row) for name in LISTS}
        shelf = Shelf(article=shelf_article, **lists)
        return Draft(file=self.file, shelf=shelf, named=named, sound=article is not None)

    def entry(self, kind: type, label: str, table: Mapping[str, Any], given: Mapping[str, str]) -> Any:
        """Read one table as an instance of a dataclass; None when any of its fields is faulty."""
        before = len(self.faults)
        hints = get_type_hints(kind)
        known = {field.name: field for field in fields(kind) if field.name not in given}
        unknown = [key for key in table if key not in known]
        meant = {nearest(key, known) for key in unknown}
        for key in unknown:
            self._unknown(label, key, known)
        values: dict[str, Any] = dict(given)
        for name, field in known.items():
            if name in table:
                values[name] = self._value(hints[name], table[name], label, name)
            elif name not in meant and field.default is MISSING and field.default_factory is MISSING:
                self._fault(label, name, "this is missing.", f"Add a line “{name} = …”.")
        return kind(**values) if len(self.faults) == before else None

    def _article(self, table: object) -> Article | None:
        if not isinstance(table, dict):
            self._fault("", "article", "this table is missing.", "Begin the file with “[article]”.")
            return None
        found: Article | None = self.entry(Article, _labelled(Article, table, 0), table, {})
        return found

    def _rows(self, name: str, rows: object) -> list[Mapping[str, Any]]:
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self._fault("", name, "this is not a list of entries.", f"Begin every entry with “[[{name}]]”.")
        return []

    def _list(self, name: str, rows: list[Mapping[str, Any]], article: str) -> tuple[Any, ...]:
        kind = LISTS[name]
        given = {} if kind is Person else {"article": article}
        read = (
            self.entry(kind, _labelled(kind, row, number), row, given)
            for number, row in enumerate(rows, start=1)
        )
        return tuple(entry for entry in read if entry is not None)

    def _value(self, hint: Any, value: object, label: str, name: str) -> Any:
        """Read one value by its field's type; None, and a fault, when it is another."""
        if hint == tuple[Ending, ...]:
            return self._endings(value, label)
        try:
            return _READ[hint](value)
        except _NotThis as error:
            self._fault(label, name, error.problem, error.remedy)
            return None

    def _endings(self, value: object, label: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._fault(
                label,
                "endings",
                "this is not a list of entries.",
                "Begin every ending with “[[quotations.endings]]”.",
            )
            return ()
        return tuple(
            self.entry(Ending, f"{label}, endings {number}", each, {})
            for number, each in enumerate(value, start=1)
        )

    def _unknown(self, label: str, key: str, known: Any) -> None:
        self._fault(
            label, key, "there is no such field.", suggest(key, known, f"The fields are {', '.join(known)}.")
        )

    def _fault(self, label: str, field: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(file=self.file, entry=label, field=field, problem=problem, remedy=remedy))


def _labelled(kind: type, table: Mapping[str, Any], number: int) -> str:
    """Name an entry by its id, or by its place in the list where it has none."""
    return " ".join(filter(None, (NOUNS[kind], str(table.get("id") or number or ""))))


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
