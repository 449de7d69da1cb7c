"""A whole bot on the local Slack, on a clock that stands still: the real core behind the real app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.slack.app import SlackPlatform
from bot.house import House
from tests.houses import NOW, house
from tests.local_slack import Clock, Interaction, LocalSlack, Message, View
from tests.stages.slack import words_of


@dataclass(frozen=True, kw_only=True)
class SlackHouse:
    """A workspace with the bot in it."""

    server: LocalSlack
    house: House
    bot: SlackPlatform

    async def type(self, who: str, command: str, text: str = "") -> Interaction:
        """Let somebody type a command in #general."""
        return await self.server.person(who).slash(command, text)

    async def told(self, who: str, command: str, text: str = "") -> str:
        """Let somebody type a command; gives what they alone are told."""
        return words(await (await self.type(who, command, text)).next_answer())


def words(shown: Message | View) -> str:
    """Give what a message or a view says, as people read it."""
    return "\n".join(words_of(shown.blocks)) if shown.blocks else getattr(shown, "text", "")


@asynccontextmanager
async def slack_house(
    *, at: int = NOW, database: Path | str = ":memory:", patience: float = 5.0, **more: object
) -> AsyncIterator[SlackHouse]:
    """Open a house on a local Slack, where Mia administers; nothing may happen that a faultless app never causes."""
    server = LocalSlack(clock=Clock(start=float(at)), **more)  # type: ignore[arg-type]  # passed on as given
    async with server, house(database=database, at=at) as opened:
        bot = SlackPlatform(
            opened.desk,
            server.bot_token,
            server.app_token,
            server.api_base,
            patience=patience,
            form_patience=patience,
            pace=0.0,
        )
        server.person("Mia", admin=True)
        await opened.begin([bot])
        await server.connected()
        try:
            yield SlackHouse(server=server, house=opened, bot=bot)
        finally:
            await bot.stop()
        assert server.violations == []
