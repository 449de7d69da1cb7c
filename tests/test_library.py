"""What ships: both articles, their quotations and questions, held within the rights and proven word for word."""

import re
from collections import Counter
from dataclasses import fields

import pytest

from bot.core.library import Article, Ending, Excerpt, Fact, Grade, Person, Prompt, Quotation, Shelf
from content import rights
from content.checks import unproven
from content.loader import BUNDLED, Loaded, dump, load
from content.parse import parse
from content.proofs import words

PRIVATE = ("Stan", "Sophie", "Georgie", "Madron", "Mountford", "Berger", "Zionist", "assault")
DOC = BUNDLED.parent.parent / "docs" / "library.md"


@pytest.fixture(scope="module")
def library() -> Loaded:
    """Load what ships, once."""
    return load()


@pytest.fixture(params=["out-of-one-party", "losing-momentum"])
def shelf(request: pytest.FixtureRequest, library: Loaded) -> Shelf:
    """Give each article in turn."""
    return shelf_of(library, request.param)


def shelf_of(library: Loaded, article: str) -> Shelf:
    """Find an article's shelf."""
    return next(shelf for shelf in library.shelves if shelf.article.id == article)


def quotation_of(library: Loaded, identity: str) -> Quotation:
    """Find a quotation."""
    return next(each for shelf in library.shelves for each in shelf.quotations if each.id == identity)


def test_both_articles_ship_the_older_first(library: Loaded) -> None:
    """The library is the two articles, in the order in which they were written."""
    assert [shelf.article.id for shelf in library.shelves] == ["out-of-one-party", "losing-momentum"]


def test_first_article_states_what_its_page_states(library: Loaded) -> None:
    """The year is inferred, with its reason; the publication is not stated and stays empty."""
    article = shelf_of(library, "out-of-one-party").article
    stated = (
        article.title,
        article.author,
        article.date,
        article.publication,
        article.url,
        article.standfirst,
    )
    assert stated == ("Out of one party, many cultures", "neal-lawson", "2010", "", "", "")
    assert list(article.inferred) == ["date"]
    assert "65 per cent" in article.inferred["date"]


def test_second_article_names_no_author(library: Loaded) -> None:
    """The page has no byline, so there is no author; its last line gives publication and date."""
    article = shelf_of(library, "losing-momentum").article
    stated = (article.title, article.author, article.date, article.publication, article.url, article.inferred)
    assert stated == (
        "Losing Momentum: how Jeremy Corbyn’s support group ran out of steam",
        "",
        "2017-03-23",
        "New Statesman",
        "",
        {},
    )


def test_every_article_has_enough_of_each_kind(shelf: Shelf) -> None:
    """Ten quotations, five excerpts, twelve questions of fact that stand alone, four prompts: at least."""
    alone = sum(fact.alone for fact in shelf.facts)
    counts = (len(shelf.quotations), len(shelf.excerpts), alone, len(shelf.prompts))
    assert all(count >= least for count, least in zip(counts, (10, 5, 12, 4), strict=True)), counts


def test_quotations_have_many_speakers(library: Loaded) -> None:
    """There are 25 quotations of ten speakers."""
    speakers = Counter(quotation.speaker for shelf in library.shelves for quotation in shelf.quotations)
    assert (speakers.total(), len(speakers)) == (25, 10)


def test_nothing_of_the_unnamed_writer_is_given_a_speaker(library: Loaded) -> None:
    """Grade A, the author's own line, is the first article's alone: the second has no named author."""
    own = {
        (shelf.article.id, each.speaker)
        for shelf in library.shelves
        for each in shelf.quotations
        if each.grade is Grade.A
    }
    assert own == {("out-of-one-party", "neal-lawson")}


@pytest.mark.parametrize(
    ("identity", "text", "speaker", "grade", "note"),
    [
        (
            "lenin-regiments",
            "the right words are worth a hundred regiments",
            "Vladimir Lenin, Russian revolutionary (1870 to 1924)",
            Grade.C,
            "Not found so far outside this article.",
        ),
        (
            "bernstein-democracy",
            "democracy is both means and ends. It is the weapon in the struggle for socialism and it is the form in which socialism will be realised.",
            "Eduard Bernstein, social-democratic theorist (1850 to 1932)",
            Grade.B,
            "From Die Voraussetzungen des Sozialismus (1899); translations differ slightly in wording.",
        ),
        (
            "todd-hope",
            "Politics feels distant for most people: it doesn’t seem to offer any hope for real change.",
            "Joe Todd, events organiser for Momentum, 2017",
            Grade.B,
            "",
        ),
        (
            "lawson-with-people",
            "Change is done to people, not with people.",
            "Neal Lawson, chair of the pressure group Compass",
            Grade.A,
            "",
        ),
    ],
)
def test_quotations_that_cards_show(
    library: Loaded, identity: str, text: str, speaker: str, grade: Grade, note: str
) -> None:
    """The quotations that the golden cards use have their words, their speaker, their grade and their note."""
    quotation = quotation_of(library, identity)
    person = library.people[quotation.speaker]
    shown = (quotation.text, f"{person.name}, {person.role}", quotation.grade, quotation.note)
    assert shown == (text, speaker, grade, note)


def test_ashdown_is_asked_with_the_verb_of_his_card(library: Loaded) -> None:
    """His question reads "who asked of Tony Blair …", at grade C."""
    quotation = quotation_of(library, "ashdown-pluralist")
    assert (quotation.verb, quotation.text, quotation.grade) == (
        "asked of Tony Blair",
        "Is he a pluralist?",
        Grade.C,
    )


def test_bernstein_has_the_endings_of_his_card(library: Loaded) -> None:
    """The ending to guess and the three wrong ones stand in the card's order, and all wrong ones are Lawson's."""
    quotation = quotation_of(library, "bernstein-democracy")
    assert (quotation.finish, quotation.endings) == (
        "socialism will be realised",
        (
            Ending(text="people can determine their future collectively", speaker="neal-lawson"),
            Ending(text="the values of equality, solidarity and citizenship resonate", speaker="neal-lawson"),
            Ending(text="means are readily used to justify ends", speaker="neal-lawson"),
        ),
    )


@pytest.mark.parametrize(
    ("question", "answer", "options"),
    [
        (
            "Whose former fixer is Jon Lansman called in “Losing Momentum: how Jeremy Corbyn’s support group ran out of steam”?",
            "Tony Benn",
            ("Hilary Benn", "Len McCluskey", "Tony Benn", "Tony Blair"),
        ),
        (
            "Which by-election was, by March 2017, the first since 1982 in which a governing party took a seat from the opposition?",
            "Copeland",
            ("Chester", "Copeland", "Richmond", "Rochdale"),
        ),
        (
            "It names trade unions, mutuals and a third example of such spaces. Which one?",
            "Co-operatives",
            ("Co-operatives", "Housing associations", "Local newspapers", "Universities"),
        ),
    ],
)
def test_facts_that_cards_ask(library: Loaded, question: str, answer: str, options: tuple[str, ...]) -> None:
    """The questions of fact on the golden cards are asked in their words, with their options in their order."""
    facts = {fact.question: fact for shelf in library.shelves for fact in shelf.facts}
    assert (facts[question].answer, facts[question].options) == (answer, options)


def test_excerpts_that_cards_show(library: Loaded) -> None:
    """The second of five parts begins the abiding quest; the third, of 70 words, begins with the tribalists."""
    excerpts = shelf_of(library, "out-of-one-party").excerpts
    shown = [(each.part, " ".join(each.text.split()[:4]), len(words(each.text))) for each in excerpts[1:3]]
    assert (len(excerpts), shown) == (
        5,
        [(2, "The abiding quest of", 73), (3, "While tribalists rely on", 70)],
    )


def test_every_word_of_the_articles_is_proven(shelf: Shelf, library: Loaded) -> None:
    """Every verbatim field stands in the source, letter by letter and in its order, without the source at hand."""
    assert list(unproven(shelf, library.proofs[shelf.article.id])) == []


def test_a_quarter_of_an_article_is_not_exceeded(shelf: Shelf, library: Loaded) -> None:
    """What is held stays under a quarter, whether its words are counted by the proof or by their overlaps."""
    counts = (rights.held(shelf, library.proofs[shelf.article.id]), rights.held(shelf))
    assert counts[0] == counts[1]
    assert counts[0].words < rights.allowance(shelf.article)


def test_no_card_shows_more_than_120_words(shelf: Shelf) -> None:
    """Excerpts, quotations in context, endings and proofs each fit into what one card may quote."""
    assert [card for card in rights.cards(shelf) if len(words(card.text)) > rights.CARD_WORDS] == []


def test_finishes_are_worth_asking(library: Loaded) -> None:
    """Ten quotations can be finished, and no option is three times as long as another of its question."""
    asked = [each for shelf in library.shelves for each in shelf.quotations if "finish" in each.kinds]
    lengths = {
        each.id: [len(words(text)) for text in (each.finish, *(ending.text for ending in each.endings))]
        for each in asked
    }
    assert (len(asked), [each for each, row in lengths.items() if max(row) >= 3 * min(row)]) == (10, [])


def test_an_article_is_not_asked_for_by_words_of_its_title(library: Loaded) -> None:
    """No quotation that names Momentum or Corbyn is asked as "which article?"."""
    telling = [
        each.id
        for each in shelf_of(library, "losing-momentum").quotations
        if "article" in each.kinds and re.search("Momentum|Corbyn", each.text)
    ]
    assert telling == []


def test_every_excerpt_has_its_one_question(shelf: Shelf) -> None:
    """The button “Quiz me on it” finds exactly one question for each part."""
    asked = Counter(fact.excerpt for fact in shelf.facts if fact.excerpt)
    assert asked == {excerpt.id: 1 for excerpt in shelf.excerpts}


def test_every_fact_has_four_options(shelf: Shelf) -> None:
    """A question of fact offers the answer and three wrong ones."""
    assert {len(fact.options) for fact in shelf.facts} == {4}


def test_private_people_and_the_gravest_passages_stay_out(shelf: Shelf) -> None:
    """No private person is named, and nothing is held of accusations against them."""
    text = dump(shelf)
    assert [word for word in PRIVATE if re.search(rf"\b{word}\b", text)] == []


def test_everybody_has_a_role_an_era_and_a_tradition(shelf: Shelf) -> None:
    """Every person can stand on a card, and be found as a near miss."""
    assert [
        person.id for person in shelf.people if not (person.role and person.era and person.tradition)
    ] == []


def test_summaries_are_two_sentences_of_our_own(shelf: Shelf) -> None:
    """A summary says what the article argues, in two sentences, and lifts no six words from it."""
    summary = shelf.article.summary
    runs = {" ".join(words(summary)[at : at + 6]) for at in range(len(words(summary)) - 5)}
    held = " ".join(" ".join(words(passage.text)) for passage in rights.verbatim(shelf))
    assert (len(re.findall(r"[.?](?: |$)", summary)), "argues that" in summary) == (2, True)
    assert [run for run in runs if run in held] == []


def test_topics_are_few_and_used_in_their_order(library: Loaded) -> None:
    """The four topics come most used first, counted over all items and over quotations alone."""
    topics = ["pluralism", "parties", "Momentum", "by-elections"]
    items = Counter(topic for shelf in library.shelves for item in shelf.items for topic in item.topics)
    quotations = Counter(
        topic for shelf in library.shelves for each in shelf.quotations for topic in each.topics
    )
    assert list(library.topics) == topics
    assert [topic for topic, _ in items.most_common()] == topics
    assert [topic for topic, _ in quotations.most_common()] == topics


def test_what_ships_comes_back_from_its_own_export(shelf: Shelf) -> None:
    """Writing a shelf and reading it again gives the same shelf."""
    draft, faults = parse(dump(shelf), "export.toml")
    assert faults == []
    assert draft is not None
    assert draft.shelf == shelf


def test_the_guide_explains_every_field() -> None:
    """docs/library.md names every field that an entry can have."""
    guide = DOC.read_text(encoding="utf-8")
    kinds = (Article, Person, Quotation, Ending, Excerpt, Fact, Prompt)
    names = {field.name for kind in kinds for field in fields(kind)} - {"article"}
    assert (
        sorted(name for name in names if not re.search(rf"`{name}\b|^{name} = ", guide, re.MULTILINE)) == []
    )


def test_the_guides_examples_make_a_good_file() -> None:
    """The examples of docs/library.md, put together, are an article file without a fault."""
    guide = DOC.read_text(encoding="utf-8")
    draft, faults = parse("\n".join(re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)), "guide.toml")
    assert draft is not None
    assert (faults, len(draft.shelf.items)) == ([], 6)
