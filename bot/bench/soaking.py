"""A day of ordinary traffic on both platforms, in minutes: what is left of it in memory, files, threads and tasks."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.bench.both import on_both
from bot.bench.pace import Pace
from bot.bench.process import Bot
from bot.bench.rows import Row

EVENTS = 6_000
AT_ONCE = 16
CHANNELS = 16
WARM = 0.4
"""The share of the traffic after which everything that is kept is expected to be there."""
COMMANDS: Sequence[tuple[str, dict[str, str]]] = (
    ("quote", {}), ("quote", {"about": "pluralism"}), ("excerpt", {}), ("quiz", {"kind": "who"}), ("quiz", {"kind": "fact"}),
    ("score", {}), ("leaderboard", {}), ("search", {"text": "regiments"}), ("search", {"text": "nobody wrote thiz"}),
    ("saved", {}), ("review", {}), ("help", {}), ("read", {}),
)  # fmt: skip
PRESSED = frozenset(
    {"Another", "In context", "Save", "I’ve read it", "Read on", "Around me", "This month", "My result"}
)

Turn = Callable[[random.Random], Awaitable[None]]
"""Lets somebody use a command, and press something on what they are shown."""


@dataclass(frozen=True, slots=True)
class State:
    """What a bot holds at some moment."""

    megabytes: float
    files: int
    threads: int
    tasks: int


def measure(pace: Pace) -> Iterator[Row]:
    """Measure what is resident after it all, and what has grown since everything was warm."""
    warm, end, events = asyncio.run(_soaked(pace))
    name = f"after {events:,} events on both platforms"
    grown = (
        ("memory", "MB", warm.megabytes, end.megabytes, 20),
        ("files", "", warm.files, end.files, 8),
        ("threads", "", warm.threads, end.threads, 4),
        ("tasks", "", warm.tasks, end.tasks, 20),
    )
    yield Row(
        name=f"memory, {name}", measured=end.megabytes, unit="MB", floor=warm.megabytes, floor_of="when warm", most=200
    )  # fmt: skip
    for what, unit, before, after, most in grown:
        yield Row(
            name=f"{what} grown, {name}", measured=max(after - before, 0), unit=unit, floor=before, floor_of="when warm", most=most
        )  # fmt: skip


async def _soaked(pace: Pace) -> tuple[State, State, int]:
    """Give what the bot holds when warm and at the end, and how many turns were taken."""
    count = pace.size(EVENTS, 2 * AT_ONCE)
    async with on_both() as (bot, discord, slack):
        turns = [_on_discord(discord, number) for number in range(AT_ONCE // 2)]
        turns += [_on_slack(slack, number) for number in range(AT_ONCE // 2)]
        await _take(turns, int(count * WARM), pace, 0.0)
        warm = await _settled(bot, pace)
        await _take(turns, count - int(count * WARM), pace, WARM)
        return warm, await _settled(bot, pace), count


async def _take(turns: list[Turn], count: int, pace: Pace, done: float) -> None:
    left = iter(range(count))

    async def one(turn: Turn, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same traffic each time
        for number in left:
            await turn(chance)
            pace.show(done + number / count * (1 - WARM), "a day of traffic")

    await asyncio.gather(*(one(turn, count + seed) for seed, turn in enumerate(turns)))


async def _settled(bot: Bot, pace: Pace) -> State:
    """Wait until nothing more comes to its end (Slack takes one post a second and channel); gives what is held then."""
    tasks, before = await asyncio.to_thread(bot.metric, "tasks"), 0
    while tasks != before:
        await asyncio.sleep(pace.seconds)
        before, tasks = tasks, await asyncio.to_thread(bot.metric, "tasks")
    return State(bot.megabytes, bot.files, bot.threads, tasks)


def _on_discord(server: Any, number: int) -> Turn:
    person = server.person(f"Member {number}").at(server.channel(f"room {number % CHANNELS}"))

    async def turn(chance: random.Random) -> None:
        command, values = chance.choice(COMMANDS)
        shown = await (await person.slash(command, values)).finished()
        labels = [each for each in shown.labels if each in PRESSED]
        if labels:
            await (await person.press(shown, chance.choice(labels))).answered()

    return turn


def _on_slack(server: Any, number: int) -> Turn:
    person, channel = server.person(f"Reader {number}"), server.channel(f"room {number % CHANNELS}")

    async def turn(chance: random.Random) -> None:
        command, values = chance.choice(COMMANDS)
        text = " ".join(f'{key}:"{value}"' for key, value in values.items())
        used = await person.slash(f"/hr-{command}", text, channel=channel)
        if used.failed:
            raise RuntimeError(f"a command on Slack was not acknowledged: {used.failed}")

    return turn
