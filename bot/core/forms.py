"""Forms: a modal on Discord and Slack, prompts on the console."""

from dataclasses import dataclass

from bot.core import limits
from bot.core.cards import Option, Paragraph
from bot.core.faults import CardFault
from bot.core.tokens import Token


@dataclass(frozen=True, kw_only=True, slots=True)
class TextField:
    """A line of text to type, or several with `long`. `key` names the value that comes back."""

    key: str
    label: str
    hint: str = ""
    default: str = ""
    required: bool = True
    most: int = 200
    long: bool = False

    def __post_init__(self) -> None:
        _check_field(self.key, self.label, self.hint)
        if not 1 <= self.most <= limits.FIELD_TEXT or len(self.default) > self.most:
            raise CardFault(f"a text field takes 1 to {limits.FIELD_TEXT} characters")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceField:
    """One of several options to pick. `default` is the value of one of them, or empty."""

    key: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    default: str = ""
    required: bool = True

    def __post_init__(self) -> None:
        _check_field(self.key, self.label, self.hint)
        if not 1 <= len(self.options) <= limits.OPTIONS:
            raise CardFault(f"a choice has 1 to {limits.OPTIONS} options, not {len(self.options)}")
        if self.default and self.default not in {option.value for option in self.options}:
            raise CardFault("a choice's default is one of its options")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileField:
    """One file to attach; on the console, the path of one. What comes back is an Attachment by the field's key."""

    key: str
    label: str
    hint: str = ""
    required: bool = True

    def __post_init__(self) -> None:
        _check_field(self.key, self.label, self.hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelField:
    """A channel to pick, or to type by its name where there is nothing to pick from. `default` is one's id, or empty.

    What comes back is the channel's id, or what was typed where no channel has that name.
    """

    key: str
    label: str
    hint: str = ""
    default: str = ""
    required: bool = True

    def __post_init__(self) -> None:
        _check_field(self.key, self.label, self.hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberField:
    """A member to pick, or to name where there is nothing to pick from. `default` is one's id, or empty.

    What comes back is the member's id, or what was typed.
    """

    key: str
    label: str
    hint: str = ""
    default: str = ""
    required: bool = True

    def __post_init__(self) -> None:
        _check_field(self.key, self.label, self.hint)


FormField = TextField | ChoiceField | FileField | ChannelField | MemberField


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """Questions answered together. `intro` is said above them; `submit` is the word on the button."""

    title: str
    token: Token
    fields: tuple[FormField, ...]
    intro: Paragraph | None = None
    submit: str = "Send"

    def __post_init__(self) -> None:
        if not 1 <= len(self.title) <= limits.FORM_TITLE:
            raise CardFault(f"a form's title has 1 to {limits.FORM_TITLE} characters, not {len(self.title)}")
        if not 1 <= len(self.submit) <= limits.FORM_TITLE:
            raise CardFault(f"a form's button has 1 to {limits.FORM_TITLE} characters")
        if not 1 <= len(self.fields) + (self.intro is not None) <= limits.FORM_FIELDS:
            raise CardFault(f"a form has at most {limits.FORM_FIELDS} fields, its intro counted")
        if len({each.key for each in self.fields}) < len(self.fields):
            raise CardFault("the fields of a form have different keys")


def _check_field(key: str, label: str, hint: str) -> None:
    if not key.isidentifier():
        raise CardFault(f"a field's key is an identifier, not {key!r}")
    if not 1 <= len(label) <= limits.FIELD_LABEL:
        raise CardFault(f"a field's label has 1 to {limits.FIELD_LABEL} characters, not {len(label)}")
    if len(hint) > limits.PLACEHOLDER:
        raise CardFault(f"a field's hint has at most {limits.PLACEHOLDER} characters, not {len(hint)}")
