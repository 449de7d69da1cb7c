"""/schedule pause, resume and remove, with their ways back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import mistakes, planning, programme_cards, programmes, timetable
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.schedule_finding import (
    PROGRAMME,
    check_room,
    named,
    named_with_date,
    noted,
    pressed,
    today,
)
from bot.core.ports import Programme
from bot.core.ports.programmes import PAUSED, REMOVED, STOPPED
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token

RESTORED_FOR = 30 * 86_400
"""Seconds for which a programme that was removed can come back."""


def pause(request: Request) -> Sequence[Effect]:
    """Let a programme rest, until a date or until it is resumed."""
    programme, typed = named_with_date(request, "until")
    until = ""
    if typed:
        until = planning.read_date(typed, today(request, programme), "Nothing was paused.").isoformat()
    return _pause(request, programme, until)


def press_pause(request: Request) -> Sequence[Effect]:
    """Let the programme of a card rest until it is resumed."""
    return _pause(request, pressed(request), "")


def resume(request: Request) -> Sequence[Effect]:
    """Let a programme go on."""
    programme = named(request)
    return [Show(card=_resume(request, programme)), *noted(request, "resume", programme)]


def press_resume(request: Request) -> Sequence[Effect]:
    """Let the programme of a card go on."""
    programme = pressed(request)
    return [Update(_resume(request, programme)), *noted(request, "resume", programme)]


def remove(request: Request) -> Sequence[Effect]:
    """Take a programme away."""
    programme = named(request)
    return [Show(card=_remove(request, programme)), *noted(request, "remove", programme)]


def press_remove(request: Request) -> Sequence[Effect]:
    """Take the programme of a card away."""
    programme = pressed(request)
    return [Show(card=_remove(request, programme)), *noted(request, "remove", programme)]


def restore(request: Request) -> Sequence[Effect]:
    """Bring back a programme that was taken away, for 30 days."""
    ports, community = request.ports, request.community
    programme = ports.programmes.get(community, request.row())
    if programme is None:
        raise mistakes.foreign_button()
    if programme.state != REMOVED:
        raise UserMistake(f"{programme.name} is here already. Nothing was changed.")
    if request.at - programme.removed_at > RESTORED_FOR:
        raise UserMistake(f"{programme.name} was removed more than 30 days ago. Nothing was changed.")
    check_room(request, "Nothing was changed.")
    name = planning.free_name(ports, community, programme.name)
    programme = programmes.resume(ports, replace(programme, name=name), request.at)
    coming = timetable.to_come(ports, programme, 1)
    following = f" Its next post is on {programme_cards.on_date(coming[0])}." if coming else ""
    card = line(f"{name} is back.{following}", intent=Intent.MODERATION)
    return [Update(card), *noted(request, "restore", programme)]


def _pause(request: Request, programme: Programme, until: str) -> list[Effect]:
    programme = programmes.pause(request.ports, programme, until, request.at)
    words = f"{programme.name} is paused"
    coming = timetable.to_come(request.ports, programme, 1)
    if coming:
        when = f"{programme_cards.on_date(coming[0])} at {programme.time}"
        words += f" until {programme_cards.on_date(until)}. Its next post is on {when}; none is made up."
    elif until:
        words += f" until {programme_cards.on_date(until)}, and no date lies after that."
    else:
        words += " until somebody resumes it; none is made up."
    button = Button("Resume now", token("schedule:resume", programme.id))
    card = Card(body=(say(words),), intent=Intent.MODERATION, buttons=(button,))
    return [Show(card=card), *noted(request, "pause", programme, f"until {until}" if until else "")]


def _resume(request: Request, programme: Programme) -> Card:
    if programme.state not in {PAUSED, STOPPED}:
        raise UserMistake(f"{programme.name} is not paused. Nothing was changed.")
    programme = programmes.resume(request.ports, programme, request.at)
    coming = timetable.to_come(request.ports, programme, 1)
    when = f"{programme_cards.on_date(coming[0])} at {programme.time}" if coming else ""
    following = f" Its next post is on {when}; none is made up." if when else " No date is to come."
    return line(f"{programme.name} goes on.{following}", intent=Intent.MODERATION)


def _remove(request: Request, programme: Programme) -> Card:
    programmes.remove(request.ports, programme, request.at)
    words = f"{programme.name} is removed. What it has posted stays. It can come back for 30 days."
    button = Button("Undo", token("schedule:restore", programme.id))
    return Card(body=(say(words),), intent=Intent.MODERATION, buttons=(button,))


_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="schedule pause",
        help="Let a programme rest, until a date or until it is resumed",
        example='/schedule pause "Friday quiz" until:2026-12-07',
        parameters=(PROGRAMME, Parameter(name="until", help="The date from which it goes on")),
        handler=pause,
        access=_MODERATOR,
    ),
    Command(
        name="schedule resume",
        help="Let a programme go on",
        example='/schedule resume "Friday quiz"',
        parameters=(PROGRAMME,),
        handler=resume,
        access=_MODERATOR,
    ),
    Command(
        name="schedule remove",
        help="Take a programme away; it can come back for 30 days",
        example='/schedule remove "Weekday excerpt"',
        parameters=(PROGRAMME,),
        handler=remove,
        access=_MODERATOR,
    ),
    Action(name="schedule:pause", handler=press_pause, access=_MODERATOR),
    Action(name="schedule:resume", handler=press_resume, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="schedule:remove", handler=press_remove, access=_MODERATOR),
    Action(name="schedule:restore", handler=restore, access=_MODERATOR, answer=Answer.UPDATE),
)
