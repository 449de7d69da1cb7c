"""What the bot can show: a small closed model that every adapter renders exhaustively.

What can stand within a line is in `inline`. A card that breaks a limit (see `limits`) raises CardFault when it is
constructed, so a wrong one cannot exist.
"""

from dataclasses import dataclass, field
from enum import Enum

from bot.core import limits
from bot.core.faults import CardFault
from bot.core.inline import CommandName, Inline, Link, Text, plain_length
from bot.core.tokens import Token


class Intent(Enum):
    """What a card is for; where a platform has colours, each has its own. No meaning rests on it alone."""

    PLAIN = "plain"
    READING = "reading"
    QUESTION = "question"
    RESULT = "result"
    OWN = "own"
    MISTAKE = "mistake"
    MODERATION = "moderation"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One run of inline text, shown on lines of its own."""

    parts: tuple[Inline, ...]
    length: int = field(init=False, repr=False, compare=False)
    """How many characters it takes at most."""

    def __post_init__(self) -> None:
        length = sum(map(plain_length, self.parts))
        if not self.parts or length > limits.PARAGRAPH:
            raise CardFault(f"a paragraph has 1 to {limits.PARAGRAPH} characters, not {length}")
        object.__setattr__(self, "length", length)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words shown verbatim as a quotation block."""

    text: str

    @property
    def marked(self) -> str:
        """The words in “ ”; where they begin with such a mark themselves, that one, closed if the source leaves it open."""
        if not self.text.startswith("“"):
            return f"“{self.text}”"
        return self.text if self.text.count("“") <= self.text.count("”") else f"{self.text}”"

    def __post_init__(self) -> None:
        if not self.text or len(self.text) > limits.PARAGRAPH:
            raise CardFault(f"a quotation has 1 to {limits.PARAGRAPH} characters, not {len(self.text)}")

    @property
    def length(self) -> int:
        """How many characters it takes at most."""
        return len(self.text) + 2


Block = Paragraph | Quoted


@dataclass(frozen=True, slots=True)
class Field:
    """A short name with its value, shown side by side with others where there is room."""

    name: str
    value: str

    def __post_init__(self) -> None:
        _within("a field's name", self.name, limits.FIELD_NAME)
        _within("a field's value", self.value, limits.FIELD_VALUE)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its address, with the words that stand for it."""

    url: str
    alt: str

    def __post_init__(self) -> None:
        _within("an image's address", self.url, limits.LINK)
        _within("an image's alt text", self.alt, limits.ALT_TEXT)


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: what it says, and the token that names what happens."""

    label: str | CommandName
    token: Token

    def __post_init__(self) -> None:
        _within("a button's label", self.said(), limits.BUTTON_LABEL)

    def said(self, prefix: str = "") -> str:
        """Give the label in words; `prefix` is what a platform puts before a command's name."""
        return self.label if isinstance(self.label, str) else self.label.said(prefix)


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select; `value` comes back when it is chosen."""

    label: str
    value: str

    def __post_init__(self) -> None:
        _within("an option's label", self.label, limits.OPTION_LABEL)
        _within("an option's value", self.value, limits.OPTION_LABEL)


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose one option from, for what would be more buttons than a hand can hold."""

    placeholder: str
    token: Token
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        _within("a select's placeholder", self.placeholder, limits.PLACEHOLDER)
        if not 1 <= len(self.options) <= limits.OPTIONS:
            raise CardFault(f"a select has 1 to {limits.OPTIONS} options, not {len(self.options)}")
        if len({option.value for option in self.options}) < len(self.options):
            raise CardFault("a select's options have different values")


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One message of the bot's.

    From top to bottom: title, body, fields, image, the grade line, the source line (`footer`), then buttons or one
    select. A card with a body of one paragraph and nothing else is shown as plain text.
    """

    title: str = ""
    body: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    image: Image | None = None
    grade: str = ""
    footer: str = ""
    link: Link | None = None
    intent: Intent = Intent.PLAIN
    buttons: tuple[Button, ...] = ()
    select: Select | None = None

    def __post_init__(self) -> None:
        if not (self.title or self.body or self.fields or self.image):
            raise CardFault("a card says something")
        if len(self.title) > limits.TITLE:
            raise CardFault(f"a title has at most {limits.TITLE} characters, not {len(self.title)}")
        if len(self.fields) > limits.FIELDS:
            raise CardFault(f"a card has at most {limits.FIELDS} fields, not {len(self.fields)}")
        if len(self.grade) + len(self.footer) > limits.FOOTER:
            raise CardFault(f"grade and source have at most {limits.FOOTER} characters")
        if self.length > limits.CARD:
            raise CardFault(f"a card has at most {limits.CARD} characters, not {self.length}: page it")
        if self.buttons and self.select:
            raise CardFault("a card has buttons or a select, not both")
        if len(self.buttons) > limits.BUTTONS:
            raise CardFault(f"a card has at most {limits.BUTTONS} buttons, not {len(self.buttons)}")
        if len(self.buttons) > 1 and len({button.token for button in self.buttons}) < len(self.buttons):
            raise CardFault("the buttons of a card have different tokens")

    @property
    def length(self) -> int:
        """How many characters title, body, fields, grade and source take at most."""
        length = len(self.title) + len(self.grade) + len(self.footer)
        for block in self.body:
            length += block.length
        for each in self.fields:
            length += len(each.name) + len(each.value)
        return length

    @property
    def is_line(self) -> bool:
        """Whether the card is one line of text and nothing else."""
        return (
            len(self.body) == 1
            and isinstance(self.body[0], Paragraph)
            and not (self.title or self.fields or self.image or self.grade or self.footer or self.buttons)
            and not (self.select or self.link)
        )


def say(*parts: str | Inline) -> Paragraph:
    """Make a paragraph of words and inline nodes."""
    return Paragraph(tuple([Text(part) if isinstance(part, str) else part for part in parts if part != ""]))


def line(*parts: str | Inline, intent: Intent = Intent.PLAIN) -> Card:
    """Make a card of one line."""
    return Card(body=(say(*parts),), intent=intent)


def _within(what: str, text: str, most: int) -> None:
    if not 1 <= len(text) <= most:
        raise CardFault(f"{what} has 1 to {most} characters, not {len(text)}")
