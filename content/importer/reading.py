"""Turn a file as people have it into text: HTML, Markdown or plain, in whatever encoding it came."""

import codecs
import re

from content.importer.page import PageFault
from content.importer.stated import Stated

LARGEST = 2_000_000
"""Bytes of a file that are read at most."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_MADE_BY = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip or a Word document"), (b"\xd0\xcf\x11\xe0", "a Word document"), (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"SQLite format 3", "a database"),
)  # fmt: skip
_HTML = re.compile(
    r"<(?:!doctype html|/?(?:html|head|body|article|main|section|div|span|p|br|meta|title|h[1-6]|table|blockquote|pre|[uod]l|font|center|em|strong|[abi]))\b",
    re.IGNORECASE,
)
_WESTERN_SIGNS = frozenset(
    b"\x80\x82\x83\x84\x85\x86\x87\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa1\xa2\xa3\xa7\xa9\xab\xae\xb0\xb1\xb2\xb3\xb4\xb7\xba\xbb\xbc\xbd\xbe\xbf"
)
_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^\W_][.?!…][\"'”’»)\]]*(?:\s|$)")


def read(raw: bytes, name: str) -> str:
    """Return the text of a file called `name`; offsets into it are what every later stage speaks of.

    Raises:
        PageFault: the file holds no page that can be read, in a sentence that says what to do.
    """
    return text_in(opened(raw, name), name)[0]


def opened(raw: bytes, name: str) -> str:
    """Return the characters of a file that is neither empty nor too large, its markup among them.

    Raises:
        PageFault: it is one of the two, or no text.
    """
    if not raw:
        raise PageFault(f"{name} is empty. Save the article’s text in it and import it again.")
    if len(raw) > LARGEST:
        raise PageFault(
            f"{name} is larger than {LARGEST // 1_000_000} MB. Import the article’s text alone, without images."
        )
    return decode(raw, name)


def text_in(page: str, name: str) -> tuple[str, tuple[Stated, ...]]:
    """Return the text of a page without its markup, and what an HTML page states of its articles.

    Raises:
        PageFault: there is none that can be read.
    """
    text = page
    stated: tuple[Stated, ...] = ()
    if is_html(page, name):
        from content.importer.html import written  # noqa: PLC0415 - lxml is needed for HTML alone

        text, stated = written(page, name)
    elif name.lower().endswith((".md", ".markdown")):
        from content.importer.markdown import plain  # noqa: PLC0415 - needed for Markdown alone

        text = plain(page)
    _check(text, name)
    return text, stated


def is_html(text: str, name: str) -> bool:
    """Whether a text is HTML, by its file's name or its first tags."""
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return bool(_HTML.search(text[:5000])) and (named or text.lstrip()[:1] == "<")


def decode(raw: bytes, name: str) -> str:
    """Return the characters of a file: by its byte order mark, as UTF-8, as it declares, or as Windows would write it.

    Raises:
        PageFault: it is no text, or its encoding cannot be told.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _strictly(raw, encoding, name)
    _check_binary(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        declared = _DECLARED.search(raw[:4096])
        encoding = _western(declared[1].decode("ascii").lower()) if declared else ""
        if encoding and encoding not in {"utf-8", "utf8"} and _known(encoding):
            return _strictly(raw, encoding, name)
        if not _looks_western(raw):
            at = fault.start
            raise PageFault(
                f"{name} is not valid UTF-8: byte {at + 1:,} is damaged. Save it again as UTF-8."
            ) from fault
        return raw.decode("windows-1252", errors="replace")


def _western(encoding: str) -> str:
    """Read Latin-1 as browsers do: with the marks that Windows puts into its unused places."""
    return (
        "windows-1252"
        if encoding in {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
        else encoding
    )


def _known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - the only way to tell text encodings from others
    except LookupError:
        return False


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise PageFault(
            f"{name} says that it is {encoding.removesuffix('-sig').upper()}, but it is not. Save it again as UTF-8."
        ) from fault
    if "\0" in text:
        raise PageFault(f"{name} is not a text file. Import text, HTML or Markdown.")
    return text


def _check_binary(raw: bytes, name: str) -> None:
    for begins, kind in _MADE_BY:
        if raw.startswith(begins):
            raise PageFault(f"{name} is {kind}, not text. Save the article as text or HTML and import that.")
    control = sum(raw.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\x1b")
    if b"\0" in raw or control * 100 > len(raw):
        raise PageFault(f"{name} is not a text file. Import text, HTML or Markdown.")


def _looks_western(raw: bytes) -> bool:
    """Whether every byte above ASCII is a mark or an accented letter as Windows-1252 has them."""
    if re.search(rb"[\xc2-\xdf][\x80-\xbf](?![\x80-\xbf])|[\xe0-\xef][\x80-\xbf]{2}", raw):
        return False
    padded = b" " + raw + b" "
    high = [place for place, byte in enumerate(padded) if byte > 127]
    if len(high) * 8 > len(raw):
        return False
    return all(
        padded[place] in _WESTERN_SIGNS
        or (0xC0 <= padded[place] <= 0xFD and (_letter(padded[place - 1]) or _letter(padded[place + 1])))
        for place in high
    )


def _letter(byte: int) -> bool:
    return bytes([byte]).isalpha() or byte >= 0xC0


def _check(text: str, name: str) -> None:
    if not text.strip():
        raise PageFault(f"{name} has no text. Save the article’s text in it and import it again.")
    start = _WORDS.findall(text[:20_000])
    if len(start) == 1:
        raise PageFault(f"{name} has one word only, “{start[0][:40]}”. Import a whole article.")
    if not _SENTENCE.search(text):
        raise PageFault(f"{name} has no whole sentence. Import an article’s text.")
