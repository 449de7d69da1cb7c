"""Cards as Slack's blocks. Every function here is pure; what breaks a limit of Slack's is never made.

Title: header. Paragraphs: one section, plain_text unless something in them needs mrkdwn. Quotation: a section with
every line after `>`. Fields: a section of fields. Grade and source: a context each. Buttons: actions, five a row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten
from typing import Any, assert_never

from adapters.slack import marks, rich
from bot.core.cards import Block, Button, Card, Field, Image, Option, Paragraph, Quoted, Select
from bot.core.errors import CardFault
from bot.core.inline import Link

Json = dict[str, Any]

BLOCKS = 50
HEADER = 150
SECTION = 3_000
FIELD = 2_000
CONTEXT = 2_000
BUTTON = 75
OPTION = 75
PLACEHOLDER = 150
ALL_TEXT = 9_000
"""Characters in all blocks of a message: Slack documents no limit, took 9,597 and refused 11,341."""
FALLBACK = 600
"""Characters of the line that stands for a card: five times as many, all escaped, are still a text that Slack takes."""
IN_A_ROW = 5

# The end of a sentence, when what follows begins like one; not after an initial or a short title.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?…][”’\"')]*(?=\s+[“‘\"'(]?[A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: `text` for notifications and readers that show no blocks, and the blocks."""

    text: str
    blocks: list[Json]

    def as_body(self) -> Json:
        """Give the parts as Slack's calls and answers name them."""
        return {"text": self.text, "blocks": self.blocks}


def render(card: Card, prefix: str) -> Rendered:
    """Render a card; `prefix` stands before the names of commands, as in `/hr-quote`.

    Raises CardFault for a card that Slack would refuse whatever is done.
    """
    blocks = _laid_out(card, prefix)
    if not _fits(blocks):
        blocks = [rich.everything(card, prefix), *_image(card.image), *_controls(card, prefix)]
    if not _fits(blocks):
        raise CardFault(f"the card “{card.title}” is more than a message of Slack’s holds")
    return Rendered(fallback(card, prefix), blocks)


def fallback(card: Card, prefix: str) -> str:
    """Say a card in one line: its title and its first sentence, or all of a card that is a line anyway.

    An open question's options never stand there.
    """
    first = _first_words(card, prefix)
    between = " " if card.title[-1:] in ".!?:" else ": "
    said = f"{card.title}{between}{first}" if card.title and first else card.title or first
    return marks.escape(shorten(said, FALLBACK, placeholder=" …") if len(said) > FALLBACK else said)


def label(text: str, most: int) -> Json:
    """Make a plain_text object of at most `most` characters.

    Where escaping alone would break the limit the words go as they are: in plain_text nothing is read as markup.
    """
    escaped = marks.escape(text)
    return {
        "type": "plain_text",
        "text": escaped if len(escaped) <= most else marks.clean(text),
        "emoji": False,
    }


def section(text: Json) -> Json:
    """Make a section that is shown whole, however long it is."""
    return {"type": "section", "text": text, "expand": True}


def mrkdwn(text: str) -> Json:
    """Make a mrkdwn object in which Slack looks for no addresses or names of its own accord."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def body(blocks: Sequence[Block], prefix: str) -> list[Json]:
    """Render paragraphs and quotations: as sections, or as rich_text where mrkdwn would garble them."""
    made: list[Json] = []
    for is_text, run in groupby(blocks, lambda block: isinstance(block, Paragraph)):
        members = list(run)
        made += _paragraphs(members, prefix) if is_text else [_quoted(each, prefix) for each in members]
    return made


def option(choice: Option) -> Json:
    """Make one option of a select."""
    return {"text": label(choice.label, OPTION), "value": choice.value}


def _laid_out(card: Card, prefix: str) -> list[Json]:
    header = [{"type": "header", "text": _plain(card.title)}] if card.title else []
    fields = [{"type": "section", "fields": [_field(each) for each in card.fields]}] if card.fields else []
    small = [*_grade(card.grade), *_source(card.footer, card.link)]
    words = [*header, *(body(card.body, prefix) if card.body else []), *fields]
    return [*words, *_image(card.image), *small, *_controls(card, prefix)]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": marks.escape(text), "emoji": False}


def _paragraphs(run: Sequence[Block], prefix: str) -> list[Json]:
    """Join neighbouring paragraphs into one section, or make one each where that is too long."""
    paragraphs = [block for block in run if isinstance(block, Paragraph)]
    joined = _joined(paragraphs, prefix)
    if len(paragraphs) == 1 or _fits([joined]):
        return [joined]
    return [_joined([each], prefix) for each in paragraphs]


def _joined(paragraphs: Sequence[Paragraph], prefix: str) -> Json:
    if not any(marks.needs_marks(part) for each in paragraphs for part in each.parts):
        return section(_plain("\n".join(marks.words(each.parts, prefix) for each in paragraphs)))
    if all(marks.fits_mrkdwn(each.parts, prefix) for each in paragraphs):
        return section(mrkdwn("\n".join(marks.mrkdwn(each.parts, prefix) for each in paragraphs)))
    return rich.body(paragraphs, prefix)


def _quoted(block: Block, prefix: str) -> Json:
    if not isinstance(block, Quoted) or not marks.is_literal(block.text):
        return rich.body([block], prefix)
    return section(mrkdwn("\n".join(f">{line}" for line in marks.escape(block.marked).split("\n"))))


def _field(field: Field) -> Json:
    if marks.is_literal(field.name) and marks.is_literal(field.value):
        return mrkdwn(f"*{marks.escape(field.name).strip()}*\n{marks.escape(field.value)}")
    return _plain(f"{field.name}\n{field.value}")


def _image(image: Image | None) -> list[Json]:
    return [{"type": "image", "image_url": image.url, "alt_text": marks.clean(image.alt)}] if image else []


def _grade(grade: str) -> list[Json]:
    return [{"type": "context", "elements": [_plain(grade)]}] if grade else []


def _source(footer: str, link: Link | None) -> list[Json]:
    """Make the source line; its link stands in an element of its own, so that the line itself needs no marks."""
    elements = [_plain(footer)] if footer else []
    if link is not None and marks.is_literal(link.text):
        elements.append(mrkdwn(marks.link(link.text, link.url)))
    elif link is not None:
        elements += [_plain(link.text), mrkdwn(marks.link("Open", link.url))]
    return [{"type": "context", "elements": elements}] if elements else []


def _controls(card: Card, prefix: str) -> list[Json]:
    rows = [card.buttons[at : at + IN_A_ROW] for at in range(0, len(card.buttons), IN_A_ROW)]
    actions = [{"type": "actions", "elements": [_button(each, prefix) for each in row]} for row in rows]
    return [*actions, *([{"type": "actions", "elements": [_select(card.select)]}] if card.select else [])]


def _button(button: Button, prefix: str) -> Json:
    token = str(button.token)
    return {"type": "button", "action_id": token, "text": label(button.said(prefix), BUTTON), "value": token}


def _select(select: Select) -> Json:
    return {
        "type": "static_select",
        "action_id": str(select.token),
        "placeholder": label(select.placeholder, PLACEHOLDER),
        "options": [option(each) for each in select.options],
    }


def _first_words(card: Card, prefix: str) -> str:
    for block in card.body:
        match block:
            case Paragraph(parts):
                words = marks.words(parts, prefix)
                return words.strip() if card.is_line else _sentence(words)
            case Quoted(text):
                return f"“{_sentence(text)}”"
            case _:
                assert_never(block)
    if card.fields:
        return f"{card.fields[0].name}: {card.fields[0].value}"
    return card.image.alt if card.image else ""


def _sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return (text[: end.end()] if end else text).strip()


def _fits(blocks: Sequence[Json]) -> bool:
    texts = [each for block in blocks for each in _texts(block)]
    within = all(len(text) <= most for text, most in texts)
    return within and len(blocks) <= BLOCKS and sum(len(text) for text, _ in texts) <= ALL_TEXT


def _texts(block: Json) -> Iterator[tuple[str, int]]:
    """Yield every text of a block with the most characters that Slack takes there."""
    match block["type"]:
        case "header":
            yield block["text"]["text"], HEADER
        case "section" if "fields" in block:
            yield from ((each["text"], FIELD) for each in block["fields"])
        case "section":
            yield block["text"]["text"], SECTION
        case "context":
            yield from ((each["text"], CONTEXT) for each in block["elements"])
        case "actions":
            yield from ((text, ALL_TEXT) for each in block["elements"] for text in _labels(each))
        case "rich_text":
            parts = (part for each in block["elements"] for part in each["elements"])
            yield from ((part.get("text", ""), ALL_TEXT) for part in parts)


def _labels(element: Json) -> Iterator[str]:
    yield (element.get("text") or element["placeholder"])["text"]
    yield from (each["text"]["text"] for each in element.get("options", ()))
