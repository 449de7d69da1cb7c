"""`check`: settings, content, database, tokens and permissions, every fault at once.

Nothing is changed, here or on a platform, and a bot that runs is not disturbed. To check more, add to CHECKS.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from adapters.findings import Findings
from bot import lasting
from bot.core.destinations import Destination
from bot.settings import Settings, read
from content.loader import LibraryFaults
from content.loader import load as load_library
from storage.database import engine_note
from storage.destinations import destinations
from storage.examining import examine
from storage.faults import DatabaseFault


def check(toml: Path, environment: Mapping[str, str]) -> Findings:
    """Check all there is, on the platforms too; one check that fails keeps no other from being made."""
    settings, faults = read(toml, environment)
    findings = Findings(faults=faults)
    for each in CHECKS:
        try:
            each(settings, findings)
        except DatabaseFault as fault:
            if str(fault) not in findings.faults:
                findings.faults.append(str(fault))
    return findings


def _content(_settings: Settings, findings: Findings) -> None:
    try:
        load_library()
    except LibraryFaults as found:
        findings.faults += map(str, found.faults)


def _database(settings: Settings, findings: Findings) -> None:
    if settings.database:
        findings.notes += filter(None, [engine_note(), lasting.note(settings.database)])
        findings.notes += filter(None, [examine(settings.database)])


def _copies(settings: Settings, findings: Findings) -> None:
    """Look whether the nightly copies have a folder that can be written."""
    name = str(settings.values["backup.folder"])
    there = Path(name).absolute()
    while not there.exists():
        there = there.parent
    if name and not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        findings.faults.append(
            f"bot.toml: backup.folder is {name}, and {there} cannot be written. Name a folder that the bot may write."
        )


def _discord(settings: Settings, findings: Findings) -> None:
    if settings.secrets.discord:
        from adapters.discord.inspecting import inspect  # noqa: PLC0415 - costs 40 MB where it is not served

        wanted = _on("discord", settings)
        _add(asyncio.run(inspect(settings.secrets.discord_token, settings.discord_api, wanted)), findings)


def _slack(settings: Settings, findings: Findings) -> None:
    if settings.secrets.slack:
        from adapters.slack.inspecting import inspect  # noqa: PLC0415 - costs 43 MB where it is not served

        tokens = (settings.secrets.slack_bot_token, settings.secrets.slack_app_token)
        _add(asyncio.run(inspect(*tokens, settings.slack_api, _on("slack", settings))), findings)


def _on(platform: str, settings: Settings) -> Sequence[Destination]:
    """List the channels on a platform that the bot is to post to; none where the database cannot tell."""
    try:
        wanted = destinations(settings.database)
    except DatabaseFault:
        return []  # the check of the database has said why
    return [each for each in wanted if each.community.startswith(f"{platform}:")]


def _add(found: Findings, findings: Findings) -> None:
    findings.faults += found.faults
    findings.notes += found.notes


CHECKS: Sequence[Callable[[Settings, Findings], None]] = (_content, _database, _copies, _discord, _slack)
"""What is checked besides the settings themselves, in this order."""
