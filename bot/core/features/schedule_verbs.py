"""/schedule pause, resume, skip, now and remove, with their ways back; and what a notice about a post offers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core import auditing, contents, mistakes, planning, programme_cards, programmes, slots
from bot.core.cards import Button, Card, CommandName, Intent, line, say
from bot.core.effects import Choice, Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.schedule_words import nothing_to_post
from bot.core.names import closest
from bot.core.ports import PlannedPost, Programme
from bot.core.ports.programmes import DUE, ENDED, FAILED, HELD, PAUSED, POSTED, REMOVED, SKIPPED, STOPPED
from bot.core.registry import Access, Action, Answer, Command, Parameter, Submission
from bot.core.request import Request
from bot.core.slots import date_of
from bot.core.tokens import token
from bot.core.wording import in_marks, short_date

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
    return [Show(card=_resume(request, programme)), *_noted(request, "resume", programme)]


def press_resume(request: Request) -> Sequence[Effect]:
    """Let the programme of a card go on."""
    programme = pressed(request)
    return [Update(_resume(request, programme)), *_noted(request, "resume", programme)]


def skip(request: Request) -> Sequence[Effect]:
    """Skip one date of a programme; with none given, the next."""
    ports, nothing = request.ports, "Nothing was skipped."
    programme, typed = named_with_date(request, "date")
    coming = programmes.to_come(ports, programme, 1)
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
    return [Show(card=card), *_noted(request, "skip", programme, slot[:10])]


def unskip(request: Request) -> Sequence[Effect]:
    """Take back that a date is skipped, while it is still to come."""
    ports, community = request.ports, request.community
    post = ports.programmes.posted(community, request.row())
    programme = ports.programmes.get(community, post.programme) if post else None
    if post is None or programme is None or programme.removed_at:
        raise mistakes.foreign_button()
    day = programme_cards.on_date(post.slot)
    if post.state != SKIPPED or slots.moment(post.slot, programme.zone) <= request.at:
        raise UserMistake(f"{day} is over or changed already, so nothing was changed.")
    ports.programmes.erase(community, post.id)
    if programme.next_at is not None and post.slot < programme.next_slot:
        programme = programmes.move_on(ports, programme, post.slot)
    elif programme.state == ENDED and not contents.is_series(programme):
        programme = programmes.resume(ports, programme, request.at)
    card = line(f"{day} is no longer skipped.", intent=Intent.MODERATION)
    return [Update(card), *_noted(request, "no longer skips", programme, post.slot[:10])]


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
    coming = programmes.to_come(ports, programme, 1)
    goes_on = f" {programme.name} goes on on {programme_cards.on_date(coming[0])}." if coming else ""
    words = f"{programme_cards.on_date(post.slot)} is skipped.{goes_on}"
    card = line(words, intent=Intent.MODERATION)
    return [Update(card), *_noted(request, "skip", programme, post.slot[:10])]


def remove(request: Request) -> Sequence[Effect]:
    """Take a programme away."""
    programme = named(request)
    return [Show(card=_remove(request, programme)), *_noted(request, "remove", programme)]


def press_remove(request: Request) -> Sequence[Effect]:
    """Take the programme of a card away."""
    programme = pressed(request)
    return [Show(card=_remove(request, programme)), *_noted(request, "remove", programme)]


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
    name = planning.free_name(ports, community, programme.name)
    programme = programmes.resume(ports, replace(programme, name=name), request.at)
    coming = programmes.to_come(ports, programme, 1)
    following = f" Its next post is on {programme_cards.on_date(coming[0])}." if coming else ""
    card = line(f"{name} is back.{following}", intent=Intent.MODERATION)
    return [Update(card), *_noted(request, "restore", programme)]


def _noted(request: Request, action: str, programme: Programme, detail: str = "") -> list[Effect]:
    """Note what was done in the audit log, and ask to be woken for what comes next."""
    _, effects = auditing.note(request, action, programme.name, detail)
    return [*effects, *programmes.wake(request.ports, request.at)]


def _after_skip(request: Request, programme: Programme, which: str) -> str:
    """Say what follows from a skipped date: `which` part of a series moves, and when it ends."""
    following = programmes.to_come(request.ports, programme, 1)
    if not following:
        return ""
    moves_to = programme_cards.on_date(following[0])
    last = programmes.last_slot(request.ports, programme) if contents.is_series(programme) else None
    if last is None:
        return f" The next post is on {moves_to}."
    ends = f"he series ends on {programme_cards.on_date(last)}."
    return f" {which.capitalize()} moves to {moves_to}, and t{ends}" if which else f" T{ends}"


def _pause(request: Request, programme: Programme, until: str) -> list[Effect]:
    programme = programmes.pause(request.ports, programme, until)
    words = f"{programme.name} is paused"
    if until and programme.next_at is not None:
        when = f"{programme_cards.on_date(programme.next_slot)} at {programme.time}"
        words += f" until {programme_cards.on_date(until)}. Its next post is on {when}; none is made up."
    elif until:
        words += f" until {programme_cards.on_date(until)}, and no date lies after that."
    else:
        words += " until somebody resumes it; none is made up."
    button = Button("Resume now", token("schedule:resume", programme.id))
    card = Card(body=(say(words),), intent=Intent.MODERATION, buttons=(button,))
    return [Show(card=card), *_noted(request, "pause", programme, f"until {until}" if until else "")]


def _resume(request: Request, programme: Programme) -> Card:
    if programme.state not in {PAUSED, STOPPED}:
        raise UserMistake(f"{programme.name} is not paused. Nothing was changed.")
    programme = programmes.resume(request.ports, programme, request.at)
    coming = programmes.to_come(request.ports, programme, 1)
    when = f"{programme_cards.on_date(coming[0])} at {programme.time}" if coming else ""
    following = f" Its next post is on {when}; none is made up." if when else " No date is to come."
    return line(f"{programme.name} goes on.{following}", intent=Intent.MODERATION)


def _remove(request: Request, programme: Programme) -> Card:
    programmes.remove(request.ports, programme, request.at)
    words = f"{programme.name} is removed. What it has posted stays. It can come back for 30 days."
    button = Button("Undo", token("schedule:restore", programme.id))
    return Card(body=(say(words),), intent=Intent.MODERATION, buttons=(button,))


def _post(request: Request, programme: Programme, slot: str) -> list[Effect]:
    """Make the post of a slot now; a programme that waited goes on from its next one."""
    ports, day = request.ports, programme_cards.on_date(slot)
    there = ports.programmes.at_slot(request.community, programme.id, slot)
    if there is not None and there.state in {DUE, POSTED}:
        raise UserMistake(f"The post of {day} is out already. Nothing was posted.")
    if reason := programmes.held_by(ports, request.community, slot, request.at):
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
        programme = programmes.move_on(ports, programme, slots.after(programme.rule, slot))
    else:
        ports.programmes.save(request.community, programme)
    words = f"{programme.name} is posted now, as the post of {day}."
    card = line(words, intent=Intent.MODERATION)
    return [Show(card=card), *effects, *_noted(request, "posted", programme, slot[:10])]


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


def complete_name(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the programmes whose names hold what is typed."""
    folded = typed.casefold().strip().strip('"')
    if not request.is_moderator:
        return []
    names = request.ports.programmes.names(request.community)
    return [Choice(each, each) for each in names if folded in each.casefold()]


def named(request: Request) -> Programme:
    """Find the programme that was named."""
    return _find(request, request.values.get("programme", ""))


def named_with_date(request: Request, key: str) -> tuple[Programme, str]:
    """Find the programme that was named and the date behind its name, where the parameter `key` does not have it."""
    typed, when = request.values.get("programme", ""), request.values.get(key, "")
    name, _, last = typed.rpartition(" ")
    if when or not name or not last[:1].isdigit() or request.ports.programmes.named(request.community, typed):
        return _find(request, typed), when
    return _find(request, name), last


def _find(request: Request, typed: str) -> Programme:
    ports, community = request.ports, request.community
    found = ports.programmes.named(community, typed)
    if found is not None:
        return found
    names = ports.programmes.names(community)
    near = closest(typed, names)
    if near is None:
        raise UserMistake(
            f"No programme here is called {in_marks(typed)}. ", CommandName("schedule list"), " names them."
        )
    command = getattr(request.event, "command", "schedule preview")
    raise UserMistake(
        f"No programme here is called {in_marks(typed)}. Did you mean {near}? Nothing was changed.",
        ways_out=mistakes.runs(near, f'{command} "{near}"') if command != "schedule remove" else (),
    )


def pressed(request: Request) -> Programme:
    """Get the programme that a token names; one that was removed is told."""
    programme = request.ports.programmes.get(request.community, request.row())
    if programme is None:
        raise mistakes.foreign_button()
    if programme.removed_at:
        raise UserMistake(f"{programme.name} was removed. Nothing was changed.")
    return programme


def today(request: Request, programme: Programme) -> date:
    """Give the date that it is where a programme posts."""
    return slots.local_date(request.at, programme.zone)


PROGRAMME = Parameter(
    name="programme", help="Its name", wants="the name of a programme", required=True, completer=complete_name
)
_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action | Submission, ...] = (
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
    Action(name="schedule:unskip", handler=unskip, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="schedule:again", handler=again, access=_MODERATOR),
    Action(name="schedule:leave", handler=leave, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="schedule:remove", handler=press_remove, access=_MODERATOR),
    Action(name="schedule:restore", handler=restore, access=_MODERATOR, answer=Answer.UPDATE),
)
