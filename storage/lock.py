"""One process a database: a lock that the operating system gives back when its holder dies, however it dies.

A row with a heartbeat would outlive a killed process and make the next start wait; a file lock does not. Databases
in WAL mode live on one machine anyway, so nothing beyond it has to be told.
"""

import fcntl
import os
from pathlib import Path

from storage.database import MEMORY, DatabaseFault


class Lock:
    """The right to write to a database, for one process at a time."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the right; False while another process has it. Raises DatabaseFault where the folder is closed to us."""
        if str(self._path) == MEMORY or self._descriptor is not None:
            return True
        path = Path(self._path)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise DatabaseFault(
                f"The folder of {path} cannot be written ({error.strerror}). "
                "See that it is there and belongs to the bot."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the right back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
