"""/schedule in the console: programmes from their first plan to their last post."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.base import Undelivered
from bot.core import slots
from bot.core.effects import Deliver, Pin, Post
from bot.core.events import FailureKind, MessageRef
from bot.core.ports import Programme
from storage.store import open_reader
from tests import houses
from tests.conversation import Talk, option, talking
from tests.moderated import COMMUNITY, prepared

FRIDAY = 1_795_194_000
"""Fri 20 Nov 2026, 17:00 in London: the now of the moderators' cards."""
ADD = '/schedule add excerpt #reading mon-fri 09:00 source:"Out of one party, many cultures"'
WRONG = '"Weekday excerpts"'
SOURCE = (
    "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred). In copyright: five short excerpts, not the "
    "whole article."
)
ADDED = """\
(only Mia) Programme added: Weekday excerpt
  Mon to Fri at 09:00 (Europe/London) in #reading. No role pinged, no thread, no pin.
  Next five: Mon 23 Nov, Tue 24 Nov, Wed 25 Nov, Thu 26 Nov, Fri 27 Nov, 09:00 each.
  The series has 5 parts, so it ends on Fri 27 Nov. “Change” sets what follows.
  Preview of Mon 23 Nov, seen by you alone. Why this one: part 1 of the series.
  Excerpt for Mon 23 Nov, part 1 of 5
  Neal Lawson, “Out of one party, many cultures”"""


@asynccontextmanager
async def planned(*lines: str, at: int = FRIDAY, database: Path | str = ":memory:") -> AsyncIterator[Talk]:
    """Let Mia, who moderates, type some lines first."""
    async with talking(at=at, database=database) as talk:
        await talk("Mia", "/clock", moderator=True)
        for line in lines:
            await talk("Mia", line)
        yield talk


@asynccontextmanager
async def refusing(talk: Talk, fault: Undelivered, call: type = Post) -> AsyncIterator[list[Deliver]]:
    """Let the platform refuse some calls; gives those that it refused."""
    posting, refused = talk.console._posting, []
    deliver = posting.deliver

    def refuse(delivery: Deliver) -> MessageRef:
        if isinstance(delivery.call, call):
            refused.append(delivery)
            raise fault
        return deliver(delivery)

    posting.deliver = refuse  # type: ignore[method-assign] # the console itself refuses nothing
    try:
        yield refused
    finally:
        posting.deliver = deliver  # type: ignore[method-assign] # as it was


def titles(printed: str) -> list[str]:
    """Give the first lines of what was posted in a channel."""
    return [each for each in printed.split("\n") if each.startswith(("(#", "(moderators)"))]


async def test_a_programme_is_added_in_one_line() -> None:
    """The answer has the terms, the next five dates, the end of the series, and the very post (card 8.3)."""
    async with planned() as talk:
        card = await talk("Mia", ADD)
        assert card.startswith(ADDED)
        assert card.split("\n")[-2:] == [SOURCE, "[1] Change  [2] Pause  [3] Remove   #1"]


async def test_called_bare_it_asks() -> None:
    """The form asks five things and leads to the same answer (cards 8.2 and 8.3)."""
    async with planned() as talk:
        form = await talk("Mia", "/schedule add")
        assert form == "(only Mia) Form: New programme"
        assert talk.console.prompt == "  Kind (excerpt, quote, quiz, prompt, leaderboard)> "
        prompts = []
        for typed in ("excerpt", "#reading", "mon-fri", ""):
            await talk("Mia", typed)
            prompts.append(talk.console.prompt)
        assert prompts == [
            "  Channel> ", "  Days [every day]> ", "  Time [09:00]> ",
            "  Drawn from (an article, a topic, the line-up)> ",
        ]  # fmt: skip
        assert (await talk("Mia", "Out of one party, many cultures")).startswith(ADDED)


async def test_a_form_says_what_is_wrong_at_its_field() -> None:
    """A time that is none keeps the form open at that field, and nothing is added."""
    async with planned() as talk:
        await talk("Mia", "/schedule add")
        for typed in ("quote", "#reading", "mon", "25:61"):
            await talk("Mia", typed)
        said = await talk("Mia", "the line-up")
        assert said == "(only Mia) “25:61” is not a time; times go from 00:00 to 23:59. Nothing was added."
        assert talk.console.prompt == "  Time [09:00]> "
        assert (await talk("Mia", "10:00")).startswith("(only Mia) Programme added: Monday quote")


async def test_the_list_says_what_comes_next() -> None:
    """One line a programme, with its next post (card 8.4)."""
    async with planned(ADD, "/schedule add quiz #quiz fri 18:00") as talk:
        assert await talk("Mia", "/schedule list") == (
            "(only Mia) 2 programmes, times in Europe/London\n"
            "  Weekday excerpt: Mon to Fri 09:00, #reading. Next: Mon 23 Nov, part 1 of 5\n"
            "  Friday quiz: Fri 18:00, #quiz. Next: Fri 20 Nov, who said it?\n"
            "[1] Add  [2] Quiet mode   #3"
        )


async def test_a_date_is_skipped_and_taken_back() -> None:
    """A skipped date moves the series by one (card 8.5), and Undo moves it back."""
    async with planned(ADD, "/clock 2026-11-24T12:00") as talk:
        card = await talk("Mia", '/schedule skip "Weekday excerpt" 2026-11-25')
        assert card.split("\n")[0] == (
            "(only Mia) Wed 25 Nov is skipped. Part 3 moves to Thu 26 Nov, and the series ends on Mon 30 Nov."
        )
        assert card.endswith("[1] Undo   #4")
        again = await talk("Mia", '/schedule skip "Weekday excerpt" 2026-11-25')
        assert again == "(only Mia) Wed 25 Nov is skipped already. Nothing was skipped."
        assert await talk("Mia", "4.1") == "(only Mia) Wed 25 Nov is no longer skipped."
        assert titles(await talk("Mia", "/clock 2026-11-25T10:00")) == [
            "(#reading) Excerpt for Wed 25 Nov, part 3 of 5"
        ]


async def test_a_skipped_date_has_no_post() -> None:
    """The part that would have come on a skipped date comes on the next."""
    async with planned(ADD, '/schedule skip "Weekday excerpt" 2026-11-24') as talk:
        assert titles(await talk("Mia", "/clock 2026-11-25T12:00")) == [
            "(#reading) Excerpt for Mon 23 Nov, part 1 of 5",
            "(#reading) Excerpt for Wed 25 Nov, part 2 of 5",
        ]


async def test_a_programme_rests_until_a_date() -> None:
    """A pause says the next post (card 8.6); none is made up; Resume now ends it."""
    async with planned("/schedule add quiz #quiz fri 18:00") as talk:
        card = await talk("Mia", '/schedule pause "Friday quiz" until:2026-12-07')
        assert card == (
            "(only Mia) Friday quiz is paused until Mon 7 Dec. Its next post is on Fri 11 Dec at 18:00; none is made up.\n"
            "[1] Resume now   #2"
        )
        assert titles(await talk("Mia", "/clock 2026-11-28T09:00")) == []
        resumed = await talk("Mia", "2.1")
        assert resumed == (
            "(only Mia) Friday quiz goes on. Its next post is on Fri 4 Dec at 18:00; none is made up."
        )
        assert titles(await talk("Mia", "/clock 2026-12-04T18:30")) == ["(#quiz) Who said it?"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "/schedule add quote #reading mon 09:00 zone:Europe/Lundon",
            "There is no time zone “Europe/Lundon”. Did you mean Europe/London? Nothing was added.\n[1] Europe/London   #2",
        ),
        (
            "/schedule add quote #reading mon 25:61",
            "“25:61” is not a time; times go from 00:00 to 23:59. Nothing was added.",
        ),
        (
            '/schedule skip "Weekday excerpt" 2026-11-19',
            "Thu 19 Nov 2026 is in the past. Nothing was skipped.",
        ),
        (
            '/schedule skip "Weekday excerpt" 2026-11-28',
            "Weekday excerpt does not post on Sat 28 Nov. Nothing was skipped.",
        ),
        (
            '/schedule skip "Weekday excerpt" 2026-02-30',
            "“2026-02-30” is not a date; 2026-11-21 is one. Nothing was skipped.",
        ),
        (
            "/schedule add quote #reading someday 09:00",
            "“someday” names no days; mon-fri, mon,wed and every day do. Nothing was added.",
        ),
        ("/schedule add quote", "A programme needs a channel, as in: #reading. Nothing was added."),
        ("/schedule add channel:#reading", "A programme needs a kind, as in: excerpt. Nothing was added."),
        (
            "/schedule add quote #reading source:today",
            "“today” is for excerpts; a quote has the line-up. Nothing was added.",
        ),
        (
            "/schedule add quote #reading source:plurlism",
            "No article or topic here is called “plurlism”. Did you mean pluralism? Nothing was added.",
        ),
        (
            "/schedule add prompt #reading text:" + "a" * 1_001,
            "That is 1,001 characters, and text has at most 1,000. Nothing was changed.",
        ),
        (
            '/schedule pause "Weekday excerpts"',
            (
                "No programme here is called “Weekday excerpts”. Did you mean Weekday excerpt? Nothing was changed.\n"
                "[1] Weekday excerpt   #2"
            ),
        ),
        ('/schedule resume "Weekday excerpt"', "Weekday excerpt is not paused. Nothing was changed."),
    ],
)
async def test_what_cannot_be_done_is_said(line: str, said: str) -> None:
    """A clear sentence, and nothing is changed (cards 8.7 to 8.9)."""
    async with planned(ADD) as talk:
        assert await talk("Mia", line) == f"(only Mia) {said}"
        assert (await talk("Mia", "/schedule list")).startswith("(only Mia) 1 programme, ")


async def test_the_way_out_of_a_wrong_zone_adds_the_programme() -> None:
    """The button under “did you mean” runs the line with the zone put right."""
    async with planned("/schedule add quote #reading mon 09:00 zone:Europe/Lundon") as talk:
        assert (await talk("Mia", "1")).startswith("(only Mia) Programme added: Monday quote")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"/schedule skip {WRONG} 2026-11-27", "Fri 27 Nov is skipped."),
        (f"/schedule skip {WRONG} date:2026-11-27", "Fri 27 Nov is skipped."),
        (f"/schedule edit {WRONG} time:10:00", "Mon to Fri at 10:00 (Europe/London) in #reading."),
    ],
)  # fmt: skip
async def test_the_way_out_of_a_wrong_name_does_all_that_was_asked(line: str, said: str) -> None:
    """The button under “did you mean” runs the line with the name put right, and with everything behind it."""
    async with planned(ADD, line) as talk:
        assert said in await talk("Mia", "1")


async def test_members_are_refused_at_the_command_the_old_button_and_the_token() -> None:
    """Rights are checked at each door, and nothing changes."""
    refused = "(only Ana) /schedule is for this community’s moderators. /suggest brings an idea to them."
    async with planned(ADD) as talk:
        before = await talk("Mia", "/schedule list")
        assert await talk("Ana", "/schedule list") == refused
        assert await talk("Ana", "1.3") == refused
        assert (await talk.console.press("1:schedule:remove:1")).rstrip("\n") == refused
        assert (await talk("Mia", "/schedule list"))[:-1] == before[:-1]


async def test_a_removed_programme_comes_back() -> None:
    """Remove says so and offers Undo; for 30 days it brings the programme back, after that no more."""
    async with planned(ADD) as talk:
        assert await talk("Mia", '/schedule remove "Weekday excerpt"') == (
            "(only Mia) Weekday excerpt is removed. What it has posted stays. It can come back for 30 days.\n[1] Undo   #2"
        )
        assert titles(await talk("Mia", "/clock 2026-11-24T12:00")) == []
        assert await talk("Mia", "2.1") == (
            "(only Mia) Weekday excerpt is back. Its next post is on Wed 25 Nov."
        )
        assert titles(await talk("Mia", "/clock 2026-11-25T12:00")) == [
            "(#reading) Excerpt for Wed 25 Nov, part 1 of 5"
        ]
        await talk("Mia", '/schedule remove "Weekday excerpt"')
        await talk("Mia", "/clock +31d")
        late = await talk.console.press("1:schedule:restore:1")
        assert late == (
            "(only Mia) Weekday excerpt was removed more than 30 days ago. Nothing was changed.\n"
        )


async def test_a_change_shows_before_and_after() -> None:
    """Both sets of terms stand on the card, then the new dates."""
    drawn_from = "From “Out of one party, many cultures”."
    async with planned(ADD) as talk:
        card = await talk("Mia", '/schedule edit "Weekday excerpt" time:10:30 pin:yes')
        assert card.split("\n")[:4] == [
            "(only Mia) Programme changed: Weekday excerpt",
            f"  Before: Mon to Fri at 09:00 (Europe/London) in #reading. No role pinged, no thread, no pin. {drawn_from}",
            f"  Now: Mon to Fri at 10:30 (Europe/London) in #reading. No role pinged, no thread, pinned. {drawn_from}",
            "  Next five: Mon 23 Nov, Tue 24 Nov, Wed 25 Nov, Thu 26 Nov, Fri 27 Nov, 10:30 each.",
        ]
        assert await talk("Mia", '/schedule edit "Weekday excerpt" time:10:30') == (
            "(only Mia) That is how Weekday excerpt is already. Nothing was changed."
        )


async def test_what_goes_with_a_post_can_be_taken_off_again() -> None:
    """A role that is named again is pinged no longer, `end:none` has no last date, a source takes the place of own words."""
    line = '/schedule add prompt #here every day 09:00 text:"What now?" role:@readers end:2026-11-22 thread:yes pin:yes'
    async with planned(line) as talk:
        changed = await talk(
            "Mia", '/schedule edit "Daily prompt" role:@readers end:none source:line-up thread:no pin:no'
        )
        assert changed.split("\n")[1:4] == [
            (
                "  Before: Every day at 09:00 (Europe/London) in #here. A role is pinged, a thread, pinned."
                " Last date: Sun 22 Nov. From your own words."
            ),
            "  Now: Every day at 09:00 (Europe/London) in #here. No role pinged, no thread, no pin. From the line-up.",
            "  Next five: Sat 21 Nov, Sun 22 Nov, Mon 23 Nov, Tue 24 Nov, Wed 25 Nov, 09:00 each.",
        ]


async def test_a_programme_ends_on_its_last_date() -> None:
    """After its last date nothing follows, and the list says so."""
    async with planned("/schedule add prompt #here every day 09:00 end:2026-11-22") as talk:
        posted = titles(await talk("Mia", "/clock 2026-11-25T12:00"))
        assert posted == ["(#here) For discussion"] * 2
        assert "Daily prompt: Every day 09:00, #here. Ended" in await talk("Mia", "/schedule list")


async def test_a_series_runs_in_order_and_says_that_it_has_ended() -> None:
    """Five parts on five weekdays, then word to the moderators, and nothing more."""
    async with planned(ADD) as talk:
        assert titles(await talk("Mia", "/clock 2026-12-05T09:30")) == [
            "(#reading) Excerpt for Mon 23 Nov, part 1 of 5",
            "(#reading) Excerpt for Tue 24 Nov, part 2 of 5",
            "(#reading) Excerpt for Wed 25 Nov, part 3 of 5",
            "(#reading) Excerpt for Thu 26 Nov, part 4 of 5",
            "(#reading) Excerpt for Fri 27 Nov, part 5 of 5",
            "(moderators) The series has ended: Weekday excerpt",
        ]


@pytest.mark.parametrize(
    "line",
    [
        "/schedule add quote #here every day 09:00",
        "/schedule add quiz #here every day 09:00 question:finish",
        "/schedule add prompt #here every day 09:00",
        '/schedule add prompt #here every day 09:00 text:"What have you read lately?"',
        "/schedule add excerpt #here every day 09:00",
        "/schedule add excerpt #here every day 09:00 line-up",
        "/schedule add excerpt #here every day 09:00 source:Momentum",
    ],
)
async def test_a_preview_is_the_very_post(line: str) -> None:
    """Day after day, whatever members draw meanwhile, what is posted is what the preview showed."""
    async with planned(line) as talk:
        for day in (21, 22, 23):
            listed = await talk("Mia", "/schedule list")
            name = listed.split("\n")[1].split(":")[0].strip()
            shown = (await talk("Mia", f'/schedule preview "{name}"')).split("\n")[3:-1]
            await talk("Ana", "/quote")
            await talk("Mia", "/excerpt")
            posted = (await talk("Mia", f"/clock 2026-11-{day}T09:30")).split("\n")
            begins = max(number for number, each in enumerate(posted) if each.startswith("(#here)"))
            card = [posted[begins].removeprefix("(#here) "), *posted[begins + 1 :]]
            same = [each.strip() for each in shown if not each.strip().startswith("Options: ")]
            assert [each.strip() for each in card[: len(same)]] == same


async def test_now_counts_as_today_s() -> None:
    """A post made now is the one of today, so that none follows at its time; twice is refused."""
    async with planned("/schedule add quote #reading every day 18:00") as talk:
        posted = await talk("Mia", '/schedule now "Daily quote"')
        assert posted.split("\n")[0] == "(only Mia) Daily quote is posted now, as the post of Fri 20 Nov."
        assert titles(posted) == ["(#reading) Quotation"]
        again = await talk("Mia", '/schedule now "Daily quote"')
        assert again == "(only Mia) The post of Fri 20 Nov is out already. Nothing was posted."
        assert titles(await talk("Mia", "/clock 2026-11-20T20:00")) == []
        assert titles(await talk("Mia", "/clock 2026-11-21T20:00")) == ["(#reading) Quotation"]


async def test_a_missing_permission_stops_a_programme_and_is_told_once() -> None:
    """The notice names what is missing and how it is granted (card 8.10); Post now makes the post as today's."""
    async with planned(ADD, "/clock 2026-11-23T12:00") as talk:
        async with refusing(talk, Undelivered(FailureKind.FORBIDDEN, "Send Messages")) as refused:
            told = await talk("Mia", "/clock 2026-11-24T09:01")
            assert told == (
                "(moderators) Not posted: Weekday excerpt, Tue 24 Nov, 09:00, #reading\n"
                "  Missing permission: Send Messages. Grant: Edit Channel, Permissions, add Hundred Regiments, allow Send "
                "Messages.\n"
                "  The programme waits. “Post now” sends part 2 as today’s until 15:00; after that it moves to Wed 25 Nov.\n"
                "[1] Post now  [2] Skip today  [3] Pause the programme   #3"
            )
            assert await talk("Mia", "/clock 2026-11-24T10:00") == ""
            assert len(refused) == 1
        posted = await talk("Mia", "1")
        assert titles(posted) == ["(#reading) Excerpt for Tue 24 Nov, part 2 of 5"]
        again = await talk("Mia", "3.1")
        assert again == "(only Mia) The post of Tue 24 Nov is out already, so nothing was changed."
        assert titles(await talk("Mia", "/clock 2026-11-25T10:00")) == [
            "(#reading) Excerpt for Wed 25 Nov, part 3 of 5"
        ]


async def test_a_post_that_failed_is_skipped_and_the_part_moves() -> None:
    """Skip today lets the programme go on with the same part; too late, Post now says what to do."""
    async with planned(ADD) as talk:
        async with refusing(talk, Undelivered(FailureKind.GONE, "Discord says: Unknown Channel")):
            told = await talk("Mia", "/clock 2026-11-23T09:01")
        assert told.split("\n")[1] == (
            "  The channel is no longer there. “/schedule edit” names another. Discord says: Unknown Channel."
        )
        assert "Waits: its last post could not be made" in await talk("Mia", "/schedule list")
        await talk("Mia", "/clock 2026-11-23T16:00")
        late = await talk("Mia", "2.1")
        assert late == (
            "(only Mia) The time for the post of Mon 23 Nov is over. /schedule resume "
            '"Weekday excerpt" lets the programme go on.'
        )
        skipped = await talk("Mia", "2.2")
        assert skipped.endswith("Mon 23 Nov is skipped. Weekday excerpt goes on on Tue 24 Nov.")
        assert titles(await talk("Mia", "/clock 2026-11-24T09:01")) == [
            "(#reading) Excerpt for Tue 24 Nov, part 1 of 5"
        ]


async def test_a_pin_that_cannot_be_made_is_told_once_and_the_posts_go_on() -> None:
    """The post stands; the next ones come without a pin."""
    async with planned(f"{ADD} pin:yes thread:yes") as talk:
        async with refusing(talk, Undelivered(FailureKind.FORBIDDEN, "Pin Messages"), Pin) as refused:
            printed = await talk("Mia", "/clock 2026-11-24T10:00")
        assert titles(printed) == [
            "(#reading) Excerpt for Mon 23 Nov, part 1 of 5",
            "(moderators) Posted without a pin: Weekday excerpt",
            "(#reading) Excerpt for Tue 24 Nov, part 2 of 5",
        ]
        assert printed.count("(thread in #reading)") == 2
        assert len(refused) == 1


async def test_after_a_day_without_the_bot_one_post_is_late_and_the_others_are_skipped(
    tmp_path: Path,
) -> None:
    """The latest is made within its grace, the earlier ones are recorded with the reason, and that can be read."""
    database = tmp_path / "bot.db"
    async with planned("/schedule add quote #reading every day 16:00", database=database):
        pass
    monday_at_eight = FRIDAY + 3 * 86_400 + 3 * 3_600
    async with planned(at=monday_at_eight, database=database) as talk:
        assert titles(await talk("Mia", "/clock +1m")) == ["(#reading) Quotation"]
        preview = await talk("Mia", '/schedule preview "Daily quote"')
        past = await talk("Mia", option(preview, "Past posts"))
        assert past == (
            "(only Mia) Past posts: Daily quote\n"
            "  Mon 23 Nov, 16:00: posted\n"
            "  Sun 22 Nov, 16:00: skipped, the bot was not running, and its time had passed\n"
            "  Sat 21 Nov, 16:00: skipped, the bot was not running, and its time had passed"
        )


async def test_a_standing_quiz_takes_answers_and_pays() -> None:
    """A scheduled round stays open, tells each at once, and reveals itself in a new post at its close."""
    async with planned("/schedule add quiz #quiz fri 18:00 open:2h") as talk:
        card = await talk("Mia", "/clock 2026-11-20T18:01")
        assert titles(card) == ["(#quiz) Who said it?"]
        await talk("Ana", "1")
        closed = await talk("Ana", "/clock 2026-11-20T20:01")
        assert "  1 answer. “My result” shows you your own; shares are shown from 3 answers on." in closed


async def test_seven_days_before_the_end_of_the_material_the_moderators_know() -> None:
    """Ten excerpts from a Saturday on: on the Monday seven are left, and that is said once (card 8.15)."""
    async with planned("/schedule add excerpt #reading every day 09:00") as talk:
        printed = await talk("Mia", "/clock 2026-11-24T10:00")
        told = printed[printed.index("(moderators)") :].split("\n")[:3]
        assert told == [
            "(moderators) 7 days left: Daily excerpt",
            "  The approved excerpts last until Mon 30 Nov.",
            "[1] Open the queue  [2] Set what follows   #5",
        ]
        assert printed.count("(moderators)") == 1


async def test_a_line_up_of_prompts_runs_out_too() -> None:
    """Ten prompts, one a day: three days on seven days are left, which is said once; then they begin again."""
    async with planned("/schedule add prompt #reading every day 09:00") as talk:
        printed = await talk("Mia", "/clock 2026-12-05T10:00")
        assert [each for each in titles(printed) if each.startswith("(moderators)")] == [
            "(moderators) 7 days left: Daily prompt"
        ]
        assert "  The approved prompts last until Mon 30 Nov." in printed.split("\n")
        assert titles(printed).count("(#reading) For discussion") == 15
        again = "  Daily prompt: everything approved for it has been posted, and begins again."
        assert again in (await talk("Mia", "/library check")).split("\n")


async def test_an_empty_library_plans_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is approved, a programme is refused with the way to get something."""
    monkeypatch.setattr(houses, "shelves", tuple)
    async with planned() as talk:
        said = "is approved here, so there is nothing to post. /suggest brings one to the queue. Nothing was added."
        for kind, what in (("excerpt", "excerpt"), ("quote", "quotation"), ("quiz", "question")):
            typed = await talk("Mia", f"/schedule add {kind} #reading mon 09:00")
            assert typed == f"(only Mia) No {what} {said}"
        listed = await talk("Mia", "/schedule list")
        assert listed.startswith(
            "(only Mia) Nothing is planned yet. “Add” plans the first programme.\n[1] Add   #1"
        )


async def test_what_moderators_do_is_noted(tmp_path: Path) -> None:
    """Each change of a programme stands in the audit log with who made it."""
    lines = (ADD, '/schedule pause "Weekday excerpt"', '/schedule remove "Weekday excerpt"')
    async with planned(*lines, database=tmp_path / "bot.db"):
        pass
    db = open_reader(tmp_path / "bot.db")
    noted = db.execute("SELECT moderator_name, action, about FROM audit ORDER BY id").fetchall()
    db.close()
    assert noted == [("Mia", action, "Weekday excerpt") for action in ("add", "pause", "remove")]


async def test_a_community_has_two_hundred_programmes_at_most(tmp_path: Path) -> None:
    """One more is refused, one that was removed does not come back beside them, and what lists them all still fits."""
    database = tmp_path / "bot.db"
    async with planned(ADD, database=database) as talk:
        await talk("Mia", '/schedule remove "Weekday excerpt"')
    with prepared(database) as ports:
        for number in range(200):
            plan = Programme(
                community=COMMUNITY, name=f"{number} {'a' * 50}", kind="excerpt", channel="hall", days=slots.EVERY_DAY,
                time="09:00", zone="Europe/London", source="article", about="out-of-one-party",
                next_slot="2026-11-21T09:00", next_at=FRIDAY + 16 * 3_600,
            )  # fmt: skip
            ports.programmes.add(COMMUNITY, plan)
    full = "This community has 200 programmes, which is the most."
    async with planned(database=database) as talk:
        assert await talk("Mia", "/schedule add leaderboard #hall") == f"(only Mia) {full} Nothing was added."
        removed = await talk("Mia", f'/schedule remove "199 {"a" * 50}"')
        await talk("Mia", "/schedule add leaderboard #hall")
        assert await talk("Mia", f"{removed.split('#')[1]}.1") == f"(only Mia) {full} Nothing was changed."
        assert (await talk("Mia", "/library check")).split("\n")[21] == (
            "  82 more like these; they come up as these are settled."
        )


async def test_the_excerpt_of_the_day_is_one_for_all_and_no_series_changes_it() -> None:
    """Whichever asks first draws it: /excerpt and every programme of today’s excerpt show the same; a series has its own."""
    lines = (
        ADD,
        "/schedule add excerpt #hall mon 10:00 today",
        "/schedule add excerpt #yard mon 11:00 today",
    )
    async with planned(*lines) as talk:
        await talk("Mia", "/clock 2026-11-23T08:00")
        asked = (await talk("Ana", "/excerpt")).split("\n")[:3]
        posted = (await talk("Mia", "/clock 2026-11-23T12:00")).split("\n")
        begun = [number for number, each in enumerate(posted) if each.startswith("(#")]
        shown = [posted[number : number + 3] for number in begun]
        assert [each[0].partition(") ")[0] for each in shown] == ["(#reading", "(#hall", "(#yard"]
        assert [[each[0].partition(") ")[2], *each[1:]] for each in shown[1:]] == [asked, asked]
        assert shown[0][0] == "(#reading) Excerpt for Mon 23 Nov, part 1 of 5"
        assert (await talk("Ben", "/excerpt")).split("\n")[:3] == asked
