"""The local Discord and Slack that the tests run the real clients against. They stand in a checkout, not on a host."""

from types import ModuleType

from bot.bench.families import NotHere


def discord() -> ModuleType:
    """Import the local Discord. Raises NotHere outside a checkout."""
    try:
        from tests import local_discord  # noqa: PLC0415 - a host has no tests
    except ImportError as fault:
        raise _not_here() from fault
    return local_discord


def slack() -> ModuleType:
    """Import the local Slack. Raises NotHere outside a checkout."""
    try:
        from tests import local_slack  # noqa: PLC0415 - the same
    except ImportError as fault:
        raise _not_here() from fault
    return local_slack


def _not_here() -> NotHere:
    return NotHere(
        "it needs the local Discord and Slack of the tests. Run the bench in a checkout of the repository, after `make test`."
    )
