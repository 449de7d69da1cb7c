"""/quiet in the console: programmes are held for a while, and come back one post at a time."""

import pytest

from tests.test_schedule import ADD, planned, titles

QUIZ = "/schedule add quiz #quiz fri 18:00"
HELD = """\
(only Mia) Quiet mode until Thu 26 Nov, 18:00 (Europe/London)
  2 programmes are held, and 3 posts wait. Members can use every command; open rounds close on time.
[1] End quiet mode   #6"""
OFF = (
    "Quiet mode is off. Held posts return one at a time, on each programme’s own days: Weekday excerpt goes on with part 2 "
    "on Fri 27 Nov, 09:00."
)


async def test_quiet_mode_holds_every_programme() -> None:
    """The card says until when and what is held (card 8.16); nothing is posted; the part comes on the next own day."""
    async with planned(ADD, QUIZ, "/clock 2026-11-24T08:00") as talk:
        assert await talk("Mia", "/quiet on until:2026-11-26T18:00") == HELD
        assert titles(await talk("Mia", "/clock 2026-11-26T17:00")) == []
        assert await talk("Mia", "/quiet off") == f"(only Mia) {OFF}"
        assert titles(await talk("Mia", "/clock 2026-11-27T10:00")) == [
            "(#reading) Excerpt for Fri 27 Nov, part 2 of 5"
        ]


async def test_quiet_mode_ends_by_itself_and_says_so() -> None:
    """At its end the moderators are told what goes on (card 8.17); nothing bursts."""
    async with planned(ADD, QUIZ, "/clock 2026-11-24T08:00", "/quiet on until:2026-11-26T18:00") as talk:
        assert await talk("Mia", "/clock 2026-11-26T23:00") == f"(moderators) {OFF}"
        assert await talk("Mia", "/quiet off") == "(only Mia) Quiet mode is off already. /quiet on begins it."


async def test_without_an_end_it_lasts_until_it_is_ended() -> None:
    """The button of the list begins it; a post asked for by hand is held too; the button on its card ends it."""
    async with planned(ADD) as talk:
        await talk("Mia", "/schedule list")
        card = await talk("Mia", "2")
        assert card.split("\n")[:2] == [
            "(only Mia) Quiet mode until it is ended",
            "  1 programme is held. Members can use every command; open rounds close on time.",
        ]
        assert (
            (await talk("Mia", "/moderate log"))
            .splitlines()[1]
            .endswith(": Mia began quiet mode until it is ended.")
        )
        assert "Held by quiet mode" in await talk("Mia", "/schedule list")
        said = await talk("Mia", '/schedule now "Weekday excerpt"')
        assert said == (
            "(only Mia) Quiet mode holds every programme, so nothing was posted. /quiet off ends it."
        )
        assert titles(await talk("Mia", "/clock 2026-12-10T10:00")) == []
        assert (await talk("Mia", "3.1")).endswith("part 1 on Fri 11 Dec, 09:00.")


async def test_a_blackout_date_holds_the_posts_of_that_date_alone() -> None:
    """The part of that date comes on the next; Undo takes the date back."""
    async with planned(ADD) as talk:
        card = await talk("Mia", "/quiet add 2026-11-24")
        assert card == (
            "(only Mia) Tue 24 Nov is a blackout date: 1 programme is held that day, and what is held comes on the next "
            "of its own days. Members can use every command.\n[1] Undo   #2"
        )
        assert await talk("Mia", "/quiet add 2026-11-24") == (
            "(only Mia) Tue 24 Nov is a blackout date already. Nothing was changed.\n[1] Take it back   #3"
        )
        listed = (await talk("Mia", "/schedule list")).split("\n")
        assert listed[2] == "  Blackout dates, on which nothing is posted: Tue 24 Nov."
        assert "Mon 23 Nov, Wed 25 Nov, Thu 26 Nov" in await talk(
            "Mia", '/schedule preview "Weekday excerpt"'
        )
        assert titles(await talk("Mia", "/clock 2026-11-25T10:00")) == [
            "(#reading) Excerpt for Mon 23 Nov, part 1 of 5",
            "(#reading) Excerpt for Wed 25 Nov, part 2 of 5",
        ]
        await talk("Mia", "/quiet add 2026-11-26")
        await talk("Mia", "/quiet add 2026-11-26")
        assert (await talk("Mia", "1")).endswith("Thu 26 Nov is no longer a blackout date.")
        assert titles(await talk("Mia", "/clock 2026-11-26T10:00")) == [
            "(#reading) Excerpt for Thu 26 Nov, part 3 of 5"
        ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/quiet on until:2026-11-19", "Thu 19 Nov 2026 is in the past. Nothing was changed."),
        ("/quiet on until:2026-11-20T16:00", "Fri 20 Nov, 16:00 is in the past. Nothing was changed."),
        ("/quiet on until:soon", "“soon” is not a moment; 2h and 2026-11-21T18:00 are. Nothing was changed."),
        ("/quiet on until:2029-01-01", "Quiet mode lasts a year at most. Nothing was changed."),
        ("/quiet add 2026-13-01", "“2026-13-01” is not a date; 2026-11-21 is one. Nothing was changed."),
        ("/quiet add", "/quiet add needs a date, as in: /quiet add 2026-12-24"),
    ],
)
async def test_what_cannot_be_done_is_said(line: str, said: str) -> None:
    """A clear sentence, and no programme is held."""
    async with planned() as talk:
        assert await talk("Mia", line) == f"(only Mia) {said}"
        assert await talk("Mia", "/quiet off") == "(only Mia) Quiet mode is off already. /quiet on begins it."


async def test_members_cannot_hold_the_programmes() -> None:
    """The command and its forged token are refused."""
    refused = "(only Ana) /quiet is for this community’s moderators. /suggest brings an idea to them."
    async with planned(ADD) as talk:
        assert await talk("Ana", "/quiet on") == refused
        assert (await talk.console.press("1:quiet:on")).rstrip("\n") == refused
