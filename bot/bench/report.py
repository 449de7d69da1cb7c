"""Running the measurements and printing their rows."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

import click
from click._termui_impl import ProgressBar

from bot.bench.families import FAMILIES, NotHere
from bot.bench.pace import QUICK, WHOLE, Pace
from bot.bench.rows import Row

STEPS = 100
"""Steps of the bar for each family."""


def run(only: Sequence[str] = (), *, as_json: bool, quick: bool) -> None:
    """Measure every family, or those named, with a progress bar on a terminal, and print the rows."""
    chosen = {name: family for name, family in FAMILIES.items() if not only or name in only}
    rows: list[Row] = []
    missing: list[str] = []
    doing = ""
    length = STEPS * len(chosen)
    made: ProgressBar[int] = click.progressbar(length=length, file=sys.stderr, item_show_func=lambda _: doing)
    with made as bar:

        def show(share: float, what: str) -> None:
            nonlocal doing
            doing = what
            bar.update(max(0, begun + int(share * STEPS) - bar.pos))

        for number, (name, family) in enumerate(chosen.items()):
            begun = number * STEPS
            show(0.0, family.title)
            try:
                rows += family.load()(Pace(part=QUICK if quick else WHOLE, show=show))
            except NotHere as fault:
                missing.append(f"{name}: {fault}")
        begun = len(chosen) * STEPS
        show(0.0, "")
    click.echo(json.dumps([asdict(row) for row in rows], indent=2) if as_json else table(rows))
    for sentence in missing:
        click.echo(sentence, err=True)


def table(rows: Sequence[Row]) -> str:
    """Lay the rows out as a table, one a line, what misses its figure marked."""
    lines = [("", "measured", "floor", "ratio", "to reach", "")]
    lines += [row.cells for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
