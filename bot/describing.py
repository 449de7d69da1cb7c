"""What a platform needs to know of the bot before it runs: Slack's manifest, Discord's invitation."""

import json

from bot.core.catalogue import catalogue
from bot.core.registry import Registry


def slack_manifest(prefix: str, request_url: str | None) -> str:
    """Write the manifest that makes the Slack app, as JSON; with an address, for HTTP instead of Socket Mode.

    Raises ValueError with a sentence for the host where the bot does not listen at such an address.
    """
    from adapters.slack.manifest import is_request_url, manifest  # noqa: PLC0415 - the README's table needs no platform

    if request_url is not None and not is_request_url(request_url):
        raise ValueError(
            f"Slack cannot send its requests to {request_url!r}: the address begins with https:// and ends with "
            "/slack/events, as in https://bot.example.org/slack/events."
        )
    return json.dumps(manifest(catalogue(), prefix, request_url), indent=2, ensure_ascii=False)


def discord_invite(application: str) -> str:
    """Write the address that invites the bot to a server.

    Raises ValueError with a sentence for the host where that is no application's id.
    """
    from adapters.discord.invite import invite_url  # noqa: PLC0415 - the README's table needs no platform

    if not (application.isascii() and application.isdigit()):
        raise ValueError(
            f"{application!r} is not an application's id: that is a number, on the page General Information of your "
            "application at https://discord.com/developers/applications."
        )
    return invite_url(application)


def command_table(registry: Registry) -> str:
    """Write the README's table of commands."""
    rows = [f"| `{each.usage}` | {each.help} |" for each in registry.commands.values()]
    return "\n".join(("| command | what it gives |", "|---|---|", *rows))
