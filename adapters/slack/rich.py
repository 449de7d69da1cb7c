"""Words as Slack's rich_text: structured, so that no character in them can mean anything. Nothing is escaped here."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, assert_never

from adapters.slack import marks
from bot.core.cards import Block, Card, Field, Paragraph, Quoted
from bot.core.inline import Channel, CommandName, Emphasis, Inline, Link, Mention, Strong, Text, Time

Json = dict[str, Any]


def body(blocks: Sequence[Block], prefix: str) -> Json:
    """Render paragraphs and quotations as one rich_text block."""
    return _block(_elements(blocks, prefix))


def everything(card: Card, prefix: str) -> Json:
    """Render all the words of a card as one rich_text block: for text that swells beyond a limit when escaped."""
    title = [_section([_words(card.title, bold=True)])] if card.title else []
    fields = [_field(each) for each in card.fields]
    small = [_section([_words(each)]) for each in (card.grade, card.footer) if each]
    link = [_section([_inline(card.link, prefix)])] if card.link else []
    return _block([*title, *_elements(card.body, prefix), *fields, *small, *link])


def _block(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _elements(blocks: Sequence[Block], prefix: str) -> list[Json]:
    elements: list[Json] = []
    for is_text, run in groupby(blocks, lambda block: isinstance(block, Paragraph)):
        if is_text:
            elements.append(_section(_lines(run, prefix)))
        else:
            elements += [_quote(block) for block in run if isinstance(block, Quoted)]
    return elements


def _lines(run: Iterable[Block], prefix: str) -> list[Json]:
    elements: list[Json] = []
    for block in run:
        if isinstance(block, Paragraph):
            elements += [_words("\n")] if elements else []
            elements += [_inline(part, prefix) for part in block.parts if marks.said(part, prefix)]
    return elements


def _quote(block: Quoted) -> Json:
    return {"type": "rich_text_quote", "elements": [_words(block.marked)]}


def _field(field: Field) -> Json:
    return _section([_words(field.name, bold=True), _words(f": {field.value}")])


def _words(text: str, **style: bool) -> Json:
    shown = marks.clean(text)
    return {"type": "text", "text": shown, "style": style} if style else {"type": "text", "text": shown}


def _inline(node: Inline, prefix: str) -> Json:
    match node:
        case Text() | CommandName():
            return _words(marks.said(node, prefix))
        case Strong(text):
            return _words(text, bold=True)
        case Emphasis(text):
            return _words(text, italic=True)
        case Link(text, url):
            return {"type": "link", "url": url, "text": marks.clean(text)}
        case Time(at, _, style):
            fallback = marks.said(node, prefix)
            return {"type": "date", "timestamp": at, "format": marks.FORMATS[style], "fallback": fallback}
        case Channel() | Mention():
            return _reference(node, prefix)
        case _:
            assert_never(node)


def _reference(node: Channel | Mention, prefix: str) -> Json:
    if not marks.needs_marks(node):
        return _words(marks.said(node, prefix))
    match node:
        case Channel(number, _):
            return {"type": "channel", "channel_id": number}
        case Mention(number, _, _, role):
            return (
                {"type": "usergroup", "usergroup_id": number} if role else {"type": "user", "user_id": number}
            )
        case _:
            assert_never(node)
