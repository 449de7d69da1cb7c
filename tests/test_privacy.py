"""/privacy, as people talk to it."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.core.events import Actor
from storage.store import Store
from tests.conversation import talking
from tests.lives import DONE, forget, lived
from tests.storage_samples import NOW, ports_of

COMMUNITY = "console:test"
NEVER = "  Never kept: messages and typed answers. Which option you took is kept for 7 days after a round, for challenges."
POLICY = "  What is kept, why, and for how long: docs/privacy.md"
FORM = """\
(only Ana) Form: Forget me
  This removes your score, answers, reading, saved, review and suggestions here. What was accepted stays without your \
name. It cannot be undone."""


def prepared(path: Path, *members: str) -> None:
    """Make a database in which these members have lived."""
    with closing(Store(path)) as store, store.transaction():
        for member in members:
            lived(ports_of(store), member, COMMUNITY)


async def test_members_see_what_is_kept_about_them(tmp_path: Path) -> None:
    """Everything that is kept is told in figures, with being shown or private, and what is never kept."""
    prepared(tmp_path / "bot.db", "ana")
    async with talking(database=tmp_path / "bot.db") as talk:
        assert await talk("Ana", "/privacy") == (
            "(only Ana) What is kept about you here\n"
            "  118 points in 164 rounds, each as right or not; reading: 1 bookmark, 2 parts; 2 saved; "
            "3 questions in review; 1 suggestion. Leaderboard: shown.\n"
            f"{NEVER}\n{POLICY}\n[1] Export  [2] Keep me private  [3] Forget me   #1"
        )


async def test_the_card_leads_to_the_document_where_the_host_says_it_can_be_read() -> None:
    """With a documentation address in bot.toml the document’s name is a link."""
    async with talking(values={"documentation.address": "https://example.org/docs/"}) as talk:
        told = (await talk("Ana", "/privacy")).splitlines()
    assert f"{POLICY} (https://example.org/docs/privacy.md)" in told


async def test_of_who_is_new_nothing_is_kept() -> None:
    """Looking at what is kept keeps nothing either."""
    nothing = (
        "(only Ana) What is kept about you here\n  Nothing is kept about you here yet. Leaderboard: private.\n"
        f"{NEVER}\n{POLICY}\n[1] Export  [2] Show me  [3] Forget me"
    )
    async with talking() as talk:
        assert await talk("Ana", "/privacy") == f"{nothing}   #1"
        assert await talk("Ana", "/privacy") == f"{nothing}   #2"


async def test_what_is_kept_of_a_reader_alone_begins_a_sentence() -> None:
    """Whoever has read and never played sees a sentence that begins with a capital letter."""
    async with talking() as talk:
        await talk("Ana", "/read losing")
        told = await talk("Ana", "/privacy")
        assert told.splitlines()[1] == "  Reading: 1 bookmark. Leaderboard: private."


async def test_a_press_shows_and_hides_at_once(tmp_path: Path) -> None:
    """The card says what one is now, and the board has it at once."""
    prepared(tmp_path / "bot.db", "ana")
    async with talking(database=tmp_path / "bot.db") as talk:
        await talk("Ana", "/privacy")
        hidden = await talk("Ana", "2")
        assert "Leaderboard: private." in hidden
        assert hidden.endswith("[1] Export  [2] Show me  [3] Forget me   #1")
        empty = "No one is on this week’s leaderboard yet. Points come from /quiz."
        assert await talk("Ben", "/leaderboard") == empty
        shown = await talk("Ana", "1.2")
        assert "Leaderboard: shown." in shown
        assert shown.endswith("[1] Export  [2] Keep me private  [3] Forget me   #1")
        assert "  1  Ana  118 points" in await talk("Ben", "/leaderboard")


async def test_everything_kept_is_handed_over_as_a_file(tmp_path: Path) -> None:
    """The export is JSON that people can read, with every kind of entry, and nothing of anybody else's."""
    prepared(tmp_path / "bot.db", "ana", "ben")
    async with talking(database=tmp_path / "bot.db", folder=tmp_path) as talk:
        await talk("Ana", "/privacy")
        name = "hundred-regiments-ana-2026-11-24.json"
        said = f"(only Ana) Everything that is kept about you here, as a file: {name}"
        assert (await talk("Ana", "1")).split("\n")[0] == said
        text = (tmp_path / name).read_text(encoding="utf-8")
    exported = json.loads(text)
    assert {key: len(value) for key, value in exported.items() if isinstance(value, list)} == {
        "answers": 164, "bookmarks": 1, "leaderboard": 1, "parts read": 2, "points": 118, "points by window": 4,
        "reviews": 3, "saved": 2, "suggestions": 1,
    }  # fmt: skip
    assert exported["leaderboard"] == [{"name": "Ana", "shown": True}]
    assert exported["points"][0] == {"source": "round:1", "points": 1, "at": "2026-11-24T20:03:20+00:00"}
    assert exported["answers"][0] == {
        "round": "Who said it?", "item": "ada-1", "at": "2026-11-24T20:00:00+00:00", "answer": "Ada Lovelace",
        "right": True, "changes": 0,
    }  # fmt: skip
    assert "ben" not in text.casefold().replace("ben jonson", "")


async def test_an_export_says_in_words_what_an_entry_is_about(tmp_path: Path) -> None:
    """Beside the id of something of the library stands how it begins, also once it is retired."""
    async with talking(database=tmp_path / "bot.db", folder=tmp_path) as talk:
        await talk("Ana", "/quote about:words")
        await talk("Ana", "3")
        await talk("Mia", "/library retire lenin-regiments", moderator=True)
        await talk("Ana", "/privacy")
        await talk("Ana", "1")
        exported = json.loads(
            (tmp_path / "hundred-regiments-ana-2026-11-24.json").read_text(encoding="utf-8")
        )
    (saved,) = exported["saved"]
    assert (saved["item"], saved["words"]) == (
        "lenin-regiments",
        "the right words are worth a hundred regiments",
    )


async def test_moderators_see_what_is_kept_of_their_work(tmp_path: Path) -> None:
    """What somebody did as a moderator, and what was done to them, is counted and handed over like the rest."""
    with closing(Store(tmp_path / "bot.db")) as store, store.transaction():
        audit, ana, mia = ports_of(store).audit, Actor(id="ana", name="Ana"), Actor(id="mia", name="Mia")
        audit.note(COMMUNITY, ana, "adjust", "member", NOW, "2 points: a thorough answer", whom="ben")
        audit.note(COMMUNITY, mia, "adjust", "member", NOW, "1 point: a good question", whom="ana")
    async with talking(database=tmp_path / "bot.db", folder=tmp_path) as talk:
        assert "\n  2 entries in the audit log. Leaderboard: private.\n" in await talk("Ana", "/privacy")
        await talk("Ana", "1")
    exported, at = _read(tmp_path), "2026-11-24T20:00:00+00:00"
    assert exported["audit log, by you"] == [{"action": "adjust", "about": "member", "at": at}]
    about = [{"action": "adjust", "detail": "1 point: a good question", "at": at}]
    assert exported["audit log, about you"] == about


async def test_an_export_gives_no_open_round_away(tmp_path: Path) -> None:
    """While a round is open, its export tells neither whether an answer is right nor whose words they are."""
    async with talking(folder=tmp_path, seed=3) as talk:
        await talk("Ana", "/quiz kind:who about:words")
        await talk("Ana", "3")
        await talk("Ana", "/privacy")
        await talk("Ana", "2.1")
        open_round = _read(tmp_path)
        await talk("Ana", "/clock +45s")
        await talk("Ana", "2.1")
    assert open_round["answers"] == [
        {"round": "Who said it?", "at": "2026-11-24T20:00:00+00:00", "answer": "Vladimir Lenin", "changes": 0}
    ]
    assert "lenin-" not in json.dumps(open_round)
    assert _read(tmp_path)["answers"][0]["right"] is True


def _names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def _read(folder: Path) -> dict[str, Any]:
    """Read the newest export in a folder, and take it out."""
    path = max(folder.glob("*.json"))
    exported: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return exported


async def test_a_long_export_comes_in_several_files(tmp_path: Path) -> None:
    """What is more than one file may hold is parted between entries; each file is sound by itself."""
    with closing(Store(tmp_path / "bot.db")) as store, store.transaction():
        for number in range(15_000):
            ports_of(store).saved.add(COMMUNITY, "ana", f"an-item-with-a-rather-long-name-{number:06}", NOW)
    async with talking(database=tmp_path / "bot.db", folder=tmp_path) as talk:
        await talk("Ana", "/privacy")
        said = await talk("Ana", "1")
    names = [f"hundred-regiments-ana-2026-11-24{part}.json" for part in ("", "-2")]
    told = [each for each in said.split("\n") if "Everything" in each]
    begun = "(only Ana) Everything that is kept about you here, as file"
    assert told == [f"{begun} {number} of 2: {name}" for number, name in enumerate(names, 1)]
    parts = [json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in names]
    assert sum(len(part["saved"]) for part in parts) == 15_000
    assert [part["you"] for part in parts] == ["ana", "ana"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Zoë O’Neil", "zoe-oneil"), ("José María Aznar", "jose-maria-aznar"), ("田中", "member"),
        ("../etc/passwd", "etc-passwd"), ("A" * 40, "a" * 40),
    ],
)  # fmt: skip
async def test_the_file_is_named_in_plain_letters(tmp_path: Path, name: str, file: str) -> None:
    """Whatever somebody is called, the file's name holds a to z, figures and hyphens."""
    async with talking(folder=tmp_path) as talk:
        await talk(name, "/privacy")
        await talk(name, "1")
    assert _names(tmp_path) == [f"hundred-regiments-{file}-2026-11-24.json"]


async def test_other_words_remove_nothing(tmp_path: Path) -> None:
    """Only the two words forget; after any other, everything is as it was."""
    prepared(tmp_path / "bot.db", "ana")
    async with talking(database=tmp_path / "bot.db") as talk:
        before = await talk("Ana", "/privacy")
        assert await talk("Ana", "3") == FORM
        assert talk.console.prompt == "  Type “forget me”> "
        nothing = "(only Ana) Nothing was removed: the words typed were not “forget me”."
        assert await talk("Ana", "forget") == nothing
        assert (await talk("Ana", "/privacy"))[:-1] == before[:-1]


@pytest.mark.parametrize("words", ["forget me", "Forget me", " “FORGET ME” "])
async def test_the_two_words_remove_everything(tmp_path: Path, words: str) -> None:
    """Typed in any case or in marks they forget; whoever did it is new here and can play again."""
    prepared(tmp_path / "bot.db", "ana")
    async with talking(database=tmp_path / "bot.db", seed=3) as talk:
        await talk("Ana", "/privacy")
        await talk("Ana", "3")
        assert await talk("Ana", words) == f"(only Ana) {DONE}"
        assert "  Nothing is kept about you here yet. Leaderboard: private.\n" in await talk(
            "Ana", "/privacy"
        )
        assert (
            await talk("Ben", "/leaderboard all")
            == "No one is on the leaderboard yet. Points come from /quiz."
        )
        await talk("Ana", "/quiz kind:who about:words")
        await talk("Ana", "3")
        await talk("Ana", "/clock +45s")
        assert "  1 point in 1 round, each as right or not." in await talk("Ana", "/privacy")
        assert "Would you like to be on the leaderboard?" in await talk("Ana", "/leaderboard")


async def test_an_open_round_forgets_an_answer_and_a_closed_one_its_giver(tmp_path: Path) -> None:
    """Totals of a closed round stay when somebody is forgotten; of an open one, the answer goes."""
    async with talking(seed=3) as talk:
        await talk("Ana", "/quiz kind:who about:words")
        for who, pressed in (("Ana", "3"), ("Ben", "1"), ("Cem", "3"), ("Dee", "2")):
            await talk(who, pressed)
        await forget(talk, "Dee")
        closed = await talk("Ana", "/clock +45s")
        assert "  3 answers, 2 right, 1 point each.\n" in closed
        await forget(talk, "Cem")
        assert "You were not in this round" in await talk("Cem", "1.1")
        assert await talk("Ana", "1.1") != await talk("Ben", "1.1")
