"""The rules of a review: what enters it, what is dropped, and how large rounds and changed libraries are met."""

import random
from collections.abc import Iterator
from contextlib import closing as closing_at_end
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.core import closing, reviewing
from bot.core.cards import Card, say
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.effects import Show, Wake
from bot.core.errors import UserMistake
from bot.core.events import Actor, ButtonPressed, CommandUsed, Place, Said
from bot.core.inline import CommandName
from bot.core.ports import Ports, Review, Rules
from bot.core.rounds import Given, Mode, State
from bot.spacing import Fsrs
from storage.stocking import stock
from storage.store import MEMORY, Store
from tests.houses import shelves
from tests.storage_samples import HERE, NOW, ask, shelf

DAY = 86_400
PLACE = Place(community=HERE, channel="general")


@dataclass(frozen=True, slots=True)
class _Desk:
    """The core on a database, asked by people whose ids are not their names."""

    store: Store
    core: Core

    def review(self, member: str, name: str) -> Card:
        """Let a member use /review; gives the card."""
        actor = Actor(id=member, name=name)
        return self._shown(CommandUsed(place=PLACE, actor=actor, at=NOW, command="review"))

    def press(self, member: str, name: str, token: str) -> Card:
        """Let a member press a button; gives the card, or that of the mistake."""
        return self._shown(ButtonPressed(place=PLACE, actor=Actor(id=member, name=name), at=NOW, token=token))

    def _shown(self, event: Said) -> Card:
        try:
            (effect,) = self.core.handle(event)
        except UserMistake as mistake:
            (effect,) = self.core.explain(event, mistake)
        assert isinstance(effect, Show)
        return effect.card


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a store with a small library, and hold a transaction."""
    with closing_at_end(Store(MEMORY)) as made:
        made.stock([shelf(), shelf("looms", quotations=0)])
        with made.transaction():
            yield made


def _ports(store: Store) -> Ports:
    return store.ports(random.Random(1), Rules(), Fsrs())


@contextmanager
def _desk() -> Iterator[_Desk]:
    """Open the bundled library to a community on a platform whose ids are numbers."""
    with closing_at_end(Store(MEMORY)) as made:
        made.stock(shelves())
        with made.transaction():
            yield _Desk(made, Core(_ports(made), catalogue()))


def _soonest(ports: Ports) -> Review:
    found = reviewing.soonest(ports, HERE, "ana")
    assert found is not None
    return found


def _counted(store: Store) -> int:
    return int(store._db.execute("SELECT count(*) FROM reviews").fetchone()[0])


def _entered(ports: Ports, community: str = HERE, member: str = "ana") -> list[tuple[str, str]]:
    return [(each.kind, each.item) for each in ports.reviews.soonest(community, member, 999)]


def test_entering_gives_the_date_that_is_kept(store: Store) -> None:
    """The date a member is told is the one in the row, the first time and again."""
    ports = _ports(store)
    for days in range(4):
        due = reviewing.enter(ports, HERE, "ana", "who", "ada-1", NOW + days * DAY)
        kept = ports.reviews.get(HERE, "ana", "who", "ada-1")
        assert kept is not None
        assert (kept.due, kept.turn) == (due, days + 1)
    assert _entered(ports) == [("who", "ada-1")]


@pytest.mark.parametrize(
    ("kind", "item"),
    [("who", "gone"), ("fact", "ada-1"), ("who", "fact-1"), ("finish", "ada-1"), ("who", "ben-2"), ("who", "ada-3"), ("riddle", "ada-1")],
)  # fmt: skip
def test_what_cannot_be_asked_is_dropped(store: Store, kind: str, item: str) -> None:
    """An item that is gone, of another sort, no longer of this kind, of nobody known, or disputed is not asked."""
    ports = _ports(store)
    for each in ((kind, item), ("article", "ada-1")):
        reviewing.enter(ports, HERE, "ana", *each, NOW)
    found = _soonest(ports)
    assert (found.kind, found.item) == ("article", "ada-1")
    assert _entered(ports) == [("article", "ada-1")]


def test_which_article_is_not_asked_of_one(store: Store) -> None:
    """With a single article left in the library, that question has nothing to choose from."""
    ports = _ports(store)
    reviewing.enter(ports, HERE, "ana", "article", "ada-1", NOW)
    store._db.execute("INSERT INTO retired VALUES (?, 'fact-1', ?)", (HERE, NOW))
    store._db.execute("UPDATE items SET gone = 1 WHERE article = 'looms'")
    store._db.execute("UPDATE editions SET edition = 7")
    assert reviewing.soonest(ports, HERE, "ana") is None


def test_many_that_are_gone_are_passed_over(store: Store) -> None:
    """However many questions have gone, the first that is there is found."""
    ports = _ports(store)
    for number in range(90):
        reviewing.enter(ports, HERE, "ana", "fact", f"gone {number}", NOW)
    reviewing.enter(ports, HERE, "ana", "who", "ada-1", NOW)
    found = _soonest(ports)
    assert found.item == "ada-1"
    assert _entered(ports) == [("who", "ada-1")]


def test_a_large_round_brings_its_question_back_in_slices(store: Store) -> None:
    """No event takes long, nobody is left out or entered twice, and all have the date that follows from the close."""
    ports = _ports(store)
    number = ask(ports, at=NOW - 45)
    for member in range(130):
        ports.rounds.give(number, f"member {member}", Given(2, right=False), NOW - 9)
    ports.rounds.give(number, "right", Given(0, right=True), NOW - 9)
    round_ = ports.rounds.get(HERE, number)
    assert round_ is not None
    late = NOW + 5 * 3600  # past midnight
    assert Wake(late) in closing.closed(ports, round_, late)
    sizes = [_counted(store)]
    for _ in range(2):
        assert len(closing.due(ports, late)) == 2 - len(sizes)
        sizes.append(_counted(store))
    assert sizes == [closing.RETURNS, 2 * closing.RETURNS, 130]
    dates = store._db.execute("SELECT DISTINCT due, turn FROM reviews").fetchall()
    assert dates == [("2026-11-25", 1)]
    closing.due(ports, late + 60)
    assert store._db.execute("SELECT DISTINCT due, turn FROM reviews").fetchall() == dates


@pytest.mark.parametrize("mode", Mode)
def test_a_void_round_brings_nothing_back(store: Store, mode: Mode) -> None:
    """A round whose post never arrived counts for nobody."""
    ports = _ports(store)
    number = ask(ports, mode=mode, state=State.ASKED)
    ports.rounds.give(number, "ana", Given(2, right=False), NOW)
    closing.due(ports, NOW + 900_000)
    assert _counted(store) == 0


def test_a_sitting_keeps_what_was_shown(store: Store) -> None:
    """The library changes while a question stands open: the answer is judged as it was asked."""
    ports = _ports(store)
    reviewing.enter(ports, HERE, "ana", "fact", "fact-1", NOW - DAY)
    sitting = reviewing.sit_down(ports, HERE, "ana", "", _soonest(ports), NOW)
    changed = shelf()
    other = replace(changed.facts[0], answer="The steam engine")
    stock(store._db.conn, [replace(changed, facts=(other,))])
    found = ports.library.fact(HERE, "fact-1")
    assert found is not None
    assert found.answer == "The steam engine"
    again = reviewing.sit_down(ports, HERE, "ana", "", _soonest(ports), NOW)
    assert again.question == sitting.question
    reviewing.answer(ports, HERE, again, sitting.question.right, NOW)
    kept = ports.reviews.get(HERE, "ana", "fact", "fact-1")
    assert kept is not None
    assert kept.due == date(2026, 11, 26)


def test_a_question_on_an_excerpt_says_on_which_article() -> None:
    """A question that makes sense below its excerpt alone comes back with the article's title."""
    with _desk() as desk:
        reviewing.enter(_ports(desk.store), HERE, "4711", "fact", "fact-spaces", NOW - DAY)
        assert desk.review("4711", "Ana").body == (
            say("On an excerpt of “Out of one party, many cultures”:"),
            say("It names trade unions, mutuals and a third example of such spaces. Which one?"),
        )


def test_a_name_is_told_only_where_it_is_the_id() -> None:
    """Where ids are numbers no name is kept, and whoever forges a token learns none."""
    with _desk() as desk:
        reviewing.enter(_ports(desk.store), HERE, "4711", "fact", "fact-copeland", NOW - DAY)
        first = desk.review("4711", "Ana").buttons[0]
        told = desk.press("4712", "Ben", str(first.token))
        assert told.body == (
            say("This card is somebody else’s. ", CommandName("review"), " opens your own."),
        )
        assert desk.store._db.execute("SELECT name FROM review_sittings").fetchall() == [("",)]
