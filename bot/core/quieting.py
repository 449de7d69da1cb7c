"""Quiet mode and blackout dates: what they hold, and what comes back when they are over."""

from dataclasses import replace
from datetime import timedelta

from bot.core import contents, slots, telling, timetable
from bot.core.effects import Effect
from bot.core.events import FailureKind
from bot.core.ports import Ports, Programme, Quiet
from bot.core.ports.programmes import HELD
from bot.core.programme_cards import quiet_over_card

SLICE = 5
"""How many posts one event takes back at most."""
_LOOKED_THROUGH = 60


def held_by(ports: Ports, community: str, slot: str, at: int) -> str:
    """Say what holds a post now; empty where nothing does."""
    quiet = ports.programmes.quiet(community)
    if quiet is not None and (quiet.until is None or at < quiet.until):
        return "quiet mode"
    return "a blackout date" if slot[:10] in ports.programmes.blackouts(community, slot[:10]) else ""


def due(ports: Ports, at: int) -> list[Effect]:
    """End the quiet modes whose time is over, and hold posts that wait to be tried again."""
    effects: list[Effect] = []
    for quiet in ports.programmes.quiet_over(at, SLICE):
        effects += _ended(ports, quiet, at)
    for community, post in ports.programmes.retried_though_held(at, SLICE):
        reason = held_by(ports, community, post.slot, at)
        ports.deliveries.fail(post.delivery or 0, at, FailureKind.PASSING, reason)
        ports.programmes.post(community, replace(post, state=HELD, reason=reason))
        give_back(ports, community, post.programme, post.item)
    return effects


def returning(ports: Ports, quiet: Quiet) -> list[tuple[Programme, str, str]]:
    """List the programmes of which posts are held, with what comes next and at which slot."""
    community = quiet.community
    zone = ports.communities.zone(community)
    # A slot is local: the day before is looked at too, for programmes in other zones.
    since = slots.local_date(quiet.since, zone) - timedelta(days=1)
    found = []
    for number in ports.programmes.held(community, since.isoformat()):
        programme = ports.programmes.get(community, number)
        following = timetable.to_come(ports, programme, 1) if programme else []
        if programme is None or not following or not _held_since(ports, programme, quiet):
            continue
        content = contents.following(ports, programme)
        found.append((programme, following[0], content.what if content else ""))
    return found


def give_back(ports: Ports, community: str, number: int, item: str) -> None:
    """Let what was drawn for a post that is not made be drawn for the programme's next one."""
    programme = ports.programmes.get(community, number)
    if programme is not None and contents.is_drawn(programme) and not programme.drawn:
        ports.programmes.save(community, replace(programme, drawn=item))


def _ended(ports: Ports, quiet: Quiet, at: int) -> list[Effect]:
    """End a quiet mode whose time is over, and tell the moderators what goes on."""
    ports.programmes.quieten(quiet.community, None)
    card = quiet_over_card(returning(ports, quiet))
    return telling.tell_of_all(ports, quiet.community, card, quiet.by, at)


def _held_since(ports: Ports, programme: Programme, quiet: Quiet) -> bool:
    past = ports.programmes.past(programme.community, programme.id, _LOOKED_THROUGH)
    return any(each.state == HELD and slots.moment(each.slot, programme.zone) >= quiet.since for each in past)
