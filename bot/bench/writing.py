"""One durable write, an answer's row: bare, through the port, and through the core thread alone and 128 at once.

A disk's pace changes from one second to the next, so the four take turns, a short while each.
"""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.bench.ground import ANA, MEMBERS, NOW, PLACE, database, desk, ports_of, standing_rounds
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core.effects import Effect
from bot.core.events import ButtonPressed
from bot.core.ports import Ports
from bot.core.registry import Action, Registry
from bot.core.request import Request
from bot.core.rounds import Given
from bot.desk import DeskOfCore
from storage.database import open_writer
from storage.driver import sqlite3
from storage.store import Store

TURNS = 8
_GIVEN = Given(0, right=False)
_ROW = (
    "INSERT INTO answers (round, member, at, is_right, changes, option, name) VALUES (1, ?, ?, 0, 0, 0, '')"
)
Writing = Callable[[Path, float], tuple[int, float]]
"""Writes rows for so many seconds; gives how many, and the seconds it took."""


def measure(pace: Pace) -> Iterator[Row]:
    """Measure each way of writing against the bare one of the same run, in the same table."""
    ways: dict[str, Writing] = {"raw": _bare, "port": _through_port, "thread": _alone, "together": _together}
    rates = _in_turns(pace, ways)
    floor = rates["raw"]
    asked = (
        ("one durable write through the port", "port", 0.85),
        ("one durable write through the core thread", "thread", 0.6),
        (f"durable writes, {MEMBERS} at once", "together", 10),
    )
    for name, way, share in asked:
        yield Row(
            name=name, measured=rates[way], unit="/s", floor=floor, floor_of="the same row, raw", least=share * floor
        )  # fmt: skip


def _in_turns(pace: Pace, ways: dict[str, Writing]) -> dict[str, float]:
    turns = pace.size(TURNS)
    counts, seconds = dict.fromkeys(ways, 0), dict.fromkeys(ways, 0.0)
    for name, write in pace.through(list(ways.items()) * turns, len(ways) * turns, "durable writes"):
        with database(_one_round) as path:
            done, took = write(path, pace.seconds / turns)
        counts[name] += done
        seconds[name] += took
    return {name: counts[name] / seconds[name] for name in ways}


def _one_round(store: Store) -> None:
    with store.transaction():
        standing_rounds(ports_of(store), 1)


def _bare(path: Path, seconds: float) -> tuple[int, float]:
    connection: sqlite3.Connection = open_writer(path).conn

    def write(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_ROW, (f"member {number}", NOW))
        connection.execute("COMMIT")

    counted = _counted(write, seconds)
    connection.close()
    return counted


def _through_port(path: Path, seconds: float) -> tuple[int, float]:
    store = Store(path)
    ports = ports_of(store)

    def write(number: int) -> None:
        with store.transaction():
            _give(ports, number)

    counted = _counted(write, seconds)
    store.close()
    return counted


def _alone(path: Path, seconds: float) -> tuple[int, float]:
    return asyncio.run(_pressed(path, seconds, at_once=1))


def _together(path: Path, seconds: float) -> tuple[int, float]:
    return asyncio.run(_pressed(path, seconds, at_once=MEMBERS))


def _counted(write: Callable[[int], None], seconds: float) -> tuple[int, float]:
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        write(done)
        done += 1
    return done, time.perf_counter() - begun


async def _pressed(path: Path, seconds: float, *, at_once: int) -> tuple[int, float]:
    """Press a button that writes a row, so many members at once, each as soon as the last is durable."""
    numbers = itertools.count()

    def note(request: Request) -> Sequence[Effect]:
        _give(request.ports, next(numbers))
        return ()

    async def member(opened: DeskOfCore, until: float) -> int:
        done = 0
        while time.perf_counter() < until:
            await opened.ask(ButtonPressed(place=PLACE, actor=ANA, at=NOW, token="1:note:down"))  # noqa: S106 - no secret
            done += 1
        return done

    async with desk(path, Registry((Action(name="note:down", handler=note),))) as opened:
        begun = time.perf_counter()
        done = await asyncio.gather(*(member(opened, begun + seconds) for _ in range(at_once)))
        return sum(done), time.perf_counter() - begun


def _give(ports: Ports, number: int) -> None:
    ports.rounds.give(1, f"member {number}", _GIVEN, NOW)
