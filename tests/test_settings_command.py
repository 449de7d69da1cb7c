"""/settings and /setup, as conversations."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.ports.settings import GREETED
from tests.conversation import Talk, option, talking
from tests.moderated import COMMUNITY, FRIDAY, prepared

PRIVATE = "private until a member says otherwise"
SHOWN = "shown once a member has seen it, until they say otherwise"
FOREIGN = "That button does not belong to this community. Nothing was changed."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """Open a community on a Friday afternoon, where Mia moderates and the first run was offered before."""
    with prepared(tmp_path / "bot.db") as ports:
        ports.settings.put(COMMUNITY, GREETED, 1)
    async with talking(at=FRIDAY, database=tmp_path / "bot.db") as opened:
        await opened("Mia", "/clock", moderator=True)
        yield opened


async def test_the_picture_of_what_is_set(talk: Talk) -> None:
    """Without more, everything that is set is shown, and where Discord shows commands to a role."""
    assert await talk("Mia", "/settings") == (
        "(only Mia) Settings\n"
        "  Time zone: Europe/London, as the host has it\n"
        "  Quiz: 45 seconds, 1 point for a right answer, no more for speed\n"
        f"  Leaderboard: {PRIVATE}\n"
        "  Moderators besides administrators: none\n"
        "  Log channel: none\n"
        "  Season: 2026, the calendar year\n"
        "  Which roles see which commands is set on Discord itself, and a bot cannot change it: Server Settings, "
        "Integrations, Hundred Regiments, choose a command, add the role. What a command does is checked here in any "
        "case.\n"
        "[1] Plan the first excerpt  [2] Audit log   #1"
    )


async def test_a_change_shows_before_and_after_and_can_be_taken_back(talk: Talk) -> None:
    """What is named is changed, all of it together; Undo brings back what was there, once."""
    assert await talk("Mia", "/settings zone:Asia/Kathmandu seconds:60 points:2 fast:1") == (
        "(only Mia) Settings changed\n"
        "  Time zone: Asia/Kathmandu, before: as the host has it.\n"
        "  Quiz seconds: 60, before: 45, as the host has it.\n"
        "  Points for a right answer: 2, before: 1, as the host has it.\n"
        "  More for a fast one: 1, before: 0, as the host has it.\n"
        "[1] Undo   #1"
    )
    set_now = (await talk("Mia", "/settings")).splitlines()[1:3]
    assert set_now == [
        "  Time zone: Asia/Kathmandu",
        "  Quiz: 60 seconds, 2 points for a right answer, 1 more within 10 seconds",
    ]
    assert await talk("Mia", "1.1") == (
        "(only Mia) Settings, as they were before\n"
        "  Time zone: as the host has it, before: Asia/Kathmandu.\n"
        "  Quiz seconds: 45, as the host has it, before: 60.\n"
        "  Points for a right answer: 1, as the host has it, before: 2.\n"
        "  More for a fast one: 0, as the host has it, before: 1."
    )
    again = (await talk.console.press("1:settings:undo:1")).rstrip("\n")
    assert again == "(only Mia) Mia took this back at 17:00. Nothing was changed."
    assert (await talk("Mia", "/settings")).splitlines()[
        1
    ] == "  Time zone: Europe/London, as the host has it"


async def test_two_moderators_change_the_same(talk: Talk) -> None:
    """What another moderator has changed since is not overwritten by an Undo."""
    await talk("Mia", "/settings points:2")
    await talk("Noor", "/settings points:3", moderator=True)
    refused = "This was changed again since. Nothing was changed."
    assert await talk("Mia", "1.1") == f"(only Mia) {refused}"
    assert "3 points" in (await talk("Mia", "/settings")).splitlines()[2]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("zone:Nowhere", "There is no time zone “Nowhere”. Zones go by a city, as in Europe/London. Nothing was changed."),
        ("zone:Europe/Lundon", "There is no time zone “Europe/Lundon”. Did you mean Europe/London? Nothing was changed.\n[1] Europe/London   #1"),
        ("seconds:9", "seconds goes from 10 to 600, and “9” is outside that."),
        ("seconds:601", "seconds goes from 10 to 600, and “601” is outside that."),
        ("points:0", "points goes from 1 to 100, and “0” is outside that."),
        ("points:many", "points is a number, and “many” is not one."),
        ("season:2026-13-01", "“2026-13-01” is not a date; 2026-12-01 is one. Nothing was changed."),
        ("season:1750-01-01", "“1750-01-01” is outside the years 2000 to 2100. Nothing was changed."),
        ("name:Winter", "A season’s name goes with its first day, as in: season:2026-12-01 name:Winter. Nothing was changed."),
        ("log:#", "“#” names nothing; a name stands there, as in log:#moderators. Nothing was changed."),
        ("default:private", "That is how it is set already. Nothing was changed."),
        ("default:loud", "default is shown or private, and “loud” is neither."),
    ],
)  # fmt: skip
async def test_what_cannot_be_set_is_said(talk: Talk, typed: str, answer: str) -> None:
    """A wrong value gets a sentence with what to do, and nothing is changed or noted."""
    before = await talk("Mia", "/moderate log")
    said = await talk("Mia", f"/settings {typed} ")
    assert said == f"(only Mia) {answer}"
    assert await talk("Mia", "/moderate log") == before


async def test_the_way_out_keeps_the_rest_of_what_was_typed(talk: Talk) -> None:
    """“Did you mean” runs the whole line with the zone mended."""
    await talk("Mia", "/settings zone:Europe/Pariss seconds:90")
    assert (await talk("Mia", "1")).splitlines()[1:3] == [
        "  Time zone: Europe/Paris, before: as the host has it.",
        "  Quiz seconds: 90, before: 45, as the host has it.",
    ]


async def test_members_are_refused_everywhere(talk: Talk) -> None:
    """A member is refused at the command, at a moderator's old button, and through a forged token."""
    await talk("Mia", "/settings points:2")
    refused = "is for this community’s moderators. /suggest brings an idea to them."
    assert await talk("Ana", "/settings") == f"(only Ana) /settings {refused}"
    assert await talk("Ana", "/settings points:9") == f"(only Ana) /settings {refused}"
    assert await talk("Ana", "1.1") == f"(only Ana) /settings {refused}"
    assert (await talk.console.press("1:setup:start")).rstrip("\n") == f"(only Ana) /setup {refused}"
    assert (await talk.console.press("1:settings:undo:1")).rstrip("\n") == f"(only Ana) /settings {refused}"
    assert "2 points" in await talk("Mia", "/settings")


@pytest.mark.parametrize(
    "token", ["1:settings:undo", "1:settings:undo:7", "1:settings:undo:x", "1:setup:start"]
)
async def test_forged_tokens_change_nothing(talk: Talk, token: str) -> None:
    """A token that names nothing here is told apart from one that does."""
    assert (await talk.console.press(token)).rstrip("\n") == f"(only Mia) {FOREIGN}"


async def test_another_community_s_change_is_out_of_reach(talk: Talk) -> None:
    """A change of another community's is not taken back by its id."""
    await talk("Mia", "/settings points:2")
    talk.console.session.community = "console:elsewhere"
    assert (await talk.console.press("1:settings:undo:1")).rstrip("\n") == f"(only Mia) {FOREIGN}"


async def test_a_named_person_moderates_until_named_again(talk: Talk) -> None:
    """Who is named may use what moderators use; named again, no longer; the log names them to moderators alone."""
    assert await talk("Mia", "/settings member:@Noor") == (
        "(only Mia) Settings changed\n  @noor moderates too now.\n[1] Undo   #1"
    )
    assert (await talk("Noor", "/settings")).splitlines()[4] == "  Moderators besides administrators: @noor"
    assert await talk("Mia", "/settings member:Noor") == (
        "(only Mia) Settings changed\n  @noor moderates no longer.\n[1] Undo   #3"
    )
    assert (await talk("Noor", "/settings")).startswith(
        "(only Noor) /settings is for this community’s moderators."
    )
    assert await talk("Mia", "3.1") == "(only Mia) Settings, as they were before\n  @noor moderates too now."
    assert [line.partition(": ")[2] for line in (await talk("Mia", "/moderate log")).splitlines()[1:4]] == [
        "Mia took back a change of the settings for @noor: moderates too.",
        "Mia changed the settings for @noor: moderates no longer.",
        "Mia changed the settings for @noor: moderates too.",
    ]
    assert (await talk("Noor", "/settings")).startswith("(only Noor) Settings\n")


async def test_nobody_takes_their_own_rights_away(talk: Talk) -> None:
    """Who moderates by being named cannot unname themselves, by the command or by an Undo; an administrator can."""
    await talk("Mia", "/settings member:@Noor")
    locked = "You would moderate here no longer. An administrator or another moderator can do this. Nothing was changed."
    assert await talk("Noor", "/settings member:@Noor") == f"(only Noor) {locked}"
    assert (await talk.console.press("1:settings:undo:1")).rstrip("\n") == f"(only Noor) {locked}"
    assert (await talk("Noor", "/settings")).startswith("(only Noor) Settings\n")
    assert (await talk("Mia", "/settings role:@Team")).startswith("(only Mia) Settings changed")


async def test_a_forgotten_person_is_not_brought_back(talk: Talk) -> None:
    """Who asked to be forgotten is no moderator by an old Undo."""
    await talk("Mia", "/settings member:@Noor")
    await talk("Mia", "/settings member:@Noor")
    await talk("Noor", "/privacy")
    await talk("Noor", option(await talk("Noor", "/privacy"), "Forget me"))
    await talk("Noor", "forget me")
    assert await talk("Mia", "2.1") == "(only Mia) That person was forgotten here. Nothing was changed."
    log = await talk("Mia", "/moderate log")
    assert "noor" not in log.casefold()
    assert log.endswith(": Mia changed the settings for a former member.")


async def test_seasons_are_named_and_unnamed(talk: Talk) -> None:
    """A season begins on its day; named again without a name it is gone."""
    assert await talk("Mia", "/settings season:2026-11-01 name:Autumn") == (
        "(only Mia) Settings changed\n  Season from Sun 1 Nov 2026: Autumn, before: none.\n[1] Undo   #1"
    )
    await talk("Mia", "/settings season:2026-12-01 name:Winter")
    line = (await talk("Mia", "/settings")).splitlines()[6]
    assert line == "  Season: Autumn, from Sun 1 Nov 2026. Next: Winter, from Tue 1 Dec 2026"
    assert await talk("Mia", "/settings season:2026-12-01") == (
        "(only Mia) Settings changed\n  Season from Tue 1 Dec 2026: none, before: Winter.\n[1] Undo   #4"
    )


async def test_a_season_that_has_begun_counts_what_was_scored(talk: Talk) -> None:
    """Points that were given before a season was named are sorted into it."""
    card = await talk("Ana", "/quiz who about:words")
    await talk("Ana", option(card, "Vladimir Lenin"))
    await talk("Ana", "/clock +45s")
    await talk.console.press("1:leaderboard:show")
    await talk("Mia", "/settings season:2026-11-01 name:Autumn")
    await talk("Mia", "/clock +1s")
    board = await talk("Ana", "/leaderboard season")
    assert board.splitlines()[:2] == ["Leaderboard, Autumn", "  1  Ana  1 point"]


async def test_quizzes_follow_what_is_set(talk: Talk) -> None:
    """Seconds and points are those of the community, in the question, the result, the answer and the score."""
    await talk("Mia", "/settings seconds:60 points:3 fast:2")
    card = await talk("Ana", "/quiz who about:words")
    assert "Closes at 17:01:00." in card
    lenin = option(card, "Vladimir Lenin")
    for name in ("Ana", "Ben", "Cem"):
        await talk(name, lenin)
    result = await talk("Ana", "/clock +60s")
    assert "  3 answers, 3 right, 3 points each, 2 more within 10 seconds." in result.splitlines()
    assert (await talk("Ana", "/score")).splitlines()[1] == "  5 points this week, 5 this month, 5 in all"
    standing = await talk("Mia", "/quiz fact open:2h about:1982")
    told = await talk("Ben", option(standing, "Copeland"))
    assert told.startswith("(only Ben) Right: Copeland. 3 points. The others see it on ")


async def test_the_board_follows_the_default(talk: Talk) -> None:
    """Where the default is shown, whoever has points is on the board once they have seen it, and told how to leave."""
    changed = await talk("Mia", "/settings default:shown")
    assert changed.splitlines()[1] == f"  Leaderboard: {SHOWN}, before: {PRIVATE}."
    card = await talk("Ana", "/quiz who about:words")
    await talk("Ana", option(card, "Vladimir Lenin"))
    await talk("Ana", "/clock +45s")
    assert "[2] Keep me private" in await talk("Ana", "/leaderboard")
    assert "  1  Ana  1 point" in await talk("Ben", "/leaderboard")


async def test_the_log_channel_hears_what_moderators_do(talk: Talk) -> None:
    """With a log channel set, each entry of the audit log is posted there too; set again, no longer."""
    await talk("Mia", "/settings log:#mods")
    assert await talk("Mia", "/clock +1s") == "(moderators) Mia changed the settings: the log channel."
    await talk("Mia", "/settings points:2")
    assert (
        await talk("Mia", "/clock +1s")
        == "(moderators) Mia changed the settings: Points for a right answer 2."
    )
    assert (await talk("Mia", "/settings log:#mods")).splitlines()[1] == "  Log channel: none, before: #mods."
    assert await talk("Mia", "/clock +1s") == ""


async def test_first_run_plans_a_daily_excerpt(talk: Talk) -> None:
    """Three questions, each with a default, and the first week is planned (card 8.1)."""
    assert await talk("Mia", "/setup") == (
        "(only Mia) Hundred Regiments is here. Three questions plan the first excerpt; nothing is posted until you "
        "start it.\n[1] Begin  [2] Not now   #1"
    )
    for line in ("1", "", "#reading"):
        await talk("Mia", line)
    ready = (
        "(only Mia) Ready: an excerpt every day at 09:00 (Europe/London) in #reading, from Sat 21 Nov. 10 are "
        "approved, enough until Mon 30 Nov.\n[1] Start it  [2] Preview  [3] Change  [4] Not now   #2"
    )
    assert await talk("Mia", "") == ready
    preview = await talk("Mia", "2")
    assert preview.splitlines()[:2] == [
        "(only Mia) Excerpt for Sat 21 Nov, part 1 of 5",
        "  Preview of Sat 21 Nov, seen by you alone. Why this one: it is the excerpt of the day.",
    ]
    assert await talk("Mia", "/schedule list") == (
        "(only Mia) Nothing is planned yet. “Add” plans the first programme.\n[1] Add   #3"
    )
    assert await talk("Mia", "2.1") == (
        "(only Mia) Daily excerpt is planned. Its first post is on Sat 21 Nov at 09:00 in #reading. /schedule list "
        "shows it.\n[1] Change  [2] Remove   #2"
    )
    assert "Plan the first excerpt" not in await talk("Mia", "/settings")
    again = (await talk.console.press("1:setup:start")).rstrip("\n")
    assert again == (
        "(only Mia) A programme is planned here already, so nothing was changed. /schedule list shows it."
    )
    posted = await talk("Mia", "/clock 2026-11-21T09:00")
    assert posted.splitlines()[0] == "(#reading) Excerpt for Sat 21 Nov, part 1 of 5"


@pytest.mark.parametrize(
    ("zone", "channel", "time", "answer"),
    [
        ("Europe/Lundon", "#reading", "09:00", "There is no time zone “Europe/Lundon”. Did you mean Europe/London? Nothing was planned."),
        ("Europe/London", "#reading", "25:61", "“25:61” is not a time; times go from 00:00 to 23:59. Nothing was planned."),
        ("Europe/London", "two words", "09:00", "A programme needs a channel, as in: #reading. Nothing was added."),
    ],
)  # fmt: skip
async def test_first_run_refuses_what_cannot_be(
    talk: Talk, zone: str, channel: str, time: str, answer: str
) -> None:
    """A wrong answer gets a sentence, and nothing is planned or set."""
    await talk("Mia", "/setup")
    for line in ("1", zone, channel):
        await talk("Mia", line)
    assert (await talk("Mia", time)) == f"(only Mia) {answer}"
    assert (await talk.console.press("1:setup:start")).rstrip("\n") == f"(only Mia) {FOREIGN}"


async def test_first_run_can_wait(talk: Talk) -> None:
    """“Not now” plans nothing, and says how to be asked again."""
    await talk("Mia", "/setup")
    assert await talk("Mia", "2") == "(only Mia) Nothing is planned. /setup asks again."
