"""How the posts of programmes went: posted, with a thread and a pin to follow, or failed.

A fault that lasts stops the programme, and its moderators are told once. A fault that passes is tried again until the
post's grace is over.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import (
    closing,
    contents,
    deliveries,
    limits,
    opening,
    owners,
    programmes,
    queue_order,
    quieting,
    slots,
    telling,
    timetable,
)
from bot.core.cards import line
from bot.core.effects import Call, Edit, Effect, OpenThread, Pin, Post
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind
from bot.core.features.quote import OPENING
from bot.core.ports import PlannedPost, Ports, Programme, Waiting
from bot.core.ports.programmes import DUE, ENDED, FAILED, ON, POSTED, STOPPED
from bot.core.programme_cards import not_posted_card, runway_card, unfollowed_card
from bot.core.rounds import Mode, State


def due(ports: Ports, at: int) -> list[Effect]:
    """Take back what is held, and end the attempts at posts whose grace is over, a slice at a time."""
    effects = quieting.due(ports, at)
    overdue = ports.programmes.overdue(at, programmes.SLICE)
    return effects + [effect for community, post in overdue for effect in give_up(ports, community, post, at)]


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


def _made(ports: Ports, programme: Programme, post: PlannedPost, at: int) -> list[Effect]:
    ports.programmes.post(programme.community, replace(post, state=POSTED))
    effects = _open_round(ports, programme, post, at) if post.round else []
    if programme.thread and post.message:
        effects += _follow(ports, programme, post, _thread(programme, post), at)
    if programme.pin and post.message:
        effects += _follow(ports, programme, post, Pin(), at)
    programme, looked = owners.ask_after(ports, programme, at)
    effects += looked
    if programme.state != ON:
        return effects
    if contents.is_series(programme) and not contents.series(ports, programme)[1]:
        return effects + programmes.end_series(ports, programme, at)[1]
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
    return telling.tell(ports, programme, card, event.at)


def _failed(ports: Ports, programme: Programme, post: PlannedPost, event: DeliveryFailed) -> list[Effect]:
    """Write that a post was not made; a fault that lasts stops the programme, which is told once."""
    if event.kind is FailureKind.LOST:
        # It may stand there, and it must not stand there twice: it counts as posted.
        ports.programmes.post(programme.community, replace(post, state=POSTED, reason=event.detail))
        return []
    lasting = event.kind is not FailureKind.PASSING
    ports.programmes.post(programme.community, replace(post, state=FAILED, reason=event.detail))
    drawn = post.item if contents.is_drawn(programme) and not programme.drawn else programme.drawn
    programme = replace(programme, drawn=drawn)
    told = programme.state == STOPPED
    if lasting and programme.state in {ON, ENDED}:
        programme = programmes.stop(ports, programme, event.at)
    else:
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
    return telling.tell(ports, programme, card, event.at)


def give_up(ports: Ports, community: str, post: PlannedPost, at: int) -> list[Effect]:
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
    today = slots.local_date(at, programme.zone)
    last = timetable.runs_out(ports, programme, today)
    if last is None:
        return []
    ports.programmes.save(programme.community, replace(programme, warned=True))
    waiting = queue_order.total(ports, programme.community)
    card = runway_card(programme, (last - today).days, last, waiting)
    return telling.tell(ports, programme, card, at)
