"""A form as a row of prompts: which field is asked now, and what has been typed so far."""

from collections.abc import Mapping, Sequence

from bot.core.cards import Option
from bot.core.events import MessageRef
from bot.core.forms import ChoiceField, FileField, Form, FormField, TextField
from bot.core.wording import in_marks, listed

CANCEL = "/cancel"
ABANDONED = "The form was closed before its end, so nothing was sent."
_NO = "no"
_TEN = 10


class Abandoned(Exception):  # noqa: N818 - what the person wants, not an error
    """The form is not to be sent."""


class Filling:
    """One form on its way. `pressed` is the message whose button opened it, None for a command's form.

    A form without fields is something to agree to: it is asked whether to send it.
    """

    def __init__(self, form: Form, pressed: MessageRef | None = None) -> None:
        self.form = form
        self.pressed = pressed
        self._fields: Sequence[FormField] = form.fields or (_confirmation(form),)
        self._waiting = list(self._fields)
        self._errors: Mapping[str, str] = {}
        self._values: dict[str, str] = {}

    @property
    def field(self) -> FormField | None:
        """The field that is asked now; None when every one has been."""
        return self._waiting[0] if self._waiting else None

    @property
    def error(self) -> str:
        """What to do about the field that is asked now, where it is asked again."""
        return self._errors.get(self._waiting[0].key, "") if self._waiting else ""

    @property
    def values(self) -> Mapping[str, str]:
        """What stands in each field now."""
        return dict(self._values) if self.form.fields else {}

    def take(self, line: str) -> str:
        """Put a line into the field that is asked now, an empty one for its default.

        Gives a sentence, and keeps asking, when the line is none of a choice's options. Raises Abandoned.
        """
        if line.strip() == CANCEL:
            raise Abandoned
        field = self._waiting[0]
        if isinstance(field, ChoiceField):
            value = _chosen(field, line.strip())
            if value is None:
                return _not_one_of(field, line.strip())
        else:
            long = isinstance(field, TextField) and field.long
            default = "" if isinstance(field, FileField) else field.default
            value = (line if long else " ".join(line.split("\n"))) or default
        if value == _NO and not self.form.fields:
            raise Abandoned
        self._values[field.key] = value
        self._waiting.pop(0)
        return ""

    def ask_again(self, errors: Mapping[str, str]) -> Sequence[str]:
        """Ask the named fields once more; gives the sentences that belong to no field of this form."""
        self._waiting = [field for field in self._fields if field.key in errors]
        self._errors = errors
        known = {field.key for field in self._waiting}
        return [sentence for key, sentence in errors.items() if key not in known]


def _confirmation(form: Form) -> FormField:
    options = (Option("yes", "yes"), Option("no", _NO))
    return ChoiceField(key="agreed", label=form.submit, options=options)


def _chosen(field: ChoiceField, typed: str) -> str | None:
    """Read a line as one of the options, by its words first, then by its number; an empty one is the default."""
    if not typed:
        return None if field.required and not field.default else field.default
    folded = typed.casefold()
    for option in field.options:
        if folded in {option.label.casefold(), option.value.casefold()}:
            return option.value
    if typed in {str(place) for place in range(1, len(field.options) + 1)}:
        return field.options[int(typed) - 1].value
    return None


def _not_one_of(field: ChoiceField, typed: str) -> str:
    labels = [option.label for option in field.options]
    known = listed(labels, "or") if len(labels) <= _TEN else f"numbers from 1 to {len(labels)} name them"
    if not typed:
        return f"One is needed: {known}."
    way_out = f" {CANCEL} closes the form." if typed.startswith("/") else ""
    return f"{in_marks(typed)} is not one of the options: {known}.{way_out}"
