"""What is still to come of a programme: its next slot, the moment at which that is made, and how long the material lasts.

Very many posts that fall on one minute are spread over the seconds behind it, so that a platform's limit is kept: the
first of them go at the minute itself. The moment stands in the programme's row, so a restart changes nothing of it.
"""

from dataclasses import replace
from datetime import date

from bot.core import contents, slots
from bot.core.ports import Ports, Programme
from bot.core.ports.programmes import ENDED, ON, PAUSED

A_SECOND = 40
"""Posts that are planned for one second at most: Discord takes 50 calls, and a post may have a thread and a pin."""
RUNWAY = 7
"""Days of material left at which the moderators are told."""
_MINUTE = 60


def moment(ports: Ports, programme: Programme, slot: str) -> int:
    """Give the moment at which the post of a slot is made, behind those that are planned for its minute already."""
    begun = slots.moment(slot, programme.zone)
    while (crowd := ports.programmes.crowd(begun, begun + _MINUTE, but=programme.id)) >= A_SECOND * _MINUTE:
        begun += _MINUTE
    return begun + crowd // A_SECOND


def move_on(ports: Ports, programme: Programme, slot: str | None, *, not_before: int = 0) -> Programme:
    """Write which slot comes next, past those that have come to an end already; without any the programme has ended."""
    if slot is not None:
        taken = ports.programmes.taken(programme.community, programme.id, slot)
        slot = next(iter(slots.upcoming(programme.rule, slot, 1, taken)), None)
    if slot is None:
        programme = replace(programme, state=ENDED, next_slot="", next_at=None)
    else:
        when = max(moment(ports, programme, slot), not_before)
        programme = replace(programme, next_slot=slot, next_at=when)
    ports.programmes.save(programme.community, programme)
    return programme


def to_come(ports: Ports, programme: Programme, most: int) -> list[str]:
    """List the slots at which a programme will post: those that are skipped or held, or lie in a pause, are left out."""
    if not is_running(programme):
        return []
    community, first = programme.community, programme.next_slot
    taken = ports.programmes.taken(community, programme.id, first)
    quiet = ports.programmes.quiet(community)
    dark = ports.programmes.blackouts(community, first[:10])
    if quiet is not None and quiet.until is None:
        return []
    found: list[str] = []
    for slot in slots.from_date(programme.rule, slots.date_of(max(first, programme.paused_until))):
        if len(found) == most:
            break
        quieted = quiet is not None and slots.moment(slot, programme.zone) < (quiet.until or 0)
        if slot not in taken and slot[:10] not in dark and not quieted:
            found.append(slot)
    return found


def is_running(programme: Programme) -> bool:
    """Whether a programme goes on by itself, now or when its pause is over."""
    rests = programme.state == PAUSED and bool(programme.paused_until)
    return programme.next_at is not None and (programme.state == ON or rests)


def is_in_pause(programme: Programme, slot: str) -> bool:
    """Whether a slot lies in a programme's pause."""
    return programme.state == PAUSED and (not programme.paused_until or slot[:10] < programme.paused_until)


def last_slot(ports: Ports, programme: Programme) -> str | None:
    """Give the slot at which the material of a programme comes to its end; None where it has none to count."""
    left = contents.days_of_material(ports, programme)
    coming = to_come(ports, programme, left) if left else []
    return coming[-1] if left and len(coming) == left else None


def runs_out(ports: Ports, programme: Programme, since: date) -> date | None:
    """Give the date of the last post before anything is shown again, where that is within a week of another date."""
    # There is a post a day at most.
    left = contents.days_of_material(ports, programme, RUNWAY + 2)
    if not left or left > RUNWAY + 1:
        return None
    last = last_slot(ports, programme)
    day = slots.date_of(last) if last else None
    return day if day and (day - since).days <= RUNWAY else None


def warned_already(ports: Ports, programme: Programme) -> bool:
    """Whether the end of the material is so near at the beginning that saying so again would be noise."""
    return runs_out(ports, programme, slots.date_of(programme.next_slot)) is not None
