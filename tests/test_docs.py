"""The documents say what the program does: held equal where one can be made from the other."""

import re
from pathlib import Path

import pytest

from bot.core.catalogue import catalogue
from bot.describing import command_table

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_table_of_commands_is_the_registry() -> None:
    """The README lists every command with its usage and its help, word for word."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- commands -->\n(.*?)\n<!-- /commands -->", text, re.DOTALL)
    assert found is not None
    assert found[1] == command_table(catalogue())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    """Every relative link names a file that is there."""
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
