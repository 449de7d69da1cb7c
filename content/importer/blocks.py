"""Walk the part of an HTML page that holds an article, and take its text block by block.

This is a walk of our own over lxml: it keeps every paragraph, subheading, byline and repeated line of an article, and its title,
where a general extractor that weighs blocks by their size left out the title of four pages in seven.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any

from content.importer.clutter import Clutter, leads_away, named

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote div section article main header hgroup dt dd td th pre address ul ol dl table caption thead tbody tfoot tr"
    " figure body hr center details summary fieldset".split()
)
_INLINE = frozenset({"span", "a", "time"})
_RUNNING = frozenset({"p", "em", "strong", "span", "a", "b", "i", "li"})
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_LABEL_ABOVE = re.compile(r"^([^\n.?!]{1,60}:)\n")
_FOOTNOTE = re.compile(r"\W*\d{0,3}\W*")
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|dek|deck|sub-?title|sub-?head(?:line)?|summary|strap-?line|teaser|abstract|excerpt|intro)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author|contributor|writer)s?(?:$|[\s_-])", re.IGNORECASE)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|date-?line|time|timestamp|pub-?date|published|publish-?date|posted-on)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WRITER = re.compile(
    r"(?:^|[\s_-])(?:bio|author-?(?:bio|info|card)|about-?(?:the-?)?author)(?:$|[\s_-])", re.IGNORECASE
)
_SPACED = frozenset({"aside", "figure", "nav", "form", "footer"})
_SPEAKER = re.compile(r"(?:^|[\s_-])speakers?(?:-?name)?(?:$|\s)", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:[A-Z(][\w.’')-]*|de|van|von|of|the)){0,5}")
_BOLD = ("b", "strong")
_LONGEST_LABEL = 60
_WIDTH = (45, 100)
_MOST = 0.8


class Sign(Flag):
    """What the tags around a text say of it."""

    NONE = 0
    MAIN_HEADING = auto()
    HEADING = auto()
    STRONG = auto()
    LINKED = auto()
    QUOTED = auto()
    STANDFIRST = auto()
    BYLINE = auto()
    DATE = auto()
    ABOUT_WRITER = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a line of a page, with what the tags say of nearly all of it."""

    text: str
    signs: Sign


_TAGS = {
    "h1": Sign.MAIN_HEADING, "h2": Sign.HEADING, "h3": Sign.HEADING, "h4": Sign.HEADING, "b": Sign.STRONG, "strong": Sign.STRONG,
    "blockquote": Sign.QUOTED, "address": Sign.BYLINE, "time": Sign.DATE,
}  # fmt: skip


class _Pieces:
    """The texts of the block that is being read, each with the signs that stand over it."""

    def __init__(self) -> None:
        self.held: list[tuple[str, Sign]] = []
        self.labelled = False

    def add(self, text: str | None, signs: Sign) -> None:
        """Take a text, if there is any."""
        if text:
            self.held.append((text, signs))
            self.labelled = self.labelled and not text.strip()

    def last(self) -> str:
        """Return the last character, empty where there is none."""
        return self.held[-1][0][-1:] if self.held else ""

    def label(self, signs: Sign) -> None:
        """Make what stands alone so far, if it is short enough for a name, the label of what follows."""
        text = "".join(piece for piece, _ in self.held).strip()
        if 0 < len(text) <= _LONGEST_LABEL and (text[-1].isalnum() or text[-1] in ":)."):
            self.held = [(text, self.held[0][1]), (" " if text[-1] == ":" else ": ", signs)]
            self.labelled = True

    def take(self) -> Block | None:
        """Return what was taken as one block, and begin the next; None for nothing but spaces."""
        held, self.held, self.labelled = self.held, [], False
        if not held:
            return None
        lines = "".join(piece for piece, _ in held).translate(_UNSEEN).split("\v")
        text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        text = _LABEL_ABOVE.sub(r"\1 ", text) if "\n" in text else text
        return Block(text, _over(held)) if text else None


def blocks(part: Any) -> list[Block]:
    """Return the blocks of a part of a page in their order."""
    return _Walk(part).found


class _Walk:
    """A walk through a part of a page: a loop, so that no nesting can end it."""

    def __init__(self, part: Any) -> None:
        self.found: list[Block] = []
        self._part = part
        self._clutter = Clutter(part)
        self._speakers = _speakers(part)
        self._pieces = _Pieces()
        self._pending: list[tuple[Any, Sign, bool]] = [(part, Sign.NONE, False)]
        while self._pending:
            element, around, done = self._pending.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if done:
                self._leave(element, tag, around)
            else:
                self._enter(element, tag, around)
        self._flush()

    def _enter(self, element: Any, tag: str, around: Sign) -> None:
        block = _is_block(element, tag)
        if element is not self._part and (
            not tag or self._clutter.holds(element) or _is_footnote(element, tag)
        ):
            if block or tag in _SPACED:
                self._flush()
            self._pieces.add(element.tail, around)
        elif tag == "br":
            self._break(element, around)
        elif tag == "pre":
            self._flush()
            self.found += _preformatted(element)
            self._pieces.add(element.tail, around)
        else:
            if block and not self._pieces.labelled:
                self._flush()
            own = _signs(element, tag)
            signs = around | own if own else around
            if tag == "q" or (tag in _INLINE and _abuts(element, self._pieces.last())):
                self._pieces.add("“" if tag == "q" else " ", signs)
            self._pieces.add(element.text, signs)
            self._pending.append((element, around, True))
            self._pending.extend((child, signs, False) for child in reversed(element))

    def _leave(self, element: Any, tag: str, around: Sign) -> None:
        if tag == "q":
            self._pieces.add("”", around)
        if self._is_label(element, tag):
            self._pieces.label(around)
        if _is_block(element, tag) and not self._pieces.labelled:
            self._flush()
        if element is not self._part:
            self._pieces.add(element.tail, around)

    def _break(self, element: Any, around: Sign) -> None:
        if _breaks(element):
            self._flush()
        elif not self._pieces.labelled:
            self._pieces.add(" " if around & (Sign.MAIN_HEADING | Sign.HEADING) else "\v", around)
        self._pieces.add(element.tail, around)

    def _is_label(self, element: Any, tag: str) -> bool:
        """Whether an element names who says what follows: a term above its text, a speaker's class, a name set bold again and again."""
        if (element.tail or "").lstrip()[:1] == ":":
            return False
        if tag == "dt":
            following = element.getnext()
            return following is not None and following.tag == "dd"
        if tag in _BOLD:
            return element.text is not None and element.text.strip() in self._speakers
        return bool(_SPEAKER.search(named(element)))

    def _flush(self) -> None:
        block = self._pieces.take()
        if block is not None:
            self.found.append(block)


def _is_block(element: Any, tag: str) -> bool:
    return tag in _BLOCKS or "-" in tag or (tag == "time" and element.getparent().tag not in _RUNNING)


def _speakers(part: Any) -> frozenset[str]:
    """Return the names that are set bold at the beginning of several paragraphs, without a colon, as a transcript has them."""
    counted = Counter(
        element.text.strip()
        for element in part.iter(*_BOLD)
        if element.text
        and not len(element)
        and element.getprevious() is None
        and not (element.getparent().text or "").strip()
    )
    often = [name for name, times in counted.items() if times > 1 and _NAME.fullmatch(name)]
    return frozenset(often) if len(often) > 1 else frozenset()


def _signs(element: Any, tag: str) -> Sign:
    signs = _TAGS.get(tag, Sign.NONE)
    if tag == "a":
        signs |= Sign.LINKED if leads_away(element) else Sign.NONE
        signs |= Sign.BYLINE if element.get("rel") == "author" else Sign.NONE
    names = named(element)
    if names:
        signs |= Sign.STANDFIRST if _STANDFIRST.search(names) else Sign.NONE
        signs |= Sign.BYLINE if _BYLINE.search(names) else Sign.NONE
        signs |= Sign.DATE if _DATE.search(names) else Sign.NONE
        signs |= Sign.ABOUT_WRITER if _WRITER.search(names) else Sign.NONE
    return signs


def _abuts(element: Any, before: str) -> bool:
    """Whether an element begins a word without a space before it, as the parts of a byline do."""
    first = next((piece for piece in element.itertext() if piece), "")[:1]
    if "time" in {element.tag, element.getparent().tag}:
        return before.isalnum()
    return (before.islower() or before.isdigit()) and (
        first.isupper() or (first.isdigit() and before.islower())
    )


def _breaks(element: Any) -> bool:
    """Whether a <br> is one of two, which part paragraphs."""
    following = element.getnext()
    return following is not None and following.tag == "br" and not (element.tail or "").strip()


def _is_footnote(element: Any, tag: str) -> bool:
    """Whether a raised figure or star points to a note."""
    return tag == "sup" and bool(_FOOTNOTE.fullmatch(element.text_content()[:20]))


def _preformatted(element: Any) -> Iterator[Block]:
    """Return the paragraphs of a text that is shown as it was typed; one whose lines were all broken at a width is one line."""
    for paragraph in re.split(r"\n[ \t\r]*\n", element.text_content().translate(_UNSEEN)):
        lines = list(filter(None, (" ".join(line.split()) for line in paragraph.split("\n"))))
        wrapped = all(_WIDTH[0] < len(line) < _WIDTH[1] for line in lines[:-1])
        text = (" " if wrapped else "\n").join(lines)
        if text:
            yield Block(text, Sign.NONE)


def _over(held: list[tuple[str, Sign]]) -> Sign:
    """Return the signs that stand over nearly all of a block."""
    sizes: dict[Sign, int] = {}
    for piece, signs in held:
        sizes[signs] = sizes.get(signs, 0) + len(piece.strip())
    if len(sizes) == 1:
        return next(iter(sizes))
    least = sum(sizes.values()) * _MOST
    found = Sign.NONE
    for sign in Sign:
        if sum(size for signs, size in sizes.items() if sign in signs) >= least:
            found |= sign
    return found
