"""What a host can type about pages: import."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.hosts import fail, settings_or_fail, shelves_or_fail
from bot.progress import progress

if TYPE_CHECKING:
    from bot.core.findings import Given
    from content.importer.page import Page, PageFault

FILE = click.Path(path_type=Path, dir_okay=False)
RIGHTS = ("in-copyright", "public-domain", "licensed")
_NOWHERE = "Say where the proposals go: --community NAME, --to FILE, or --dry-run to see them. --json prints what was found."
_JSON_ALONE = (
    "--json prints everything found and imports nothing, so it stands alone. Leave out the other options."
)


@click.command("import")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print everything found, one line of JSON a page.")
@click.option("--dry-run", is_flag=True, help="Report what would be proposed, and change nothing.")
@click.option("--community", default="", help="Put the proposals into the queue of this community.")
@click.option(
    "--to", type=click.Path(path_type=Path), help="Write an article file, or one an article to a folder."
)
@click.option(
    "--rights", type=click.Choice(RIGHTS), help="What may be done with the words; asked for on a terminal."
)
@click.option("--licence", default="", help="Under which licence, with --rights licensed.")
@click.option("--title", default="", help="The title, where a page states none. The same for the next four.")
@click.option("--author", default="", help="Who wrote it.")
@click.option("--publication", default="", help="Where it appeared.")
@click.option("--date", default="", help="When: 2017-03-23, or the year alone.")
@click.option("--url", default="", help="Its address, for a link.")
def import_pages(
    files: Sequence[Path],
    as_json: bool,  # noqa: FBT001 - click hands options over by name
    dry_run: bool,  # noqa: FBT001 - the same
    community: str,
    to: Path | None,
    rights: str | None,
    **stated: str,
) -> None:
    """Find articles, quotations and excerpts in FILES of text, HTML or Markdown, and propose them."""
    told = any((dry_run, community, to, rights, *stated.values()))
    if as_json and told:
        fail([_JSON_ALONE])
    if as_json:
        _print(files)
    elif not (dry_run or community or to):
        fail([_NOWHERE])
    elif community and to:
        fail(["The proposals go to one place: --community or --to."])
    else:
        _propose(files, _given(rights, stated), community=community, to=to, dry_run=dry_run)


def _print(files: Sequence[Path]) -> None:
    from bot.importing import json_line  # noqa: PLC0415 - keeps the other commands quick

    faults = []
    with progress("Reading") as report:
        for file, page in _read(files, report):
            if isinstance(page, Exception):
                faults.append(str(page))
            else:
                click.echo(json_line(file, page))
    if faults:
        fail(faults)


def _propose(
    files: Sequence[Path], given: "Given", *, community: str, to: Path | None, dry_run: bool
) -> None:
    from bot.import_pages import Wanted, run  # noqa: PLC0415 - keeps the other commands quick

    wanted = Wanted(given=given, community=community, to=to, dry_run=dry_run)
    settings, shelves = settings_or_fail(), shelves_or_fail()
    with progress("Reading") as report:
        found = list(_read(files, report))
    faults = run(found, wanted, settings, shelves, click.echo)
    if faults:
        fail(faults)


def _read(
    files: Sequence[Path], report: Callable[[int, int], None]
) -> Iterator[tuple[Path, "Page | PageFault"]]:
    from bot.importing import found_in  # noqa: PLC0415 - keeps the other commands quick

    report(0, len(files))
    for done, (file, page) in enumerate(found_in(files), 1):
        report(done, len(files))
        yield file, page


def _given(rights: str | None, stated: dict[str, str]) -> "Given":
    """Put together what is said of the pages; asks for rights and licence on a terminal where they are missing."""
    from bot.core.features.library_import import is_date  # noqa: PLC0415 - keeps the other commands quick
    from bot.core.findings import Given  # noqa: PLC0415 - the same
    from bot.core.library import Rights  # noqa: PLC0415 - the same

    if not rights:
        rights = _asked("Rights", "--rights in-copyright, public-domain or licensed", click.Choice(RIGHTS))
    if rights == Rights.LICENSED.value and not stated["licence"]:
        stated["licence"] = _asked("Licence", "--licence, as in --licence “CC BY 4.0”")
    if stated["date"] and not is_date(stated["date"]):
        fail([f"“{stated['date']}” is not a date: write 2017-03-23, or the year alone."])
    if stated["url"] and not stated["url"].startswith("https://"):
        fail([f"“{stated['url']}” is not a web address that begins with https://."])
    return Given(rights=Rights(rights), **stated)


def _asked(label: str, option: str, kind: "click.ParamType[Any] | None" = None) -> str:
    if not (sys.stdin and sys.stdin.isatty()):
        fail([f"Give {option}. Nothing was imported."])
    return str(click.prompt(label, type=kind, err=True))
