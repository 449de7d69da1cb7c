"""The Discord platform: connecting, hearing, delivering, and leaving in good order."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from adapters.base import Desk, Loss, StartFault, Undelivered
from adapters.discord.connecting import (
    GUILDS_WITHIN,
    Listener,
    endpoint_fault,
    is_connected,
    log_in,
    loss,
    new_client,
    start_fault,
)
from adapters.discord.deliveries import Courier
from adapters.discord.faults import TRANSPORT
from adapters.discord.interactions import Reception
from adapters.discord.registration import Notebook, synchronise
from adapters.discord.servers import Servers
from adapters.fetching import download, origin_of
from adapters.timing import PATIENCE
from bot.core.effects import Deliver
from bot.core.events import Attachment, FailureKind, MessageRef

_log = logging.getLogger(__name__)

DISCORD = "https://discord.com/api/v10"
FILES = ("https://cdn.discordapp.com", "https://media.discordapp.net")
"""Where Discord keeps what people attach."""
LAST_CALLS = 3.0
"""Seconds that answers and deliveries in hand are given when the bot stops."""


class DiscordPlatform:
    """Discord, through discord.py. Made without any connection; `start` connects.

    `lost` is called when Discord closes the connection for good later on.
    """

    name = "discord"

    def __init__(
        self,
        desk: Desk,
        token: str,
        notebook: Notebook,
        api_base: str = DISCORD,
        *,
        patience: float = PATIENCE,
        lost: Callable[[Loss], None] | None = None,
    ) -> None:
        self._desk = desk
        self._lost = lost
        self._token = token
        self._notebook = notebook
        self._api_base = api_base.rstrip("/")
        self._reception = Reception(desk, patience)
        self._servers = Servers(desk)
        self._client: discord.Client | None = None
        self._courier: Courier | None = None
        self._connection: asyncio.Task[None] | None = None
        self._in_hand: set[asyncio.Task[Any]] = set()
        self._awaited: set[int] = set()
        self._arrived = asyncio.Event()
        self._stopping = False

    async def start(self) -> None:
        """Connect, and return when interactions come in and the servers are known. Raises StartFault."""
        # discord.py has no setting for either address.
        Route.BASE = self._api_base
        try:
            client = await self._logged_in()
            await synchronise(client, self._desk.registry, self._notebook)
            await self._connect(client)
        except TRANSPORT as error:
            await self.stop()
            raise start_fault(error) from error
        except StartFault:
            await self.stop()
            raise

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Carry out one delivery; gives where the message stands. Raises Undelivered."""
        if self._courier is None or self._stopping:
            raise Undelivered(FailureKind.PASSING, "not connected")
        with self._hand():
            return await self._courier.deliver(delivery)

    async def fetch(self, file: Attachment, most: int) -> bytes:
        """Fetch a file that was attached here, from Discord's own addresses. Raises Unfetched."""
        return await download(file, most, {*FILES, *self._own_files()})

    def trouble(self) -> str:
        """Say that the gateway is not connected; nothing when it is."""
        connected = self._client is not None and is_connected(self._client)
        lasts = self._connection is not None and not self._connection.done()
        return "" if lasts and connected and self._arrived.is_set() else "not connected to the gateway"

    async def stop(self) -> None:
        """Take nothing new, finish the answers and deliveries in hand, and disconnect."""
        self._stopping = True
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=LAST_CALLS)
        if self._client is not None:
            await self._client.close()
        if self._connection is not None:
            self._connection.cancel()
            await asyncio.wait({self._connection})

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hear whatever people do with the bot; discord.py calls this in a task of its own."""
        if not self._stopping:
            with self._hand():
                await self._reception.hear(interaction)

    async def on_connect(self) -> None:
        """Note which servers are still to come; discord.py calls this when the gateway has taken the bot in."""
        client = self._client
        if client is None or isinstance(client, discord.AutoShardedClient):
            # Shards connect one after another: only `on_ready` knows when the last of them has its servers.
            return
        self._awaited = {guild.id for guild in client.guilds if guild.unavailable}
        self._note_arrival()
        asyncio.get_running_loop().call_later(GUILDS_WITHIN, self._arrived.set)
        await self._servers.counted(client)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note a server that has come (back) within reach."""
        self._note_arrival(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note a server that the bot was added to."""
        self._note_arrival(guild.id)
        await self._servers.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note a server that the bot has left, or was removed from."""
        await self._servers.left(guild)

    async def on_ready(self) -> None:
        """Note that discord.py has heard of all servers there are, on every shard."""
        self._arrived.set()
        if self._client is not None:
            await self._servers.counted(self._client)

    async def on_shard_ready(self, _shard: int) -> None:
        """Find out what was missed where one connection of several has begun anew."""
        if self._client is not None and self._arrived.is_set():
            await self._servers.counted(self._client)

    def _own_files(self) -> Collection[str]:
        """Give the address of a Discord other than the public one, which has its files too."""
        return () if self._api_base == DISCORD.rstrip("/") else (origin_of(self._api_base),)

    @contextmanager
    def _hand(self) -> Iterator[None]:
        """Count the task at work as one that a stop waits for."""
        task = asyncio.current_task()
        if task is not None:
            self._in_hand.add(task)
        try:
            yield
        finally:
            self._in_hand.discard(task)

    def _note_arrival(self, guild: int = 0) -> None:
        self._awaited.discard(guild)
        if not self._awaited and not isinstance(self._client, discord.AutoShardedClient):
            self._arrived.set()

    async def _logged_in(self) -> discord.Client:
        """Make the client that Discord recommends, and log in."""
        client = await self._log_in(new_client(self._listeners()))
        shards, gateway, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
        if shards > 1:
            await client.close()
            client = await self._log_in(new_client(self._listeners(), shards=shards))
        if sentence := endpoint_fault(client):
            raise StartFault(sentence)
        return client

    async def _log_in(self, client: discord.Client) -> discord.Client:
        self._client = client
        await log_in(client, self._token)
        self._courier = Courier(client)
        return client

    async def _connect(self, client: discord.Client) -> None:
        """Open the gateway and wait until the servers have come; go on without those that are away."""
        self._connection = asyncio.create_task(client.connect(reconnect=True), name="discord gateway")
        arrived = asyncio.create_task(self._arrived.wait())
        await asyncio.wait({self._connection, arrived}, return_when=asyncio.FIRST_COMPLETED)
        arrived.cancel()
        if self._connection.done():
            self._connection.result()
            raise StartFault("Discord closed the connection at once. Start again in a few minutes.")
        self._connection.add_done_callback(self._disconnected)

    def _disconnected(self, connection: asyncio.Task[None]) -> None:
        if self._stopping or connection.cancelled():
            return
        error = connection.exception()
        _log.critical("Discord has closed the connection for good", exc_info=error)
        if self._lost is not None:
            self._lost(loss(error))

    def _listeners(self) -> Iterable[Listener]:
        return (
            self.on_interaction,
            self.on_connect,
            self.on_ready,
            self.on_shard_ready,
            self.on_guild_available,
            self.on_guild_join,
            self.on_guild_remove,
        )
