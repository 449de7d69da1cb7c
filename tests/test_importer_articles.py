"""Articles on a page: where one begins, and what its head and its foot state of it."""

import pytest

from content.importer.articles import lay
from content.importer.byline import Signature, masthead, says_only_when, signature
from content.importer.folding import fold
from content.importer.lines import LineKind, classify, lines
from content.importer.page import FoundArticle

PARAGRAPH = (
    "The bridge over the Lune was closed for the ninth time this year on Tuesday, and nobody who lives on either side "
    "of it could say when it would be open again."
)


def articles(text: str) -> list[FoundArticle]:
    """Find the articles of a page."""
    return [laid.article for laid in lay(fold(text), lines(fold(text)))]


def fields(text: str) -> tuple[str, str, str, str, str]:
    """Say what the one article of a page states: title, standfirst, author, date, publication."""
    (found,) = articles(text)
    return found.title, found.standfirst, found.author, found.date, found.publication


@pytest.mark.parametrize(
    ("line", "names", "date", "bare"),
    [
        ("By Ada Ferreira", "Ada Ferreira", "", False),
        ("by ADA FERREIRA-LUND", "Ada Ferreira-Lund", "", False),
        ("By Ada Ferreira and Cormac de Witt", "Ada Ferreira and Cormac de Witt", "", False),
        ("Words: Ada Ferreira", "Ada Ferreira", "", False),
        ("Interview by Ada Ferreira", "Ada Ferreira", "", False),
        ("Ada Ferreira", "Ada Ferreira", "", True),
        ("Ada Ferreira, 5 March 2024", "Ada Ferreira", "2024-03-05", False),
        ("By Ada Ferreira | Sept. 15, 2020 5:00 a.m. ET", "Ada Ferreira", "2020-09-15", False),
        ("*Posted by Ada Ferreira on 3 April 2023 · 14 comments*", "Ada Ferreira", "2023-04-03", False),
        ("**Ada Ferreira** | 2 November 2020 | *7 min read*", "Ada Ferreira", "2020-11-02", False),
        ("Ada Ferreira Health correspondent", "Ada Ferreira", "", False),
        ("Ada Ferreira, transport editor", "Ada Ferreira", "", False),
        ("Ada Ferreira at Tanner’s Lane", "Ada Ferreira", "", False),
        ("Dr Ada Ferreira", "Dr Ada Ferreira", "", True),
    ],
)
def test_a_byline_is_read(line: str, names: str, date: str, bare: bool) -> None:  # noqa: FBT001 - a column of the table
    """A name after “by”, or before an office, a place or a date, is who wrote it; alone it is left to its place."""
    assert signature(line) == Signature(names, date, bare)


@pytest.mark.parametrize(
    "line",
    [
        "By the time we arrived",
        "Select Committee on Coastal Infrastructure",
        "The Long Way Home",
        "Ada Ferreira is the Tribune’s rural affairs editor",
        "Ada Ferreira said that the editor had been told",
        "Interview",
    ],
)
def test_what_is_no_byline_names_nobody(line: str) -> None:
    """A sentence about somebody, a committee and a title are nobody’s name."""
    assert signature(line) is None


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("PUBLISHED: 22:14, 3 July 2024 | UPDATED: 06:50, 4 July 2024", True),
        ("June 18, 2022 09:14 pm | Updated June 19, 2022 01:20 am IST - ANCHALPURAM", True),
        ("LOMURUT, Feb 25 2020", True),
        ("15.11.23", True),
        ("November 29 2018, 12:01am, The Sentinel", True),
        ("The strike of 3 July 2024 was the last", False),
    ],
)
def test_a_line_of_a_date_says_nothing_else(line: str, when: bool) -> None:  # noqa: FBT001 - a column of the table
    """Times, zones, places in capitals and the paper may stand beside a date; a sentence may not."""
    assert says_only_when(line) is when
    assert (classify(line) is LineKind.DATE) is when


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            "2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023 in Hale",
            LineKind.SHORT,
        ),
        ("E-mail 12,345 shares 1.2k comments", LineKind.FURNITURE),
    ],
)
def test_figures_are_counted_in_one_way(line: str, kind: LineKind) -> None:
    """What counts shares is furniture; a long row of figures is read at once, and not parted in every way there is."""
    assert classify(line) is kind


@pytest.mark.parametrize(("line", "paper"), [("The Malabar Ledger", True), ("Bridge closed again", False)])
def test_a_paper_is_known_by_its_name(line: str, paper: bool) -> None:  # noqa: FBT001 - a column of the table
    """What is called a ledger, a herald or the news stands above an article and is not its title."""
    assert bool(masthead(line)) is paper


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ("Bridge closed again\n\nBy Ada Ferreira\n\n", ("Bridge closed again", "", "Ada Ferreira", "", "")),
        ("At the bridge\n\nAda Ferreira\n\n", ("At the bridge", "", "Ada Ferreira", "", "")),
        (
            "The Lune Herald\n8 May 2022\n\nBridge closed again\n\nNobody can say when it will be open\n\n",
            ("Bridge closed again", "Nobody can say when it will be open", "", "2022-05-08", "The Lune Herald"),
        ),
        (
            "The Bridge Is Closed. So Are We.\n\nAug. 30, 2022\n\nBy Ada Ferreira\n\n",
            ("The Bridge Is Closed. So Are We.", "", "Ada Ferreira", "2022-08-30", ""),
        ),
        ("Letters for Sunday, May 5, 2019\n\nA dam is no bridge\n\n", ("Letters for Sunday, May 5, 2019", "", "", "2019-05-05", "")),
        ("Evidence on a bridge\n\nSelect Committee on Bridges\n\n", ("Evidence on a bridge", "", "", "", "")),
        (
            "HOME NEWS POLITICS SHOWBIZ\n\nBridge closed again\n\nBy Ada Ferreira\n\n",
            ("Bridge closed again", "", "Ada Ferreira", "", ""),
        ),
        (
            "The keeper of the bridge\n\nHe has opened it 212 times. He talks to Ada Ferreira about closing it\n\n",
            (
                "The keeper of the bridge",
                "He has opened it 212 times. He talks to Ada Ferreira about closing it",
                "Ada Ferreira",
                "",
                "",
            ),
        ),
        ("# Bridge closed again\n\n", ("Bridge closed again", "", "", "", "")),
    ],
)  # fmt: skip
def test_the_head_of_an_article_is_read(head: str, stated: tuple[str, str, str, str, str]) -> None:
    """Title, standfirst, author, date and paper are what stands above the text; what is not there stays empty."""
    assert fields(f"{head}{PARAGRAPH}\n\n{PARAGRAPH}\n") == stated


def test_short_pieces_one_below_the_other_are_articles() -> None:
    """Every title with a byline or a date below it begins an article, however short the one before."""
    page = (
        f"Leading article: A bridge too slow\n\n{PARAGRAPH}\n\n"
        f"Diary\n\nAda Ferreira\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n"
        f"From the archive: the wrong bridge\n\nFirst published 14 May 1938\n\n{PARAGRAPH}\n"
    )
    found = articles(page)
    assert [(each.title, each.author, each.date) for each in found] == [
        ("Leading article: A bridge too slow", "", ""),
        ("Diary", "Ada Ferreira", ""),
        ("From the archive: the wrong bridge", "", "1938-05-14"),
    ]
    assert [page[each.start : each.start + 5] for each in found] == ["Leadi", "Diary", "From "]


def test_a_note_on_where_it_appeared_is_read() -> None:
    """The last line of an article names its issue, and belongs to it alone."""
    note = "This article was first published in the 15 February 2013 issue of The Lune Review"
    assert fields(f"Bridge closed again\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{note}\n")[3:] == (
        "2013-02-15",
        "The Lune Review",
    )


@pytest.mark.parametrize(
    "head",
    [
        "THE RED REVIEW\n\nEssay\n\n{}\n\nHow a party learned to love the rent\n\nAda Ferreira",
        "Politics | The Notebook\n\n{}\n\nBy Ada Ferreira",
        "New Times, Old Arguments\n1. Politics\n2. UK Politics\n1 October 2025\n\n{}\n\nBy Ada Ferreira",
        "Home\nNews\nSport\nWeather\n\n{}\n\n9 September\n\nAda Ferreira, transport editor",
        "The Back Bench\n\nA newsletter about legislatures\n\n{}\n\nBy Ada Ferreira",
        "HISTORY TOMORROW\nFeature\n\n{}\n\nThe Northern Register\n\nFriday June 6",
        "Culture > Theatre\nInterview\n\n{}\n\nA playwright on class\n\nAda Ferreira\nSun 2 Mar 2025",
        "THE CALDER LETTER\n\nVol. 46 No. 9 · 9 May 2024\n\n{}\n\nAda Ferreira\n\nThe Last Man: A Life by Harriet Sims",
    ],
)
@pytest.mark.parametrize("title", ["The landlord’s republic", "Who is that in the boat?"])
def test_a_title_is_found_below_papers_sections_and_menus(head: str, title: str) -> None:
    """What names the paper, its sections or itself is no title, nor is a day, a name or a book below it."""
    page = f"{head.format(title)}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"
    assert fields(page)[0] == title


def test_a_title_in_capitals_stands_above_its_standfirst() -> None:
    """A line in capitals that names no section is the title of the sentence below it."""
    page = f"LETTER FROM LLANO\n\nTHE WATER MAN\n\nA teacher is the last whom they believe.\n\nBy Ada Ferreira\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"
    assert fields(page)[:3] == ("THE WATER MAN", "A teacher is the last whom they believe.", "Ada Ferreira")


def test_a_title_of_two_sentences_stands_above_a_byline() -> None:
    """An end mark makes no title a paragraph where the byline follows."""
    title = "I Bargained for the Other Side. The Teachers Are Right."
    page = f"OPINION\nGUEST ESSAY\n\n{title}\n\nBy Ada Ferreira\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"
    assert (fields(page)[0], fields(page)[2]) == (title, "Ada Ferreira")


@pytest.mark.parametrize("note", ["lcr/mgo/arv", "ada@ledger.example", "17.52 GMT"])
def test_a_note_at_the_foot_is_no_heading(note: str) -> None:
    """A heading has a paragraph below it: initials, addresses and times have none."""
    (found,) = articles(f"A bridge\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{note}\n\n(photo)(video)\n")
    assert [each.heading for each in found.sections] == [""]


@pytest.mark.parametrize(
    "line", ["Save Share Give", "Show Notes", "The Wire Service", "Broadcast Sunday, 28 June 2026"]
)
def test_what_the_site_says_below_a_title_is_no_writer(line: str) -> None:
    """Two or three words with capitals are a name only where none of them is the site's."""
    assert (
        fields(f"A bridge too far\n\nHow it failed\n\nNov 8th 2025\n{line}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n")[
            2
        ]
        == ""
    )


def test_a_name_behind_the_date_is_the_writer_s() -> None:
    """Blogs say when, and then by whom, in one line; capitals become usual letters."""
    assert signature("May 3rd, 2024 by ADA FERREIRA and CORMAC DE WITT") == Signature(
        "Ada Ferreira and Cormac de Witt", "2024-05-03", bare=False
    )


@pytest.mark.parametrize(
    "line", ["Print this page | Close window", "Save | Share | 112 comments", "2 hours ago"]
)
def test_the_site_s_tools_are_furniture(line: str) -> None:
    """Several tools on one line are no more than each alone."""
    assert classify(line) is LineKind.FURNITURE


@pytest.mark.parametrize("note", ["Reporting by Ada Ferreira; Editing by Tom Hale", "Report by Ada Ferreira"])
def test_who_reported_it_stands_below_a_short_report(note: str) -> None:
    """A byline with no text below it does not make a head of the paragraphs above it."""
    (found,) = articles(f"A bridge\n\nTom Hale\n\nMay 3, 2024\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{note}\n")
    assert (found.author, [each.heading for each in found.sections]) == ("Tom Hale", [""])


def test_a_section_of_the_paper_is_no_publication() -> None:
    """“The Britain section” says not where the article appeared."""
    note = "This article appeared in the Britain section of the print edition"
    (found,) = articles(f"A bridge\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{note}\n")
    assert found.publication == ""


def test_what_stands_above_a_question_or_a_list_begins_no_article() -> None:
    """The paper's name above a date, an interview's question and a hearing's witnesses are no titles of a second article."""
    interview = f"The pilot\n\n{PARAGRAPH}\n\nCoast | People\n5 June 2026\n\nHow many was it?\n\n“Twelve thousand,” she says. {PARAGRAPH}\n"
    hearing = f"The hearing\n\n{PARAGRAPH}\n\nWITNESSES\nMs. Ada Marsh, pilot\nBy Ben Reed\n\n{PARAGRAPH}\n"
    assert [len(articles(page)) for page in (interview, hearing)] == [1, 1]


def test_a_line_that_says_what_it_is_about_is_no_title() -> None:
    """Below a section a short line over a title and its standfirst is passed over."""
    (found,) = articles(
        f"Britain\n\nRural policing\n\nSheep may safely graze\n\nThieves have found the flock\n\nBy Ada Marsh\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"
    )
    assert (found.title, found.standfirst) == ("Sheep may safely graze", "Thieves have found the flock")
