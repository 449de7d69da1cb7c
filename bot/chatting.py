"""The console: one community in this terminal, or through a pipe."""

from collections.abc import Sequence

from adapters.clock import Clock, StandingClock
from adapters.console.platform import ConsolePlatform
from adapters.console.standard import standard_ends
from bot.core.library import Shelf
from bot.house import open_house
from bot.settings import Settings
from bot.stopping import on_signals


async def chat(
    settings: Settings,
    shelves: Sequence[Shelf],
    *,
    name: str,
    moderator: bool,
    community: str,
    now: int | None,
    begun: bytes = b"",
) -> None:
    """Talk in this terminal until /quit or the end of input.

    `now` (UTC seconds) makes time stand still there. `begun` is what has been read of a pipe already.
    """
    clock = Clock() if now is None else StandingClock(now)
    house = await open_house(settings, clock, shelves)
    ends = standard_ends(begun)
    console = ConsolePlatform(
        house.desk,
        community=community,
        member=name,
        moderator=moderator,
        lines=ends.lines,
        write=ends.write,
        colour=ends.colour,
        clock=clock,
        width=ends.width,
        zone=str(settings.values["community.zone"]),
        settle=house.desk.courier.idle,
    )
    on_signals(console.leave)
    try:
        await house.begin([console])
        await console.run()
    finally:
        await house.end()
