"""What a programme notices of the people around it: that nobody touches its posts, and that its owner has left."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from adapters.base import Undelivered
from bot.core.effects import AskAfter, Deliver, Notice
from bot.core.events import Actor, FailureKind
from bot.core.ports import Ports
from tests.conversation import Talk
from tests.programme_world import NINE, PLAN, arrive, fail, ledger, posts, ring, stocked
from tests.storage_samples import DAY, HERE, NOW
from tests.test_schedule import planned, refusing, titles

DAILY = "/schedule add quote #reading every day 09:00"
PAUSED = (
    "(moderators) Paused: Daily quote\n"
    "  Its last 5 posts stand as they were posted: no button pressed, no answer, no thread, none noted as read. The "
    "programme rests until somebody resumes it.\n"
    "[1] Resume  [2] Change  [3] Remove"
)


@asynccontextmanager
async def five_posts(line: str = DAILY) -> AsyncIterator[Talk]:
    """Let a programme make five posts, from Saturday to Wednesday."""
    async with planned(line) as talk:
        assert len(titles(await talk("Mia", "/clock 2026-11-25T10:00"))) == 5
        yield talk


async def test_after_five_posts_that_nobody_touched_a_programme_pauses_itself() -> None:
    """The sixth is not made; the moderators are told once; “Resume” gives it five more."""
    async with five_posts() as talk:
        printed = await talk("Mia", "/clock 2026-11-28T10:00")
        assert printed.startswith(PAUSED)
        assert titles(printed) == ["(moderators) Paused: Daily quote"]
        assert "Daily quote: Every day 09:00, #reading. Paused" in await talk("Mia", "/schedule list")
        card = printed.rsplit("#", 1)[1]
        assert (await talk("Mia", f"{card}.1")).endswith(
            "Daily quote goes on. Its next post is on Sun 29 Nov at 09:00; none is made up."
        )
        again = titles(await talk("Mia", "/clock 2026-12-05T10:00"))
        assert again == ["(#reading) Quotation"] * 5 + ["(moderators) Paused: Daily quote"]


async def test_the_reason_stands_under_past_posts() -> None:
    """The date on which it paused itself, and those of the pause, say so."""
    async with five_posts() as talk:
        await talk("Mia", "/clock 2026-11-27T10:00")
        await talk("Mia", '/schedule resume "Daily quote"')
        await talk("Mia", '/schedule preview "Daily quote"')
        past = (await talk("Mia", "4")).split("\n")
        assert past[1:3] == [
            "  Fri 27 Nov, 09:00: skipped, the programme was paused",
            "  Thu 26 Nov, 09:00: skipped, 5 posts in a row were touched by nobody",
        ]


@pytest.mark.parametrize(
    ("line", "press"),
    [
        (DAILY, "In context"),
        (DAILY, "Save"),
        (DAILY, "Discuss"),
        ("/schedule add excerpt #reading every day 09:00", "I’ve read it"),
        ("/schedule add quiz #reading every day 09:00 open:2h", ""),
    ],
)
async def test_a_press_an_answer_a_thread_or_a_read_keeps_it_going(line: str, press: str) -> None:
    """One of the last five was touched, so the sixth comes."""
    async with planned(line) as talk:
        printed = await talk("Mia", "/clock 2026-11-21T09:01")
        buttons = printed.split("\n")[-1]
        number = buttons.split("#")[1]
        place = next(each[1] for each in buttons.split("  ") if press in each)
        await talk("Ana", f"{number}.{place}")
        posted = titles(await talk("Mia", "/clock 2026-11-26T09:30"))
        assert len([each for each in posted if each.startswith("(#reading) ") and "Lenin" not in each]) >= 5
        assert not [each for each in posted if "Paused" in each]
        assert "Paused" in "".join(titles(await talk("Mia", "/clock 2026-11-27T09:30")))


async def test_what_cannot_be_touched_is_not_watched() -> None:
    """A prompt and a leaderboard have no buttons, so that their silence says nothing."""
    async with planned(
        '/schedule add prompt #reading every day 09:00 text:"What have you read?"',
        "/schedule add leaderboard #reading every day 10:00",
    ) as talk:
        assert len(titles(await talk("Mia", "/clock 2026-11-29T11:00"))) == 18


async def test_held_dates_do_not_pause_it() -> None:
    """In quiet mode a date is held, whatever was touched before."""
    async with five_posts() as talk:
        await talk("Mia", "/quiet on")
        assert titles(await talk("Mia", "/clock 2026-11-26T10:00")) == []
        assert "Held by quiet mode" in await talk("Mia", "/schedule list")


async def test_an_owner_who_has_left_is_told_once_and_the_posts_go_on() -> None:
    """One notice for all that they planned; whoever changes a programme answers for it from then on."""
    lines = (DAILY, "/schedule add quote #reading every day 09:30", "/settings log:#mods")
    async with planned(*lines) as talk:
        left = Undelivered(FailureKind.GONE, "Unknown Member")
        async with refusing(talk, left, AskAfter) as asked:
            told = await talk("Mia", "/clock 2026-11-22T10:00")
            assert titles(told)[1:] == [
                "(#reading) Quotation",
                "(moderators) Left: whoever planned Daily quote",
                *["(#reading) Quotation"] * 3,
            ]
            assert (
                "  Whoever planned Daily quote and Daily quote 2 has left. They go on posting; whoever changes one answers "
                "for it from then on."
            ) in told
            assert len(asked) == 1


def test_an_owner_is_looked_for_once_a_week(ports: Ports) -> None:
    """A look goes with a post, and none with those of the next six days; who is here is told to nobody."""
    ports.programmes.add(HERE, replace(PLAN, kind="leaderboard"))
    looks = []
    for day in range(8):
        (post,) = posts(ring(ports, NINE + day * DAY))
        effects = arrive(ports, post, NINE + day * DAY)
        asked = [each for each in effects if isinstance(each, Deliver) and isinstance(each.call, AskAfter)]
        looks += [day for each in asked]
        for each in asked:
            assert arrive(ports, each, NINE + day * DAY) == []
    assert looks == [0, 7]


def test_with_the_owner_gone_another_moderator_is_told(ports: Ports) -> None:
    """Without a log channel, notices go to whoever moderated last; where nobody did, they wait for a command."""
    number = ports.programmes.add(HERE, replace(PLAN, owner="mia"))
    (post,) = posts(ring(ports, NINE))
    (look,) = (each for each in arrive(ports, post, NINE) if isinstance(each, Deliver))
    assert fail(ports, look, NINE, FailureKind.GONE) == []
    (kept,) = ports.notices.take(HERE, 9)
    assert kept.title == "Left: whoever planned Daily quote"
    ports.audit.note(HERE, Actor(id="noor", name="Noor"), "add", "x", NOW)
    ports.audit.note(HERE, Actor(id="mia", name="Mia"), "add", "y", NOW)
    (second,) = posts(ring(ports, NINE + DAY))
    (notice,) = (
        each for each in fail(ports, second, NINE + DAY, FailureKind.FORBIDDEN) if isinstance(each, Deliver)
    )
    assert isinstance(notice.call, Notice)
    assert notice.call.member == "noor"
    assert ledger(ports, number)[-1][1] == "failed"


@pytest.fixture
def ports() -> Iterator[Ports]:
    """Open a store with the library, within a transaction."""
    with stocked() as opened:
        yield opened
