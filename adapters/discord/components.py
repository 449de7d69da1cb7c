"""Buttons, selects and forms as Discord's components. Every custom_id is a token of the core's, as it stands."""

from collections.abc import Callable, Sequence
from typing import Any, assert_never

from adapters.discord import markdown
from bot.core.cards import Button, Card, Link, Option, Select
from bot.core.errors import CardFault
from bot.core.forms import ChannelField, ChoiceField, FileField, Form, FormField, MemberField, TextField

Wire = dict[str, Any]

ROW, BUTTON, SELECT, TEXT_INPUT, CHANNEL_SELECT, TEXT_DISPLAY, LABEL, FILE_UPLOAD = 1, 2, 3, 4, 8, 10, 18, 19
SECONDARY, LEADS_AWAY = 2, 5
ONE_LINE, LINES = 1, 2

ROWS = 5
IN_A_ROW = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
ADDRESS = 512
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150
FORM_TITLE = 45
FORM_PARTS = 5
FORM_LABEL = 45
MEMBER_NAME = 32
FORM_HINT = 100
FORM_TEXT = 4_000
CHANNEL_NAME = 100
CHANNELS_WITH_MESSAGES = [0, 5, 11]
"""Text channels, announcement channels and public threads."""
BY_NAME = "#"
"""What the custom_id of an input ends with in which a channel is typed by its name."""


def rows(card: Card) -> tuple[Wire, ...]:
    """Render a card's buttons, or its select, and its link: five in a row, all of one grey weight."""
    pressed = [_button(each) for each in card.buttons]
    chosen = [_row([_select(card.select)])] if card.select else []
    link = [_link(card.link)] if card.link else []
    buttons = [*pressed, *link]
    made = [*chosen, *(_row(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))]
    if len(made) > ROWS:
        raise CardFault(f"a message has at most {ROWS} rows of components, not {len(made)}")
    return tuple(made)


def custom_ids(components: Sequence[Wire]) -> frozenset[str]:
    """Collect the custom_ids of rendered rows."""
    return frozenset(
        each["custom_id"] for row in components for each in row["components"] if "custom_id" in each
    )


def modal(form: Form, name_of: Callable[[str], str] | None = None) -> Wire:
    """Render a form as a modal; its custom_id is the form's token, each input's the field's key.

    With `name_of`, which names a channel by its id, channels are typed: in a direct message there are none to pick from.
    """
    intro = [{"type": TEXT_DISPLAY, "content": markdown.block(form.intro)}] if form.intro else []
    parts = [*intro, *(_labelled(each, name_of) for each in form.fields)]
    if len(parts) > FORM_PARTS:
        raise CardFault(f"a modal has at most {FORM_PARTS} parts, not {len(parts)}")
    return {
        "custom_id": _within("a custom_id", str(form.token), CUSTOM_ID),
        "title": _within("a modal's title", markdown.clean(form.title), FORM_TITLE),
        "components": parts,
    }


def _row(components: Sequence[Wire]) -> Wire:
    return {"type": ROW, "components": list(components)}


def _button(button: Button) -> Wire:
    return {
        "type": BUTTON,
        "style": SECONDARY,
        "label": _within("a button's label", markdown.clean(button.said()), BUTTON_LABEL),
        "custom_id": _within("a custom_id", str(button.token), CUSTOM_ID),
    }


def _link(link: Link) -> Wire:
    return {
        "type": BUTTON,
        "style": LEADS_AWAY,
        "label": _within("a button's label", markdown.clean(link.text), BUTTON_LABEL),
        "url": _within("a button's address", link.url, ADDRESS),
    }


def _select(select: Select) -> Wire:
    return {
        "type": SELECT,
        "custom_id": _within("a custom_id", str(select.token), CUSTOM_ID),
        "placeholder": _within("a placeholder", markdown.clean(select.placeholder), PLACEHOLDER),
        "options": [_option(each) for each in select.options],
    }


def _option(option: Option) -> Wire:
    return {
        "label": _within("an option's label", markdown.clean(option.label), OPTION_TEXT),
        "value": _within("an option's value", option.value, OPTION_TEXT),
    }


def _labelled(field: FormField, name_of: Callable[[str], str] | None) -> Wire:
    """Render a field under its label; the hint stands below the label, where it stays while somebody types."""
    labelled: Wire = {
        "type": LABEL,
        "label": _within("a field's label", markdown.clean(field.label), FORM_LABEL),
        "component": _input(field, name_of),
    }
    if field.hint:
        labelled["description"] = _within("a field's hint", markdown.clean(field.hint), FORM_HINT)
    return labelled


def _input(field: FormField, name_of: Callable[[str], str] | None) -> Wire:
    match field:
        case TextField():
            value = {"value": field.default} if field.default else {}
            return {
                "type": TEXT_INPUT,
                "custom_id": field.key,
                "style": LINES if field.long else ONE_LINE,
                "required": field.required,
                "max_length": min(field.most, FORM_TEXT),
                **value,
            }
        case ChoiceField():
            return {
                "type": SELECT,
                "custom_id": field.key,
                "required": field.required,
                "min_values": 1 if field.required else 0,
                "options": [_form_option(each, field.default) for each in field.options],
            }
        case FileField():
            return {
                "type": FILE_UPLOAD,
                "custom_id": field.key,
                "required": field.required,
                "min_values": 1 if field.required else 0,
                "max_values": 1,
            }
        case ChannelField() if name_of is not None:
            value = {"value": f"#{name_of(field.default)}"} if field.default else {}
            return {
                "type": TEXT_INPUT,
                "custom_id": f"{field.key}{BY_NAME}",
                "style": ONE_LINE,
                "required": field.required,
                "max_length": CHANNEL_NAME,
                **value,
            }
        case ChannelField():
            picked = [{"id": field.default, "type": "channel"}] if field.default.isdecimal() else []
            return {
                "type": CHANNEL_SELECT,
                "custom_id": field.key,
                "required": field.required,
                "min_values": 1 if field.required else 0,
                "channel_types": CHANNELS_WITH_MESSAGES,
                **({"default_values": picked} if picked else {}),
            }
        case MemberField():
            return {
                "type": TEXT_INPUT,
                "custom_id": field.key,
                "style": ONE_LINE,
                "required": field.required,
                "max_length": MEMBER_NAME,
                **({"value": field.default} if field.default else {}),
            }
        case _:
            assert_never(field)


def _form_option(option: Option, default: str) -> Wire:
    return _option(option) | ({"default": True} if option.value == default else {})


def _within(what: str, text: str, most: int) -> str:
    """Give the text; CardFault where Discord would refuse it, which discord.py would not notice."""
    if not 1 <= len(text) <= most:
        raise CardFault(f"{what} has 1 to {most} characters on Discord, not {len(text)}")
    return text
