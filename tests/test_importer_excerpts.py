"""Excerpts: whole passages that stand alone, and the reasons why others do not."""

import pytest

from content.importer.excerpts import SENTENCES, WORDS
from content.importer.extraction import extract

GOOD = (
    "A parliament of many parties learns to count slowly, and to count everybody. Its members speak to those who can be won, and "
    "listen to those who cannot. Laws take longer to pass in such a house, and longer to repeal. Nobody gets the whole of what was "
    "promised, and few are left with nothing at all, which is less than victory and a good deal more than peace."
)


def passages(paragraph: str) -> list[str]:
    """Return the excerpts of a page with one paragraph."""
    return [
        found.text for found in extract(f"The house of many doors\n\nBy Cora Lind\n\n{paragraph}\n").excerpts
    ]


def test_a_passage_that_stands_alone_is_offered_as_it_is() -> None:
    """The excerpt is verbatim, of two to five sentences and sixty to a hundred and twenty words."""
    (passage,) = passages(GOOD)
    assert passage == GOOD
    assert len(passage.split()) in WORDS
    assert range(2, 6) == SENTENCES


def test_a_long_paragraph_gives_its_first_sentences() -> None:
    """No sentence is cut, and none goes over the limit."""
    (passage,) = passages(f"{GOOD} {GOOD}")
    assert passage == f"{GOOD} {GOOD.partition('. ')[0]}."


@pytest.mark.parametrize(
    "opening",
    [
        "But ",
        "This is why ",
        "He said that ",
        "Later that day ",
        "So, as we saw, ",
        "And yet ",
        "Yet ",
        "The following year ",
        "Two years later ",
        "The dispute was that ",
    ],
)
def test_a_passage_that_leans_on_what_went_before_is_not_offered(opening: str) -> None:
    """Pronouns, conjunctions and times that point back leave a reader without their ground."""
    assert passages(opening + GOOD[0].lower() + GOOD[1:]) == []


@pytest.mark.parametrize(
    "paragraph",
    [
        f"“It is slow,” said the clerk. {GOOD}",
        GOOD.replace("Its members", "I saw that its members"),
        GOOD.replace("to count slowly", "“to count slowly"),
        GOOD.replace("Nobody gets", "Subscribe to our newsletter: nobody gets"),
        GOOD.replace("Its members speak", "Tom Reed met Ben Hall, and he would speak"),
        "Short. " + GOOD,
        GOOD[:150],
    ],
)
def test_scenes_quotations_and_the_sites_own_words_are_not_offered(paragraph: str) -> None:
    """What opens with a quotation, is told in the first person, leaves marks open, or is brief, is left out."""
    assert passages(paragraph) == []
