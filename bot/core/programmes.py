"""Programmes firing: each slot comes to exactly one end, and that end stands in the ledger.

When the clock says so, programmes that are due are taken by an index, a slice at a time. In one transaction a slot
becomes a row (its post on the way, or why there is none) and the programme moves on to its next. How the post then
went is for `programme_posts`.

After a time in which nothing ran, a programme makes the latest of its posts if that is within its grace, and the
earlier ones are skipped, with the reason. With `all` they are made one by one, an hour apart; with `none` not at all.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core import contents, deliveries, slots
from bot.core.cards import Card
from bot.core.effects import Deliver, Effect, Notice, Post, Wake
from bot.core.ports import PlannedPost, Ports, Programme, Quiet
from bot.core.ports.programmes import (
    DUE,
    ENDED,
    HELD,
    ON,
    PAUSED,
    REMOVED,
    SKIPPED,
)
from bot.core.programme_cards import (
    ended_card,
    quiet_over_card,
)

SLICE = 5
"""How many programmes one event fires at most, so that answers are never kept waiting."""
RECORDED = 60
"""How many missed slots of one programme one event writes at most."""
LATE = 10 * 60
"""Seconds from which on a post counts as late."""
APART = 60 * 60
"""Seconds between posts that are made up."""
RUNWAY = 7
"""Days of material left at which the moderators are told."""
AWAY = "the bot was not running, and its time had passed"
_SERIES_OVER = "the series has ended"
_NOTHING = "nothing is approved for it"


def due(ports: Ports, at: int) -> list[Effect]:
    """Fire what has fallen due, end what is over, and say when to look again."""
    effects: list[Effect] = []
    for quiet in ports.programmes.quiet_over(at, SLICE):
        effects += end_quiet(ports, quiet, at)
    for programme in ports.programmes.due(at, SLICE):
        effects += fire(ports, programme, at)
    return effects + wake(ports, at)


def wake(ports: Ports, at: int) -> list[Effect]:
    """Ask to be woken when the next programme, or the end of a quiet mode, falls due."""
    following = ports.programmes.next_due()
    return [] if following is None else [Wake(max(following, at))]


def fire(ports: Ports, programme: Programme, at: int) -> list[Effect]:
    """Bring the slots of a programme that have come to their end; the programme moves on."""
    if programme.state == PAUSED:
        programme = replace(programme, state=ON, paused_until="")
    came = slots.come(programme.rule, programme.next_slot, at, RECORDED)
    more = len(came) == RECORDED
    came = came[:-1] if more else came
    taken = ports.programmes.taken(programme.community, programme.id, programme.next_slot)
    missed = [each for each in came if each not in taken]
    posts, skipped = ([], missed) if more else _sorted_out(programme, missed, at)
    for slot in skipped:
        _write(ports, programme, slot, SKIPPED, AWAY)
    if not posts:
        last = came[-1] if came else programme.next_slot
        move_on(ports, programme, slots.after(programme.rule, last))
        return []
    slot, *later = posts
    programme, effects = post_now(ports, programme, slot, at)
    if programme.state == ON:
        following = later[0] if later else slots.after(programme.rule, came[-1])
        move_on(ports, programme, following, not_before=at + APART if later else 0)
    return effects


def post_now(ports: Ports, programme: Programme, slot: str, at: int) -> tuple[Programme, list[Effect]]:
    """Make the post of a slot, or write why there is none; gives the programme for the caller to write, and the effects."""
    community = programme.community
    if reason := held_by(ports, community, slot, at):
        _write(ports, programme, slot, HELD, reason)
        return programme, []
    programme, content = contents.draw(ports, programme, slot, at)
    if content is None:
        return _without_content(ports, programme, slot, at)
    message, round_, card = contents.compose(ports, programme, content, slot, at)
    expires = max(slots.moment(slot, programme.zone), at) + programme.grace
    entry = PlannedPost(
        programme=programme.id, slot=slot, state=DUE, item=content.item, round=round_, message=message, expires_at=expires
    )  # fmt: skip
    number = ports.programmes.post(community, entry)
    call = Post(channel=programme.channel, card=card, ping=programme.ping)
    about = f"programme:{number}"
    effects = deliveries.post_on(ports, community, message, call, about=about, at=at)
    delivery = next((each.id for each in effects if isinstance(each, Deliver)), None)
    ports.programmes.post(community, replace(entry, delivery=delivery))
    return replace(programme, drawn=""), effects


def move_on(ports: Ports, programme: Programme, slot: str | None, *, not_before: int = 0) -> Programme:
    """Write which slot comes next, past those that have come to an end already; without any the programme has ended."""
    if slot is not None:
        taken = ports.programmes.taken(programme.community, programme.id, slot)
        slot = next(iter(slots.upcoming(programme.rule, slot, 1, taken)), None)
    if slot is None:
        programme = replace(programme, state=ENDED, next_slot="", next_at=None)
    else:
        when = max(slots.moment(slot, programme.zone), not_before)
        programme = replace(programme, next_slot=slot, next_at=when)
    ports.programmes.save(programme.community, programme)
    return programme


def resume(ports: Ports, programme: Programme, at: int) -> Programme:
    """Let a programme go on from its next slot that is still to come; none is made up."""
    programme = replace(programme, state=ON, paused_until="", removed_at=0)
    return move_on(ports, programme, slots.first(programme.rule, at))


def pause(ports: Ports, programme: Programme, until: str) -> Programme:
    """Let a programme rest until a local date, or without one until it is resumed."""
    programme = replace(programme, state=PAUSED, paused_until=until)
    if not until:
        programme = replace(programme, next_slot="", next_at=None)
        ports.programmes.save(programme.community, programme)
        return programme
    slot = next(slots.from_date(programme.rule, date.fromisoformat(until)), None)
    return move_on(ports, programme, slot)


def remove(ports: Ports, programme: Programme, at: int) -> None:
    """Take a programme out of service; what it has posted stays."""
    gone = replace(programme, state=REMOVED, removed_at=at, next_slot="", next_at=None)
    ports.programmes.save(programme.community, gone)


def skip(ports: Ports, programme: Programme, slot: str, by: str) -> tuple[Programme, int]:
    """Skip one slot; gives the programme as it is after that, and the id of the ledger's row."""
    number = _write(ports, programme, slot, SKIPPED, f"by {by}")
    if programme.next_slot == slot:
        programme = move_on(ports, programme, slots.after(programme.rule, slot))
    return programme, number


def to_come(ports: Ports, programme: Programme, most: int) -> list[str]:
    """List the slots at which a programme will post: those that are skipped or held are left out."""
    if programme.next_at is None:
        return []
    community, first = programme.community, programme.next_slot
    taken = ports.programmes.taken(community, programme.id, first)
    quiet = ports.programmes.quiet(community)
    dark = ports.programmes.blackouts(community, first[:10])
    if quiet is not None and quiet.until is None:
        return []
    found: list[str] = []
    for slot in slots.from_date(programme.rule, slots.date_of(first)):
        if len(found) == most:
            break
        quieted = quiet is not None and slots.moment(slot, programme.zone) < (quiet.until or 0)
        if slot not in taken and slot[:10] not in dark and not quieted:
            found.append(slot)
    return found


def held_by(ports: Ports, community: str, slot: str, at: int) -> str:
    """Say what holds a post now; empty where nothing does."""
    quiet = ports.programmes.quiet(community)
    if quiet is not None and (quiet.until is None or at < quiet.until):
        return "quiet mode"
    return "a blackout date" if slot[:10] in ports.programmes.blackouts(community, slot[:10]) else ""


def end_quiet(ports: Ports, quiet: Quiet, at: int) -> list[Effect]:
    """End a quiet mode whose time is over, and tell the moderators what goes on."""
    ports.programmes.quieten(quiet.community, None)
    card = quiet_over_card(returning(ports, quiet))
    return tell(ports, quiet.community, card, about="quiet:0", member=quiet.by, at=at)


def returning(ports: Ports, quiet: Quiet) -> list[tuple[Programme, str, str]]:
    """List the programmes of which posts are held, with what comes next and at which slot."""
    community = quiet.community
    zone = ports.communities.zone(community)
    # A slot is local: the day before is looked at too, for programmes in other zones.
    since = slots.local_date(quiet.since, zone) - timedelta(days=1)
    held = ports.programmes.held(community, since.isoformat())
    found = []
    for number in held:
        programme = ports.programmes.get(community, number)
        coming = to_come(ports, programme, 1) if programme else []
        if programme is None or not coming or not _held_since(ports, programme, quiet):
            continue
        content = contents.following(ports, programme)
        found.append((programme, coming[0], content.what if content else ""))
    return found


def tell(ports: Ports, community: str, card: Card, *, about: str, member: str, at: int) -> list[Effect]:
    """Tell the moderators: in their channel, or with none set whoever it is about."""
    channel = ports.programmes.log_channel(community)
    notice = Notice(card=card, channel=channel, member="" if channel else member)
    return deliveries.tell(ports, community, notice, about=about, at=at)


def warned_already(ports: Ports, programme: Programme) -> bool:
    """Whether the end of the material is so near at the beginning that saying so again would be noise."""
    last = last_slot(ports, programme)
    if last is None:
        return False
    first = slots.date_of(programme.next_slot)
    return (slots.date_of(last) - first).days <= RUNWAY


def last_slot(ports: Ports, programme: Programme) -> str | None:
    """Give the slot at which the material of a programme comes to its end; None where it has none to count."""
    left = contents.days_of_material(ports, programme)
    coming = to_come(ports, programme, left) if left else []
    return coming[-1] if left and len(coming) == left else None


def _sorted_out(programme: Programme, missed: Sequence[str], at: int) -> tuple[list[str], list[str]]:
    """Part the slots that have come into those that are posted, the earliest first, and those that are not."""
    within = [
        each
        for each in missed
        if at - max(slots.moment(each, programme.zone), _shifted(programme, each)) <= _allowed(programme)
    ]
    posts = within if programme.catch_up == "all" else within[-1:]
    return posts, [each for each in missed if each not in posts]


def _shifted(programme: Programme, slot: str) -> int:
    """Give the moment to which the slot that is next was moved, where it was."""
    return programme.next_at or 0 if slot == programme.next_slot else 0


def _allowed(programme: Programme) -> int:
    return min(LATE, programme.grace) if programme.catch_up == "none" else programme.grace


def _without_content(
    ports: Ports, programme: Programme, slot: str, at: int
) -> tuple[Programme, list[Effect]]:
    ended = contents.is_series(programme)
    _write(ports, programme, slot, SKIPPED, _SERIES_OVER if ended else _NOTHING)
    return end_series(ports, programme, at) if ended else (programme, [])


def end_series(ports: Ports, programme: Programme, at: int) -> tuple[Programme, list[Effect]]:
    """End a programme whose series is through, and tell the moderators; gives the programme, and the effects."""
    programme = replace(programme, state=ENDED, next_slot="", next_at=None)
    ports.programmes.save(programme.community, programme)
    parts, _ = contents.series(ports, programme)
    card = ended_card(programme, len(parts))
    return programme, tell(ports, programme.community, card, about="notice:0", member=programme.owner, at=at)


def _write(ports: Ports, programme: Programme, slot: str, state: str, reason: str) -> int:
    entry = PlannedPost(programme=programme.id, slot=slot, state=state, reason=reason)
    return ports.programmes.post(programme.community, entry)


def _held_since(ports: Ports, programme: Programme, quiet: Quiet) -> bool:
    past = ports.programmes.past(programme.community, programme.id, RECORDED)
    return any(each.state == HELD and slots.moment(each.slot, programme.zone) >= quiet.since for each in past)
