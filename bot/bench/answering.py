"""Answers: 128 members press at once, each on one standing round after the other, half of them right."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from bot.bench import floors
from bot.bench.ground import MEMBERS, NOW, PLACE, database, house, percentile, ports_of, standing_rounds
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core.events import Actor, ButtonPressed
from bot.core.tokens import token
from bot.desk import DeskOfCore
from storage.store import Store

ROUNDS = 160


def measure(pace: Pace) -> Iterator[Row]:
    """Measure from the event to its effects, durable."""
    rounds = pace.size(ROUNDS)

    def fill(store: Store) -> None:
        with store.transaction():
            standing_rounds(ports_of(store), rounds)

    floor = floors.raw_commits(pace.seconds, each=MEMBERS)
    pace.show(0.5, "answers pressed")
    with database(fill) as path:
        took, seconds = asyncio.run(_pressed(path, rounds, pace))
    name = "answers pressed, 128 at once"
    yield Row(
        name=name, measured=len(took) / seconds, unit="/s", floor=floor, floor_of="raw rows in batches", least=10_000
    )  # fmt: skip
    yield Row(
        name=f"{name}, p99", measured=1000 * percentile(took, 0.99), unit="ms", floor=1000 * MEMBERS / floor,
        floor_of="raw batch", most=50,
    )  # fmt: skip


async def _pressed(path: Path, rounds: int, pace: Pace) -> tuple[list[float], float]:
    """Give the seconds each press took, and all of them together."""
    took: list[float] = []
    tokens = {
        (number, option): str(token("quiz:answer", number, option))
        for number in range(1, rounds + 1)
        for option in range(2)
    }

    async def member(desk: DeskOfCore, number: int) -> None:
        actor = Actor(id=f"member {number}", name="A member")
        for round_ in range(1, rounds + 1):
            begun = time.perf_counter()
            pressed = tokens[round_, number % 2]
            await desk.ask(ButtonPressed(place=PLACE, actor=actor, at=NOW + 1, token=pressed))
            took.append(time.perf_counter() - begun)
            if number == 0:
                pace.show(0.5 + round_ / rounds / 2, "answers pressed")

    async with house(path) as opened:
        begun = time.perf_counter()
        await asyncio.gather(*(member(opened.desk, number) for number in range(MEMBERS)))
        return took, time.perf_counter() - begun
