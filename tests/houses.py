"""A whole bot in this process, on a clock that stands still: what most tests talk to."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from adapters.base import Platform
from adapters.clock import StandingClock
from bot.core.library import Shelf
from bot.house import House, open_house
from bot.settings import Settings, Value, load
from content.loader import load as load_library

NOTHING_SET: Mapping[str, Value] = {}
NOW = 1_795_550_400
"""Tue 24 Nov 2026, 20:00 in London: the now of most cards."""


@cache
def shelves() -> tuple[Shelf, ...]:
    """Give the bundled library, loaded once."""
    return load_library().shelves


def settings(database: Path | str = ":memory:", **environment: str) -> Settings:
    """Give the default settings, on a database of the test's own."""
    url = f"sqlite:///{database}"
    return load(Path("no such file"), {"DATABASE_URL": url, **environment})


@asynccontextmanager
async def house(
    *platforms: Platform,
    database: Path | str = ":memory:",
    at: int = NOW,
    seed: int = 1,
    values: Mapping[str, Value] = NOTHING_SET,
) -> AsyncIterator[House]:
    """Open a house on a standing clock, and close it; `values` are what bot.toml would set."""
    chosen = settings(database)
    chosen = replace(chosen, values={**chosen.values, **values})
    opened = await open_house(chosen, StandingClock(at), shelves(), seed=seed)
    try:
        yield opened
    finally:
        await opened.end(platforms)
