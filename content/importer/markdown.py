"""Take the signs of Markdown off a text, and leave its words and paragraphs."""

import re

_FRONT = re.compile(r"\A---\n[^\0]{0,4000}?\n---\n")
_FENCE = re.compile(r"^(?:```|~~~)[^\n]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6} +([^\n]*?)(?: +#+)?$", re.MULTILINE)
_UNDERLINE = re.compile(r"^(?:=+|-{2,}) *$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
_BULLET = re.compile(r"^ {0,3}[*+-] +", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^\n*_]{1,500}?)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,200})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>\"'~|-])")


def plain(text: str) -> str:
    """Return the text of a Markdown page, a heading as a line of its own with blank lines around it."""
    text = text.replace("\r\n", "\n")
    text = _FRONT.sub("", text)
    text = _FENCE.sub("", text)
    text = _HEADING.sub(r"\n\1\n", text)
    text = _UNDERLINE.sub("", text)
    text = _QUOTED.sub("", text)
    text = _BULLET.sub("", text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    for pattern in (_STRONG, _EMPHASIS):
        text = pattern.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text)
