"""Whether whoever planned a programme is still here: looked for with a post, once a week, and told once where they are not."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import deliveries, telling
from bot.core.effects import AskAfter, Effect
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind
from bot.core.ports import Ports, Programme, Waiting
from bot.core.programme_cards import owner_gone_card

OFTEN = 7 * 86_400
"""Seconds between two looks for one programme's owner."""
_MOST = 200


def ask_after(ports: Ports, programme: Programme, at: int) -> tuple[Programme, list[Effect]]:
    """Look for a programme's owner, unless that was done lately; gives the programme as it is written then."""
    if not programme.owner or programme.owner_gone or at - programme.asked_after < OFTEN:
        return programme, []
    programme = replace(programme, asked_after=at)
    ports.programmes.save(programme.community, programme)
    call = AskAfter(member=programme.owner)
    about = f"owner:{programme.id}"
    return programme, deliveries.tell(ports, programme.community, call, about=about, at=at)


def asked_after(
    ports: Ports, row: Waiting, number: int, event: DeliveryMade | DeliveryFailed
) -> Sequence[Effect]:
    """Take in what a look has found: where the owner has left, all of their programmes are told of in one notice."""
    community, programme = row.community, ports.programmes.get(row.community, number)
    gone = isinstance(event, DeliveryFailed) and event.kind is FailureKind.GONE
    if not gone or programme is None or not isinstance(row.call, AskAfter):
        return ()
    theirs = [
        replace(each, owner_gone=True)
        for each in ports.programmes.page(community, 0, _MOST)
        if each.owner == row.call.member and not each.owner_gone
    ]
    for each in theirs:
        ports.programmes.save(community, each)
    return telling.tell(ports, theirs[0], owner_gone_card(theirs), event.at) if theirs else ()
