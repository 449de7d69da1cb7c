"""What a host can type about the data: backup, restore, export and import-data."""

from pathlib import Path

import click

from bot.hosts import fail, known_communities, settings_or_fail
from bot.progress import progress
from storage.database import DatabaseFault

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the database to FILE, also while the bot runs, and verify the copy."""
    from storage.keeping import backup as keep  # noqa: PLC0415 - keeps the other commands quick

    settings = settings_or_fail()
    try:
        size = keep(settings.database, file)
    except DatabaseFault as fault:
        fail([str(fault)])
    click.echo(f"{file} holds a verified copy of {settings.database}: {size:,} bytes.")


@click.command()
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database, which is kept aside; the bot must be stopped."""
    from storage.keeping import restore as put_back  # noqa: PLC0415 - keeps the other commands quick

    settings = settings_or_fail()
    try:
        done = put_back(file, Path(settings.database))
    except DatabaseFault as fault:
        fail([str(fault)])
    aside = f" The old one is kept as {done.kept}." if done.kept else ""
    click.echo(f"{settings.database} is restored from {file}.{aside}")
    if not done.marks_read:
        click.echo(
            "The old one could not be read, so whoever had themselves forgotten since the backup was taken is in it again. "
            "If you know of anybody, let them use “Forget me” in /privacy once more."
        )


@click.command()
@click.argument("community", required=False)
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--library", is_flag=True, help="Write what the community added to the library, as article files."
)
def export(community: str | None, target: Path | None, *, library: bool) -> None:
    """Write everything of COMMUNITY to the file TARGET, also while the bot runs; without arguments, list communities.

    With --library, TARGET is a folder, and what is written are article files as in content/library.
    """
    settings = settings_or_fail()
    try:
        known = known_communities(settings.database, community)
        if community is None or target is None:
            click.echo("\n".join(known) if known else f"{settings.database} holds no community yet.")
            if community is not None:
                fail(["Name a file to export to, as in: python -m bot export discord:1 discord-1.jsonl"])
        elif library:
            _export_library(settings.database, community, target)
        else:
            _export_all(settings.database, community, target)
    except DatabaseFault as fault:
        fail([str(fault)])


@click.command("import-data")
@click.argument("file", type=FILE)
def import_data(file: Path) -> None:
    """Take a community that `export` has written into the database, which must not hold it; the bot must be stopped."""
    from storage.importing import import_data as take  # noqa: PLC0415 - keeps the other commands quick

    settings = settings_or_fail()
    try:
        with progress("Importing") as report:
            done = take(settings.database, file, report)
    except DatabaseFault as fault:
        fail([str(fault)])
    told = [f"{settings.database} holds {done.community} now: {done.rows:,} rows from {file}."]
    if done.forgotten:
        told.append(f"Forgotten again, as they had asked here: {done.forgotten}.")
    if done.renumbered:
        told.append("Buttons on its earlier messages no longer work, since other communities are here too.")
    click.echo(" ".join(told))


def _export_all(database: str, community: str, target: Path) -> None:
    from storage.exporting import export as write  # noqa: PLC0415 - keeps the other commands quick

    with progress("Exporting") as report:
        rows = write(database, community, target, report)
    click.echo(
        f"{target} holds everything of {community}: {rows:,} rows. It names members, so keep it to yourself."
    )


def _export_library(database: str, community: str, folder: Path) -> None:
    from content.writer import dump  # noqa: PLC0415 - keeps the other commands quick
    from storage.own_library import own_shelves  # noqa: PLC0415 - the same

    files = {folder / f"{shelf.article.id}.toml": dump(shelf) for shelf in own_shelves(database, community)}
    if not files:
        click.echo(f"{community} has added nothing to the library, so nothing was written.")
        return
    there = [str(path) for path in files if path.exists()]
    if there:
        raise DatabaseFault(f"{', '.join(there)} is there already. Name another folder; nothing was written.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DatabaseFault(f"{folder} cannot be written ({error.strerror}).") from error
    click.echo(f"Written: {', '.join(map(str, files))}.")


COMMANDS = (backup, restore, export, import_data)
