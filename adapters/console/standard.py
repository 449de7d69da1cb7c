"""The process's own input and output, as a console needs them."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from adapters.console.ends import Lines, PipedLines
from adapters.console.screen import Write


@dataclass(frozen=True, kw_only=True, slots=True)
class Ends:
    """What a ConsolePlatform is made with: see there."""

    lines: Lines
    write: Write
    colour: bool
    width: Callable[[], int] | None


def standard_ends(begun: bytes = b"") -> Ends:
    """Take standard input and output: a terminal with all it can do, anything else as plain lines.

    `begun` is what has been read of a pipe already.
    Output to a terminal is wrapped; it is coloured unless NO_COLOR is set or the terminal is dumb.
    """
    typed = sys.stdin is not None and sys.stdin.isatty()
    shown = sys.stdout.isatty()
    colour = shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = _columns if shown else None
    if not (typed and shown):
        descriptor = sys.stdin.fileno() if sys.stdin is not None else None
        return Ends(lines=PipedLines(descriptor, _write, begun), write=_write, colour=colour, width=width)
    from adapters.console.terminal import TerminalLines  # noqa: PLC0415 - takes a while, and a pipe has no use for it

    lines = TerminalLines(_write)
    return Ends(lines=lines, write=lines.write, colour=colour, width=width)


def _columns() -> int:
    return shutil.get_terminal_size().columns


def _write(text: str) -> None:
    """Print at once, in whatever encoding there is. Raises BrokenPipeError when nobody reads any more."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left unwritten would be tried again, and reported, when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
