"""Write a shelf as the text of an article file, the way a person would: long texts wrapped, defaults left out."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from enum import Enum
from typing import Any

from bot.core.library import Article, Ending, Excerpt, Fact, Person, Prompt, Quotation, Shelf
from content.parse import LISTS

_WIDTH = 110
_HEADER = "# An article of the library. docs/library.md says what each field means."
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def dump(shelf: Shelf) -> str:
    """Write a shelf as TOML that `load` reads back as the same shelf."""
    return "\n\n".join((_HEADER, _entry("[article]", shelf.article), *_listed(shelf))) + "\n"


def more(shelf: Shelf) -> str:
    """Write all of a shelf but its article, as it can stand at the end of a file that has that already."""
    return "".join(f"\n{entry}\n" for entry in _listed(shelf))


def _listed(shelf: Shelf) -> Iterator[str]:
    for name in LISTS:
        yield from (_entry(f"[[{name}]]", entry) for entry in getattr(shelf, name))


def _entry(heading: str, entry: Article | Person | Quotation | Excerpt | Fact | Prompt | Ending) -> str:
    """Write one table: its plain fields first, then the tables that belong to it."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry) if _is_told(field, entry)}
    lines = [heading]
    tables = []
    for name, value in values.items():
        if name == "inferred":
            tables.append("\n".join(("[article.inferred]", *_lines(value))))
        elif name == "endings":
            tables += (_entry("[[quotations.endings]]", ending) for ending in value)
        else:
            lines += _lines({name: value})
    return "\n\n".join(("\n".join(lines), *tables))


def _is_told(field: Field[Any], entry: object) -> bool:
    """Say whether a field stands in the file: not what the place in the file says already, and no default."""
    if field.name == "article":
        return False
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return bool(getattr(entry, field.name) != default)


def _lines(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        match value:
            case Enum():
                yield f"{name} = {_basic(value.value)}"
            case bool():
                yield f"{name} = {str(value).lower()}"
            case str():
                yield _string(name, value)
            case tuple():
                yield _array(name, value)
            case _:
                yield f"{name} = {value}"


def _string(name: str, text: str) -> str:
    """Write a text on one line where it fits, else wrapped between three marks, where line ends are spaces."""
    line = f"{name} = {_basic(text)}"
    if len(line) <= _WIDTH and '"' not in text and "\n" not in text:
        return line
    body = "\n\n".join(
        textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for paragraph in _escaped(text).split("\n\n")
    )
    return f'{name} = """\n{body}\n"""'


def _array(name: str, values: Sequence[str]) -> str:
    items = [_basic(value) for value in values]
    line = f"{name} = [{', '.join(items)}]"
    if len(line) <= _WIDTH:
        return line
    return "\n".join((f"{name} = [", *(f"    {item}," for item in items), "]"))


def _basic(text: str) -> str:
    """Write a text as a basic string; JSON's escapes are TOML's, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _escaped(text: str) -> str:
    """Escape what a text between three marks cannot hold as it is."""
    plain = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)
