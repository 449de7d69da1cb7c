"""Files that the bot hands over: saved in a folder of the host's choosing, over nothing that stands there."""

import os
import re
from itertools import count
from pathlib import Path

_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100
_OWNER_ALONE = 0o600


def save(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that only its owner can read; gives where it stands: `name`, or `name-2` where that is taken.

    Whatever the name holds, the file stands in the folder itself. Raises OSError.
    """
    plain = Path(_OTHER.sub("-", name)[-_LONGEST:].lstrip(".-") or "file")
    for number in count(1):
        path = folder / (plain.name if number == 1 else f"{plain.stem}-{number}{plain.suffix}")
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return path
    raise FileExistsError(name)  # pragma: no cover - the numbers have no end
