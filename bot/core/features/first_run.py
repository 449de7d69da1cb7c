"""/setup: three questions plan the first excerpt. Nothing is posted until a moderator starts it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core import auditing, composing, contents, greeting, mistakes, planning, slots, timetable
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.channels import is_id
from bot.core.effects import Effect, OpenForm, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.schedule_words import made_from, nothing_to_post
from bot.core.forms import ChannelField, Form, TextField
from bot.core.inline import Channel, CommandName, Inline
from bot.core.ports import Programme
from bot.core.ports.settings import SETUP, ZONE
from bot.core.programme_cards import on_date
from bot.core.registry import Access, Action, Answer, Command, Submission
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import short_date

NOTHING = "Nothing was planned."
TIME = "09:00"


def setup(_request: Request) -> Sequence[Effect]:
    """Say what the three questions are for, and offer them."""
    return [Show(card=greeting.card())]


def ask(request: Request) -> Sequence[Effect]:
    """Ask for zone, channel and time, each with a default or with what was answered before."""
    known = _answers(request)
    zone = request.ports.communities.zone(request.community)
    fields = (
        TextField(key="zone", label="Time zone", default=known.get("zone", zone), most=100),
        ChannelField(key="channel", label="Channel", default=_channel_known(request, known)),
        TextField(key="time", label="Time of the daily excerpt", default=known.get("time", TIME), most=20),
    )  # fmt: skip
    return [OpenForm(Form(title="First excerpt", token=token("setup:answered"), fields=fields))]


def answered(request: Request) -> Sequence[Effect]:
    """Keep what was answered, and show what would be planned."""
    zone = planning.read_zone(request.values.get("zone", ""), nothing=NOTHING)
    time = planning.read_time(request.values.get("time", ""), NOTHING)
    channel = request.values.get("channel", "").strip().removeprefix("#")
    programme = _programme(request, {"zone": zone, "channel": channel, "time": time})
    kept = {"zone": zone, "channel": programme.channel, "time": time}
    request.ports.settings.put(request.community, SETUP, json.dumps(kept))
    return [Show(card=_ready(request, programme))]


def start(request: Request) -> Sequence[Effect]:
    """Set the zone, and plan the excerpt."""
    ports, community = request.ports, request.community
    programme = _planned(request)
    ports.settings.put(community, ZONE, programme.zone)
    ports.settings.put(community, SETUP, None)
    number = ports.programmes.add(community, programme)
    _, effects = auditing.note(request, "planned", programme.name)
    words = (f"{programme.name} is planned. Its first post is on {on_date(programme.next_slot)} at {programme.time} in ",
             _channel(programme), ". ", CommandName("schedule list"), " shows it.")  # fmt: skip
    card = Card(
        body=(say(*words),),
        intent=Intent.MODERATION,
        buttons=(
            Button("Change", token("schedule:change", number)),
            Button("Remove", token("schedule:remove", number)),
        ),
    )
    return [Update(card), *effects]


def preview(request: Request) -> Sequence[Effect]:
    """Show, to the asker alone, the very post that would come first."""
    programme = _planned(request)
    programme, content = contents.draw(request.ports, programme, programme.next_slot, request.at)
    if content is None:
        raise nothing_to_post(programme, NOTHING)
    shown = composing.preview(request.ports, programme, content, programme.next_slot)
    why = say(f"Preview of {on_date(programme.next_slot)}, seen by you alone. Why this one: {content.why}")
    return [Show(card=Card(
        title=shown.title, body=(why, *shown.body), grade=shown.grade, footer=shown.footer, link=shown.link,
        intent=Intent.MODERATION,
    ))]  # fmt: skip


def later(_request: Request) -> Sequence[Effect]:
    """Leave it for another time."""
    words = ("Nothing is planned. ", CommandName("setup"), " asks again.")
    return [Update(line(*words, intent=Intent.MODERATION))]


def _ready(request: Request, programme: Programme) -> Card:
    first = slots.date_of(programme.next_slot)
    number = sum(map(len, request.ports.library.parts(request.community).values()))
    left = contents.days_of_material(request.ports, programme) or 0
    words: tuple[str | Inline, ...] = (
        f"Ready: an excerpt every day at {programme.time} ({programme.zone}) in ",
        _channel(programme),
        f", from {short_date(first)}. {number} {'is' if number == 1 else 'are'} approved{_enough(first, left)}.",
    )
    buttons = (
        Button("Start it", token("setup:start")),
        Button("Preview", token("setup:preview")),
        Button("Change", token("setup:form")),
        Button("Not now", token("setup:later")),
    )
    return Card(body=(say(*words),), intent=Intent.MODERATION, buttons=buttons)


def _enough(first: date, left: int) -> str:
    """Say until when the excerpts that were not shown yet last."""
    return f", enough until {short_date(first + timedelta(days=left - 1))}" if left else ""


def _planned(request: Request) -> Programme:
    """Make the programme that was answered for. Raises UserMistake where one was planned since."""
    if request.ports.programmes.count(request.community):
        raise UserMistake(
            "A programme is planned here already, so nothing was changed. ",
            CommandName("schedule list"), " shows it.",
        )  # fmt: skip
    known = _answers(request)
    if not known:
        raise mistakes.foreign_button()
    return _programme(request, known)


def _programme(request: Request, known: Mapping[str, str]) -> Programme:
    """Make the programme, with its first slot; it is not written."""
    programme = made_from(request, {"kind": "excerpt", "days": "every day", **known})
    first = slots.first(programme.rule, request.at)
    if first is None:
        raise UserMistake(f"No date is to come. {NOTHING}")
    return replace(programme, next_slot=first, next_at=timetable.moment(request.ports, programme, first))


def _answers(request: Request) -> Mapping[str, str]:
    kept = request.ports.settings.all(request.community).get(SETUP)
    found = json.loads(kept) if isinstance(kept, str) else {}
    return {name: str(value) for name, value in found.items()}


def _channel_known(request: Request, known: Mapping[str, str]) -> str:
    """Give the channel that was answered, or the one it is asked in; none in a direct message."""
    nowhere = is_id(request.channel) and request.event.place.alone
    return known.get("channel") or ("" if nowhere else request.channel)


def _channel(programme: Programme) -> Channel:
    return Channel(programme.channel, programme.channel)


_MODERATOR = Access.MODERATOR
ENTRIES: tuple[Command | Action | Submission, ...] = (
    Command(
        name="setup",
        help="Three questions that plan the first daily excerpt",
        example="/setup",
        handler=setup,
        access=_MODERATOR,
    ),
    Action(name="setup:form", handler=ask, access=_MODERATOR, opens_form=True),
    Submission(name="setup:answered", handler=answered, access=_MODERATOR),
    Action(name="setup:start", handler=start, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="setup:preview", handler=preview, access=_MODERATOR),
    Action(name="setup:later", handler=later, access=_MODERATOR, answer=Answer.UPDATE),
)
