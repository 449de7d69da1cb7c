"""/schedule add, list, edit and preview: programmes, for moderators."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core import (
    auditing,
    composing,
    contents,
    greeting,
    planning,
    programme_cards,
    programmes,
    slots,
    timetable,
)
from bot.core.cards import Block, Button, Card, Intent, Paragraph, say
from bot.core.effects import Effect, OpenForm, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.schedule_finding import PROGRAMME, check_room, named, pressed
from bot.core.features.schedule_words import (
    changes,
    made_from,
    nothing_to_post,
    parameters,
    programme_form,
    tidied,
)
from bot.core.inline import CommandName
from bot.core.ports import Programme
from bot.core.ports.programmes import ENDED, PAUSED, STOPPED
from bot.core.registry import Access, Action, Answer, Command, Submission
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import count, short_date

PAGE = 10
PAST = 15


def add(request: Request) -> Sequence[Effect]:
    """Add a programme; with nothing said of it, open the form."""
    values = tidied(request.values)
    if not values:
        return [OpenForm(programme_form())]
    return _add(request, values)


def open_form(_request: Request) -> Sequence[Effect]:
    """Open the form of a new programme."""
    return [OpenForm(programme_form())]


def submit(request: Request) -> Sequence[Effect]:
    """Add the programme that a form describes."""
    if not any(each.strip() for each in request.values.values()):
        raise UserMistake("The form was empty, so nothing was added.", field="kind")
    return _add(request, tidied(request.values))


def show_list(request: Request) -> Sequence[Effect]:
    """List the programmes."""
    return [Show(card=_page(request, 0))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another page of the list."""
    return [Update(_page(request, request.row()))]


def edit(request: Request) -> Sequence[Effect]:
    """Change a programme; shows it before and after."""
    return _change(request, named(request), tidied(request.values))


def open_change(request: Request) -> Sequence[Effect]:
    """Open the form that changes a programme."""
    return [OpenForm(programme_form(request.ports, pressed(request)))]


def submit_change(request: Request) -> Sequence[Effect]:
    """Change a programme as a form says."""
    return _change(request, pressed(request), tidied(request.values))


def preview(request: Request) -> Sequence[Effect]:
    """Show, to the asker alone, the very post that comes next."""
    programme = named(request)
    coming = timetable.to_come(request.ports, programme, 5)
    if not coming:
        raise UserMistake(
            f"{programme.name} has no post to come. ", CommandName("schedule list"), " says why."
        )
    head = [say(programme_cards.next_five(coming))]
    card = _previewed(request, programme, coming[0], head, f"Preview: {programme.name}")
    past_posts = Button("Past posts", token("schedule:past", programme.id))
    return [Show(card=replace(card, buttons=(*card.buttons, past_posts)))]


def past(request: Request) -> Sequence[Effect]:
    """List what became of a programme's slots."""
    programme = pressed(request)
    found = request.ports.programmes.past(request.community, programme.id, PAST)
    return [Show(card=programme_cards.past_card(programme, found))]


def _add(request: Request, values: dict[str, str]) -> list[Effect]:
    ports, community = request.ports, request.community
    check_room(request, planning.NOTHING_ADDED)
    programme = made_from(request, values)
    first = slots.first(programme.rule, request.at)
    if first is None:
        raise UserMistake("No date lies between now and its end. Nothing was added.", field="days")
    programme = replace(programme, next_slot=first, next_at=timetable.moment(ports, programme, first))
    programme = replace(programme, id=ports.programmes.add(community, programme))
    greeting.set_up(ports, community)
    coming = timetable.to_come(ports, programme, 5)
    head: list[Block] = [
        say(*programme_cards.terms(programme)),
        say(programme_cards.next_five(coming)),
        *_ending(request, programme),
    ]
    if timetable.warned_already(ports, programme):
        programme = replace(programme, warned=True)
        ports.programmes.save(community, programme)
    title = f"Programme added: {programme.name}"
    wake = [*auditing.note(request, "add", programme.name)[1], *programmes.wake(ports, request.at)]
    if not coming:
        return [Show(card=programme_cards.previewed(head, title, None, _buttons(programme))), *wake]
    return [Show(card=_previewed(request, programme, coming[0], head, title)), *wake]


def _change(request: Request, before: Programme, values: dict[str, str]) -> list[Effect]:
    ports, community = request.ports, request.community
    after = changes(request, before, values)
    if after == before:
        raise UserMistake(f"That is how {before.name} is already. Nothing was changed.")
    if (after.kind, after.source, after.about, after.question) != (
        before.kind, before.source, before.about, before.question,
    ):  # fmt: skip
        newest = ports.programmes.newest(community, before.id)
        after = replace(after, drawn="", warned=False, series_from=newest)
    if before.owner_gone or not before.owner:
        after = replace(after, owner=request.member, owner_gone=False)
    ports.programmes.save(community, after)
    if after.rule != before.rule or after.state == ENDED:
        after = _rescheduled(request, after)
    coming = timetable.to_come(ports, after, 5)
    head = [*programme_cards.compared(ports, before, after), say(programme_cards.next_five(coming))]
    title = f"Programme changed: {after.name}"
    wake = [*auditing.note(request, "changed", after.name)[1], *programmes.wake(ports, request.at)]
    if not coming:
        return [Show(card=programme_cards.previewed(head, title, None, _buttons(after))), *wake]
    return [Show(card=_previewed(request, after, coming[0], head, title)), *wake]


def _rescheduled(request: Request, programme: Programme) -> Programme:
    """Find the next slot anew after a change of its times; one that rests or waits goes on doing so."""
    if programme.state in {PAUSED, STOPPED}:
        return timetable.move_on(request.ports, programme, slots.first(programme.rule, request.at))
    return programmes.resume(request.ports, programme, request.at)


def _previewed(request: Request, programme: Programme, slot: str, head: Sequence[Block], title: str) -> Card:
    programme, content = contents.draw(request.ports, programme, slot, request.at)
    if content is None:
        raise nothing_to_post(programme)
    request.ports.programmes.save(request.community, programme)
    day = programme_cards.on_date(slot)
    why = say(f"Preview of {day}, seen by you alone. Why this one: {content.why}")
    shown = composing.preview(request.ports, programme, content, slot)
    return programme_cards.previewed([*head, why], title, shown, _buttons(programme))


def _buttons(programme: Programme) -> tuple[Button, ...]:
    rests = programme.state in {PAUSED, STOPPED}
    return (
        Button("Change", token("schedule:change", programme.id)),
        Button("Resume", token("schedule:resume", programme.id))
        if rests
        else Button("Pause", token("schedule:pause", programme.id)),
        Button("Remove", token("schedule:remove", programme.id)),
    )


def _ending(request: Request, programme: Programme) -> tuple[Block, ...]:
    if not contents.is_series(programme):
        return ()
    last = timetable.last_slot(request.ports, programme)
    parts = len(contents.series(request.ports, programme)[0])
    if last is None:
        return ()
    day = programme_cards.on_date(last)
    return (say(f"The series has {count(parts, 'part')}, so it ends on {day}. “Change” sets what follows."),)


def _page(request: Request, first: int) -> Card:
    ports, community = request.ports, request.community
    total = ports.programmes.count(community)
    buttons = (Button("Add", token("schedule:form")), Button("Quiet mode", token("quiet:on")))
    if total == 0:
        return Card(
            body=(say("Nothing is planned yet. “Add” plans the first programme."),), buttons=buttons[:1]
        )
    zone = ports.communities.zone(community)
    first = min(first, (total - 1) // PAGE * PAGE)
    found = ports.programmes.page(community, first, PAGE)
    lines = [
        say(*programme_cards.state_line(ports, each, timetable.to_come(ports, each, 1), zone))
        for each in found
    ]
    lines += _blackouts(request, zone)
    before = (Button("Earlier", token("schedule:turn", first - PAGE)),) if first >= PAGE else ()
    after = (Button("More", token("schedule:turn", first + PAGE)),) if first + PAGE < total else ()
    return Card(
        title=f"{count(total, 'programme')}, times in {zone}",
        body=tuple(lines),
        intent=Intent.MODERATION,
        buttons=(*buttons, *before, *after),
    )


def _blackouts(request: Request, zone: str) -> list[Paragraph]:
    """Say on which dates every programme is held."""
    today = slots.local_date(request.at, zone).isoformat()
    dates = sorted(request.ports.programmes.blackouts(request.community, today))
    if not dates:
        return []
    shown = ", ".join(short_date(date.fromisoformat(each)) for each in dates[:PAGE])
    more = f" and {len(dates) - PAGE:,} more" if len(dates) > PAGE else ""
    return [say(f"Blackout dates, on which nothing is posted: {shown}{more}.")]


_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action | Submission, ...] = (
    Command(
        name="schedule add",
        help="Plan a programme: what, where, on which days, at what time",
        example="/schedule add excerpt #reading mon-fri 09:00",
        parameters=parameters(),
        handler=add,
        access=_MODERATOR,
        opens_form=True,
    ),
    Command(
        name="schedule list",
        help="The programmes, with what comes next",
        example="/schedule list",
        handler=show_list,
        access=_MODERATOR,
    ),
    Command(
        name="schedule edit",
        help="Change a programme: name what is to be different",
        example='/schedule edit "Weekday excerpt" time:10:00',
        parameters=(PROGRAMME, *parameters(changing=True)),
        handler=edit,
        access=_MODERATOR,
    ),
    Command(
        name="schedule preview",
        help="The very post that comes next, seen by you alone",
        example='/schedule preview "Weekday excerpt"',
        parameters=(PROGRAMME,),
        handler=preview,
        access=_MODERATOR,
    ),
    Action(name="schedule:form", handler=open_form, access=_MODERATOR, opens_form=True),
    Submission(name="schedule:new", handler=submit, access=_MODERATOR),
    Action(name="schedule:change", handler=open_change, access=_MODERATOR, opens_form=True),
    Submission(name="schedule:changed", handler=submit_change, access=_MODERATOR),
    Action(name="schedule:turn", handler=turn, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="schedule:past", handler=past, access=_MODERATOR),
)
