"""From a page to proposals: what is proposed and asked, what quoting allows, and how a whole article is parted."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import paging
from bot.core.findings import Found, Given
from bot.core.library import Article, Excerpt, Grade, Quotation, Rights
from bot.core.rights import allowance, union, verbatim, words
from content import capping, endings, series
from content.importer.page import Page, QuotationKind
from content.proposing import propose
from tests.importing_samples import BRIDGE, bridge, page, passage, quoted

FREE, HELD = Given(rights=Rights.PUBLIC_DOMAIN), Given(rights=Rights.IN_COPYRIGHT)


def _quotations(made: Page, given_: Given = FREE) -> list[Quotation]:
    return [each.item for each in propose(made, given_).found if isinstance(each.item, Quotation)]


def test_what_is_asked_depends_on_who_said_it_and_how() -> None:
    """Whole words of a named person ask everything, of nobody surely named neither who nor how it ends."""
    asked = {each.speaker: each.kinds for each in _quotations(bridge())}
    assert asked == {
        "dilwyn-rees": ("who", "article"),
        "meera-nair": ("who", "article", "finish"),
        "": ("article",),
    }


@pytest.mark.parametrize(
    ("words_", "speaker", "role", "kind", "asked"),
    [
        ("We shall not be moved by any of this", "Ann Bee", "", QuotationKind.DIRECT, ("who", "article")),
        ("We shall not be moved by any of this", "Ann Bee", "a passenger", QuotationKind.DIRECT, ("article",)),
        ("We shall not be moved by any of this", "Ann", "", QuotationKind.DIRECT, ("article",)),
        ("We shall not be moved by any of this", "Ann Bee and Cy Dee", "", QuotationKind.DIRECT, ("article",)),
        ("Bee shall not be moved by any of this", "Ann Bee", "", QuotationKind.DIRECT, ("article",)),
        ("we shall not be moved by any of this", "Ann Bee", "", QuotationKind.FRAGMENT, ("who", "article")),
        ("shall not be moved by any", "Ann Bee", "", QuotationKind.FRAGMENT, ()),
        ("the long and the winding road to the river", "Ann Bee", "", QuotationKind.FRAGMENT, ()),
        ("The marshland is what we shall not give", "Ann Bee", "", QuotationKind.DIRECT, ("who",)),
    ],
    ids=["named", "private", "first name", "two", "named in it", "long part", "short part", "no verb", "title"],
)  # fmt: skip
def test_nobody_is_asked_about_who_should_not_be(
    words_: str, speaker: str, role: str, kind: QuotationKind, asked: tuple[str, ...]
) -> None:
    """Private people, first names, two at once, names in the words, and parts without a thought key no question."""
    text = f"It rained. {speaker} said “{words_}” to us all. It ended."
    found = quoted(text, words_, speaker, role=role, kind=kind)
    (item,) = _quotations(page(text, [found], title="Of marshland"))
    assert item.kinds == asked


def test_grades_say_what_the_page_can_settle() -> None:
    """A publication that quotes somebody in whole sentences has heard it; what a writer works in is reported."""
    grades = {each.text[:12]: (each.grade, bool(each.reason)) for each in _quotations(bridge())}
    assert grades["They came wi"] == (Grade.B, False)
    assert grades["a bridge is "] == (Grade.C, True)
    assert {each.grade for each in _quotations(bridge(publication=""))} == {Grade.C}


def test_a_guess_is_told_and_not_taken() -> None:
    """Below 0.6 the speaker stays open, and the moderator reads who was guessed."""
    text = "“The river will not wait for anybody,” said one of them."
    made = page(
        text,
        [quoted(text, "The river will not wait for anybody,", "Ann Bee", confidence=0.55)],
        title="River",
    )
    (found,) = (each for each in propose(made, FREE).found if isinstance(each.item, Quotation))
    assert isinstance(found.item, Quotation)
    assert (found.item.speaker, found.item.text) == ("", "The river will not wait for anybody")
    assert found.rule == "the tag after it. Not taken: Ann Bee, which is a guess."


def test_what_is_stated_stays_and_what_is_given_fills_in() -> None:
    """The page's own fields go before those that are given; a page without a title goes by its first words."""
    given_ = replace(FREE, author="Somebody Else", title="Another", date="2020", publication="Elsewhere")
    (read,) = propose(bridge(), given_).articles
    assert (read.author, read.article.title, read.article.date) == (
        "Carys Pugh", "The bridge that nobody wanted", "2019-05-04",
    )  # fmt: skip
    (bare,) = propose(bridge(title="", author="", date="", publication=""), FREE).articles
    assert (bare.article.title, set(bare.article.inferred)) == (
        "The bridge that nobody wanted By Carys Pugh, …", {"title"},
    )  # fmt: skip
    assert [each.field for each in bare.unstated] == ["title", "author", "publication", "date"]
    assert bare.unstated[3].value == "2019"


def test_scraps_are_left_out_and_counted() -> None:
    """What is shorter than four words is no thought, and the report says how many there were."""
    text = "“Well,” said Ann Bee. “We never asked for it.” It rained."
    found = propose(
        page(
            text,
            [quoted(text, "Well,", "Ann Bee"), quoted(text, "We never asked for it.", "Ann Bee")],
            title="A",
        ),
        FREE,
    )
    assert [(each.count, each.what, each.why) for each in found.left_out] == [
        (1, "quotation", "shorter than 4 words")
    ]


def test_a_split_quotation_is_one_with_a_mark_between() -> None:
    """Where the writer interrupts, what is left out is “…”, and the sentence on the page is kept."""
    text = "“We asked them,” said Ann Bee, “and they never came to the landing.” It rained."
    first, second = "We asked them,", "and they never came to the landing."
    at = (text.index(first), text.index(second) + len(second))
    found = replace(
        quoted(text, first, "Ann Bee"), text=text[at[0] : at[1]], end=at[1],
        parts=((at[0], at[0] + len(first)), (text.index(second), at[1])),
    )  # fmt: skip
    (proposal,) = (each for each in propose(page(text, [found], title="A"), FREE).found if each.rule)
    assert isinstance(proposal.item, Quotation)
    assert proposal.item.text == "We asked them … and they never came to the landing."
    assert proposal.rule == (
        "the tag after it; on the page it is: “We asked them,” said Ann Bee, “and they never came to the landing.”."
    )


# What quoting allows


LONG = "\n\n".join(
    f"Part {name}. "
    + " ".join(f"The {name} sentence number {number} has nine words here." for number in range(8))
    for name in ("red", "green", "blue", "white", "black", "brown")
)
"""Six paragraphs of some 74 words."""


def test_in_copyright_the_caps_choose() -> None:
    """Excerpts are offered until a quarter of the article is held, and what is left out is counted."""
    names = ("red", "green", "blue", "white", "black", "brown")
    made = page(
        LONG,
        [],
        [
            passage(LONG, f"Part {each}.", f"The {each} sentence number 7 has nine words here.")
            for each in names
        ],
        title="Six",
    )
    found = propose(made, HELD)
    article = found.articles[0].article
    held = [text for each in found.found for _, text in verbatim(each.item)]
    assert 0 < union(held) <= allowance(article)
    assert len(found.found) + found.left_out[0].count == len(names)
    assert found.left_out[0].why == "beyond the 25% of the article that may be held"


TEN = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ((TEN, "three four five six seven eight nine"), 10),
        ((TEN, "Three four"), 10),
        ((TEN, "three five"), 12),
        ((TEN, "five six seven eight nine ten eleven"), 11),
        ((TEN, "eight nine ten eleven twelve thirteen"), 16),
    ],
)
def test_words_that_are_held_twice_count_once(texts: tuple[str, ...], words: int) -> None:
    """A passage within another adds nothing, one that goes on from six of its words adds the rest; other words all count."""
    assert union(texts) == words


def test_no_card_shows_more_than_it_may() -> None:
    """A quotation too long for one card is left out; one whose context alone is too much loses that."""
    article = Article(id="a", title="A", rights=Rights.IN_COPYRIGHT, words=2_000)
    item = Quotation(
        id="q", article="a", text="word " * 100, speaker="s", grade=Grade.B, before="before " * 30
    )
    fits = capping.within_card(Found(article=article, item=item), 120)
    assert fits is not None
    assert isinstance(fits.item, Quotation)
    assert fits.item.before == ""
    assert capping.within_card(Found(article=article, item=replace(item, text="word " * 121)), 120) is None


def test_a_file_holds_no_more_than_a_quarter() -> None:
    """Of too much, the surest quotations stay, beside what the file holds already."""
    article = Article(id="a", title="A", rights=Rights.IN_COPYRIGHT, words=400)

    def of(number: int, sure: float) -> Found:
        text = " ".join(f"{number}w{each}" for each in range(40))
        quotation = Quotation(id=f"q{number}", article="a", text=text, speaker="s", grade=Grade.B)
        return Found(article=article, item=quotation, confidence=sure)

    kept = capping.within(article, [of(0, 1.0)], [of(1, 0.7), of(2, 0.9), of(3, 0.8)], share=0.25)
    assert [each.item.id for each in kept] == ["q2"]


# Endings


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("It is the weapon in the struggle for socialism and it is the form in which socialism will be realised.", "socialism will be realised"),
        ("the right words are worth a hundred regiments", None),
        ("People will come to love the road that brings their grandchildren home", "brings their grandchildren home"),
        ("We came. We saw the river, and nothing else was there to see at all.", "nothing else was there to see at all"),
        ("Too short to be cut", None),
    ],
)  # fmt: skip
def test_a_quotation_is_cut_where_a_phrase_begins(text: str, ending: str | None) -> None:
    """The ending begins at a boundary, leaves five words at least, and carries something."""
    made = endings.cut(text)
    assert (made.ending if made else None) == ending


def test_wrong_endings_are_real_and_differ() -> None:
    """They are words of the same article, none of the quotation's own, no two alike, each with whose it is."""
    (item,) = (each for each in _quotations(bridge()) if each.text.startswith("People will come"))
    assert item.finish == "brings their grandchildren home"
    assert len({item.finish, *(each.text for each in item.endings)}) == 4
    assert all(each.text in BRIDGE and each.text not in item.text for each in item.endings)
    assert {each.speaker for each in item.endings} <= {"dilwyn-rees", "meera-nair", "carys-pugh"}


def test_too_few_endings_ask_nothing() -> None:
    """An article that offers fewer than three others is not asked how its quotation ends."""
    text = "“People will come to love the road that brings their grandchildren home,” said Ann Bee."
    found = quoted(text, "People will come to love the road that brings their grandchildren home,", "Ann Bee")
    (item,) = _quotations(page(text, [found], title="A"))
    assert (item.finish, item.endings, "finish" in item.kinds) == ("", (), False)


# A whole article


@pytest.mark.parametrize("lengths", [(100,) * 30, (400,) * 9, (900, 50, 900, 50), (3_000,), (470, 480, 490)])
def test_a_series_is_read_in_two_to_four_minutes_a_part(lengths: tuple[int, ...]) -> None:
    """No word is lost or changed, no part is longer than four minutes, none shorter than two but of a short article."""
    paragraphs = [
        " ".join(
            f"Word{at}of{number}{'.' if each % 10 == 9 else ''}" for each, at in enumerate(range(length))
        )
        for number, length in enumerate(lengths)
    ]
    parts = series.split(paragraphs)
    assert " ".join(" ".join(parts).split()) == " ".join(paragraphs)
    assert all(series.SHORTEST <= len(words(each)) <= series.LONGEST for each in parts)


def test_a_short_article_is_one_part() -> None:
    """What is read in less than two minutes is not parted, and nothing is nothing."""
    assert series.split(["One. Two.", "Three."]) == ["One. Two.\n\nThree."]
    assert series.split([]) == []


def test_public_domain_proposes_the_whole_series() -> None:
    """Of what may run whole all parts are proposed, in their order; headings and bylines are no part of them."""
    found = propose(bridge(), FREE).found
    (part,) = (each.item for each in found if isinstance(each.item, Excerpt))
    assert part.part == 1
    assert part.text.startswith("“We were never asked")
    assert "The long argument" not in part.text or part.text.count("The long argument") == 1


@settings(max_examples=60, deadline=None, database=None)
@given(
    st.lists(st.lists(st.text(alphabet="ab,;“” ", min_size=1, max_size=90), min_size=1, max_size=6), min_size=1, max_size=5),
    st.integers(min_value=20, max_value=120),
)  # fmt: skip
def test_pages_hold_every_word_and_no_more_than_fits(paragraphs: list[list[str]], most: int) -> None:
    """However a text is made, its pages together are the text, and none is longer than a card."""
    text = "\n\n".join(" ".join(f"A{each.strip()}x." for each in sentences) for sentences in paragraphs)
    found = paging.pages(text, most)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(each) <= most for each in found)


def test_a_page_ends_with_a_sentence() -> None:
    """A page is cut between paragraphs first, then between sentences."""
    assert paging.pages("One two. Three four.\n\nFive six.", 22) == ("One two. Three four.", "Five six.")
    assert paging.pages("One two. Three four. Five six.", 22) == ("One two. Three four.", "Five six.")
    assert paging.pages("Short.", 22) == ("Short.",)


# What stands around a quotation


def test_a_quotation_is_shown_in_its_sentence_with_one_each_side() -> None:
    """The sentence with its tag, the one before it, the one after; what quotation marks hold is not parted."""
    text = (
        "It rained. Nobody came.\n\nThe ferry was late. “We waited. We always do,” said Ann Bee, the ferryman. "
        "Then it came.\n\nThe end."
    )
    (item,) = _quotations(page(text, [quoted(text, "We waited. We always do,", "Ann Bee")], title="A"))
    assert (item.before, item.passage, item.after) == (
        "The ferry was late.", "“We waited. We always do,” said Ann Bee, the ferryman.", "Then it came.",
    )  # fmt: skip


def test_what_stands_around_may_be_in_the_next_paragraph_and_is_no_heading() -> None:
    """At the edge of a paragraph the neighbouring one is looked at, and a heading is not taken for a sentence."""
    text = (
        "It rained on them all.\n\n“We waited for the ferry,” said Ann Bee.\n\nThe long wait\n\nThen it came."
    )
    (item,) = _quotations(page(text, [quoted(text, "We waited for the ferry,", "Ann Bee")], title="A"))
    assert (item.before, item.after) == ("It rained on them all.", "")


def test_whoever_is_surely_not_named_is_left_out() -> None:
    """What is said by “a woman” cannot be approved, so it is counted and not proposed."""
    text = "“We waited for the ferry,” said a woman. It rained."
    unnamed = replace(quoted(text, "We waited for the ferry,"), confidence=0.9)
    found = propose(page(text, [unnamed], title="A"), HELD)
    assert [each.why for each in found.left_out] == ["by somebody whom the page does not name"]
    assert found.found == ()


def test_names_in_other_letters_are_different_people() -> None:
    """Two names of which no id can be made have two, and the same ones each time."""
    text = "“We waited for the ferry,” said 王小明. “It came in the end,” said 李大华."
    found = [
        quoted(text, "We waited for the ferry,", "王小明"),
        quoted(text, "It came in the end,", "李大华"),
    ]
    first, second = (each.speaker for each in _quotations(page(text, found, title="A")))
    assert first.startswith("person-")
    assert first != second
    assert [first, second] == [each.speaker for each in _quotations(page(text, found, title="A"))]
