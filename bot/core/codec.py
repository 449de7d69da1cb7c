"""The core's values as JSON and back: cards, calls and questions that wait in the database, and what a page holds.

Every class named here is written as an object with its class's name under `is`. A name that is not here is refused,
so nothing that stands in a row can become anything but a value of the core.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from bot.core import cards, effects, events, findings, inline, library, rounds, tokens
from bot.core.errors import BotFault

_CLASSES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        inline.Text, inline.Strong, inline.Emphasis, inline.Link, inline.Time, inline.Channel, inline.Mention, inline.CommandName,
        cards.Paragraph, cards.Quoted, cards.Field, cards.Image, cards.Button, cards.Option, cards.Select, cards.Card,
        tokens.Token, events.MessageRef, events.Attachment,
        effects.Answered, effects.Post, effects.Edit, effects.OpenThread, effects.Pin, effects.Notice, effects.Direct,
        effects.AskAfter,
        rounds.Question,
        library.Article, library.Person, library.Quotation, library.Ending, library.Excerpt, library.Fact, library.Prompt,
        findings.Found, findings.Given, findings.Unstated, findings.ReadArticle, findings.LeftOut, findings.Findings,
    )
}  # fmt: skip
_ENUMS: dict[str, type[Enum]] = {
    each.__name__: each for each in (cards.Intent, inline.TimeStyle, library.Grade, library.Rights)
}
_MAPPING = "mapping"
_NAMES: dict[type[Any], tuple[str, tuple[str, ...]]] = {
    each: (name, tuple(field.name for field in fields(each) if field.init)) for name, each in _CLASSES.items()
}


def dump(value: object) -> str:
    """Write a value as JSON text."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
    """Read a value back; BotFault when the text was not written by `dump`."""
    return _value(json.loads(text))


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {"is": _MAPPING, "of": {str(name): _plain(each) for name, each in value.items()}}
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "value": value.value}
    try:
        name, members = _NAMES[type(value)]
    except KeyError:
        raise BotFault(f"a {type(value).__name__} cannot be written") from None
    return {"is": name, **{member: _plain(getattr(value, member)) for member in members}}


def _value(plain: object) -> Any:
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain.get("is", "")
    if name in _ENUMS:
        return _ENUMS[name](plain["value"])
    if name == _MAPPING:
        return {each: _value(of) for each, of in plain["of"].items()}
    make: Callable[..., Any] | None = _CLASSES.get(name)
    if make is None:
        raise BotFault(f"a {name!r} cannot be read")
    values = {member: _value(each) for member, each in plain.items() if member != "is"}
    return make(**values)
