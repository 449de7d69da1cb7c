"""A whole bot on the local Discord, on a clock that stands still: the real core behind the real client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.house import House
from tests.discord_words import words
from tests.houses import NOW, house
from tests.local_discord import LocalDiscord, Message, Permission, Person
from tests.local_discord.redirect import pointed_at
from tests.settling import CountingDesk


@dataclass
class Notes:
    """A notebook in memory."""

    kept: dict[str, str] = field(default_factory=dict)

    def read(self, key: str) -> str | None:
        """Give what was written."""
        return self.kept.get(key)

    def write(self, key: str, value: str) -> None:
        """Write."""
        self.kept[key] = value


@dataclass(frozen=True, kw_only=True)
class DiscordHouse:
    """A server with the bot in it; Mia manages the server."""

    server: LocalDiscord
    house: House
    desk: CountingDesk
    client: discord.Client
    mia: Person

    @property
    def community(self) -> str:
        """Name the community of the server."""
        return f"discord:{self.server.home.id}"

    async def ready(self) -> None:
        """Wait until discord.py takes a server that comes for a new one."""
        await self.client.wait_until_ready()

    async def heard(self, event: str) -> None:
        """Wait until discord.py has told of an event, and the bot has done what follows."""
        await self.client.wait_for(event, timeout=10)
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is in hand."""
        await self.desk.settled()

    async def told(self, person: Person, command: str, /, **values: Any) -> str:
        """Let somebody use a command; gives the words of its first answer."""
        answer = await (await person.slash(command, values)).finished()
        await self.settled()
        return words(answer)

    async def pressed(self, person: Person, message: Message, label: str) -> str:
        """Let somebody press a button; gives the words of what answers it."""
        there = person.at(message.channel)
        answer = await (await there.press(message, label, stale=label not in message.labels)).finished()
        await self.settled()
        return words(answer)

    async def pass_time(self, seconds: int) -> None:
        """Let time pass, here and on Discord, and what falls due be done."""
        self.server.clock.advance(seconds)
        await self.house.clock.advance(seconds)
        await self.desk.settled()


def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py wait for nothing that a test does not.

    It waits two seconds for further servers, and until then takes a new one for an old one; and five seconds before it
    identifies a second time, for Discord's limit.
    """

    async def at_once(*_: object, **__: object) -> None:
        return

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)
    for module in ("client", "connecting"):
        monkeypatch.setattr(f"adapters.discord.{module}.GUILDS_WITHIN", 0.01)


async def _listeners() -> None:
    """Wait until discord.py has called every listener to its end."""
    listeners = [task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: ")]
    if listeners:
        await asyncio.wait(listeners)


@asynccontextmanager
async def discord_at_home(
    *, database: Path | str = ":memory:", at: int = NOW, seed: int = 1, server: LocalDiscord | None = None
) -> AsyncIterator[DiscordHouse]:
    """Open a house on a local Discord, or on one that stands already; nothing may happen that no faultless bot causes."""
    from adapters.discord.client import DiscordPlatform  # noqa: PLC0415 - discord.py is slow to import

    own = server or LocalDiscord()
    if server is None:
        await own.start()
    try:
        async with house(database=database, at=at, seed=seed) as opened:
            with pointed_at(own):
                desk = CountingDesk(opened.desk, _listeners)
                platform = DiscordPlatform(desk, own.token, Notes(), own.base_url)
                mia = own.person("Mia", permissions=Permission.MANAGE_GUILD)
                await opened.begin([platform])
                try:
                    assert platform._client is not None
                    yield DiscordHouse(server=own, house=opened, desk=desk, client=platform._client, mia=mia)
                finally:
                    await platform.stop()
        assert [str(each) for each in own.violations] == []
    finally:
        if server is None:
            await own.stop()
