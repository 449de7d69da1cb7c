"""A long text in pages: cut between paragraphs where that can be, else between sentences, and never inside one."""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+")


def pages(text: str, most: int) -> tuple[str, ...]:
    """Cut a text into pages of at most `most` characters; a text that fits is one page.

    A sentence that is longer than a page is cut between words.
    """
    made: list[str] = []
    for piece, gap in _pieces(text, most):
        if made and len(made[-1]) + len(gap) + len(piece) <= most:
            made[-1] = f"{made[-1]}{gap}{piece}"
        else:
            made.append(piece)
    return tuple(made) or (text,)


def _pieces(text: str, most: int) -> Iterator[tuple[str, str]]:
    """Give what is not cut further, each with what stands before it where it goes on on the same page."""
    for paragraph in text.split("\n\n"):
        gap = "\n\n"
        for sentence in [paragraph] if len(paragraph) <= most else _sentences(paragraph):
            for piece in [sentence] if len(sentence) <= most else _words(sentence, most):
                yield piece, gap
                gap = " "


def _sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        yield paragraph[start : end.end()].rstrip()
        start = end.end()
    if paragraph[start:]:
        yield paragraph[start:]


def _words(sentence: str, most: int) -> Iterator[str]:
    rest = sentence
    while len(rest) > most:
        cut = rest.rfind(" ", 1, most + 1)
        cut = cut if cut > 0 else most
        yield rest[:cut]
        rest = rest[cut:].lstrip()
    if rest:
        yield rest
