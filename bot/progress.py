"""A bar for what takes longer than a second, on a terminal alone."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 1.0
"""Seconds until the bar appears."""


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how much is done, of how much (0 where that is not known)."""
    from rich.console import Console  # noqa: PLC0415 - keeps the other commands quick
    from rich.progress import Progress  # noqa: PLC0415 - the same

    shown = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    task = shown.add_task(label)
    begun, running = time.monotonic(), False

    def report(done: int, of: int) -> None:
        nonlocal running
        if not running and time.monotonic() - begun > AFTER:
            shown.start()
            running = True
        shown.update(task, completed=done, total=of or None)

    try:
        yield report
    finally:
        if running:
            shown.stop()
