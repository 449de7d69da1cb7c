"""The core stays pure: what it imports, in a process of its own."""

import subprocess
import sys

FORBIDDEN = (
    "adapters",
    "content",
    "storage",
    "aiohttp",
    "apscheduler",
    "asyncio",
    "discord",
    "fsrs",
    "slack_bolt",
    "sqlite3",
)
SCRIPT = f"""
import sys
import bot.core.core
print(sorted(set(name.split(".")[0] for name in sys.modules) & set({FORBIDDEN!r})))
"""


def test_the_core_imports_no_platform_database_clock_or_network() -> None:
    """Importing the whole core brings in nothing it must not know, not even through others."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    assert done.stdout.strip() == "[]"
