"""Exactly once: what Slack delivers twice has one effect, also where only something is read, and after a restart."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.slack.app import SlackPlatform
from tests.houses import NOW, house
from tests.local_slack import Clock, Interaction, LocalSlack, Person
from tests.settling import CountingDesk

Doing = Callable[[LocalSlack, Person], Awaitable[Interaction]]


@asynccontextmanager
async def serving(server: LocalSlack, database: Path) -> AsyncIterator[CountingDesk]:
    """Serve a workspace until the end of the context."""
    async with house(database=database, at=NOW) as opened:
        desk = CountingDesk(opened.desk, lambda: bot._hands.empty(10.0))
        bot = SlackPlatform(desk, server.bot_token, server.app_token, server.api_base, pace=0.0)
        await opened.begin([bot])
        await server.connected()
        yield desk
        await bot.stop()
    await server.disconnected()


async def _uses(server: LocalSlack, ana: Person, command: str, text: str = "") -> Interaction:
    return await ana.slash(f"/hr-{command}", text, channel=server.general)


async def _quotes(server: LocalSlack, ana: Person) -> Interaction:
    return await _uses(server, ana, "quote")


async def _looks_at_the_board(server: LocalSlack, ana: Person) -> Interaction:
    return await _uses(server, ana, "leaderboard", "about:pluralism")


async def _searches(server: LocalSlack, ana: Person) -> Interaction:
    return await _uses(server, ana, "search", "regiments")


async def _exports(server: LocalSlack, ana: Person) -> Interaction:
    shown = await (await _uses(server, ana, "privacy")).next_answer()
    return await ana.press(shown, "Export")


async def _saves(server: LocalSlack, ana: Person) -> Interaction:
    await _uses(server, ana, "quote")
    return await ana.press(await server.general.next_message(), "Save")


async def _suggests(server: LocalSlack, ana: Person) -> Interaction:
    view = await (await _uses(server, ana, "suggest", "prompt")).next_view()
    return await ana.submit(view, {"words": "Why?"})


async def _opens_the_home(server: LocalSlack, ana: Person) -> Interaction:
    await ana.open_home()
    return server.interactions[-1]


@pytest.mark.parametrize(
    "doing", [_quotes, _looks_at_the_board, _searches, _exports, _saves, _suggests, _opens_the_home]
)
async def test_what_comes_twice_has_one_effect_before_and_after_a_restart(
    doing: Doing, tmp_path: Path
) -> None:
    """Nothing that people see follows from a second delivery: no message, no page, no file, whatever was asked for."""
    async with LocalSlack(clock=Clock(start=float(NOW))) as server:
        ana = server.person("Ana")
        async with serving(server, tmp_path / "bot.db") as desk:
            done = await doing(server, ana)
            await desk.settled()
            seen = len(server.shown)
            await server.redeliver(done)
            await desk.settled()
            assert len(server.shown) == seen
        async with serving(server, tmp_path / "bot.db") as desk:
            again = await server.redeliver(done)
            await desk.settled()
            assert (len(server.shown), again.failed) == (seen, None)
        assert seen > 0
        assert server.violations == []
