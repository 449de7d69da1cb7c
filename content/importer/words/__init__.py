"""The words the importer knows: what people do when they speak, what they are, and what they are called."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of one list, `name`.txt beside this file, where # begins a comment."""
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(
        entry.strip()
        for line in text.splitlines()
        for entry in line.partition("#")[0].split(",")
        if entry.strip()
    )
