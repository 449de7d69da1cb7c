"""Read a text as if it were typed plainly, with every character still in its place."""

_PLAIN = {
    **dict.fromkeys(map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "),
    **dict.fromkeys(map(ord, "\r\t\v\f\u200b\u200c\u200d\u2060\ufeff\u00ad"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **dict.fromkeys(map(ord, "\u2028\u2029\u0085"), "\n"),
    ord("\u02bc"): "’",
}  # fmt: skip


def fold(text: str) -> str:
    """Return the text with unusual spaces, hyphens and line ends made plain: as long as the text, offset for offset."""
    return text.translate(_PLAIN)
