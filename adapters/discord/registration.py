"""Telling Discord which commands there are: when they have changed, and at no other time."""

import logging
from typing import Protocol

import discord

from adapters.discord.commands import fingerprint, tree
from bot.core.errors import BotFault
from bot.core.registry import Registry

_log = logging.getLogger(__name__)


class Notebook(Protocol):
    """Where one word is remembered from one start to the next."""

    def read(self, key: str) -> str | None:
        """Give what was written under a key; None when nothing was."""

    def write(self, key: str, value: str) -> None:
        """Write a value under a key, in place of an older one."""


async def synchronise(client: discord.Client, registry: Registry, notebook: Notebook) -> bool:
    """Send the commands to Discord if they are not the ones sent last; gives whether they were sent.

    A refusal is logged and tried again at the next start: the commands sent before stay in place.
    """
    commands, application = tree(registry), client.application_id
    if application is None:
        raise BotFault("commands are sent after the login")
    key, print_now = f"discord:commands:{application}", fingerprint(commands)
    if notebook.read(key) == print_now:
        return False
    try:
        await client.http.bulk_upsert_global_commands(application, payload=commands)
    except discord.HTTPException as error:
        _log.exception(
            "Discord did not take the commands", extra={"status": error.status, "code": error.code}
        )
        return False
    notebook.write(key, print_now)
    _log.info("the commands were sent to Discord", extra={"commands": len(commands)})
    return True
