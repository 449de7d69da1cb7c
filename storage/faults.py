"""What is wrong with a database, as a sentence for the host."""

from pathlib import Path

_REMEDIES = {
    "NOTADB": "is not a SQLite database. Move it away, or name another file.",
    "CORRUPT": "is damaged. Stop the bot and restore the newest backup.",
    "BUSY": "is in use by another process. Stop that one, or name another file.",
    "LOCKED": "is in use by another process. Stop that one, or name another file.",
    "READONLY": "may not be written. See that the bot may write this file and its folder.",
    "PERM": "may not be written. See that the bot may write this file and its folder.",
    "CANTOPEN": "cannot be opened. See that it is there, and that the bot may read and write it and its folder.",
    "FULL": "cannot grow: the disk is full. Make room and start again.",
    "IOERR": "cannot be read or written: the disk is full, over its quota, or failing. See to it and start again.",
}


class DatabaseFault(Exception):  # noqa: N818 - a host's to mend, told as a sentence without a trace
    """The database cannot be used as it is: what is wrong, and what to do now."""


def sentence(path: str | Path, error: BaseException) -> str:
    """Say to the host what SQLite's error about a database means, and what to do."""
    name = str(getattr(error, "sqlite_errorname", "")).removeprefix("SQLITE_")
    remedy = _REMEDIES.get(name.split("_")[0], f"cannot be used: {error}.")
    return f"The database {path} {remedy}"
