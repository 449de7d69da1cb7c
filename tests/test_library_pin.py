"""Material that is pinned to dates: shown on that date, once, by the first that draws of its kind."""

from pathlib import Path

import pytest

from tests.conversation import option
from tests.moderated import moderated
from tests.test_schedule import titles

PINNED = """\
(only Mia) Pinned to Mon 23 Nov: the quotation lenin-regiments, “the right words are worth a hundred regiments”.
  The first of these to post on that date shows it: Daily quote.
[1] Unpin   #2"""
LENIN = "the right words are worth a hundred regiments"


async def test_a_quotation_is_posted_on_its_date(tmp_path: Path) -> None:
    """The programme posts it on that date, and its preview says why; the days around it are drawn as ever."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/schedule add quote #reading every day 09:00")
        assert await talk("Mia", "/library pin lenin-regiments 2026-11-23") == PINNED
        assert LENIN not in await talk("Mia", "/clock 2026-11-22T12:00")
        preview = await talk("Mia", '/schedule preview "Daily quote"')
        assert "Why this one: it is pinned to this date." in preview
        assert LENIN in preview
        assert LENIN in await talk("Mia", "/clock 2026-11-23T12:00")
        assert LENIN not in await talk("Mia", "/clock 2026-11-27T12:00")


async def test_it_is_shown_once_however_many_could(tmp_path: Path) -> None:
    """Of two programmes that day the first to draw shows it, the other what was its own next."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/schedule add quote #reading every day 09:00")
        await talk("Mia", "/schedule add quote #hall every day 10:00")
        await talk("Mia", "/library pin lenin-regiments 2026-11-21")
        posted = await talk("Mia", "/clock 2026-11-21T12:00")
        assert [each.split(" ")[0] for each in titles(posted)] == ["(#reading)", "(#hall)"]
        assert posted.count(LENIN) == 1
        assert "lenin-regiments" in await talk("Mia", "/library pin")


async def test_the_excerpt_of_the_day_follows(tmp_path: Path) -> None:
    """/excerpt and the programmes that post the day's excerpt show what is pinned to the day."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/schedule add excerpt #reading every day 09:00 today")
        pinned = await talk("Mia", "/library pin momentum-bus 2026-11-24")
        assert (
            "/excerpt shows it on that date. The first of these to post on that date shows it: Daily excerpt."
            in pinned
        )
        assert "The bus to" not in await talk("Mia", "/clock 2026-11-24T08:00")
        assert "The bus to" in await talk("Ana", "/excerpt")
        assert "The bus to" in await talk("Mia", "/clock 2026-11-24T10:00")


async def test_a_fact_and_a_prompt_have_their_programmes(tmp_path: Path) -> None:
    """A quiz of facts asks the question, and a programme of prompts posts the prompt."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/schedule add quiz #quiz every day 18:00 question:fact")
        await talk("Mia", "/schedule add prompt #reading every day 09:00")
        await talk("Mia", "/library pin fact-city date:2026-11-21")
        await talk("Mia", "/library pin prompt-power 2026-11-21")
        posted = await talk("Mia", "/clock 2026-11-21T19:00")
        assert "In which city is the Momentum conference" in posted
        assert "A movement wants to change how people think" in posted


async def test_what_is_pinned_is_listed_and_unpinned(tmp_path: Path) -> None:
    """The list is by date; unpinned, the date is drawn as ever; a second moderator is told."""
    async with moderated(tmp_path) as talk:
        assert await talk("Mia", "/library pin") == (
            "(only Mia) Nothing is pinned to a date. /library pin lenin-regiments 2026-11-30 pins an entry."
        )
        await talk("Mia", "/library pin lenin-regiments 2026-11-30")
        replaced = await talk("Mia", "/library pin todd-hope 2026-11-30")
        assert "It takes the place of lenin-regiments." in replaced
        listed = await talk("Noor", "/library pin")
        assert listed.split("\n")[:2] == [
            "(only Noor) Pinned to dates",
            "  1 Mon 30 Nov: todd-hope, “Politics feels distant for most people: it doesn’t seem to offer any hope for …”.",
        ]
        assert await talk("Noor", option(listed, "Unpin 1")) == (
            "(only Noor) todd-hope is no longer pinned to Mon 30 Nov."
        )
        assert (await talk("Mia", option(replaced, "Unpin"))) == (
            "(only Mia) Nothing is pinned there any more. Nothing was changed."
        )
        assert "Noor unpinned todd-hope: from 2026-11-30." in await talk("Mia", "/moderate log")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (
            "/library pin lenin-regiments",
            "/library pin needs a date, as in: /library pin lenin-regiments 2026-11-30",
        ),
        ("/library pin lenin-regiments 2026-11-19", "Thu 19 Nov 2026 is in the past. Nothing was changed."),
        (
            "/library pin lenin-regiments date:Monday",
            "“Monday” is not a date; 2026-11-21 is one. Nothing was changed.",
        ),
        (
            "/library pin xyzzy 2026-11-30",
            "No entry here is called “xyzzy”. /library list shows what there is.",
        ),
    ],
)
async def test_what_cannot_be_pinned_is_said(tmp_path: Path, typed: str, answer: str) -> None:
    """Each mistake names what is wrong and changes nothing."""
    async with moderated(tmp_path) as talk:
        assert (await talk("Mia", typed)).removeprefix("(only Mia) ") == answer
        assert "Nothing is pinned" in await talk("Mia", "/library pin")


async def test_a_day_whose_excerpt_is_drawn_keeps_it(tmp_path: Path) -> None:
    """What members have been shown as today's excerpt stays it."""
    async with moderated(tmp_path) as talk:
        await talk("Ana", "/excerpt")
        assert await talk("Mia", "/library pin momentum-bus 2026-11-20") == (
            "(only Mia) The excerpt of Fri 20 Nov is drawn already. Nothing was changed."
        )


async def test_a_retired_entry_is_not_shown_on_its_date(tmp_path: Path) -> None:
    """What is out of service when its date comes leaves the date as it was, and the list says so."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/schedule add quote #reading every day 09:00")
        await talk("Mia", "/library pin lenin-regiments 2026-11-23")
        await talk("Mia", "/library retire lenin-regiments")
        assert "Retired, so not shown." in await talk("Mia", "/library pin")
        assert LENIN not in await talk("Mia", "/clock 2026-11-23T12:00")


async def test_what_is_held_on_its_date_is_the_next_post(tmp_path: Path) -> None:
    """A quiet day moves it on with everything else."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/schedule add quote #reading every day 09:00")
        await talk("Mia", "/library pin lenin-regiments 2026-11-23")
        await talk("Mia", "/quiet add 2026-11-23")
        assert LENIN not in await talk("Mia", "/clock 2026-11-23T12:00")
        assert LENIN in await talk("Mia", "/clock 2026-11-24T12:00")


async def test_own_words_take_no_pin(tmp_path: Path) -> None:
    """A programme of a moderator’s own words leaves what is pinned to the one that draws, held or not."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", '/schedule add prompt #here every day 08:00 text:"What now?"')
        await talk("Mia", "/schedule add prompt #reading every day 09:00")
        await talk("Mia", "/library pin prompt-power 2026-11-21")
        await talk("Mia", "/quiet add 2026-11-21")
        posted = await talk("Mia", "/clock 2026-11-22T10:00")
        assert [each.split(" ")[0] for each in titles(posted)] == ["(#here)", "(#reading)"]
        assert "A movement wants to change how people think" in posted


async def test_members_are_refused_at_the_command_and_at_the_button(tmp_path: Path) -> None:
    """What is shown when is the moderators' to say."""
    async with moderated(tmp_path) as talk:
        pinned = await talk("Mia", "/library pin lenin-regiments 2026-11-30")
        refused = "(only Ana) /library is for this community’s moderators. /suggest brings an idea to them."
        assert await talk("Ana", "/library pin lenin-regiments 2026-11-30") == refused
        await talk("Ana", option(pinned, "Unpin"))
        assert "lenin-regiments" in await talk("Mia", "/library pin")
