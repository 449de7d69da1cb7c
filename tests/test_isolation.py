"""No community finds or changes anything of another's, whatever is asked of the storage.

Every method of every port has a case in `isolation_cases`; a method without one fails.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_type_hints

import pytest

from bot.core.ports import Ports
from storage.driver import sqlite3
from storage.owning import owned
from storage.store import MEMORY, Store
from tests.isolation_cases import CASES, Call, OnAll, OnRow, Reads, Writes
from tests.isolation_world import DATE, World, two_communities
from tests.storage_samples import EDIT, HERE, NOW, THERE, ask

NO_ROWS = {"spacing"}
"""Ports that stand for no storage."""
SELDOM = {"communities", "editions", "forgetting", "forgotten", "presences", "retired"}
LIBRARY = {"article_people", "articles", "item_topics", "items", "people", "search_entries"}


def _methods() -> Iterator[tuple[str, bool]]:
    """Name every method of every port, and say whether it is told the community."""
    for name, port in get_type_hints(Ports).items():
        if getattr(port, "_is_protocol", False) and name not in NO_ROWS:
            for method, function in inspect.getmembers(port, inspect.isfunction):
                if not method.startswith("_"):
                    yield f"{name}.{method}", "community" in inspect.signature(function).parameters


METHODS = dict(_methods())


@pytest.fixture
def world() -> Iterator[World]:
    """Let two communities live on one database."""
    store = Store(MEMORY)
    made = two_communities(store)
    with store.transaction():
        yield made
    store.close()


def _rows(world: World, community: str) -> Mapping[str, list[Any]]:
    """Read every row of a community, table by table."""
    db = world.store._db
    return {
        table: db.execute(f"SELECT * FROM {table} WHERE {whose}", (community,)).fetchall()
        for table, whose in owned(db.conn).items()
    }


@pytest.mark.parametrize("method", METHODS)
def test_no_method_reaches_another_community(world: World, method: str) -> None:
    """Asked by another community, a method finds nothing of HERE and changes nothing there; asked by HERE, it does."""
    if method not in CASES:
        pytest.fail(f"{method} has no case in isolation_cases: say what another community may see of it")
    match CASES[method]:
        case Reads(call, nothing):
            _check_reading(world, call, nothing)
        case Writes(call):
            _check_writing(world, call)
        case OnRow(call_on_row):
            here, there = _rows(world, HERE), _rows(world, THERE)
            found = call_on_row(world)
            assert found or _rows(world, HERE) != here
            assert _rows(world, THERE) == there
        case OnAll(call_on_all):
            here, there = _rows(world, HERE), _rows(world, THERE)
            _check_whose(world, call_on_all(world))
            assert (_rows(world, HERE), _rows(world, THERE)) == (here, there)


def _check_reading(world: World, call: Call, nothing: object) -> None:
    here, there = _rows(world, HERE), _rows(world, THERE)
    assert call(world, THERE) == nothing
    assert call(world, HERE) != nothing
    assert (_rows(world, HERE), _rows(world, THERE)) == (here, there)


def _check_writing(world: World, call: Call) -> None:
    here = _rows(world, HERE)
    try:
        call(world, THERE)
    except sqlite3.IntegrityError as error:
        assert "none of this community" in str(error)  # noqa: PT017 - most writes pass, and leave HERE alone
    assert _rows(world, HERE) == here
    there = _rows(world, THERE)
    call(world, HERE)
    assert _rows(world, HERE) != here
    assert _rows(world, THERE) == there


def _check_whose(world: World, found: Any) -> None:
    """See that both communities' rows were found, each under its own name; of a moment there is nothing to see."""
    if isinstance(found, Sequence):
        table = "rounds" if hasattr(found[0], "question") else "deliveries"
        owners = dict(world.store._db.execute(f"SELECT id, community FROM {table}").fetchall())
        assert {each.id: each.community for each in found} == {each.id: owners[each.id] for each in found}
        assert {each.community for each in found} == {HERE, THERE}


def test_every_case_is_of_a_method_and_of_its_kind() -> None:
    """Every case belongs to a method that a port has; what is not told the community is asked by row, or for all."""
    assert set(CASES) - set(METHODS) == set()
    told = {name for name, case in CASES.items() if isinstance(case, Reads | Writes)}
    assert told == {name for name in CASES if METHODS[name]}


def test_every_table_says_whose_its_rows_are(world: World) -> None:
    """Every table has rows of THERE's that could be found, but for the library and what is seldom set."""
    empty = {table for table, rows in _rows(world, THERE).items() if not rows}
    assert empty <= SELDOM | LIBRARY


@pytest.mark.parametrize(
    "method", ["showings.add", "reading.post", "rounds.add", "deliveries.add", "sets.join"]
)
def test_no_row_is_tied_to_another_community_s(world: World, method: str) -> None:
    """The database itself refuses a row that would hang on a message, or a set on a round, of another community."""
    theirs, ports = ask(world.ports, community=THERE), world.ports
    ties: Mapping[str, Callable[[], object]] = {
        "showings.add": lambda: ports.showings.add(
            THERE, item="ada-1", about="", by="", message=world.message, at=NOW
        ),
        "reading.post": lambda: ports.reading.post(
            THERE, item="x", date=DATE, anew=False, message=world.message
        ),
        "rounds.add": lambda: ask(ports, community=THERE, message=world.message),
        "deliveries.add": lambda: ports.deliveries.add(
            THERE, EDIT, about="quiz:1", due=NOW, message=world.message, claimed=False
        ),
        "sets.join": lambda: ports.sets.join(world.set, theirs),
    }
    with pytest.raises(sqlite3.IntegrityError, match="none of this community"):
        ties[method]()
