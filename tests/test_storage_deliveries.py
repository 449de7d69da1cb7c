"""The ledger of deliveries, and the messages they make."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import deliveries
from bot.core.cards import line
from bot.core.effects import Answered, Call, Deliver, Direct, Edit, Notice, OpenThread, Pin
from bot.core.events import FailureKind, MessageRef
from bot.core.ports import DeliveryPort, Waiting
from storage.store import Store
from tests.storage_samples import EDIT, HERE, NOW, POST, opened, ports_of

REF = MessageRef("general", "m-1")
PIN = Pin()
THREAD = OpenThread(name="A thread", card=line("Words"))
NOTICE = Notice(card=line("A notice"), channel="log")
DIRECT = Direct(member="ana", card=line("A word"))


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory."""
    yield from opened(request.param, tmp_path)


@pytest.fixture
def ledger(store: Store) -> Iterator[DeliveryPort]:
    """Hold a transaction for the whole test, and give the ledger."""
    with store.transaction():
        yield ports_of(store).deliveries


def _add(
    ledger: DeliveryPort, call: Call, message: int | None = None, *, due: int = NOW, claimed: bool = False
) -> int:
    return ledger.add(HERE, call, about="quiz:1", due=due, message=message, claimed=claimed).id


def _placed(ledger: DeliveryPort) -> int:
    message = ledger.message(HERE, "general")
    ledger.place(message, REF)
    return message


def _due(ledger: DeliveryPort, at: int = NOW) -> list[int]:
    return [each.id for each in ledger.due(at, 100)]


def test_a_message_is_placed(ledger: DeliveryPort) -> None:
    """A message stands nowhere until it is placed, and then where it was placed."""
    message = ledger.message(HERE, "general")
    assert ledger.placed(HERE, message) is None
    ledger.place(message, REF)
    assert ledger.placed(HERE, message) == REF
    assert ledger.placed(HERE, message + 1) is None


@pytest.mark.parametrize("call", [Answered(), POST, EDIT, THREAD, PIN, NOTICE, DIRECT])
def test_a_delivery_comes_back_as_it_was_written(ledger: DeliveryPort, call: Call) -> None:
    """Every kind of call is read as it was added, with its message and where that stands."""
    message = None if isinstance(call, Notice | Direct) else _placed(ledger)
    number = _add(ledger, call, message, due=NOW + 5, claimed=True)
    row = ledger.get(HERE, number)
    assert row is not None
    assert row == Waiting(
        id=number,
        community=HERE,
        call=call,
        key=row.key,
        about="quiz:1",
        since=NOW + 5,
        due=NOW + 5,
        attempts=0,
        message=message,
        ref=REF if message else None,
    )
    assert ledger.get(HERE, number + 1) is None


def test_what_is_released_is_what_was_written(store: Store) -> None:
    """A delivery that goes at once is the very one that a crash would have released again from its row."""
    ports = ports_of(store)
    with store.transaction():
        placed = _placed(ports.deliveries)
        released = [
            *deliveries.post(ports, HERE, POST, about="quiz:1", at=NOW)[1],
            *deliveries.tell(ports, HERE, DIRECT, about="quiz:2", at=NOW + 1),
            *deliveries.change(ports, HERE, placed, EDIT, about="quiz:3", at=NOW + 2),
        ]
        again = deliveries.recover(ports, NOW + 9)
    assert again == [replace(each, recover=True) for each in released if isinstance(each, Deliver)]
    assert [each.message for each in released if isinstance(each, Deliver)] == [None, None, REF]


def test_keys_are_short_different_and_follow_from_nothing(ledger: DeliveryPort) -> None:
    """Every delivery has a key of at most 25 plain characters, also in another database with the same ids."""
    other = Store(":memory:")
    keys = [row.key for row in (ledger.get(HERE, _add(ledger, NOTICE)) for _ in range(50)) if row]
    elsewhere = ports_of(other).deliveries
    keys += [row.key for row in (elsewhere.get(HERE, _add(elsewhere, NOTICE)) for _ in range(50)) if row]
    other.close()
    assert len(set(keys)) == 100
    assert all(len(key) <= 25 and key.isascii() and key.isalnum() for key in keys)
    assert not any(key[:12] == other[:12] for key, other in zip(keys[:50], keys[50:], strict=True))


def test_a_delivery_moves_from_due_to_sent(ledger: DeliveryPort) -> None:
    """A delivery is due, then sending, then sent; and then neither found nor kept in words."""
    number = _add(ledger, NOTICE)
    assert (_due(ledger), [each.id for each in ledger.sending()]) == ([number], [])
    ledger.claim(number)
    assert (_due(ledger), [each.id for each in ledger.sending()]) == ([], [number])
    assert ledger.get(HERE, number) is not None
    ledger.sent(number, NOW)
    assert (_due(ledger), list(ledger.sending())) == ([], [])
    assert ledger.get(HERE, number) is None


def test_what_is_settled_keeps_no_words(store: Store) -> None:
    """Once sent or failed, a delivery's row has its state, time and reason, and the card's words no more."""
    ledger = ports_of(store).deliveries
    with store.transaction():
        sent, failed = _add(ledger, NOTICE, claimed=True), _add(ledger, DIRECT, claimed=True)
        ledger.sent(sent, NOW + 1)
        ledger.fail(failed, NOW + 2, FailureKind.FORBIDDEN, "Send Messages")
    rows = store._db.execute(
        "SELECT state, settled_at, reason, detail, call FROM deliveries ORDER BY id"
    ).fetchall()
    assert rows == [("sent", NOW + 1, "", "", ""), ("failed", NOW + 2, "forbidden", "Send Messages", "")]


def test_a_delivery_that_is_tried_again_counts_its_attempts(ledger: DeliveryPort) -> None:
    """Put off, a delivery is due later, with one more attempt counted, the same key and its first time kept."""
    number = _add(ledger, NOTICE, claimed=True)
    before = ledger.get(HERE, number)
    ledger.later(number, NOW + 5, "rate limited")
    after = ledger.get(HERE, number)
    assert before is not None
    assert after is not None
    assert (after.attempts, after.due, after.since, after.key) == (1, NOW + 5, before.since, before.key)
    assert before.since == NOW
    assert (_due(ledger, NOW + 4), _due(ledger, NOW + 5)) == ([], [number])


def test_a_failed_delivery_is_gone_from_the_line(ledger: DeliveryPort) -> None:
    """A delivery that failed is not found, and the next on its message may be made."""
    message = _placed(ledger)
    first, second = _add(ledger, EDIT, message, claimed=True), _add(ledger, PIN, message)
    ledger.fail(first, NOW, FailureKind.GONE, "no such channel")
    assert ledger.get(HERE, first) is None
    assert _due(ledger) == [second]


def test_deliveries_come_earliest_due_first(ledger: DeliveryPort) -> None:
    """What is due is listed by when it fell due, then as it was written, as many as are asked for."""
    late, early, second, future = (_add(ledger, NOTICE, due=NOW + each) for each in (0, -10, -10, 1))
    assert _due(ledger) == [early, second, late]
    assert [each.id for each in ledger.due(NOW, 2)] == [early, second]
    assert _due(ledger, NOW + 1) == [early, second, late, future]


def test_calls_on_one_message_go_one_at_a_time_in_order(ledger: DeliveryPort) -> None:
    """The earliest written of a message's calls may be made, and none while another is under way."""
    message = _placed(ledger)
    first, second, third = (_add(ledger, call, message) for call in (EDIT, THREAD, PIN))
    for number in (first, second, third):
        assert ledger.busy(message)
        assert _due(ledger) == [number]
        ledger.claim(number)
        assert _due(ledger) == []
        ledger.sent(number, NOW)
    assert not ledger.busy(message)


def test_a_call_that_was_put_off_holds_those_behind_it(ledger: DeliveryPort) -> None:
    """While the first call on a message waits to be tried again, the ones after it wait too."""
    message = _placed(ledger)
    first, second = _add(ledger, EDIT, message, claimed=True), _add(ledger, PIN, message)
    ledger.later(first, NOW + 60, "")
    assert _due(ledger, NOW + 59) == []
    assert ledger.next_on(message, NOW + 59) is None
    assert ledger.next_due() == NOW + 60
    assert _due(ledger, NOW + 60) == [first]
    ledger.claim(first)
    ledger.sent(first, NOW + 61)
    assert _due(ledger, NOW + 61) == [second]


def test_only_what_makes_a_message_goes_before_it_stands(ledger: DeliveryPort) -> None:
    """Before a message stands anywhere, its post may be made and nothing that changes it."""
    unplaced, posted = ledger.message(HERE, "general"), ledger.message(HERE, "general")
    edit = _add(ledger, EDIT, unplaced)
    post, pin = _add(ledger, POST, posted), _add(ledger, PIN, posted)
    assert _due(ledger) == [post]
    ledger.claim(post)
    ledger.sent(post, NOW)
    assert _due(ledger) == []
    ledger.place(posted, REF)
    assert _due(ledger) == [pin]
    ledger.place(unplaced, REF)
    assert _due(ledger) == [edit, pin]


def test_a_message_is_busy_while_anything_waits_or_goes(ledger: DeliveryPort) -> None:
    """A message is busy with a call that is under way, and with one that waits."""
    message, other = _placed(ledger), _placed(ledger)
    assert not ledger.busy(message)
    number = _add(ledger, EDIT, message, claimed=True)
    assert ledger.busy(message)
    assert not ledger.busy(other)
    ledger.later(number, NOW + 60, "")
    assert ledger.busy(message)
    ledger.fail(number, NOW, FailureKind.GONE, "")
    assert not ledger.busy(message)


def test_a_newer_update_takes_the_place_of_one_that_waits(ledger: DeliveryPort) -> None:
    """An edit that waits is replaced in its place in the line; nothing else is, and nothing that is under way."""
    message, newer = _placed(ledger), Edit(card=line("Newer"))
    going = _add(ledger, EDIT, message, claimed=True)
    assert not ledger.replace(message, newer, NOW)
    thread = _add(ledger, THREAD, message)
    assert not ledger.replace(message, newer, NOW)
    waiting = _add(ledger, EDIT, message)
    assert ledger.replace(message, newer, NOW + 5)
    rows = [ledger.get(HERE, number) for number in (going, thread, waiting)]
    assert [(row.call, row.due) for row in rows if row] == [(EDIT, NOW), (THREAD, NOW), (newer, NOW + 5)]


def test_the_next_on_a_message_is_its_earliest_that_is_due(ledger: DeliveryPort) -> None:
    """The next call on a message is the first written, if it is due."""
    message = _placed(ledger)
    assert ledger.next_on(message, NOW) is None
    first = _add(ledger, EDIT, message, due=NOW + 1)
    _add(ledger, PIN, message, due=NOW)
    assert ledger.next_on(message, NOW) is None
    found = ledger.next_on(message, NOW + 1)
    assert found is not None
    assert (found.id, found.call, found.ref) == (first, EDIT, REF)


def test_the_next_moment_is_that_of_what_only_waits_for_time(ledger: DeliveryPort) -> None:
    """What waits for another call, or for a message that stands nowhere, does not wake anybody."""
    assert ledger.next_due() is None
    _add(ledger, EDIT, ledger.message(HERE, "general"), due=NOW - 100)
    message = _placed(ledger)
    _add(ledger, EDIT, message, due=NOW - 50, claimed=True)
    _add(ledger, PIN, message, due=NOW - 50)
    assert ledger.next_due() is None
    _add(ledger, NOTICE, due=NOW + 9)
    assert ledger.next_due() == NOW + 9


def test_what_waits_for_something_else_is_not_looked_at(store: Store) -> None:
    """What may be made now is found by an index that holds nothing else."""
    ledger = ports_of(store).deliveries
    with store.transaction():
        for _ in range(500):
            _add(ledger, EDIT, ledger.message(HERE, "general"), due=NOW - 100)
        number = _add(ledger, NOTICE)
    assert _due(ledger) == [number]
    for sql in ("WHERE ready = 1 AND due <= 5 ORDER BY due, id", "WHERE ready = 1"):
        plan = store._db.execute(f"EXPLAIN QUERY PLAN SELECT due FROM deliveries {sql}").fetchall()
        assert "INDEX deliveries_ready" in plan[0][3]
    assert store._db.execute("SELECT count(*) FROM deliveries WHERE ready = 1").fetchone() == (1,)
