"""/excerpt in the console, as members read it."""

from pathlib import Path

import pytest

from storage.stocking import renew
from tests.conversation import talking
from tests.houses import NOW
from tests.reading_samples import HERE, LAWSON, SOURCE, read_by, retire, tokens, with_a_day, writing

EXCERPT = f"""\
Excerpt for Tue 24 Nov, part 2 of 5
  {LAWSON}
  | “The abiding quest of pluralists is to create spaces in which people can determine their future collectively. \
These are spaces such as trade unions, mutuals and co-operatives. Pluralism is about letting new things happen on a \
journey of trial, experiment and failure. Democratic engagement may take longer to reach a conclusion than a central \
diktat, but results in more effective outcomes, precisely because these are negotiated by people who use and produce \
services.”
  Read by 14.
{SOURCE}
[1] Read on  [2] I’ve read it  [3] Quiz me on it  [4] Discuss   #1"""

PART_3 = f"""\
(only Ana) Part 3 of 5
  | “While tribalists rely on control of a machine that eventually leaves them marooned and detached, pluralists know \
that shared answers are more enduring and that, once people have struggled to win advances through pluralistic spaces, \
they are more likely to fight to keep them. What matters is the ability to participate in the process, to find the \
resources and structures to search for genuine collective freedom to manage our world.”
  Your bookmark is at part 3.
{SOURCE}
[1] Back  [2] Read on  [3] I’ve read it   #2"""

QUESTION = """\
(only Ana) A question on this excerpt, for you alone; no points
  It names trade unions, mutuals and a third example of such spaces. Which one?
[1] Co-operatives  [2] Housing associations  [3] Local newspapers  [4] Universities   #3"""

RETIRED = "That excerpt has been retired and is no longer shown."
ELSE_S = "This card is somebody else’s."


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a database on which part 2 of Neal Lawson's article is the excerpt of Tue 24 Nov."""
    return with_a_day(tmp_path / "bot.db")


async def test_todays_excerpt_says_where_it_is_from_and_how_many_have_read_it(database: Path) -> None:
    """The card names date, part, article, readers, source and rights (card 5.1)."""
    read_by(database, 14)
    async with talking(database=database) as talk:
        assert await talk("Ana", "/excerpt") == EXCERPT
        again = await talk("Ben", "/excerpt")
        assert again == EXCERPT.replace("#1", "#2")


async def test_reading_on_noting_and_being_asked_is_private(database: Path) -> None:
    """A member reads on from the posted part, notes it as read, and is asked about it (cards 5.2 to 5.4)."""
    read_by(database, 14)
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        assert await talk("Ana", "1") == PART_3
        assert (
            await talk("Ana", "1.2") == "(only Ana) Noted, for you alone. The excerpt now says “Read by 15”."
        )
        assert await talk("Ana", "1.2") == "(only Ana) This is noted already, on Tue 24 Nov."
        assert await talk("Ana", "1.3") == QUESTION
        assert (
            await talk("Ana", "1")
            == "(only Ana) Right: co-operatives. That was the one question on this excerpt."
        )
        assert (await talk("Ben", "/excerpt")).splitlines()[3] == "  Read by 15."


async def test_a_card_that_nobody_has_read_says_nothing_of_readers(database: Path) -> None:
    """The line of the count appears with the first reader, on the card that is there already."""
    async with talking(database=database) as talk:
        assert "Read by" not in await talk("Ana", "/excerpt")
        answer = await talk("Ana", "2")
        assert answer.splitlines()[0] == "(only Ana) Noted, for you alone. The excerpt now says “Read by 1”."
        assert answer.splitlines()[4] == "  Read by 1."


async def test_an_answer_that_is_not_right_comes_back_in_the_review(database: Path) -> None:
    """The fact comes first; on the next day the question is in the member's review, and in nobody else's."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "3")
        assert await talk("Ana", "2") == (
            "(only Ana) It was co-operatives. The question comes back in your /review. "
            "That was the one question on this excerpt."
        )
        await talk("Ana", "/clock +1d")
        assert "It names trade unions, mutuals" in await talk("Ana", "/review")
        assert "Your review is empty." in await talk("Ben", "/review")


async def test_an_excerpt_without_a_question_offers_none(database: Path) -> None:
    """The button “Quiz me on it” is left out; on a card from before, it says that the question has been retired."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "3")
        retire(database, "fact-spaces")
        gone = "(only Ana) That question has been retired and is no longer asked. /quiz asks another."
        assert await talk("Ana", "2.1") == gone
        assert await talk("Ana", "1.3") == gone
        assert (await talk("Ana", "/excerpt")).splitlines()[-1] == (
            "[1] Read on  [2] I’ve read it  [3] Discuss   #3"
        )


async def test_a_discussion_opens_with_the_prompt_that_has_waited_longest(database: Path) -> None:
    """Each thread on an article begins with another of its prompts, until all had their turn."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        assert await talk("Ana", "4") == (
            "(only Ana) The thread is open: Excerpt for Tue 24 Nov, part 2 of 5\n"
            "(thread) When is it right for a party to work with its rivals, and when to oppose them outright? "
            "Give a case of each."
        )
        threads = [(await talk("Ana", "4")).splitlines()[-1] for _ in range(5)]
        assert len(set(threads[:4])) == 4
        assert threads[4].startswith("(thread) When is it right for a party to work with its rivals")


async def test_a_private_card_is_its_member_s_alone(database: Path) -> None:
    """Ben presses Ana's part and Ana's question: nothing is noted, answered or moved."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "1")
        await talk("Ana", "1.3")
        for press in ("2.1", "2.2", "2.3"):
            assert await talk("Ben", press) == f"(only Ben) {ELSE_S} /read opens your own."
        assert await talk("Ben", "3.1") == f"(only Ben) {ELSE_S} /excerpt opens your own."
        assert "not begun" in (await talk("Ben", "/read")).splitlines()[1]


@pytest.mark.parametrize(
    "token",
    [
        "1:excerpt:on:99", "1:excerpt:done:99", "1:excerpt:ask:nothing", "1:excerpt:discuss",
        "1:read:part:nothing,{mark}", "1:read:end:nothing,{mark}", "1:read:done:,{mark}",
        "1:excerpt:answer:nothing,0,{mark}", "1:excerpt:answer:fact-spaces,9,{mark}",
        "1:excerpt:answer:fact-spaces,{mark}", "1:excerpt:answer:fact-fate,1,{mark}", "1:excerpt:choose:fact-spaces,{mark}",
        "1:read:choose:{mark}",
    ],
)  # fmt: skip
async def test_a_forged_button_changes_nothing(database: Path, token: str) -> None:
    """A token that names no row of this community's is refused with a sentence."""
    async with talking(database=database) as talk:
        await talk("Ana", "/read many cultures")
        mark = tokens(talk, 1)[0].rpartition(",")[2]
        assert await talk.console.press(token.format(mark=mark)) == (
            "(only Ana) That button does not belong to this community. Nothing was changed.\n"
        )


async def test_a_retired_excerpt_says_so_and_another_takes_its_place(database: Path) -> None:
    """Retired on its own day, today's is drawn anew; the old card's buttons say so; its return changes nothing."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "1")
        retire(database, "one-party-quest", "one-party-control")
        anew = (await talk("Ana", "/excerpt")).splitlines()
        assert anew[0] != "Excerpt for Tue 24 Nov, part 2 of 5"
        assert (
            anew[1] == "  The excerpt first drawn for this day has been retired, so this one takes its place."
        )
        for press in ("1.1", "1.2", "1.3", "1.4"):
            assert await talk("Ben", press) == f"(only Ben) {RETIRED} /excerpt brings another."
        assert await talk("Ana", "2.3") == f"(only Ana) {RETIRED} /read shows where you are."
        with writing(database) as store:
            store._db.execute("DELETE FROM retired WHERE community = ?", (HERE,))
            renew(store._db.conn, HERE)
        assert (await talk("Ana", "/excerpt")).splitlines()[2:-1] == anew[2:-1]


async def test_the_buttons_of_a_card_from_before_a_restart_work(database: Path) -> None:
    """After a restart, with another seed, the excerpt is the same, and an old card still notes, reads on and asks."""
    async with talking(database=database, seed=1) as talk:
        card = await talk("Ana", "/excerpt")
        await talk("Ana", "1")
        pressed = tokens(talk, 1)
    async with talking(database=database, seed=99, at=NOW + 300) as talk:
        assert await talk("Ana", "/excerpt") == card
        answers = [(await talk.console.press(token)).splitlines()[0] for token in pressed]
        assert answers == [
            "(only Ana) Part 3 of 5",
            "(only Ana) Noted, for you alone. The excerpt now says “Read by 1”.",
            "(only Ana) A question on this excerpt, for you alone; no points",
            "(only Ana) The thread is open: Excerpt for Tue 24 Nov, part 2 of 5",
        ]


async def test_thirty_days_go_through_the_library_three_times(database: Path) -> None:
    """The same all day, another on the next; nothing again until all ten were served, restart and seed or not."""
    days: list[str] = []
    for since, seed in ((0, 1), (13, 2), (26, 3)):
        until = {0: 13, 13: 26, 26: 30}[since]
        async with talking(database=database, at=NOW + since * 86_400, seed=seed) as talk:
            for _ in range(since, until):
                evening = (await talk("Ana", "/excerpt")).splitlines()
                await talk("Ana", "/clock +3h59m59s")
                assert (await talk("Ben", "/excerpt")).splitlines()[:-1] == evening[:-1]
                await talk("Ana", "/clock +1s")
                assert (await talk("Ben", "/excerpt")).splitlines()[0] != evening[0]
                days.append(evening[2])
                await talk("Ana", "/clock +20h")
    turns = [days[:10], days[10:20], days[20:]]
    assert [len(set(turn)) for turn in turns] == [10, 10, 10]
    assert set(turns[0]) == set(turns[1]) == set(turns[2])
