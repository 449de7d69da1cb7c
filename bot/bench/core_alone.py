"""The core alone, without storage: parse, authorise, route and handle."""

import time
from collections.abc import Iterator

from bot.bench import floors
from bot.bench.ground import ANA, NOW, PLACE, ports_of
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core import commands
from bot.core.cards import line
from bot.core.effects import Show
from bot.core.events import CommandUsed
from bot.core.registry import Command, Parameter, Registry
from storage.store import MEMORY, Store


def measure(pace: Pace) -> Iterator[Row]:
    """Measure with 1 and with 500 commands registered."""
    floor = floors.lookups(pace.seconds)
    for count in pace.through((1, 500), 2, "the core alone"):
        yield Row(
            name=f"the core alone, {count} registered", measured=_handled(count, pace.seconds), unit="/s", floor=floor,
            floor_of="look-up and await", least=50_000,
        )  # fmt: skip


def _handled(count: int, seconds: float) -> float:
    """Count commands a second through parsing, rights and routing, with so many registered."""
    answer = (Show(card=line("Noted.")),)
    parameters = (Parameter(name="about", help="A topic"),)
    registry = Registry(
        Command(
            name=f"command{number}", help="h", example="e", parameters=parameters, handler=lambda _: answer
        )
        for number in range(count)
    )
    store = Store(MEMORY)
    ports = ports_of(store)
    used = CommandUsed(place=PLACE, actor=ANA, at=NOW, command=f"command{count - 1}", text="about:pluralism")
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for _ in range(500):
            commands.use(registry, ports, used)
        done += 500
    store.close()
    return done / (time.perf_counter() - begun)
