"""Approving all from a confidence on, and putting a speaker right, as moderators do it in the console."""

from dataclasses import replace
from pathlib import Path

from bot.core.features.library_sure import PART
from bot.core.findings import Found, Given
from bot.core.library import Person, Quotation, Rights
from content.proposing import propose
from tests.conversation import Talk
from tests.importing_samples import bridge
from tests.moderated import COMMUNITY, moderated

FOUND = propose(bridge(), Given(rights=Rights.PUBLIC_DOMAIN)).found
"""Five quotations (0.9, 0.7, 0.9, none, 0.9) and an excerpt."""


async def test_everything_sure_is_approved_after_one_question(tmp_path: Path) -> None:
    """What has the confidence is counted, asked about once, and then in service; the rest waits on."""
    async with moderated(tmp_path, FOUND) as talk:
        assert await talk("Mia", "/library approve 85") == (
            "(only Mia) 3 quotations and 1 excerpt in the queue have a confidence of 0.85 or more.\n"
            "  Approved as they stand, they are in service at once. What the rights do not allow stays in the queue.\n"
            "[1] Approve 4  [2] Not now   #1"
        )
        assert await talk("Mia", "1") == "(only Mia) 4 entries approved by Mia, from 0.85 on."
        assert (await talk("Mia", "/library review")).startswith("(only Mia) Queue, 1 of 2: a quotation")
        listed = await talk("Mia", "/library show “The bridge that nobody wanted”")
    assert listed.split("\n")[1] == "  3 quotations, 1 excerpt; 2 waiting."


async def test_not_now_leaves_the_queue_as_it_is(tmp_path: Path) -> None:
    """The question can be declined, and a queue without anything so sure says so."""
    async with moderated(tmp_path, [replace(each, confidence=0.7) for each in FOUND]) as talk:
        await talk("Mia", "/library approve 70")
        assert (await talk("Mia", "2")).startswith("(only Mia) Nothing was approved. ")
        assert await talk("Mia", "/library approve") == (
            "(only Mia) Nothing in the queue has a confidence of 0.80 or more. /library review shows what waits."
        )
        assert (await talk("Mia", "/library review")).startswith("(only Mia) Queue, 1 of 6: ")


async def test_what_cannot_be_approved_stays_and_is_counted(tmp_path: Path) -> None:
    """A quotation without a speaker, and one that is here already, stay in the queue while the others go."""
    unnamed = replace(FOUND[3], confidence=1.0)
    async with moderated(tmp_path, [FOUND[0], unnamed, FOUND[0], FOUND[2]]) as talk:
        await talk("Mia", "/library approve 90")
        assert await talk("Mia", "1") == (
            "(only Mia) 2 entries approved by Mia, from 0.90 on. 2 entries stay in the queue: the rights do not allow more, "
            "the words are here already, or no speaker is known.\n[1] Open the queue   #1"
        )


async def test_many_are_approved_in_parts_and_others_come_between(tmp_path: Path) -> None:
    """No event approves more than a part; a forged start or a member's press approves nothing."""
    many = [replace(FOUND[0], item=_numbered(FOUND[0], number)) for number in range(3 * PART + 1)]
    async with moderated(tmp_path, many) as talk:
        refused = await talk.console.press("1:library:sure:80,0,0,0")
        assert "approved by" in refused
        await talk("Ana", "/quote")
        assert "is for this community’s moderators" in await talk.console.press("1:library:sure:80,0,0,0")
        log = await talk("Mia", "/moderate log")
    assert log.count("Mia approved everything in the queue with a confidence of 0.80 or more.") == 1
    assert log.count("Mia approved own-tide-") + log.count("Mia approved tide-") == len(many)


def _numbered(found: Found, number: int) -> Quotation:
    """Make another quotation of the same kind, of words that nothing else has."""
    item = found.item
    assert isinstance(item, Quotation)
    sea = " ".join(f"{word}{number}" for word in ("never", "before", "was", "the", "tide", "so", "high"))
    return replace(item, text=sea, id=f"tide-{number}", finish="", endings=(), kinds=("who",))


async def test_a_speaker_is_put_right_by_a_completed_name(tmp_path: Path) -> None:
    """Names of the page and of the library are offered; the card then shows the new speaker, and who named them."""
    async with moderated(tmp_path, FOUND) as talk:
        await talk("Mia", "/clock")
        offered = await talk.console.complete("/library speaker name:meer")
        assert [each.label for each in offered] == ["Meera Nair"]
        card = await talk("Mia", "/library speaker name:“Meera Nair” entry:“lorries to the chapel”")
        assert "  Speaker: Meera Nair." in card
        assert "  Rule: named by a moderator. Confidence 1.00." in card
        await talk("Mia", "1")
        shown = await talk("Mia", "/library show own-unnamed-it-will-only-bring-lorries")
    assert "Attributed to Meera Nair" in shown or shown.startswith("(only Mia) No article")


async def test_whoever_is_named_wrongly_is_asked_about(tmp_path: Path) -> None:
    """A name near to somebody's is asked back, words of no quotation are said, and nothing is changed."""
    async with moderated(tmp_path, FOUND) as talk:
        assert "Which one is meant by “benn”" in await talk("Mia", "/library speaker name:benn")
        assert await talk("Mia", "/library speaker name:“Meera Nair” entry:“no such words”") == (
            "(only Mia) No quotation that waits has “no such words”. /library review shows what waits."
        )
        assert "  Speaker: Dilwyn Rees." in await talk("Mia", "/library review")


async def test_a_private_person_never_keys_a_question(tmp_path: Path) -> None:
    """Whoever a moderator calls private is shown as the speaker, and no quiz asks who said it."""
    async with moderated(tmp_path, FOUND[:1]) as talk:
        await _edited(talk, "no")
        shown = await talk("Mia", f"/library show {_id(FOUND[0])}")
    assert "Dilwyn Rees, the ferryman\n" in shown, shown
    assert "  Asked as: article and finish\n" in shown


async def _edited(talk: Talk, asked: str) -> None:
    await talk("Mia", "/library review")
    await talk("Mia", "2")
    for each in ("", "", "", "", asked):
        await talk("Mia", each)


def _id(found: Found) -> str:
    return found.item.id


def test_the_proposals_above_are_of_known_people() -> None:
    """The samples name their people, since the queue writes those that are not known yet."""
    assert Person(id="dilwyn-rees", name="Dilwyn Rees", role="the ferryman") in FOUND[0].people
    assert COMMUNITY.startswith("console:")


async def test_what_was_approved_is_asked_about(tmp_path: Path) -> None:
    """Of an imported article a quiz asks who said it and how it ends, with people and words of the page to choose from."""
    async with moderated(tmp_path, FOUND) as talk:
        await talk("Mia", "/library approve")
        await talk("Mia", "1")
        who = await talk("Ana", "/quiz kind:who about:grandchildren")
        assert "Who said “People will come to love the road that brings their grandchildren home”?" in who
        assert "Meera Nair" in who
        assert "Dilwyn Rees" in who
        await talk("Mia", "/clock +45s")
        finish = await talk("Ana", "/quiz kind:finish about:grandchildren")
        assert "  | “People will come to love the road that …”\n" in finish
        assert sum(f"  {number} " in finish for number in range(1, 5)) == 4
        shown = await talk("Mia", "/clock +45s")
    assert "Finish the quotation: brings their grandchildren home" in shown
    assert ", from the same article." in shown
