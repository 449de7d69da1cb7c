"""Making text safe for a terminal: whoever wrote it, it moves no cursor, sets no colour and hides nothing."""

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The control characters but for tab and newline, ESC and the one-character CSI among them, and lone surrogates."""

_SEPARATORS = re.compile("[\t\u2028\u2029]")

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What takes no room, and what turns the direction of the text around it. The two joiners (U+200C and U+200D) are
not among them: Persian, several Indian scripts and joined emoji are misspelt without.
"""


def clean(text: str) -> str:
    r"""Make text safe, with its newlines kept: controls become U+FFFD, what cannot be seen goes."""
    text = _SEPARATORS.sub(" ", text.replace("\r\n", "\n"))
    return _UNSEEN.sub("", _CONTROLS.sub("\ufffd", text))


def clean_line(text: str) -> str:
    """Make text safe and put it on one line."""
    return clean(text).replace("\n", " ")
