"""What a host's check asks Discord: whether the token works, and what the bot may not do where it is to post.

Nothing is changed and no gateway is opened: a bot with the same token may be running.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import discord
from discord.http import Route

from adapters.discord.connecting import endpoint_fault, log_in, new_client, start_fault
from adapters.discord.faults import TRANSPORT
from adapters.discord.invite import (
    CREATE_THREADS,
    PIN_MESSAGES,
    READ_HISTORY,
    SEND_IN_THREADS,
    Permission,
    needed_to_post,
)
from adapters.findings import Findings
from bot.core.destinations import Destination

Channel = discord.abc.GuildChannel | discord.Thread

_OUT_OF_REACH = frozenset({403, 404})


async def inspect(token: str, api_base: str, wanted: Sequence[Destination]) -> Findings:
    """Check the token, and each channel that the bot is to post to. Never raises for what Discord answers."""
    findings = Findings()
    Route.BASE = api_base.rstrip("/")
    client = new_client([])
    try:
        await log_in(client, token)
        channels = len({each.channel for each in wanted})
        looked_at = f"; {channels} channel{'' if channels == 1 else 's'} looked at" if channels else ""
        findings.notes.append(f"Discord: the token is that of {client.user}{looked_at}.")
        findings.faults += filter(None, [endpoint_fault(client)])
        by_community = groupby(sorted(wanted, key=_community), key=_community)
        for community, destinations in by_community:
            await _check_server(client, int(community.partition(":")[2]), list(destinations), findings)
    except TRANSPORT as error:
        findings.faults.append(str(start_fault(error)))
    finally:
        await client.close()
    return findings


def _community(destination: Destination) -> str:
    return destination.community


async def _check_server(
    client: discord.Client, server: int, destinations: Sequence[Destination], findings: Findings
) -> None:
    try:
        guild = await client.fetch_guild(server, with_counts=False)
    except discord.HTTPException as error:
        if error.status not in _OUT_OF_REACH:
            raise
        gone = (
            f"Discord: the bot is no longer in server {server} ({_purposes(destinations)}). Invite it again."
        )
        findings.faults.append(gone)
        return
    # Only now does the server know its own member, by whose roles permissions are worked out.
    me = await guild.fetch_member(client.user.id if client.user else 0)
    channels: Mapping[int, Channel] = {each.id: each for each in await guild.fetch_channels()}
    for channel, same in groupby(sorted(destinations, key=_channel), key=_channel):
        number = int(channel) if channel.isdecimal() else 0
        place = channels.get(number) or (await _thread(guild, number) if number else None)
        allowed = _allowed(place, channels, me)
        if place is None or allowed is None:
            findings.faults.append(_nowhere(guild, channel, list(same)))
        else:
            _check_channel(guild, place, allowed, list(same), findings)


def _allowed(
    place: Channel | None, channels: Mapping[int, Channel], me: discord.Member
) -> discord.Permissions | None:
    """Add up what the bot may do in a place; None where that is not to be known."""
    if not isinstance(place, discord.Thread):
        return place.permissions_for(me) if place else None
    parent = channels.get(place.parent_id)
    # What is allowed in a thread is set in its channel; who may not send there may still embed links in its threads.
    if not isinstance(parent, discord.abc.GuildChannel):
        return None
    return discord.abc.GuildChannel.permissions_for(parent, me)


def _channel(destination: Destination) -> str:
    return destination.channel


async def _thread(guild: discord.Guild, number: int) -> Channel | None:
    """Get a thread, which a server's channels do not list; None for what is not there."""
    try:
        found = await guild.fetch_channel(number)
    except (discord.Forbidden, discord.NotFound, discord.InvalidData):
        return None
    return found


def _nowhere(guild: discord.Guild, channel: str, destinations: Sequence[Destination]) -> str:
    return (
        f"Discord: channel {channel} in {guild.name} is not there, or the bot may not see it ({_purposes(destinations)}). "
        "Choose another with /schedule edit or /settings, or allow View Channel."
    )


def _purposes(destinations: Sequence[Destination]) -> str:
    return ", ".join(dict.fromkeys(each.purpose for each in destinations))


def _check_channel(
    guild: discord.Guild,
    place: Channel,
    allowed: discord.Permissions,
    destinations: Sequence[Destination],
    findings: Findings,
) -> None:
    where = f"Discord: #{place.name} in {guild.name} ({_purposes(destinations)})"
    held = allowed.value
    needed = [each for each in _needed(place, destinations) if not held & each.bit]
    findings.faults += (
        f"{where}: missing permission {each.name}. Grant: Edit Channel, Permissions, add the bot, allow {each.name}."
        for each in needed
    )
    if not needed and not held & READ_HISTORY.bit:
        findings.notes.append(
            f"{where}: without {READ_HISTORY.name}, a post that was under way during a crash is given up rather than "
            "risked twice."
        )
    findings.notes += (f"{where}: {each}" for each in _silent(guild, held, destinations))


def _needed(place: Channel, destinations: Sequence[Destination]) -> Iterator[Permission]:
    in_thread = isinstance(place, discord.Thread)
    yield from needed_to_post(in_thread=in_thread)
    if any(each.thread for each in destinations) and not in_thread:
        yield from (CREATE_THREADS, SEND_IN_THREADS)
    if any(each.pin for each in destinations):
        yield PIN_MESSAGES


def _silent(guild: discord.Guild, held: int, destinations: Sequence[Destination]) -> Iterator[str]:
    """Say of each role that is to be pinged why nobody would notice."""
    may_ping_all = held & discord.Permissions(mention_everyone=True).value
    for number in dict.fromkeys(each.ping for each in destinations if each.ping):
        role = guild.get_role(int(number))
        if role is None:
            yield f"the role {number} that is to be pinged is not there."
        elif not role.mentionable and not may_ping_all:
            yield f"@{role.name} is not pinged until its settings allow anyone to @mention it."
