"""The ledger: what must reach a platform even if the process dies.

A delivery is a row that moves `due → sending → sent` or `failed`. One that can go at once is written as `sending`
(claimed) in the very transaction that decides it, and released as a Deliver when that is durable. Calls on one
message leave one at a time, in commit order; a newer update takes the place of one that still waits. What was
`sending` when the process died is released again with `recover`: the adapter looks before it repeats.
"""

from bot.core.effects import Answered, AskAfter, Call, Deliver, Direct, Edit, Effect, Notice, Post, Wake
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind, MessageRef
from bot.core.ports import Ports, Waiting

ATTEMPTS = 12
"""How often a delivery is tried while its fault may pass: with the waits below, for about a day."""
FIRST_WAIT = 5
LONGEST_WAIT = 3 * 60 * 60
SLICE = 64
"""How many due deliveries one event releases at most, so that answers are never kept waiting."""

_MAKES_A_MESSAGE = (Answered, Post)


def answered(ports: Ports, community: str, message: int, *, about: str, at: int) -> int:
    """Write the row for a message that an adapter shows as an interaction's answer; gives the delivery's id."""
    return ports.deliveries.add(community, Answered(), about=about, due=at, message=message, claimed=True).id


def post(ports: Ports, community: str, call: Post, *, about: str, at: int) -> tuple[int, list[Effect]]:
    """Write a new message's rows and release it: gives the message's row and the effects."""
    message = ports.deliveries.message(community, call.channel)
    return message, post_on(ports, community, message, call, about=about, at=at)


def post_on(ports: Ports, community: str, message: int, call: Post, *, about: str, at: int) -> list[Effect]:
    """Release the post that makes a message whose row stands already."""
    return _claimed(ports, community, call, about=about, at=at, message=message)


def tell(
    ports: Ports, community: str, call: Notice | Direct | AskAfter, *, about: str, at: int
) -> list[Effect]:
    """Write what is about no message in a channel (a notice, a direct message, a look) and release it."""
    return _claimed(ports, community, call, about=about, at=at, message=None)


def change(ports: Ports, community: str, message: int, call: Call, *, about: str, at: int) -> list[Effect]:
    """Write a call on a message that exists or will: released now if nothing is ahead of it, else when its turn comes."""
    ref = ports.deliveries.placed(community, message)
    if ref is not None and not ports.deliveries.busy(message):
        return _claimed(ports, community, call, about=about, at=at, message=message, ref=ref)
    if not (isinstance(call, Edit) and ports.deliveries.replace(message, call, at)):
        ports.deliveries.add(community, call, about=about, due=at, message=message, claimed=False)
    return []


def made(ports: Ports, event: DeliveryMade) -> tuple[Waiting | None, list[Effect]]:
    """Record a delivery that arrived; gives its row (None when it was settled before) and what may leave next."""
    row = ports.deliveries.get(event.community, event.delivery)
    if row is None:
        return None, []
    ports.deliveries.sent(row.id, event.at)
    if event.message is not None and row.message is not None and isinstance(row.call, _MAKES_A_MESSAGE):
        ports.deliveries.place(row.message, event.message)
    return row, _next_on(ports, row, event.at)


def failed(ports: Ports, event: DeliveryFailed) -> tuple[Waiting | None, list[Effect]]:
    """Record a delivery that did not arrive: tried again where that may help, else failed for good.

    Gives the row only in the second case, so that whoever it belongs to can act, and the effects.
    """
    row = ports.deliveries.get(event.community, event.delivery)
    if row is None:
        return None, []
    passing = event.kind is FailureKind.PASSING and not isinstance(row.call, Answered)
    if passing and row.attempts + 1 < ATTEMPTS:
        wait = max(event.retry_after, min(FIRST_WAIT * 4**row.attempts, LONGEST_WAIT))
        ports.deliveries.later(row.id, event.at + wait, event.detail)
        return None, [Wake(event.at + wait)]
    ports.deliveries.fail(row.id, event.at, event.kind, event.detail)
    return row, _next_on(ports, row, event.at)


def confirm(ports: Ports, community: str, message: int, ref: MessageRef, at: int) -> list[Effect]:
    """Take a press on a message as the proof that it stands there, ahead of the platform's own word."""
    if ports.deliveries.placed(community, message) is not None:
        return []
    ports.deliveries.place(message, ref)
    return [Wake(at)]


def due(ports: Ports, at: int) -> list[Effect]:
    """Claim and release what has fallen due, a slice at a time."""
    rows = ports.deliveries.due(at, SLICE)
    effects: list[Effect] = [_released(ports, row) for row in rows]
    following = ports.deliveries.next_due()
    if following is not None:
        effects.append(Wake(max(following, at)) if len(rows) == SLICE else Wake(max(following, at + 1)))
    return effects


def recover(ports: Ports, at: int) -> list[Effect]:
    """Release again, once after a start, what a crash left in `sending`.

    An interaction's answer cannot be made again: it is lost, unless a press on it proves that it arrived.
    """
    effects: list[Effect] = []
    for row in ports.deliveries.sending():
        if isinstance(row.call, Answered):
            ports.deliveries.fail(row.id, at, FailureKind.LOST, "the process ended before it was confirmed")
            effects += _next_on(ports, row, at)
        else:
            effects.append(_order(row, recover=True))
    return effects


def _claimed(
    ports: Ports,
    community: str,
    call: Call,
    *,
    about: str,
    at: int,
    message: int | None,
    ref: MessageRef | None = None,
) -> list[Effect]:
    """Write a delivery that goes at once, on the message that stands at `ref`, and release it."""
    row = ports.deliveries.add(community, call, about=about, due=at, message=message, claimed=True)
    return [Deliver(id=row.id, community=community, call=call, key=row.key, due=at, message=ref)]


def _next_on(ports: Ports, row: Waiting, at: int) -> list[Effect]:
    if row.message is None or ports.deliveries.placed(row.community, row.message) is None:
        return []
    waiting = ports.deliveries.next_on(row.message, at)
    return [_released(ports, waiting)] if waiting else []


def _released(ports: Ports, row: Waiting) -> Deliver:
    ports.deliveries.claim(row.id)
    return _order(row, recover=row.attempts > 0 and isinstance(row.call, Post))


def _order(row: Waiting, *, recover: bool = False) -> Deliver:
    return Deliver(
        id=row.id,
        community=row.community,
        call=row.call,
        key=row.key,
        due=row.since,
        message=row.ref,
        recover=recover,
    )
