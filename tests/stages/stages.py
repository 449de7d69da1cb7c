"""Setting a stage: a whole bot on a standing clock, on one of the platforms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.slack.app import SlackPlatform
from tests.conversation import talking
from tests.discord_whole import discord_at_home
from tests.houses import house
from tests.local_slack import LocalSlack
from tests.settling import PATIENCE, CountingDesk
from tests.stages.console import ConsoleStage
from tests.stages.discord import DiscordStage
from tests.stages.seen import Stage
from tests.stages.slack import SlackStage

STAGES = ("console", "slack", "discord")
"""Discord comes last: discord.py leaves a task behind, which complains of the closed client two seconds later."""


@asynccontextmanager
async def on_stage(name: str, *, seed: int = 1) -> AsyncIterator[Stage]:
    """Play on the stage of this name; the same seed draws the same on each."""
    match name:
        case "console":
            async with talking(seed=seed) as talk:
                yield ConsoleStage(talk)
        case "discord":
            async with discord_at_home(seed=seed) as home:
                yield DiscordStage(home.server, home.desk, home.house.clock.advance)
        case _:
            async with _on_slack(seed) as stage:
                yield stage


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
