"""Forms as Discord's modals: the custom_id is the form's token as it stands, each input's the field's key."""

from collections.abc import Callable
from typing import Any, assert_never

from adapters.discord import markdown
from adapters.discord.components import CUSTOM_ID, SELECT, option, within
from bot.core.cards import Option
from bot.core.errors import CardFault
from bot.core.forms import ChannelField, ChoiceField, FileField, Form, FormField, MemberField, TextField

Wire = dict[str, Any]
NameOf = Callable[[str], str]
"""Names a channel by its id."""

TEXT_INPUT, USER_SELECT, CHANNEL_SELECT, TEXT_DISPLAY, LABEL, FILE_UPLOAD = 4, 5, 8, 10, 18, 19
ONE_LINE, LINES = 1, 2

FORM_TITLE = 45
FORM_PARTS = 5
FORM_LABEL = 45
FORM_HINT = 100
FORM_TEXT = 4_000
CHANNEL_NAME = 100
MEMBER_NAME = 32
CHANNELS_WITH_MESSAGES = [0, 5, 11]
"""Text channels, announcement channels and public threads."""
BY_NAME = "#"
"""What the custom_id of an input ends with in which a channel is typed by its name."""


def modal(form: Form, name_of: NameOf | None = None) -> Wire:
    """Render a form as a modal.

    With `name_of`, channels and members are typed: in a direct message there are none to pick from.
    """
    intro = [{"type": TEXT_DISPLAY, "content": markdown.block(form.intro)}] if form.intro else []
    parts = [*intro, *(_labelled(each, name_of) for each in form.fields)]
    if len(parts) > FORM_PARTS:
        raise CardFault(f"a modal has at most {FORM_PARTS} parts, not {len(parts)}")
    return {
        "custom_id": within("a custom_id", str(form.token), CUSTOM_ID),
        "title": within("a modal's title", markdown.clean(form.title), FORM_TITLE),
        "components": parts,
    }


def _labelled(field: FormField, name_of: NameOf | None) -> Wire:
    """Render a field under its label; the hint stands below the label, where it stays while somebody types."""
    labelled: Wire = {
        "type": LABEL,
        "label": within("a field's label", markdown.clean(field.label), FORM_LABEL),
        "component": _input(field, name_of),
    }
    if field.hint:
        labelled["description"] = within("a field's hint", markdown.clean(field.hint), FORM_HINT)
    return labelled


def _input(field: FormField, name_of: NameOf | None) -> Wire:
    match field:
        case TextField():
            style = LINES if field.long else ONE_LINE
            return _typed(field, most=min(field.most, FORM_TEXT), value=field.default) | {"style": style}
        case ChoiceField():
            return _picked(field, SELECT) | {
                "options": [_choice(each, field.default) for each in field.options]
            }
        case FileField():
            return _picked(field, FILE_UPLOAD) | {"max_values": 1}
        case ChannelField() | MemberField():
            return _found(field) if name_of is None else _named(field, name_of)
        case _:
            assert_never(field)


def _typed(field: FormField, *, most: int, value: str, key: str = "") -> Wire:
    put_in = {"value": value} if value else {}
    return {
        "type": TEXT_INPUT,
        "custom_id": key or field.key,
        "style": ONE_LINE,
        "required": field.required,
        "max_length": most,
        **put_in,
    }


def _picked(field: FormField, kind: int) -> Wire:
    least = 1 if field.required else 0
    return {"type": kind, "custom_id": field.key, "required": field.required, "min_values": least}


def _choice(each: Option, default: str) -> Wire:
    return option(each) | ({"default": True} if each.value == default else {})


def _found(field: ChannelField | MemberField) -> Wire:
    """Offer what the server has: its channels, or its members."""
    channels = isinstance(field, ChannelField)
    kind = "channel" if channels else "user"
    before = [{"id": field.default, "type": kind}] if field.default.isdecimal() else []
    return {
        **_picked(field, CHANNEL_SELECT if channels else USER_SELECT),
        **({"channel_types": CHANNELS_WITH_MESSAGES} if channels else {}),
        **({"default_values": before} if before else {}),
    }


def _named(field: ChannelField | MemberField, name_of: NameOf) -> Wire:
    """Let a channel or a member be typed."""
    if isinstance(field, MemberField):
        return _typed(field, most=MEMBER_NAME, value=field.default)
    value = f"#{name_of(field.default)}" if field.default else ""
    return _typed(field, most=CHANNEL_NAME, value=value, key=f"{field.key}{BY_NAME}")
