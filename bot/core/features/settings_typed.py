"""What a moderator names behind /settings, read and checked. Raises UserMistake for what cannot be set."""

from datetime import date

from bot.core import planning
from bot.core.channels import check_may_post
from bot.core.errors import UserMistake
from bot.core.events import CommandUsed
from bot.core.features.leaderboard import shown_name
from bot.core.features.settings_words import PERSON, ids
from bot.core.ports.settings import (
    FAST,
    LOG,
    PEOPLE,
    POINTS,
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
from bot.core.wording import in_marks

NOTHING = "Nothing was changed."
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
_MOST_NAMED = 25
_NUMBERS = {"seconds": SECONDS, "points": POINTS, "fast": FAST}


def wanted_changes(request: Request, found: Changes) -> tuple[Changes, str]:
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
        if wanted[LOG]:
            check_may_post(request, channel, NOTHING)
    if "role" in values:
        role, roles = _named(values["role"], "@", "role:@Team"), ids(found, ROLES)
        wanted[ROLES] = sorted(roles ^ {role}) or None
    if "member" in values:
        typed = _named(values["member"], "@", "member:@Noor")
        whom = request.ports.moderation.known(request.community, typed) or _as_id(typed)
        wanted[PERSON] = int(whom not in ids(found, PEOPLE))
    if any(
        len(ids(found, key)) >= _MOST_NAMED for key in (ROLES, PEOPLE) if key in wanted or PERSON in wanted
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
    grows = len(ids(wanted, ROLES)) > len(ids(found, ROLES)) or bool(whom and wanted.get(PERSON))
    if grows:
        raise UserMistake(f"At most {_MOST_NAMED} roles and {_MOST_NAMED} people can be named. {NOTHING}")


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
