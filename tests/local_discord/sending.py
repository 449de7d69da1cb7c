"""Making an interaction from what somebody did, with everything that Discord tells a bot about it."""

import base64
import secrets

from tests.local_discord.channels import Channel
from tests.local_discord.interactions import Interaction
from tests.local_discord.messages import Message
from tests.local_discord.model import User, Wire
from tests.local_discord.permissions import permissions_in
from tests.local_discord.world import World

_ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024
IN_GUILD, IN_DIRECT_MESSAGE = 0, 1


def send(
    world: World,
    *,
    user: User,
    channel: Channel,
    kind: int,
    data: Wire,
    name: str,
    locale: str,
    source: Message | None = None,
    state: Wire | None = None,
    opener: Interaction | None = None,
) -> Interaction:
    """Create an interaction and send it to the bot.

    Args:
        world: Where it happens.
        user: Who does it.
        channel: Where they do it.
        kind: Discord's interaction type.
        data: The interaction's own data.
        name: What it is called in reports, and for commands on the answer.
        locale: The language of the person's client.
        source: The message that was pressed, or from which a form was opened.
        state: How that message looked to the person, if not as it is now.
        opener: The interaction that opened the form.
    """
    interaction_id = world.snowflakes.next()
    token = base64.urlsafe_b64encode(f"interaction:{interaction_id}:{secrets.token_urlsafe(48)}".encode())
    interaction = Interaction(
        id=interaction_id,
        token=token.decode().rstrip("="),
        kind=kind,
        user=user,
        channel=channel,
        created=world.clock.now(),
        bell=world.bell(),
        name=name,
        source=source,
        opener=opener,
    )
    interaction.payload = _payload(world, interaction, data, locale)
    if source is not None:
        interaction.payload["message"] = state or source.wire
    world.interactions[interaction.id] = world.by_token[interaction.token] = interaction
    world.publish("INTERACTION_CREATE", interaction.payload, guild=channel.guild, intent=0)
    return interaction


def _payload(world: World, interaction: Interaction, data: Wire, locale: str) -> Wire:
    channel, guild, user = interaction.channel, interaction.channel.guild, interaction.user
    payload: Wire = {
        "id": interaction.id,
        "application_id": world.application_id,
        "type": interaction.kind,
        "data": data,
        "channel_id": channel.id,
        "token": interaction.token,
        "version": 1,
        "app_permissions": str(world.bot_permissions(channel)),
        "locale": locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": _ATTACHMENT_SIZE_LIMIT,
        "authorizing_integration_owners": {"0": "0" if guild is None else guild.id},
        "context": IN_DIRECT_MESSAGE if guild is None else IN_GUILD,
    }
    if guild is None:
        return payload | {"user": user.wire(), "channel": channel.partial(0)}
    member = guild.members[user.id]
    return payload | {
        "guild_id": guild.id,
        "guild": guild.partial(),
        "guild_locale": guild.locale,
        "channel": channel.partial(permissions_in(member, channel)),
        "member": member.at(channel),
    }
