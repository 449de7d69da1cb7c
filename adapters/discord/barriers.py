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
        yield event.place.channel, _lacking(interaction.app_permissions.value, in_thread=in_thread)


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
