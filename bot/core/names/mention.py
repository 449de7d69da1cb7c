"""Whether words name a person."""

import re
import unicodedata

from bot.core.library import Person

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def named_in(person: Person, text: str) -> bool:
    """Say whether a text names a person: by the whole name, an alias, or the surname written as a name."""
    tokens = _tokens(text)
    plain = [token.casefold() for token in tokens]
    names = [[token.casefold() for token in _tokens(name)] for name in (person.name, *person.aliases)]
    surname = _tokens(person.name)[-1:]
    capitals = [token.upper() for token in surname]
    return (
        any(_within(name, plain) for name in names) or _within(surname, tokens) or _within(capitals, tokens)
    )


def _tokens(text: str) -> list[str]:
    """Split a text into words without accents, in their case: Brown is a name and brown is none."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return _WORD.findall(plain)


def _within(name: list[str], tokens: list[str]) -> bool:
    return bool(name) and any(
        tokens[at : at + len(name)] == name for at in range(len(tokens) - len(name) + 1)
    )
