"""A community moves as a file: everything of its own and nothing of anybody else's, all of it or nothing."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.core.cards import Button, Card, say
from bot.core.effects import Edit
from bot.core.events import Actor
from bot.core.ports import Window
from bot.core.tokens import token
from content.parse import parse
from content.writer import dump
from storage.belongings import MADE_ANEW, belongings, shifted
from storage.database import DatabaseFault, open_writer
from storage.driver import sqlite3
from storage.exporting import communities, export
from storage.importing import Imported, import_data
from storage.keeping import backup
from storage.lock import Lock
from storage.own_library import own_shelves
from storage.store import MEMORY, Store
from storage.traces import named
from tests.isolation_world import World, two_communities
from tests.lives import lived
from tests.schema import schema_of
from tests.storage_samples import HERE, NOW, THERE, ZONE, ports_of, shelf
from tests.test_isolation import SELDOM

Rows = Mapping[str, list[tuple[Any, ...]]]


def _rows(database: Path, community: str) -> Rows:
    """Read everything of a community's, in an order that numbers do not change."""
    with closing(sqlite3.connect(database)) as connection:
        return {
            each.table: sorted(connection.execute(each.rows, (community,)).fetchall(), key=repr)
            for each in belongings(connection)
        }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """Let two communities do everything there is to do, on `old.db`, and export each: `here.jsonl`, `there.jsonl`."""
    folder = tmp_path_factory.mktemp("made")
    store = Store(folder / "old.db")
    with closing(store):
        world = two_communities(store)
        with store.transaction():
            lived(ports_of(store), "zoe", HERE)
    export(folder / "old.db", HERE, folder / "here.jsonl")
    export(folder / "old.db", THERE, folder / "there.jsonl")
    return folder, world


@pytest.fixture
def old(made: tuple[Path, World]) -> Path:
    """The database of both."""
    return made[0] / "old.db"


@pytest.fixture
def here(made: tuple[Path, World]) -> Path:
    """The export of HERE."""
    return made[0] / "here.jsonl"


@pytest.fixture
def new(tmp_path: Path, here: Path) -> Path:
    """A database into which HERE was imported alone."""
    import_data(tmp_path / "new.db", here)
    return tmp_path / "new.db"


@pytest.fixture
def beside(tmp_path: Path, here: Path) -> Path:
    """A database that holds THERE alone, for HERE to come beside."""
    import_data(tmp_path / "beside.db", here.with_name("there.jsonl"))
    return tmp_path / "beside.db"


def _schema(database: Path | str) -> list[str]:
    """List the statements of a database's schema, in an order of their own."""
    with closing(open_writer(database)) as db:
        return sorted(schema_of(db).rstrip(";\n").split(";\n\n"))


def test_everything_arrives_as_it_was(tmp_path: Path, old: Path, here: Path) -> None:
    """In a database of its own a community has every row with every number, and nobody else's."""
    done = import_data(tmp_path / "new.db", here)
    before = _rows(old, HERE)
    assert _rows(tmp_path / "new.db", HERE) == before
    assert done == Imported(
        community=HERE, rows=sum(map(len, before.values())), forgotten=0, renumbered=False
    )
    assert communities(tmp_path / "new.db") == [HERE]
    assert {table for table, rows in before.items() if not rows} <= SELDOM


def test_what_arrives_works(old: Path, new: Path) -> None:
    """The board orders members, their own words are found, the deck goes on, and a new entry gets a new number."""
    store = Store(new)
    store.stock([shelf()])
    ports = ports_of(store)
    with closing(store), store.transaction():
        span = ports.boards.span(HERE, Window.EVER, NOW, ZONE)
        assert [each.name for each in ports.boards.top(HERE, span, 9)] == ["Zoe", "Own", "Ana"]
        assert [each.name for each in ports.boards.top(HERE, span, 9, topic="machines")] == ["Zoe"]
        assert "own-1" in {hit.id for hit in ports.search.find(HERE, "engines", 9)}
        assert ports.library.quotation(HERE, "own-1") is not None
        assert ports.decks.served(HERE, "quote") == {"ada-1": 1}
        assert ports.communities.zone(HERE) == "Asia/Kathmandu"
        entry = ports.audit.note(HERE, Actor(id="mia", name="Mia"), "retire", "x", NOW)
        assert entry > max(row[0] for row in _rows(old, HERE)["audit"])


def test_the_schema_is_what_it_was(new: Path) -> None:
    """The triggers that are lifted while rows come in are all there again, word for word."""
    assert _schema(new) == _schema(MEMORY)


def test_beside_others_every_number_is_raised_by_the_same(old: Path, beside: Path, here: Path) -> None:
    """Rows hang together as before, the other community's are untouched, and no number is one that was used."""
    theirs = _rows(beside, THERE)
    assert import_data(beside, here).renumbered
    assert _rows(beside, THERE) == theirs
    before, after = _rows(old, HERE), _rows(beside, HERE)
    by = min(row[0] for row in after["rounds"]) - min(row[0] for row in before["rounds"])
    assert by >= max(row[0] for table in ("rounds", "deliveries", "audit") for row in before[table])
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert sorted(row[0] for row in after["answers"]) == sorted(row[0] + by for row in before["answers"])
    sources = {row[1].partition(":") for row in before["score_events"]}
    assert {row[1] for row in after["score_events"]} == {
        f"{kind}:{int(number) + by}" for kind, _, number in sources
    }
    with closing(sqlite3.connect(beside)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_buttons_of_what_is_still_to_be_posted_follow(
    tmp_path: Path, made: tuple[Path, World], beside: Path
) -> None:
    """A card that waits in the ledger names the rows by their new numbers, whatever else its buttons carry."""
    folder, world = made
    copied = tmp_path / "old.db"
    backup(folder / "old.db", copied)
    buttons = (
        Button("1", token("quiz:answer", world.round, 2)),
        Button("Again", token("schedule:again", f"{world.programme}@2026-11-24T20:00")),
        Button("Board", token("leaderboard:turn", 7)),
    )
    store = Store(copied)
    with closing(store), store.transaction():
        card = Card(body=(say("A question"),), buttons=buttons)
        ports_of(store).deliveries.add(
            HERE, Edit(card=card), about=f"quiz:{world.round}", due=NOW, message=world.message, claimed=False
        )
    export(copied, HERE, tmp_path / "here.jsonl")
    import_data(beside, tmp_path / "here.jsonl")
    by = _first_round(beside) - _first_round(copied)
    with closing(sqlite3.connect(beside)) as connection:
        (about, call) = connection.execute(
            "SELECT about, call FROM deliveries WHERE community = ? AND call LIKE '%Again%'", (HERE,)
        ).fetchone()
    args = [each["token"]["args"] for each in json.loads(call)["card"]["buttons"]]
    assert about == f"quiz:{world.round + by}"
    assert args == [[str(world.round + by), "2"], [f"{world.programme + by}@2026-11-24T20:00"], ["7"]]


@pytest.mark.parametrize(
    ("table", "column", "value", "raised"),
    [
        ("score_events", "source", "rescore:7", "rescore:107"),
        ("deliveries", "about", "audit:0", "audit:0"),
        ("audit", "about", "undo:7", "undo:107"),
        ("audit", "about", "Daily excerpt: 7", "Daily excerpt: 7"),
        ("programmes", "series_from", 7, 107),
        ("programmes", "watched_from", 0, 0),
        ("pinned_items", "drawn_for", 7, 107),
        ("pinned_items", "drawn_for", None, None),
        ("programmes", "about", "round:7", "round:7"),
    ],
)
def test_numbers_that_hide_are_raised_too(
    table: str, column: str, value: str | int | None, raised: str | int | None
) -> None:
    """Where a text or a plain number names a row it follows; 0 names none, and people's own words are left alone."""
    assert shifted(table, column, value, 100) == raised


def test_who_was_forgotten_since_is_forgotten_in_what_comes(tmp_path: Path, here: Path) -> None:
    """A member who had themselves forgotten here after the export was made does not come back by it."""
    database = tmp_path / "new.db"
    store = Store(database)
    with closing(store), store.transaction():
        ports_of(store).members.forget(HERE, "ana", NOW)
    done = import_data(database, here)
    with closing(sqlite3.connect(database)) as connection:
        assert (done.forgotten, "ana" in named(connection, HERE)) == (1, False)
        assert "own member" in named(connection, HERE)


def test_a_community_that_is_there_is_not_joined(new: Path, here: Path) -> None:
    """Importing twice is refused with the reason, and changes nothing."""
    before = _rows(new, HERE)
    with pytest.raises(DatabaseFault, match=r"holds the community discord:1 already .* cannot be joined"):
        import_data(new, here)
    assert _rows(new, HERE) == before


def _cut(lines: list[str]) -> list[str]:
    return lines[: len(lines) // 2]


def _row_of(lines: list[str], table: str) -> int:
    return next(at for at, line in enumerate(lines) if line.startswith(f'{{"table":"{table}"'))


def _changed(table: str, **values: object) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        at = _row_of(lines, table)
        entry = json.loads(lines[at])
        entry["row"] |= values
        return [*lines[:at], json.dumps(entry) + "\n", *lines[at + 1 :]]

    return change


def _head(**values: object) -> Callable[[list[str]], list[str]]:
    return lambda lines: [json.dumps({**json.loads(lines[0]), **values}) + "\n", *lines[1:]]


DAMAGED: Mapping[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "empty": (lambda _: [], "line 1 is missing: the file was cut short"),
    "cut short": (_cut, "is missing: the file was cut short"),
    "a row less": (lambda lines: [*lines[:-2], lines[-1]], r"counts \d+ rows, and there are \d+"),
    "no JSON": (lambda lines: [lines[0], "{row\n", *lines[1:]], "line 2 is not JSON"),
    "no object": (lambda lines: [lines[0], "[1]\n", *lines[1:]], "line 2 is no JSON object"),
    "another file": (
        lambda _: ['{"name": "x"}\n'],
        "line 1 does not say that this is the export of a community",
    ),
    "another version": (
        _head(schema="m0001_first"),
        r"another version of the bot has written it \(m0001_first, here",
    ),
    "no community": (_head(community=""), "line 1 does not name a community"),
    "no table": (lambda lines: [lines[0], '{"table": "x", "row": {}}\n'], "line 2 is no row of any table"),
    "a column more": (_changed("rounds", more=1), "is no row of any table"),
    "another community": (_changed("rounds", community=THERE), "belongs to another community"),
    "another's round": (_changed("answers", round=1_000_000), "has a round that is no number of a row"),
    "a number too high": (_changed("audit", id=2**60), "has a id that is no number of a row"),
    "a wrong state": (_changed("rounds", state="mad"), "cannot be taken in .*CHECK constraint failed"),
    "a wrong type": (_changed("rounds", seconds="soon"), "cannot be taken in .*cannot store TEXT"),
    "a list": (_changed("rounds", seconds=[1]), "has a value that no column takes"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_is_refused_whole(tmp_path: Path, here: Path, damage: str) -> None:
    """The line and what is wrong with it are named, and not one row of it is in the database."""
    change, told = DAMAGED[damage]
    path, database = tmp_path / "damaged.jsonl", tmp_path / "new.db"
    lines = here.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(change(lines)), encoding="utf-8")
    with pytest.raises(DatabaseFault, match=told) as caught:
        import_data(database, path)
    assert str(caught.value).startswith(f"{path}: line ")
    assert str(caught.value).endswith("Nothing was imported.")
    assert sum(map(len, _rows(database, HERE).values())) == 0
    assert _schema(database) == _schema(MEMORY)


def test_nothing_is_imported_while_the_bot_runs(tmp_path: Path, here: Path) -> None:
    """The database has one writer, so the bot must be stopped first."""
    lock = Lock(tmp_path / "new.db")
    assert lock.take()
    with pytest.raises(DatabaseFault, match="Stop it first"):
        import_data(tmp_path / "new.db", here)
    lock.release()


def test_an_export_is_private_whole_and_never_overwrites(tmp_path: Path, old: Path) -> None:
    """It is made beside, for its owner alone, holds nothing of another community, and leaves a file that is there."""
    path = tmp_path / "here.jsonl"
    rows = export(old, HERE, path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert path.stat().st_mode & 0o077 == 0
    assert (lines[-1], len(lines)) == ({"rows": rows}, rows + 2)
    assert {each["row"].get("community", HERE) for each in lines[1:-1]} == {HERE}
    written = path.read_bytes()
    with pytest.raises(DatabaseFault, match="is there already"):
        export(old, HERE, path)
    assert path.read_bytes() == written
    with pytest.raises(DatabaseFault, match="holds nothing of a community discord:404"):
        export(old, "discord:404", tmp_path / "none.jsonl")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["here.jsonl"]


def test_every_table_is_exported_or_made_anew(old: Path) -> None:
    """No table is forgotten: each is of communities, or stands among those that are made anew."""
    listed = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    with closing(sqlite3.connect(old)) as connection:
        names = {name for (name,) in connection.execute(listed) if not name.startswith(("_", "sqlite_"))}
        assert {each.table for each in belongings(connection)} == names - MADE_ANEW


def test_what_a_community_added_to_the_library_is_written_as_article_files(old: Path) -> None:
    """Each article has its additions, with the people they name, in files that the loader takes."""
    (own,) = own_shelves(old, HERE)
    assert [each.id for each in own.items] == ["own-1", "own-x", "own-fact", "own-p"]
    assert [person.id for person in own.people] == ["own-ada"]
    assert own_shelves(old, THERE) == []
    draft, faults = parse(dump(own), "own.toml")
    assert (faults, draft.shelf if draft else None) == ([], own)


def _first_round(database: Path) -> int:
    return int(min(row[0] for row in _rows(database, HERE)["rounds"]))
