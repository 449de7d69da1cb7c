"""The process that reads one page: `python -m bot.page_process` takes it from standard input, and prints what it holds.

It has limits of its own on memory and time, no right to write a file, and none of the bot's environment. So a hostile
page can at worst end this process. First comes a line of JSON (name, given, share, card_words), then the page's bytes.
With a fault of its own it ends with EX_SOFTWARE, and has printed which and where, without a word of the page.
"""

import contextlib
import json
import os
import resource
import sys
import traceback

from bot.core import codec
from bot.core.findings import Findings, Given
from bot.core.wording import in_marks
from content.importer.page import PageFault
from content.importing import findings_of

MEMORY = 768 * 1024 * 1024
"""Bytes of address space."""
SECONDS = 15
"""Seconds of processor time."""
_OPEN_FILES = 64
_POLITE = 10


def main() -> None:
    """Read a page as standard input has it, and print its findings, or the sentence that says what is wrong."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read()
    try:
        answer: Findings | str = _findings(raw, asked)
    except PageFault as fault:
        answer = str(fault)
    except (MemoryError, RecursionError):
        answer = f"{in_marks(asked['name'])} needs more memory than a page may. Save it as plain text and try again."
    except Exception as fault:  # noqa: BLE001 - whatever it is, the host is told where
        at = traceback.extract_tb(fault.__traceback__)[-1]
        sys.stdout.write(f"{type(fault).__name__} at {at.filename}:{at.lineno}")
        sys.stdout.flush()
        sys.exit(os.EX_SOFTWARE)
    sys.stdout.write(codec.dump(answer))
    sys.stdout.flush()


def _findings(raw: bytes, asked: dict[str, object]) -> Findings:
    given = codec.load(str(asked["given"]))
    share, card_words = asked["share"], asked["card_words"]
    if not isinstance(given, Given) or not isinstance(share, float) or not isinstance(card_words, int):
        raise TypeError("this is no request for a page")
    return findings_of(raw, str(asked["name"]), given, share=share, card_words=card_words)


def _limit() -> None:
    """Take limits on, for good. Where a system does not know one, the others still hold."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    with contextlib.suppress(OSError):
        os.nice(_POLITE)


if __name__ == "__main__":
    main()
