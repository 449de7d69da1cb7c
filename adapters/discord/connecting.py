"""Making discord.py's client, and saying to the host why it could not connect or stay."""

import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import discord
from discord.gateway import DiscordWebSocket

from adapters.base import Loss, StartFault

Listener = Callable[..., Coroutine[Any, Any, None]]

LONGEST_WAIT = 30.0
"""Seconds that a call waits for a rate limit by itself; for longer ones the ledger waits."""
GUILDS_WITHIN = 2.0
"""Seconds in which the servers are heard of after the connection; some may be away for longer."""

_TRIES_AGAIN = ("Attempting a reconnect", "Failed to connect for shard_id")
_REFUSED_TOKEN, _WRONG_INTENTS, _FORBIDDEN_INTENTS = 4004, 4013, 4014


class _Outages(logging.Filter):
    """Says in a line that Discord is tried again in a while, where discord.py would call that an error and show a trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Make a warning of such a record; every other stays as it is."""
        if str(record.msg).startswith(_TRIES_AGAIN):
            error = record.exc_info[1] if record.exc_info else None
            record.error, record.exc_info = type(error).__name__, None
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return logging.getLogger().isEnabledFor(record.levelno)


class _Client(discord.Client):
    """A client that tells of nothing once it is closed: discord.py still waits for servers then, and fails at telling."""

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Call the listeners of an event."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)


class _ShardedClient(_Client, discord.AutoShardedClient):
    """The same with several connections."""


_OUTAGES = _Outages()


def new_client(listeners: Iterable[Listener], *, shards: int = 0) -> discord.Client:
    """Make a client that asks for no privileged intent, keeps no messages or members, and pings nobody by itself."""
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_OUTAGES)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    intents = discord.Intents(guilds=True)
    options: dict[str, Any] = {
        "allowed_mentions": discord.AllowedMentions.none(),
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "max_messages": None,
        "max_ratelimit_timeout": LONGEST_WAIT,
        "guild_ready_timeout": GUILDS_WITHIN,
    }
    client = (
        _ShardedClient(intents=intents, shard_count=shards, **options)
        if shards
        else _Client(intents=intents, **options)
    )
    for each in listeners:
        client.event(each)
    return client


async def log_in(client: discord.Client, token: str) -> None:
    """Log a client in. Raises one of the errors that `start_fault` explains."""
    try:
        await client.login(token)
    except ValueError as error:
        # A token with a line break in it cannot even be sent.
        raise discord.LoginFailure("not a token") from error


def is_connected(client: discord.Client) -> bool:
    """Tell whether the gateway is connected at this moment, and where there are several shards, each of them."""
    if isinstance(client, discord.AutoShardedClient):
        shards = client.shards.values()
        return len(shards) == client.shard_count and not any(each.is_closed() for each in shards)
    # Until the first connection stands there is none, whatever discord.py's types say.
    gateway: DiscordWebSocket | None = client.ws
    return gateway is not None and gateway.open


def endpoint_fault(client: discord.Client) -> str:
    """Say why nothing would come over the gateway of a client that is logged in; nothing where it would."""
    if client.application is None or not client.application.interactions_endpoint_url:
        return ""
    return (
        "The application that DISCORD_TOKEN belongs to has an interactions endpoint URL, so Discord would send "
        "nothing here. Remove it in the developer portal (General Information) and start again."
    )


def start_fault(error: Exception) -> StartFault:
    """Say to the host why the bot could not start, and what to do."""
    if sentence := _shut_out(error):
        return StartFault(sentence)
    said = f"it answered {error.status}" if isinstance(error, discord.HTTPException) else type(error).__name__
    return StartFault(
        f"Discord could not be reached ({said}), so DISCORD_TOKEN could not be used. "
        "Look at the network and at discordstatus.com, and start again."
    )


def loss(error: BaseException | None) -> Loss:
    """Say to the host why a connection that stood was closed for good, and what to do."""
    if error is not None and (sentence := _shut_out(error)):
        return Loss("discord", sentence)
    code = error.code if isinstance(error, discord.ConnectionClosed) else 0
    said = f" with the code {code}" if code else f" ({type(error).__name__})" if error else ""
    sentence = f"Discord has closed the connection for good{said}, so the bot has stopped. Start it again."
    return Loss("discord", sentence, passing=True)


def _shut_out(error: BaseException) -> str:
    """Say what is wrong with the token or the application; nothing where it is neither."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else 0
    if isinstance(error, discord.LoginFailure) or code == _REFUSED_TOKEN:
        return (
            "Discord does not accept the token in DISCORD_TOKEN. Copy a new one from the developer portal "
            "(your application, Bot, Reset Token) and set it again."
        )
    if isinstance(error, discord.PrivilegedIntentsRequired) or code in {_WRONG_INTENTS, _FORBIDDEN_INTENTS}:
        return (
            "Discord does not let the bot of DISCORD_TOKEN in with its intents, although none of them is privileged. "
            "Look in the developer portal whether the application is suspended, and start again."
        )
    return ""
