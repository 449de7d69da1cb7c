"""Rounds, answers and sets in the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.rounds import UNCONFIRMED, Given, Mode, Round, State, Tally
from storage.driver import sqlite3
from storage.store import Store
from tests.storage_samples import HERE, NOW, QUESTION, ask, opened, ports_of

RIGHT = Given(0, right=True)
OTHER = Given(2, right=False)


@pytest.fixture(params=("file", "memory"))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a store on a file and in memory."""
    yield from opened(request.param, tmp_path)


@pytest.fixture
def within(store: Store) -> Iterator[Store]:
    """Hold a transaction for the whole test."""
    with store.transaction():
        yield store


def test_a_round_comes_back_as_it_was_written(within: Store) -> None:
    """A round is read as it was added: asked, with its question and its deadline."""
    ports = ports_of(within)
    message = ports.deliveries.message(HERE, "general")
    number = ask(ports, state=State.ASKED, message=message)
    assert ports.rounds.get(HERE, number) == Round(
        id=number,
        community=HERE,
        channel="general",
        mode=Mode.LIVE,
        state=State.ASKED,
        typed=False,
        question=QUESTION,
        asker="mia",
        asked_at=NOW,
        seconds=45,
        closes_at=NOW + 45,
        message=message,
    )
    assert ports.rounds.get(HERE, number + 1) is None


def test_a_round_moves_and_is_read_as_it_stands(within: Store) -> None:
    """After every move a round is read with its new state and deadline."""
    rounds = ports_of(within).rounds
    number = ask(ports_of(within), state=State.ASKED)
    for state, closes_at in ((State.OPEN, NOW + 50), (State.OPEN, NOW + 60), (State.CLOSED, NOW + 20)):
        rounds.move(number, state, closes_at=closes_at)
        found = rounds.get(HERE, number)
        assert found is not None
        assert (found.state, found.closes_at) == (state, closes_at)


def test_many_rounds_are_not_all_kept_in_memory(within: Store) -> None:
    """However many rounds are read, each is itself."""
    ports = ports_of(within)
    numbers = [ask(ports, item=f"item {number}") for number in range(600)]
    for _ in range(2):
        found = [ports.rounds.get(HERE, number) for number in numbers]
        assert [each.question.item for each in found if each] == [f"item {number}" for number in range(600)]


def test_the_running_round_is_the_live_one_that_takes_answers(within: Store) -> None:
    """Only a live round before its deadline runs in its channel, asked or open."""
    ports = ports_of(within)
    ask(ports, mode=Mode.STANDING, seconds=7200)
    ask(ports, mode=Mode.PRIVATE, seconds=7200)
    ask(ports, state=State.CLOSED)
    ask(ports, state=State.VOID)
    assert ports.rounds.running(HERE, "general", NOW) is None
    number = ask(ports, state=State.ASKED)
    running = ports.rounds.running(HERE, "general", NOW + 44)
    assert running is not None
    assert running.id == number
    assert ports.rounds.running(HERE, "general", NOW + 45) is None
    assert ports.rounds.running(HERE, "elsewhere", NOW) is None


def test_rounds_fall_due_unconfirmed_or_at_their_deadline(within: Store) -> None:
    """An asked round is due a minute after it was written, an open one at its deadline; the rest never."""
    ports = ports_of(within)
    assert ports.rounds.next_due() is None
    ask(ports, state=State.CLOSED)
    ask(ports, state=State.VOID)
    asked = ask(ports, state=State.ASKED, at=NOW, seconds=7200)
    opened_first = ask(ports, at=NOW, seconds=45)
    opened_last = ask(ports, at=NOW, seconds=90)
    assert ports.rounds.next_due() == NOW + 45
    assert list(ports.rounds.due(NOW + 44, 10)) == []
    due = ports.rounds.due(NOW + 90, 10)
    assert [each.id for each in due] == [opened_first, asked, opened_last]
    assert [each.id for each in ports.rounds.due(NOW + UNCONFIRMED, 1)] == [opened_first]
    ports.rounds.move(opened_first, State.CLOSED, closes_at=NOW + 45)
    assert ports.rounds.next_due() == NOW + UNCONFIRMED


def test_a_member_answers_once(within: Store) -> None:
    """The first answer stands, and a second one changes nothing."""
    rounds, number = ports_of(within).rounds, ask(ports_of(within))
    assert rounds.given(number, "ana") is None
    assert rounds.give(number, "ana", RIGHT, NOW)
    assert not rounds.give(number, "ana", OTHER, NOW + 1)
    assert rounds.given(number, "ana") == RIGHT
    assert rounds.given(number, "ben") is None


def test_an_answer_is_changed_in_its_place(within: Store) -> None:
    """A changed answer takes the place of the first."""
    rounds, number = ports_of(within).rounds, ask(ports_of(within))
    changed = Given(-1, right=True, changes=1, name="Ada Lovelace")
    rounds.give(number, "ana", OTHER, NOW)
    rounds.give(number, "ben", OTHER, NOW)
    rounds.change(number, "ana", changed, NOW + 1)
    assert rounds.given(number, "ana") == changed
    assert rounds.given(number, "ben") == OTHER


def test_no_answer_is_written_to_a_round_that_is_not_there(within: Store) -> None:
    """The database itself refuses an answer without a round."""
    with pytest.raises(sqlite3.IntegrityError):
        ports_of(within).rounds.give(99, "ana", RIGHT, NOW)


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_a_tally_counts_by_option(within: Store, state: State) -> None:
    """The tally has all answers, the right ones, and each option's, also those that nobody took."""
    rounds, number = ports_of(within).rounds, ask(ports_of(within))
    assert rounds.tally(number, 3) == Tally(0, 0, (0, 0, 0))
    for member, given in {"ana": RIGHT, "ben": RIGHT, "cem": OTHER}.items():
        rounds.give(number, member, given, NOW)
    rounds.move(number, state, closes_at=NOW + 45)
    assert rounds.tally(number, 3) == Tally(3, 2, (2, 0, 1))
    assert rounds.tally(number, 4) == Tally(3, 2, (2, 0, 1, 0))


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_a_tally_of_typed_answers_has_no_options(within: Store, state: State) -> None:
    """Typed answers are counted without options."""
    rounds, number = ports_of(within).rounds, ask(ports_of(within), typed=True)
    rounds.give(number, "ana", Given(-1, right=True, name="Ada Lovelace"), NOW)
    rounds.give(number, "ben", Given(-1, right=False, name="Ben"), NOW)
    rounds.move(number, state, closes_at=NOW + 45)
    assert rounds.tally(number, 0) == Tally(2, 1)


def test_a_closed_tally_stays_when_a_member_is_forgotten(within: Store) -> None:
    """The totals of a closed round, and of its question, outlive the answers themselves."""
    rounds, number = ports_of(within).rounds, ask(ports_of(within))
    rounds.give(number, "ana", RIGHT, NOW)
    rounds.give(number, "ben", OTHER, NOW)
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    within._db.execute("DELETE FROM answers WHERE member = 'ana'")
    assert rounds.tally(number, 3) == Tally(2, 1, (1, 0, 1))
    assert rounds.times_asked(HERE, "ada-1") == (2, 1)


def test_questions_are_counted_at_the_close(within: Store) -> None:
    """An answer counts for its question from the close on, once, and no more when the round becomes void."""
    rounds, ports = ports_of(within).rounds, ports_of(within)
    first, second = ask(ports), ask(ports)
    for number in (first, second):
        rounds.give(number, "ana", RIGHT, NOW)
        rounds.give(number, "ben", OTHER, NOW)
    assert rounds.times_asked(HERE, "ada-1") == (0, 0)
    rounds.move(first, State.CLOSED, closes_at=NOW + 45)
    rounds.move(first, State.CLOSED, closes_at=NOW + 45)
    assert rounds.times_asked(HERE, "ada-1") == (2, 1)
    rounds.move(second, State.CLOSED, closes_at=NOW + 45)
    assert rounds.times_asked(HERE, "ada-1") == (4, 2)
    rounds.move(first, State.VOID, closes_at=NOW + 45)
    rounds.move(first, State.VOID, closes_at=NOW + 45)
    assert rounds.times_asked(HERE, "ada-1") == (2, 1)
    assert rounds.times_asked(HERE, "other") == (0, 0)


def test_a_closed_round_owes_those_who_were_right(within: Store) -> None:
    """From the close on, who was right and is not paid is listed, first answer first, until paid."""
    ports = ports_of(within)
    rounds, number = ports.rounds, ask(ports)
    for member, given, at in (("cem", RIGHT, 3), ("ana", RIGHT, 1), ("ben", OTHER, 2), ("dee", RIGHT, 3)):
        rounds.give(number, member, given, NOW + at)
    rounds.pay(number, "dee")
    assert list(rounds.unpaid(number, 10)) == []
    assert list(rounds.owing(10)) == []
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    assert list(rounds.unpaid(number, 10)) == [("ana", NOW + 1), ("cem", NOW + 3)]
    assert list(rounds.unpaid(number, 1)) == [("ana", NOW + 1)]
    assert [each.id for each in rounds.owing(10)] == [number]
    rounds.pay(number, "ana")
    assert list(rounds.unpaid(number, 10)) == [("cem", NOW + 3)]
    rounds.pay(number, "cem")
    assert list(rounds.unpaid(number, 10)) == []
    assert list(rounds.owing(10)) == []


def test_an_answer_that_is_settled_at_once_is_owed_nothing(within: Store) -> None:
    """What was given with its points is not listed as unpaid at the close."""
    ports = ports_of(within)
    number = ask(ports, mode=Mode.STANDING)
    assert ports.rounds.give(number, "ana", RIGHT, NOW, settled=True)
    assert not ports.rounds.give(number, "ana", RIGHT, NOW, settled=True)
    ports.rounds.give(number, "ben", RIGHT, NOW)
    ports.rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    assert list(ports.rounds.unpaid(number, 10)) == [("ben", NOW)]


def test_a_void_round_owes_nobody(within: Store) -> None:
    """When a closed round becomes void, what it still owed is owed no more."""
    ports = ports_of(within)
    number = ask(ports)
    ports.rounds.give(number, "ana", RIGHT, NOW)
    ports.rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    ports.rounds.move(number, State.VOID, closes_at=NOW + 45)
    assert list(ports.rounds.unpaid(number, 10)) == []
    assert list(ports.rounds.owing(10)) == []


def test_rounds_that_owe_come_oldest_first(within: Store) -> None:
    """The round that closed first is paid first."""
    ports = ports_of(within)
    late, early = ask(ports, seconds=90), ask(ports, seconds=45)
    for number in (late, early):
        ports.rounds.give(number, "ana", RIGHT, NOW)
    ports.rounds.move(late, State.CLOSED, closes_at=NOW + 90)
    ports.rounds.move(early, State.CLOSED, closes_at=NOW + 45)
    assert [each.id for each in ports.rounds.owing(10)] == [early, late]
    assert [each.id for each in ports.rounds.owing(1)] == [early]


def test_a_right_answer_is_remembered_across_rounds(within: Store) -> None:
    """A member who was right once in a round that is not void has answered the question right before."""
    ports = ports_of(within)
    rounds = ports.rounds
    wrong, void = ask(ports), ask(ports)
    rounds.give(wrong, "ana", OTHER, NOW)
    rounds.give(void, "ana", RIGHT, NOW)
    rounds.move(void, State.VOID, closes_at=NOW)
    assert not rounds.answered_right_before(HERE, "ana", "ada-1")
    rounds.give(ask(ports), "ana", RIGHT, NOW)
    assert rounds.answered_right_before(HERE, "ana", "ada-1")
    assert not rounds.answered_right_before(HERE, "ben", "ada-1")
    assert not rounds.answered_right_before(HERE, "ana", "ben-2")


def test_ratings_are_kept_for_questions_that_were_answered(within: Store) -> None:
    """What was learned of a question comes back; of one that was never answered nothing is known."""
    ports = ports_of(within)
    rounds, number = ports.rounds, ask(ports)
    rounds.rate(HERE, "ada-1", 0.5)
    assert rounds.ratings(HERE, ["ada-1"]) == {}
    rounds.give(number, "ana", RIGHT, NOW)
    rounds.move(number, State.CLOSED, closes_at=NOW + 45)
    assert rounds.ratings(HERE, ["ada-1"]) == {}
    rounds.rate(HERE, "ada-1", 0.25)
    assert rounds.ratings(HERE, ("ben-2", "ada-1")) == {"ada-1": 0.25}
    assert rounds.ratings(HERE, []) == {}


def _set(store: Store, total: int = 3) -> int:
    return ports_of(store).sets.add(
        HERE,
        channel="general",
        asker="mia",
        kind="who",
        about="machines",
        typed=False,
        mode=Mode.LIVE,
        quiet=True,
        total=total,
        at=NOW,
    )


def test_a_set_counts_the_rounds_that_joined_it(within: Store) -> None:
    """A set is read as it was added, with the number of its rounds so far, by its id or by one of its rounds."""
    ports, number = ports_of(within), _set(within)
    found = ports.sets.get(HERE, number)
    assert found is not None
    assert (found.channel, found.asker, found.kind, found.about) == ("general", "mia", "who", "machines")
    assert (found.typed, found.mode, found.quiet, found.total, found.asked) == (False, Mode.LIVE, True, 3, 0)
    first, second, alone = ask(ports), ask(ports), ask(ports)
    ports.sets.join(number, first)
    ports.sets.join(number, second)
    of_round = ports.sets.of_round(HERE, second)
    assert of_round is not None
    assert (of_round.id, of_round.asked) == (number, 2)
    assert ports.sets.of_round(HERE, alone) is None
    assert ports.sets.get(HERE, number + 1) is None


def test_a_round_is_in_one_set(within: Store) -> None:
    """The database itself refuses to put a round into two sets."""
    ports, round_ = ports_of(within), ask(ports_of(within))
    ports.sets.join(_set(within), round_)
    with pytest.raises(sqlite3.IntegrityError):
        ports.sets.join(_set(within), round_)


def test_a_set_s_result_counts_rounds_and_names_who_is_shown(within: Store) -> None:
    """A result has each round's answers in order, void ones as none, and the right answers of those shown."""
    ports, number = ports_of(within), _set(within)
    within._db.conn.executemany(
        "INSERT INTO members VALUES (?, ?, ?, ?)",
        [(HERE, "ana", "Ana", 1), (HERE, "ben", "Ben", 0), (HERE, "cem", "Cem", 1), (HERE, "dee", "Dee", 1)],
    )
    rounds = [ask(ports), ask(ports), ask(ports)]
    for round_ in rounds:
        ports.sets.join(number, round_)
        for member, given in {"ana": RIGHT, "ben": RIGHT, "cem": RIGHT, "dee": OTHER}.items():
            ports.rounds.give(round_, member, given, NOW)
    ports.rounds.change(rounds[0], "ana", OTHER, NOW)
    ports.rounds.move(rounds[0], State.CLOSED, closes_at=NOW)
    ports.rounds.move(rounds[2], State.VOID, closes_at=NOW)
    result = ports.sets.result(number)
    assert list(result.rounds) == [(4, 2), (4, 3), (0, 0)]
    assert list(result.shown) == [("Cem", 2), ("Ana", 1)]
    assert ports.sets.own(number, "ana") == (2, 1)
    assert ports.sets.own(number, "nobody") == (0, 0)
    within._db.execute("DELETE FROM answers WHERE member = 'ben'")
    assert list(ports.sets.result(number).rounds) == [(4, 2), (3, 2), (0, 0)]
