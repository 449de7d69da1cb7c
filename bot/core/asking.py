"""The form that asks for what a command needs and was not given, made from what the command declares."""

from collections.abc import Mapping

from bot.core import limits
from bot.core.cards import Option
from bot.core.channels import is_id
from bot.core.forms import ChannelField, ChoiceField, FileField, Form, FormField, MemberField, TextField
from bot.core.registry import Command, Kind, Parameter
from bot.core.tokens import token

FILL = "command:fill"
"""What the token of such a form names; its argument is the command."""
_DIGITS = 9
_PICKED: Mapping[Kind, type[ChannelField | MemberField]] = {
    Kind.CHANNEL: ChannelField,
    Kind.MEMBER: MemberField,
}


def form_for(command: Command, given: Mapping[str, str]) -> Form:
    """Make the form, with what was given already in its fields.

    What the command needs comes first; beyond the fields that a form holds, what may be left out is left out.
    """
    asked = sorted(command.parameters, key=lambda each: not each.required)[: limits.FORM_FIELDS]
    return Form(
        title=command.name.capitalize()[: limits.FORM_TITLE],
        token=token(FILL, command.name),
        fields=tuple(_field(each, given.get(each.name, "").strip()) for each in asked),
    )


def _field(parameter: Parameter, given: str) -> FormField:
    label, hint = parameter.name.capitalize(), parameter.help[: limits.PLACEHOLDER]
    if parameter.kind is Kind.FILE:
        return FileField(key=parameter.name, label=label, hint=hint, required=parameter.required)
    if parameter.kind in _PICKED:
        known_id = given if is_id(given) else ""
        return _PICKED[parameter.kind](
            key=parameter.name, label=label, hint=hint, default=known_id, required=parameter.required
        )
    if parameter.kind is Kind.CHOICE:
        known = {each.value for each in parameter.choices}
        return ChoiceField(
            key=parameter.name,
            label=label,
            hint=hint,
            options=tuple(Option(each.label, each.value) for each in parameter.choices),
            default=given.casefold() if given.casefold() in known else "",
            required=parameter.required,
        )
    most = _DIGITS if parameter.kind is Kind.NUMBER else min(parameter.most, limits.FIELD_TEXT)
    return TextField(
        key=parameter.name,
        label=label,
        hint=hint,
        default=given if len(given) <= most else "",
        required=parameter.required,
        most=most,
    )
