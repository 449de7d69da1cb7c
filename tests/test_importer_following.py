"""Whom “he”, “it”, “the statement” and “the economist” mean, where a page brings people up in its own ways."""

import pytest

from content.importer.extraction import extract
from content.importer.page import FoundQuotation

OPENING = "The river has a bridge, and nobody asked the ferryman about it, which some in the town regret to this day."
ADA = "Ada Marsh, the mayor, came late. "
BEN = "Ben Reed, a pilot, came early. "


def quotations(text: str) -> tuple[FoundQuotation, ...]:
    """Return the quotations of a text that stands below an opening paragraph."""
    return extract(f"The bridge\n\n{OPENING}\n\n{text}\n").quotations


def speakers(text: str) -> list[str]:
    """Return who speaks each quotation of a text that stands below an opening paragraph."""
    return [found.speaker for found in quotations(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (ADA + "“We will build it,” ferry inquiry chair Lena Cole told the hall.", "Lena Cole"),
        (ADA + "“We will build it,” said army captain Ben Reed, who led the search.", "Ben Reed"),
        (ADA + "“We will build it,” Marsh ploughed on.", "Ada Marsh"),
        (ADA + "“We will build it,” Ben Reed (R-Kan.) told the hall.", "Ben Reed"),
        (ADA + "“We will build it,” said Kelly, dabbing her eyes. Kelly Marsden smiled.", "Kelly Marsden"),
        (ADA + "The river, in the phrase of Ben Reed, is “a road that moves”.", "Ben Reed"),
        (ADA + "To the pilot Ben Reed she was “a promise that nobody kept”.", "Ben Reed"),
        (ADA + "Ben Reed’s claim that the river is “a road that moves” made her smile.", "Ben Reed"),
        (ADA + "She quoted the pilot Ben Reed: “The river is a road that moves.”", "Ben Reed"),
        ("The minister for river transport, Lena Cole, said: “We will build it.”", "Lena Cole"),
        ("The minister herself, Lena Cole, asked about the bridge, said: “We will build it.”", "Lena Cole"),
        ("The harbour’s own counsel, Lena Cole, advised “patience with the river”.", "Lena Cole"),
        ("“We will build it,” says one of them, Ben Reed, who was a pilot.", "Ben Reed"),
        ("The Speaker, Mrs Lena Cole: “We will build it.”", "Lena Cole"),
        ("DREW HALL and LENA COLE met. “We will build it,” said Lena Cole.", "Lena Cole"),
        ("The Tory Ben Reed tried to help. “We will build it,” he explained.", "Ben Reed"),
        (
            "The chair of the pilots is a retired skipper, Ben Reed, who swore. “We will build it,” he said.",
            "Ben Reed",
        ),
        (
            "On the stage Kwame Boateng, who is 29, was waving. “We will build it,” he shouted.",
            "Kwame Boateng",
        ),
        ("Ben Reed can be heard saying that it is “a promise to the whole valley”.", "Ben Reed"),
        ("Ada Marsh was “sorry that the boats had been let down”.", "Ada Marsh"),
    ],
)
def test_a_tag_in_other_words(text: str, speaker: str) -> None:
    """An office in small words, an unknown verb, a bracket, a phrase of somebody's, a claim and a feeling name a speaker."""
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (ADA + BEN + "He was asked by Tom Hall whether it was so. “Never,” he replied.", "Ben Reed"),
        (ADA + "Lena Cole rose. She told Marsh: “We will build it.”", "Lena Cole"),
        (
            BEN
            + "Then the harbour master, Tom Hall, spoke; the bridge had cost him. “Thanks, Tom,” he said.",
            "Ben Reed",
        ),
        (
            ADA + "Lena Cole, a retired economist, had doubts.\n\n“It is dear,” said the economist.",
            "Lena Cole",
        ),
        (ADA + "Lena Cole, 46, waited.\n\n“It is dear,” said the 46-year-old pilot.", "Lena Cole"),
        (ADA + "Superintendent of Police Lena Cole came. “It is dear,” the SP said.", "Lena Cole"),
        (
            ADA
            + "There was an organiser, Lena Cole says, a nice lad called Euan. “We kept him a seat,” she says.",
            "Lena Cole",
        ),
        (
            ADA + "The actors are bored, according to Lena Cole, and tired. “They knit,” she says.",
            "Lena Cole",
        ),
        (
            ADA
            + "Lena Cole bought a boat. There was a photograph of her with Dora Hall. “It is dear,” she says.",
            "Lena Cole",
        ),
        (ADA + "One of the two men left. He agreed to talk. “It is dear,” he said.", ""),
        (
            "A coroner has ruled that the warnings were “repeated, plain and correct”.\n\nLena Cole, the coroner, sat.",
            "Lena Cole",
        ),
    ],
)
def test_whom_a_page_goes_on_about(text: str, speaker: str) -> None:
    """Who is asked, told, thanked, described or only mentioned is told from who speaks."""
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Harbour Homecare, which ran the pier, said it was closed. “We are sorry,” a spokesman added.",
            "Harbour Homecare",
        ),
        (
            "Northern Sound Ferries said it had no boat. “We are sorry,” a spokeswoman said.",
            "Northern Sound Ferries",
        ),
        (
            "Marchshire county council met in May. “We are sorry,” a spokesperson said.",
            "Marchshire county council",
        ),
        (
            "A spokesman for the Ministry of Housing, Communities and Local Government said: “We are sorry.”",
            "Ministry of Housing, Communities and Local Government",
        ),
        ("The Ministry of Justice said the pier was “sound in all its parts”.", "Ministry of Justice"),
        (
            "The bank met. The main opposition party, the Conservatives, objected. “It is dear,” the party said.",
            "Conservatives",
        ),
        (
            "Marlow Parcels is in Hull. Marlow says that it “regrets the disruption to the river”.",
            "Marlow Parcels",
        ),
        (
            "They quote a letter from the Port Authority. It says that the pier is “sound in all its parts”.",
            "Port Authority",
        ),
        ("In a statement, Ada Marsh said it was over. “It was dear,” the statement said.", "Ada Marsh"),
        ("A mug that says “I was here before the river” stood on Ada Marsh’s desk.", ""),
        ("A handwritten sign on the door of Ada Marsh read, “Back in ten minutes.”", ""),
    ],
)
def test_bodies_and_writings_speak(text: str, speaker: str) -> None:
    """An organisation is known by how the page goes on about it, a writing by whose it is, and what is shown is nobody's."""
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Plan B was sound. Ada Marsh kept walking. And then there was Model F. “It is dear,” he said.",
        "The town took in Ugandan Asians in 1972, and fed them. “It is dear,” he said.",
        "They met at Nether Poulton, where a card was shown. Nether Poulton has a pub. “It is dear,” he said.",
        ADA + "She read from the rules. “The committee shall not endorse anybody,” she read.",
    ],
)
def test_what_names_nobody(text: str) -> None:
    """Plans, peoples and places are nobody, and what somebody reads out is not their own."""
    assert speakers(text) == [""]


def test_an_answer_stands_in_marks_below_a_plain_question() -> None:
    """In an interview all answers are the guest's, whoever the questions speak of, or whom a question calls by name."""
    asked = "Why did you sell it?\n\n“I was tired.”\n\nBen Reed called it a crime. Do you agree?\n\n“No.”\n\n"
    page = (
        "Ada Marsh sold her ferry last year. Marsh met us at her desk.\n\n"
        + asked
        + "Did you cry?\n\n“Yes. He did.”\n\nDo you miss it?\n\n“Every day.”"
    )
    assert speakers(page) == ["Ada Marsh"] * 4


def test_the_marks_of_a_transcript_are_somebody_elses() -> None:
    """Where turns have labels and no marks, what stands in marks is read out or told, not the turn's own words."""
    turns = "".join(
        f"{name}: It is so, and I said as much to the board.\n\n" for name in ["COLE", "REED", "COLE", "REED"]
    )
    page = quotations(
        "LENA COLE: I am here.\n\nBEN REED: So am I.\n\n"
        + turns
        + "REED: “Agency spend is the enemy of margin.”"
    )
    assert [found.speaker for found in page] == [""]


def test_a_pronoun_is_as_sure_as_its_rivals_allow() -> None:
    """“She” is sure with one woman about, and a question to the moderator with two."""
    alone = quotations("Ada Marsh spoke of the river.\n\n“It is dear,” she said.")
    rivals = quotations(
        "Lena Cole spoke of the pier. Ada Marsh spoke of the river.\n\n“It is dear,” she said."
    )
    assert [found.speaker for found in (*alone, *rivals)] == ["Ada Marsh"] * 2
    assert alone[0].confidence >= 0.8 > rivals[0].confidence


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Marsh’s nephew, Curtis, had looked at it for a while. “Don’t put that in,” he said.", "Curtis"),
        (
            "The Marshes and the Reeds fell out. Ada Marsh’s brother, Tom, sat down. Mr Marsh rose. “It is dear,” he said.",
            "Tom Marsh",
        ),
    ],
)
def test_a_relative_has_no_surname_that_the_page_does_not_give(text: str, speaker: str) -> None:
    """A nephew called Curtis is Curtis; who is called Mr Marsh as well has the surname."""
    assert speakers(text) == [speaker]


def test_the_writer_is_i_in_a_signed_piece() -> None:
    """What “I” asked or wrote is the author's where one signs, and nobody's in an unsigned piece."""
    body = f"{OPENING}\n\nLast week I wrote that the bridge is “a rain dance for men who own umbrellas”.\n"
    signed = extract(f"The bridge\n\nBy Owen Castellan\n\n{body}").quotations
    unsigned = extract(f"The bridge\n\n{body}").quotations
    assert [found.speaker for found in (*signed, *unsigned)] == ["Owen Castellan", ""]


def test_quotations_parted_by_a_comma_alone_are_read() -> None:
    """A list of quotations in one sentence is no second half of the first, and stops nothing."""
    listed = "“We have no money”, “We have no time”, said Ada Marsh."
    assert speakers(listed)[1] == "Ada Marsh"


def test_a_short_answer_to_anothers_question_is_the_first_speakers() -> None:
    """“Out,” said A. “Can I take it?” asked B. “Out.” is A's; whoever asks goes on where nobody else has spoken."""
    exchange = speakers(ADA + BEN + "“Out,” said Marsh. “Can I take the boat with me?” asked Reed. “Out.”")
    alone = speakers(ADA + "“Is it dear?” asked Marsh. “It is.”")
    assert (exchange, alone) == (["Ada Marsh", "Ben Reed", "Ada Marsh"], ["Ada Marsh", "Ada Marsh"])


def test_who_did_what_in_a_clause_is_no_subject_of_the_sentence() -> None:
    """A man who shouts after the chair has called for order is nobody named, and “which” is the body before it."""
    shouted = speakers(
        ADA + "Marsh called for order, and threatened to leave after a man shouted “Shame on you all!”"
    )
    promised = speakers(
        ADA + "It went to a company called Nordlink, which promised “a timetable shaped around island life”."
    )
    assert (shouted, promised) == ([""], ["Nordlink"])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Marsh told us in May, when we asked her about it, “I know of no such letter.”", "Ada Marsh"),
        ("She spoke of an idea that the clerk Ben Reed has twice dismissed as “a distraction from the work”.", "Ben Reed"),
        ("His office said on Monday that the mayor was “following the hearings closely”.", ""),
        ("Ben Reed told a hurriedly called meeting that the price was “far below what it should be”.", "Ben Reed"),
        ("Her rival in next year's vote, the councillor Ben Reed, called it “a shrug with a salary attached”.", "Ben Reed"),
        ("The young man, whose name is Ben Reed, sat down again. “I had prepared another,” he said.", "Ben Reed"),
        ("There is a woman in a green coat who reads out the letter. “He died on the Thursday,” she says.", ""),
        ("One of them, Ben Reed, who gave up his seat last year, looked back. “I heard my own voice,” he writes.", "Ben Reed"),
    ],
)  # fmt: skip
def test_who_speaks_behind_an_aside_or_an_opening(text: str, speaker: str) -> None:
    """What stands between a speaker and the verb changes nothing, and an unnamed person is “she” before a named one."""
    found = speakers(ADA + "“It is dear,” said Marsh.\n\n" + text)
    assert found[1:] == [speaker]


def test_whom_a_question_is_put_to_is_not_its_subject() -> None:
    """In a transcript's “Minister, the leader of the council has said …” the leader has said it."""
    hearing = (
        "ADA MARSH: Good morning.\n\nMINISTER REED: Good morning.\n\nADA MARSH: Minister, the leader of the council, Olav Moss,"
        " put out a statement. He said, “This is the third time in a month.” What do you say?\n\nMINISTER REED: Nothing.\n"
    )
    assert speakers(hearing) == ["Olav Moss"]


def test_what_is_said_then_goes_on() -> None:
    """“Then, after a moment:” behind a tag is the same speaker's, whoever was named since."""
    text = "“It is dear,” said Marsh. Then, because I was writing it down: “Put that it was a joke.”"
    assert speakers(ADA + BEN + text) == ["Ada Marsh", "Ada Marsh"]


def test_a_department_is_not_its_minister() -> None:
    """“His department says” is the department's statement, and his letter is his."""
    department = speakers(BEN + "His department said that it was “monitoring the situation”.")
    letter = speakers(BEN + "His letter said that it was “monitoring the situation”.")
    assert (department, letter) == ([""], ["Ben Reed"])


def test_whom_the_writer_asks_is_whom_the_article_is_about() -> None:
    """In a portrait “I asked her” at the head of a paragraph is its subject, not who was quoted before."""
    portrait = "\n\n".join(
        f"Ada Marsh went up to the {place}, and Marsh came down."
        for place in ["hill", "mill", "wood", "lake"]
    )
    friend = "Ida Moss, an old friend, likes her. “She decides quickly,” said Moss."
    asked = "In the core store I asked her to show me one. She walked to a rack near the back.\n\n“There is a lake there now,” she said."
    assert speakers(f"{portrait}\n\n{friend}\n\n{asked}") == ["Ida Moss", "Ada Marsh"]
