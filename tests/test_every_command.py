"""Every command, played in the console, on Discord and on Slack: people see the same, whatever they ask for."""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256

import pytest

from bot.core import line_up, reading
from bot.core.catalogue import catalogue
from tests.stages import CHANNEL, STAGES, Seen, Stage, on_stage

Steps = list[list[Seen]]
Story = Callable[[Stage], Awaitable[Steps]]
DAY = 24 * 60 * 60
LENIN, ASHDOWN = "Vladimir Lenin", "Paddy Ashdown"


async def _a_members_evening(stage: Stage) -> Steps:
    """Quoting, reading and searching."""
    return [
        await stage.command("Ana", "quote", about="words"),
        await stage.press("Ana", "Save"),
        await stage.command("Ana", "saved"),
        await stage.command("Ana", "excerpt"),
        await stage.press("Ana", "I’ve read it"),
        await stage.press("Ben", "Read on"),
        await stage.press("Ben", "Read on"),
        await stage.command("Ben", "read"),
        await stage.command("Ben", "search", text="regiments"),
        await stage.press("Ben", "Open 1"),
        await stage.command("Ben", "search", text="plurlism"),
        await stage.command("Ben", "help"),
        await stage.command("Ben", "help", command="quiz"),
        await stage.command("Ben", "help", command="qoute"),
    ]


async def _a_members_own(stage: Stage) -> Steps:
    """Points, review, the board, suggestions and privacy."""
    return [
        await stage.command("Ana", "leaderboard"),
        await stage.command("Ana", "quiz", kind="who", about="words"),
        await stage.press("Ana", LENIN),
        await stage.press("Ben", ASHDOWN),
        await stage.pass_time(45),
        await stage.command("Ana", "score"),
        await stage.command("Ben", "score"),
        await stage.command("Ben", "review"),
        await stage.pass_time(DAY),
        await stage.command("Ben", "review"),
        await stage.press("Ben", LENIN),
        await stage.command("Ana", "privacy"),
        await stage.press("Ana", "Show me"),
        await stage.command("Ana", "leaderboard", window="month"),
        await stage.press("Ana", "Around me"),
        await stage.fill(
            "Ana",
            "suggest",
            kind="prompt",
            words="What is a *party* <for>?",
            speaker="",
            source="",
            credit="yes",
        ),
        await stage.command("Ana", "privacy"),
        await stage.answer("Ana", "Forget me", words="forget me"),
        await stage.command("Ana", "score"),
    ]


async def _a_moderators_plan(stage: Stage) -> Steps:
    """Programmes, quiet mode, and a scheduled post."""
    return [
        await stage.command(
            "Mia",
            "schedule add",
            kind="quote",
            channel=CHANNEL,
            days="every day",
            time="09:00",
            name="Morning",
        ),
        await stage.command("Mia", "schedule list"),
        await stage.command("Mia", "schedule preview", programme="Morning"),
        await stage.press("Mia", "Past posts"),
        await stage.fill(
            "Mia",
            "schedule add",
            kind="leaderboard",
            channel=CHANNEL,
            days="sun",
            time="18:00",
            source="the line-up",
        ),
        await stage.answer(
            "Mia",
            "Change",
            kind="prompt",
            channel=CHANNEL,
            days="sat",
            time="18:30",
            source="the line-up",
        ),
        await stage.press("Mia", "Pause"),
        await stage.press("Mia", "Resume now"),
        await stage.command("Mia", "schedule edit", programme="Morning", time="10:00"),
        await stage.command("Mia", "schedule pause", programme="Morning"),
        await stage.command("Mia", "schedule resume", programme="Morning"),
        await stage.command("Mia", "schedule skip", programme="Morning", date="2026-11-26"),
        await stage.press("Mia", "Undo"),
        await stage.command("Mia", "schedule now", programme="Morning"),
        await stage.command("Mia", "quiet on", until="2026-11-25T18:00"),
        await stage.command("Mia", "quiet off"),
        await stage.command("Mia", "quiet add", date="2026-12-24"),
        await stage.pass_time(DAY),
        await stage.command("Mia", "schedule pause", programme="Evening"),
        await stage.command("Mia", "schedule add", kind="quote", channel=CHANNEL, days="mon", time="25:61"),
        await stage.command("Mia", "schedule remove", programme="Morning"),
        await stage.press("Mia", "Undo"),
        await stage.command("Mia", "setup"),
    ]


async def _a_moderators_library(stage: Stage) -> Steps:
    """What is served here, and what waits."""
    return [
        await stage.command("Mia", "library list"),
        await stage.command("Mia", "library show", what="lenin-regiments"),
        await stage.command("Mia", "library retire", entry="lenin-regiments"),
        await stage.command("Mia", "library restore"),
        await stage.command("Mia", "library note", entry="todd-hope", note="Speaks of *war* & <peace>."),
        await stage.command("Mia", "library note", entry="todd-hope"),
        await stage.press("Mia", "Remove"),
        await stage.command("Mia", "library pin", entry="todd-hope", date="2026-11-30"),
        await stage.command("Mia", "library pin", entry="todd-hope", date="2020-01-01"),
        await stage.command("Mia", "library pin"),
        await stage.press("Mia", "Unpin 1"),
        await stage.command("Mia", "library check"),
        await stage.command("Mia", "library balance"),
        await stage.command("Mia", "library note", entry="todd-hope", note="Speaks of *war*."),
        await stage.command("Mia", "library pin", entry="todd-hope", date="2026-11-30"),
        await stage.command("Mia", "library review"),
        await stage.command("Mia", "library approve", confidence="90"),
        await stage.command("Mia", "library speaker", name="Joe Todd"),
        await stage.fill(
            "Mia",
            "library add-quote",
            words="Difference is a <strength> & *not* a weakness.",
            speaker="Neal Lawson",
            where="A talk in Leeds, 4 May 2012",
            grade="C",
        ),
        await stage.fill(
            "Mia",
            "library import",
            text="Too little to find anything in.",
            rights="in-copyright",
            about="",
        ),
        await stage.fill("Mia", "library add-prompt", words="What do *you* read?"),
    ]


async def _a_moderators_duties(stage: Stage) -> Steps:
    """Settings, corrections and the log."""
    return [
        await stage.command("Mia", "settings"),
        await stage.command("Mia", "settings", seconds="60", points="2"),
        await stage.press("Mia", "Undo"),
        await stage.command("Ana", "quiz", kind="who", about="words"),
        await stage.press("Ana", LENIN),
        await stage.pass_time(45),
        await stage.command("Mia", "moderate challenge", question="regiments"),
        await stage.command("Mia", "moderate rescore"),
        await stage.command(
            "Mia", "moderate adjust", member="@Ana", points="3", reason="the round closed early"
        ),
        await stage.command("Mia", "moderate log"),
    ]


STORIES: tuple[Story, ...] = (
    _a_members_evening,
    _a_members_own,
    _a_moderators_plan,
    _a_moderators_library,
    _a_moderators_duties,
)


class Noting:
    """A stage that notes which commands are used on it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.used: set[str] = set()
        self.press, self.answer, self.pass_time = stage.press, stage.answer, stage.pass_time

    async def command(self, who: str, name: str, /, **values: str) -> list[Seen]:
        """Let somebody use a command."""
        self.used.add(name)
        return await self._stage.command(who, name, **values)

    async def fill(self, who: str, name: str, /, **fields: str) -> list[Seen]:
        """Let somebody use a command that opens a form."""
        self.used.add(name)
        return await self._stage.fill(who, name, **fields)


@pytest.fixture(autouse=True)
def _draws_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the same on each platform: else a community's own name is a part of the seed."""

    def digest(seed: bytes) -> object:
        return sha256(re.sub(rb"(console|discord|slack):[^|]+", b"", seed))

    for module in (reading, line_up):
        monkeypatch.setattr(module, "sha256", digest)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.strip("_"))
async def test_every_command_says_the_same_on_every_platform(story: Story) -> None:
    """Words, audience and buttons of every step agree between the console, Discord and Slack."""
    told = {}
    for name in STAGES:
        async with on_stage(name) as stage:
            # what is posted and what is answered leave side by side, so their order within a step is open
            told[name] = [sorted(step, key=repr) for step in await story(stage)]
    assert told["discord"] == told["console"]
    assert told["slack"] == told["console"]


async def test_no_command_is_forgotten() -> None:
    """Whatever the registry has is used in a story: a new command is in none until somebody writes it in."""
    used: set[str] = set()
    for story in STORIES:
        async with on_stage("console") as stage:
            noting = Noting(stage)
            await story(noting)
            used |= noting.used
    assert used == set(catalogue().commands)
