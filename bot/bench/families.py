"""The families of measurements, by name: each is a module with a `measure` of its own."""

from dataclasses import dataclass
from importlib import import_module

from bot.bench.pace import Measure


class NotHere(Exception):  # noqa: N818 - a host's situation, told as a sentence
    """A family cannot be measured here: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Family:
    """Some figures that are measured together: what they are of, and the module that measures them."""

    title: str
    module: str

    def load(self) -> Measure:
        """Import what measures it; that takes a second where a platform's library is needed."""
        measure: Measure = import_module(f"bot.bench.{self.module}").measure
        return measure


FAMILIES = {
    "answers": Family("answers pressed", "answering"),
    "command": Family("one command", "commanding"),
    "core": Family("the core alone", "core_alone"),
    "write": Family("one durable write", "writing"),
    "boards": Family("leaderboards", "boards"),
    "search": Family("searching", "searching"),
    "complete": Family("completing a name", "completing"),
    "import": Family("importing an article", "importing"),
    "programmes": Family("programmes", "programmes"),
    "kill": Family("programmes through kills", "killing"),
    "start": Family("starting, and memory", "starting"),
    "discord": Family("presses on Discord", "on_discord"),
    "slack": Family("presses on Slack", "on_slack"),
    "soak": Family("a day of traffic", "soaking"),
}
"""One line a family; the order is the order of the table."""
