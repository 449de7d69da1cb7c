"""/settings: what is set here, changed by naming it, with the state before and after, and taken back with a button.

A role, a person or a log channel that is named again is set no longer. Whoever the platform calls an administrator
moderates in any case, and nobody can take their own rights away.
"""

from collections.abc import Sequence
from typing import cast

from bot.core import auditing, mistakes, slots
from bot.core.cards import Button, Card, Intent
from bot.core.effects import Choice, Effect, Show, Update, Wake
from bot.core.errors import UserMistake
from bot.core.features.schedule_words import complete_zone
from bot.core.features.settings_typed import NOTHING, wanted_changes
from bot.core.features.settings_words import PERSON, audited, compared, picture, with_person
from bot.core.ports.settings import (
    PEOPLE,
    PRIVATE,
    SEASON,
    SHOWN,
    ZONE,
    Changes,
)
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import hour

_FOR = " for"
"""Goes before the person that a noted change is about."""


def settings(request: Request) -> Sequence[Effect]:
    """Show what is set, or change what is named."""
    if not request.values:
        return [Show(card=picture(request))]
    before = request.ports.settings.all(request.community)
    wanted, whom = wanted_changes(request, before)
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
    now = with_person(ports.settings.all(community), entry.whom)
    if any(now.get(key) != value for key, value in after.items()):
        raise UserMistake(f"This was changed again since. {NOTHING}")
    follows = _write(request, before, entry.whom)
    words = f"took back a change of the settings{_FOR if entry.whom else ''}"
    _, effects = auditing.note(request, words, f"{auditing.UNDO}{entry.id}", audited(before), whom=entry.whom)
    title = "Settings, as they were before"
    return [
        Update(
            Card(title=title, body=compared(request, after, before, entry.whom), intent=Intent.MODERATION)
        ),
        *effects,
        *follows,
    ]


def _change(request: Request, found: Changes, wanted: Changes, whom: str) -> Sequence[Effect]:
    now = with_person(found, whom)
    after = {key: value for key, value in wanted.items() if now.get(key) != value}
    if not after:
        raise UserMistake(f"That is how it is set already. {NOTHING}")
    before = {key: now.get(key) for key in after}
    follows = _write(request, after, whom)
    words = f"changed the settings{_FOR if whom else ''}"
    entry, effects = auditing.note(request, words, detail=audited(after), whom=whom)
    request.ports.settings.remember(request.community, entry, before, after)
    button = Button("Undo", token("settings:undo", entry))
    body = compared(request, before, after, whom)
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
