"""Files of this machine that are named by their path: on the console, whoever types is its host."""

import stat
from pathlib import Path

from adapters.base import Unfetched
from bot.core.wording import in_marks


def read(path: str, most: int) -> bytes:
    """Read a file of at most `most` bytes. Raises Unfetched for what is none, or may not be read."""
    place = Path(path).expanduser()
    try:
        found = place.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unfetched(f"{in_marks(path)} is not a file. Give the path of one.")
        if found.st_size > most:
            raise Unfetched(
                f"{in_marks(place.name)} has {found.st_size:,} bytes, and a page has at most {most:,} bytes."
            )
        with place.open("rb") as file:
            return file.read(most)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unfetched(f"{in_marks(path)} cannot be read here: {reason}.") from error
