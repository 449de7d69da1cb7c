"""`python -m bot import` into a community's queue and to files of the library, on real files and databases."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.core.ports import QueuePort
from content.importer.pipeline import find
from content.loader import load
from storage.driver import sqlite3
from storage.lock import Lock
from storage.queue import Queue
from storage.store import Store
from tests.importing_samples import BRIDGE
from tests.storage_samples import ports_of

COMMUNITY = "console:local"


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """Write the page about the bridge to a file."""
    path = tmp_path / "bridge.txt"
    path.write_text(BRIDGE, encoding="utf-8")
    return path


def _import(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


def _queued(folder: Path) -> Sequence[str]:
    store = Store(folder / "bot.db")
    try:
        with store.transaction():
            waiting = ports_of(store).queue.waiting(COMMUNITY, 99)
        return [each.found.item.id for each in waiting]
    finally:
        store.close()


def test_a_page_goes_into_the_queue_once(tmp_path: Path, bridge: Path) -> None:
    """The report says what was found; the same page again, and what is bundled, propose nothing."""
    first = _import(bridge, "--community", COMMUNITY, "--rights", "public-domain")
    assert first.exit_code == 0, first.output
    queued = _queued(tmp_path)
    assert f"{len(queued)} entries wait in the queue of {COMMUNITY} now;" in first.output
    assert any(each.startswith("own-rees-we-were-never-asked") for each in queued)
    again = _import(bridge, "--community", COMMUNITY, "--rights", "public-domain")
    assert "  Nothing of it is new here.\n" in again.output
    assert _queued(tmp_path) == queued


def test_a_dry_run_changes_nothing(tmp_path: Path, bridge: Path) -> None:
    """Everything is told, and neither a database nor a file comes into being."""
    told = _import(bridge, "--dry-run", "--rights", "public-domain")
    assert told.output.startswith(f"{bridge}: 1 article, ")
    assert told.output.endswith("Nothing was imported: this was a dry run.\n")
    planned = _import(bridge, "--dry-run", "--to", tmp_path / "library", "--rights", "public-domain")
    assert planned.output.endswith("Nothing was written: this was a dry run.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bridge.txt"]


def test_a_faulty_file_does_not_keep_the_others_back(tmp_path: Path, bridge: Path) -> None:
    """Each file that cannot be read has its sentence, the others go on, and the exit status says so."""
    empty, dull = tmp_path / "empty.txt", tmp_path / "dull.txt"
    empty.touch()
    dull.write_text("It rained all day. Nobody came, and so nothing was said.", encoding="utf-8")
    result = _import(empty, dull, bridge, "--community", COMMUNITY, "--rights", "public-domain")
    assert result.exit_code == 1
    assert "empty.txt is empty." in result.stderr
    assert _queued(tmp_path) != []


def test_a_fault_of_the_importer_s_own_does_not_keep_the_others_back(
    tmp_path: Path, bridge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where reading a page fails the host is told that it is the bot's fault, and the other pages are proposed."""
    odd = tmp_path / "odd.txt"
    odd.write_text("It rained all day.", encoding="utf-8")
    monkeypatch.setattr(
        "bot.importing.find", lambda raw, name: {}[name] if name == "odd.txt" else find(raw, name)
    )
    result = _import(odd, bridge, "--community", COMMUNITY, "--rights", "public-domain")
    assert result.exit_code == 1
    assert "odd.txt could not be read, and the fault is the bot’s: the log says where." in result.stderr
    assert _queued(tmp_path) != []


def test_a_running_bot_takes_the_proposals_into_its_queue(tmp_path: Path, bridge: Path) -> None:
    """Beside a bot of the same version proposals are written; under one of another version nothing is touched."""
    Store(tmp_path / "bot.db").close()
    lock = Lock(tmp_path / "bot.db")
    assert lock.take()
    try:
        assert _import(bridge, "--community", COMMUNITY, "--rights", "public-domain").exit_code == 0
        connection = sqlite3.connect(tmp_path / "bot.db")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm0001%'")
        connection.commit()
        connection.close()
        refused = _import(bridge, "--community", COMMUNITY, "--rights", "public-domain")
    finally:
        lock.release()
    assert refused.exit_code == 1
    assert (
        "is of another version than this command. Stop it first, or use /library import there."
        in refused.stderr
    )


def test_a_fault_in_the_middle_leaves_the_queue_as_it_was(
    tmp_path: Path, bridge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proposals are written in one transaction: what breaks off between two of them has written none."""
    Store(tmp_path / "bot.db").close()
    write, calls = Queue.propose, list[object]()

    def breaking(queue: QueuePort, *arguments: object) -> int:
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return write(queue, *arguments)  # type: ignore[arg-type]  # the very arguments it was called with

    monkeypatch.setattr(Queue, "propose", breaking)
    broken = _import(bridge, "--community", COMMUNITY, "--rights", "public-domain")
    assert broken.exit_code != 0
    assert len(calls) == 3
    assert _queued(tmp_path) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Say where the proposals go: --community NAME, --to FILE, or --dry-run to see them."),
        (("--json", "--dry-run"), "--json prints everything found and imports nothing, so it stands alone."),
        (("--community", COMMUNITY, "--to", "x"), "The proposals go to one place: --community or --to."),
        (("--dry-run",), "Give --rights in-copyright, public-domain or licensed. Nothing was imported."),
        (("--dry-run", "--rights", "licensed"), "Give --licence, as in --licence “CC BY 4.0”. Nothing was imported."),
        (("--dry-run", "--rights", "in-copyright", "--date", "May"), "“May” is not a date: write 2017-03-23, or the year alone."),
        (("--dry-run", "--rights", "in-copyright", "--url", "a.org"), "“a.org” is not a web address that begins with https://."),
        (("--rights", "in-copyright", "--community", "discord:1"), "holds no community discord:1."),
    ],
)  # fmt: skip
def test_options_that_do_not_fit_are_told(
    tmp_path: Path, bridge: Path, options: Sequence[str], sentence: str
) -> None:
    """What is missing or cannot be meant is said in a sentence, and nothing is imported."""
    Store(tmp_path / "bot.db").close()
    result = _import(bridge, *options)
    assert (result.exit_code, sentence in result.stderr) == (1, True), result.stderr
    assert _queued(tmp_path) == []


def test_a_page_becomes_an_article_file_that_loads(tmp_path: Path, bridge: Path) -> None:
    """The file has the article, its people, its quotations and excerpts, and the loader finds no fault in it."""
    library = tmp_path / "library"
    result = _import(
        bridge,
        "--to",
        library / "bridge.toml",
        "--rights",
        "licensed",
        "--licence",
        "CC BY 4.0",
        "--url",
        "https://a.org",
    )
    assert result.exit_code == 0, result.stderr
    (shelf,) = load(library).shelves
    assert (shelf.article.id, shelf.article.title) == ("bridge", "The bridge that nobody wanted")
    assert (shelf.article.licence, shelf.article.url) == ("CC BY 4.0", "https://a.org")
    assert {each.speaker for each in shelf.quotations} >= {"dilwyn-rees", "meera-nair"}
    assert [each.part for each in shelf.excerpts] == [1]


def test_more_is_added_at_the_end_of_a_file(tmp_path: Path, bridge: Path) -> None:
    """A file that is there keeps its every letter, notes too; the same page adds nothing to it, and more adds more."""
    library = tmp_path / "library"
    path = library / "bridge.toml"
    _import(bridge, "--to", path, "--rights", "public-domain")
    path.write_text(f"# A note to myself.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    again = _import(bridge, "--to", path, "--rights", "public-domain")
    assert "Nothing new" in again.output
    assert path.read_text(encoding="utf-8") == kept
    quotations = len(load(library).shelves[0].quotations)
    longer = BRIDGE + "\n“We will ring the bell for the last boat,” Rees said.\n"
    bridge.write_text(longer, encoding="utf-8")
    _import(bridge, "--to", path, "--rights", "public-domain")
    assert path.read_text(encoding="utf-8").startswith(kept)
    assert len(load(library).shelves[0].quotations) == quotations + 1


def test_a_file_with_a_fault_is_not_written_to(tmp_path: Path, bridge: Path) -> None:
    """Where the file there is faulty, its faults are told and it stays as it is."""
    path = tmp_path / "bridge.toml"
    path.write_text("[article]\ntitle = 7\n", encoding="utf-8")
    result = _import(bridge, "--to", path, "--rights", "in-copyright")
    assert result.exit_code == 1
    assert "bridge.txt was not imported." in result.stderr
    assert "this is not text" in result.stderr
    assert path.read_text(encoding="utf-8") == "[article]\ntitle = 7\n"
