"""What the bot may not do by itself in a channel, as far as Discord says so.

To answer in a channel takes no permission, so a command can be used where the bot may not even see what it has
answered. Of the channel of an interaction Discord states what the bot may; of others the gateway has told.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import discord

from adapters.discord.faults import held_in
from adapters.discord.invite import (
    CREATE_THREADS,
    SEND_IN_THREADS,
    VIEW_CHANNEL,
    Permission,
    needed_to_post,
)
from bot.core.events import Barred, CommandUsed, FormSubmitted, Said

_ID = re.compile(r"[0-9]{15,20}")
_NOTHING = Barred()
_NOT_IN = "The bot is not in this private thread. Grant: mention it in a message here."
_OUTSIDE = Barred(change=_NOT_IN, post=_NOT_IN, thread=_NOT_IN)


def with_barred(event: Said, interaction: discord.Interaction, guild: int) -> Said:
    """Give the event with what the bot may not do in its channel and in those that it names; `guild` is the server."""
    barred = {channel: each for channel, each in _barred(event, interaction, guild) if each != _NOTHING}
    return replace(event, barred=barred) if barred else event


def _barred(event: Said, interaction: discord.Interaction, guild: int) -> Iterator[tuple[str, Barred]]:
    for channel in _named(event):
        place = interaction.client.get_channel(int(channel)) if _ID.fullmatch(channel) else None
        if isinstance(place, discord.abc.GuildChannel | discord.Thread) and place.guild.id == guild:
            held = held_in(place)
            if held is not None:
                yield channel, _lacking(held, in_thread=isinstance(place, discord.Thread))
    if interaction.guild_id is not None:
        in_thread = isinstance(interaction.channel, discord.Thread)
        lacking = _lacking(interaction.app_permissions.value, in_thread=in_thread)
        yield event.place.channel, _OUTSIDE if _is_outside(interaction) else lacking


def _is_outside(interaction: discord.Interaction) -> bool:
    """Tell whether it comes from a private thread that the bot is not in: the gateway tells of no other one."""
    place = interaction.channel
    private = isinstance(place, discord.Thread) and place.type is discord.ChannelType.private_thread
    return private and interaction.client.get_channel(interaction.channel_id or 0) is None


def _named(event: Said) -> Iterator[str]:
    """Give what may be the id of a channel; where it is none, no channel has it."""
    match event:
        case CommandUsed(arguments=values) | FormSubmitted(values=values):
            yield from values.values()
        case _:
            return


def _lacking(held: int, *, in_thread: bool) -> Barred:
    def first(*needed: Permission) -> str:
        return next((each.name for each in needed if not held & each.bit), "")

    post = needed_to_post(in_thread=in_thread)
    # In a thread no other can be opened: there a reply takes its place.
    thread = post if in_thread else (VIEW_CHANNEL, CREATE_THREADS, SEND_IN_THREADS)
    return Barred(change=first(VIEW_CHANNEL), post=first(*post), thread=first(*thread))
