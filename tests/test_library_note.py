"""Content notes: what a moderator has said before sensitive material, on every card of it, in their community alone."""

from pathlib import Path

import pytest

from tests.conversation import option
from tests.moderated import moderated, prepared

SET = """\
(only Mia) Content note
  Set for the quotation lenin-regiments, “the right words are worth a hundred regiments”. Every card of it here begins with:
  Content note: Speaks of war.
[1] Remove   #1"""
NOTE = '/library note lenin-regiments note:"Speaks of war."'
FIRST = "  Content note: Speaks of war."


async def test_every_card_of_the_entry_begins_with_the_note(tmp_path: Path) -> None:
    """The quotation, its context, a question on it, a saved one and one that was searched for."""
    async with moderated(tmp_path) as talk:
        assert await talk("Mia", NOTE) == SET
        shown = await talk("Ana", "/quote about:words")
        assert shown.split("\n")[:2] == ["Quotation", FIRST]
        assert (await talk("Ana", option(shown, "In context"))).split("\n")[1] == FIRST
        await talk("Ana", option(shown, "Save"))
        saved = await talk("Ana", "/saved")
        assert (await talk("Ana", option(saved, "Open 1"))).split("\n")[1] == FIRST
        assert (await talk("Ana", "/quiz kind:who about:words")).split("\n")[1] == FIRST
        assert FIRST in (await talk("Mia", "/library show lenin-regiments")).split("\n")


async def test_an_excerpt_and_a_prompt_have_theirs_too(tmp_path: Path) -> None:
    """The excerpt of the day, read privately too, and a prompt in its programme's preview."""
    async with moderated(tmp_path) as talk:
        for each in ("one-party-question", "prompt-power"):
            await talk("Mia", f'/library note {each} note:"Speaks of war."')
        await talk("Mia", "/library pin one-party-question 2026-11-20")
        await talk("Mia", "/library pin prompt-power 2026-11-21")
        assert (await talk("Ana", "/excerpt")).split("\n")[1] == FIRST
        assert (await talk("Ana", "/read out of one party")).split("\n")[1] == FIRST
        added = await talk("Mia", "/schedule add prompt #reading every day 09:00")
        assert FIRST in added.split("\n")
        posted = (await talk("Mia", "/clock 2026-11-21T10:00")).split("\n")
        assert posted[posted.index("(#reading) For discussion") + 1] == FIRST


async def test_the_note_can_be_seen_changed_and_removed(tmp_path: Path) -> None:
    """Without words it is shown; other words take its place; removed, the cards are as they were."""
    async with moderated(tmp_path) as talk:
        await talk("Mia", NOTE)
        shown = await talk("Noor", "/library note lenin-regiments")
        assert shown.split("\n")[1:3] == ["  lenin-regiments has this content note:", FIRST]
        await talk("Noor", '/library note lenin-regiments note:"Speaks of armies."')
        assert (await talk("Ana", "/quote about:words")).split("\n")[1] == "  Content note: Speaks of armies."
        removed = await talk("Noor", f"2.{option(shown, 'Remove')}")
        assert removed == "(only Noor) lenin-regiments has no content note any more."
        again = await talk("Mia", "1.1")
        assert again == "(only Mia) lenin-regiments has no content note. Nothing was changed."
        assert "Content note" not in await talk("Ana", "/quote about:words")


async def test_no_other_community_has_it(tmp_path: Path) -> None:
    """A note is a community's own."""
    with prepared(tmp_path / "bot.db") as ports:
        ports.shelves.note("console:elsewhere", "lenin-regiments", "Speaks of war.")
    async with moderated(tmp_path) as talk:
        assert "Content note" not in await talk("Ana", "/quote about:words")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/library note", '/library note needs an entry, as in: /library note lenin-regiments note:"Speaks of war."'),
        ("/library note xyzzy note:war", "No entry here is called “xyzzy”. /library list shows what there is."),
        ("/library note lenin-regiments", 'lenin-regiments has no content note. /library note lenin-regiments note:"…" sets one.'),
        (
            f'/library note lenin-regiments note:{"a" * 151}',
            "That is 151 characters, and a content note has at most 150. Nothing was changed.",
        ),
    ],
)  # fmt: skip
async def test_what_cannot_be_noted_is_said(tmp_path: Path, typed: str, answer: str) -> None:
    """Each mistake names what is wrong and changes nothing."""
    async with moderated(tmp_path) as talk:
        assert (await talk("Mia", typed)).removeprefix("(only Mia) ") == answer


async def test_members_are_refused_at_the_command_and_at_the_button(tmp_path: Path) -> None:
    """What moderators say before material is theirs to say, and to take away."""
    async with moderated(tmp_path) as talk:
        refused = "(only Ana) /library is for this community’s moderators. /suggest brings an idea to them."
        assert await talk("Ana", NOTE) == refused
        shown = await talk("Mia", NOTE)
        assert (await talk("Ana", option(shown, "Remove"))).startswith("(only Ana) ")
        assert (await talk("Ana", "/quote about:words")).split("\n")[1] == FIRST
        log = await talk("Mia", "/moderate log")
        assert "Mia set a content note on lenin-regiments: Speaks of war." in log
