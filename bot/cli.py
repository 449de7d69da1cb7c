"""`python -m bot`: what a host can type."""

import asyncio
import os
import re
import sys
from collections.abc import Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from adapters.base import StartFault
from bot import logs
from bot.core.library import Shelf
from bot.settings import Settings, SettingsFaults, load
from content.loader import LibraryFaults
from content.loader import load as load_library
from storage.database import DatabaseFault

TOML = Path("bot.toml")
NO_TOKENS = (
    "No token is set, and there is no terminal and no input for the console. Set DISCORD_TOKEN, or SLACK_BOT_TOKEN "
    "and SLACK_APP_TOKEN, or run `python -m bot chat` in a terminal."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run Hundred Regiments, a political-discussion bot for Discord and Slack."""


@main.command()
def run() -> None:
    """Serve every platform whose tokens are set; without any, open the console."""
    from bot import serving  # noqa: PLC0415 - keeps the other commands quick

    settings = _settings()
    if settings.secrets.discord or settings.secrets.slack:
        _run(serving.serve(settings, _shelves()))
        return
    begun = b"" if sys.stdin and sys.stdin.isatty() else _first_input()
    if begun is None:
        _fail([NO_TOKENS])
    _chat(settings, name="You", moderator=True, community="local", now=None, begun=begun)


@main.command()
@click.option("--as", "name", default="You", help="Who types.")
@click.option("--moderator", is_flag=True, help="Whoever types is a moderator.")
@click.option("--community", default="local", help="The name of the console's community.")
@click.option(
    "--now", default=None, help="Stand still at this time, as in 2026-11-24T09:00; /clock moves it."
)
def chat(name: str, community: str, now: str | None, *, moderator: bool) -> None:
    """Talk to the bot in this terminal."""
    settings = _settings()
    _chat(settings, name=name, moderator=moderator, community=community, now=_moment(now, settings))


@main.command()
def check() -> None:
    """Check settings, content, tokens and permissions; tell every fault at once."""
    from bot.checking import check as examine  # noqa: PLC0415 - keeps the other commands quick

    faults, notes = examine(TOML, os.environ)
    for note in notes:
        click.echo(note)
    if faults:
        _fail(faults)
    click.echo("Settings and content are in order.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
@click.option("--quick", is_flag=True, help="Take a tenth of the time, for rougher figures.")
def bench(*, as_json: bool, quick: bool) -> None:
    """Measure the figures this project is held to, each beside a floor measured in the same run."""
    from bot.bench.report import run as measure  # noqa: PLC0415 - keeps the other commands quick

    measure(as_json=as_json, quick=quick)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the database to FILE, also while the bot runs, and verify the copy."""
    from storage.keeping import backup as keep  # noqa: PLC0415 - keeps the other commands quick

    settings = _settings()
    try:
        size = keep(settings.database, file)
    except DatabaseFault as fault:
        _fail([str(fault)])
    click.echo(f"{file} holds a verified copy of {settings.database}: {size:,} bytes.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database, which is kept aside; the bot must be stopped."""
    from storage.keeping import restore as put_back  # noqa: PLC0415 - keeps the other commands quick

    settings = _settings()
    try:
        kept = put_back(file, Path(settings.database))
    except DatabaseFault as fault:
        _fail([str(fault)])
    aside = f" The old one is kept as {kept}." if kept else ""
    click.echo(f"{settings.database} is restored from {file}.{aside}")


@main.command("slack-manifest")
@click.option("--request-url", default=None, help="Where Slack sends its requests, instead of Socket Mode.")
def slack_manifest(request_url: str | None) -> None:
    """Print the manifest that makes the Slack app."""
    from bot import describing  # noqa: PLC0415 - keeps the other commands quick

    click.echo(describing.slack_manifest(str(_settings().values["slack.prefix"]), request_url))


@main.command("discord-invite")
@click.argument("application_id")
def discord_invite(application_id: str) -> None:
    """Print the address that invites the bot to a Discord server, with the permissions it needs."""
    from bot import describing  # noqa: PLC0415 - keeps the other commands quick

    click.echo(describing.discord_invite(application_id))


def _chat(
    settings: Settings, *, name: str, moderator: bool, community: str, now: int | None, begun: bytes = b""
) -> None:
    from bot import chatting  # noqa: PLC0415 - keeps the other commands quick

    if not re.fullmatch(r"[\w .-]{1,40}", community) or not name.strip() or len(name) > 40:  # noqa: PLR2004 - a name
        _fail(
            [
                "A name and a community have 1 to 40 characters; a community has letters, digits, spaces, . and -."
            ]
        )
    shelves = _shelves()
    _run(
        chatting.chat(
            settings, shelves, name=name, moderator=moderator, community=community, now=now, begun=begun
        )
    )


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except (StartFault, DatabaseFault) as fault:
        _fail([str(fault)])


def _settings() -> Settings:
    try:
        settings = load(TOML, os.environ)
    except SettingsFaults as faults:
        _fail(faults.faults)
    logs.set_up(settings.log_level)
    return settings


def _shelves() -> Sequence[Shelf]:
    try:
        return load_library().shelves
    except LibraryFaults as faults:
        _fail(list(map(str, faults.faults)))


def _moment(text: str | None, settings: Settings) -> int | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _fail([f"--now {text!r} is not a time; it looks like 2026-11-24T09:00."])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(str(settings.values["community.zone"])))
    return int(moment.timestamp())


def _first_input() -> bytes | None:
    """Read what comes first on standard input; None where there is none at all."""
    try:
        return os.read(0, 65_536) or None
    except OSError:
        return None


def _fail(faults: Sequence[str]) -> NoReturn:
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1)
