"""What Discord's refusals mean for a delivery, and what a person is told of a fault of the bot's."""

import math
import secrets
from collections.abc import Sequence

import aiohttp
import discord

from adapters.base import Undelivered
from adapters.discord.invite import VIEW_CHANNEL, Permission
from bot.core.cards import Card, Intent, line
from bot.core.events import FailureKind

TRANSPORT = (discord.DiscordException, aiohttp.ClientError, OSError)
"""Everything that a call on Discord raises, time-outs included."""

# Unknown Webhook, Unknown Interaction, Invalid Webhook Token: the interaction can no longer be answered as such.
_OVER = frozenset({10015, 10062, 50027})
_NO_ACCESS = 50001
# Closed direct messages; no server in common.
_NO_DIRECT_MESSAGES = frozenset({50007, 50278})
_UNAUTHORISED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY, _THEIR_FAULT = 401, 403, 404, 429, 500


def is_over(error: BaseException) -> bool:
    """Tell whether an interaction's time is up: three seconds unanswered, or fifteen minutes after that."""
    return isinstance(error, discord.HTTPException) and error.code in _OVER


def undelivered(error: Exception, missing: str = "") -> Undelivered:
    """Say what an error means for a delivery; `missing` names the permission that a 403 is about, if known."""
    match error:
        case discord.RateLimited():
            return Undelivered(FailureKind.PASSING, "rate limit", retry_after=math.ceil(error.retry_after))
        case discord.HTTPException():
            return _refused(error, missing)
        case discord.DiscordException() | aiohttp.ClientError() | OSError():
            return Undelivered(FailureKind.PASSING, type(error).__name__)
        case _:
            return Undelivered(FailureKind.REFUSED, str(error))


def _refused(error: discord.HTTPException, missing: str) -> Undelivered:
    said = f"Discord says: {error.text}" if error.text else f"Discord answered {error.status}"
    if error.code in _NO_DIRECT_MESSAGES:
        return Undelivered(FailureKind.FORBIDDEN, "Direct Messages")
    if error.status == _FORBIDDEN:
        return Undelivered(FailureKind.FORBIDDEN, missing or said)
    if error.status == _NOT_FOUND:
        return Undelivered(FailureKind.GONE, said)
    if error.status in {_UNAUTHORISED, _TOO_MANY} or error.status >= _THEIR_FAULT:
        return Undelivered(FailureKind.PASSING, said, retry_after=_retry_after(error))
    return Undelivered(FailureKind.REFUSED, said)


def _retry_after(error: discord.HTTPException) -> int:
    stated = error.response.headers.get("Retry-After", "")
    return math.ceil(float(stated)) if stated.replace(".", "", 1).isdecimal() else 0


def missing_permission(client: discord.Client, channel: int, needed: Sequence[Permission], code: int) -> str:
    """Name the first permission of those needed that the bot lacks in a channel; empty where nobody can tell."""
    if code == _NO_ACCESS:
        return VIEW_CHANNEL.name
    place = client.get_channel(channel)
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return ""
    held = permissions_in(place)
    return next((each.name for each in needed if not held & each.bit), "")


def permissions_in(place: discord.abc.GuildChannel | discord.Thread) -> int:
    """Add up what the bot may do in a channel; nothing where nobody can tell."""
    return held_in(place) or 0


def held_in(place: discord.abc.GuildChannel | discord.Thread) -> int | None:
    """Add up what the bot may do in a channel, as far as the gateway has told; None where it has not."""
    try:
        return place.permissions_for(place.guild.me).value
    except (AttributeError, discord.ClientException):
        # A server that is not there yet has no member for the bot; a thread may have come before its channel.
        return None


def new_reference() -> str:
    """Make up the reference under which a fault is logged, and which the person is told."""
    return secrets.token_hex(3).upper()


def apology(reference: str, *, changed: bool) -> Card:
    """Say that something of the bot's went wrong; `changed` when the core had already done its part."""
    sorry = "Sorry, that did not work, and the fault is the bot’s."
    if changed:
        return line(f"{sorry} The host can look up {reference}.", intent=Intent.MISTAKE)
    return line(f"{sorry} Nothing was changed; the host can look up {reference}.", intent=Intent.MISTAKE)
