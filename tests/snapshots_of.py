"""Snapshots: one file a case, which a person reads. They are written anew only after a wanted change, and read again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent / "snapshots"


def kept(folder: str, name: str) -> Any:
    """Give what a JSON snapshot says."""
    return json.loads((ROOT / folder / f"{name}.json").read_text("utf-8"))


def names(folder: str) -> set[str]:
    """Name the snapshots in a folder."""
    return {path.stem for path in (ROOT / folder).iterdir() if path.is_file()}


def keep(folder: str, made: Mapping[str, Any]) -> None:
    """Write JSON snapshots, for a person to read the difference."""
    (ROOT / folder).mkdir(parents=True, exist_ok=True)
    for name, wire in made.items():
        text = json.dumps(wire, ensure_ascii=False, indent=2)
        (ROOT / folder / f"{name}.json").write_text(f"{text}\n", "utf-8")
