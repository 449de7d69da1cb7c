"""Stopping: the first signal lets what is in hand finish, the second ends the process at once."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable

WITHIN = 4.0
"""Seconds from the first signal to the end, whatever is in hand by then: hosts kill a process soon after."""
log = logging.getLogger(__name__)


def on_signals(stop: Callable[[], None], within: float = WITHIN) -> None:
    """Have the running loop call `stop` at the first SIGTERM or SIGINT, and see that the process ends `within` seconds.

    What is cut off then stands in the database and is taken up at the next start, as after a second signal.
    """
    loop = asyncio.get_running_loop()
    stopping = False

    def stopped() -> None:
        nonlocal stopping
        if stopping:
            os._exit(1)
        stopping = True
        loop.call_later(within, _cut_off)
        stop()

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped)


def _cut_off() -> None:
    log.warning("not everything in hand could be finished; it is taken up at the next start")
    os._exit(0)
