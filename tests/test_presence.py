"""Where the bot is: what becomes of a community that it has left, and of one that it comes back to."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.core import presence
from bot.core.cards import line
from bot.core.effects import Direct, Wake
from bot.core.events import Joined, Left, Lost, Present
from storage.cleaning import is_clean
from storage.keeping import backup, restore
from storage.owning import owned
from storage.presences import STAY, removals
from storage.store import MEMORY, Store
from tests.isolation_world import DECISION, World, two_communities
from tests.storage_samples import DAY, HERE, NOW, THERE, ports_of
from tests.test_isolation import _rows

GONE = NOW + 30 * DAY
DIRECT = Direct(member="ana", card=line("A word"))


@pytest.fixture
def world() -> Iterator[World]:
    """Let two communities live on one database, each with an accepted suggestion too."""
    store = Store(MEMORY)
    made = two_communities(store)
    with store.transaction():
        _accept(made)
        yield made
    store.close()


def _accept(world: World) -> None:
    world.ports.suggestions.decide(HERE, world.suggestion, DECISION)
    world.store._db.execute("UPDATE suggestions SET state = 'accepted' WHERE decided_at IS NOT NULL")


def _left_of(world: World, community: str) -> Mapping[str, list[Any]]:
    """Read what is kept of a community, but for where the bot is."""
    return {table: rows for table, rows in _rows(world, community).items() if rows and table not in STAY}


def _clear(world: World, at: int) -> int:
    """Let the clock ring until nothing is to be removed; gives how often it has to be asked."""
    rings = 1
    while Wake(at) in presence.due(world.ports, at):
        rings += 1
    return rings


def test_everything_of_a_community_goes_thirty_days_after_it_was_left(world: World) -> None:
    """Nothing of the community is left in any table, not even of the logs that are never cut; others keep everything."""
    there = _rows(world, THERE)
    assert presence.left(world.ports, Left(community=HERE, at=NOW)) == [Wake(GONE)]
    here = _left_of(world, HERE)
    assert {"audit", "score_events", "suggestions", "answers", "set_rounds", "items"} <= set(here)
    _clear(world, GONE - 1)
    assert _left_of(world, HERE) == here
    _clear(world, GONE)
    assert _left_of(world, HERE) == {}
    assert _rows(world, THERE) == there
    assert presence.due(world.ports, GONE + 365 * DAY) == []


def test_a_removal_is_cut_into_slices(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One event removes a few rows at most, and what a stop has left is taken up by the next."""
    presence.left(world.ports, Left(community=HERE, at=NOW))
    rows = sum(map(len, _left_of(world, HERE).values()))
    monkeypatch.setattr(presence, "SLICE", 5)
    before = rows
    while Wake(GONE) in presence.due(world.ports, GONE):
        now = sum(map(len, _left_of(world, HERE).values()))
        # What SQLite itself deletes along with a row is not counted: the search's entry of a quotation, its topics.
        assert before - now <= 5 * 3
        before = now
    assert before == 0


@pytest.mark.parametrize("back", [Joined(community=HERE, at=NOW + DAY), Present(platform="discord", communities=frozenset({HERE}), at=NOW + DAY)])  # fmt: skip
def test_coming_back_in_time_keeps_everything(world: World, back: Joined | Present) -> None:
    """A community that the bot is brought back into within the thirty days has lost nothing, and is not looked at again."""
    presence.left(world.ports, Left(community=HERE, at=NOW))
    here = _left_of(world, HERE)
    if isinstance(back, Joined):
        presence.joined(world.ports, back)
    else:
        presence.present(world.ports, back)
    assert presence.due(world.ports, GONE) == []
    assert _left_of(world, HERE) == here


def test_leaving_once_more_does_not_begin_the_thirty_days_anew(world: World) -> None:
    """When a platform says twice that the bot is gone, the first word counts; after a return, the later one."""
    for at in (NOW, NOW + DAY):
        presence.left(world.ports, Left(community=HERE, at=at))
    assert presence.due(world.ports, NOW) == [Wake(GONE)]
    presence.joined(world.ports, Joined(community=HERE, at=NOW + DAY))
    presence.left(world.ports, Left(community=HERE, at=NOW + 2 * DAY))
    assert presence.due(world.ports, GONE) == [Wake(GONE + 2 * DAY)]


def test_what_happened_while_nobody_listened_is_found_out(world: World) -> None:
    """A platform that connects says where the bot is: it has left every other community there, and none elsewhere."""
    for community in (HERE, "discord:9", THERE):
        presence.joined(world.ports, Joined(community=community, at=NOW))
    news = Present(platform="discord", communities=frozenset({"discord:9", "discord:10"}), at=NOW)
    presence.present(world.ports, news)
    kept = world.store._db.execute("SELECT community, left_at FROM presences ORDER BY community").fetchall()
    assert kept == [(HERE, NOW), ("discord:10", None), ("discord:9", None), (THERE, None)]


def test_a_removed_community_can_begin_anew(world: World) -> None:
    """After a removal the bot may be brought in again: what is done from then on is kept as anywhere."""
    presence.left(world.ports, Left(community=HERE, at=NOW))
    _clear(world, GONE)
    presence.joined(world.ports, Joined(community=HERE, at=GONE + DAY))
    world.ports.saved.add(HERE, "ana", "ada-1", GONE + DAY)
    assert presence.due(world.ports, GONE + 365 * DAY) == []
    assert list(_left_of(world, HERE)) == ["saved"]


def test_nothing_is_due_where_the_bot_is_not(world: World) -> None:
    """A programme of a community that was left waits as through a downtime, and is due when the bot is back."""
    ports = world.ports
    presence.left(ports, Left(community=HERE, at=NOW))
    assert {each.community for each in ports.programmes.due(NOW + DAY, 10)} == {THERE}
    presence.left(ports, Left(community=THERE, at=NOW))
    world.store._db.execute("UPDATE quiets SET until = NULL")
    assert ports.programmes.next_due() is None
    presence.joined(ports, Joined(community=HERE, at=NOW + DAY))
    assert {each.community for each in ports.programmes.due(NOW + DAY, 10)} == {HERE}


def test_a_lost_platform_waits_until_it_connects_again(world: World) -> None:
    """What is due there is not due: no programme, no delivery, and nobody has left; elsewhere all goes on."""
    ports, early = world.ports, NOW - 60
    presence.present(ports, Present(platform="discord", communities=frozenset({HERE}), at=NOW))
    for community, due in ((HERE, early), (THERE, NOW)):
        ports.deliveries.add(community, DIRECT, about="x:1", due=due, message=None, claimed=False)
    world.store._db.execute("UPDATE programmes SET next_at = ? WHERE community = ?", (early, HERE))
    assert presence.lost(ports, Lost(platform="discord", at=NOW)) == []
    assert {each.community for each in ports.programmes.due(NOW, 10)} == {THERE}
    assert {each.community for each in ports.deliveries.due(NOW, 100)} == {THERE}
    assert (ports.programmes.next_due(), ports.deliveries.next_due()) == (NOW, NOW)
    assert presence.due(ports, NOW + 365 * DAY) == []
    back = Present(platform="discord", communities=frozenset({HERE}), at=NOW)
    assert presence.present(ports, back) == [Wake(NOW)]
    assert (ports.programmes.next_due(), ports.deliveries.next_due()) == (early, early)


def test_no_removal_reads_a_whole_table(world: World) -> None:
    """Rows to remove are found through an index, and so are the rows that might hang on one."""
    db = world.store._db
    for table, delete in removals(db.conn).items():
        steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {delete}", (HERE, 1)).fetchall()]
        assert [each for each in steps if each.startswith("SCAN") and table in each] == [], steps
    leading = """
        SELECT t.name, f."from" FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS f
        WHERE t.schema = 'main' AND f.seq = 0 AND NOT EXISTS (
          SELECT 1 FROM pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
          WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from")
        AND f."from" NOT IN (SELECT name FROM pragma_table_info(t.name) WHERE pk = 1)
    """
    assert db.execute(leading).fetchall() == []


NEW_TABLES = """
CREATE TABLE hats (community TEXT NOT NULL, hat TEXT NOT NULL, PRIMARY KEY (community, hat)) STRICT, WITHOUT ROWID;
CREATE TABLE votes (id INTEGER PRIMARY KEY, round INTEGER NOT NULL REFERENCES rounds (id)) STRICT;
CREATE TABLE doubts (vote INTEGER PRIMARY KEY REFERENCES votes (id), message INTEGER REFERENCES messages (id)) STRICT;
INSERT INTO hats SELECT DISTINCT community, 'a hat' FROM rounds;
INSERT INTO votes SELECT id, id FROM rounds;
INSERT INTO doubts SELECT id, NULL FROM votes;
"""


def test_a_new_table_goes_with_its_community(world: World) -> None:
    """Rows that name their community, hang on one that does, or on one that hangs on that, go with it: nobody lists them."""
    for statement in NEW_TABLES.strip().split(";")[:-1]:
        world.store._db.execute(statement)
    before = {community: _rows(world, community) for community in (HERE, THERE)}
    assert all(before[community][table] for community in before for table in ("hats", "votes", "doubts"))
    presence.left(world.ports, Left(community=HERE, at=NOW))
    _clear(world, GONE)
    assert _left_of(world, HERE) == {}
    assert _rows(world, THERE) == before[THERE]


def test_no_table_is_of_nobody(world: World) -> None:
    """Each table says whose its rows are, itself or through what they hang on; one that does not is told apart."""
    db = world.store._db
    named = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND substr(name, 1, 1) <> '_'"
    db.execute("CREATE TABLE loose (id INTEGER PRIMARY KEY, round INTEGER REFERENCES rounds (id)) STRICT")
    tables = {name for (name,) in db.execute(named).fetchall() if not name.startswith("sqlite_")}
    assert tables - owned(db.conn).keys() == {"loose"}


def test_no_backup_brings_a_removed_community_back(tmp_path: Path) -> None:
    """After a restore, what was removed since the backup is removed again, at once; what came later is as it was."""
    path, copy = tmp_path / "bot.db", tmp_path / "backup.db"
    store = Store(path)
    two_communities(store)
    backup(path, copy)
    ports = ports_of(store)
    with store.transaction():
        presence.left(ports, Left(community=HERE, at=NOW))
        while Wake(GONE) in presence.due(ports, GONE):
            pass
    assert not is_clean(store._db.conn)
    store.tidy()
    assert is_clean(store._db.conn)
    store.close()
    restore(copy, path)
    store = Store(path)
    with store.transaction():
        restored = ports_of(store)
        assert restored.presences.due(0) == HERE
        while Wake(GONE) in presence.due(restored, GONE):
            pass
        assert restored.scores.points(HERE, "own member", NOW, "UTC").ever == 0
        assert restored.presences.due(GONE) is None
    store.close()
