"""/leaderboard, as people talk to it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.events import Actor, CommandUsed, Place
from bot.core.features.leaderboard import shown_name
from bot.core.tokens import token
from storage.store import MEMORY, Store
from tests.conversation import Talk, talking
from tests.houses import NOW
from tests.storage_samples import DAY, ZONE, ports_of

COMMUNITY = "console:test"
BUTTONS = "[1] Around me  [2] This month  [3] This season  [4] All time   #1"
EMPTY = "No one is on this week’s leaderboard yet. Points come from /quiz."
BOARD = """\
Leaderboard, week of Mon 23 Nov
  1   Ana  12 points
  2=  Ben   9
  2=  Dee   9
  Those who chose to be shown.
[1] Around me  [2] This month  [3] This season  [4] All time   #1"""
QUESTION = """\
(only Ana) Would you like to be on the leaderboard?
  You have 4 points this week. If shown, this community sees your name and points; if private, no one does. \
/privacy changes it.
[1] Show me  [2] Keep me private   #1"""


@asynccontextmanager
async def scored(
    folder: Path, points: Mapping[str, int], *shown: str, at: int = NOW, seasons: Mapping[str, str] | None = None
) -> AsyncIterator[Talk]:  # fmt: skip
    """Talk to a bot in whose community members have these points, of whom some are shown."""
    store = Store(folder / "bot.db")
    ports = ports_of(store)
    with store.transaction():
        for start, name in (seasons or {}).items():
            ports.settings.put(COMMUNITY, f"season:{start}", name)
        for name, gained in points.items():
            member = name.casefold()
            ports.scores.add(COMMUNITY, member, gained, source="adjustment:1", at=at, zone=ZONE)
            if name in shown:
                ports.members.show(COMMUNITY, member, name)
            else:
                ports.members.hide(COMMUNITY, member)
    store.close()
    async with talking(database=folder / "bot.db") as talk:
        yield talk


def undecided(folder: Path, points: int, *, at: int = NOW, visibility: str = "") -> None:
    """Give Ana points, without a word from her; with `visibility`, as her community has set it."""
    store = Store(folder / "bot.db")
    ports = ports_of(store)
    with store.transaction():
        ports.scores.add(COMMUNITY, "ana", points, source="adjustment:1", at=at, zone=ZONE)
        if visibility:
            ports.settings.put(COMMUNITY, "visibility", visibility)
    store.close()


FOUR = {"Ana": 12, "Ben": 9, "Cem": 4, "Dee": 9}


async def test_nobody_is_on_it_at_first() -> None:
    """Where nobody is shown, everyone is told where points come from, and nobody is asked anything."""
    async with talking() as talk:
        assert await talk("Ana", "/leaderboard") == EMPTY


async def test_who_chose_to_be_shown_stands_on_it(tmp_path: Path) -> None:
    """Names, places and points of those who are shown; equal points share a place; Cem, who is private, is not there."""
    async with scored(tmp_path, FOUR, "Ana", "Ben", "Dee") as talk:
        assert await talk("Ben", "/leaderboard") == BOARD


async def test_everyone_learns_alone_where_they_stand(tmp_path: Path) -> None:
    """Whoever presses "Around me" is told their own place, or, being private, how many have more."""
    async with scored(tmp_path, FOUR, "Ana", "Ben", "Dee") as talk:
        await talk("Ben", "/leaderboard")
        ben = "(only Ben) Place 2 with 9 points, shared with Dee. Above you: Ana, 12."
        assert await talk("Ben", "1") == ben
        cem = "(only Cem) You have 4 points this week and are private. 3 people shown have more."
        assert await talk("Cem", "1.1") == cem
        assert await talk("Ana", "1.1") == "(only Ana) Place 1 with 12 points."
        eve = "(only Eve) You have no points this week yet. Points come from /quiz."
        assert await talk("Eve", "1.1") == eve


@pytest.mark.parametrize(
    ("points", "shown", "told"),
    [
        ({"Ana": 1}, "", "You have 1 point this week and are private. No one shown has more."),
        ({"Ana": 1, "Ben": 2}, "Ben", "You have 1 point this week and are private. 1 person shown has more."),
        ({"Ana": 1, "Ben": 1200}, "Ana Ben", "Place 2 with 1 point. Above you: Ben, 1,200."),
        ({"Ana": 3, "Ben": 3, "Cem": 3}, "Ana Ben Cem", "Place 1 with 3 points, shared with Ben and Cem."),
        (
            dict.fromkeys(("Ana", "Ben", "Cem", "Dee", "Eve", "Fay"), 3), "Ana Ben Cem Dee Eve Fay",
            "Place 1 with 3 points, shared with Ben, Cem, Dee and 2 others.",
        ),
        (
            {"Ana": 1, "Ben": 2, "Cem": 2, "Dee": 2, "Eve": 2, "Fay": 3}, "Ana Ben Cem Dee Eve Fay",
            "Place 6 with 1 point. Above you: Ben, Cem, Dee and 1 other, 2.",
        ),
    ],
)  # fmt: skip
async def test_a_place_is_told_as_it_is(
    tmp_path: Path, points: dict[str, int], shown: str, told: str
) -> None:
    """One point, one person, shared places and crowds are each said as they are."""
    async with scored(tmp_path, points, *shown.split()) as talk:
        shelf = await talk("Ana", "/leaderboard")
        press = await talk.console.press(str(token("leaderboard:around", "w:2026-11-23")))
        assert (bool(shelf), press) == (True, f"(only Ana) {told}\n")


async def test_the_question_is_asked_once(tmp_path: Path) -> None:
    """Whoever has points is asked, alone and a single time, whether to be shown; until they say so they are private."""
    undecided(tmp_path, 4)
    async with talking(database=tmp_path / "bot.db") as talk:
        assert await talk("Ana", "/leaderboard") == f"{EMPTY}\n{QUESTION}"
        assert await talk("Ana", "/leaderboard") == EMPTY
        assert await talk("Ben", "/leaderboard") == EMPTY


async def test_the_question_is_answered_with_yes(tmp_path: Path) -> None:
    """The button "Show me" puts the member on the board at once, under the name they go by."""
    undecided(tmp_path, 4)
    async with talking(database=tmp_path / "bot.db") as talk:
        await talk("Ana", "/leaderboard")
        shown = "(only Ana) You are on the leaderboard from now on, as Ana. /privacy changes it."
        assert await talk("Ana", "1") == shown
        board = await talk("Ana", "/leaderboard")
        assert board.split("\n")[:2] == ["Leaderboard, week of Mon 23 Nov", "  1  Ana  4 points"]


async def test_the_question_is_answered_with_no(tmp_path: Path) -> None:
    """The button "Keep me private" leaves the board as it was, and the question is not asked again."""
    undecided(tmp_path, 4)
    async with talking(database=tmp_path / "bot.db") as talk:
        await talk("Ana", "/leaderboard")
        private = "(only Ana) You are private: no one sees your name or points. /privacy changes it."
        assert await talk("Ana", "2") == private
        assert await talk("Ana", "/leaderboard") == EMPTY


async def test_a_community_may_show_who_has_said_nothing(tmp_path: Path) -> None:
    """Where moderators made shown the default, whoever is asked is on the board until they say otherwise."""
    undecided(tmp_path, 4, visibility="shown")
    async with talking(database=tmp_path / "bot.db") as talk:
        assert await talk("Ana", "/leaderboard") == f"{EMPTY}\n{QUESTION}"
        assert "  1  Ana  4 points" in await talk("Ben", "/leaderboard")
        await talk("Ana", "1.2")
        assert await talk("Ben", "/leaderboard") == EMPTY


@pytest.mark.parametrize(
    ("days", "said"), [(2, "this month"), (60, "this season"), (400, "in all")]
)  # fmt: skip
async def test_the_question_names_points_of_the_latest_window(tmp_path: Path, days: int, said: str) -> None:
    """Whoever has none this week is told those of the month, the season, or all of them."""
    undecided(tmp_path, 4, at=NOW - days * DAY)
    async with talking(database=tmp_path / "bot.db") as talk:
        answer = await talk("Ana", "/leaderboard")
        assert f"\n  You have 4 points {said}. If shown, " in answer


@pytest.mark.parametrize(
    ("typed", "title", "labels"),
    [
        ("", "week of Mon 23 Nov", "[2] This month  [3] This season  [4] All time"),
        ("month", "November 2026", "[2] This week  [3] This season  [4] All time"),
        ("window:season", "season 2026", "[2] This week  [3] This month  [4] All time"),
        ("all", "all time", "[2] This week  [3] This month  [4] This season"),
        ("all time", "all time", "[2] This week  [3] This month  [4] This season"),
    ],
)
async def test_each_window_has_a_board(tmp_path: Path, typed: str, title: str, labels: str) -> None:
    """Week, month, season and all time are asked for by name, and each leads to the three others."""
    async with scored(tmp_path, {"Ana": 2}, "Ana") as talk:
        expected = f"Leaderboard, {title}\n  1  Ana  2 points\n  Those who chose to be shown.\n[1] Around me  {labels}   #1"
        assert await talk("Ana", f"/leaderboard {typed}") == expected


@pytest.mark.parametrize(
    ("seasons", "title"),
    [({"2026-09-01": "Autumn term"}, "Autumn term"), ({"2026-09-01": ""}, "season from 1 September 2026")],
)
async def test_a_season_is_called_what_moderators_call_it(
    tmp_path: Path, seasons: dict[str, str], title: str
) -> None:
    """A season with a name is titled by it; one without by its first day."""
    async with scored(tmp_path, {"Ana": 2}, "Ana", seasons=seasons) as talk:
        assert (await talk("Ana", "/leaderboard season")).split("\n")[0] == f"Leaderboard, {title}"


async def test_whoever_presses_turns_the_one_board(tmp_path: Path) -> None:
    """Another window takes the place of the card for everyone, also when somebody else presses than who asked."""
    async with scored(tmp_path, {"Ana": 2}, "Ana", at=NOW - 2 * DAY) as talk:
        assert await talk("Ana", "/leaderboard") == EMPTY
        await talk("Ana", "/leaderboard month")
        turned = await talk("Ben", "2")
        assert turned == (
            "Leaderboard, week of Mon 23 Nov\n"
            "  No one is on this week’s leaderboard yet. Points come from /quiz.\n"
            "[1] Around me  [2] This month  [3] This season  [4] All time   #1"
        )
        assert (await talk("Cem", "4")).split("\n")[:2] == ["Leaderboard, all time", "  1  Ana  2 points"]


async def test_around_me_speaks_of_the_board_it_stands_on(tmp_path: Path) -> None:
    """A week later, the button of an old board still tells of the week on that board."""
    async with scored(tmp_path, FOUR, "Ana", "Ben", "Dee") as talk:
        await talk("Ben", "/leaderboard")
        await talk("Ben", "/clock +7d")
        assert await talk("Ana", "1.1") == "(only Ana) Place 1 with 12 points."
        cem = "You have 4 points in the week of Mon 23 Nov and are private. 3 people shown have more."
        assert await talk("Cem", "1.1") == f"(only Cem) {cem}"
        eve = "You have no points in the week of Mon 23 Nov. Points come from /quiz."
        assert await talk("Eve", "1.1") == f"(only Eve) {eve}"
        assert await talk("Ben", "/leaderboard") == EMPTY


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("w:2026-11-23", "4 points this week and"), ("m:2026-11", "4 points this month and"),
        ("s:2026", "4 points this season and"), ("all", "4 points in all and"),
    ],
)  # fmt: skip
async def test_each_window_is_spoken_of_in_its_own_words(tmp_path: Path, key: str, said: str) -> None:
    """A private member hears which points are meant."""
    async with scored(tmp_path, {"Ana": 4}) as talk:
        told = await talk.console.press(str(token("leaderboard:around", key)))
        assert told == f"(only Ana) You have {said} are private. No one shown has more.\n"


async def test_points_on_a_topic_have_a_board_of_their_own() -> None:
    """With a topic, those points count that came from questions on it; the private hear of their own alone."""
    async with talking(seed=3) as talk:
        await talk("Ana", "/quiz kind:who about:words")
        for who in ("Ana", "Ben", "Cem"):
            await talk(who, "3")
        await talk("Ana", "/clock +45s")
        for who in ("Ana", "Ben"):
            await talk(who, "/privacy")
            await talk(who, "2")
        board = await talk("Dee", "/leaderboard about:Pluralism")
        assert board == (
            "Leaderboard, week of Mon 23 Nov, about pluralism\n"
            "  1=  Ana  1 point\n"
            "  1=  Ben  1\n"
            "  Those who chose to be shown.\n"
            "[1] Around me  [2] This month  [3] This season  [4] All time   #4"
        )
        assert await talk("Ana", "1") == "(only Ana) Place 1 with 1 point about pluralism, shared with Ben."
        cem = "You have 1 point about pluralism this week and are private. No one shown has more."
        assert await talk("Cem", "4.1") == f"(only Cem) {cem}"
        turned = await talk("Cem", "4.4")
        assert turned.split("\n")[0] == "Leaderboard, all time, about pluralism"
        empty = "No one is on this month’s leaderboard about by-elections yet. Points come from /quiz."
        assert await talk("Dee", "/leaderboard month by-elections") == empty


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("", False), ("month", False), ("about:pluralism", True), ("month about:pluralism", True), ("all time", False),
        ("week about:time", True), ("about:nothing", True), ("window:never about:pluralism", False),
    ],
)  # fmt: skip
def test_only_a_board_by_topic_is_made_beside_the_thread_that_writes(text: str, reads: bool) -> None:  # noqa: FBT001 - a row of the table
    """The board by topic, which may take longer, only reads; the others note what their asker is called now."""
    store = Store(MEMORY)
    core = Core(ports_of(store), catalogue())
    event = CommandUsed(
        place=Place(community="console:test", channel="general"),
        actor=Actor(id="ana", name="Ana"),
        at=0,
        command="leaderboard",
        text=text,
    )
    assert core.reads(event) is reads
    store.close()


async def test_a_board_by_topic_is_made_on_the_reading_connection(tmp_path: Path) -> None:
    """On a database file nothing is written for it, and it is told like any other."""
    async with talking(database=tmp_path / "bot.db") as talk:
        said = await talk("Ana", "/leaderboard about:pluralism")
        assert said == "No one is on this week’s leaderboard about pluralism yet. Points come from /quiz."
        assert (await talk("Ana", "/leaderboard about:plurelism")).startswith("(only Ana) ")


async def test_what_is_no_topic_is_answered_with_those_there_are() -> None:
    """A near miss is met with "did you mean" and a button; anything else with the topics."""
    async with talking() as talk:
        near = "(only Ana) Nothing here is about “plurlism”. Did you mean pluralism?\n[1] pluralism   #1"
        assert await talk("Ana", "/leaderboard plurlism") == near
        empty = "No one is on this week’s leaderboard about pluralism yet. Points come from /quiz."
        assert await talk("Ana", "1") == empty
        none = "(only Ana) Nothing here is about “tariffs”. Topics here: pluralism, parties, Momentum, by-elections."
        assert await talk("Ana", "/leaderboard about:tariffs") == none


async def test_what_is_no_window_is_answered_with_those_there_are() -> None:
    """A window that there is not is named, with the nearest that there is."""
    async with talking() as talk:
        answer = await talk("Ana", "/leaderboard window:weak")
        assert answer == (
            "(only Ana) There is no window “weak”. Did you mean week? The windows are week, month, season and all.\n"
            "[1] week   #1"
        )


@pytest.mark.parametrize(
    "forged",
    [
        token("leaderboard:turn"), token("leaderboard:turn", "decade"), token("leaderboard:around"),
        token("leaderboard:around", "w:2026-11-24"), token("leaderboard:around", "every"),
    ],
    ids=str,
)  # fmt: skip
async def test_a_forged_button_does_nothing(forged: object) -> None:
    """A window that no board has is refused."""
    async with talking() as talk:
        said = await talk.console.press(str(forged))
        assert said == "(only Ana) That button does not belong to this community. Nothing was changed.\n"


async def test_a_new_name_shows_after_the_next_use(tmp_path: Path) -> None:
    """Whoever is shown and goes by another name now stands under it once they use /leaderboard."""
    async with scored(tmp_path, {"Ben": 2}, "Ben") as talk:
        assert "  1  Ben  2 points" in await talk("Ana", "/leaderboard")
    async with talking(
        database=tmp_path / "bot.db"
    ) as talk:  # whose people are the same in whatever capitals
        assert "  1  BEN  2 points" in await talk("BEN", "/leaderboard")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana", "Ana"),
        ("Ana\n1 Ben  99 points", "Ana 1 Ben 99 points"),
        ("  Ana\u200b\u202e \t Maria ", "Ana Maria"),
        ("@everyone", "everyone"),
        ("A" * 60, "A" * 40),
        ("\u200b\n", "A member"),
        ("Zoë 🌹", "Zoë 🌹"),
    ],
)
def test_a_name_takes_one_line_and_no_more(name: str, shown: str) -> None:
    """What somebody calls themselves can neither break a board's lines nor call anybody."""
    assert shown_name(name) == shown


async def test_a_board_has_ten_places(tmp_path: Path) -> None:
    """Eleven are shown: ten of them stand there, and the last shares its place with the one who does not."""
    points = {f"P{number:02}": 100 - number for number in range(10)} | {"P10": 91}
    async with scored(tmp_path, points, *points) as talk:
        lines = (await talk("Ana", "/leaderboard")).split("\n")
        assert lines[1:3] == ["  1    P00  100 points", "  2    P01   99"]
        assert lines[10:12] == ["  10=  P09   91", "  Those who chose to be shown."]


async def test_communities_have_boards_of_their_own(tmp_path: Path) -> None:
    """Points and names of one community are nowhere in another on the same database."""
    store = Store(tmp_path / "bot.db")
    with store.transaction():
        ports = ports_of(store)
        ports.scores.add("console:other", "ana", 5, source="adjustment:1", at=NOW, zone=ZONE)
        ports.members.show("console:other", "ana", "Ana")
    store.close()
    async with talking(database=tmp_path / "bot.db") as talk:
        assert await talk("Ana", "/leaderboard") == EMPTY
        told = await talk.console.press(str(token("leaderboard:around", "all")))
        assert told == "(only Ana) You have no points yet. Points come from /quiz.\n"
