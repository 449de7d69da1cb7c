"""What a platform needs to know of the bot before it runs: Slack's manifest, Discord's invitation."""

import json

from bot.core.catalogue import catalogue
from bot.core.registry import Registry


def slack_manifest(prefix: str, request_url: str | None) -> str:
    """Write the manifest that makes the Slack app, as JSON; with an address, for HTTP instead of Socket Mode."""
    from adapters.slack.manifest import manifest  # noqa: PLC0415 - the README's table needs no platform

    return json.dumps(manifest(catalogue(), prefix, request_url), indent=2, ensure_ascii=False)


def discord_invite(application: str) -> str:
    """Write the address that invites the bot to a server."""
    from adapters.discord.invite import invite_url  # noqa: PLC0415 - the README's table needs no platform

    return invite_url(application)


def command_table(registry: Registry) -> str:
    """Write the README's table of commands."""
    rows = [f"| `{each.usage}` | {each.help} |" for each in registry.commands.values()]
    return "\n".join(("| command | what it gives |", "|---|---|", *rows))
