"""A programme in a database with the library, and what a platform may say to its posts: for the tests of the ledger."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.core import slots
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.effects import Deliver, Effect, Post, Wake
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind, MessageRef, TimeCame
from bot.core.ports import Ports, Programme
from storage.store import MEMORY, Store
from tests.houses import shelves
from tests.storage_samples import HERE, ZONE, ports_of

NINE = 1_795_597_200
"""Wed 25 Nov 2026, 09:00 in London."""
SLOT = "2026-11-25T09:00"
PLAN = Programme(
    community=HERE, name="Daily quote", kind="quote", channel="reading", days=slots.EVERY_DAY, time="09:00", zone=ZONE,
    owner="mia", next_slot=SLOT, next_at=NINE,
)  # fmt: skip


@contextmanager
def stocked() -> Iterator[Ports]:
    """Open a store with the library, within a transaction."""
    store = Store(MEMORY)
    store.stock(shelves())
    with store.transaction():
        yield ports_of(store)
    store.close()


def ring(ports: Ports, at: int) -> Sequence[Effect]:
    """Say that the time has come, as often as the core asks for at this moment."""
    core, effects = Core(ports, catalogue()), []
    while True:
        found = core.handle(TimeCame(at=at))
        effects += [each for each in found if not isinstance(each, Wake)]
        if not any(isinstance(each, Wake) and each.at <= at for each in found):
            return effects


def posts(effects: Sequence[Effect]) -> list[Deliver]:
    """Give the posts among some effects."""
    return [each for each in effects if isinstance(each, Deliver) and isinstance(each.call, Post)]


def ledger(ports: Ports, programme: int) -> list[tuple[str, str, str]]:
    """Give what became of a programme's slots, the earliest first."""
    return [(each.slot, each.state, each.reason) for each in ports.programmes.past(HERE, programme, 99)][::-1]


def arrive(ports: Ports, delivery: Deliver, at: int) -> Sequence[Effect]:
    """Report that a delivery has arrived."""
    made = DeliveryMade(community=HERE, delivery=delivery.id, at=at, message=MessageRef("reading", "m"))
    return Core(ports, catalogue()).handle(made)


def fail(ports: Ports, delivery: Deliver, at: int, kind: FailureKind) -> Sequence[Effect]:
    """Report that a delivery has not arrived."""
    failed = DeliveryFailed(community=HERE, delivery=delivery.id, at=at, kind=kind, detail="why")
    return Core(ports, catalogue()).handle(failed)
