"""Presses on Slack: the real app in Socket Mode against the local workspace."""

import asyncio
from collections.abc import Iterator

from bot.bench import local
from bot.bench.both import slack_environment
from bot.bench.pace import Pace
from bot.bench.pressing import ALONE, ROUNDS, Tally, members, press_all
from bot.bench.process import running
from bot.bench.rows import Row


def measure(pace: Pace) -> Iterator[Row]:
    """Measure the presses."""
    yield from asyncio.run(_pressed(pace)).rows("Slack")


async def _pressed(pace: Pace) -> Tally:
    slack = local.slack()
    async with slack.LocalSlack() as server, running(slack_environment(server)) as bot:
        people = [server.person(f"Member {number}") for number in range(members(pace) + ALONE)]
        mia = server.person("Mia", admin=True)
        cards = []
        for number in range(ROUNDS):
            channel = server.channel(f"round {number}")
            await mia.slash("/hr-quiz", 'kind:"who" open:"1h"', channel=channel)
            cards.append(await channel.next_message())

        async def press(member: int, round_: int, label: str) -> float:
            pressed = await people[member].press(cards[round_], label)
            if pressed.failed or pressed.acked_after is None:
                raise RuntimeError(f"a press on Slack was not acknowledged: {pressed.failed}")
            return float(pressed.acked_after)

        labels = [slack.labels(card.blocks)[:4] for card in cards]
        tally = await press_all(pace, press, labels, bot.database)
        await asyncio.sleep(0.5)  # the last answers are on their way
        if server.violations:
            raise RuntimeError(f"the local Slack refused: {server.violations[:3]}")
        return tally
