"""Buttons in direct messages.

There Discord does not say which server a press is about, so their custom_ids end with it. Whoever presses is looked
up in that server first: the id grants nothing, and what it names is looked up within that community alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from adapters.discord.components import CUSTOM_ID
from adapters.discord.render import Rendered
from bot.core.errors import CardFault

Wire = dict[str, Any]

_MARKED = re.compile(r"(.+)@(\d{1,20})", re.DOTALL)


def marked(rendered: Rendered, guild: int) -> Rendered:
    """Give the message as it is sent directly: every custom_id ends with the server's id."""
    return replace(rendered, components=tuple(_row(each, guild) for each in rendered.components))


def marked_id(custom_id: str, guild: int) -> str:
    """Give a custom_id that ends with the server's id; CardFault where there is no room."""
    longer = f"{custom_id}@{guild}"
    if len(longer) > CUSTOM_ID:
        raise CardFault(f"a custom_id in a direct message has {CUSTOM_ID} characters, not {len(longer)}")
    return longer


def read(custom_id: str) -> tuple[str, int] | None:
    """Read a custom_id back as its token and its server's id; None when it is not one of a direct message."""
    found = _MARKED.fullmatch(custom_id)
    return (found[1], int(found[2])) if found else None


def _row(row: Wire, guild: int) -> Wire:
    components: Sequence[Wire] = row["components"]
    return {
        **row,
        "components": [
            {**each, "custom_id": marked_id(each["custom_id"], guild)} if "custom_id" in each else each
            for each in components
        ],
    }
