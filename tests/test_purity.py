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


SERVING = """
import sys
import bot.serving, bot.platforms, adapters.discord.client, adapters.slack.app
print(sorted({"lxml", "numpy", "rich", "prompt_toolkit", "rapidfuzz"} & set(sys.modules)))
"""


def test_serving_imports_nothing_that_reads_pages_or_draws_terminals() -> None:
    """What only an import of a page or a console needs takes no memory from a bot that serves platforms."""
    command = [sys.executable, "-W", "ignore", "-c", SERVING]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    assert done.stdout.strip() == "['rapidfuzz']"
