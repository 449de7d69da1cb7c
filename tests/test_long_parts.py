"""Long parts of a whole article: approved, read and posted in pages, without a sentence lost."""

import re
from pathlib import Path

from bot.core.findings import Given
from bot.core.library import Excerpt, Rights
from content.proposing import propose
from tests.conversation import option
from tests.houses import shelves
from tests.importing_samples import page
from tests.moderated import moderated

TEXT = "\n\n".join(
    " ".join(
        f"Sentence {paragraph}.{number} of the long history tells of the river and the mill."
        for number in range(12)
    )
    for paragraph in range(9)
)
FOUND = propose(
    page(TEXT, [], title="The long history", author="Ada Marsh"), Given(rights=Rights.PUBLIC_DOMAIN)
).found
"""Some 1,500 words in two parts, each too long for one card."""


def _sentences(shown: str) -> list[str]:
    return re.findall(r"Sentence (\d+\.\d+)", shown)


async def test_a_long_part_is_reviewed_and_read_in_pages(tmp_path: Path) -> None:
    """The queue turns its pages in place; a member's “Read on” goes through every page of every part to the end."""
    async with moderated(tmp_path, FOUND) as talk:
        first = await talk("Mia", "/library review")
        assert "  Page 1 of 2." in first
        second = await talk("Mia", option(first.replace("   #1", ""), "Next page"))
        assert "  Page 2 of 2." in second
        await talk("Mia", "/library approve")
        await talk("Mia", "2.1")
        card = await talk("Ana", "/read “The long history”")
        assert "(only Ana) Part 1 of 2, page 1 of 2\n" in card
        seen = _sentences(card)
        while "Read on" in card:
            card = await talk("Ana", option(card.rsplit("   #", 1)[0], "Read on"))
            seen += _sentences(card)
    assert card.startswith("(only Ana) That was part 2 of 2.")
    assert seen == _sentences(TEXT)


async def test_everyone_sees_the_first_page_and_reads_on_alone(tmp_path: Path) -> None:
    """A card for everyone says that there are further pages; pressing “Read on” shows the second."""
    bundled = [each.id for shelf in shelves() for each in shelf.excerpts]
    async with moderated(tmp_path, FOUND, retired=bundled) as talk:
        await talk("Mia", "/library approve")
        await talk("Mia", "1.1")
        card = await talk("Ana", "/excerpt")
        assert "Page 1 of 2. “Read on” shows the others, to you alone." in card
        rest = await talk("Ana", option(card.rsplit("   #", 1)[0], "Read on"))
        assert ", page 2 of 2\n" in rest
        assert rest.startswith("(only Ana) Part ")
    assert not set(_sentences(card)) & set(_sentences(rest))


def test_the_parts_above_are_long() -> None:
    """The sample has two parts, each longer than a card."""
    assert [isinstance(each.item, Excerpt) and len(each.item.text) > 2_800 for each in FOUND] == [True, True]
