"""/schedule skip and now, and what a notice about a post offers: single posts, left out or made by hand."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import contents, mistakes, planning, programme_cards, programmes, quieting, slots, timetable
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.schedule_finding import PROGRAMME, named, named_with_date, noted, today
from bot.core.features.schedule_words import nothing_to_post
from bot.core.inline import CommandName
from bot.core.ports import PlannedPost, Programme
from bot.core.ports.programmes import DUE, ENDED, FAILED, HELD, POSTED, SKIPPED, STOPPED
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.slots import date_of
from bot.core.tokens import token
from bot.core.wording import short_date


def skip(request: Request) -> Sequence[Effect]:
    """Skip one date of a programme; with none given, the next."""
    ports, nothing = request.ports, "Nothing was skipped."
    programme, typed = named_with_date(request, "date")
    coming = timetable.to_come(ports, programme, 1)
    if typed:
        slot = programme.rule.slot(planning.read_date(typed, today(request, programme), nothing))
    elif coming:
        slot = coming[0]
    else:
        raise UserMistake(f"{programme.name} has no post to come. {nothing}")
    _check_skipped(request, programme, slot, nothing)
    series_before = contents.following(ports, programme) if contents.is_series(programme) else None
    moved = bool(coming) and slot == coming[0]
    programme, number = programmes.skip(ports, programme, slot, request.actor.name)
    which = programme_cards.short(series_before.what) if series_before and moved else ""
    words = f"{programme_cards.on_date(slot)} is skipped.{_after_skip(request, programme, which)}"
    button = Button("Undo", token("schedule:unskip", number))
    card = Card(body=(say(words),), intent=Intent.MODERATION, buttons=(button,))
    return [Show(card=card), *noted(request, "skip", programme, slot[:10])]


def unskip(request: Request) -> Sequence[Effect]:
    """Take back that a date is skipped, while it is still to come."""
    ports, community = request.ports, request.community
    post = ports.programmes.posted(community, request.row())
    programme = ports.programmes.get(community, post.programme) if post else None
    if post is None or programme is None:
        raise mistakes.foreign_button()
    if programme.removed_at:
        raise UserMistake(f"{programme.name} was removed. Nothing was changed.")
    day = programme_cards.on_date(post.slot)
    if post.state != SKIPPED or slots.moment(post.slot, programme.zone) <= request.at:
        raise UserMistake(f"{day} is over or changed already, so nothing was changed.")
    ports.programmes.erase(community, post.id)
    if programme.next_at is not None and post.slot < programme.next_slot:
        programme = timetable.move_on(ports, programme, post.slot)
    elif programme.state == ENDED and not contents.is_series(programme):
        programme = programmes.resume(ports, programme, request.at)
    card = line(f"{day} is no longer skipped.", intent=Intent.MODERATION)
    return [Update(card), *noted(request, "no longer skips", programme, post.slot[:10])]


def now(request: Request) -> Sequence[Effect]:
    """Make a post now, which counts as today's."""
    programme = named(request)
    slot = programme.rule.slot(today(request, programme))
    return _post(request, programme, slot)


def again(request: Request) -> Sequence[Effect]:
    """Make the post that could not be made, while it still counts as that day's."""
    programme, post = _failed_post(request)
    until = slots.moment(post.slot, programme.zone) + programme.grace
    if request.at > until:
        raise UserMistake(
            f"The time for the post of {programme_cards.on_date(post.slot)} is over. ",
            CommandName("schedule resume", f'"{programme.name}"'), " lets the programme go on.",
        )  # fmt: skip
    return _post(request, programme, post.slot)


def leave(request: Request) -> Sequence[Effect]:
    """Leave out the post that could not be made, and let the programme go on."""
    programme, post = _failed_post(request)
    ports = request.ports
    reason = f"by {request.actor.name}"
    left = replace(post, state=SKIPPED, reason=reason)
    ports.programmes.post(request.community, left)
    programme = programmes.resume(ports, programme, request.at)
    coming = timetable.to_come(ports, programme, 1)
    goes_on = f" {programme.name} goes on on {programme_cards.on_date(coming[0])}." if coming else ""
    words = f"{programme_cards.on_date(post.slot)} is skipped.{goes_on}"
    card = line(words, intent=Intent.MODERATION)
    return [Update(card), *noted(request, "skip", programme, post.slot[:10])]


def _after_skip(request: Request, programme: Programme, which: str) -> str:
    """Say what follows from a skipped date: `which` part of a series moves, and when it ends."""
    following = timetable.to_come(request.ports, programme, 1)
    if not following:
        return ""
    moves_to = programme_cards.on_date(following[0])
    last = timetable.last_slot(request.ports, programme) if contents.is_series(programme) else None
    if last is None:
        return f" The next post is on {moves_to}."
    ends = f"he series ends on {programme_cards.on_date(last)}."
    return f" {which.capitalize()} moves to {moves_to}, and t{ends}" if which else f" T{ends}"


def _post(request: Request, programme: Programme, slot: str) -> list[Effect]:
    """Make the post of a slot now; a programme that waited goes on from its next one."""
    ports, day = request.ports, programme_cards.on_date(slot)
    there = ports.programmes.at_slot(request.community, programme.id, slot)
    if there is not None and there.state in {DUE, POSTED}:
        raise UserMistake(f"The post of {day} is out already. Nothing was posted.")
    if reason := quieting.held_by(ports, request.community, slot, request.at):
        raise UserMistake(
            f"{reason[0].upper()}{reason[1:]} holds every programme, so nothing was posted. ",
            CommandName("quiet off"), " ends it.",
        )  # fmt: skip
    programme, effects = programmes.post_now(ports, programme, slot, request.at)
    if not effects or ports.programmes.at_slot(request.community, programme.id, slot) is None:
        raise nothing_to_post(programme, "Nothing was posted.")
    if programme.state == STOPPED:
        programme = programmes.resume(ports, programme, request.at)
    elif programme.next_slot == slot:
        programme = timetable.move_on(ports, programme, slots.after(programme.rule, slot))
    else:
        ports.programmes.save(request.community, programme)
    words = f"{programme.name} is posted now, as the post of {day}."
    card = line(words, intent=Intent.MODERATION)
    return [Show(card=card), *effects, *noted(request, "posted", programme, slot[:10])]


def _failed_post(request: Request) -> tuple[Programme, PlannedPost]:
    """Get the post that a notice is about, while it is neither made nor left out."""
    number, _, slot = (request.args[0] if request.args else "").partition("@")
    row = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0  # noqa: PLR2004 - 63 bits
    programme = request.ports.programmes.get(request.community, row)
    post = request.ports.programmes.at_slot(request.community, row, slot)
    if programme is None or post is None:
        raise mistakes.foreign_button()
    if programme.removed_at:
        raise UserMistake(f"{programme.name} was removed. Nothing was changed.")
    if post.state not in {FAILED, HELD}:
        words = "was skipped" if post.state == SKIPPED else "is out"
        raise UserMistake(
            f"The post of {programme_cards.on_date(slot)} {words} already, so nothing was changed."
        )
    return programme, post


def _check_skipped(request: Request, programme: Programme, slot: str, nothing: str) -> None:
    day = short_date(date_of(slot))
    if not programme.rule.falls_on(date_of(slot)):
        raise UserMistake(f"{programme.name} does not post on {day}. {nothing}")
    there = request.ports.programmes.at_slot(request.community, programme.id, slot)
    if there is not None and there.state == SKIPPED:
        raise UserMistake(f"{day} is skipped already. {nothing}")
    if there is not None or slots.moment(slot, programme.zone) <= request.at:
        raise UserMistake(f"The post of {day} is over already. {nothing}")


_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="schedule skip",
        help="Skip one date of a programme",
        example='/schedule skip "Weekday excerpt" 2026-11-25',
        parameters=(PROGRAMME, Parameter(name="date", help="Which date; without one, the next")),
        handler=skip,
        access=_MODERATOR,
    ),
    Command(
        name="schedule now",
        help="Make today’s post of a programme now",
        example='/schedule now "Weekday excerpt"',
        parameters=(PROGRAMME,),
        handler=now,
        access=_MODERATOR,
    ),
    Action(name="schedule:unskip", handler=unskip, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="schedule:again", handler=again, access=_MODERATOR),
    Action(name="schedule:leave", handler=leave, access=_MODERATOR, answer=Answer.UPDATE),
)
