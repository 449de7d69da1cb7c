"""Questions that nearly everyone or hardly anyone gets right: they come into the queue by themselves."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.ports import Ports
from bot.core.rounds import Given, Mode, State
from tests.conversation import Talk, option
from tests.moderated import COMMUNITY, FRIDAY, moderated, prepared
from tests.storage_samples import QUESTION


def answered(ports: Ports, item: str, answers: int, right: int) -> None:
    """Let a round on an item have had so many answers, and so many right ones."""
    number = ports.rounds.add(
        COMMUNITY, channel="general", mode=Mode.LIVE, typed=False, question=replace(QUESTION, item=item),
        asker="ana", at=FRIDAY, seconds=45, message=None,
    )  # fmt: skip
    ports.rounds.move(number, State.OPEN, closes_at=FRIDAY + 45)
    for member in range(answers):
        ports.rounds.give(number, f"m{member}", Given(0, right=member < right), FRIDAY)
    ports.rounds.move(number, State.CLOSED, closes_at=FRIDAY + 45)


@asynccontextmanager
async def lopsided(folder: Path, right: Mapping[str, int]) -> AsyncIterator[Talk]:
    """Open a house in which items have had 20 answers each, of which so many were right."""
    with prepared(folder / "bot.db") as ports:
        for item, number in right.items():
            answered(ports, item, 20, number)
    async with moderated(folder) as talk:
        yield talk


def around(card: str) -> list[str]:
    """Give a card's title, what it says of the answers, and its buttons."""
    lines = card.split("\n")
    return [lines[0], next(each for each in lines if " has had " in each), lines[-1]]


async def test_they_wait_in_the_queue_and_are_kept_or_retired(tmp_path: Path) -> None:
    """Whatever everyone or no one gets right waits; what seven in ten get right does not."""
    async with lopsided(tmp_path, {"todd-route": 20, "todd-hope": 0, "todd-timid": 14}) as talk:
        shown = await talk("Mia", "/library review")
        assert around(shown)[0].endswith("a question that hardly anyone gets right")
        later = await talk("Mia", option(shown, "Later"))
        assert around(later)[0].endswith("Queue, 2 of 2: a question that nearly everyone gets right")
        assert await talk("Mia", "1.1") == (
            "(only Mia) todd-route is kept. It comes back here if it is as lopsided after twice as many answers."
        )
        shown = await talk("Mia", "/library review")
        assert await talk("Mia", option(shown, "Retire")) == (
            "(only Mia) todd-hope is retired: no longer shown or asked here. /library restore brings it back."
        )
        assert (await talk("Mia", "/library review")).startswith("(only Mia) Nothing waits in the queue.")
        log = (await talk("Mia", "/moderate log")).split("\n")
        assert [each.partition(": ")[2] for each in log[1:3]] == [
            "Mia retired todd-hope.",
            "Mia kept todd-route.",
        ]


async def test_a_kept_one_comes_back_after_twice_as_many_answers(tmp_path: Path) -> None:
    """What stays lopsided is asked about again, not every day."""
    async with lopsided(tmp_path, {"todd-route": 20}) as talk:
        shown = await talk("Mia", "/library review")
        await talk("Mia", option(shown, "Keep"))
    with prepared(tmp_path / "bot.db") as ports:
        answered(ports, "todd-route", 19, 19)
        assert ports.queue.lopsided(COMMUNITY, 9) == []
        answered(ports, "todd-route", 1, 1)
        assert ports.queue.lopsided(COMMUNITY, 9) == ["todd-route"]


@pytest.mark.parametrize("label", ["Keep", "Retire"])
async def test_two_moderators_cannot_both_decide(tmp_path: Path, label: str) -> None:
    """The second is told who decided, and nothing is changed."""
    async with lopsided(tmp_path, {"todd-route": 20}) as talk:
        shown = await talk("Noor", "/library review")
        await talk("Mia", "/library review")
        await talk("Mia", option(shown, "Keep"))
        assert await talk("Noor", f"1.{option(shown, label)}") == (
            "(only Noor) Mia decided this at 17:00, so nothing was changed. /library review shows the next."
        )


async def test_members_are_refused_and_forged_keys_name_nothing(tmp_path: Path) -> None:
    """The queue is the moderators', whatever a button says."""
    async with lopsided(tmp_path, {"todd-route": 20}) as talk:
        shown = await talk("Mia", "/library review")
        for label in ("Keep", "Retire", "Later"):
            assert "is for this community’s moderators" in await talk("Ana", option(shown, label))
        assert around(await talk("Mia", "/library review"))[0].startswith("(only Mia) Queue, 1 of 1")
