"""`python -m bot`: what a host can type."""

import asyncio
import os
import re
import sys
from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from adapters.base import StartFault
from bot.cli_data import COMMANDS
from bot.cli_import import import_pages
from bot.core.library import Shelf
from bot.hosts import TOML, all_or_fail, fail, settings_or_fail
from bot.settings import Settings
from storage.database import MEMORY, DatabaseFault

NO_TOKENS = (
    "No token is set, and there is no terminal and no input for the console. Set DISCORD_TOKEN, or SLACK_BOT_TOKEN "
    "and SLACK_APP_TOKEN, or run `python -m bot chat` in a terminal."
)

IN_MEMORY = (
    "DATABASE_URL is sqlite:///:memory:, which is gone when the process ends, with scores and everything else. Name a "
    "file, as in sqlite:////data/bot.db."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run Hundred Regiments, a political-discussion bot for Discord and Slack."""


@main.command()
def run() -> None:
    """Serve every platform whose tokens are set; without any, open the console."""
    from bot import serving  # noqa: PLC0415 - keeps the other commands quick

    settings, shelves = all_or_fail()
    if settings.secrets.discord or settings.secrets.slack:
        if settings.database == MEMORY:
            fail([IN_MEMORY])
        _run(serving.serve(settings, shelves))
        return
    begun = b"" if sys.stdin and sys.stdin.isatty() else _first_input()
    if begun is None:
        fail([NO_TOKENS])
    _chat(settings, shelves, name="You", moderator=True, community="local", now=None, begun=begun)


@main.command()
@click.option("--as", "name", default="You", help="Who types.")
@click.option("--moderator", is_flag=True, help="Whoever types is a moderator.")
@click.option("--community", default="local", help="The name of the console's community.")
@click.option(
    "--now", default=None, help="Stand still at this time, as in 2026-11-24T09:00; /clock moves it."
)
def chat(name: str, community: str, now: str | None, *, moderator: bool) -> None:
    """Talk to the bot in this terminal."""
    settings, shelves = all_or_fail()
    at = _moment(now, settings)
    _chat(settings, shelves, name=name, moderator=moderator, community=community, now=at)


@main.command()
def check() -> None:
    """Check settings, content, database, tokens and permissions; tell every fault at once."""
    from bot.checking import check as examine  # noqa: PLC0415 - keeps the other commands quick

    found = examine(TOML, os.environ)
    for note in found.notes:
        click.echo(note)
    if found.faults:
        fail(found.faults)
    click.echo("Settings, content, database and tokens are in order.")


@main.command()
@click.option("--only", multiple=True, metavar="NAME", help="Measure this family alone; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
@click.option("--quick", is_flag=True, help="Take a twentieth of everything, for rougher figures.")
def bench(only: tuple[str, ...], *, as_json: bool, quick: bool) -> None:
    """Measure the figures this project is held to, each beside a floor measured in the same run."""
    from bot.bench import families, report  # noqa: PLC0415 - keeps the other commands quick

    unknown = [each for each in only if each not in families.FAMILIES]
    if unknown:
        fail([f"There is no family {unknown[0]!r} to measure. There are: {', '.join(families.FAMILIES)}."])
    report.run(only, as_json=as_json, quick=quick)


@main.command("slack-manifest")
@click.option("--request-url", default=None, help="Where Slack sends its requests, instead of Socket Mode.")
def slack_manifest(request_url: str | None) -> None:
    """Print the manifest that makes the Slack app."""
    from bot import describing  # noqa: PLC0415 - keeps the other commands quick

    try:
        manifest = describing.slack_manifest(str(settings_or_fail().values["slack.prefix"]), request_url)
    except ValueError as fault:
        fail([str(fault)])
    click.echo(manifest)


@main.command("discord-invite")
@click.argument("application_id")
def discord_invite(application_id: str) -> None:
    """Print the address that invites the bot to a Discord server, with the permissions it needs."""
    from bot import describing  # noqa: PLC0415 - keeps the other commands quick

    try:
        address = describing.discord_invite(application_id)
    except ValueError as fault:
        fail([str(fault)])
    click.echo(address)


def _chat(
    settings: Settings,
    shelves: Sequence[Shelf],
    *,
    name: str,
    moderator: bool,
    community: str,
    now: int | None,
    begun: bytes = b"",
) -> None:
    from bot import chatting  # noqa: PLC0415 - keeps the other commands quick

    if not re.fullmatch(r"[\w .-]{1,40}", community) or not name.strip() or len(name) > 40:  # noqa: PLR2004 - a name
        fail(
            [
                "A name and a community have 1 to 40 characters; a community has letters, digits, spaces, . and -."
            ]
        )
    _run(
        chatting.chat(
            settings, shelves, name=name, moderator=moderator, community=community, now=now, begun=begun
        )
    )


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except (StartFault, DatabaseFault) as fault:
        fail([str(fault)])


def _moment(text: str | None, settings: Settings) -> int | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail([f"--now {text!r} is not a time; it looks like 2026-11-24T09:00."])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(str(settings.values["community.zone"])))
    return int(moment.timestamp())


def _first_input() -> bytes | None:
    """Read what comes first on standard input; None where there is none at all."""
    try:
        return os.read(0, 65_536) or None
    except OSError:
        return None


for _command in (*COMMANDS, import_pages):
    main.add_command(_command)
