"""/search in the console, as members read it, and what it looks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.core.catalogue import catalogue
from bot.core.features.search import LONGEST
from storage.driver import sqlite3
from storage.stocking import renew
from tests.conversation import Talk, option, talking
from tests.houses import shelves

REGIMENTS = """\
(only Ana) 1 result for “regiments”
  1 Quotation: “the right words are worth a hundred regiments”, attributed to Vladimir Lenin. Grade C
[1] Open 1   #1"""
LENIN = """\
(only Ana) Quotation
  | “the right words are worth a hundred regiments”
  Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)
Grade C: reported, according to Neal Lawson, 2010 (inferred). Not found so far outside this article.
Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"""
ARTICLE = """\
(only Ana) Out of one party, many cultures
  By Neal Lawson
  The article argues that the deeper divide in the Labour Party is between pluralists, who see power as shared and \
care how it is won, and tribalists, who want it for one party alone. It argues that Labour can help to lead an alliance \
of parties and movements only if it gives up the belief that progress belongs to it.
  Topics: pluralism, parties
Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"""
TARIFFS = (
    "(only Ana) Nothing found for “tariffs” in 2 articles. "
    "Topics here: pluralism, parties, Momentum, by-elections."
)
NO_WORDS = "(only Ana) /search needs words to look for, as in: /search pluralism"
FOREIGN = "(only Ana) That button does not belong to this community. Nothing was changed."


async def test_what_is_found_is_numbered_and_opened_whole() -> None:
    """A quotation found has its words, whose they are, and its grade; opened it is as /quote shows it (card 6.6)."""
    async with talking() as talk:
        assert await talk("Ana", "/search regiments") == REGIMENTS
        assert await talk("Ana", "1") == LENIN
        assert await talk("Ana", "1") == LENIN


async def test_nothing_found() -> None:
    """What is not here is said to be not here, with what is (card 6.7)."""
    async with talking() as talk:
        assert await talk("Ana", "/search tariffs") == TARIFFS


async def test_a_slip_is_met_with_what_was_meant() -> None:
    """A mistyped topic is offered as it is written, and the button looks for that (card 6.8)."""
    async with talking() as talk:
        assert await talk("Ana", "/search plurlism") == (
            "(only Ana) Nothing found for “plurlism”. Did you mean pluralism?\n[1] Pluralism   #1"
        )
        assert (await talk("Ana", "1")).startswith("(only Ana) 3 results for “pluralism”\n  1 Quotation: “")


async def test_a_slip_in_a_word_of_the_texts() -> None:
    """What stands in the texts is offered like a topic, also where two letters changed places at the beginning."""
    async with talking() as talk:
        for typed in ("regimants", "ergiments"):
            answer = await talk("Ana", f"/search {typed}")
            assert answer.startswith(f"(only Ana) Nothing found for “{typed}”. Did you mean regiments?\n")


async def test_every_topic_named_where_nothing_is_found_finds_something() -> None:
    """The topics that the sentence offers lead somewhere."""
    async with talking() as talk:
        for topic in ("pluralism", "parties", "Momentum", "by-elections"):
            assert f" for “{topic}”\n  1 " in await talk("Ana", f"/search {topic}")


async def test_a_slip_beside_other_words_is_forgiven() -> None:
    """Where nothing holds all the words, what comes near is shown, and said to be near."""
    async with talking() as talk:
        assert await talk("Ana", "/search hundred regimets") == REGIMENTS.replace(
            "for “regiments”", "near “hundred regimets”"
        )


async def test_one_common_word_is_not_near() -> None:
    """A small word that is everywhere does not make a text an answer."""
    async with talking() as talk:
        assert (await talk("Ana", "/search the tariffs")).startswith(
            "(only Ana) Nothing found for “the tariffs”"
        )


async def test_singular_and_plural_are_one_word() -> None:
    """A word is found in its singular and its plural."""
    async with talking() as talk:
        assert await talk("Ana", "/search regiment") == REGIMENTS.replace("regiments”\n", "regiment”\n", 1)


async def test_from_six_results_on_there_are_pages() -> None:
    """Five stand on a page; “More” and “Back” turn it, and the numbers go on."""
    async with talking() as talk:
        first = await talk("Ana", "/search Momentum")
        assert first.splitlines()[0] == "(only Ana) 7 results for “Momentum”"
        assert [line[2] for line in first.splitlines()[1:-1]] == ["1", "2", "3", "4", "5"]
        assert first.splitlines()[-1] == (
            "[1] Open 1  [2] Open 2  [3] Open 3  [4] Open 4  [5] Open 5  [6] More   #1"
        )
        second = (await talk("Ana", option(first, "More"))).splitlines()
        assert second[0] == "(only Ana) 7 results for “Momentum”, 6 to 7"
        assert second[1].startswith("  6 Excerpt: “Now comes the result of the by-election in Copeland")
        assert second[1].endswith(" …”, Losing Momentum: how Jeremy Corbyn’s support group ran out of steam")
        assert second[2] == "  7 Article: Losing Momentum: how Jeremy Corbyn’s support group ran out of steam"
        assert second[3] == "[1] Open 6  [2] Open 7  [3] Back   #1"
        assert await talk("Ana", "3") == first


async def test_an_excerpt_and_an_article_are_opened() -> None:
    """An excerpt comes with its place and its source, an article with author, summary and topics."""
    async with talking() as talk:
        await talk("Ana", "/search Copeland")
        found = await talk("Ana", "/search trade unions mutuals")
        assert found.splitlines()[1].startswith("  1 Excerpt: “The abiding quest of pluralists is")
        opened = (await talk("Ana", "1")).splitlines()
        assert opened[:2] == [
            "(only Ana) Excerpt, part 2 of 5",
            "  Neal Lawson, “Out of one party, many cultures”",
        ]
        assert opened[2].startswith("  | “The abiding quest of pluralists is")
        assert opened[3] == (
            "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred). "
            "In copyright: five short excerpts, not the whole article."
        )
        assert (await talk("Ana", "/search out of one party, many cultures")).splitlines()[1] == (
            "  1 Article: Out of one party, many cultures"
        )
        assert await talk("Ana", "1") == ARTICLE


async def test_a_result_is_never_cut_inside_a_word() -> None:
    """What is shortened is the beginning of a text, up to the end of a word."""
    quotations = [each.text for shelf in shelves() for each in shelf.quotations]
    excerpts = [each.text for shelf in shelves() for each in shelf.excerpts]
    texts = [" ".join(text.split()) for text in (*quotations, *excerpts)]
    async with talking() as talk:
        card = await talk("Ana", "/search people")
        shortened = [
            line.partition("“")[2].partition(" …”")[0] for line in card.splitlines() if " …”" in line
        ]
        assert len(shortened) > 1
        for shown in shortened:
            assert any(text.startswith(f"{shown} ") for text in texts)


async def test_no_words_at_all() -> None:
    """Left out, or nothing but marks, spaces and what cannot be seen, there is nothing to look for (card 7.2)."""
    async with talking() as talk:
        for typed in ("", "  ", "???", '"" ()', "🙂", "\u202e\u200b", ",,,"):
            assert await talk("Ana", f"/search {typed}") == NO_WORDS


async def test_too_many_characters() -> None:
    """What is too long for a button is refused with its length."""
    async with talking() as talk:
        for length in (LONGEST + 1, 3_999):
            assert await talk("Ana", f"/search {'w' * length}") == (
                f"(only Ana) That is {length:,} characters, and text has at most 60. Nothing was changed."
            )
        assert f"Nothing found for “{'w' * LONGEST}”" in await talk("Ana", f"/search {'w' * LONGEST}")


@pytest.mark.parametrize(
    "typed",
    [
        "AND", "regiments OR", "NOT regiments", "NEAR(regiments, 2)", "words : regiments", "speaker:lenin",
        "regim*", "^regiments", "{words} : regiments", "+regiments -right", "(regiments", "''); DROP TABLE items;",
        "a" + "\u0301" * 40, "شعب \u202eטקסט", "regiments\x00right", "--", "%_%", "\ud800 regiments", "1,2,,3,", ",a , b",
    ],
)  # fmt: skip
async def test_what_is_typed_is_never_syntax(typed: str) -> None:
    """Whatever stands in the words, it is words: there is an answer, and no fault."""
    async with talking() as talk:
        answer = await talk("Ana", f"/search {typed}")
        assert answer.startswith("(only Ana) ")
        assert "Sorry" not in answer
        assert await talk("Ana", "/search regiments") == REGIMENTS.replace(
            "#1", f"#{2 if '   #1' in answer else 1}"
        )


async def test_a_comma_survives_the_turn_of_a_page() -> None:
    """The words come back on every page as they were typed."""
    async with talking() as talk:
        first = await talk("Ana", "/search and, the")
        assert " for “and, the”\n" in first
        second = await talk("Ana", option(first, "More"))
        assert " for “and, the”, 6 to " in second.splitlines()[0]


@contextmanager
def _other_connection(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


async def _search_and_turn(talk: Talk) -> None:
    card = await talk("Ana", "/search Momentum")
    await talk("Ana", option(card, "Open 1"))
    await talk("Ana", option(card, "More"))
    await talk("Ana", "/search nobody wrote this")


async def test_nothing_about_a_search_is_kept(tmp_path: Path) -> None:
    """Searching, turning pages and opening results write nothing."""
    async with talking(database=tmp_path / "bot.db") as talk:
        with _other_connection(tmp_path / "bot.db") as other:
            before = other.execute("PRAGMA data_version").fetchone()
            await _search_and_turn(talk)
            assert other.execute("PRAGMA data_version").fetchone() == before


def test_all_of_it_is_handled_on_the_reading_connection() -> None:
    """The command and every button declare that they only read."""
    registry = catalogue()
    actions = [each for name, each in registry.actions.items() if name.startswith("search:")]
    assert [each.reads for each in (registry.commands["search"], *actions)] == [True] * 4


async def test_what_is_retired_is_not_found_nor_opened(tmp_path: Path) -> None:
    """Once retired here, a quotation is found no more, and its old button says so."""
    async with talking(database=tmp_path / "bot.db") as talk:
        await talk("Ana", "/search regiments")
        with _other_connection(tmp_path / "bot.db") as other:
            item = other.execute(
                "SELECT item FROM items WHERE kind = 'quotation' AND words LIKE '%worth a hundred%'"
            ).fetchone()
            other.execute("INSERT INTO retired VALUES ('console:test', ?, 0)", item)
            renew(other, "console:test")
        assert await talk("Ana", "1") == (
            "(only Ana) That quotation has been retired and is no longer shown. /quote brings another."
        )
        assert (await talk("Ana", "/search regiments")).splitlines()[1].startswith("  1 Excerpt: “")


async def test_forged_buttons() -> None:
    """A button that names nothing here changes nothing; a page beyond the last is the last (card 7.11)."""
    async with talking() as talk:
        for token in (
            "1:search:open:quotation,nothing",
            "1:search:open:excerpt,nothing",
            "1:search:open:article,nothing",
            "1:search:open:fact,nothing",
            "1:search:open",
        ):
            assert (await talk.console.press(token)).rstrip("\n") == FOREIGN
        assert (await talk.console.press("1:search:turn:0")).rstrip("\n") == NO_WORDS
        for place in ("999", "7", "-5", "x"):
            turned = await talk.console.press(f"1:search:turn:{place},Momentum")
            assert turned.startswith("(only Ana) 7 results for “Momentum”")


async def test_speakers_and_articles_are_completed() -> None:
    """What is offered while typing finds what it names."""
    async with talking() as talk:
        assert (await talk.console.complete("/search lans"))[0].label == "Jon Lansman"
        (offer,) = await talk.console.complete("/search cultures")
        assert offer.label == "Out of one party, many cultures"
        assert " 1 Article: Out of one party" in await talk("Ana", f"/search {offer.text}")
        losing = next(
            each
            for each in await talk.console.complete("/search Losin")
            if each.label.startswith("Losing Momentum:")
        )
        assert len(losing.text.strip(' "')) <= LONGEST
        assert "  1 Article: Losing Momentum: how" in await talk("Ana", f"/search {losing.text}")
        offered = await talk.console.complete("/search l")
        assert len(offered) > 2
        for each in offered:
            assert " for “" in await talk("Ana", f"/search {each.text}")
