"""Where members' ids may stand in the database: every column is known, and forgetting reaches each of them."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.features.privacy import KEPT
from storage import cleaning, privacy, traces
from storage.store import MEMORY, Store
from tests.conversation import Talk, talking
from tests.lives import ONE, forget, holds, rows


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store in memory, in a transaction."""
    opened = Store(MEMORY)
    with opened.transaction():
        yield opened
    opened.close()


NAMELESS = frozenset({
    "about", "action", "after", "article", "askable", "before", "began", "body", "catch_up",
    "card", "channel", "community", "confidence", "credit", "date", "detail", "due", "drawn", "ends",
    "event", "fields", "file", "fingerprint", "hash", "item", "key", "kind", "mode", "next_slot",
    "paused_until", "people", "person", "ping", "print", "question", "rating", "reason", "ref_channel", "ref_message",
    "rule", "salt", "slot", "source", "speaker", "start", "state", "tally", "text",
    "time", "topic", "value", "window", "word", "words", "zone",
})  # fmt: skip
"""Columns that hold no member's id, whatever table they are in, unless that one is listed in storage/traces.py."""
DISPLAY_NAMES = frozenset({
    ("answers", "name"), ("audit", "moderator_name"), ("credits", "name"), ("members", "name"), ("programmes", "name"),
    ("proposals", "decided_name"), ("review_sittings", "name"), ("search_entries", "name"), ("seasons", "name"),
    ("suggestions", "decided_name"),
})  # fmt: skip
"""Columns of names, which stand beside an id and go with it, or name no member."""


def listed(store: Store) -> set[tuple[str, str]]:
    """List the columns that forgetting knows to hold members' ids."""
    of_members = {(table, "member") for table in traces.tables_of_members(store._db.conn)}
    return of_members | {(each.table, each.column) for each in traces.ELSEWHERE} | traces.BY_TRIGGER


def columns(store: Store) -> Iterator[tuple[str, str]]:
    """Name every column that can hold a text."""
    for table in rows(store):
        for name, kind in store._db.execute(
            "SELECT name, type FROM pragma_table_info(?)", (table,)
        ).fetchall():
            if kind != "INTEGER":
                yield table, name


def test_every_column_is_known_to_name_members_or_not(store: Store) -> None:
    """A new column stands in storage/traces.py if it can hold a member's id, or here among those that never do."""
    known = listed(store) | DISPLAY_NAMES
    unknown = {each for each in columns(store) if each not in known and each[1] not in NAMELESS}
    assert unknown == set(), "does it hold a member's id? then storage/traces.py must forget it"


def test_nothing_is_listed_that_is_not_there(store: Store) -> None:
    """Every column that is listed as holding ids, or names, is one that the schema has."""
    assert (listed(store) | DISPLAY_NAMES) - set(columns(store)) == set()


def test_every_kind_of_entry_is_told_in_words(store: Store) -> None:
    """What the card of /privacy counts is every table of members' own, each in words of its own."""
    told = {kind for _, kind, _, _ in KEPT}
    assert told - {"audit", "programmes"} | privacy.BESIDE == set(traces.tables_of_members(store._db.conn))


def test_members_are_found_without_a_search(store: Store) -> None:
    """Every table of members' own, but for score events, has an index that begins with community and member."""
    indexed = """
    SELECT 1 FROM pragma_index_list(?) AS l WHERE
      (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno LIMIT 2)) = 'community,member'
    """
    tables = set(traces.tables_of_members(store._db.conn)) - {traces.SCORES}
    assert [each for each in sorted(tables) if not store._db.execute(indexed, (each,)).fetchone()] == []


async def test_nothing_that_is_done_leaves_a_trace(tmp_path: Path) -> None:
    """Whoever has used every command and pressed every button is, once forgotten, nowhere in the database's file."""
    path = tmp_path / "bot.db"
    async with talking(database=path, folder=tmp_path, seed=3) as talk:
        await talk("Ana", "/quiz kind:who about:words")
        await _do_everything(talk)
        found = _found(path)
        await talk("Ana", "/clock +60s")
        await forget(talk, ONE)
        assert _found(path) == set()
    with closing(Store(path)) as store:
        assert found - listed(store) == set()
        assert cleaning.clean(store._db.conn) is True
    assert {("answers", "member"), ("rounds", "asker"), ("decks", "deck"), ("saved", "member")} <= found
    assert [name for name in ("bot.db", "bot.db-wal") if holds(tmp_path / name)] == []


async def _do_everything(talk: Talk) -> None:
    """Use every command there is as a moderator, and press whatever it shows."""
    commands = talk.house.desk.registry.commands.values()
    lines = [each.example for each in commands]
    for typed in ("1", "/quiz kind:fact where:private", "/quiz rounds:2 where:private", *lines):
        card = await _typed(talk, typed)
        for number in re.findall(r"\[(\d+)\]", card.rsplit("\n", 1)[-1])[:4]:
            shown = re.search(r"#(\d+)$", card)
            await _typed(talk, f"{shown[1] if shown else 1}.{number}")


async def _typed(talk: Talk, typed: str) -> str:
    said = await talk(ONE, typed, moderator=True)
    for words in (*["a few words of mine"] * 3, "", "", "", "/cancel"):
        if talk.console.private:
            said = await talk.console.type(words)
    return said.rstrip("\n")


def _found(path: Path) -> set[tuple[str, str]]:
    """Name the columns in which the id stands."""
    with closing(Store(path, reading=True)) as store:
        return {
            (table, column)
            for table, column in columns(store)
            if store._db.execute(
                f"SELECT 1 FROM {table} WHERE instr({column}, ?)", (ONE.casefold(),)
            ).fetchone()
        }
