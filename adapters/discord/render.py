"""Cards as Discord's messages: a content, or embeds, with rows of components. Pure; values in, values out.

A card of one line is plain content. Any other is an embed: the quotation as a block and the grade as the last line of
its description, the source line as its footer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord import markdown
from adapters.discord.components import rows
from bot.core.cards import Card, Intent, Quoted
from bot.core.errors import CardFault

Wire = dict[str, Any]
"""A JSON object as Discord reads it."""

CONTENT = 2_000
TITLE = 256
DESCRIPTION = 4_096
FIELD_NAME = 256
FIELD_VALUE = 1_024
FOOTER = 2_048
EMBEDS = 10
EMBED_TEXT = 6_000

COLOURS = {
    Intent.PLAIN: None,
    Intent.READING: 0x4A6B8A,
    Intent.QUESTION: 0x8A6D3B,
    Intent.RESULT: 0x3F7D6E,
    Intent.OWN: 0x6B5B95,
    Intent.MISTAKE: 0x8C8C8C,
    Intent.MODERATION: 0x5A5F66,
}
"""None is red or green: nothing here says right or wrong by its colour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A message as Discord takes it: `content` may be empty, and so may each of the lists."""

    content: str = ""
    embeds: tuple[Wire, ...] = ()
    components: tuple[Wire, ...] = ()

    def wire(self) -> Wire:
        """Give the message as one JSON object."""
        return {"content": self.content, "embeds": list(self.embeds), "components": list(self.components)}


def render(card: Card, *, ping: str = "") -> Rendered:
    """Render a card; `ping` is the id of the role that is told of it, named before everything else.

    Raises CardFault when escaping makes the card larger than Discord takes.
    """
    called = f"<@&{ping}>" if ping else ""
    if card.is_line:
        content = " ".join(filter(None, (called, markdown.block(card.body[0]))))
        if len(content) <= CONTENT:
            return Rendered(content=content)
    return Rendered(content=called, embeds=_embeds(card), components=rows(card))


def _embeds(card: Card) -> tuple[Wire, ...]:
    """Give the one embed of a card; more only where escaping has made its text too long for one."""
    title = markdown.escape(card.title)
    pieces = _pieces(card)
    if len(title) > TITLE:
        pieces, title = [f"**{title}**", *pieces], ""
    fields = [_field(each.name, each.value) for each in card.fields]
    short = [each for each in fields if len(each["name"]) <= FIELD_NAME and len(each["value"]) <= FIELD_VALUE]
    pieces += [f"**{each['name']}**\n{each['value']}" for each in fields if each not in short]
    grade = markdown.escape(card.grade)
    embeds: list[Wire] = [_without_nothing({"description": text}) for text in _packed([*pieces, grade])]
    embeds[0] = _without_nothing({"title": title, **embeds[0]})
    embeds[-1] |= _without_nothing(
        {
            "fields": short,
            "image": {"url": card.image.url, "description": markdown.clean(card.image.alt)}
            if card.image
            else {},
            "footer": {"text": markdown.clean(card.footer)} if card.footer else {},
        }
    )
    colour = COLOURS[card.intent]
    _check(embeds)
    return tuple(each if colour is None else {**each, "color": colour} for each in embeds)


def _pieces(card: Card) -> list[str]:
    """Render the body, block by block; one quotation after another keeps a line's distance, or they would merge."""
    pieces: list[str] = []
    before = None
    for each in card.body:
        apart = "\n" if isinstance(each, Quoted) and isinstance(before, Quoted) else ""
        pieces.append(apart + markdown.block(each))
        before = each
    return pieces


def _packed(pieces: Sequence[str]) -> list[str]:
    """Join pieces line by line into as few descriptions as hold them; at least one, which may be empty."""
    packed = [""]
    for piece in filter(None, pieces):
        longer = f"{packed[-1]}\n{piece}" if packed[-1] else piece
        if len(longer) <= DESCRIPTION:
            packed[-1] = longer
        else:
            packed.append(piece.lstrip("\n"))
    return [each for each in packed if each] or [""]


def _field(name: str, value: str) -> Wire:
    return {"name": markdown.escape(name), "value": markdown.escape(value), "inline": True}


def _without_nothing(wire: Wire) -> Wire:
    return {key: value for key, value in wire.items() if value}


def _check(embeds: Sequence[Wire]) -> None:
    in_all = sum(map(_length, embeds))
    longest = max(len(each.get("description", "")) for each in embeds)
    if in_all > EMBED_TEXT or longest > DESCRIPTION or len(embeds) > EMBEDS:
        raise CardFault(f"a message holds {EMBED_TEXT} characters in its embeds, and this one has {in_all}")
    if len(embeds[-1].get("footer", {}).get("text", "")) > FOOTER:
        raise CardFault(f"an embed's footer has at most {FOOTER} characters")


def _length(embed: Wire) -> int:
    fields = sum(len(each["name"]) + len(each["value"]) for each in embed.get("fields", ()))
    footer = len(embed.get("footer", {}).get("text", ""))
    return len(embed.get("title", "")) + len(embed.get("description", "")) + fields + footer
