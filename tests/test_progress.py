"""A bar for what takes long: on a terminal, after a second, and gone at the end; elsewhere nothing."""

import io
import sys

import pytest

from bot import progress as bars
from bot.progress import progress


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def _written(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, after: float) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(bars, "AFTER", after)
    with progress("Exporting") as report:
        for done in range(3):
            report(done, 3)
    return stream.getvalue()


def test_a_bar_stands_on_a_terminal_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes longer than it may shows how far it is."""
    assert "Exporting" in _written(Terminal(), monkeypatch, -1.0)


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done before the bar would appear leaves the terminal as it is."""
    assert not _written(Terminal(), monkeypatch, 1_000.0)


def test_elsewhere_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log or a pipe gets no bar, however long it takes."""
    assert not _written(io.StringIO(), monkeypatch, -1.0)
