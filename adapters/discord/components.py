"""Buttons and selects as Discord's components. Every custom_id is a token of the core's, as it stands."""

from collections.abc import Sequence
from typing import Any

from adapters.discord import markdown
from bot.core.cards import Button, Card, Option, Select
from bot.core.errors import CardFault
from bot.core.inline import Link

Wire = dict[str, Any]

ROW, BUTTON, SELECT = 1, 2, 3
SECONDARY, LEADS_AWAY = 2, 5

ROWS = 5
IN_A_ROW = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
ADDRESS = 512
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150


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


def _row(components: Sequence[Wire]) -> Wire:
    return {"type": ROW, "components": list(components)}


def _button(button: Button) -> Wire:
    return {
        "type": BUTTON,
        "style": SECONDARY,
        "label": within("a button's label", markdown.clean(button.said()), BUTTON_LABEL),
        "custom_id": within("a custom_id", str(button.token), CUSTOM_ID),
    }


def _link(link: Link) -> Wire:
    return {
        "type": BUTTON,
        "style": LEADS_AWAY,
        "label": within("a button's label", markdown.clean(link.text), BUTTON_LABEL),
        "url": within("a button's address", link.url, ADDRESS),
    }


def _select(select: Select) -> Wire:
    return {
        "type": SELECT,
        "custom_id": within("a custom_id", str(select.token), CUSTOM_ID),
        "placeholder": within("a placeholder", markdown.clean(select.placeholder), PLACEHOLDER),
        "options": [option(each) for each in select.options],
    }


def option(option: Option) -> Wire:
    """Render one line of a select."""
    return {
        "label": within("an option's label", markdown.clean(option.label), OPTION_TEXT),
        "value": within("an option's value", option.value, OPTION_TEXT),
    }


def within(what: str, text: str, most: int) -> str:
    """Give the text; CardFault where Discord would refuse it, which discord.py would not notice."""
    if not 1 <= len(text) <= most:
        raise CardFault(f"{what} has 1 to {most} characters on Discord, not {len(text)}")
    return text
