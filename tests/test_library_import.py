"""/library import in the console: from the form to the report, and from the report to the queue."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.effects import ReadPage
from bot.core.events import PageRead
from bot.core.features.library_import import DRAFTS, KEPT, PART
from content.importer.page import Page
from content.proposing import propose
from tests.conversation import Talk
from tests.importing_samples import BRIDGE, bridge, page, quoted
from tests.moderated import FRIDAY, fill, moderated


class HandMade:
    """Reads every page as one that was made by hand, and remembers what it was asked; with `fault` it reads none."""

    def __init__(self, made: Page, fault: str = "") -> None:
        self.asked: list[ReadPage] = []
        self._made = made
        self._fault = fault

    async def read(self, wanted: ReadPage) -> PageRead:
        """Give what the page proposes."""
        self.asked.append(wanted)
        return PageRead(
            place=wanted.place,
            actor=wanted.actor,
            at=FRIDAY,
            draft=wanted.draft,
            findings=propose(self._made, wanted.given, share=wanted.share, card_words=wanted.card_words),
            fault=self._fault,
        )


@asynccontextmanager
async def _importing(
    folder: Path, made: Page | None = None, fault: str = ""
) -> AsyncIterator[tuple[Talk, HandMade]]:
    pages = HandMade(made or bridge(), fault)
    async with moderated(folder) as talk:
        talk.house.desk.pages = pages
        yield talk, pages


async def _read(talk: Talk, who: str = "Mia", *about: str) -> str:
    """Import the pasted text of the page, in the public domain; gives the report."""
    await talk(who, "/library import")
    return await fill(talk, who, "", "The text.", "2", "\n".join(about))


REPORT = """\
(only Mia) Read: 1 article, 5 quotations, 1 excerpt
  “The bridge that nobody wanted”, Carys Pugh, Valley Post, 4 May 2019, 245 words.
  In the public domain: it may run whole.
  5 new quotations: Dilwyn Rees 2, Meera Nair 2, nobody named surely 1.
  1 new excerpt.
  4 of the 6 have a confidence of 0.80 or more, excerpts among them.
Nothing is shown to members before a moderator approves it. This report waits for a day.
[1] Queue all 6  [2] Queue the 4 surest  [3] Leave it   #1"""


async def test_a_page_becomes_a_report_and_then_a_queue(tmp_path: Path) -> None:
    """The form asks for page and rights; the report says what was found; only its button puts it into the queue."""
    async with _importing(tmp_path) as (talk, pages):
        assert await _read(talk) == REPORT
        assert [each.text for each in pages.asked] == ["The text."]
        assert (await talk("Noor", "/library review")).startswith("(only Noor) Nothing waits in the queue.")
        assert await talk("Mia", "1") == (
            "(only Mia) 6 entries of this page wait in the queue now.\n[1] Open the queue   #1"
        )
        card = await talk("Mia", "1")
    assert card.startswith("(only Mia) Queue, 1 of 6: a quotation found by the importer\n")
    assert "  Speaker: Dilwyn Rees. Grade: B, if you agree.\n" in card


async def test_the_surest_can_go_alone_and_the_rest_be_read_again(tmp_path: Path) -> None:
    """A second button takes what is sure; the same page again proposes only what was not proposed before."""
    async with _importing(tmp_path) as (talk, _):
        await _read(talk)
        assert (await talk("Mia", "2")).startswith("(only Mia) 4 entries of this page wait in the queue now.")
        again = await _read(talk)
        assert "  2 new quotations: Dilwyn Rees 1, nobody named surely 1.\n" in again
        assert "  Here already: 4 proposed before.\n" in again


async def test_what_was_decided_is_not_proposed_again(tmp_path: Path) -> None:
    """What was approved or rejected is known: the report of the same page has nothing new, and no button."""
    async with _importing(tmp_path) as (talk, _):
        await _read(talk)
        await talk("Mia", "1")
        await talk("Mia", "/library review")
        await talk("Mia", "1")
        await talk("Mia", "/library review")
        await talk("Mia", "3")
        await fill(talk, "Mia", "other", "")
        again = await _read(talk)
    assert "  Nothing of it is new here.\n" in again
    assert "  Here already: 1 in the library and 5 proposed before.\n" in again
    assert "[1]" not in again


async def test_leaving_it_keeps_nothing(tmp_path: Path) -> None:
    """Left as it is, the report is gone, and its buttons say so; the page can be read again."""
    async with _importing(tmp_path) as (talk, _):
        await _read(talk)
        assert await talk("Mia", "3") == "(only Mia) Left as it is: nothing of this page is kept."
        gone = await talk.console.press("1:library:put:1,0")
        assert gone == (
            "(only Mia) That report is no longer there: it waits for a day, and for one answer. Nothing was changed. "
            "/library import reads the page again.\n"
        )
        assert (await _read(talk)).startswith("(only Mia) Read: 1 article, 5 quotations, 1 excerpt\n")


async def test_a_report_waits_for_a_day_and_few_wait_at_once(tmp_path: Path) -> None:
    """After a day a report is tidied away, and so is the oldest where there are more than a community may have."""
    async with _importing(tmp_path) as (talk, _):
        for _number in range(DRAFTS + 1):
            await _read(talk)
        assert "That report is no longer there" in await talk.console.press("1:library:put:1,0")
        await talk("Mia", f"/clock +{KEPT + 60}s")
        assert "That report is no longer there" in await talk.console.press(f"1:library:put:{DRAFTS + 1},0")


async def test_another_community_s_report_is_not_found(tmp_path: Path) -> None:
    """Only moderators import, and only what their own community's report holds."""
    async with _importing(tmp_path) as (talk, _):
        assert await talk("Ana", "/library import") == (
            "(only Ana) /library is for this community’s moderators. /suggest brings an idea to them."
        )
        await _read(talk)
        await talk("Ana", "/quote")
        assert "is for this community’s moderators" in await talk.console.press("1:library:put:1,0")


async def test_what_the_page_does_not_state_can_be_said(tmp_path: Path) -> None:
    """A line a field gives author, date and licence; what is stated on the page stays as it is."""
    made = bridge(author="", date="", publication="")
    async with _importing(tmp_path, made) as (talk, _):
        bare = await _read(talk)
        said = await _read(talk, "Mia", "author: Carys Pugh; date: 2019-05-04", "title: Another")
    assert (
        "“The bridge that nobody wanted”, 245 words. Not stated: author, publication and date. "
        "Suggested date: 2019, since the vote was that year.\n"
    ) in bare
    assert (
        "“The bridge that nobody wanted”, Carys Pugh, 4 May 2019, 245 words. Not stated: publication.\n"
        in said
    )


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        (("", "", "1", ""), "Attach a file, or paste the text. Nothing was imported."),
        (("page.txt", "Words.", "1", ""), "A file and pasted text are two pages. Nothing was imported."),
        (("", "x" * 3_001, "1", ""), "That is 3,001 characters, and at most 3,000 can be pasted; a longer text comes as a file. Nothing was imported."),
        (("", "Words.", "3", ""), "Say under which licence it may be used, as in “licence: CC BY 4.0”. Nothing was imported."),
        (("", "Words.", "1", "autor: Ana"), "“autor: Ana” is none of title: …, author: …, publication: …, date: …, url: … or licence: …. Did you mean author? Nothing was imported."),
        (("", "Words.", "1", "date: 23 March"), "“23 March” is not a date: write 2017-03-23, or the year alone. Nothing was imported."),
        (("", "Words.", "1", "url: http://a.org"), "“http://a.org” is not a web address that begins with https://. Nothing was imported."),
    ],
)  # fmt: skip
async def test_a_form_that_cannot_be_right_is_said_at_its_field(
    tmp_path: Path, lines: Sequence[str], refused: str
) -> None:
    """No page, two pages, too long a page, no licence, an unknown field, a date that is none: nothing is read."""
    async with _importing(tmp_path) as (talk, pages):
        await talk("Mia", "/library import")
        assert (await fill(talk, "Mia", *lines)).startswith(f"(only Mia) {refused}")
        assert pages.asked == []


async def test_a_page_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    """What is wrong with a page is said as it is, and nothing is left of it."""
    async with _importing(tmp_path, fault="“page.txt” is empty. Nothing was imported.") as (talk, _):
        assert await _read(talk) == "(only Mia) “page.txt” is empty. Nothing was imported."
        assert "That report is no longer there" in await talk.console.press("1:library:put:1,0")


async def test_a_long_page_is_gone_through_in_parts(tmp_path: Path) -> None:
    """More proposals than one event takes come to the same report, in which each is counted once."""
    assert PART < 30
    words = [
        f"The {number}th of them said that the river had never been so high as on that day"
        for number in range(30)
    ]
    text = "\n\n".join(f"“{each}.”" for each in words)
    made = page(text, [quoted(text, each, "Dilwyn Rees") for each in words], title="Many words")
    async with _importing(tmp_path, made) as (talk, _):
        report = await _read(talk)
        assert "  30 new quotations: Dilwyn Rees 30.\n" in report
        assert (await talk("Mia", "1")).startswith("(only Mia) 31 entries of this page wait")


def test_the_page_above_is_what_its_words_say() -> None:
    """Every quotation of the hand-made page stands on it as it is said to."""
    assert all(BRIDGE[each.start : each.end] == each.text for each in bridge().quotations)


async def test_people_of_the_library_are_the_same_people(tmp_path: Path) -> None:
    """“Lenin” on the page is Vladimir Lenin here: under his id and name, and asked about, which the name alone never is."""
    text = "It was Lenin who said that “the trains must run to every village of the land”. It rained."
    made = page(
        text, [quoted(text, "the trains must run to every village of the land", "Lenin")], title="Trains"
    )
    async with _importing(tmp_path, made) as (talk, _):
        assert "Lenin 1" in await _read(talk)
        await talk("Mia", "1")
        assert "  Speaker: Vladimir Lenin." in await talk("Mia", "1")
        await talk("Mia", "1")
        shown = await talk("Mia", "/library show “the trains must run”")
    assert "  Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)\n" in shown
    assert "  Asked as: who and article\n" in shown


async def test_a_report_fits_on_a_card_whatever_a_page_says(tmp_path: Path) -> None:
    """Long names, titles and reasons are shortened, and of many articles the first are told."""
    long = "word " * 60
    one = bridge(title=long, author=long, publication=long, date="")
    made = replace(
        one, articles=tuple(replace(one.articles[0], title=f"{number} {long}") for number in range(9))
    )
    async with _importing(tmp_path, made) as (talk, _):
        report = await _read(talk)
    assert report.startswith("(only Mia) Read: 9 articles, ")
    assert "  5 more articles.\n" in report
