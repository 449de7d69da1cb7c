"""Programmes firing: each slot comes to exactly one end, and that end stands in the ledger.

When the clock says so, programmes that are due are taken by an index, a slice at a time. In one transaction a slot
becomes a row (its post on the way, or why there is none) and the programme moves on to its next. How the post then
went comes back to `settled`: posted, with its thread and its pin to follow; or failed, and where the fault lasts the
programme waits, which its moderators are told once.

After a time in which nothing ran, a programme makes the latest of its posts if that is within its grace, and the
earlier ones are skipped, with the reason. With `all` they are made one by one, an hour apart; with `none` not at all.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core import closing, contents, deliveries, limits, opening, slots
from bot.core.cards import Card, line
from bot.core.effects import Call, Deliver, Edit, Effect, Notice, OpenThread, Pin, Post, Wake
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind
from bot.core.features.quote import OPENING
from bot.core.ports import PlannedPost, Ports, Programme, Quiet, Waiting
from bot.core.ports.programmes import (
    DUE,
    ENDED,
    FAILED,
    HELD,
    ON,
    PAUSED,
    POSTED,
    REMOVED,
    SKIPPED,
    STOPPED,
)
from bot.core.programme_cards import (
    ended_card,
    not_posted_card,
    quiet_over_card,
    runway_card,
    unfollowed_card,
)
from bot.core.rounds import Mode, State

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
    for community, post in ports.programmes.overdue(at, SLICE):
        effects += _give_up(ports, community, post, at)
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


def settled(
    ports: Ports, row: Waiting, number: int, event: DeliveryMade | DeliveryFailed
) -> Sequence[Effect]:
    """Take in how a programme's delivery went: its post's, or that of the thread or the pin that follows."""
    post = ports.programmes.posted(row.community, number)
    programme = ports.programmes.get(row.community, post.programme) if post else None
    if post is None or programme is None:
        return ()
    if not isinstance(row.call, Post):
        return _unfollowed(ports, programme, row.call, event) if isinstance(event, DeliveryFailed) else ()
    if post.state != DUE or post.delivery != row.id:
        return ()
    if isinstance(event, DeliveryMade):
        return _made(ports, programme, post, event.at)
    return _failed(ports, programme, post, event)


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
    return _end_series(ports, programme, at) if ended else (programme, [])


def _end_series(ports: Ports, programme: Programme, at: int) -> tuple[Programme, list[Effect]]:
    programme = replace(programme, state=ENDED, next_slot="", next_at=None)
    ports.programmes.save(programme.community, programme)
    parts, _ = contents.series(ports, programme)
    card = ended_card(programme, len(parts))
    return programme, tell(ports, programme.community, card, about="notice:0", member=programme.owner, at=at)


def _write(ports: Ports, programme: Programme, slot: str, state: str, reason: str) -> int:
    entry = PlannedPost(programme=programme.id, slot=slot, state=state, reason=reason)
    return ports.programmes.post(programme.community, entry)


def _made(ports: Ports, programme: Programme, post: PlannedPost, at: int) -> list[Effect]:
    ports.programmes.post(programme.community, replace(post, state=POSTED))
    effects = _open_round(ports, programme, post, at) if post.round else []
    if programme.thread and post.message:
        effects += _follow(ports, programme, post, _thread(programme, post), at)
    if programme.pin and post.message:
        effects += _follow(ports, programme, post, Pin(), at)
    if programme.state != ON:
        return effects
    if contents.is_series(programme) and not contents.series(ports, programme)[1]:
        return effects + _end_series(ports, programme, at)[1]
    return effects + _warn(ports, programme, at)


def _open_round(ports: Ports, programme: Programme, post: PlannedPost, at: int) -> list[Effect]:
    """Open the round of a quiz whose post stands; one that was void by then is asked anew in the same place."""
    round_ = ports.rounds.get(programme.community, post.round or 0)
    if round_ is None:
        return []
    if round_.state is State.ASKED:
        return closing.opened(ports, round_, at)
    if round_.state is not State.VOID or post.message is None:
        return []
    number = ports.rounds.add(
        programme.community, channel=round_.channel, mode=Mode.STANDING, typed=False, question=round_.question,
        asker=round_.asker, at=at, seconds=round_.seconds, message=post.message,
    )  # fmt: skip
    ports.programmes.post(programme.community, replace(post, state=POSTED, round=number))
    again = ports.rounds.get(programme.community, number)
    edit = Edit(card=opening.card(ports, programme.community, number))
    about = f"quiz:{number}"
    effects = deliveries.change(ports, programme.community, post.message, edit, about=about, at=at)
    return effects + (closing.opened(ports, again, at) if again else [])


def _thread(programme: Programme, post: PlannedPost) -> OpenThread:
    name = f"{programme.name}, {post.slot[:10]}"
    return OpenThread(name=name[: limits.THREAD_NAME], card=line(OPENING))


def _follow(ports: Ports, programme: Programme, post: PlannedPost, call: Call, at: int) -> list[Effect]:
    about = f"programme:{post.id}"
    return deliveries.change(ports, programme.community, post.message or 0, call, about=about, at=at)


def _unfollowed(ports: Ports, programme: Programme, call: Call, event: DeliveryFailed) -> list[Effect]:
    """Ask for no more threads or pins where one could not be made, and say so once."""
    thread = isinstance(call, OpenThread)
    if not (programme.thread if thread else programme.pin):
        return []
    changed = replace(programme, thread=False) if thread else replace(programme, pin=False)
    ports.programmes.save(programme.community, changed)
    card = unfollowed_card(programme, event.detail, thread=thread)
    return tell(ports, programme.community, card, about="notice:0", member=programme.owner, at=event.at)


def _failed(ports: Ports, programme: Programme, post: PlannedPost, event: DeliveryFailed) -> list[Effect]:
    """Write that a post was not made; a fault that lasts stops the programme, which is told once."""
    if event.kind is FailureKind.LOST:
        # It may stand there, and it must not stand there twice: it counts as posted.
        ports.programmes.post(programme.community, replace(post, state=POSTED, reason=event.detail))
        return []
    lasting = event.kind is not FailureKind.PASSING
    ports.programmes.post(programme.community, replace(post, state=FAILED, reason=event.detail))
    drawn = post.item if _is_drawn(programme) and not programme.drawn else programme.drawn
    programme = replace(programme, drawn=drawn)
    told = programme.state == STOPPED
    if lasting and programme.state in {ON, ENDED}:
        programme = replace(programme, state=STOPPED, next_slot="", next_at=None)
    ports.programmes.save(programme.community, programme)
    if told:
        return []
    after = slots.first(programme.rule, event.at)
    content = contents.following(ports, programme)
    until = slots.moment(post.slot, programme.zone) + programme.grace
    card = not_posted_card(
        programme, replace(post, reason=event.detail), event.kind,
        what=content.what if content and contents.is_series(programme) else "", until=until, after=after,
    )  # fmt: skip
    return tell(ports, programme.community, card, about="notice:0", member=programme.owner, at=event.at)


def _is_drawn(programme: Programme) -> bool:
    return not contents.is_series(programme) and programme.source != "today"


def _give_up(ports: Ports, community: str, post: PlannedPost, at: int) -> list[Effect]:
    """End the attempts at a post whose grace is over."""
    programme = ports.programmes.get(community, post.programme)
    if programme is None or post.delivery is None:
        return []
    reason = "the platform could not be reached in time"
    ports.deliveries.fail(post.delivery, at, FailureKind.PASSING, reason)
    event = DeliveryFailed(
        community=community, delivery=post.delivery, at=at, kind=FailureKind.PASSING, detail=reason
    )
    return _failed(ports, programme, post, event)


def _warn(ports: Ports, programme: Programme, at: int) -> list[Effect]:
    """Tell the moderators, once, that a week's material is left."""
    if programme.warned:
        return []
    last = last_slot(ports, programme)
    if last is None:
        return []
    left = (slots.date_of(last) - slots.local_date(at, programme.zone)).days
    if left > RUNWAY:
        return []
    ports.programmes.save(programme.community, replace(programme, warned=True))
    waiting = ports.suggestions.count(programme.community)
    card = runway_card(programme, left, slots.date_of(last), waiting)
    return tell(ports, programme.community, card, about="notice:0", member=programme.owner, at=at)


def _held_since(ports: Ports, programme: Programme, quiet: Quiet) -> bool:
    past = ports.programmes.past(programme.community, programme.id, RECORDED)
    return any(each.state == HELD and slots.moment(each.slot, programme.zone) >= quiet.since for each in past)
