"""Programmes firing: each slot comes to exactly one end, and that end stands in the ledger.

When the clock says so, programmes that are due are taken by an index, a slice at a time. In one transaction a slot
becomes a row (its post on the way, or why there is none) and the programme moves on to its next. How the post then
went is for `programme_posts`.

After a time in which nothing ran, a programme makes the latest of its posts if that is within its grace, and the
earlier ones are skipped, with the reason. With `all` they are made one by one, an hour apart; with `none` not at all.
A programme that is paused or waits falls due all the same, so that it is written down why a slot had no post.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import composing, contents, deliveries, quieting, slots, telling, timetable
from bot.core.effects import Deliver, Effect, Post, Wake
from bot.core.ports import PlannedPost, Ports, Programme
from bot.core.ports.programmes import DUE, ENDED, HELD, ON, PAUSED, REMOVED, SKIPPED, STOPPED
from bot.core.programme_cards import ended_card, untouched_card

SLICE = 5
"""How many programmes one event fires at most, so that answers are never kept waiting."""
RECORDED = 60
"""How many missed slots of one programme one event writes at most."""
LATE = 10 * 60
"""Seconds from which on a post counts as late."""
APART = 60 * 60
"""Seconds between posts that are made up."""
UNTOUCHED = 5
"""Posts in a row that nobody touched after which a programme pauses itself."""
AWAY = "the bot was not running, and its time had passed"
RESTED = "the programme was paused"
CHANGED = "the programme was changed at its time"
WAITED = "the programme waited, since a post could not be made"
_SERIES_OVER = "the series has ended"
_NOTHING = "nothing is approved for it"


def due(ports: Ports, at: int) -> list[Effect]:
    """Fire what has fallen due, and say when to look again."""
    effects: list[Effect] = []
    for programme in ports.programmes.due(at, SLICE):
        effects += fire(ports, programme, at)
    return effects + wake(ports, at)


def wake(ports: Ports, at: int) -> list[Effect]:
    """Ask to be woken when the next programme, or the end of a quiet mode, falls due."""
    following = ports.programmes.next_due()
    return [] if following is None else [Wake(max(following, at))]


def fire(ports: Ports, programme: Programme, at: int) -> list[Effect]:
    """Bring the slots of a programme that have come to their end; the programme moves on."""
    came = slots.come(programme.rule, programme.next_slot, at, RECORDED)
    more = len(came) == RECORDED
    came = came[:-1] if more else came
    taken = ports.programmes.taken(programme.community, programme.id, programme.next_slot)
    missed = [each for each in came if each not in taken]
    programme, missed = _rested(ports, programme, missed, came)
    posts, skipped = ([], missed) if more else _sorted_out(programme, missed, at)
    for slot in skipped:
        _write(ports, programme, slot, SKIPPED, AWAY)
    if not posts:
        last = came[-1] if came else programme.next_slot
        timetable.move_on(ports, programme, slots.after(programme.rule, last))
        return []
    if _is_untouched(ports, programme) and not quieting.held_by(ports, programme.community, posts[-1], at):
        return _pause_itself(ports, programme, posts, came, at)
    slot, *later = posts
    programme, effects = post_now(ports, programme, slot, at)
    if programme.state == ON:
        following = later[0] if later else slots.after(programme.rule, came[-1])
        timetable.move_on(ports, programme, following, not_before=at + APART if later else 0)
    return effects


def post_now(ports: Ports, programme: Programme, slot: str, at: int) -> tuple[Programme, list[Effect]]:
    """Make the post of a slot, or write why there is none; gives the programme for the caller to write, and the effects."""
    community = programme.community
    if reason := quieting.held_by(ports, community, slot, at):
        _write(ports, programme, slot, HELD, reason)
        return contents.with_pinned(ports, programme, slot, at), []
    programme, content = contents.draw(ports, programme, slot, at)
    if content is None:
        return _without_content(ports, programme, slot, at)
    message, round_, card = composing.compose(ports, programme, content, slot, at)
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


def resume(ports: Ports, programme: Programme, at: int) -> Programme:
    """Let a programme go on from its next slot that is still to come; none is made up."""
    came = slots.come(programme.rule, programme.next_slot, at, RECORDED) if programme.next_slot else []
    taken = ports.programmes.taken(programme.community, programme.id, programme.next_slot) if came else ()
    for slot in came:
        if slot not in taken:
            _write(
                ports,
                programme,
                slot,
                SKIPPED,
                {PAUSED: RESTED, STOPPED: WAITED}.get(programme.state, CHANGED),
            )
    newest = ports.programmes.newest(programme.community, programme.id)
    programme = replace(programme, state=ON, paused_until="", removed_at=0, watched_from=newest)
    return timetable.move_on(ports, programme, slots.first(programme.rule, at))


def pause(ports: Ports, programme: Programme, until: str, at: int) -> Programme:
    """Let a programme rest until a local date, or without one until it is resumed."""
    programme = replace(programme, state=PAUSED, paused_until=until)
    if programme.next_at is None:
        return timetable.move_on(ports, programme, slots.first(programme.rule, at))
    ports.programmes.save(programme.community, programme)
    return programme


def stop(ports: Ports, programme: Programme, at: int) -> Programme:
    """Let a programme wait for a moderator."""
    programme = replace(programme, state=STOPPED)
    following = slots.first(programme.rule, at)
    if programme.next_at is None and following is not None:
        return timetable.move_on(ports, programme, following)
    ports.programmes.save(programme.community, programme)
    return programme


def remove(ports: Ports, programme: Programme, at: int) -> None:
    """Take a programme out of service; what it has posted stays."""
    gone = replace(programme, state=REMOVED, removed_at=at, next_slot="", next_at=None)
    ports.programmes.save(programme.community, gone)


def skip(ports: Ports, programme: Programme, slot: str, by: str) -> tuple[Programme, int]:
    """Skip one slot; gives the programme as it is after that, and the id of the ledger's row."""
    number = _write(ports, programme, slot, SKIPPED, f"by {by}")
    if programme.next_slot == slot:
        programme = timetable.move_on(ports, programme, slots.after(programme.rule, slot))
    return programme, number


def end_series(ports: Ports, programme: Programme, at: int) -> tuple[Programme, list[Effect]]:
    """End a programme whose series is through, and tell the moderators; gives the programme, and the effects."""
    programme = replace(programme, state=ENDED, next_slot="", next_at=None)
    ports.programmes.save(programme.community, programme)
    parts, _ = contents.series(ports, programme)
    return programme, telling.tell(ports, programme, ended_card(programme, len(parts)), at)


def _rested(
    ports: Ports, programme: Programme, missed: Sequence[str], came: Sequence[str]
) -> tuple[Programme, list[str]]:
    """Write down the slots in which a programme rested or waited; gives it as it is after them, and the others."""
    if programme.state == STOPPED:
        rested, reason = list(missed), WAITED
    else:
        rested, reason = [each for each in missed if timetable.is_in_pause(programme, each)], RESTED
    for slot in rested:
        _write(ports, programme, slot, SKIPPED, reason)
    over = programme.state == PAUSED and any(not timetable.is_in_pause(programme, each) for each in came)
    programme = replace(programme, state=ON, paused_until="") if over else programme
    return programme, [each for each in missed if each not in rested]


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


def _is_untouched(ports: Ports, programme: Programme) -> bool:
    """Whether nobody touched the latest posts, of those that somebody could have."""
    if not contents.is_touchable(programme):
        return False
    lately = ports.programmes.touched(programme.community, programme.id, programme.watched_from, UNTOUCHED)
    return len(lately) == UNTOUCHED and not any(lately)


def _pause_itself(
    ports: Ports, programme: Programme, posts: Sequence[str], came: Sequence[str], at: int
) -> list[Effect]:
    for slot in posts:
        _write(ports, programme, slot, SKIPPED, f"{UNTOUCHED} posts in a row were touched by nobody")
    programme = replace(programme, state=PAUSED, paused_until="")
    programme = timetable.move_on(ports, programme, slots.after(programme.rule, came[-1]))
    return telling.tell(ports, programme, untouched_card(programme, UNTOUCHED), at)


def _without_content(
    ports: Ports, programme: Programme, slot: str, at: int
) -> tuple[Programme, list[Effect]]:
    ended = contents.is_series(programme)
    _write(ports, programme, slot, SKIPPED, _SERIES_OVER if ended else _NOTHING)
    return end_series(ports, programme, at) if ended else (programme, [])


def _write(ports: Ports, programme: Programme, slot: str, state: str, reason: str) -> int:
    entry = PlannedPost(programme=programme.id, slot=slot, state=state, reason=reason)
    return ports.programmes.post(programme.community, entry)
