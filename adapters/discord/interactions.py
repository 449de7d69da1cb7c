"""Every interaction's way: heard, put to the core, answered in time."""

import logging
from dataclasses import replace

import discord

from adapters.base import Desk, Undelivered
from adapters.discord import direct
from adapters.discord.answers import Answer
from adapters.discord.barriers import with_barred
from adapters.discord.faults import TRANSPORT, apology, new_reference
from adapters.discord.incoming import Asked, actor_of, asked
from adapters.timing import in_time
from bot.core.cards import Intent, line
from bot.core.effects import Audience
from bot.core.events import Actor, Place

_log = logging.getLogger(__name__)

_NOT_OURS = line("That button does not belong to this community. Nothing was changed.", intent=Intent.MISTAKE)
_NOT_FOUND = 404


class Reception:
    """Hears interactions and answers them; `patience` is how long the core is waited for before deferring."""

    def __init__(self, desk: Desk, patience: float) -> None:
        self._desk = desk
        self._patience = patience

    async def hear(self, interaction: discord.Interaction) -> None:
        """Answer one interaction. Never raises: a fault is logged, and the person is told of it."""
        at = self._desk.now()
        guild = _guild_of(interaction)
        answer = Answer(interaction, self._desk, guild)
        try:
            if not guild or interaction.channel_id is None:
                await answer.show(_NOT_OURS, Audience.ASKER)
            else:
                await self._hear(interaction, answer, guild, at)
        except Undelivered as error:
            _log.warning(
                "an answer could not be shown", extra={"kind": error.kind.value, "detail": error.detail}
            )
        except Exception:  # noqa: BLE001 - whatever went wrong, the person is told and the next one is served
            reference = new_reference()
            _log.exception(
                "an interaction could not be answered",
                extra={"reference": reference, "interaction": interaction.id},
            )
            await _apologise(interaction, answer, reference)

    async def _hear(self, interaction: discord.Interaction, answer: Answer, guild: int, at: int) -> None:
        actor = await _actor(interaction, guild)
        if actor is None:
            await answer.show(_NOT_OURS, Audience.ASKER)
            return
        place = Place(
            community=f"discord:{guild}",
            channel=str(interaction.channel_id),
            alone=interaction.guild_id is None,
        )
        heard = asked(interaction, self._desk.registry, place, actor, at)
        if heard is None:
            _log.warning("an interaction of an unknown kind", extra={"type": interaction.type.name})
            return
        await self._answer(replace(heard, event=with_barred(heard.event, interaction, guild)), answer)

    async def _answer(self, heard: Asked, answer: Answer) -> None:
        async def defer() -> None:
            await answer.defer(heard.audience, heard.answer)

        replies, _ = await in_time(
            self._desk.ask(heard.event), defer if heard.deferrable else None, self._patience
        )
        await answer.carry_out(replies)


def _guild_of(interaction: discord.Interaction) -> int:
    """Say which server an interaction is about; 0 where it is none that the bot knows."""
    if interaction.guild_id is not None:
        return interaction.guild_id
    marked = direct.read(interaction.custom_id or "")
    guild = interaction.client.get_guild(marked[1]) if marked else None
    return guild.id if guild else 0


async def _actor(interaction: discord.Interaction, guild: int) -> Actor | None:
    """Say who acts, as the payload or (from a direct message) the server itself states it; None for no member."""
    if isinstance(interaction.user, discord.Member):
        return actor_of(interaction.user, interaction.permissions)
    server = interaction.client.get_guild(guild)
    try:
        member = await server.fetch_member(interaction.user.id) if server else None
    except discord.HTTPException as error:
        if error.status != _NOT_FOUND:
            raise
        return None
    return actor_of(member, member.guild_permissions) if member else None


async def _apologise(interaction: discord.Interaction, answer: Answer, reference: str) -> None:
    try:
        if interaction.type is not discord.InteractionType.autocomplete:
            await answer.show(apology(reference, changed=answer.begun), Audience.ASKER)
        await answer.settle()
    except (*TRANSPORT, Undelivered):
        _log.warning("nobody could be told of a fault", extra={"reference": reference}, exc_info=True)
