"""Finding the programme that a moderator names, or that a button is about, and noting what was done to it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core import auditing, mistakes, planning, programmes, slots
from bot.core.cards import Button
from bot.core.effects import Choice, Effect
from bot.core.errors import UserMistake
from bot.core.events import CommandUsed
from bot.core.inline import CommandName
from bot.core.names import closest
from bot.core.ports import Programme
from bot.core.registry import Parameter
from bot.core.request import Request
from bot.core.wording import in_marks

MOST = 200
"""Programmes that one community can have."""


def named(request: Request) -> Programme:
    """Find the programme that was named."""
    return _find(request, request.values)


def named_with_date(request: Request, key: str) -> tuple[Programme, str]:
    """Find the programme that was named and the date behind its name, where the parameter `key` does not have it."""
    typed, when = request.values.get("programme", ""), request.values.get(key, "")
    name, last = planning.date_behind(typed)
    if when or not last or request.ports.programmes.named(request.community, typed):
        return _find(request, request.values), when
    return _find(request, {**request.values, "programme": name, key: last}), last


def check_room(request: Request, nothing: str) -> None:
    """Refuse one programme more than a community can have. Raises UserMistake."""
    if request.ports.programmes.count(request.community) >= MOST:
        raise UserMistake(f"This community has {MOST} programmes, which is the most. {nothing}")


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


def complete_name(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the programmes whose names hold what is typed."""
    folded = typed.casefold().strip().strip('"')
    if not request.is_moderator:
        return []
    names = request.ports.programmes.names(request.community)
    return [Choice(each, each) for each in names if folded in each.casefold()]


def noted(request: Request, action: str, programme: Programme, detail: str = "") -> list[Effect]:
    """Note what was done in the audit log, and ask to be woken for what comes next."""
    _, effects = auditing.note(request, action, programme.name, detail)
    return [*effects, *programmes.wake(request.ports, request.at)]


def _find(request: Request, values: Mapping[str, str]) -> Programme:
    ports, community, typed = request.ports, request.community, values.get("programme", "")
    found = ports.programmes.named(community, typed)
    if found is not None:
        return found
    names = ports.programmes.names(community)
    near = closest(typed, names)
    if near is None:
        raise UserMistake(
            f"No programme here is called {in_marks(typed)}. ", CommandName("schedule list"), " names them."
        )
    raise UserMistake(
        f"No programme here is called {in_marks(typed)}. Did you mean {near}? Nothing was changed.",
        ways_out=_with_the_name(request, near, values),
    )


def _with_the_name(request: Request, name: str, values: Mapping[str, str]) -> Sequence[Button]:
    """Make the button that asks the same of the programme that was meant; none where it would be removed, or where a button cannot say it all."""
    event = request.event
    rest = {key: value for key, value in values.items() if key != "programme"}
    untellable = any('"' in value for value in rest.values())
    if untellable or not isinstance(event, CommandUsed) or event.command == "schedule remove":
        return ()
    told = "".join(f' {key}:"{value}"' for key, value in rest.items())
    return mistakes.runs(name, f'{event.command} "{name}"{told}')


PROGRAMME = Parameter(
    name="programme", help="Its name", wants="the name of a programme", required=True, completer=complete_name
)
