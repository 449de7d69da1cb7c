"""The figures themselves: answers, one command, the core alone, one durable write."""

import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.clock import StandingClock
from bot.bench import floors
from bot.bench.rows import Row
from bot.core import commands
from bot.core.cards import Quoted, line, say
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.effects import Effect, Show
from bot.core.events import Actor, ButtonPressed, CommandUsed, Place
from bot.core.ports import Ports, Rules
from bot.core.registry import Command, Parameter, Registry
from bot.core.request import Request
from bot.core.rounds import Given, Mode, Question, State
from bot.core.tokens import token
from bot.desk import DeskOfCore
from bot.house import SWITCH
from bot.runner import CoreThread
from content.loader import load as load_library
from storage.store import MEMORY, Store

NOW = 1_795_550_400
MEMBERS = 128
PLACE = Place(community="bench:1", channel="general")
ANA = Actor(id="ana", name="Ana")
_GIVEN = Given(0, right=False)
_QUESTION = Question(
    kind="who",
    item="bench",
    title="Who said it?",
    solved="Who said it? Ada",
    ask=(say("Who said “…”?"),),
    options=("Ada", "Ben", "Cem", "Dee"),
    right=0,
    solution="Ada",
    reveal=(say("In the article:"), Quoted("A sentence that holds the words.")),
    asked_grade="Grade A: verified in the primary source.",
    grade="Grade A: verified in the primary source.",
    footer="Source: the bench",
)


def answers(*, quick: bool) -> Sequence[Row]:
    """Press answers to standing rounds, 128 members at once, half of them right."""
    floor = floors.raw_commits(_seconds(quick=quick), each=MEMBERS)
    rate, p99 = asyncio.run(_pressed(rounds=20 if quick else 160))
    name = "answers pressed, 128 at once"
    return (
        Row(name=name, measured=rate, unit="/s", floor=floor, floor_of="raw rows in batches", least=10_000),
        Row(
            name=f"{name}, p99",
            measured=p99,
            unit="ms",
            floor=1000 * MEMBERS / floor,
            floor_of="raw batch",
            most=50,
        ),
    )


def one_command(*, quick: bool) -> Sequence[Row]:
    """Use /quote alone, from the event to its effects."""
    floor = 1000 / floors.raw_commits(_seconds(quick=quick))
    p50, p99 = asyncio.run(_alone(times=200 if quick else 3_000))
    return (
        Row(name="one command, p50", measured=p50, unit="ms", floor=floor, floor_of="raw commit", most=1),
        Row(name="one command, p99", measured=p99, unit="ms", floor=floor, floor_of="raw commit", most=5),
    )


def core_alone(*, quick: bool) -> Sequence[Row]:
    """Parse, authorise, route and handle without storage, with 1 and with 500 commands registered."""
    floor = floors.lookups(_seconds(quick=quick))
    return tuple(
        Row(
            name=f"the core alone, {count} registered",
            measured=_handled(count, _seconds(quick=quick)),
            unit="/s",
            floor=floor,
            floor_of="look-up and await",
            least=50_000,
        )
        for count in (1, 500)
    )


def durable_write(*, quick: bool) -> Sequence[Row]:
    """Write one durable row: bare, through the port, through the core thread, and through it 128 at once."""
    seconds = _seconds(quick=quick)
    floor = floors.raw_commits(seconds)
    through_port = _through_port(seconds)
    alone = asyncio.run(_through_thread(1, seconds))
    together = asyncio.run(_through_thread(MEMBERS, seconds))
    rows = (("through the port", through_port, 0.85), ("through the core thread", alone, 0.6))
    return (
        *(
            Row(name=f"one durable write {how}", measured=rate, unit="/s", floor=floor, floor_of="raw commit", least=share * floor)
            for how, rate, share in rows
        ),
        Row(name="durable writes, 128 at once", measured=together, unit="/s", floor=floor, floor_of="raw commit", least=10 * floor),
    )  # fmt: skip


def _seconds(*, quick: bool) -> float:
    return 0.2 if quick else 2.0


@asynccontextmanager
async def _open(registry: Registry, rounds: int = 0) -> AsyncIterator[DeskOfCore]:
    """Open a desk on a database file of its own, with the bundled library and so many standing rounds in it."""
    sys.setswitchinterval(SWITCH)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        store = Store(path)
        store.stock(load_library().shelves)
        with store.transaction():
            _open_rounds(store.ports(random.Random(1), Rules()), rounds)  # noqa: S311 - a shuffle that is the same each time
        store.close()

        def starting() -> tuple[Store, Core]:
            store = Store(path)
            return store, Core(store.ports(random.Random(1), Rules()), registry)  # noqa: S311 - the same

        thread = CoreThread(starting)
        desk = DeskOfCore(thread, StandingClock(NOW))
        await desk.open()
        try:
            yield desk
        finally:
            await thread.stop()


def _open_rounds(ports: Ports, count: int) -> None:
    for number in range(1, count + 1):
        ports.rounds.add(
            PLACE.community,
            channel=PLACE.channel,
            mode=Mode.STANDING,
            typed=False,
            question=_QUESTION,
            asker="mia",
            at=NOW,
            seconds=86_400,
            message=None,
        )
        ports.rounds.move(number, State.OPEN, closes_at=NOW + 86_400)


async def _pressed(rounds: int) -> tuple[float, float]:
    """Give answers a second, and the 99th percentile of the time each took, in milliseconds."""
    took: list[float] = []

    async def member(desk: DeskOfCore, number: int) -> None:
        actor = Actor(id=f"member {number}", name="A member")
        for round_ in range(1, rounds + 1):
            begun = time.perf_counter()
            pressed = str(token("quiz:answer", round_, number % 2))
            await desk.ask(ButtonPressed(place=PLACE, actor=actor, at=NOW + 1, token=pressed))
            took.append(time.perf_counter() - begun)

    async with _open(catalogue(), rounds) as desk:
        begun = time.perf_counter()
        await asyncio.gather(*(member(desk, number) for number in range(MEMBERS)))
        seconds = time.perf_counter() - begun
    return len(took) / seconds, 1000 * _percentile(took, 0.99)


async def _alone(times: int) -> tuple[float, float]:
    took = []
    async with _open(catalogue()) as desk:
        for _ in range(times):
            begun = time.perf_counter()
            await desk.ask(CommandUsed(place=PLACE, actor=ANA, at=NOW, command="quote"))
            took.append(time.perf_counter() - begun)
    return 1000 * _percentile(took, 0.5), 1000 * _percentile(took, 0.99)


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
    ports = store.ports(random.Random(1), Rules())  # noqa: S311 - the same each time
    used = CommandUsed(place=PLACE, actor=ANA, at=NOW, command=f"command{count - 1}", text="about:pluralism")
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for _ in range(500):
            commands.use(registry, ports, used)
        done += 500
    store.close()
    return done / (time.perf_counter() - begun)


def _through_port(seconds: float) -> float:
    """Count rows a second, each in a transaction of its own, written through the port."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "bench.db")
        ports = store.ports(random.Random(1), Rules())  # noqa: S311 - the same each time
        with store.transaction():
            _open_rounds(ports, 1)
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds:
            with store.transaction():
                _write(ports, done)
            done += 1
        took = time.perf_counter() - begun
        store.close()
    return done / took


async def _through_thread(at_once: int, seconds: float) -> float:
    """Count rows a second, each one event, with so many waiting at any time."""
    numbers = itertools.count()

    def note(request: Request) -> Sequence[Effect]:
        _write(request.ports, next(numbers))
        return ()

    registry = Registry((Command(name="note", help="Note", example="/note", handler=note),))

    async def member(desk: DeskOfCore, until: float) -> int:
        done = 0
        while time.perf_counter() < until:
            await desk.ask(CommandUsed(place=PLACE, actor=ANA, at=NOW, command="note"))
            done += 1
        return done

    async with _open(registry, rounds=1) as desk:
        begun = time.perf_counter()
        done = await asyncio.gather(*(member(desk, begun + seconds) for _ in range(at_once)))
        return sum(done) / (time.perf_counter() - begun)


def _write(ports: Ports, number: int) -> None:
    """Write one durable row, the smallest that the bot has."""
    ports.rounds.give(1, f"member {number}", _GIVEN, NOW)


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
