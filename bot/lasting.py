"""Whether the database outlives a restart: on hosts that wipe their disk, only what lies on a disk of its own does."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ALL_THE_SAME = "ON_A_DISK_THAT_IS_WIPED"
"""The variable by which a host says that it may be lost."""
_WAYS_OUT = {
    "FLY_APP_NAME": "Make a volume (fly volumes create) and mount it",
    "RAILWAY_ENVIRONMENT_NAME": "Attach a volume to the service",
    "RENDER": "Add a disk to the service",
    "DYNO": "On Dokku, mount storage (dokku storage:mount); Heroku has no disk that stays, so use another host",
}
"""The variable by which each host is known, and how a disk that stays is had there."""


def on_root(path: Path) -> bool:
    """Say whether a file lies, or would lie, on the disk that the system itself is on."""
    there = path.absolute().parent
    while not there.exists():
        there = there.parent
    return there.stat().st_dev == Path("/").stat().st_dev


def refusal(database: str, environment: Mapping[str, str], wiped: Callable[[Path], bool] = on_root) -> str:
    """Say why a database must not be kept where it is, and the ways out; nothing where it may."""
    host = next((name for name in _WAYS_OUT if environment.get(name)), "")
    if not host or environment.get(ALL_THE_SAME) == "yes" or not wiped(Path(database)):
        return ""
    return (
        f"This host wipes its disk at each restart ({host} is set), and the database {database} lies on it: scores and "
        f"everything else would be lost. {_WAYS_OUT[host]}, and let DATABASE_URL name a file there, as in "
        f"sqlite:////data/bot.db (docs/hosting.md). Or set {ALL_THE_SAME}=yes to run all the same."
    )


def note(database: str) -> str:
    """Say that a database lies where a restart may take it away; nothing where it does not."""
    if Path(database).absolute().is_relative_to(tempfile.gettempdir()):
        return f"The database {database} lies among temporary files, which may be gone after a restart of the machine."
    return ""
