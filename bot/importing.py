"""`python -m bot import`: what a host's files hold."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from content.importer.jsonl import line
from content.importer.page import Page, PageFault
from content.importer.pipeline import find
from content.importer.reading import LARGEST

log = logging.getLogger(__name__)


def found_in(files: Sequence[Path]) -> Iterator[tuple[Path, Page | PageFault]]:
    """Yield each file with what is found in it, or with why it cannot be read."""
    for file in files:
        try:
            with file.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
        except OSError as fault:
            yield file, PageFault(f"{file} cannot be opened: {fault.strerror}.")
            continue
        try:
            yield file, find(raw, file.name)
        except PageFault as fault:
            yield file, fault
        except Exception:
            log.exception("a page was not read", extra={"file": str(file)})
            yield (
                file,
                PageFault(f"{file.name} could not be read, and the fault is the bot’s: the log says where."),
            )


def json_line(file: Path, page: Page) -> str:
    """Return what was found in a file as one line of JSON, under the file's name without its ending."""
    return line(page, file.stem)
