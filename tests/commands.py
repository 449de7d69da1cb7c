"""A host's commands, run in this process: what `python -m bot …` prints in a folder, and how it ends."""

import logging
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from tests.processes import Ended


def command(folder: Path, *words: str, **environment: str) -> Ended:
    """Run a command in a folder, on `bot.db` there unless the environment says otherwise."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    every = {"DATABASE_URL": f"sqlite:///{folder / 'bot.db'}", **environment}
    try:
        with chdir(folder):
            result = CliRunner().invoke(main, words, env=every, catch_exceptions=False)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    return Ended(code=result.exit_code, out=result.stdout, err=result.stderr)
