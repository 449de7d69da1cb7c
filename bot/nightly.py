"""The nightly copy of the database, where bot.toml names a folder for it.

That a night's copy is made is known from the file itself, so a restart neither repeats nor forgets it; a night that
was slept through is made up at the next ring of the same day.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import Settings
from storage.faults import DatabaseFault
from storage.keeping import backup

AGAIN = 60 * 60
"""Seconds until a copy that could not be made is tried again."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Nightly:
    """Makes a copy a night, after `time` (HH:MM) in `zone`, and keeps the newest `keep`; away from the core thread.

    `trouble` says why the last one was not made; empty where it was.
    """

    database: Path
    folder: Path
    time: str
    zone: ZoneInfo
    keep: int
    make: Callable[[Path, Path], int] = backup
    trouble: str = ""
    _not_before: int = 0
    _task: asyncio.Task[None] | None = field(default=None)

    def look(self, at: int) -> None:
        """Begin the copy if it is time (UTC seconds) and tonight's is not there yet."""
        local = datetime.fromtimestamp(at, UTC).astimezone(self.zone)
        target = self.folder / f"{self.database.stem}-{local.date()}.db"
        busy = self._task is not None and not self._task.done()
        if busy or at < self._not_before or f"{local:%H:%M}" < self.time or target.exists():
            return
        self._task = asyncio.create_task(self._copy(target, at), name="nightly copy")

    async def done(self) -> None:
        """Wait for a copy that is being made."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _copy(self, target: Path, at: int) -> None:
        try:
            size = await asyncio.to_thread(self._made, target)
        except DatabaseFault as fault:
            self.trouble = str(fault)
            self._not_before = at + AGAIN
            log.error("the nightly copy was not made", extra={"reason": self.trouble})  # noqa: TRY400 - told without a trace
            return
        self.trouble = ""
        log.info("the nightly copy was made", extra={"file": target.name, "bytes": size})

    def _made(self, target: Path) -> int:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseFault(
                f"The folder {self.folder} of the nightly copies cannot be made ({error.strerror})."
            ) from error
        size = self.make(self.database, target)
        for old in self._copies()[: -self.keep]:
            old.unlink(missing_ok=True)
        return size

    def _copies(self) -> list[Path]:
        """List the nightly copies there are, oldest first: whatever else lies there is nobody's business."""
        pattern = re.compile(rf"{re.escape(self.database.stem)}-\d{{4}}-\d\d-\d\d\.db")
        return sorted(path for path in self.folder.iterdir() if pattern.fullmatch(path.name))


def nightly(settings: Settings) -> Nightly | None:
    """Make what the settings ask for; None where they name no folder."""
    folder = str(settings.values["backup.folder"])
    if not folder:
        return None
    return Nightly(
        database=Path(settings.database),
        folder=Path(folder),
        time=str(settings.values["backup.time"]),
        zone=ZoneInfo(str(settings.values["community.zone"])),
        keep=int(settings.values["backup.keep"]),
    )
