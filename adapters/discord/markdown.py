"""Words as Discord's Markdown: text stays text, and only what the core's nodes ask for becomes markup.

Discord reads markup in contents, and in an embed's title, description and fields; not in footers, labels or
options, where `clean` is enough.
"""

import re
from collections.abc import Iterable
from typing import assert_never

from bot.core.cards import Block, Paragraph, Quoted
from bot.core.inline import (
    Channel,
    CommandName,
    Emphasis,
    Inline,
    Link,
    Mention,
    Strong,
    Text,
    Time,
    TimeStyle,
)

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, invisible spaces, and what turns the direction of everything after it. The joiners that Persian,
# Indic scripts and emoji are written with stay.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
# Backslash, emphasis, code, spoilers, links; `<` begins every mention, emoji and timestamp. An address becomes a link
# by its `://` alone, a name between colons an emoji.
_MARKS = re.compile(
    r"[\\*_~`|\[\]<]|@(?=everyone|here)|(?<=:)/(?=/)|:(?=(?:[+-]1|100|1234|[\w+-]*[^\W\d][\w+-]*):)"
)
_BEGINS_A_BLOCK = re.compile(r"^([ \t]*)([-+#>])", re.MULTILINE)
_BEGINS_AN_ITEM = re.compile(r"^([ \t]*\d+)([.)])", re.MULTILINE)
_BREAKS_A_LINK = str.maketrans({mark: f"%{ord(mark):02X}" for mark in '()<>\\"`|* \t\r\n'})
_APART = "\u200b"


def clean(text: str) -> str:
    """Give text without what could hide or turn around other text; lines end in a plain line feed."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def escape(text: str) -> str:
    """Give text that Discord shows as it is: no emphasis, link, mention, block or list comes of it."""
    return _whole_lines(_escaped(text))


def paragraph(parts: Iterable[Inline]) -> str:
    """Render one run of inline nodes."""
    joined = ""
    for part in map(_inline, parts):
        # Two runs of asterisks side by side would be read as one.
        joined += f"{_APART}{part}" if joined.endswith("*") and part.startswith("*") else part
    return _whole_lines(joined)


def quoted(text: str) -> str:
    """Render a quotation, its marks included, as a block."""
    return "\n".join(f"> {line}" for line in _whole_lines(_escaped(text)).split("\n"))


def block(node: Block) -> str:
    """Render a paragraph or a quotation."""
    match node:
        case Paragraph(parts):
            return paragraph(parts)
        case Quoted():
            return quoted(node.marked)
        case _:
            assert_never(node)


def _inline(node: Inline) -> str:
    match node:
        case Text(text):
            return _escaped(text)
        case Strong(text):
            return _marked("**", text)
        case Emphasis(text):
            return _marked("*", text)
        case Link() | Time() | Channel() | Mention():
            return _live(node)
        case CommandName():
            return _escaped(node.said())
        case _:
            assert_never(node)


def _live(node: Link | Time | Channel | Mention) -> str:
    """Render what Discord itself fills in or leads to; by its name where the id is none of Discord's."""
    match node:
        case Link(text, url):
            # The angle brackets keep Discord from unfolding a preview of the page.
            return f"[{_escaped(text)}](<{clean(url).translate(_BREAKS_A_LINK)}>)"
        case Time():
            return _time(node)
        case Channel(number, name):
            return f"<#{number}>" if number.isdecimal() else _escaped(f"#{name}")
        case Mention(number, name, notify, role):
            return f"<@{'&' if role else ''}{number}>" if notify and number.isdecimal() else _escaped(name)
        case _:
            assert_never(node)


def _time(time: Time) -> str:
    match time.style:
        case TimeStyle.COUNTDOWN:
            return f"<t:{time.at}:T> (<t:{time.at}:R>)"
        case TimeStyle.CLOCK:
            return f"<t:{time.at}:T>"
        case TimeStyle.MOMENT:
            return f"<t:{time.at}:f>"
        case TimeStyle.DAY:
            return f"<t:{time.at}:D>"
        case TimeStyle.HOUR:
            return f"<t:{time.at}:t>"
        case _:
            assert_never(time.style)


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", clean(text))


def _marked(mark: str, text: str) -> str:
    """Set marks around words; blanks at either end stay outside, or Discord would show the marks."""
    words = _escaped(text)
    bare = words.strip()
    return words.replace(bare, f"{mark}{bare}{mark}", 1) if bare else words


def _whole_lines(text: str) -> str:
    """Disarm what means something at the beginning of a line alone: headings, lists, quotations."""
    return _BEGINS_AN_ITEM.sub(r"\1\\\2", _BEGINS_A_BLOCK.sub(r"\1\\\2", text))
