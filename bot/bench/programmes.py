"""10,000 programmes: the start with them, and 1,000 of them that fall due at the same moment."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from adapters.base import Unfetched
from bot.bench import floors
from bot.bench.ground import DAY, NOW, database, house, ports_of
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.core.effects import Deliver, Post
from bot.core.events import Attachment, MessageRef
from bot.core.ports import Programme
from storage.store import Store

PROGRAMMES = 10_000
DUE = 1_000
EACH = 10
"""Programmes of one community."""
KINDS = ("excerpt", "quote", "quiz", "prompt", "leaderboard")
_TODAY, _TOMORROW = "2026-11-24T20:00", "2026-11-25T20:00"


class _Listener:
    """A platform on which every delivery arrives at once."""

    name = "bench"

    def __init__(self, due: int, pace: Pace) -> None:
        self.posts = 0
        self._due = due
        self._pace = pace

    async def start(self) -> None:
        """Be there."""

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Take a delivery."""
        self.posts += isinstance(delivery.call, Post)
        self._pace.show(min(0.4 + 0.6 * self.posts / self._due, 1.0), "programmes due")
        return delivery.message or MessageRef("general", str(delivery.id))

    async def fetch(self, file: Attachment, most: int) -> bytes:
        """Have no files."""
        raise Unfetched(f"{file.name} is not here, nor are its first {most} bytes")

    def trouble(self) -> str:
        """Have none."""
        return ""

    async def stop(self) -> None:
        """Be gone."""


def measure(pace: Pace) -> Iterator[Row]:
    """Measure to the moment when the last post has reached its platform."""
    count, due = pace.size(PROGRAMMES), pace.size(DUE)
    floor = floors.raw_commits(pace.seconds)
    pace.show(0.1, "10,000 programmes")
    with database(lambda store: _plan(store, count, due)) as path:
        pace.show(0.4, "programmes due")
        started, fired = asyncio.run(_fired(path, due, pace))
    yield Row(
        name=f"start with {count:,} programmes", measured=started, unit="s", floor=1 / floor, floor_of="raw commit", most=5
    )  # fmt: skip
    yield Row(
        name=f"{due:,} of them due at once, posted", measured=fired, unit="s", floor=due / floor,
        floor_of="as many raw commits", most=5,
    )  # fmt: skip


def _plan(store: Store, count: int, due: int) -> None:
    """Write programmes of all kinds, every tenth of which falls due at once."""
    ports = ports_of(store)
    with store.transaction():
        for number in range(count):
            community = f"bench:{number // EACH}"
            comes = number % EACH == 0 and number // EACH < due
            programme = Programme(
                community=community, name=f"Programme {number % EACH}", kind=KINDS[number // EACH % len(KINDS)],
                channel="general", days=127, time="20:00", zone="Europe/London",
                next_slot=_TODAY if comes else _TOMORROW, next_at=NOW + (60 if comes else DAY),
            )  # fmt: skip
            ports.programmes.add(community, programme)


async def _fired(path: Path, due: int, pace: Pace) -> tuple[float, float]:
    """Give the seconds that the start took, and those until every post was made."""
    listener = _Listener(due, pace)
    begun = time.perf_counter()
    async with house(path) as opened:
        await opened.begin([listener])
        started = time.perf_counter() - begun
        begun = time.perf_counter()
        await opened.clock.advance(120)
        fired = time.perf_counter() - begun
        if listener.posts < due:
            raise RuntimeError(f"only {listener.posts} of {due} programmes have posted")
        return started, fired
