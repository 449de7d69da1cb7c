"""A message on the local Discord: its present state, its past ones, and what people see of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.local_discord.model import User, Wire
from tests.local_discord.waiting import Bell

if TYPE_CHECKING:
    from tests.local_discord.channels import Channel

SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING = 1 << 2, 1 << 5, 1 << 6, 1 << 7
SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 12, 1 << 15
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, CHANNEL_SELECT, LABEL, FILE_UPLOAD = (
    1,
    2,
    3,
    4,
    5,
    8,
    18,
    19,
)
LINK_STYLE = 5
DEFAULT, PINNED, THREAD_CREATED, REPLY, SLASH_COMMAND, THREAD_STARTER, CONTEXT_MENU = 0, 6, 18, 19, 20, 21, 23
_WRITTEN = frozenset({DEFAULT, REPLY, SLASH_COMMAND, CONTEXT_MENU})


@dataclass(frozen=True, kw_only=True)
class Widget:
    """A button or a select on a message."""

    kind: int
    custom_id: str | None
    label: str
    disabled: bool
    wire: Wire

    @property
    def style(self) -> int:
        """Return a button's style: 1 primary, 2 secondary, 3 success, 4 danger, 5 link."""
        return int(self.wire.get("style", 0))

    @property
    def url(self) -> str | None:
        """Return where a link button leads."""
        return self.wire.get("url")

    @property
    def options(self) -> list[Wire]:
        """Return the options of a select: label, value, description, default."""
        return list(self.wire.get("options", []))


def widgets_in(wire: Wire) -> Iterator[Widget]:
    """Yield the buttons and selects of a message's state, in reading order."""
    waiting: list[Any] = list(wire.get("components") or [])
    while waiting:
        component = waiting.pop(0)
        waiting[:0] = [*component.get("components", []), *filter(None, [component.get("accessory")])]
        if component["type"] == BUTTON or "options" in component:
            yield Widget(
                kind=component["type"],
                custom_id=component.get("custom_id"),
                label=component.get("label") or component.get("placeholder") or "",
                disabled=component.get("disabled", False),
                wire=component,
            )


@dataclass(kw_only=True, eq=False)
class Message:
    """A message; `wire` is its state as Discord writes it, `edits` the older states, oldest first.

    `pings` names whom it notified when it came: user and role ids, "everyone", "here".
    """

    channel: "Channel"
    author: User
    wire: Wire
    bell: Bell
    for_user: User | None = None
    token: str | None = None
    nonce: str | int | None = None
    pings: frozenset[str] = frozenset()
    edits: list[Wire] = field(default_factory=list)
    seen: bool = False
    deleted: bool = False
    _edits_seen: int = 0

    @property
    def id(self) -> str:
        """Return the message's id."""
        return str(self.wire["id"])

    @property
    def kind(self) -> int:
        """Return Discord's message type."""
        return int(self.wire["type"])

    @property
    def content(self) -> str:
        """Return the text outside embeds."""
        return str(self.wire["content"])

    @property
    def embeds(self) -> list[Wire]:
        """Return the embeds as Discord writes them."""
        return list(self.wire["embeds"])

    @property
    def components(self) -> list[Wire]:
        """Return the component rows as Discord writes them."""
        return list(self.wire["components"])

    @property
    def attachments(self) -> list[Wire]:
        """Return the attachments as Discord writes them; `url` serves the file."""
        return list(self.wire["attachments"])

    @property
    def flags(self) -> int:
        """Return the message flags."""
        return int(self.wire["flags"])

    @property
    def ephemeral(self) -> bool:
        """Tell whether one person alone sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Tell whether it is the "is thinking" of a deferral."""
        return bool(self.flags & LOADING)

    @property
    def pinned(self) -> bool:
        """Tell whether it is pinned."""
        return bool(self.wire["pinned"])

    @property
    def is_public(self) -> bool:
        """Tell whether everyone in the channel sees it as something that somebody wrote."""
        return self.kind in _WRITTEN and not (self.deleted or self.ephemeral or self.loading)

    @property
    def text(self) -> str:
        """Return all words that people read, line by line: content, then each embed from top to bottom."""
        return "\n".join(
            filter(None, [self.content, *map(_words_of, self.embeds), *_displays(self.components)])
        )

    @property
    def buttons(self) -> list[Widget]:
        """Return the buttons in reading order."""
        return [widget for widget in widgets_in(self.wire) if widget.kind == BUTTON]

    @property
    def selects(self) -> list[Widget]:
        """Return the selects in reading order."""
        return [widget for widget in widgets_in(self.wire) if widget.kind != BUTTON]

    @property
    def labels(self) -> list[str]:
        """Return the labels of the buttons in reading order."""
        return [button.label for button in self.buttons]

    @property
    def thread(self) -> "Channel | None":
        """Return the thread opened on it."""
        guild = self.channel.guild
        return None if guild is None else guild.channels.get(self.id)

    def change(self, fields: Wire) -> None:
        """Replace fields of the state and keep the state before in `edits`."""
        self.edits.append(self.wire)
        self.wire = {**self.wire, **fields}
        self.bell.ring()

    def remove(self) -> None:
        """Mark the message as deleted."""
        self.deleted = True
        self.bell.ring()

    def hand_out(self) -> "Message":
        """Return the message, counted as seen by the test with all its edits so far."""
        self.seen = True
        self._edits_seen = len(self.edits)
        return self

    async def next_edit(self, matching: "Callable[[Message], bool] | None" = None) -> "Message":
        """Return the message once it was edited again since the test was last handed it.

        With `matching`, waits for an edit after which the message matches.
        """

        def look() -> "Message | None":
            edited = len(self.edits) > self._edits_seen
            return self if edited and (matching is None or matching(self)) else None

        await self.bell.until(look, f"an edit of the message {self.text[:60]!r} in #{self.channel.name}")
        return self.hand_out()

    async def gone(self) -> None:
        """Wait until the message was deleted."""
        await self.bell.until(lambda: self.deleted or None, f"the deletion of the message {self.text[:60]!r}")


def _words_of(embed: Wire) -> str:
    fields = [f"{field_['name']}\n{field_['value']}" for field_ in embed.get("fields", [])]
    author, footer = embed.get("author", {}).get("name"), embed.get("footer", {}).get("text")
    return "\n".join(filter(None, [author, embed.get("title"), embed.get("description"), *fields, footer]))


def _displays(components: list[Wire]) -> list[str]:
    found = []
    for component in components:
        found += [component["content"]] if "content" in component else []
        found += _displays(component.get("components", []))
    return found
