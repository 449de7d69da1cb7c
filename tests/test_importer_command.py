"""`import --json`: one line a page, and a sentence for each file that holds none."""

import json
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main

PAGE = "The bridge\n\nBy Cora Lind\n\nThe river has a bridge now, and it rains.\n\n“It is a promise,” said Ada Marsh, the mayor.\n"


def test_a_page_is_one_line_of_json(tmp_path: Path) -> None:
    """The line holds the text, the articles and the quotations, with offsets into the text."""
    file = tmp_path / "bridge.txt"
    file.write_text(PAGE, encoding="utf-8")
    result = CliRunner().invoke(main, ["import", str(file), "--json"])
    (page,) = map(json.loads, result.output.splitlines())
    (quote,) = page["quotes"]
    assert (page["id"], page["text"]) == ("bridge", PAGE)
    assert page["text"][quote["start"] : quote["end"]] == "It is a promise,"
    assert (quote["speaker"], quote["kind"]) == ("Ada Marsh", "direct")
    assert (page["articles"][0]["author"], page["articles"][0]["date"]) == ("Cora Lind", None)


def test_a_file_that_cannot_be_read_does_not_keep_the_others_back(tmp_path: Path) -> None:
    """The good page is printed, the bad one is told on standard error, and the exit status says so."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(PAGE, encoding="utf-8")
    bad.write_bytes(b"")
    result = CliRunner().invoke(main, ["import", str(bad), str(good), "--json"])
    assert json.loads(result.stdout)["id"] == "good"
    assert result.stderr == "bad.txt is empty. Save the article’s text in it and import it again.\n"
    assert result.exit_code == 1
