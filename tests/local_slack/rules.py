"""Small rules that are put together into the shape of a block: each yields what is wrong and where.

A rule takes a value and the JSON pointer to it. The wording follows what Slack puts into `response_metadata`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def _at(what: str, where: str) -> str:
    return f"{what} [json-pointer:{where}]"


def string(most: int, *, least: int = 1) -> Rule:
    """Ask for a string of `least` to `most` characters."""

    def rule(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield _at("must provide a string", where)
        elif len(value) > most:
            yield _at(f"must be less than {most + 1} characters", where)
        elif len(value) < least:
            yield _at(f"must be more than {least - 1} characters", where)

    return rule


def one_of(*values: Any) -> Rule:
    """Ask for one of the values."""

    def rule(value: Any, where: str) -> Iterator[str]:
        if value not in values:
            yield _at(f"must be a valid enum value: {', '.join(map(str, values))}", where)

    return rule


def flag(value: Any, where: str) -> Iterator[str]:
    """Ask for true or false."""
    if not isinstance(value, bool):
        yield _at("must provide a boolean", where)


def whole(least: int, most: int) -> Rule:
    """Ask for a whole number in a range."""

    def rule(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield _at("must provide an integer", where)
        elif not least <= value <= most:
            yield _at(f"must be between {least} and {most}", where)

    return rule


def anything(value: Any, where: str) -> Iterator[str]:
    """Ask for nothing: a part that this project never sends."""
    yield from ()


def many(each: Rule, most: int, *, least: int = 1) -> Rule:
    """Ask for a list of `least` to `most` items that keep the rule."""

    def rule(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield _at("must provide an array", where)
            return
        if len(value) > most:
            yield _at(f"no more than {most} items allowed", where)
        if len(value) < least:
            yield _at(f"no less than {least} items allowed", where)
        for place, item in enumerate(value):
            yield from each(item, f"{where}/{place}")

    return rule


def shape(parts: Mapping[str, Rule], *, needs: tuple[str, ...] = ()) -> Rule:
    """Ask for an object with these parts and no others."""

    def rule(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _at("must provide an object", where)
            return
        for name in needs:
            if name not in value:
                yield _at(f"missing required field: {name}", where)
        for name, part in value.items():
            if name not in parts:
                yield _at(f"invalid additional property: {name}", where)
            else:
                yield from parts[name](part, f"{where}/{name}")

    return rule


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """Ask for an object whose `type` is known, and that keeps the rule of its type."""

    def rule(value: Any, where: str) -> Iterator[str]:
        kind = str(value.get("type")) if isinstance(value, dict) else "none"
        if kind in kinds:
            yield from kinds[kind](value, where)
        else:
            yield _at(f"unsupported type: {kind}", f"{where}/type")

    return rule
