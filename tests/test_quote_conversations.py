"""/quote in the console, as members read it."""

import pytest

from tests.conversation import option, talking

LENIN = """\
Quotation
  | “the right words are worth a hundred regiments”
  Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)
Grade C: reported, according to Neal Lawson, 2010 (inferred). Not found so far outside this article.
Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)
[1] Another  [2] In context  [3] Save  [4] Discuss   #1"""

CONTEXT = """\
(only Ana) In context, section “Hello to Berlin”
  | “To make such a fundamental shift happen will require sustained effort to win the larger argument about how we \
can best transform Britain into a more equal, sustainable and democratic nation. Ironically, it was Lenin who said \
that "the right words are worth a hundred regiments".”
  To correct something: /suggest kind:correction
Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"""

TODD = """\
Quotation
  | “Politics feels distant for most people: it doesn’t seem to offer any hope for real change.”
  Joe Todd, events organiser for Momentum, 2017
Grade B: in a reliable secondary source.
Source: “Losing Momentum: how Jeremy Corbyn’s support group ran out of steam”, author not named, New Statesman, \
23 March 2017
[1] Another  [2] In context  [3] Save  [4] Discuss   #1"""


async def test_a_quotation_has_its_speaker_its_grade_and_its_source() -> None:
    """What is passed on without a source is attributed, and says so (cards 1.1 and 1.2)."""
    async with talking() as talk:
        assert await talk("Ana", "/quote about:words") == LENIN
        assert await talk("Ana", "2") == CONTEXT


async def test_a_quotation_that_the_publication_heard_itself_is_not_merely_attributed() -> None:
    """Its speaker is named with the role of that time; an author the page does not name is said to be not named."""
    async with talking() as talk:
        assert await talk("Ana", "/quote by:todd about:distant") == TODD


async def test_what_is_saved_twice_is_kept_once() -> None:
    """The first press saves, the second says that it is saved (card 1.3)."""
    async with talking() as talk:
        await talk("Ana", "/quote about:words")
        assert await talk("Ana", "3") == "(only Ana) Saved. /saved lists what you keep."
        assert await talk("Ana", "3") == "(only Ana) This is saved already. /saved lists what you keep."


async def test_saved_quotations_are_listed_opened_and_removed() -> None:
    """/saved shows what its member keeps and nobody else's; removing the last leaves the empty sentence (card 6.9)."""
    empty = "Nothing is saved yet. “Save” on a quotation keeps it here."
    async with talking() as talk:
        await talk("Ana", "/quote about:words")
        await talk("Ana", "3")
        assert await talk("Ana", "/saved") == (
            "(only Ana) Saved by you\n"
            "  1 “the right words are worth a hundred regiments”, attributed to Vladimir Lenin\n"
            "[1] Open 1   #2"
        )
        assert (await talk("Ana", "1")).splitlines()[:3] == [
            "(only Ana) Saved quotation",
            "  | “the right words are worth a hundred regiments”",
            "  Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)",
        ]
        assert await talk("Ana", "2") == f"(only Ana) {empty}"
        assert await talk("Ben", "/saved") == f"(only Ben) {empty}"


async def test_another_quotation_is_never_a_repeat() -> None:
    """Pressing “Another” on each card goes through the whole library before anything comes again (cards 1.4, 1.6)."""
    async with talking() as talk:
        card = await talk("Ana", "/quote")
        seen = [card.splitlines()[1]]
        while "the deck begins again" not in card:
            card = await talk("Ana", "1")
            seen.append(next(line for line in card.splitlines() if line.startswith("  | ")))
        shown = len(seen) - 1
        assert len(set(seen[:shown])) == shown
        again = f"  All {shown} quotations have been shown here, so the deck begins again in a new order."
        assert card.splitlines()[1] == again


async def test_another_when_nothing_else_is_about_it() -> None:
    """Where one quotation is about what was asked for, the next is about anything else."""
    async with talking() as talk:
        await talk("Ana", "/quote about:words")
        assert "hundred regiments" not in await talk("Ana", "1")


async def test_the_one_quotation_of_a_speaker() -> None:
    """Where a speaker has one quotation, the way on is any speaker (card 1.7)."""
    async with talking() as talk:
        await talk("Ana", "/quote by:lenin")
        answer = await talk("Ana", "1")
        assert answer == (
            "(only Ana) This is the one quotation attributed to Vladimir Lenin here.\n[1] Any speaker   #2"
        )
        assert (await talk("Ana", "1")).startswith("Quotation\n")


async def test_a_thread_is_opened_on_a_quotation() -> None:
    """Discussing names the thread after speaker and day, and begins it with an open question (card 1.5)."""
    async with talking() as talk:
        await talk("Ana", "/quote by:todd about:distant")
        assert await talk("Ana", "4") == (
            "(only Ana) The thread is open: Quotation by Joe Todd, 24 November\n"
            "(thread) What in your own experience fits this, and what does not? Say where you saw it, so that others "
            "can look."
        )


async def test_a_speaker_who_is_not_here() -> None:
    """A slip in a name is met with the nearest one, a stranger with the way to anybody (card 7.3)."""
    async with talking() as talk:
        slip = await talk("Ana", "/quote by:wattsen")
        assert (
            slip
            == "(only Ana) No speaker here is called “wattsen”. Did you mean Tom Watson?\n[1] Tom Watson   #1"
        )
        stranger = await talk("Ana", "/quote by:orwell")
        assert stranger == "(only Ana) No speaker here is called “orwell”.\n[1] Any speaker   #2"
        assert "Tom Watson" in await talk("Ana", "1.1")


async def test_nothing_about_it() -> None:
    """A topic that is not here is said to be none, with those that are, or with the one that is near."""
    async with talking() as talk:
        assert await talk("Ana", "/quote about:tariffs") == (
            "(only Ana) Nothing here is about “tariffs”. Topics here: pluralism, parties, Momentum, by-elections."
        )
        assert await talk("Ana", "/quote about:plurlism") == (
            "(only Ana) Nothing here is about “plurlism”. Did you mean pluralism?\n[1] pluralism   #1"
        )
        assert (await talk("Ana", "1")).startswith("Quotation\n")


async def test_a_speaker_where_a_topic_stands_is_understood() -> None:
    """Whoever types a name behind the command alone is offered that speaker’s words."""
    async with talking() as talk:
        assert await talk("Ana", "/quote lenin") == (
            "(only Ana) Nothing here is about “lenin”. Did you mean the words of Vladimir Lenin?\n[1] Vladimir Lenin   #1"
        )
        assert "Attributed to Vladimir Lenin" in await talk("Ana", "1")


async def test_a_button_of_no_community_changes_nothing() -> None:
    """A forged token, one of a version to come and one of a row that is not here get the same sentence (card 7.11)."""
    refused = "(only Ana) That button does not belong to this community. Nothing was changed."
    async with talking() as talk:
        await talk("Ana", "/quote about:words")
        for token in (
            "1:quote:another:999",
            "1:quote:nothing:1",
            "2:quote:another:1",
            "quote",
            "1:quote:context:-1",
        ):
            assert (await talk.console.press(token)).rstrip("\n") == refused
        assert option(LENIN, "Save") == "3"


async def test_nothing_by_a_speaker_about_something() -> None:
    """What others have said about it is no slip of the asker's: both ways on are offered."""
    async with talking() as talk:
        assert await talk("Ana", "/quote by:lenin about:momentum") == (
            "(only Ana) No quotation by Vladimir Lenin here is about “momentum”.\n"
            "[1] Vladimir Lenin  [2] Any speaker   #1"
        )
        assert "Momentum" in await talk("Ana", "2")
        assert "Vladimir Lenin" in await talk("Ana", "1.1")


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("by:Tom Watson", "Tom Watson"),
        ("by:V.I. Lenin about:words", "Vladimir Lenin"),
        ("about:words by:Vladimir Lenin", "Vladimir Lenin"),
        ('by:"Lawson, Neal" pluralism', "Neal Lawson"),
    ],
)
async def test_a_name_of_several_words_needs_no_marks(typed: str, speaker: str) -> None:
    """Words behind by: are the name, up to the next parameter; marks end it."""
    async with talking() as talk:
        assert speaker in (await talk("Ana", f"/quote {typed}")).splitlines()[2]
