"""A programme from what a moderator typed: the parameters of /schedule add and edit, their form, and how they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core import contents, planning, slots
from bot.core.cards import Option
from bot.core.channels import read_channel
from bot.core.durations import read_duration
from bot.core.effects import Choice
from bot.core.errors import UserMistake
from bot.core.events import CommandUsed
from bot.core.forms import ChannelField, ChoiceField, Form, TextField
from bot.core.inline import CommandName
from bot.core.ports import Ports, Programme
from bot.core.registry import Kind, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks

LONGEST_NAME = 60
LONGEST_TEXT = 1_000
_YES_NO = (Choice("yes", "yes"), Choice("no", "no"))
_CATCH_UP = (Choice("latest", "latest"), Choice("all", "all"), Choice("none", "none"))
_SHORTEST_OPEN, _LONGEST_OPEN = 5 * 60, 14 * 86_400
_LONGEST_GRACE = 7 * 86_400
_NOTHING_CHANGED = "Nothing was changed."


def parameters(*, changing: bool = False) -> tuple[Parameter, ...]:
    """Declare what /schedule add takes or, without the kind, what /schedule edit changes."""
    kind = Parameter(
        name="kind",
        help="What is posted",
        kind=Kind.CHOICE,
        choices=tuple(Choice(each, each) for each in planning.KINDS),
    )
    questions = tuple(Choice(each, each) for each in contents.QUESTIONS)
    return (
        *(() if changing else (kind,)),
        Parameter(name="channel", help="Where it is posted", kind=Kind.CHANNEL),
        Parameter(name="days", help="On which days, as in mon-fri or every day"),
        Parameter(name="time", help="At what time, as in 09:00"),
        Parameter(
            name="source",
            help="Drawn from: today, an article, a topic, the line-up",
            completer=complete_source,
        ),
        Parameter(name="zone", help="The time zone, as in Europe/London", completer=complete_zone),
        Parameter(name="text", help="For a prompt: your own words", most=LONGEST_TEXT),
        Parameter(
            name="question", help="For a quiz: which kind of question", kind=Kind.CHOICE, choices=questions
        ),
        Parameter(name="open", help="For a quiz: how long it stays open, as in 1d"),
        Parameter(name="role", help="The role to ping; named again, none", kind=Kind.ROLE),
        Parameter(name="thread", help="Whether each post gets a thread", kind=Kind.CHOICE, choices=_YES_NO),
        Parameter(name="pin", help="Whether each post is pinned", kind=Kind.CHOICE, choices=_YES_NO),
        Parameter(name="end", help="The last date, as in 2026-12-31; none for none"),
        Parameter(name="grace", help="How late a post may come, as in 6h"),
        Parameter(name="catchup", help="Which late posts are made", kind=Kind.CHOICE, choices=_CATCH_UP),
        Parameter(name="name", help="What the programme is called", most=LONGEST_NAME),
    )


def programme_form(ports: Ports | None = None, programme: Programme | None = None) -> Form:
    """Make the form of a new programme, or the one that changes a programme."""
    kind, channel, days, time, source = "", "", "every day", "09:00", ""
    name = token("schedule:new")
    if ports is not None and programme is not None:
        kind, channel, days = programme.kind, programme.channel, planning.say_days(programme.days)
        time, source = programme.time, _source(ports, programme)
        name = token("schedule:changed", programme.id)
    return Form(
        title="Change programme" if programme else "New programme",
        token=name,
        fields=(
            ChoiceField(
                key="kind", label="Kind", options=tuple(Option(each, each) for each in planning.KINDS), default=kind
            ),
            ChannelField(key="channel", label="Channel", default=channel),
            TextField(key="days", label="Days", default=days, most=100),
            TextField(key="time", label="Time", default=time, most=20),
            TextField(
                key="source", label="Drawn from", hint="an article, a topic, the line-up", default=source, most=200
            ),
        ),
    )  # fmt: skip


def tidied(values: Mapping[str, str]) -> dict[str, str]:
    """Leave out what is empty, and sort out what was typed in a row: `#reading every day 09:00`.

    Words without a parameter's name all come with the channel: they are told by their form.
    """
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    channel, *words = given.get("channel", "").split() or [""]
    if not words:
        return given
    given["channel"] = channel
    times = [each for each in words if planning.is_like_a_time(each)]
    others = [each for each in words if each not in times]
    days = next((number for number in range(len(others), 0, -1) if _names_days(others[:number])), 0)
    found = {
        "time": " ".join(times),
        "days": " ".join(others[:days] or others[:1]),
        "source": " ".join(others[days or 1 :]),
    }
    return {**{name: value for name, value in found.items() if value}, **given}


def made_from(request: Request, values: Mapping[str, str]) -> Programme:
    """Make the programme that was described, with its defaults; it is not written. Raises UserMistake."""
    ports, community = request.ports, request.community
    kind = values.get("kind", "")
    if kind not in planning.KINDS:
        raise UserMistake(f"A programme needs a kind, as in: excerpt. {planning.NOTHING_ADDED}", field="kind")
    programme = Programme(
        community=community,
        name="",
        kind=kind,
        channel=read_channel(request, values.get("channel", ""), planning.NOTHING_ADDED),
        days=planning.read_days(values.get("days", "every day")),
        time=planning.read_time(values.get("time", "09:00")),
        zone=ports.communities.zone(community),
        owner=request.member,
    )
    source, about = planning.read_source(ports, community, kind, values.get("source", ""))
    programme = replace(programme, source=source, about=about)
    programme = _with_rest(request, programme, values, planning.NOTHING_ADDED)
    wanted = values.get("name", "") or planning.name_for(kind, programme.days)
    programme = replace(programme, name=planning.free_name(ports, community, wanted))
    _check_material(ports, programme)
    return programme


def changes(request: Request, before: Programme, values: Mapping[str, str]) -> Programme:
    """Make what a programme becomes; it is not written. Raises UserMistake."""
    ports, community, nothing = request.ports, request.community, _NOTHING_CHANGED
    after = before
    if "kind" in values:
        after = replace(after, kind=values["kind"])
    if "channel" in values:
        after = replace(after, channel=read_channel(request, values["channel"], nothing))
    if "days" in values:
        after = replace(after, days=planning.read_days(values["days"], nothing))
    if "time" in values:
        after = replace(after, time=planning.read_time(values["time"], nothing))
    if "source" in values or after.kind != before.kind:
        source, about = planning.read_source(ports, community, after.kind, values.get("source", ""), nothing)
        after = replace(after, source=source, about=about)
    after = _with_rest(request, after, values, nothing)
    wanted = values.get("name", before.name)
    if planning.free_name(ports, community, wanted, but=before.name) != wanted:
        raise UserMistake(f"Another programme is called {in_marks(wanted)}. {nothing}")
    after = replace(after, name=wanted)
    if after != before:
        _check_material(ports, after, nothing)
    return after


def nothing_to_post(programme: Programme, nothing: str = "") -> UserMistake:
    """Say that there is nothing to post, and where something comes from."""
    what = {
        "excerpt": "excerpt", "quote": "quotation", "quiz": "question", "prompt": "prompt",
        "leaderboard": "leaderboard",
    }[programme.kind]  # fmt: skip
    about = " about this" if programme.about else ""
    return UserMistake(
        f"No {what}{about} is approved here, so there is nothing to post. ", CommandName("suggest"),
        f" brings one to the queue. {nothing}".rstrip(), field="source",
    )  # fmt: skip


def complete_zone(_request: Request, typed: str) -> Sequence[Choice]:
    """Offer the time zones that hold what is typed."""
    return [Choice(each, each) for each in planning.complete_zone(typed)]


def complete_source(request: Request, typed: str) -> Sequence[Choice]:
    """Offer what a programme can draw from."""
    library, community = request.ports.library, request.community
    found = [Choice("today", "today"), Choice("the line-up", "line-up")]
    found += [Choice(each.title[:100], each.id) for each in library.articles(community)]
    found += [Choice(each, each) for each in library.topics(community)]
    return [each for each in found if typed.casefold().strip() in each.label.casefold()]


def _names_days(words: Sequence[str]) -> bool:
    try:
        planning.read_days(" ".join(words))
    except UserMistake:
        return False
    return True


def _with_rest(request: Request, programme: Programme, values: Mapping[str, str], nothing: str) -> Programme:
    """Read what most programmes leave at its default."""
    if "zone" in values:
        programme = replace(programme, zone=planning.read_zone(values["zone"], _typed_line(request), nothing))
    if "end" in values:
        programme = replace(programme, ends=_end(request, programme, values["end"], nothing))
    if "open" in values:
        seconds = read_duration(values["open"], least=_SHORTEST_OPEN, most=_LONGEST_OPEN)
        programme = replace(programme, seconds=seconds)
    if "grace" in values:
        programme = replace(programme, grace=read_duration(values["grace"], least=60, most=_LONGEST_GRACE))
    if "text" in values and programme.kind != "prompt":
        raise UserMistake(f"Your own words go with a prompt. {nothing}")
    # Who names a source wants what is drawn from it, and no longer their own words.
    text = values.get("text", "" if "source" in values else programme.text)
    role = values.get("role", "").removeprefix("@")
    return replace(
        programme,
        text=text if programme.kind == "prompt" else "",
        question=values.get("question", programme.question),
        ping=programme.ping if not role else role if role != programme.ping else "",
        thread=values.get("thread", "yes" if programme.thread else "no") == "yes",
        pin=values.get("pin", "yes" if programme.pin else "no") == "yes",
        catch_up=values.get("catchup", programme.catch_up),
    )


def _end(request: Request, programme: Programme, typed: str, nothing: str) -> str:
    """Read a last date; `none` is none."""
    if typed.casefold().strip() == "none":
        return ""
    today = slots.local_date(request.at, programme.zone)
    return planning.read_date(typed, today, nothing, field="end").isoformat()


def _check_material(ports: Ports, programme: Programme, nothing: str = planning.NOTHING_ADDED) -> None:
    if programme.kind == "leaderboard" or (programme.kind == "prompt" and programme.text):
        return
    if not contents.candidates(ports, programme):
        raise nothing_to_post(programme, nothing)


def _source(ports: Ports, programme: Programme) -> str:
    article = ports.library.article(programme.community, programme.about)
    if programme.source == planning.ARTICLE and article is not None:
        return article.title
    return programme.about or programme.source


def _typed_line(request: Request) -> str:
    """Give the command line that was used, as it can be run again."""
    event = request.event
    if not isinstance(event, CommandUsed):
        return ""
    if event.text:
        return f"{event.command} {event.text}"
    given = " ".join(f'{name}:"{value}"' for name, value in event.arguments.items() if value)
    return f"{event.command} {given}"
