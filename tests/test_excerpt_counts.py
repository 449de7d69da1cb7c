"""How many have read an excerpt: edited into the day's cards, at most once a minute."""

from collections.abc import Iterator, Sequence

import pytest

from bot.core.cards import Paragraph
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.effects import Deliver, Edit, Effect, OpenThread, Show, Wake
from bot.core.events import (
    Actor,
    ButtonPressed,
    CommandUsed,
    DeliveryFailed,
    DeliveryMade,
    Event,
    FailureKind,
    MessageRef,
    Place,
    Started,
    TimeCame,
)
from storage.store import MEMORY, Store
from tests.houses import shelves
from tests.storage_samples import HERE, NOW, ports_of

PLACE = Place(community=HERE, channel="c")


@pytest.fixture
def bundled() -> Iterator[Store]:
    """Open a store with the two articles that ship."""
    opened = Store(MEMORY)
    opened.stock(shelves())
    with opened.transaction():
        yield opened
    opened.close()


class _Bot:
    """The core over a store, without any platform; `at` is the time."""

    def __init__(self, store: Store) -> None:
        self.core = Core(ports_of(store), catalogue())
        self.at = NOW

    def __call__(self, event: Event) -> Sequence[Effect]:
        """Hand over an event."""
        return self.core.handle(event)

    def ask(self) -> tuple[int, str]:
        """Use /excerpt; gives the delivery of its answer, and what names the card in the tokens of its buttons."""
        used = CommandUsed(place=PLACE, actor=Actor(id="ana", name="Ana"), at=self.at, command="excerpt")
        shown = next(each for each in self(used) if isinstance(each, Show))
        assert shown.delivery is not None
        return shown.delivery, shown.card.buttons[0].token.args[0]

    def show(self, message: str) -> str:
        """Use /excerpt and let its answer arrive; gives what names the card."""
        delivery, card = self.ask()
        ref = MessageRef("c", message)
        self(DeliveryMade(community=HERE, delivery=delivery, at=self.at, message=ref))
        return card

    def press(self, action: str, card: str, who: str, message: str = "m-1") -> Sequence[Effect]:
        """Press a button of a card."""
        return self(
            ButtonPressed(
                place=PLACE,
                actor=Actor(id=who, name=who),
                at=self.at,
                token=f"1:excerpt:{action}:{card}",
                message=MessageRef("c", message),
            )
        )

    def arrive(self, effects: Sequence[Effect]) -> Sequence[Effect]:
        """Let all deliveries arrive; gives what that releases."""
        made = [each for each in effects if isinstance(each, Deliver)]
        return [
            effect
            for each in made
            for effect in self(
                DeliveryMade(community=HERE, delivery=each.id, at=self.at, message=each.message)
            )
        ]

    def later(self, seconds: int) -> Sequence[Effect]:
        """Let time pass and come."""
        self.at += seconds
        return self(TimeCame(at=self.at))


def _counts(effects: Sequence[Effect]) -> list[tuple[str, str]]:
    """Give the message and the line of the count of each edit that leaves."""
    return [
        (each.message.message, "".join(getattr(part, "text", "") for part in block.parts))
        for each in effects
        if isinstance(each, Deliver) and isinstance(each.call, Edit) and each.message
        for block in each.call.card.body
        if isinstance(block, Paragraph) and "Read by" in str(block.parts)
    ]


@pytest.fixture
def bot(bundled: Store) -> _Bot:
    """Give a bot over the bundled library."""
    return _Bot(bundled)


def test_the_count_is_edited_into_every_card_at_most_once_a_minute(bot: _Bot) -> None:
    """The first press edits all of the day's cards; what comes within the minute is edited together at its end."""
    card = bot.show("m-1")
    bot.show("m-2")
    first = bot.press("done", card, "ana")
    assert sorted(_counts(first)) == [("m-1", "Read by 1."), ("m-2", "Read by 1.")]
    bot.arrive(first)
    bot.at += 20
    for who, woken in (("ben", {NOW + 60}), ("cem", {NOW + 60}), ("dee", {NOW + 60}), ("ben", set())):
        within = bot.press("done", card, who)
        assert _counts(within) == []
        assert {each.at for each in within if isinstance(each, Wake)} == woken
    assert _counts(bot.later(39)) == []
    last = bot.later(1)
    assert sorted(_counts(last)) == [("m-1", "Read by 4."), ("m-2", "Read by 4.")]
    bot.arrive(last)
    assert _counts(bot.later(300)) == []
    assert _counts(bot.press("done", card, "eve"))[0][1] == "Read by 5."


def test_an_edit_that_waits_survives_a_restart(bot: _Bot, bundled: Store) -> None:
    """The row says what is due: after a start the core is woken, and the count is edited."""
    card = bot.show("m-1")
    bot.arrive(bot.press("done", card, "ana"))
    bot.press("done", card, "ben")
    again = _Bot(bundled)
    assert Wake(NOW + 90) in again(Started(at=NOW + 90))
    again.at = NOW + 90
    assert _counts(again.later(0)) == [("m-1", "Read by 2.")]


def test_a_late_answer_is_edited_when_it_stands(bot: _Bot) -> None:
    """A press proves that a card stands whose place the platform has not told yet; its edit leaves with that."""
    delivery, card = bot.ask()
    pressed = bot.press("done", card, "ana")
    told = bot(DeliveryMade(community=HERE, delivery=delivery, at=NOW, message=MessageRef("c", "m-1")))
    assert _counts([*pressed, *told]) == [("m-1", "Read by 1.")]


def test_a_thread_does_not_wait_for_the_minute(bot: _Bot) -> None:
    """Calls on one message keep their order, so an edit that waits goes first, now, and the thread follows."""
    card = bot.show("m-1")
    bot.arrive(bot.press("done", card, "ana"))
    bot.at += 10
    bot.press("done", card, "ben")
    effects = bot.press("discuss", card, "cem")
    assert _counts(effects) == [("m-1", "Read by 2.")]
    followed = bot.arrive(effects)
    assert [type(each.call) for each in followed if isinstance(each, Deliver)] == [OpenThread]


def test_more_cards_than_one_press_pays_for_follow_with_the_next(bot: _Bot) -> None:
    """Of many cards, the pressed one and those edited longest ago are edited first."""
    card = bot.show("m-0")
    for number in range(1, 16):
        bot.show(f"m-{number}")
    first = bot.press("done", card, "ana", "m-0")
    assert ("m-0", "Read by 1.") in _counts(first)
    assert len(_counts(first)) == 11
    bot.arrive(first)
    second = _counts(bot.press("done", card, "ben", "m-0"))
    assert {message for message, _ in second}.isdisjoint(message for message, _ in _counts(first))
    assert len(second) == 5
    shown = {message for message, _ in (*second, *_counts(first))}
    assert shown == {f"m-{number}" for number in range(16)}


def test_a_card_that_is_gone_does_not_keep_others_from_being_edited(bot: _Bot) -> None:
    """A message that somebody deleted fails alone; noting goes on."""
    card = bot.show("m-1")
    bot.show("m-2")
    first = bot.press("done", card, "ana")
    for each in first:
        if isinstance(each, Deliver) and each.message == MessageRef("c", "m-2"):
            bot(DeliveryFailed(community=HERE, delivery=each.id, at=NOW, kind=FailureKind.GONE))
        elif isinstance(each, Deliver):
            bot.arrive([each])
    bot.at += 60
    assert ("m-1", "Read by 2.") in _counts(bot.press("done", card, "ben"))
