"""Tokens: what a button or a form carries, `1:feature:action:arg,arg`.

A token names rows; it holds no answer and grants no right. It can be read and forged by whoever sees it, so what
it names is looked up within the community that pressed it, and rights are checked again. The leading number is
the version of this form: a token of a version unknown here is refused with a sentence, never misread.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core import limits
from bot.core.faults import CardFault

VERSION = "1"
_WORD = re.compile(r"[a-z][a-z_]{0,23}")
_TOKEN = re.compile(r"1:([a-z][a-z_]{0,23}):([a-z][a-z_]{0,23})(?::([^\x00-\x1f\x7f]+))?")


@dataclass(frozen=True, slots=True)
class Token:
    """Which feature, which of its actions, and the ids of the rows it is about."""

    feature: str
    action: str
    args: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _WORD.fullmatch(self.feature) or not _WORD.fullmatch(self.action):
            raise CardFault(
                f"a token's feature and action are short words, not {self.feature!r}, {self.action!r}"
            )
        if any(not arg or "," in arg or not arg.isprintable() for arg in self.args):
            raise CardFault("a token's arguments are printable, not empty and without commas")
        if len(str(self)) > limits.TOKEN:
            raise CardFault(f"a token has at most {limits.TOKEN} characters, not {len(str(self))}")

    def __str__(self) -> str:
        head = f"{VERSION}:{self.feature}:{self.action}"
        return f"{head}:{','.join(self.args)}" if self.args else head


def token(name: str, *args: object) -> Token:
    """Make a token of `feature:action` and the ids it is about."""
    feature, _, action = name.partition(":")
    return Token(feature, action, tuple(map(str, args)))


@lru_cache(maxsize=4_096)  # everybody in a round presses the same few
def read_token(text: str) -> Token | None:
    """Read a token back; None when it is not one that this version could have made."""
    match = _TOKEN.fullmatch(text) if len(text) <= limits.TOKEN else None
    if match is None:
        return None
    feature, action, args = match.groups()
    try:
        return Token(feature, action, tuple(args.split(",")) if args else ())
    except CardFault:
        return None
