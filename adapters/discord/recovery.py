"""Finding a message of the bot's that may have arrived before a crash, so that it is never posted twice."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import discord

from adapters.base import Undelivered
from adapters.discord.components import custom_ids
from adapters.discord.faults import permissions_in
from adapters.discord.invite import READ_HISTORY
from adapters.discord.render import Rendered
from bot.core.events import FailureKind, MessageRef

MOST = 2_000
"""Messages looked through at most: twenty pages."""
SKEW = 60
"""Seconds by which this machine's clock and Discord's may differ."""

Wire = dict[str, Any]


async def find(
    client: discord.Client, channel: discord.abc.Messageable, number: int, rendered: Rendered, since: int
) -> MessageRef | None:
    """Look for a message of ours that shows `rendered`, posted since a moment (UTC seconds); None when there is none.

    Raises Undelivered: LOST where the channel's history may not be read, or is too long to tell.
    """
    await _may_read(client, number)
    after = datetime.fromtimestamp(since - SKEW, UTC)
    seen = 0
    async for message in channel.history(limit=MOST, after=after, oldest_first=True):
        seen += 1
        if message.author == client.user and shows(message, rendered):
            return MessageRef(str(number), str(message.id))
    if seen == MOST:
        raise Undelivered(FailureKind.LOST, f"more than {MOST} messages have come since")
    return None


async def any_of_ours(
    client: discord.Client, thread: discord.abc.Messageable, number: int
) -> MessageRef | None:
    """Find the first message that the bot itself wrote at the beginning of a thread."""
    await _may_read(client, number)
    async for message in thread.history(limit=100, oldest_first=True):
        if message.author == client.user and message.type is discord.MessageType.default:
            return MessageRef(str(number), str(message.id))
    return None


def shows(message: discord.Message, rendered: Rendered) -> bool:
    """Tell whether a message is this one: by the tokens of its components or, having none, by its very words."""
    wanted = custom_ids(rendered.components)
    if wanted:
        rows = [each for each in message.components if isinstance(each, discord.ActionRow)]
        return {child.custom_id for row in rows for child in row.children if child.custom_id} == wanted
    same_words = _words([each.to_dict() for each in message.embeds]) == _words(rendered.embeds)
    return same_words and message.content.strip() == rendered.content.strip()


def _words(embeds: Sequence[Any]) -> list[tuple[str, ...]]:
    """Collect what an embed says, without what Discord adds to it or trims from it."""
    return [
        tuple(
            text.strip()
            for text in (
                each.get("title", ""),
                each.get("description", ""),
                each.get("footer", {}).get("text", ""),
                *(part for field in each.get("fields", ()) for part in (field["name"], field["value"])),
            )
        )
        for each in embeds
    ]


async def _may_read(client: discord.Client, number: int) -> None:
    """Make sure of the right to read: without it Discord gives an empty history, as if nothing had been posted."""
    place = client.get_channel(number) or await client.fetch_channel(number)
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return
    if place.guild.unavailable or place.guild.me is None:
        raise Undelivered(FailureKind.PASSING, "the server is not reachable")
    if not permissions_in(place) & READ_HISTORY.bit:
        raise Undelivered(FailureKind.LOST, READ_HISTORY.name)
