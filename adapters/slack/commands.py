"""Slash commands: Slack knows one per first word, `/hr-schedule add …`; the core knows names of one word or two."""

import re

from adapters.slack.typed import as_typed
from bot.core.registry import Registry

HELP = frozenset({"help", "?"})
_QUOTED = re.compile(r'["“„«][^"”»]*["”»]?')


class Commands:
    """What a slash command of Slack's asks for, by the registry's names."""

    def __init__(self, registry: Registry, prefix: str) -> None:
        self._names = frozenset(registry.commands)
        self._groups = frozenset(name.partition(" ")[0] for name in self._names if " " in name)
        self._prefix = prefix

    def read(self, command: str, text: str) -> tuple[str, str]:
        """Give the name of the command that was used and the rest, as it was typed.

        A group without more, and `help` or `?` among the words, ask for /help on it.
        """
        word = command.removeprefix("/").removeprefix(self._prefix).casefold()
        typed = as_typed(text)
        name, rest = self._named(word, typed)
        bare_group = name in self._groups and name not in self._names
        if "help" in self._names and (bare_group or _asks_for_help(rest)):
            return "help", name if name != "help" else ""
        return name, rest.removeprefix(f"/{self._prefix}") if name == "help" else rest

    def _named(self, word: str, typed: str) -> tuple[str, str]:
        first, _, rest = typed.partition(" ")
        longer = f"{word} {first.casefold()}"
        if longer in self._names:
            return longer, rest.strip()
        # An unknown second word is left to the core, which knows what may have been meant.
        meant = word in self._groups and word not in self._names and first and first.casefold() not in HELP
        return (longer, rest.strip()) if meant else (word, typed)


def _asks_for_help(text: str) -> bool:
    """Whether `help` or `?` stands among the words; within quotation marks it is a word like any other."""
    return not HELP.isdisjoint(_QUOTED.sub(" ", text).casefold().split())
