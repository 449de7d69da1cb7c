"""The settings of a community in words: all of them as they are, and a change with what was set before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from bot.core import slots
from bot.core.cards import Button, Card, Intent, Paragraph, say
from bot.core.inline import Channel, Inline, Mention
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
from bot.core.request import Request
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, short_date

PERSON = "person"
"""Stands in a change for the person it is about, whose id is in the audit log alone: 1 who moderates, else 0."""
_ON_DISCORD = (
    "Which roles see which commands is set on Discord itself, and a bot cannot change it: Server Settings, "
    "Integrations, Hundred Regiments, choose a command, add the role. What a command does is checked here in any case."
)


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


def compared(request: Request, before: Changes, after: Changes, whom: str) -> tuple[Paragraph, ...]:
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


def audited(changes: Changes) -> str:
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
    roles, people = sorted(ids(found, ROLES)), sorted(ids(found, PEOPLE))
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


def with_person(found: Changes, whom: str) -> dict[str, Value | None]:
    """Give what is set, with whether the person it is about moderates."""
    return {**found, **({PERSON: int(whom in ids(found, PEOPLE))} if whom else {})}


def ids(found: Mapping[str, object], key: str) -> set[str]:
    """Give the roles or the people that are named under a key."""
    return set(cast("list[str]", found.get(key) or []))
