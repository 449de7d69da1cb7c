"""What belongs to a community: its rows in every table, parents first, and the numbers in them that name other rows.

The tables are found in the schema itself (storage/owning.py), so that a new one is exported without anybody thinking of
it. What the schema does not say stands below: tables that are made from others, and numbers that hide in texts.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.driver import sqlite3
from storage.owning import owned

Value = str | int | float | bytes | None

MADE_ANEW = frozenset({"editions", "forgetting", "search_entries", "seen"})
"""Tables that are filled by what else is there, or hold nothing that outlives the moment."""
LEFT_BEHIND = ("forgotten", "presences")
"""Tables that may still speak of a community of which nothing else is there."""
_COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?)"
_REFERENCES = """SELECT "from", "table" FROM pragma_foreign_key_list(?) WHERE coalesce("to", 'id') = 'id'"""

_NAMED = re.compile(r"([a-z]+:)([1-9]\d*)")
_UNDONE = re.compile(r"((?:undo|round):)([1-9]\d*)")
_FIRST = re.compile(r"()([1-9]\d*)(?=$|@)")
_FEATURES = frozenset({"excerpt", "quiz", "quote", "schedule", "set", "suggest"})
"""Features whose tokens on posted cards name a row first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Belonging:
    """A table with rows of communities: `ids` maps the columns that name a row to the table it is in.

    `whose` is the condition that finds a community's rows (?1), `key` the column that numbers its own rows, if one does.
    """

    table: str
    columns: tuple[str, ...]
    ids: Mapping[str, str]
    whose: str
    key: str = ""

    @property
    def rows(self) -> str:
        """The statement that reads a community's rows."""
        return f"SELECT {', '.join(self.columns)} FROM {self.table} WHERE {self.whose}"


def belongings(connection: sqlite3.Connection) -> Sequence[Belonging]:
    """List the tables, each after those whose rows it names."""
    return [
        _belonging(connection, table, whose)
        for table, whose in owned(connection).items()
        if table not in MADE_ANEW
    ]


def _belonging(connection: sqlite3.Connection, table: str, whose: str) -> Belonging:
    columns = connection.execute(_COLUMNS, (table,)).fetchall()
    names = tuple(name for name, _, _ in columns)
    ids = dict(connection.execute(_REFERENCES, (table,)).fetchall())
    keys = [(name, kind) for name, kind, place in columns if place]
    key = keys[0][0] if len(keys) == 1 and keys[0][1] == "INTEGER" and keys[0][0] not in ids else ""
    return Belonging(
        table=table, columns=names, ids={**ids, **({key: table} if key else {})}, whose=whose, key=key
    )


def shifted(table: str, column: str, value: Value, by: int) -> Value:
    """Give what stands in a column once every row of its community has a number that is higher `by` so much."""
    shift = _HIDDEN.get((table, column))
    return shift(value, by) if shift is not None and by else value


def _in(pattern: re.Pattern[str]) -> Callable[[Any, int], Value]:
    """Shift the number that a whole text ends with."""

    def shift(text: Any, by: int) -> Value:
        found = pattern.fullmatch(text)
        return f"{found[1]}{int(found[2]) + by}" if found else str(text)

    return shift


def _number(value: Any, by: int) -> Value:
    """Shift a number; 0 names nothing, and nothing stays nothing."""
    return int(value) + by if value else value


def _in_card(text: Any, by: int) -> Value:
    """Shift the rows that the tokens of a card name."""
    return json.dumps(_tokens(json.loads(text), by), ensure_ascii=False, separators=(",", ":"))


def _tokens(value: Any, by: int) -> Any:
    if isinstance(value, list):
        return [_tokens(each, by) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("is") == "Token" and value["feature"] in _FEATURES and value["args"]:
        first = _FIRST.sub(lambda found: str(int(found[2]) + by), value["args"][0], count=1)
        return {**value, "args": [first, *value["args"][1:]]}
    return {name: _tokens(each, by) for name, each in value.items()}


_HIDDEN: Mapping[tuple[str, str], Callable[[Any, int], Value]] = {
    ("score_events", "source"): _in(_NAMED),
    ("deliveries", "about"): _in(_NAMED),
    ("deliveries", "call"): _in_card,
    ("untold", "card"): _in_card,
    ("audit", "about"): _in(_UNDONE),
    ("programmes", "series_from"): _number,
    ("programmes", "watched_from"): _number,
    ("pinned_items", "drawn_for"): _number,
}
"""Columns that name rows without the schema saying so: how each is shifted."""
