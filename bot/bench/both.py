"""A bot on both platforms, in a process of its own, against the local Discord and the local Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.bench import local
from bot.bench.process import Bot, running


@asynccontextmanager
async def on_both() -> AsyncIterator[tuple[Bot, Any, Any]]:
    """Give the bot, the local Discord and the local Slack. Raises NotHere outside a checkout."""
    discord, slack = local.discord(), local.slack()
    async with (
        discord.LocalDiscord(clock=discord.Clock.running()) as on_discord,
        slack.LocalSlack() as on_slack,
    ):
        environment = discord_environment(on_discord) | slack_environment(on_slack)
        async with running(environment) as bot:
            yield bot, on_discord, on_slack


def discord_environment(server: Any) -> dict[str, str]:
    """Give the environment of a bot on this Discord."""
    return {"DISCORD_TOKEN": server.token, "DISCORD_API": server.base_url}


def slack_environment(server: Any) -> dict[str, str]:
    """Give the environment of a bot on this Slack."""
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API": server.api_base,
    }
