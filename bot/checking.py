"""`check`: settings, content, tokens and permissions, every fault at once."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.core.destinations import Destination
from bot.settings import Settings, SettingsFaults, load
from content.loader import LibraryFaults
from content.loader import load as load_library
from storage.database import DatabaseFault, engine_note
from storage.destinations import destinations


def check(toml: Path, environment: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Check all there is, on the platforms too, without changing anything: gives the faults, and notes that are none."""
    faults: list[str] = []
    notes: list[str] = []
    try:
        _check_platforms(load(toml, environment), faults, notes)
    except SettingsFaults as found:
        faults += found.faults
    try:
        load_library()
    except LibraryFaults as found:
        faults += map(str, found.faults)
    notes += filter(None, [engine_note()])
    return faults, notes


def _check_platforms(settings: Settings, faults: list[str], notes: list[str]) -> None:
    """Check the tokens that are set, and the channels that moderators have chosen."""
    try:
        wanted = destinations(settings.database)
    except DatabaseFault as fault:
        faults.append(str(fault))
        wanted = []
    if settings.secrets.discord:
        from adapters.discord.inspecting import inspect  # noqa: PLC0415 - costs 40 MB where it is not served

        asked = inspect(settings.secrets.discord_token, settings.discord_api, _on("discord", wanted))
        found = asyncio.run(asked)
        faults += found.faults
        notes += found.notes
    if settings.secrets.slack:
        from adapters.slack.inspecting import inspect as inspect_slack  # noqa: PLC0415 - costs 43 MB where it is not served

        tokens = (settings.secrets.slack_bot_token, settings.secrets.slack_app_token)
        found = asyncio.run(inspect_slack(*tokens, settings.slack_api, _on("slack", wanted)))
        faults += found.faults
        notes += found.notes


def _on(platform: str, wanted: Sequence[Destination]) -> list[Destination]:
    return [each for each in wanted if each.community.startswith(f"{platform}:")]
