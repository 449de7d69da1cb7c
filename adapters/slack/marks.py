"""Words as Slack takes them: escaped everywhere, marked up only where a node of the core's asks for it.

Slack's mrkdwn has no escape for `*`, `_`, `~`, a backtick, a `:name:` or a leading `>`. Zero-width characters do not
help: around a mark they make it work, and they travel along when words are copied or read aloud. So text with such
a character is never sent as mrkdwn: without marks of our own it goes as plain_text, with them as rich_text (`rich`),
where words are words. What is left needs `&`, `<` and `>` replaced, in this order.
"""

import re
from collections.abc import Iterable, Sequence
from typing import assert_never

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
from bot.core.wording import clock, day, hour, moment

# Invisible characters that could hide or turn around the words beside them; the joiners of scripts and emoji stay.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS = re.compile(r"[*_~`]|:(?:[\w'+-]*[^\W\d][\w'+-]*|[+-]1|100|1234):|^\s*[>＞]", re.MULTILINE)
_APART = frozenset(" \n.,:;!?()/-\"'")
_ID = re.compile(r"[A-Z][A-Z0-9]{2,}")
_ADDRESS = str.maketrans({mark: f"%{ord(mark):02X}" for mark in "|<> \n"})

FORMATS = {
    TimeStyle.COUNTDOWN: "{time_secs}",
    TimeStyle.CLOCK: "{time_secs}",
    TimeStyle.MOMENT: "{date_short}, {time}",
    TimeStyle.DAY: "{date_short}",
    TimeStyle.HOUR: "{time}",
}
"""Slack's own date formats, shown in the reader's zone. None has a weekday and fits into a sentence as well."""


def clean(text: str) -> str:
    """Give text without the invisible characters that could mislead about the rest."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))


def escape(text: str) -> str:
    """Give text as Slack's text objects take it: the ampersand first, so that nothing is replaced twice."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_id(text: str) -> bool:
    """Whether this is an id of Slack's, as channels, people and user groups have."""
    return _ID.fullmatch(text) is not None


def needs_marks(node: Inline) -> bool:
    """Whether a node is more than words: something that Slack must make out of it."""
    match node:
        case Text() | CommandName():
            return False
        case Strong() | Emphasis() | Link() | Time():
            return True
        case Channel(number, _):
            return is_id(number)
        case Mention(number, _, notify):
            return notify and is_id(number)
        case _:
            assert_never(node)


def is_literal(text: str) -> bool:
    """Whether mrkdwn would show this text as it is, once escaped."""
    return _MARKS.search(text) is None


def fits_mrkdwn(parts: Sequence[Inline], prefix: str) -> bool:
    """Whether mrkdwn can show these parts exactly: no stray marks, and its own ones where Slack sees them."""
    shown = [_shown_words(part, prefix) for part in parts]
    if not all(map(is_literal, shown)):
        return False
    around = ["", *shown, ""]
    for before, part, after in zip(around, parts, around[2:], strict=False):
        if isinstance(part, Strong | Emphasis) and not _stands_apart(part.text, before[-1:], after[:1]):
            return False
    return True


def _shown_words(node: Inline, prefix: str) -> str:
    """Say the words that mrkdwn would hold for a node; what Slack itself fills in counts as one character."""
    filled_in = isinstance(node, Time | Channel | Mention) and needs_marks(node)
    return "@" if filled_in else said(node, prefix)


def _stands_apart(text: str, before: str, after: str) -> bool:
    outside = all(not side or side in _APART for side in (before, after))
    return outside and bool(text) and text == text.strip() and "\n" not in text


def mrkdwn(parts: Iterable[Inline], prefix: str) -> str:
    """Render inline nodes as mrkdwn; `prefix` stands before the names of commands."""
    return "".join(_marked(part, prefix) for part in parts)


def words(parts: Iterable[Inline], prefix: str) -> str:
    """Say inline nodes in bare words, not escaped yet."""
    return "".join(said(part, prefix) for part in parts)


def said(node: Inline, prefix: str) -> str:
    """Say one node in bare words; a moment in the zone that stands in it."""
    match node:
        case Text(text) | Strong(text) | Emphasis(text) | Link(text, _):
            return text
        case Time(at, zone, style):
            return time_words(at, zone, style)
        case Channel(_, name):
            return f"#{name.removeprefix('#')}"
        case Mention(_, name):
            return name
        case CommandName():
            return node.said(prefix)
        case _:
            assert_never(node)


def time_words(at: int, zone: str, style: TimeStyle) -> str:
    """Say a moment as the console does: what Slack shows where it cannot show the reader's own time."""
    match style:
        case TimeStyle.COUNTDOWN | TimeStyle.CLOCK:
            return clock(at, zone)
        case TimeStyle.MOMENT:
            return moment(at, zone)
        case TimeStyle.DAY:
            return day(at, zone)
        case TimeStyle.HOUR:
            return hour(at, zone)
        case _:
            assert_never(style)


def link(text: str, url: str) -> str:
    """Render a link as mrkdwn."""
    return f"<{escape(url.translate(_ADDRESS))}|{escape(text)}>"


def _marked(node: Inline, prefix: str) -> str:
    match node:
        case Text() | CommandName():
            return escape(said(node, prefix))
        case Strong(text):
            return f"*{escape(text)}*"
        case Emphasis(text):
            return f"_{escape(text)}_"
        case Link(text, url):
            return link(text, url)
        case Time(at, _, style):
            return f"<!date^{at}^{FORMATS[style]}|{said(node, prefix)}>"
        case Channel() | Mention():
            return _reference(node, prefix)
        case _:
            assert_never(node)


def _reference(node: Channel | Mention, prefix: str) -> str:
    if not needs_marks(node):
        return escape(said(node, prefix))
    match node:
        case Channel(number, _):
            return f"<#{number}>"
        case Mention(number, _, _, role):
            return f"<!subteam^{number}>" if role else f"<@{number}>"
        case _:
            assert_never(node)
