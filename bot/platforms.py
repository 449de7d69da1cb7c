"""Which platforms are served: each is imported only when its tokens are set."""

from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from adapters.base import Loss, Platform
from bot.desk import DeskOfCore
from bot.settings import Settings
from storage.notebook import Notebook


@dataclass(slots=True)
class Chosen:
    """The platforms to serve, and the web routes by which one of them is reached."""

    platforms: list[Platform] = field(default_factory=list)
    routes: list[web.RouteDef] = field(default_factory=list)


def chosen(settings: Settings, desk: DeskOfCore, lost: Callable[[Loss], None]) -> Chosen:
    """Make the platforms whose tokens are set.

    `lost` is called when one of them is closed for good while it is served.
    """
    made = Chosen()
    secrets = settings.secrets
    if secrets.discord:
        from adapters.discord.client import DiscordPlatform  # noqa: PLC0415 - costs 40 MB where it is not served

        notebook = Notebook(settings.database)
        made.platforms.append(
            DiscordPlatform(desk, secrets.discord_token, notebook, settings.discord_api, lost=lost)
        )
    if secrets.slack:
        from adapters.slack.app import SlackPlatform  # noqa: PLC0415 - costs 43 MB where it is not served

        slack = SlackPlatform(
            desk,
            secrets.slack_bot_token,
            secrets.slack_app_token,
            settings.slack_api,
            str(settings.values["slack.prefix"]),
            signing_secret=secrets.slack_signing_secret if secrets.slack_over_http else "",
            lost=lost,
        )
        made.platforms.append(slack)
        made.routes += slack.routes() if secrets.slack_over_http else []
    return made
