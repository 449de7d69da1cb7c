"""`check`: settings and content, every fault at once."""

from collections.abc import Mapping
from pathlib import Path

from bot.settings import SettingsFaults, load
from content.loader import LibraryFaults
from content.loader import load as load_library
from storage.database import engine_note


def check(toml: Path, environment: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Check what can be checked without connecting: gives the faults, and notes that are none."""
    faults: list[str] = []
    notes: list[str] = []
    try:
        load(toml, environment)
    except SettingsFaults as found:
        faults += found.faults
    try:
        load_library()
    except LibraryFaults as found:
        faults += map(str, found.faults)
    notes += filter(None, [engine_note()])
    return faults, notes
