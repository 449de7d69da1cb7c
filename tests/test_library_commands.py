"""/library list, show, add, retire, restore, check and balance in the console, as moderators read them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import shelf_cards
from bot.core.library import Excerpt, Rights
from bot.core.rounds import Given, Mode, State
from tests import houses
from tests.conversation import option, talking
from tests.houses import shelves
from tests.moderated import COMMUNITY, FRIDAY, fill, moderated, prepared
from tests.storage_samples import QUESTION

LIST = """\
(only Mia) Library: 2 articles
  1 Out of one party, many cultures: 11 quotations, 5 excerpts, 14 questions of fact, 5 prompts
  2 Losing Momentum: how Jeremy Corbyn’s support group ran out of steam: 13 quotations, 5 excerpts, \
15 questions of fact, 5 prompts; 1 retired
[1] Show 1  [2] Show 2   #1"""

ENTRY = """\
(only Mia) Quotation lenin-regiments
  | “the right words are worth a hundred regiments”
  Attributed to Vladimir Lenin, Russian revolutionary (1870 to 1924)
  In context: To make such a fundamental shift happen will require sustained effort to win the larger argument about \
how we can best transform Britain into a more equal, sustainable and democratic nation. Ironically, it was Lenin who \
said that "the right words are worth a hundred regiments".
  Section: Hello to Berlin
  Topics: pluralism
  Asked as: who and article
  Why this grade: The article does not say where he said it, and nothing else found so far does.
  Not answered here so far.
Grade C: reported, according to Neal Lawson, 2010 (inferred). Not found so far outside this article.
Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred). In copyright.
[1] Retire  [2] Back   #1"""

RETIRED = """\
(only Mia) Retired: the quotation lenin-regiments, “the right words are worth a hundred regiments”. \
It is no longer shown or asked here.
[1] Undo   #2"""

GONE = "(only Ana) That quotation has been retired and is no longer shown. /quote brings another."


async def test_the_list_counts_what_there_is(tmp_path: Path) -> None:
    """Each article is listed with what is in service, waiting and retired of it."""
    async with moderated(tmp_path, retired=["todd-hope"]) as talk:
        assert await talk("Mia", "/library list") == LIST


async def test_an_article_is_shown_page_by_page(tmp_path: Path) -> None:
    """An article shows how much of it is held, and its entries with their ids, five a page."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/library show out of one party")
        page = await talk("Mia", "6")
        lines = page.split("\n")
        assert lines[0] == "(only Mia) Out of one party, many cultures"
        assert lines[1] == "  11 quotations, 5 excerpts, 14 questions of fact, 5 prompts."
        assert lines[2] == "  412 words of its 1,689 are held; 422 may be."
        assert [each.split()[0] for each in lines[3:8]] == ["6", "7", "8", "9", "10"]
        assert lines[8] == "Id: out-of-one-party. Rights: in-copyright."
        assert (await talk("Mia", option(page, "Back"))).split("\n")[3].startswith("  1 Quotation ashdown-")


async def test_an_entry_is_shown_whole(tmp_path: Path) -> None:
    """An entry is found by its id, or by words that stand in it alone, with grade, source, rights and use."""
    async with moderated(tmp_path) as talk:
        assert await talk("Mia", "/library show lenin-regiments") == ENTRY
        found = await talk("Mia", "/library show route to electability")
        assert found.startswith("(only Mia) Quotation todd-route\n")


def test_every_entry_that_ships_can_be_shown(tmp_path: Path) -> None:
    """Whatever ships fits on a moderator's card."""
    with prepared(tmp_path / "bot.db") as ports:
        for item in (each for shelf in shelves() for each in shelf.items):
            shelved = ports.shelves.entry(COMMUNITY, item.id)
            assert shelved is not None
            assert item.id in shelf_cards.entry_card(ports, COMMUNITY, shelved).title


async def test_a_retired_quotation_is_gone_here_and_comes_back(tmp_path: Path) -> None:
    """Retiring takes it out at once, its old buttons say so (card 7.14), and “Undo” brings it back."""
    async with moderated(tmp_path) as talk:
        await talk("Ana", "/quote by:lenin")
        assert await talk("Mia", "/library retire lenin-regiments") == RETIRED
        for label in ("1", "2", "3", "4"):
            assert await talk("Ana", f"1.{label}") == GONE
        assert await talk("Ana", "/quote by:lenin") == (
            "(only Ana) No speaker here is called “lenin”.\n[1] Any speaker   #3"
        )
        assert await talk("Mia", "2.1") == (
            "(only Mia) Back in service: the quotation lenin-regiments, “the right words are worth a hundred regiments”."
        )
        assert "Vladimir Lenin" in await talk("Ana", "/quote by:lenin")


async def test_retiring_touches_no_other_community(tmp_path: Path) -> None:
    """What one community retires goes on in every other."""
    with prepared(tmp_path / "bot.db") as ports:
        ports.shelves.retire("console:elsewhere", "lenin-regiments", FRIDAY)
    async with moderated(tmp_path) as talk:
        assert "Vladimir Lenin" in await talk("Ana", "/quote by:lenin")
        assert await talk("Mia", "/library restore lenin-regiments") == (
            "(only Mia) lenin-regiments is in service already. Nothing was changed."
        )


async def test_what_is_done_already_is_said(tmp_path: Path) -> None:
    """Retiring what is retired changes nothing; restoring without a name lists what can come back."""
    async with moderated(tmp_path) as talk:
        assert await talk("Mia", "/library restore") == (
            "(only Mia) Nothing is retired, and nothing was rejected in the last 30 days."
        )
        await talk("Mia", "/library retire lenin-regiments")
        assert await talk("Noor", "/library retire lenin-regiments") == (
            "(only Noor) lenin-regiments is retired already. Nothing was changed."
        )
        assert (await talk("Noor", "/library restore")).split("\n")[1] == (
            "  1 Retired Fri 20 Nov, 17:00: lenin-regiments, “the right words are worth a hundred regiments”"
        )
        assert "Back in service" in await talk("Noor", "1")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/library retire xyzzy", "No entry here is called “xyzzy”. /library list shows what there is."),
        ("/library retire politics", "Which entry is meant by “politics”?"),
        ("/library retire", "/library retire needs an entry, as in: /library retire lenin-regiments"),
        ("/library restore p7", "That button does not belong to this community. Nothing was changed."),
        ("/library show xyzzy", "No article here is called “xyzzy”. /library list shows what there is."),
        (
            "/library show losing momentun",
            (
                "No article here is called “losing momentun”. Did you mean “Losing Momentum: how Jeremy Corbyn’s support "
                "group ran out of steam”? /library list shows what there is."
            ),
        ),
    ],
)
async def test_what_cannot_be_found_is_said(tmp_path: Path, typed: str, answer: str) -> None:
    """An unknown entry gets a clear sentence, an ambiguous one a choice, and nothing is changed."""
    async with moderated(tmp_path) as talk:
        assert (await talk("Mia", typed)).split("\n")[0] == f"(only Mia) {answer}"
        assert "retired" not in await talk("Mia", "/library list")


BROOK = ("We shall build a bridge.", "Clara Brook", "Speech at Oxford, 3 May 1921", "B", "")


async def test_a_moderator_s_quotation_is_in_service_at_once(tmp_path: Path) -> None:
    """The form asks for five things; the answer says whose words they are taken for, and can be undone."""
    async with moderated(tmp_path) as talk:
        assert await talk("Mia", "/library add-quote") == "(only Mia) Form: New quotation"
        assert talk.console.prompt == "  The words, exactly> "
        assert await fill(talk, "Mia", "“We shall build a bridge.”", *BROOK[1:]) == (
            "(only Mia) In service here: the quotation own-brook-we-shall-build-a-bridge, “We shall build a bridge.”\n"
            "  Clara Brook. Grade B: in a reliable secondary source.\n"
            "  Source: Speech at Oxford, 3 May 1921.\n"
            "[1] Show  [2] Undo   #1"
        )
        assert await talk("Ana", "/quote by:brook") == (
            "Quotation\n"
            "  | “We shall build a bridge.”\n"
            "  Clara Brook\n"
            "Grade B: in a reliable secondary source.\n"
            "Source: Speech at Oxford, 3 May 1921\n"
            "[1] Another  [2] In context  [3] Save  [4] Discuss   #2"
        )
        assert (await talk("Mia", "1.2")).startswith("(only Mia) Retired: the quotation own-brook-")


async def test_a_quotation_of_an_article_joins_it(tmp_path: Path) -> None:
    """Words of an article here belong to it; words that are held already take nothing of what may be held."""
    words = "Pluralism is about letting new things happen"
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/library add-quote")
        added = await fill(talk, "Mia", words, "neal lawson", "Together as one", "A", "one party")
        assert added.split("\n")[1] == (
            "  Neal Lawson, chair of the pressure group Compass. Grade A: verified in the primary source."
        )
        listed = await talk("Mia", "/library show out-of-one-party")
    assert listed.split("\n")[1:3] == [
        "  12 quotations, 5 excerpts, 14 questions of fact, 5 prompts.",
        "  412 words of its 1,689 are held; 422 may be.",
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("…", *BROOK[1:]), "There are no words here to quote. Nothing was added."),
        ((BROOK[0], "?", *BROOK[2:]), "A quotation needs its speaker. Nothing was added."),
        (
            (BROOK[0], "wattsen", *BROOK[2:]),
            "No one here is called “wattsen”. Did you mean Tom Watson? Nothing was added.",
        ),
        (
            (BROOK[0], "benn", *BROOK[2:]),
            "Which one is meant by “benn”: Hilary Benn or Tony Benn? Nothing was added.",
        ),
        (
            (*BROOK[:2], "", "B", ""),
            (
                "Say where the words stand, so that others can look: a speech with its date, a book, a page. "
                "Nothing was added."
            ),
        ),
        ((*BROOK[:4], "The Ferryman"), "No article here is called “The Ferryman”."),
        (
            ("The right words are worth a HUNDRED regiments", "lenin", "", "C", "one party"),
            "These words are here already, as lenin-regiments. Nothing was added.",
        ),
        (
            (" ".join(f"w{each}" for each in range(121)), *BROOK[1:]),
            "One card would show 121 words of an article in copyright, and at most 120 are allowed. Nothing was added.",
        ),
    ],
)
async def test_a_form_that_does_not_do_is_asked_again(
    tmp_path: Path, lines: tuple[str, ...], sentence: str
) -> None:
    """What is wrong is said at its field, the form stays open, and nothing is added."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/library add-quote")
        assert (await fill(talk, "Mia", *lines)).split("\n")[0] == f"(only Mia) {sentence}"
        assert talk.console.private
        await talk("Mia", "/cancel")
        assert (await talk("Mia", "/library list")).startswith("(only Mia) Library: 2 articles")


async def test_a_source_of_unknown_length_is_quoted_sparingly(tmp_path: Path) -> None:
    """Of a source whose length nobody knows, no more is held than one card may show."""
    async with moderated(tmp_path) as talk:
        for number, begin in enumerate(("a", "b")):
            await talk("Mia", "/library add-quote")
            words = " ".join(f"{begin}{each}" for each in range(70))
            answer = await fill(talk, "Mia", words, *BROOK[1:])
            assert ("In service here" in answer) == (number == 0)
    assert answer == (
        "(only Mia) 140 words of “Speech at Oxford, 3 May 1921” would be held; its length is not known, so at most 120 "
        "may be. Take out 20 or more. Nothing was added."
    )


async def test_a_moderator_s_prompt_needs_no_article(tmp_path: Path) -> None:
    """A prompt is in service at once, on an article or on none."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/library add-prompt")
        await fill(talk, "Mia", "What would you change first?", "losing momentum")
        await talk("Mia", "/library add-prompt")
        assert await fill(talk, "Mia", "What would you keep?", "") == (
            "(only Mia) In service here: the prompt own-prompt-what-would-you-keep, “What would you keep?”\n"
            "[1] Show  [2] Undo   #2"
        )
        listed = (await talk("Mia", "/library list")).split("\n")
    assert listed[2].endswith("15 questions of fact, 6 prompts")
    assert listed[3] == "  On no article: 1 prompt"


async def test_check_says_that_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing wrong and nothing running low, that is said."""
    free = tuple(
        replace(each, article=replace(each.article, rights=Rights.PUBLIC_DOMAIN)) for each in shelves()
    )
    monkeypatch.setattr(houses, "shelves", lambda: free)
    async with talking(at=FRIDAY) as talk:
        assert await talk("Mia", "/library check", moderator=True) == (
            "(only Mia) Check of the library\n  Nothing is wrong here, and nothing runs low."
        )


async def test_check_names_what_is_wrong_or_low(tmp_path: Path) -> None:
    """Questions without a difference, entries that stand twice, articles nearly full, and material for a few days."""
    twin = Excerpt(
        id="own-twin", article="losing-momentum", text=shelves()[1].excerpts[0].text.upper(), part=9
    )
    with prepared(tmp_path / "bot.db") as ports:
        ports.shelves.put(COMMUNITY, None, [], twin)
        for item, right in (("todd-hope", 0), ("todd-route", 20), ("todd-timid", 10)):
            number = ports.rounds.add(
                COMMUNITY, channel="general", mode=Mode.LIVE, typed=False,
                question=replace(QUESTION, item=item), asker="ana", at=FRIDAY, seconds=45, message=None,
            )  # fmt: skip
            ports.rounds.move(number, State.OPEN, closes_at=FRIDAY + 45)
            for member in range(20):
                ports.rounds.give(number, f"m{member}", Given(0, right=member < right), FRIDAY)
            ports.rounds.move(number, State.CLOSED, closes_at=FRIDAY + 45)
    async with moderated(tmp_path) as talk:
        await talk(
            "Mia", '/schedule add excerpt #reading mon-fri 09:00 source:"Out of one party, many cultures"'
        )
        lines = (await talk("Mia", "/library check")).split("\n")
    assert lines == [
        "(only Mia) Check of the library",
        "  Weekday excerpt: 7 days left, until Fri 27 Nov.",
        "  Hardly anyone gets this right, in 20 answers or more: todd-hope.",
        "  Nearly everyone gets this right, in 20 answers or more: todd-route.",
        "  Out of one party, many cultures: 412 words of its 1,689 are held; 422 may be.",
        "  Losing Momentum: 877 words of its 3,733 are held; 933 may be.",
        f"  Much alike: {shelves()[1].excerpts[0].id} and own-twin.",
        "  2 entries wait in the queue.",
        "[1] Open the queue   #2",
    ]


async def test_balance_counts_and_says_no_more(tmp_path: Path) -> None:
    """What everyone saw in 30 days, and what a series will show in the next, by article, speaker and topic (card 8.18)."""
    async with moderated(tmp_path) as talk:
        await talk("Ana", "/quote by:lenin")
        await talk("Ana", "/quote by:rees")
        await talk("Ana", "/quote by:rees")
        await talk(
            "Mia", '/schedule add excerpt #reading mon-fri 09:00 source:"Out of one party, many cultures"'
        )
        card = await talk("Mia", "/library balance")
        await talk("Mia", "/clock +31d")
        later = await talk("Mia", "/library balance")
    assert card.split("\n") == [
        "(only Mia) Balance: posted in the last 30 days, and planned for the next 30",
        "  Articles: Losing Momentum 2 and 0; Out of one party, many cultures 1 and 5",
        "  Speakers: Emma Rees 2 and 0; Vladimir Lenin 1 and 0; Neal Lawson 0 and 5",
        "  Topics: pluralism 1 and 5; parties 1 and 2; Momentum 1 and 0; 1 other 1 and 0",
        (
            "  Approved and in neither: Eduard Bernstein, Jeremy Corbyn, Joe Todd, Jon Lansman, Luke Akehurst, "
            "Paddy Ashdown, Tom Watson."
        ),
    ]
    assert "Emma Rees 2" not in later


async def test_an_empty_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing on the shelves every command has a sentence, and an addition begins the library."""
    monkeypatch.setattr(houses, "shelves", tuple)
    async with talking(at=FRIDAY) as talk:
        assert await talk("Mia", "/library list", moderator=True) == (
            "(only Mia) The library is empty. /library add-quote adds to it."
        )
        assert "No article here is called “lenin”." in await talk("Mia", "/library show lenin")
        assert "Nothing is wrong here" in await talk("Mia", "/library check")
        assert "Articles: none" in await talk("Mia", "/library balance")
        assert await talk("Mia", "/library review") == (
            "(only Mia) Nothing waits in the queue. What members bring with /suggest comes here."
        )
        assert await talk("Mia", "/quote") == (
            "(only Mia) No quotation is approved here yet. /excerpt and /quiz are ready."
        )
        await talk("Mia", "/library add-quote")
        await fill(talk, "Mia", *BROOK)
        assert "We shall build a bridge." in await talk("Ana", "/quote")


COMMANDS = ("list", "show x", "add-quote", "add-prompt", "review", "retire x", "restore", "check", "balance")


@pytest.mark.parametrize("command", COMMANDS)
async def test_members_are_refused(command: str) -> None:
    """Every verb is for moderators, and says who it is for (card 7.6)."""
    async with talking(at=FRIDAY) as talk:
        assert await talk("Ana", f"/library {command}") == (
            "(only Ana) /library is for this community’s moderators. /suggest brings an idea to them."
        )


@pytest.mark.parametrize("name", ["page:0", "article:losing-momentum,0", "entry:todd-hope", "retire:todd-hope",
                                  "restore:todd-hope", "reopen:p1", "approve:p1"])  # fmt: skip
async def test_members_are_refused_at_a_button(name: str) -> None:
    """A moderator's button asks for the rights of whoever presses it."""
    async with talking(at=FRIDAY) as talk:
        assert await talk.console.press(f"1:library:{name}") == (
            "(only Ana) /library is for this community’s moderators. /suggest brings an idea to them.\n"
        )


@pytest.mark.parametrize(
    "name", ["article:xyzzy,0", "entry:xyzzy", "retire:xyzzy", "restore:xyzzy", "entry", "reopen:zz"]
)
async def test_a_forged_button_changes_nothing(name: str) -> None:
    """A token that names nothing of this community's is refused with a sentence."""
    async with talking(at=FRIDAY) as talk:
        await talk("Mia", "/clock", moderator=True)
        assert await talk.console.press(f"1:library:{name}") == (
            "(only Mia) That button does not belong to this community. Nothing was changed.\n"
        )
