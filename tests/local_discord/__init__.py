"""A local Discord that the real discord.py client talks to in tests.

It serves REST and the gateway as Discord's documentation describes them, refuses what Discord refuses with
Discord's codes, and has a scripted side on which people act and look:

    async with LocalDiscord() as server:
        ...  # start a bot with server.environment(), or a client under redirect.pointed_at(server)
        await server.ready()
        ana = server.person("Ana")
        reply = await ana.slash("quiz", kind="who")
        message = await reply.finished()
        await (await ana.press(message, "Another")).answered()  # the message in its new state
        server.clock.advance(45)
        await message.next_edit()  # what the bot does later, on its own

What `answered`, `finished`, `next_message`, `next_edit` and `next_followup` return counts as seen; the `next_`
ones give what is not. Every wait ends with what was awaited or fails after ten seconds with the last requests
and violations.
"""

from tests.local_discord.channels import Channel
from tests.local_discord.clock import Clock
from tests.local_discord.interactions import (
    COMPLETE,
    DEFER,
    DEFER_UPDATE,
    OPEN_MODAL,
    SHOW,
    UPDATE,
    Interaction,
    Modal,
)
from tests.local_discord.messages import Message
from tests.local_discord.model import Guild, Role
from tests.local_discord.options import ClientRefusal
from tests.local_discord.people import Person
from tests.local_discord.permissions import Permission
from tests.local_discord.server import BOT_PERMISSIONS, LocalDiscord
from tests.local_discord.world import Upload

__all__ = [
    "BOT_PERMISSIONS",
    "COMPLETE",
    "DEFER",
    "DEFER_UPDATE",
    "OPEN_MODAL",
    "SHOW",
    "UPDATE",
    "Channel",
    "ClientRefusal",
    "Clock",
    "Guild",
    "Interaction",
    "LocalDiscord",
    "Message",
    "Modal",
    "Permission",
    "Person",
    "Role",
    "Upload",
]
