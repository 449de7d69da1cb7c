"""Running the measurements and printing their rows."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Protocol

import click

from bot.bench import killing, measures
from bot.bench.rows import Row


class Measure(Protocol):
    """Takes one measurement, in a tenth of the time when `quick`."""

    def __call__(self, *, quick: bool) -> Sequence[Row]:
        """Give the rows."""


MEASURES: tuple[tuple[str, Measure], ...] = (
    ("answers pressed", measures.answers),
    ("one command", measures.one_command),
    ("the core alone", measures.core_alone),
    ("one durable write", measures.durable_write),
    ("programmes through kills", killing.killed),
)


def run(*, as_json: bool, quick: bool) -> None:
    """Take every measurement, with a progress bar on a terminal, and print the rows."""
    rows: list[Row] = []
    with click.progressbar(
        MEASURES, file=sys.stderr, item_show_func=lambda each: each[0] if each else ""
    ) as bar:
        for _, measure in bar:
            rows += measure(quick=quick)
    click.echo(json.dumps([asdict(row) for row in rows], indent=2) if as_json else table(rows))


def table(rows: Sequence[Row]) -> str:
    """Lay the rows out as a table, one a line, what misses its figure marked."""
    lines = [("", "measured", "floor", "ratio", "to reach", "")]
    lines += [row.cells for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
