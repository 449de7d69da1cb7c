"""Reviews, sittings, and what closed rounds leave to review, in the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.ports import Review, Sitting
from bot.core.rounds import Given, Mode, State
from storage.store import Store
from tests.storage_samples import HERE, NOW, QUESTION, THERE, ask, opened, ports_of

TUESDAY = date(2026, 11, 24)
RIGHT, OTHER = Given(0, right=True), Given(2, right=False)


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory, and hold a transaction."""
    for made in opened(request.param, tmp_path):
        with made.transaction():
            yield made


def _review(item: str = "ada-1", *, kind: str = "who", due: date = TUESDAY, turn: int = 1) -> Review:
    return Review(kind=kind, item=item, due=due, state='{"stability": 0.2}', turn=turn)


def _sitting(member: str = "ana", *, serial: int = 7, given: int | None = None) -> Sitting:
    return Sitting(
        member=member, name="Ana", serial=serial, began=TUESDAY, place=2, kind="who", item="ada-1", turn=3,
        question=QUESTION, given=given,
    )  # fmt: skip


def test_a_question_comes_back_as_it_was_written(store: Store) -> None:
    """A question is read as it was put: date, state and turn."""
    reviews = ports_of(store).reviews
    assert reviews.get(HERE, "ana", "who", "ada-1") is None
    reviews.put(HERE, "ana", _review())
    assert reviews.get(HERE, "ana", "who", "ada-1") == _review()


def test_a_question_begins_once(store: Store) -> None:
    """A question that is new is written; one that is there already stays as it is."""
    reviews = ports_of(store).reviews
    assert reviews.begin(HERE, "ana", _review())
    assert not reviews.begin(HERE, "ana", _review(turn=9))
    assert reviews.begin(THERE, "ana", _review(turn=9))
    assert reviews.get(HERE, "ana", "who", "ada-1") == _review()


def test_a_question_stands_once(store: Store) -> None:
    """What is put again takes the place of what was there; another kind of the same item is another question."""
    reviews = ports_of(store).reviews
    moved = _review(due=date(2026, 12, 3), turn=2)
    reviews.put(HERE, "ana", _review())
    reviews.put(HERE, "ana", _review(kind="finish"))
    reviews.put(HERE, "ana", moved)
    assert reviews.get(HERE, "ana", "who", "ada-1") == moved
    assert reviews.get(HERE, "ana", "finish", "ada-1") == _review(kind="finish")


def test_questions_come_in_the_order_of_their_dates(store: Store) -> None:
    """The one that has been due for longest comes first, across a year's end too; of equals by kind and item."""
    reviews = ports_of(store).reviews
    questions = (
        _review("b", due=date(2027, 1, 2)),
        _review("c", due=date(2026, 12, 30)),
        _review("a", due=date(2027, 1, 2)),
        _review("b", kind="fact", due=date(2027, 1, 2)),
    )
    for each in questions:
        reviews.put(HERE, "ana", each)
    found = [(each.kind, each.item) for each in reviews.soonest(HERE, "ana", 10)]
    assert found == [("who", "c"), ("fact", "b"), ("who", "a"), ("who", "b")]
    assert [each.item for each in reviews.soonest(HERE, "ana", 1)] == ["c"]


def test_a_question_is_due_from_its_date_on(store: Store) -> None:
    """Questions are counted on their date and after it, not before."""
    reviews = ports_of(store).reviews
    reviews.put(HERE, "ana", _review("a", due=date(2026, 11, 24)))
    reviews.put(HERE, "ana", _review("b", due=date(2026, 11, 25)))
    days = (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25), date(2027, 1, 1))
    assert [reviews.due(HERE, "ana", day) for day in days] == [0, 1, 2, 2]


def test_a_question_that_is_dropped_is_gone_alone(store: Store) -> None:
    """Dropping takes one question out; dropping it again changes nothing."""
    reviews = ports_of(store).reviews
    reviews.put(HERE, "ana", _review("a"))
    reviews.put(HERE, "ana", _review("b"))
    reviews.drop(HERE, "ana", "who", "a")
    reviews.drop(HERE, "ana", "who", "a")
    assert [each.item for each in reviews.soonest(HERE, "ana", 10)] == ["b"]


def test_a_review_is_one_member_s_in_one_community(store: Store) -> None:
    """Neither another member nor another community finds, counts or drops a question."""
    reviews = ports_of(store).reviews
    reviews.put(HERE, "ana", _review())
    for community, member in ((HERE, "ben"), (THERE, "ana")):
        reviews.drop(community, member, "who", "ada-1")
        assert reviews.get(community, member, "who", "ada-1") is None
        assert list(reviews.soonest(community, member, 10)) == []
        assert reviews.due(community, member, TUESDAY) == 0
    assert reviews.get(HERE, "ana", "who", "ada-1") == _review()


@pytest.mark.parametrize("given", [None, 0, 2, -1])
def test_a_sitting_comes_back_as_it_was_written(store: Store, given: int | None) -> None:
    """A sitting is read with its question as that was shown, by its id and by its member."""
    reviews = ports_of(store).reviews
    written = reviews.sit(HERE, _sitting(given=given))
    assert written == replace(_sitting(given=given), id=written.id)
    assert reviews.sitting(HERE, written.id) == written
    assert reviews.sitting_of(HERE, "ana") == written


def test_a_member_has_one_sitting(store: Store) -> None:
    """The next sitting takes the place of the last, with the same id; another member's is another."""
    reviews = ports_of(store).reviews
    first = reviews.sit(HERE, _sitting())
    other = reviews.sit(HERE, _sitting("ben"))
    second = reviews.sit(HERE, _sitting(serial=8))
    assert second.id == first.id
    assert other.id != first.id
    found = reviews.sitting(HERE, first.id)
    assert found is not None
    assert found.serial == 8


def test_a_sitting_is_found_in_its_community_alone(store: Store) -> None:
    """Another community finds a sitting neither by its id nor by its member."""
    reviews = ports_of(store).reviews
    written = reviews.sit(HERE, _sitting())
    assert reviews.sitting(THERE, written.id) is None
    assert reviews.sitting_of(THERE, "ana") is None


def test_a_closed_live_round_leaves_a_question_to_those_who_were_not_right(store: Store) -> None:
    """From the close on they are listed, first answer first, until the question has come back to them."""
    rounds, number = ports_of(store).rounds, ask(ports_of(store))
    for member, given, at in (("cem", OTHER, 3), ("ana", OTHER, 1), ("ben", RIGHT, 2)):
        rounds.give(number, member, given, NOW + at)
    assert list(rounds.unreturned(number, 10)) == []
    assert list(rounds.returning(10)) == []
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    assert list(rounds.unreturned(number, 10)) == ["ana", "cem"]
    assert list(rounds.unreturned(number, 1)) == ["ana"]
    assert [each.id for each in rounds.returning(10)] == [number]
    for member in ("ana", "ben", "cem"):
        rounds.returned(number, member)
    assert list(rounds.unreturned(number, 10)) == []
    assert list(rounds.returning(10)) == []
    assert list(rounds.unpaid(number, 10)) == [("ben", NOW + 2)]


def test_points_and_questions_are_owed_apart(store: Store) -> None:
    """Paying who was right settles nothing for who was not."""
    rounds, number = ports_of(store).rounds, ask(ports_of(store))
    rounds.give(number, "ana", RIGHT, NOW)
    rounds.give(number, "ben", OTHER, NOW)
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    for member in ("ana", "ben"):
        rounds.pay(number, member)
    assert list(rounds.owing(10)) == []
    assert list(rounds.unreturned(number, 10)) == ["ben"]


@pytest.mark.parametrize("mode", [Mode.STANDING, Mode.PRIVATE])
def test_other_rounds_leave_nothing_at_their_close(store: Store, mode: Mode) -> None:
    """Where each learns their own at once, the question has come back by then."""
    rounds, number = ports_of(store).rounds, ask(ports_of(store), mode=mode)
    rounds.give(number, "ana", OTHER, NOW)
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    assert list(rounds.unreturned(number, 10)) == []
    assert list(rounds.returning(10)) == []


def test_a_void_round_leaves_nothing(store: Store) -> None:
    """When a closed round becomes void, its question comes back to nobody else."""
    rounds, number = ports_of(store).rounds, ask(ports_of(store))
    rounds.give(number, "ana", OTHER, NOW)
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    rounds.move(number, State.VOID, closes_at=NOW + 45)
    assert list(rounds.unreturned(number, 10)) == []
    assert list(rounds.returning(10)) == []
