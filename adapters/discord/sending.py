"""From rendered messages to discord.py's arguments.

discord.py keeps every view that it sends, to call its items later. Here a press finds its meaning through the token
that it carries, also after a restart, so views go out finished, and nothing is kept of them.
"""

from typing import Any, TypedDict

import discord

from adapters.discord.render import Rendered

Wire = dict[str, Any]


class _Rows(discord.ui.View):
    """Rows of components that stand already as Discord reads them."""

    def __init__(self, rows: tuple[Wire, ...]) -> None:
        super().__init__(timeout=None)
        self._rows = rows
        self.stop()

    def to_components(self) -> list[Wire]:
        """Give the rows."""
        return list(self._rows)


class RenderedModal(discord.ui.Modal):
    """A modal that stands already as Discord reads it."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(title=wire["title"], custom_id=wire["custom_id"])
        self._wire = wire
        self.stop()

    def to_dict(self) -> Wire:
        """Give the modal."""
        return self._wire


class New(TypedDict):
    """Arguments for a new message."""

    content: str
    embeds: list[discord.Embed]
    view: discord.ui.View
    allowed_mentions: discord.AllowedMentions


class Changed(TypedDict):
    """Arguments for an edit; what is empty is taken away from the message."""

    content: str | None
    embeds: list[discord.Embed]
    view: discord.ui.View
    allowed_mentions: discord.AllowedMentions


def new(rendered: Rendered, *, ping: str = "") -> New:
    """Give the arguments of a new message; nobody is notified but the members of the role `ping`."""
    roles = [discord.Object(int(ping))] if ping else False
    return New(
        content=rendered.content,
        embeds=_embeds(rendered),
        view=_Rows(rendered.components),
        allowed_mentions=discord.AllowedMentions(
            everyone=False, users=False, roles=roles, replied_user=False
        ),
    )


def changed(rendered: Rendered) -> Changed:
    """Give the arguments of an edit."""
    return Changed(
        content=rendered.content or None,
        embeds=_embeds(rendered),
        view=_Rows(rendered.components),
        allowed_mentions=discord.AllowedMentions.none(),
    )


def _embeds(rendered: Rendered) -> list[discord.Embed]:
    return [discord.Embed.from_dict(each) for each in rendered.embeds]
