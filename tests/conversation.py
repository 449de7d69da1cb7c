"""Talking to the bot in the console, as a conversation test does."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.console.ends import PipedLines
from adapters.console.platform import ConsolePlatform
from bot.house import House
from bot.settings import Value
from tests.houses import NOTHING_SET, NOW, house


class Talk:
    """A community at one console. Calling it lets somebody type a line; it gives what is printed."""

    def __init__(self, house: House, console: ConsolePlatform) -> None:
        self.house = house
        self.console = console
        self._who = console.session.name

    async def __call__(self, who: str, line: str, *, moderator: bool = False) -> str:
        """Let `who` type `line`; gives what is printed, without the last line feed."""
        if who != self._who or moderator:
            await self.console.type(f"/as {who}{' moderator' if moderator else ''}")
            self._who = who
        return (await self.console.type(line)).rstrip("\n")


@asynccontextmanager
async def talking(
    *,
    database: Path | str = ":memory:",
    at: int = NOW,
    seed: int = 1,
    alone: bool | None = False,
    folder: Path = Path(),
    values: Mapping[str, Value] = NOTHING_SET,
) -> AsyncIterator[Talk]:
    """Open a house with a console in it, where Ana sits down first.

    `alone` False is a community of several people, as on most cards; None is the console as it is on its own.
    """
    async with house(database=database, at=at, seed=seed, values=values) as opened:
        console = ConsolePlatform(
            opened.desk,
            community="test",
            member="Ana",
            moderator=False,
            lines=PipedLines(None, _nowhere),
            write=_nowhere,
            colour=False,
            clock=opened.clock,
            alone=alone,
            folder=folder,
            settle=opened.desk.courier.idle,
        )
        await opened.begin([console])
        yield Talk(opened, console)


def option(card: str, label: str) -> str:
    """Give the number of the option with this label, as it is typed."""
    buttons = card.rsplit("\n", 1)[-1]
    for part in buttons.split("  "):
        number, _, words = part.strip().partition("] ")
        if words == label:
            return number.removeprefix("[")
    raise AssertionError(f"there is no {label!r} in {buttons!r}")


def _nowhere(_text: str) -> None:
    pass
