"""Coming to servers and leaving them, and who has brought the bot in, as far as Discord says it.

Discord does not say who adds a bot. It is known all the same where nobody but the owner can have done it, and where
the bot was allowed to read the audit log, which it does not ask for. Anywhere else it stays unknown.
"""

import logging

import discord

from adapters.base import Desk
from adapters.discord.faults import TRANSPORT
from bot.core.events import Joined, Left, Present

_log = logging.getLogger(__name__)

_LATEST = 10
"""Entries of the audit log that are looked through: the one that is wanted was written a moment ago."""


class Servers:
    """Tells the core which servers the bot is in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def joined(self, guild: discord.Guild) -> None:
        """Tell that the bot was added to a server."""
        community = _community(guild)
        _log.info("the bot was added to a server", extra={"community": community})
        installer = await installer_of(guild)
        await self._desk.hear(Joined(community=community, at=self._desk.now(), installer=installer))

    async def left(self, guild: discord.Guild) -> None:
        """Tell that the bot has left a server, or was removed from it."""
        community = _community(guild)
        _log.info("the bot has left a server", extra={"community": community})
        await self._desk.hear(Left(community=community, at=self._desk.now()))

    async def counted(self, client: discord.Client) -> None:
        """Tell all the servers that the bot is in, those that are out of reach just now too.

        With several connections Discord is asked: where one of them begins anew, discord.py keeps the servers that were
        left meanwhile.
        """
        guilds = client.guilds
        if isinstance(client, discord.AutoShardedClient):
            try:
                guilds = [each async for each in client.fetch_guilds(limit=None, with_counts=False)]
            except TRANSPORT as error:
                _log.warning("the servers could not be counted", extra={"error": type(error).__name__})
                return
        communities = frozenset(map(_community, guilds))
        await self._desk.hear(Present(platform="discord", communities=communities, at=self._desk.now()))


async def installer_of(guild: discord.Guild) -> str:
    """Give the id of who has just added the bot to a server; empty where nobody can tell."""
    if _only_the_owner_adds(guild):
        return str(guild.owner_id)
    if not guild.me.guild_permissions.view_audit_log:
        return ""
    try:
        async for entry in guild.audit_logs(limit=_LATEST, action=discord.AuditLogAction.bot_add):
            if entry.user_id and entry.target is not None and entry.target.id == guild.me.id:
                return str(entry.user_id)
    except TRANSPORT as error:
        _log.warning("the audit log could not be read", extra={"error": type(error).__name__})
    return ""


def _only_the_owner_adds(guild: discord.Guild) -> bool:
    """Whether no role lets people add bots; those of bots are nobody's else."""
    return not any(
        role.permissions.manage_guild or role.permissions.administrator
        for role in guild.roles
        if not role.is_bot_managed()
    )


def _community(guild: discord.Guild) -> str:
    return f"discord:{guild.id}"
