"""Who is on a roster, and what a typed name may turn out to be."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A person, or an organisation that speaks as one: an id, the name and others by which it is known."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Identified:
    """The answer names this person and nobody else of the roster."""

    person: Named


@dataclass(frozen=True, kw_only=True, slots=True)
class WhichOne:
    """The answer may name these, at most five, by given name; it may also be one, to be asked back."""

    people: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Nobody:
    """The answer names nobody of the roster; `typed` is what was typed, at most 60 characters of it."""

    typed: str


Match = Identified | WhichOne | Nobody
