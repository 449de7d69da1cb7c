"""What a phrase can be: a name, a role, a pronoun, an organisation."""

from dataclasses import dataclass
from enum import Enum


class Sort(Enum):
    """What a phrase stands for."""

    PERSON = "person"
    GROUP = "group"  # an organisation by its name
    NAME = "name"  # a name of something or somebody
    PLACE = "place"
    ROLE = "role"  # one person without a name
    PEOPLE = "people"
    BODY = "body"  # an organisation without a name: "the charity"
    PRONOUN = "pronoun"
    THING = "thing"

    __hash__ = object.__hash__  # each is one object, and sets of them are asked for every phrase


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `last` of a sentence: the `name` in it, the `role` around or instead of it, the `noun` it turns on.

    `owner` is what stands before 's or a possessive pronoun; `title_gender` is m or f from Mr, Mrs and the like.
    """

    sort: Sort
    first: int
    last: int
    text: str
    name: tuple[str, ...] = ()
    role: str = ""
    noun: str = ""
    owner: tuple[str, ...] = ()
    gender: str = ""
    definite: bool = True
    titled: bool = False
