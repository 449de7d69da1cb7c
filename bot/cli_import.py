"""What a host can type about pages: import."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.hosts import fail

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print everything found, one line of JSON a page.")
def import_pages(files: Sequence[Path], *, as_json: bool) -> None:
    """Find articles, quotations and excerpts in FILES of text, HTML or Markdown."""
    from bot.importing import found_in, json_line  # noqa: PLC0415 - keeps the other commands quick

    faults = []
    for file, page in found_in(files):
        if isinstance(page, Exception):
            faults.append(str(page))
        elif as_json:
            click.echo(json_line(file, page))
    if faults:
        fail(faults)
