"""Who is taken to speak: the ways in which English-language journalism names a speaker."""

import pytest

from content.importer.extraction import extract
from content.importer.page import FoundQuotation

OPENING = "The river has a bridge, and nobody asked the ferryman about it, which some in the town regret to this day."


def said(text: str) -> list[tuple[str, str]]:
    """Return each quotation of a text that stands below an opening paragraph, with its speaker."""
    return [(found.text, found.speaker) for found in quotations(text)]


def quotations(text: str) -> tuple[FoundQuotation, ...]:
    """Return the quotations of a text that stands below an opening paragraph."""
    return extract(f"The bridge\n\n{OPENING}\n\n{text}\n").quotations


ADA = "Ada Marsh, the mayor, came late. "


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will build it,” said Ada Marsh.", "Ada Marsh"),
        ("“We will build it,” Ada Marsh said.", "Ada Marsh"),
        ("“We will build it,” says Ada Marsh, the mayor.", "Ada Marsh"),
        ("“We will build it,” the mayor, Ada Marsh, said.", "Ada Marsh"),
        ("“We will build it,” said the mayor, Ada Marsh.", "Ada Marsh"),
        ("“We will build it,” Ada Marsh, who is 61, told the council.", "Ada Marsh"),
        ("“We will build it,” according to Ada Marsh.", "Ada Marsh"),
        ("Ada Marsh said: “We will build it.”", "Ada Marsh"),
        ("Ada Marsh told the Tribune that “we will build it in a year”.", "Ada Marsh"),
        ("Ada Marsh, the mayor since 1998, said the bridge was “a promise to the valley”.", "Ada Marsh"),
        ("Ada Marsh described the bridge as “a promise to the whole valley”.", "Ada Marsh"),
        ("It was Ada Marsh who said that “the bridge is a promise”.", "Ada Marsh"),
        ("In a statement, Ada Marsh said: “We will build it.”", "Ada Marsh"),
        ("The bridge, Ada Marsh says, “is a promise to the whole valley”.", "Ada Marsh"),
        ("The bridge is “a promise to the whole valley”, Ada Marsh said.", "Ada Marsh"),
        ("Ada Marsh: “We will build it.”", "Ada Marsh"),
        (ADA + "“We will build it,” Marsh said.", "Ada Marsh"),
        (ADA + "“We will build it,” Ms Marsh said.", "Ada Marsh"),
        (ADA + "“We will build it,” she said.", "Ada Marsh"),
        (ADA + "“We will build it,” the mayor said.", "Ada Marsh"),
        (ADA + "She laughed. “We will build it.”", "Ada Marsh"),
        (ADA + "Asked about Ben Reed, she said: “We will build it.”", "Ada Marsh"),
        ("The Hale Bridge Company said it was “sorry for the noise”.", "Hale Bridge Company"),
        ("A spokesman for the Hale Bridge Company said: “We are sorry.”", "Hale Bridge Company"),
        ("“We are sorry,” said a man in the crowd.", ""),
        (ADA + "“We are sorry,” said another.", ""),
        (ADA + "One resident, who asked not to be named, said: “We are sorry.”", ""),
    ],
)
def test_the_speaker_is_the_one_the_page_names(text: str, speaker: str) -> None:
    """Tags after and before, appositions, roles, surnames and pronouns lead to the fullest name, and to nobody unnamed."""
    assert [who for _, who in said(text)] == [speaker]


def test_the_parts_around_a_tag_are_one_speakers() -> None:
    """What goes on after a tag is the same speaker's, in the sentence, after it, and in the next paragraph."""
    text = "“We will,” said Ada Marsh, “build it.” She waved. “In a year.”\n\n“Or in two.”"
    first, *others = quotations(text)
    shift = first.start - text.index("We will")
    assert [text[start - shift : end - shift] for start, end in first.parts] == ["We will,", "build it."]
    assert [found.speaker for found in (first, *others)] == ["Ada Marsh"] * 3
    assert (first.before, first.after) == (OPENING, "She waved.")


def test_whom_a_sentence_is_about_is_followed() -> None:
    """A pronoun means the latest subject that it fits, not the nearest name."""
    text = "Ada Marsh spoke after Ben Reed and before Tom Hall. “We will build it,” she said. Ben Reed shook his head. “Never,” he said."
    assert [who for _, who in said(text)] == ["Ada Marsh", "Ben Reed"]


def test_an_open_paragraph_goes_on() -> None:
    """A quotation that is left open is continued by the next paragraph's."""
    assert [who for _, who in said("“We will,” said Ada Marsh. “It is time.\n\n“It is more than time.”")] == [
        "Ada Marsh"
    ] * 3


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “bridge tax” was repealed in the spring after a long debate.",
        "Her book, “The River and the Bridge”, is out in May, and the town is proud of it.",
        "It was a “soft” opening, as these things go, and it rained all day long.",
    ],
)
def test_words_set_apart_by_the_writer_are_no_quotation(text: str) -> None:
    """Scare quotes and titles are nobody's words."""
    assert said(text) == []


def test_what_is_found_is_verbatim_and_says_why() -> None:
    """Every quotation is a slice of the page, with its rule in words and its confidence."""
    text = f"The bridge\n\n{OPENING}\n\n“We\u00a0will build it,” said Ada Marsh.\n"
    (found,) = extract(text).quotations
    assert text[found.start : found.end] == found.text == "We\u00a0will build it,"
    assert found.rule == "named in the tag after the quotation"
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (ADA + "The shadow mayor, Ben Reed, laughed.\n\n“We will build it,” the mayor said.", "Ada Marsh"),
        (ADA + "“We will build it,” says the man who did it, the former mayor Sir Ben Reed.", "Ben Reed"),
        (ADA + "When I meet Ben Reed at the quay he is eating. “We will build it,” he says.", "Ben Reed"),
        (ADA + "Ben Reed remembered Ada Marsh saying, “We will build it.”", "Ada Marsh"),
        (ADA + "Giving evidence, Ben Reed rose. “We will build it,” the witness said.", "Ben Reed"),
        (ADA + "“We will build it,” said Her Honour Lena Cole.", "Lena Cole"),
        (ADA + "Marsh sent a letter to the council. “We will build it,” it read.", "Ada Marsh"),
        ("The first thing Ada Marsh does is laugh. “We will build it,” she says.", "Ada Marsh"),
        (ADA + "Its chief operating officer, Ben Reed, said it “will be built in a year”.", "Ben Reed"),
        (ADA + "Stride for Hope said it would be “built in a year or two”.", "Stride for Hope"),
        (
            ADA + "Ben Reed rose. I spoke to Lena Cole last night and she told me, “We will build it.”",
            "Lena Cole",
        ),
        (ADA + "Marsh compared Ben Reed to “a lighthouse on a roundabout”.", "Ada Marsh"),
        (
            ADA + "Among those at the quay is Ben Reed, a pilot. He laughed. “We will build it,” he said.",
            "Ben Reed",
        ),
        (ADA + "The pilot there, a man named Ben Reed, was late. “We will build it,” he said.", "Ben Reed"),
        (
            ADA + "Speaking for the firm, Hale Homes, Ben Reed said it had met. “We will build it,” he said.",
            "Ben Reed",
        ),
        (
            ADA + "Ben Reed, who rowed, comes late because, as he puts it, “the river is free of tolls”.",
            "Ben Reed",
        ),
        (ADA + "\n\nThe CHAIRMAN (Senator Ben Reed): I said, “We will build it.”", "Ben Reed"),
        (
            ADA + "Teresa Lund’s husband, Mark, was a pilot. She wept. “We will build it,” she said.",
            "Teresa Lund",
        ),
        (ADA + "The organiser, retired skipper Ben Reed, sat. “We will build it,” he said.", "Ben Reed"),
        (ADA + "Undersecretary Lena Cole called the bridge “a promise to the whole valley”.", "Lena Cole"),
        (ADA + "Ben Reed asked whether the mayor agreed that it was “a promise to the valley”.", "Ben Reed"),
        (ADA + "Ben Reed pressed her on why. “We will build it,” the mayor answered.", "Ada Marsh"),
        (
            ADA + "\n\nBen Reed talks to Lena Cole about the river.\n\nA: I said, “We will build it.”",
            "Ben Reed",
        ),
        (ADA + "\n\nQ14 Ben Reed: I said, “We will build it.”", "Ben Reed"),
    ],
)
def test_who_is_meant_where_several_could_be(text: str, speaker: str) -> None:
    """Another office, an aside, an opening clause, a court's parts, a letter and a numbered question each tell who speaks."""
    assert [name for _, name in said(text)] == [speaker]


def test_a_lead_takes_its_name_from_the_next_paragraph() -> None:
    """“A fire chief has said …” is whom the next paragraph begins with, unless the two do not fit."""
    lead = "The river\n\nA fire chief has said the bridge was “a promise to the whole valley”.\n\n"
    fitting = extract(
        lead + "Chief Fire Officer Ada Marsh told a meeting that she was tired of waiting for it.\n"
    )
    other = extract(lead + "Coroner Ada Marsh told a meeting that she was tired of waiting for it.\n")
    assert [found.speaker for found in fitting.quotations] == ["Ada Marsh"]
    assert [found.speaker for found in other.quotations] == [""]
    assert fitting.quotations[0].confidence < 0.8


def test_whom_a_tag_speaks_to_answers() -> None:
    """“Soon,” Reed told her: the next line is hers, and the one behind it his again."""
    page = said(
        "Ada Marsh asked Ben Reed about the bridge.\n\n“Soon,” Reed told her.\n\n“This year?”\n\n“In due course.”"
    )
    assert [speaker for _, speaker in page] == ["Ben Reed", "Ada Marsh", "Ben Reed"]


def test_a_dateline_stands_before_the_lead() -> None:
    """“ST. ELMO — A judge” begins with the judge, whom the next paragraph names."""
    page = extract(
        "The river\n\nST. ELMO — A federal judge said that the plan was “hasty and badly drawn”.\n\n"
        "U.S. District Judge Ada Marsh told the court that the state had asked nobody about the river.\n"
    )
    assert [found.speaker for found in page.quotations] == ["Ada Marsh"]


def test_who_answers_what_the_writer_asks() -> None:
    """A question of the writer's is answered by whom the paragraph quotes; a question to that speaker is not their own."""
    page = said(
        ADA + "“We will build it,” said Ben Reed. Did she mind? “We asked her.”\n\n“And would you ask again?”"
    )
    assert [speaker for _, speaker in page] == ["Ben Reed", "Ben Reed", ""]


def test_whom_the_page_calls_by_the_first_name_is_not_its_mister() -> None:
    """Tom's father, Dean, is Mr Reed where the page calls Tom Reed by his first name."""
    page = said(
        "Tom Reed, 20, was missed by all who knew him. Tom’s father, Dean, sat with his eyes closed.\n\n"
        "Afterwards Mr Reed spoke briefly. “We will build it,” he said."
    )
    assert [speaker for _, speaker in page] == ["Dean Reed"]


def test_an_obituary_goes_on_about_whom_it_mourns() -> None:
    """A paragraph of an obituary that begins with “she” is about the dead, whoever spoke last."""
    page = extract(
        "Ada Marsh\n\nAda Marsh, who has died aged 96, built the bridge over the river with her own money.\n\n"
        "Lena Cole said Marsh had paid her fare. She had asked why. “She gave it to anybody,” Cole said.\n\n"
        "In retirement she kept bees. “I was asked,” she said, “by a man who split infinitives.”\n"
    )
    assert [found.speaker for found in page.quotations] == ["Lena Cole", "Ada Marsh"]


def test_a_sentence_about_another_is_no_tag() -> None:
    """“… her.” The surgeon Lena Cole said Marsh had paid: the quotation is of whoever spoke before."""
    page = said(
        "“He sent me home,” recalled Ben Reed. “I am glad.” The surgeon Lena Cole said Marsh had paid her fare."
    )
    assert [speaker for _, speaker in page] == ["Ben Reed", "Ben Reed"]


def test_a_question_is_answered_by_another_unless_it_is_of_i() -> None:
    """The line behind a question is of whom the page was about before; who asks “Did I …?” answers it."""
    asked = said(ADA + "Ben Reed laughed.\n\n“Will it stand?” Reed asked.\n\n“No, sir.”")
    own = said(ADA + "Ben Reed laughed.\n\n“Did I warn them?” Reed said.\n\n“I did. Twice.”")
    assert [speaker for _, speaker in asked] == ["Ben Reed", "Ada Marsh"]
    assert [speaker for _, speaker in own] == ["Ben Reed", "Ben Reed"]


def test_a_sum_of_money_makes_no_title() -> None:
    """“I’m on £17,000,” is what somebody says, though each of its words begins with a capital or a figure."""
    assert said("“I’m on £17,000,” Ada Marsh said.") == [("I’m on £17,000,", "Ada Marsh")]
