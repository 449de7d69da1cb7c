"""Pointing discord.py at the local server, for a client in the test's own process."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import yarl

from tests.local_discord.server import LocalDiscord

with warnings.catch_warnings():
    # discord.py still imports audioop, which Python 3.11 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    from discord.gateway import DiscordWebSocket
    from discord.http import Route


@contextmanager
def pointed_at(server: LocalDiscord) -> Iterator[None]:
    """Let every discord.py client of this process talk to the server while the context lasts.

    Two addresses are needed: `Route.BASE` for REST, and `DiscordWebSocket.DEFAULT_GATEWAY`, since a client
    without automatic sharding never asks GET /gateway/bot, and any client comes back to the default after an
    invalid session.
    """
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.base_url, yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
