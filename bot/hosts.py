"""What the commands of a host share: settings, content, and the way out with a sentence for each fault."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from bot import logs
from bot.core.library import Shelf
from bot.settings import Settings, SettingsFaults, load, read
from content.loader import LibraryFaults
from content.loader import load as load_library
from storage.database import MEMORY
from storage.examining import examine
from storage.faults import DatabaseFault

TOML = Path("bot.toml")


def settings_or_fail() -> Settings:
    """Read the settings and set up the logs; ends the process where anything is wrong with them."""
    try:
        settings = load(TOML, os.environ)
    except SettingsFaults as faults:
        fail(faults.faults)
    _logs(settings)
    return settings


def all_or_fail() -> tuple[Settings, Sequence[Shelf]]:
    """Read the settings, load the library and look at the database; ends the process with every fault at once."""
    settings, faults = read(TOML, os.environ)
    shelves: Sequence[Shelf] = ()
    try:
        shelves = load_library().shelves
    except LibraryFaults as found:
        faults += map(str, found.faults)
    try:
        if settings.database not in {"", MEMORY}:
            examine(settings.database, thorough=False)
    except DatabaseFault as fault:
        faults.append(str(fault))
    if faults:
        fail(faults)
    _logs(settings)
    return settings, shelves


def shelves_or_fail() -> Sequence[Shelf]:
    """Load the library that ships; ends the process where anything is wrong with it."""
    try:
        return load_library().shelves
    except LibraryFaults as faults:
        fail(list(map(str, faults.faults)))


def fail(faults: Sequence[str]) -> NoReturn:
    """Tell every fault on standard error, without a trace, and end with 1."""
    for fault in faults:
        click.echo(logs.redact(fault), err=True)
    sys.exit(1)


def known_communities(database: str, community: str | None) -> list[str]:
    """List the communities there are. Raises DatabaseFault where the one that is named is none of them."""
    from bot.core.names import closest  # noqa: PLC0415 - keeps the other commands quick
    from storage.exporting import communities  # noqa: PLC0415 - the same

    known = communities(database)
    if community is None or community in known:
        return known
    near = closest(community, known)
    meant = f" Did you mean {near}?" if near else ""
    listed = f" It holds {', '.join(known)}." if known else " It holds none yet."
    raise DatabaseFault(f"The database {database} holds no community {community}.{meant}{listed}")


def _logs(settings: Settings) -> None:
    logs.set_up(settings.log_level)
    logs.hide(settings.secrets.every)
