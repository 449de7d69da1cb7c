"""The library's values as JSON and back, for the rows that hold them whole."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from enum import Enum
from typing import Any, TypeVar

from bot.core.library import Article, Ending, Excerpt, Fact, Grade, Item, Person, Prompt, Quotation, Rights

T = TypeVar("T", Article, Person, Quotation, Excerpt, Fact, Prompt)

FORMAT = "1"
"""Part of the library's fingerprint: a new one has the whole library written again."""

_NAMES: Mapping[type, tuple[str, ...]] = {
    each: tuple(field.name for field in fields(each))
    for each in (Article, Person, Quotation, Excerpt, Fact, Prompt, Ending)
}
_READ: Mapping[str, Callable[[Any], object]] = {
    "grade": Grade,
    "rights": Rights,
    "endings": lambda values: tuple(Ending(**each) for each in values),
}


def write(value: Article | Person | Quotation | Excerpt | Fact | Prompt) -> str:
    """Write a value as JSON text, every field by its name."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def read(kind: type[T], text: str) -> T:
    """Read a value of this kind back from what `write` wrote."""
    return kind(**_values(text))


def read_item(kind: type[Item], text: str) -> Item:
    """Read an item of a kind that only its row knows."""
    return kind(**_values(text))


def credited(item: Item, name: str) -> Item:
    """Give a quotation or a prompt the name of who suggested it; what has no such name stays as it is."""
    return replace(item, credit=name) if name and isinstance(item, Quotation | Prompt) else item


def _values(text: str) -> dict[str, Any]:
    return {name: _READ.get(name, _value)(value) for name, value in json.loads(text).items()}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    names = _NAMES.get(type(value))
    return {name: _plain(getattr(value, name)) for name in names} if names else value


def _value(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
