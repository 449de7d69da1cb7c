"""Setting a stage: a whole bot on a standing clock, on one of the platforms."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.slack.app import SlackPlatform
from tests.conversation import talking
from tests.houses import house
from tests.local_discord import LocalDiscord
from tests.local_discord.redirect import pointed_at
from tests.local_slack import LocalSlack
from tests.stages.console import ConsoleStage
from tests.stages.discord import DiscordStage
from tests.stages.seen import Stage
from tests.stages.settling import PATIENCE, CountingDesk
from tests.stages.slack import SlackStage

STAGES = ("console", "discord", "slack")


class _Notebook:
    """A notebook in memory."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def read(self, key: str) -> str | None:
        """Give what stands under a key."""
        return self._words.get(key)

    def write(self, key: str, value: str) -> None:
        """Write under a key."""
        self._words[key] = value


@asynccontextmanager
async def on_stage(name: str, *, seed: int = 1) -> AsyncIterator[Stage]:
    """Play on the stage of this name; the same seed draws the same on each."""
    match name:
        case "console":
            async with talking(seed=seed) as talk:
                yield ConsoleStage(talk)
        case "discord":
            async with _on_discord(seed) as stage:
                yield stage
        case _:
            async with _on_slack(seed) as stage:
                yield stage


async def _discord_listeners() -> None:
    """Wait until discord.py has called every listener to its end."""
    listeners = [task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: ")]
    if listeners:
        await asyncio.wait(listeners)


@asynccontextmanager
async def _on_discord(seed: int) -> AsyncIterator[Stage]:
    from adapters.discord.client import DiscordPlatform  # noqa: PLC0415 - discord.py is slow to import

    async with LocalDiscord() as server, house(seed=seed) as opened:
        with pointed_at(server):
            desk = CountingDesk(opened.desk, _discord_listeners)
            platform = DiscordPlatform(desk, server.token, _Notebook(), server.base_url)
            await opened.begin([platform])
            try:
                yield DiscordStage(server, desk, opened.clock.advance)
            finally:
                await platform.stop()
        assert server.violations == []


@asynccontextmanager
async def _on_slack(seed: int) -> AsyncIterator[Stage]:
    async with LocalSlack() as server, house(seed=seed) as opened:
        desk = CountingDesk(opened.desk, lambda: platform._hands.empty(PATIENCE))
        platform = SlackPlatform(desk, server.bot_token, server.app_token, server.api_base, pace=0.0)
        await opened.begin([platform])
        try:
            yield SlackStage(server, desk, opened.clock.advance)
        finally:
            await platform.stop()
        assert server.violations == []
