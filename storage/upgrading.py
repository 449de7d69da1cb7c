"""Bringing a database up to date: a copy of how it was is kept beside it, in case the new version has to be left again."""

import time
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from storage.copying import copy_of
from storage.faults import DatabaseFault
from storage.migrations import MIGRATIONS, names

KEPT = 30 * 24 * 60 * 60
"""Seconds that such a copy is kept: it still holds whoever has themselves forgotten later."""


def bring_up_to_date(db: Database, path: Path | None) -> None:
    """Run the migrations that a database has not had; `path` is its file, None where no copy is to be kept.

    Before anything is changed, the file is copied to `NAME.before-MIGRATION`, named after the first one that is new to it.
    The copy before that is deleted, and each one at the first start after KEPT. Raises DatabaseFault where the copy cannot
    be made: then nothing is changed.
    """
    had = {each.name for each in MIGRATIONS.applied(db)}
    pending = sorted(names() - had)
    copies = copies_before(path) if path is not None else ()
    if had and pending and path is not None:
        _keep(db, path, path.with_name(f"{path.name}.before-{pending[0]}"))
        for each in copies:
            if not each.name.endswith(pending[0]):
                each.unlink(missing_ok=True)
    MIGRATIONS.apply(db)
    for each in copies:
        if each.exists() and time.time() - each.stat().st_mtime > KEPT:
            each.unlink(missing_ok=True)


def copies_before(path: Path) -> Sequence[Path]:
    """List the copies of a database that were made before it was brought up to date."""
    return sorted(path.parent.glob(f"{path.name}.before-m*"))


def _keep(db: Database, path: Path, kept: Path) -> None:
    kept.unlink(missing_ok=True)  # from a start that did not come to the end of its migrations
    try:
        copy_of(db.conn, kept)
    except DatabaseFault as fault:
        raise DatabaseFault(
            f"The database {path} must be brought up to date, and the copy that is kept of it before could not be made. "
            f"{fault} Make room beside it and start again."
        ) from fault
