"""/read in the console, and the member's own place in an article."""

from pathlib import Path

import pytest

from tests.conversation import option, talking
from tests.reading_samples import SOURCE, add_articles, all_excerpts, retire, with_a_day

READING = """\
(only Ana) Your reading
  Out of one party, many cultures: 2 of 5 parts read, bookmark at part 3
  Losing Momentum: how Jeremy Corbyn’s support group ran out of steam: 4 parts, not begun
[1] Continue at part 3  [2] Begin Losing Momentum   #3"""

NOTHING = "No excerpt is approved here yet. /quote and /quiz are ready."


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a database on which part 2 of Neal Lawson's article is the excerpt of Tue 24 Nov."""
    return with_a_day(tmp_path / "bot.db")


async def test_own_reading_is_listed_with_where_to_go_on(database: Path) -> None:
    """/read shows each article with parts read and bookmark, and opens it there (card 6.1)."""
    retire(database, "momentum-bus")
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "2")
        assert (await talk("Ana", "/read many cultures")).splitlines()[0] == "(only Ana) Part 1 of 5"
        await talk("Ana", "2")
        await talk("Ana", "1")
        await talk("Ana", "2")
        assert await talk("Ana", "/read") == READING
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) Part 3 of 5"


@pytest.mark.parametrize("command", ["/excerpt", "/read", "/excerpt momentum"])
async def test_an_empty_library_is_said_to_be_empty(database: Path, command: str) -> None:
    """Where no excerpt is in service, one line says so to the asker alone (card 5.6)."""
    retire(database, *all_excerpts())
    async with talking(database=database) as talk:
        assert await talk("Ana", command) == f"(only Ana) {NOTHING}"


async def test_after_the_last_part_the_article_is_said_to_be_longer(database: Path) -> None:
    """Reading on ends with a card of its own; “Back” leads to the last part again (card 5.5)."""
    end = f"""\
(only Ana) That was part 5 of 5. The article itself is longer.
{SOURCE}
[1] Back  [2] I’ve read it   #1"""
    async with talking(database=database) as talk:
        first = await talk("Ana", "/read many cultures")
        assert first.splitlines()[-1] == "[1] Read on  [2] I’ve read it   #1"
        await talk("Ana", "1")
        for _ in range(3):
            await talk("Ana", "2")
        assert await talk("Ana", "2") == end
        assert await talk("Ana", "2") == "(only Ana) Noted, for you alone."
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) Part 5 of 5"
        assert "1 of 5 parts read, bookmark at part 5" in await talk("Ana", "/read")


async def test_the_bookmark_is_a_member_s_own(database: Path) -> None:
    """“Read on” goes on from the own bookmark, wherever the community is; Ben's begins after the posted part."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "1")
        await talk("Ana", "2")
        parts = [(await talk(who, "1.1")).splitlines()[0] for who in ("Ana", "Ben", "Ana")]
        assert parts == ["(only Ana) Part 4 of 5", "(only Ben) Part 3 of 5", "(only Ana) Part 4 of 5"]
        assert (await talk("Ana", "/excerpt article:many")).splitlines()[0] == "(only Ana) Part 4 of 5"
        assert (await talk("Ben", "/excerpt")).splitlines()[0] == "Excerpt for Tue 24 Nov, part 2 of 5"


async def test_reading_on_never_shows_the_part_that_is_posted(database: Path) -> None:
    """With the bookmark at the posted part itself, “Read on” shows what follows it, and after the last the end."""
    async with talking(database=database) as talk:
        await talk("Ana", "/excerpt")
        await talk("Ana", "1")
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) Part 2 of 5"
        assert (await talk("Ana", "1.1")).splitlines()[0] == "(only Ana) Part 3 of 5"
        retire(database, *(f"one-party-{each}" for each in ("control", "berlin-wall", "means-and-ends")))
        assert (await talk("Ben", "1.1")).splitlines()[0] == (
            "(only Ben) That was part 2 of 2. The article itself is longer."
        )


async def test_many_articles_are_chosen_from_a_list(database: Path) -> None:
    """From six articles on, /read has a list to choose from, ten a page, those that were begun first."""
    add_articles(database, 12)
    async with talking(database=database) as talk:
        await talk("Ana", "/read own article 12")
        first = (await talk("Ana", "/read")).splitlines()
        assert first[1] == "  Own article 12: 0 of 1 part read, bookmark at part 1"
        assert first[2] == "  Out of one party, many cultures: 5 parts, not begun"
        assert first[11] == "Continue or begin:"
        assert first[12].startswith(
            "[1] Own article 12: continue at part 1  [2] Out of one party, many cultures: begin"
        )
        second = await talk("Ana", option("\n".join(first), "More articles"))
        assert second.splitlines()[1:6] == [
            f"  Own article {number:02}: 1 part, not begun" for number in range(8, 12)
        ] + ["Continue or begin:"]
        opened = await talk("Ana", option(second, "Own article 09: begin"))
        assert opened.splitlines()[:3] == [
            "(only Ana) Part 1 of 1",
            "  | “One. Two.”",
            "  Your bookmark is at part 1.",
        ]
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) That was part 1 of 1."


LIKE_LOSING = (
    "(only Ana) No article here is called “losing mometnum”. Did you mean Losing Momentum: how Jeremy Corbyn’s support "
    "group ran out of steam?\n[1] Losing Momentum   #1"
)
LIKE_PARTY = (
    "(only Ana) No article here is called “onw party”. Did you mean Out of one party, many cultures?\n"
    "[1] Out of one party, many cultures   #1"
)
WHICH = (
    "(only Ana) Which article is meant by “own article”?\n"
    "[1] Own article 01  [2] Own article 02  [3] Own article 03   #1"
)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("losing-momentum", "(only Ana) Part 1 of 5"),
        ("Losing Momentum", "(only Ana) Part 1 of 5"),
        ("CORBYN’S SUPPORT", "(only Ana) Part 1 of 5"),
        ("cultures", "(only Ana) Part 1 of 5"),
        ("own article", WHICH),
        ("losing mometnum", LIKE_LOSING),
        ("onw party", LIKE_PARTY),
        ("tariffs", "(only Ana) No article here is called “tariffs”. /read lists what there is."),
        ("!!!", "(only Ana) No article here is called “!!!”. /read lists what there is."),
    ],
)
async def test_an_article_is_found_by_id_title_or_a_part_of_it(
    database: Path, typed: str, answer: str
) -> None:
    """A slip is answered with what was probably meant, several with a question, an unknown one with the way on."""
    add_articles(database, 3)
    async with talking(database=database) as talk:
        for command in ("/excerpt article:", "/read article:"):
            said = await talk("Ana", f'{command}"{typed}"')
            assert said.replace("#2", "#1").startswith(answer)


async def test_articles_are_completed_as_they_are_typed(database: Path) -> None:
    """Words that stand in a title, or begin to, offer it; the empty beginning offers all."""
    async with talking(database=database) as talk:
        for command in ("/excerpt", "/read"):
            offers = {
                typed: [each.label for each in await talk.console.complete(f"{command} article:{typed}")]
                for typed in ("", "mom", "zzz")
            }
            assert [len(each) for each in offers.values()] == [2, 1, 0]
            assert offers["mom"] == ["Losing Momentum: how Jeremy Corbyn’s support group ran out of steam"]
