"""The local Discord with a raw bot or with the tiny one on the real client."""

from collections.abc import AsyncIterator

import pytest

from tests.local_discord import LocalDiscord
from tests.local_discord.raw_bot import RawBot, raw_bot
from tests.local_discord.redirect import pointed_at
from tests.local_discord.tiny_bot import TinyBot, running


@pytest.fixture
async def server() -> AsyncIterator[LocalDiscord]:
    """Yield a local Discord."""
    async with LocalDiscord() as local:
        yield local


@pytest.fixture
async def bot(server: LocalDiscord) -> AsyncIterator[RawBot]:
    """Yield a bot that sends whatever it is told."""
    async with raw_bot(server) as raw:
        yield raw


@pytest.fixture
async def tiny(server: LocalDiscord) -> AsyncIterator[TinyBot]:
    """Yield the tiny bot on the real client, connected."""
    client = TinyBot()
    with pointed_at(server):
        async with running(client, server):
            yield client
