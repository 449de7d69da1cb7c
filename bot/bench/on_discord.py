"""Presses on Discord: the real client against the local gateway, which notes when its heartbeats come."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bot.bench import local
from bot.bench.both import discord_environment
from bot.bench.pace import Pace
from bot.bench.pressing import ALONE, ROUNDS, Tally, members, press_all
from bot.bench.process import running
from bot.bench.rows import Row

BEAT = 1.0
"""Seconds between the heartbeats that the gateway asks for; Discord’s own asks for 41."""


def measure(pace: Pace) -> Iterator[Row]:
    """Measure the presses, and by how much a heartbeat was late."""
    tally = asyncio.run(_pressed(pace))
    yield from tally.rows("Discord")
    yield Row(
        name="heartbeats on Discord, latest", measured=1000 * tally.late, unit="ms late", floor=1000 * BEAT,
        floor_of="between two", most=1000 * BEAT,
    )  # fmt: skip


async def _pressed(pace: Pace) -> Tally:
    discord = local.discord()
    async with (
        discord.LocalDiscord(clock=discord.Clock.running(), heartbeat_interval=BEAT) as server,
        running(discord_environment(server)) as bot,
    ):
        mia = server.person("Mia", permissions=discord.Permission.MANAGE_GUILD)
        cards = [
            await (await mia.slash("quiz", {"kind": "who", "open": "1h"})).finished() for _ in range(ROUNDS)
        ]
        people = [server.person(f"Member {number}") for number in range(members(pace) + ALONE)]

        async def press(member: int, round_: int, label: str) -> float:
            pressed = await people[member].press(cards[round_], label)
            return float((await pressed.answered()).answered_after)

        labels = [card.labels[:4] for card in cards]
        tally = await press_all(pace, press, labels, bot.database)
        tally.late = _latest(server)
        if server.violations:
            raise RuntimeError(f"the local Discord refused: {server.violations[:3]}")
        return tally


def _latest(server: Any) -> float:
    """Say by how many seconds the latest heartbeat came after its time."""
    beats = [each.at for each in server.heartbeats]
    return max((later - earlier - BEAT for earlier, later in pairwise(beats)), default=0.0)
