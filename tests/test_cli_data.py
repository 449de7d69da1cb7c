"""A host's commands on the data: export, import-data, the library's additions, and the invitation."""

import tomllib
from pathlib import Path

from tests.commands import command
from tests.conversation import talking

HERE = "console:test"


async def _play(database: Path) -> str:
    """Let a moderator play a round and add a prompt; gives the score."""
    async with talking(database=database) as talk:
        await talk("Ana", "/quiz who about:words", moderator=True)
        await talk("Ana", "2")
        await talk("Ana", "/library add-prompt")
        await talk("Ana", "What would you keep of it?")
        await talk("Ana", "")
        await talk("Ana", "/clock +45s")
    return await _score(database)


async def _score(database: Path) -> str:
    async with talking(database=database) as talk:
        return await talk("Ana", "/score")


async def test_a_community_moves_to_another_database(tmp_path: Path) -> None:
    """What was done is exported to a file, imported elsewhere, and goes on there; a second import is refused."""
    before = await _play(tmp_path / "bot.db")
    assert command(tmp_path, "export").out == f"{HERE}\n"
    out = command(tmp_path, "export", HERE, "books.jsonl")
    rows = len((tmp_path / "books.jsonl").read_text(encoding="utf-8").splitlines()) - 2
    assert (out.code, out.err) == (0, "")
    assert out.out == (
        f"books.jsonl holds everything of {HERE}: {rows:,} rows. It names members, so keep it to yourself.\n"
    )
    elsewhere = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
    taken = command(tmp_path, "import-data", "books.jsonl", **elsewhere)
    assert (taken.code, taken.err) == (0, "")
    assert taken.out == f"{tmp_path / 'new.db'} holds {HERE} now: {rows:,} rows from books.jsonl.\n"
    assert "pluralism 0 of 1" in before
    assert await _score(tmp_path / "new.db") == before
    again = command(tmp_path, "import-data", "books.jsonl", **elsewhere)
    assert (again.code, again.out) == (1, "")
    assert f"holds the community {HERE} already" in again.err


async def test_a_community_that_is_not_there_is_named_with_those_that_are(
    tmp_path: Path,
) -> None:
    """A slip in the name gets a sentence with what is near and what there is; no file is made."""
    await _play(tmp_path / "bot.db")
    ended = command(tmp_path, "export", "console:tset", "books.jsonl")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"The database {tmp_path / 'bot.db'} holds no community console:tset. Did you mean {HERE}? It holds {HERE}.\n"
    )
    assert not (tmp_path / "books.jsonl").exists()


async def test_what_moderators_added_becomes_article_files(tmp_path: Path) -> None:
    """With --library the additions are written as the files that content/library has, and never over one."""
    await _play(tmp_path / "bot.db")
    assert command(tmp_path, "export", HERE, "added", "--library").out == "Written: added/own-words.toml.\n"
    written = tomllib.loads((tmp_path / "added" / "own-words.toml").read_text(encoding="utf-8"))
    assert [each["text"] for each in written["prompts"]] == ["What would you keep of it?"]
    again = command(tmp_path, "export", HERE, "added", "--library")
    assert (again.code, again.err) == (
        1,
        "added/own-words.toml is there already. Name another folder; nothing was written.\n",
    )


def test_without_a_database_there_is_nothing_to_export(tmp_path: Path) -> None:
    """The sentence names the file; none is made."""
    ended = command(tmp_path, "export")
    assert ended.code == 1
    assert ended.err.startswith(f"The database {tmp_path / 'bot.db'} cannot be opened.")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_export_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """A file that is not there, and one that is no text, each have their own; no trace, and nothing is imported."""
    (tmp_path / "picture.png").write_bytes(b"\xff\xfe\x00")
    missing, picture = (
        command(tmp_path, "import-data", "no.jsonl"),
        command(tmp_path, "import-data", "picture.png"),
    )
    assert (missing.code, missing.err) == (
        1,
        "no.jsonl cannot be read (No such file or directory). Nothing was imported.\n",
    )
    assert (picture.code, picture.err) == (
        1,
        "picture.png is no export: it is not text in UTF-8. Nothing was imported.\n",
    )


def test_an_invitation_needs_an_application_s_id(tmp_path: Path) -> None:
    """A name in its place gets a sentence that says where the number is; no address is printed that leads nowhere."""
    ended = command(tmp_path, "discord-invite", "my-bot")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "'my-bot' is not an application's id: that is a number, on the page General Information of your application at "
        "https://discord.com/developers/applications.\n"
    )
    assert command(tmp_path, "discord-invite", "1234").out.startswith(
        "https://discord.com/oauth2/authorize?client_id=1234&"
    )


async def test_a_backup_is_taken_and_put_back(tmp_path: Path) -> None:
    """Both commands say what they have done; a backup is never overwritten."""
    before = await _play(tmp_path / "bot.db")
    taken = command(tmp_path, "backup", "copy.db")
    size = (tmp_path / "copy.db").stat().st_size
    assert taken.out == f"copy.db holds a verified copy of {tmp_path / 'bot.db'}: {size:,} bytes.\n"
    again = command(tmp_path, "backup", "copy.db")
    assert (again.code, again.err) == (
        1,
        "copy.db is there already. Name another file; a backup is never overwritten.\n",
    )
    (tmp_path / "bot.db").write_bytes(b"\0" * 5_000)
    told = command(tmp_path, "restore", "copy.db").out.splitlines()
    restored = f"{tmp_path / 'bot.db'} is restored from copy.db. The old one is kept as "
    assert _bytes(told[0].removeprefix(restored).rstrip(".")) == b"\0" * 5_000
    assert told[1].startswith("The old one could not be read, so whoever had themselves forgotten since")
    assert await _score(tmp_path / "bot.db") == before


def _bytes(path: str) -> bytes:
    return Path(path).read_bytes()
