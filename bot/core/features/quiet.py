"""/quiet: every programme is held for a while, or on single dates; held posts come back one at a time."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import auditing, planning, programme_cards, programmes, quieting, slots, timetable
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.durations import read_duration
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.inline import CommandName
from bot.core.ports import Programme, Quiet
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks, local, moment, short_date

LONGEST = 366 * 86_400
_NOTHING = "Nothing was changed."
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}))?")
_MOST = 200


def on(request: Request) -> Sequence[Effect]:
    """Hold every programme, until a moment or until it is ended."""
    until = _until(request, request.values.get("until", ""))
    return _hold(request, until)


def press_on(request: Request) -> Sequence[Effect]:
    """Hold every programme until it is ended."""
    return _hold(request, None)


def off(request: Request) -> Sequence[Effect]:
    """Hold the programmes no longer."""
    return [Show(card=_end(request)), *_noted(request, "ended", "quiet mode")]


def press_off(request: Request) -> Sequence[Effect]:
    """Hold the programmes no longer, from the card that says they are held."""
    return [Update(_end(request)), *_noted(request, "ended", "quiet mode")]


def add(request: Request) -> Sequence[Effect]:
    """Hold every programme on one date."""
    ports, community = request.ports, request.community
    today = local(request.at, _zone(request)).date()
    day = planning.read_date(request.values["date"], today, _NOTHING)
    if day.isoformat() in ports.programmes.blackouts(community, day.isoformat()):
        lift_it = Button("Take it back", token("quiet:lift", day.isoformat()))
        raise UserMistake(f"{short_date(day)} is a blackout date already. {_NOTHING}", ways_out=(lift_it,))
    ports.programmes.black_out(community, day.isoformat(), held=True)
    waiting = sum(
        each.rule.falls_on(day)
        for each in ports.programmes.page(community, 0, _MOST)
        if timetable.is_running(each)
    )
    words = (
        f"{short_date(day)} is a blackout date: {_posts(waiting)} that day, and what is held comes on the next of "
        "its own days. Members can use every command."
    )
    button = Button("Undo", token("quiet:lift", day.isoformat()))
    card = Card(body=(say(words),), intent=Intent.MODERATION, buttons=(button,))
    return [Show(card=card), *_noted(request, "add", f"the blackout date {day.isoformat()}")]


def lift(request: Request) -> Sequence[Effect]:
    """Take back a blackout date."""
    text = request.args[0] if request.args else ""
    day = planning.read_date(text, local(request.at, _zone(request)).date(), _NOTHING)
    if day.isoformat() not in request.ports.programmes.blackouts(request.community, day.isoformat()):
        raise UserMistake(f"{short_date(day)} is no blackout date. {_NOTHING}")
    request.ports.programmes.black_out(request.community, day.isoformat(), held=False)
    card = line(f"{short_date(day)} is no longer a blackout date.", intent=Intent.MODERATION)
    return [Update(card), *_noted(request, "remove", f"the blackout date {day.isoformat()}")]


def _hold(request: Request, until: int | None) -> list[Effect]:
    ports, community = request.ports, request.community
    before = ports.programmes.quiet(community)
    since = before.since if before else request.at
    quiet = Quiet(community=community, since=since, until=until, by=request.member)
    ports.programmes.quieten(community, quiet)
    button = Button("End quiet mode", token("quiet:off"))
    words = f"{_held(request, until)} Members can use every command; open rounds close on time."
    zone = _zone(request)
    end = f"{moment(until, zone)} ({zone})" if until else "it is ended"
    card = Card(
        title=f"Quiet mode until {end}", body=(say(words),), intent=Intent.MODERATION, buttons=(button,)
    )
    return [
        Show(card=card),
        *_noted(request, "began", f"quiet mode until {end}"),
        *programmes.wake(ports, request.at),
    ]


def _noted(request: Request, action: str, about: str) -> list[Effect]:
    return auditing.note(request, action, about)[1]


def _held(request: Request, until: int | None) -> str:
    """Say how many programmes are held and, where that is known, how many posts wait."""
    programmes_here = request.ports.programmes.page(request.community, 0, _MOST)
    running = [each for each in programmes_here if timetable.is_running(each)]
    held = "1 programme is held" if len(running) == 1 else f"{len(running) or 'No'} programmes are held"
    if until is None:
        return f"{held}."
    waiting = sum(_waiting(request, each, until) for each in running)
    posts = "1 post waits" if waiting == 1 else f"{waiting or 'no'} posts wait"
    return f"{held}, and {posts}."


def _waiting(request: Request, programme: Programme, until: int) -> int:
    """Count the posts of a programme that quiet mode holds: what is skipped is not."""
    first = max(programme.next_slot, programme.paused_until)
    taken = request.ports.programmes.taken(request.community, programme.id, first)
    skipped = sum(slots.moment(each, programme.zone) < until for each in taken)
    return slots.count_until(programme.rule, first, until) - skipped


def _end(request: Request) -> Card:
    ports, community = request.ports, request.community
    quiet = ports.programmes.quiet(community)
    if quiet is None:
        raise UserMistake("Quiet mode is off already. ", CommandName("quiet on"), " begins it.")
    ports.programmes.quieten(community, None)
    return programme_cards.quiet_over_card(quieting.returning(ports, quiet))


def _until(request: Request, typed: str) -> int | None:
    """Read until when: a date, a date and a time, or a span of time."""
    if not typed:
        return None
    zone = _zone(request)
    today = local(request.at, zone).date()
    match = _MOMENT.fullmatch(typed.strip())
    if match is None:
        if typed.strip()[:1].isdigit() and typed.strip()[-1:].casefold() in {"d", "h", "m"}:
            return request.at + read_duration(typed, least=60, most=LONGEST)
        tomorrow = (today + timedelta(days=1)).isoformat()
        raise UserMistake(f"{in_marks(typed)} is not a moment; 2h and {tomorrow}T18:00 are. {_NOTHING}")
    day = planning.read_date(match[1], today, _NOTHING)
    hour = planning.read_time(match[2], _NOTHING) if match[2] else "00:00"
    until = int(
        datetime.fromisoformat(f"{day.isoformat()}T{hour}").replace(tzinfo=ZoneInfo(zone)).timestamp()
    )
    if until <= request.at:
        raise UserMistake(f"{moment(until, zone)} is in the past. {_NOTHING}")
    if until - request.at > LONGEST:
        raise UserMistake(f"Quiet mode lasts a year at most. {_NOTHING}")
    return until


def _posts(number: int) -> str:
    return "1 programme is held" if number == 1 else f"{number or 'no'} programmes are held"


def _zone(request: Request) -> str:
    return request.ports.communities.zone(request.community)


_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="quiet on",
        help="Hold every programme, until a moment or until it is ended",
        example="/quiet on until:2026-11-26T18:00",
        parameters=(Parameter(name="until", help="Until when, as in 2026-11-26T18:00 or 2d", most=40),),
        handler=on,
        access=_MODERATOR,
    ),
    Command(
        name="quiet off",
        help="Let the programmes go on; held posts return one at a time",
        example="/quiet off",
        handler=off,
        access=_MODERATOR,
    ),
    Command(
        name="quiet add",
        help="Hold every programme on one date",
        example="/quiet add 2026-12-24",
        parameters=(Parameter(name="date", help="The date", wants="a date", required=True, most=40),),
        handler=add,
        access=_MODERATOR,
    ),
    Action(name="quiet:on", handler=press_on, access=_MODERATOR),
    Action(name="quiet:off", handler=press_off, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="quiet:lift", handler=lift, access=_MODERATOR, answer=Answer.UPDATE),
)
