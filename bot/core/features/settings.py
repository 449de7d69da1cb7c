"""/settings: what is set here, changed by naming it, with the state before and after, and taken back with a button.

A role, a person or a log channel that is named again is set no longer. Whoever the platform calls an administrator
moderates in any case, and nobody can take their own rights away.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from bot.core import auditing, mistakes, planning, slots
from bot.core.cards import Button, Card, Channel, Inline, Intent, Mention, Paragraph, say
from bot.core.effects import Choice, Effect, Show, Update, Wake
from bot.core.errors import UserMistake
from bot.core.events import CommandUsed
from bot.core.features.leaderboard import shown_name
from bot.core.features.schedule_words import complete_zone
from bot.core.ports.settings import (
    FAST,
    LOG,
    PEOPLE,
    POINTS,
    PRIVATE,
    ROLES,
    SEASON,
    SECONDS,
    SHOWN,
    VISIBILITY,
    ZONE,
    Changes,
    Value,
)
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, hour, in_marks, short_date

NOTHING = "Nothing was changed."
PERSON = "person"
"""Stands in a change for the person it is about, whose id is in the audit log alone: 1 who moderates, else 0."""
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
_MOST_NAMED = 25
_NUMBERS = {"seconds": SECONDS, "points": POINTS, "fast": FAST}
_ON_DISCORD = (
    "Which roles see which commands is set on Discord itself, and a bot cannot change it: Server Settings, "
    "Integrations, Hundred Regiments, choose a command, add the role. What a command does is checked here in any case."
)


def settings(request: Request) -> Sequence[Effect]:
    """Show what is set, or change what is named."""
    if not request.values:
        return [Show(card=picture(request))]
    before = request.ports.settings.all(request.community)
    wanted, whom = _wanted(request, before)
    return _change(request, before, wanted, whom)


def undo(request: Request) -> Sequence[Effect]:
    """Take a change back, unless somebody has changed the same again since."""
    ports, community = request.ports, request.community
    entry = ports.audit.get(community, request.row())
    found = ports.settings.remembered(community, request.row())
    if entry is None or found is None:
        raise mistakes.foreign_button()
    before, after = found
    done = ports.audit.latest(community, f"{auditing.UNDO}{entry.id}")
    if done is not None:
        when = hour(done.at, ports.communities.zone(community))
        raise UserMistake(f"{done.name or 'A former member'} took this back at {when}. {NOTHING}")
    if PERSON in after and not entry.whom:
        raise UserMistake(f"That person was forgotten here. {NOTHING}")
    now = _with_person(ports.settings.all(community), entry.whom)
    if any(now.get(key) != value for key, value in after.items()):
        raise UserMistake(f"This was changed again since. {NOTHING}")
    follows = _write(request, before, entry.whom)
    words = "took back a change of the settings"
    _, effects = auditing.note(
        request, words, f"{auditing.UNDO}{entry.id}", _audited(before), whom=entry.whom
    )
    title = "Settings, as they were before"
    return [
        Update(
            Card(title=title, body=_compared(request, after, before, entry.whom), intent=Intent.MODERATION)
        ),
        *effects,
        *follows,
    ]


def picture(request: Request) -> Card:
    """Make the card of everything that is set."""
    ports, community = request.ports, request.community
    found = ports.settings.all(community)
    zone = ports.communities.zone(community)
    own = "" if ZONE in found else ", as the host has it"
    body = (
        say(f"Time zone: {zone}{own}"),
        say(f"Quiz: {_quiz(request)}"),
        say("Leaderboard: ", *_value(VISIBILITY, found.get(VISIBILITY))),
        say("Moderators besides administrators: ", *_moderators(found)),
        say("Log channel: ", *_value(LOG, found.get(LOG))),
        say(f"Season: {_seasons(found, slots.local_date(request.at, zone))}"),
        say(_ON_DISCORD),
    )
    setup = (
        () if ports.programmes.count(community) else (Button("Plan the first excerpt", token("setup:form")),)
    )
    log = Button("Audit log", token("moderate:log", 0))
    return Card(title="Settings", body=body, intent=Intent.MODERATION, buttons=(*setup, log))


def _change(request: Request, found: Changes, wanted: Changes, whom: str) -> Sequence[Effect]:
    now = _with_person(found, whom)
    after = {key: value for key, value in wanted.items() if now.get(key) != value}
    if not after:
        raise UserMistake(f"That is how it is set already. {NOTHING}")
    before = {key: now.get(key) for key in after}
    follows = _write(request, after, whom)
    entry, effects = auditing.note(request, "changed the settings", detail=_audited(after), whom=whom)
    request.ports.settings.remember(request.community, entry, before, after)
    button = Button("Undo", token("settings:undo", entry))
    body = _compared(request, before, after, whom)
    return [
        Show(card=Card(title="Settings changed", body=body, intent=Intent.MODERATION, buttons=(button,))),
        *effects,
        *follows,
    ]


def _write(request: Request, changes: Changes, whom: str) -> list[Effect]:
    """Write settings; gives what follows.

    Raises UserMistake where who asks would moderate no longer: what was written is then undone.
    """
    ports, community = request.ports, request.community
    for key, value in changes.items():
        if key == PERSON:
            people = set(cast("list[str]", ports.settings.all(community).get(PEOPLE) or []))
            people = people | {whom} if value else people - {whom}
            ports.settings.put(community, PEOPLE, sorted(people) or None)
        else:
            ports.settings.put(community, key, value)
    if not request.is_moderator:
        raise UserMistake(
            f"You would moderate here no longer. An administrator or another moderator can do this. {NOTHING}"
        )
    today = slots.local_date(request.at, ports.communities.zone(community)).isoformat()
    if any(key == ZONE or (key.startswith(SEASON) and key <= f"{SEASON}{today}") for key in changes):
        ports.moderation.resum_all(community)
        return [Wake(request.at)]
    return []


def _wanted(request: Request, found: Changes) -> tuple[Changes, str]:
    """Read what was named; gives what is to be set, and the id of the person it is about. Raises UserMistake."""
    values, wanted, whom = request.values, dict[str, Value | None](), ""
    if "zone" in values:
        wanted[ZONE] = planning.read_zone(values["zone"], _typed_line(request), NOTHING)
    wanted |= {key: int(values[name]) for name, key in _NUMBERS.items() if name in values}
    if "default" in values:
        wanted[VISIBILITY] = SHOWN if values["default"] == SHOWN else None
    if "log" in values:
        channel = _named(values["log"], "#", "log:#moderators")
        wanted[LOG] = None if found.get(LOG) == channel else channel
    if "role" in values:
        role, roles = _named(values["role"], "@", "role:@Team"), _ids(found, ROLES)
        wanted[ROLES] = sorted(roles ^ {role}) or None
    if "member" in values:
        typed = _named(values["member"], "@", "member:@Noor")
        whom = request.ports.moderation.known(request.community, typed) or _as_id(typed)
        wanted[PERSON] = int(whom not in _ids(found, PEOPLE))
    if any(
        len(_ids(found, key)) >= _MOST_NAMED for key in (ROLES, PEOPLE) if key in wanted or PERSON in wanted
    ):
        _check_room(found, wanted, whom)
    return {**wanted, **_season(request, found)}, whom


def _season(request: Request, found: Changes) -> Changes:
    typed, name = request.values.get("season", ""), request.values.get("name", "")
    if not typed and not name:
        return {}
    if not typed:
        raise UserMistake(
            f"A season’s name goes with its first day, as in: season:2026-12-01 name:Winter. {NOTHING}"
        )
    try:
        start = date.fromisoformat(typed.strip())
    except ValueError:
        raise UserMistake(f"{in_marks(typed)} is not a date; 2026-12-01 is one. {NOTHING}") from None
    if not _EARLIEST <= start <= _LATEST:
        raise UserMistake(f"{in_marks(typed)} is outside the years 2000 to 2100. {NOTHING}")
    key = f"{SEASON}{start.isoformat()}"
    if key in found and not name:
        return {key: None}
    return {key: shown_name(name) if name else ""}


def _check_room(found: Changes, wanted: Changes, whom: str) -> None:
    grows = len(_ids(wanted, ROLES)) > len(_ids(found, ROLES)) or bool(whom and wanted.get(PERSON))
    if grows:
        raise UserMistake(f"At most {_MOST_NAMED} roles and {_MOST_NAMED} people can be named. {NOTHING}")


def _with_person(found: Changes, whom: str) -> dict[str, Value | None]:
    """Give what is set, with whether the person it is about moderates."""
    return {**found, **({PERSON: int(whom in _ids(found, PEOPLE))} if whom else {})}


def _compared(request: Request, before: Changes, after: Changes, whom: str) -> tuple[Paragraph, ...]:
    """Say of each setting what it is now, and what it was before."""
    lines = []
    for key in after:
        if key == PERSON:
            moderates = "moderates too now" if after[key] else "moderates no longer"
            lines.append(say(Mention(whom, whom, notify=True), f" {moderates}."))
            continue
        now, was = _value(key, after[key], request), _value(key, before.get(key), request)
        lines.append(say(f"{_label(key)}: ", *now, ", before: ", *was, "."))
    return tuple(lines)


def _label(key: str) -> str:
    if key.startswith(SEASON):
        return f"Season from {_day(key)}"
    return {
        ZONE: "Time zone", SECONDS: "Quiz seconds", POINTS: "Points for a right answer", FAST: "More for a fast one",
        VISIBILITY: "Leaderboard", LOG: "Log channel", ROLES: "Moderators’ roles",
    }[key]  # fmt: skip


def _value(key: str, value: Value | None, request: Request | None = None) -> tuple[str | Inline, ...]:
    """Say what a setting is; with None, what it is as long as nothing is set."""
    if key == VISIBILITY:
        shown = "shown once a member has seen it, until they say otherwise"
        return (shown if value == SHOWN else "private until a member says otherwise",)
    if key == LOG:
        return (Channel(str(value), str(value)),) if value else ("none",)
    if key == ROLES:
        return _mentions(cast("list[str]", value or []), role=True)
    if key.startswith(SEASON):
        return ("none" if value is None else f"{value or 'without a name'}",)
    if value is None and request is not None:
        rules = request.ports.rules
        host = {SECONDS: rules.quiz_seconds, POINTS: rules.points_right, FAST: rules.points_fast}
        return (f"{host[key]}, as the host has it" if key in host else "as the host has it",)
    return (str(value),)


def _audited(changes: Changes) -> str:
    """Say changes for the audit log, which names no member: ids, which say nothing to people, are left out."""
    words = []
    for key, value in changes.items():
        match key:
            case "person":
                words.append("moderates too" if value else "moderates no longer")
            case "roles":
                words.append("the moderators’ roles")
            case "log":
                words.append("the log channel" if value else "no log channel")
            case "visibility":
                words.append(f"leaderboard {value or PRIVATE}")
            case _ if key.startswith(SEASON):
                named = f" ({value})" if value else ""
                words.append(f"{'no ' if value is None else ''}season from {_day(key)}{named}")
            case _:
                words.append(f"{_label(key)} {'as the host has it' if value is None else value}")
    return ", ".join(words)


def _quiz(request: Request) -> str:
    rules = rules_of(request.ports, request.community)
    more = (
        f"{rules.points_fast} more within {rules.fast_seconds} seconds"
        if rules.points_fast
        else "no more for speed"
    )
    return f"{rules.quiz_seconds} seconds, {count(rules.points_right, 'point')} for a right answer, {more}"


def _moderators(found: Changes) -> tuple[str | Inline, ...]:
    roles, people = sorted(_ids(found, ROLES)), sorted(_ids(found, PEOPLE))
    if not roles and not people:
        return ("none",)
    between = (", ",) if roles and people else ()
    return (
        *(_mentions(roles, role=True) if roles else ()),
        *between,
        *(_mentions(people, role=False) if people else ()),
    )


def _mentions(ids: Sequence[str], *, role: bool) -> tuple[str | Inline, ...]:
    """Name roles or people; on a card for one reader alone nobody’s device rings."""
    parts: list[str | Inline] = []
    for each in ids:
        parts += [", "] if parts else []
        parts.append(Mention(each, each, notify=True, role=role))
    return tuple(parts) or ("none",)


def _seasons(found: Changes, today: date) -> str:
    starts = sorted(key for key in found if key.startswith(SEASON))
    begun = [key for key in starts if key <= f"{SEASON}{today.isoformat()}"]
    coming = [key for key in starts if key not in begun]
    now = _said(found, begun[-1]) if begun else f"{today.year}, the calendar year"
    return f"{now}. Next: {_said(found, coming[0])}" if coming else now


def _said(found: Changes, key: str) -> str:
    name = str(found[key] or "")
    return f"{name}, from {_day(key)}" if name else f"from {_day(key)}"


def _day(key: str) -> str:
    start = date.fromisoformat(key.removeprefix(SEASON))
    return f"{short_date(start)} {start.year}"


def _ids(found: Mapping[str, object], key: str) -> set[str]:
    return set(cast("list[str]", found.get(key) or []))


def _named(typed: str, mark: str, example: str) -> str:
    name = typed.strip().removeprefix(mark).strip()
    if not name or not name.isprintable() or len(name) > 100:  # noqa: PLR2004 - longer than any platform's ids
        raise UserMistake(f"{in_marks(typed)} names nothing; a name stands there, as in {example}. {NOTHING}")
    return name


def _as_id(typed: str) -> str:
    """Take a name for an id: platforms give theirs in figures or capitals, and the console's are names without case."""
    return typed if typed.isdecimal() or typed.isupper() else typed.casefold()


def _typed_line(request: Request) -> str:
    event = request.event
    if isinstance(event, CommandUsed) and event.text:
        return f"{event.command} {event.text}"
    return f"settings zone:{request.values.get('zone', '')}"


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="settings",
        help="What is set here; with a name behind it, change that",
        example="/settings zone:Europe/London seconds:60",
        parameters=(
            Parameter(name="zone", help="The time zone, as in Europe/London", completer=complete_zone),
            Parameter(name="seconds", help="How long a quiz round takes answers", kind=Kind.NUMBER, least=10, most=600),
            Parameter(name="points", help="Points for a right answer", kind=Kind.NUMBER, least=1, most=100),
            Parameter(name="fast", help="How many more for a fast one; 0 is none", kind=Kind.NUMBER, most=100),
            Parameter(
                name="default",
                help="What members are on the leaderboard who have said nothing",
                kind=Kind.CHOICE,
                choices=(Choice(SHOWN, SHOWN), Choice(PRIVATE, PRIVATE)),
            ),
            Parameter(name="role", help="A role that moderates too; named again, no longer", kind=Kind.ROLE),
            Parameter(name="member", help="A person who moderates too; named again, no longer", kind=Kind.MEMBER),
            Parameter(name="log", help="Where moderators are told; named again, nowhere", kind=Kind.CHANNEL),
            Parameter(name="season", help="A season’s first day, as in 2026-12-01; named again, none"),
            Parameter(name="name", help="What that season is called", most=40),
        ),
        handler=settings,
        access=Access.MODERATOR,
    ),
    Action(name="settings:undo", handler=undo, access=Access.MODERATOR, answer=Answer.UPDATE),
)  # fmt: skip
