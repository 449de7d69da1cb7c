"""Programmes through `kill -9`: the bot in a process of its own, killed at random moments while platforms answer late.

The process is the very `python -m bot run`, on a database file, on the local Discord and the local Slack of the tests.
Programmes fall due in each of its lives. At the end every slot must have one post, and every post a slot.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.bench import local
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core import slots
from bot.core.ports import Programme, Rules
from storage.store import Store, open_reader

if TYPE_CHECKING:
    from tests.local_discord import LocalDiscord
    from tests.local_slack import LocalSlack
    from tests.processes import QuickBot

SLOTS = 240
EACH_LIFE = 4
"""Programmes that fall due in one life, half of them on each platform."""
LONGEST_LIFE = 1.2
"""Seconds after which the process is killed at the latest, counted from its connection to Discord."""
LATEST = 0.25
"""Seconds by which a platform's answer is late at most, before the call has taken effect, and again after."""
PATIENCE = 120.0
"""Seconds in which the last life, which nobody ends, is to have settled everything."""
KINDS = ("prompt", "quote", "excerpt", "quiz")
_OPEN = """
SELECT (SELECT count(*) FROM programme_posts WHERE state = 'due')
  + (SELECT count(*) FROM programmes WHERE next_at <= ?)
"""
_POSTED = """
SELECT p.programme, m.ref_message FROM programme_posts AS p JOIN messages AS m ON m.id = p.message WHERE p.state = 'posted'
"""


class Count(NamedTuple):
    """What became of the slots: how many there were, without a post, with a post too many, and how often it was killed."""

    slots: int
    lost: int
    doubled: int
    kills: int


def measure(pace: Pace) -> Sequence[Row]:
    """Kill the bot again and again while programmes fall due; count the slots that have exactly one post."""
    pace.show(0.1, "programmes through kills")
    count = asyncio.run(_count(pace.size(SLOTS, EACH_LIFE), pace))
    right = count.slots - count.lost - count.doubled
    name = f"slots posted once, {count.kills} kills: {count.lost} lost, {count.doubled} doubled"
    return (
        Row(
            name=name,
            measured=right,
            unit="slots",
            floor=count.slots,
            floor_of="slots due",
            least=count.slots,
        ),
    )


async def _count(wanted: int, pace: Pace) -> Count:
    local_discord, local_slack = local.discord(), local.slack()
    with tempfile.TemporaryDirectory() as folder:
        async with (
            local_discord.LocalDiscord(clock=local_discord.Clock.running(), check_specs=False) as discord,
            local_slack.LocalSlack(check_specs=False) as slack,
        ):
            return await Ordeal(Path(folder), discord, slack).go_through(wanted, pace)


class Ordeal:
    """One database, the bot's lives on it, and the two platforms that it posts to."""

    def __init__(self, folder: Path, discord: LocalDiscord, slack: LocalSlack) -> None:
        from tests.processes import QuickBot, on_discord, on_slack, prepare  # noqa: PLC0415 - a host has no tests

        self._chance = random.Random()  # noqa: S311 - the moments of the kills
        self._path = prepare(folder)
        self._bot: QuickBot = QuickBot(folder, {**on_discord(discord), **on_slack(slack)})
        self._discord, self._slack = discord, slack
        self._channels = (discord.channel("programmes"), slack.channel("programmes"))
        self._places = (
            (f"discord:{discord.home.id}", self._channels[0].id),
            (f"slack:{slack.team_id}", self._channels[1].id),
        )
        self._planned: list[int] = []
        for platform in (discord, slack):
            platform.be_late(lambda: (self._chance.uniform(0, LATEST), self._chance.uniform(0, LATEST)))

    async def go_through(self, wanted: int, pace: Pace) -> Count:
        """Live and die until so many slots have come, then once more to the end of all; gives what is found then."""
        kills = 0
        while len(self._planned) < wanted:
            self._plan(min(EACH_LIFE, wanted - len(self._planned)))
            await self._life()
            kills += 1
            pace.show(len(self._planned) / wanted, "programmes through kills")
        self._bot.start()
        until = time.monotonic() + PATIENCE
        while self._read(_OPEN, int(time.time())) != [(0,)] and time.monotonic() < until:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.1)
        await asyncio.to_thread(self._bot.stop)
        return self._found(kills)

    async def _life(self) -> None:
        self._bot.start()
        if self._chance.random() < 0.9:  # noqa: PLR2004 - now and then it dies before it is connected
            await self._discord.ready()
        await asyncio.sleep(self._chance.uniform(0, LONGEST_LIFE))
        await asyncio.to_thread(self._bot.kill)
        await self._discord.gone()

    def _plan(self, count: int) -> None:
        """Let programmes fall due in the seconds to come."""
        now = int(time.time())
        slot = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M")
        store = Store(self._path)
        with store.transaction():
            ports = store.ports(self._chance, Rules())
            for _ in range(count):
                number = len(self._planned)
                community, channel = self._places[number % 2]
                programme = Programme(
                    community=community, name=f"Slot {number}", text=f"Slot {number}", channel=channel,
                    kind=KINDS[number // 2 % len(KINDS)], days=slots.EVERY_DAY, time=slot[11:], zone="UTC",
                    next_slot=slot, next_at=now + self._chance.randint(0, 2),
                )  # fmt: skip
                self._planned.append(ports.programmes.add(community, programme))
        store.close()

    def _found(self, kills: int) -> Count:
        """Compare the ledger with what stands in the channels."""
        told = dict(self._read(_POSTED))
        discord, slack = self._channels
        standing: list[object] = [
            *(message.id for message in discord.messages if message.author is self._discord.bot),
            *(message.ts for message in slack.messages if message.from_app),
        ]
        lost = [number for number in self._planned if told.get(number) not in standing]
        return Count(len(self._planned), len(lost), len(standing) - len(self._planned) + len(lost), kills)

    def _read(self, query: str, *values: int) -> list[Any]:
        reader = open_reader(self._path)
        try:
            return [tuple(row) for row in reader.execute(query, values).fetchall()]
        finally:
            reader.close()
