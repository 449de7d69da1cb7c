"""Deliveries: what must reach Discord even if the process dies."""

from collections.abc import Awaitable, Callable, Sequence

import discord

from adapters.base import Undelivered
from adapters.discord import direct, markdown, recovery
from adapters.discord.faults import TRANSPORT, missing_permission, undelivered
from adapters.discord.invite import (
    CREATE_THREADS,
    EMBED_LINKS,
    PIN_MESSAGES,
    SEND_IN_THREADS,
    VIEW_CHANNEL,
    Permission,
    needed_to_post,
)
from adapters.discord.render import Rendered, render
from adapters.discord.sending import changed, new
from bot.core.effects import Answered, AskAfter, Deliver, Direct, Edit, Notice, OpenThread, Pin, Post
from bot.core.errors import CardFault
from bot.core.events import FailureKind, MessageRef

Target = discord.PartialMessageable | discord.DMChannel

_HAS_THREAD = 160004
# Cannot execute action on this channel type: a thread or a voice channel's chat, where no thread can be opened.
_NO_THREADS_HERE = 50024
_NO_REPLY_WITHOUT_HISTORY = 160002
_ARCHIVED = 50083


class Courier:
    """Carries out deliveries through a connected client."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Carry out one delivery; gives where its message stands. Raises Undelivered."""
        try:
            return await self._carry_out(delivery)
        except TRANSPORT as error:
            raise undelivered(error, self._missing(delivery, error)) from error
        except (CardFault, ValueError) as error:
            raise Undelivered(FailureKind.REFUSED, str(error)) from error

    async def _carry_out(self, delivery: Deliver) -> MessageRef | None:
        call = delivery.call
        match call:
            case Post(channel=channel, card=card, ping=ping):
                target = self._target(channel, delivery.community)
                return await self._post(delivery, target, render(card, ping=ping), ping=ping)
            case Notice(card=card, channel=channel) if channel:
                return await self._post(delivery, self._target(channel, delivery.community), render(card))
            case Notice(card=card, member=member) | Direct(card=card, member=member):
                rendered = direct.marked(render(card), _guild(delivery.community))
                return await self._post(delivery, await self._direct(member), rendered)
            case Edit(card=card):
                message, content = self._message(delivery), changed(render(card))
                await self._in_thread(message, lambda: message.edit(**content))
            case OpenThread():
                return await self._open_thread(delivery, call)
            case AskAfter(member=member):
                await self._ask_after(member, delivery.community)
            case Pin():
                message = self._message(delivery)
                await self._in_thread(message, message.pin)
            case Answered():
                raise Undelivered(FailureKind.LOST, "an interaction’s answer is given once")
        return delivery.message

    async def _post(
        self, delivery: Deliver, target: Target, rendered: Rendered, *, ping: str = ""
    ) -> MessageRef:
        found = await self._found(delivery, target, rendered)
        return found or await self._sent(delivery, target, rendered, ping=ping)

    async def _found(self, delivery: Deliver, target: Target, rendered: Rendered) -> MessageRef | None:
        if not delivery.recover:
            return None
        return await recovery.find(self._client, target, target.id, rendered, delivery.due)

    async def _sent(
        self, delivery: Deliver, target: Target, rendered: Rendered, *, ping: str = ""
    ) -> MessageRef:
        sent = await target.send(**new(rendered, ping=ping), nonce=delivery.key)
        return MessageRef(str(target.id), str(sent.id))

    async def _open_thread(self, delivery: Deliver, call: OpenThread) -> MessageRef:
        """Open a thread on a message and begin it; in one that is there already, begin only if nothing of ours is."""
        message, rendered = self._message(delivery), render(call.card)
        # A thread on a message has the message's id.
        thread = self._target(str(message.id), delivery.community)
        try:
            if message.thread is None:
                await message.create_thread(name=markdown.clean(call.name))
                return await self._sent(delivery, thread, rendered)
        except discord.HTTPException as error:
            if error.code == _NO_THREADS_HERE:
                return await self._reply(delivery, message, rendered)
            if error.code != _HAS_THREAD:
                raise
        found = await recovery.any_of_ours(self._client, thread, thread.id)
        return found or await self._sent(delivery, thread, rendered)

    async def _reply(
        self, delivery: Deliver, message: discord.PartialMessage, rendered: Rendered
    ) -> MessageRef:
        channel = self._target(str(message.channel.id), delivery.community)
        found = await self._found(delivery, channel, rendered)
        if found:
            return found
        below = message.to_reference(fail_if_not_exists=False)
        try:
            sent = await channel.send(**new(rendered), nonce=delivery.key, reference=below)
        except discord.HTTPException as error:
            if error.code != _NO_REPLY_WITHOUT_HISTORY:
                raise
            return await self._sent(delivery, channel, rendered)
        return MessageRef(str(channel.id), str(sent.id))

    def _target(self, channel: str, community: str) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(int(channel), guild_id=_guild(community))

    async def _in_thread(
        self, message: discord.PartialMessage, call: Callable[[], Awaitable[object]]
    ) -> None:
        """Make a call on a message that may stand in a thread; one that is archived is brought back, as by a post there."""
        try:
            await call()
        except discord.HTTPException as error:
            thread = await self._client.fetch_channel(message.channel.id) if error.code == _ARCHIVED else None
            if not isinstance(thread, discord.Thread):
                raise
            await thread.edit(archived=False)
            await call()

    async def _ask_after(self, member: str, community: str) -> None:
        """Look whether somebody is still in the server. Discord answers that they are not with 404."""
        server = self._client.get_guild(_guild(community))
        if server is None:
            raise Undelivered(FailureKind.PASSING, "the server is not there at the moment")
        await server.fetch_member(int(member))

    async def _direct(self, member: str) -> discord.DMChannel:
        return await self._client.create_dm(discord.Object(int(member)))

    def _message(self, delivery: Deliver) -> discord.PartialMessage:
        ref = delivery.message
        if ref is None:
            raise Undelivered(FailureKind.LOST, "nobody knows where the message stands")
        message = self._target(ref.channel, delivery.community).get_partial_message(int(ref.message))
        if message.guild is None:
            raise Undelivered(FailureKind.GONE, "the bot is no longer in this server")
        return message

    def _missing(self, delivery: Deliver, error: Exception) -> str:
        channel = _channel(delivery)
        code = error.code if isinstance(error, discord.Forbidden) else 0
        if not code or not channel:
            return ""
        in_thread = isinstance(self._client.get_channel(int(channel)), discord.Thread)
        return missing_permission(self._client, int(channel), _needed(delivery, in_thread=in_thread), code)


def _guild(community: str) -> int:
    return int(community.partition(":")[2])


def _channel(delivery: Deliver) -> str:
    match delivery.call:
        case Post(channel=channel) | Notice(channel=channel):
            return channel
        case _:
            return delivery.message.channel if delivery.message else ""


def _needed(delivery: Deliver, *, in_thread: bool) -> Sequence[Permission]:
    """List what a delivery needs in its channel, what most often lacks first."""
    match delivery.call:
        case OpenThread():
            return (VIEW_CHANNEL, CREATE_THREADS, SEND_IN_THREADS, EMBED_LINKS)
        case Pin():
            return (VIEW_CHANNEL, PIN_MESSAGES)
        case _:
            return needed_to_post(in_thread=in_thread)
