"""Word that has to find a moderator: the first run by itself, and notices that reached nobody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.base import Undelivered
from bot.core.effects import Deliver, Notice
from bot.core.events import FailureKind, Joined, MessageRef
from bot.core.greeting import card
from tests.conversation import Talk, talking
from tests.houses import NOW
from tests.test_schedule import ADD, planned, refusing

HERE = "console:test"
CARD = (
    "Hundred Regiments is here. Three questions plan the first excerpt; nothing is posted until you start it.\n"
    "[1] Begin  [2] Not now"
)
LATER = "Nothing is planned yet. “Add” plans the first programme."


async def join(talk: Talk, installer: str = "mia") -> None:
    """Let somebody bring the bot in, and Mia sit down."""
    await talk.house.desk.hear(Joined(community=HERE, at=NOW, installer=installer))
    await talk.house.desk.courier.idle()
    await talk("Mia", "/clock", moderator=True)


@asynccontextmanager
async def delivering(talk: Talk) -> AsyncIterator[list[Deliver]]:
    """Give the deliveries that the console carries out."""
    posting, delivered = talk.console._posting, []
    deliver = posting.deliver

    def noted(delivery: Deliver) -> MessageRef:
        delivered.append(delivery)
        return deliver(delivery)

    posting.deliver = noted  # type: ignore[method-assign] # the console itself keeps no list
    try:
        yield delivered
    finally:
        posting.deliver = deliver  # type: ignore[method-assign] # as it was


async def test_the_first_moderators_command_offers_the_first_run_once() -> None:
    """Where nothing was ever set up, the answer to the first such command brings the card (8.1); no other does."""
    async with talking() as talk:
        assert "Hundred Regiments is here" not in await talk("Ana", "/quote")
        listed = await talk("Mia", "/schedule list", moderator=True)
        assert listed == f"(only Mia) {LATER}\n[1] Add   #2\n(only Mia) {CARD}   #3"
        assert "is here" not in await talk("Mia", "/schedule list")


async def test_the_three_questions_follow_from_the_card() -> None:
    """Its button asks for zone, channel and time, each with a default, and the first week is planned."""
    async with talking() as talk:
        await talk("Mia", "/schedule list", moderator=True)
        asked = [await talk("Mia", "2.1"), talk.console.prompt]
        for line in ("", "#reading"):
            await talk("Mia", line)
            asked.append(talk.console.prompt)
        assert asked == [
            "(only Mia) Form: First excerpt", "  Time zone [Europe/London]> ", "  Channel [#general]> ",
            "  Time of the daily excerpt [09:00]> ",
        ]  # fmt: skip
        ready = await talk("Mia", "")
        assert ready.startswith(
            "(only Mia) Ready: an excerpt every day at 09:00 (Europe/London) in #reading, from Wed 25 Nov."
        )


async def test_whoever_plans_a_programme_needs_no_first_run() -> None:
    """A community in which a programme was planned, even one that is removed again, is set up."""
    async with planned(ADD, '/schedule remove "Weekday excerpt"') as talk:
        assert "is here" not in await talk("Mia", "/schedule list")


async def test_settings_offers_it_by_itself() -> None:
    """/settings has the button already, so that the card would say it twice, then and later."""
    async with talking() as talk:
        shown = await talk("Mia", "/settings", moderator=True)
        assert "Plan the first excerpt" in shown
        assert "is here" not in shown + await talk("Mia", "/schedule list")


async def test_whoever_brings_the_bot_in_is_greeted_once() -> None:
    """The installer gets the card by themselves; joining again and the first command bring no second one."""
    async with talking() as talk, delivering(talk) as delivered:
        await join(talk)
        await join(talk)
        (greeting,) = (each.call for each in delivered)
        assert greeting == Notice(card=card(), member="mia")
        assert await talk("Mia", "1") == "(only Mia) Form: First excerpt"
        await talk("Mia", "/cancel")
        assert "is here" not in await talk("Mia", "/schedule list")


async def test_an_unknown_installer_leaves_it_to_the_first_command() -> None:
    """Where the platform does not say who it was, nothing is sent and the first moderators' command offers it."""
    async with talking() as talk:
        await join(talk, "")
        assert "is here" in await talk("Mia", "/schedule list")


async def test_an_installer_who_cannot_be_reached_leaves_it_to_the_first_command() -> None:
    """A greeting that was refused for good is shown with the first moderators' command, and then no more."""
    async with talking() as talk:
        async with refusing(talk, Undelivered(FailureKind.FORBIDDEN, "closed"), Notice):
            await join(talk)
        assert CARD in await talk("Mia", "/schedule list")
        assert "is here" not in await talk("Mia", "/schedule list")


async def test_a_notice_that_reaches_nobody_waits_for_a_moderator() -> None:
    """Where the log channel is gone, what it was to be told is shown with the next moderators' command, once."""
    async with planned(f"{ADD}", "/settings log:#mods", "/clock 2026-11-27T08:00") as talk:
        async with refusing(talk, Undelivered(FailureKind.GONE, "no such channel"), Notice) as refused:
            assert "The series has ended" not in await talk("Mia", "/clock 2026-11-27T09:30")
            assert refused
        assert "The series has ended" not in await talk("Ana", "/quote")
        listed = await talk("Mia", "/schedule list")
        assert "(only Mia) The series has ended: Weekday excerpt\n  All 5 parts have been posted" in listed
        assert "The series has ended" not in await talk("Mia", "/schedule list")
