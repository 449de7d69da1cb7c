"""Take the articles out of an HTML page: their text, and what the page states and marks of it."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from content.importer.blocks import blocks
from content.importer.clutter import is_aside, leads_away
from content.importer.dates import find_date
from content.importer.lines import LineKind
from content.importer.marking import is_titled, kept, kinds_of
from content.importer.metadata import Metadata, metadata
from content.importer.page import PageFault
from content.importer.stated import Stated

_DEEPEST = 400
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>]*?(/)?>)?")
_NO_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_NEVER_DEEP = frozenset(
    "p li td th tr dt dd option br img hr input meta link source area base col embed track wbr path circle rect line polygon thead tbody tfoot".split()
)
_LEAST = 300
_PARAGRAPH = 80
_FEW = 2


def written(page: str, name: str) -> tuple[str, tuple[Stated, ...]]:
    """Return the text of a page's articles, its blocks parted by blank lines, and what is stated of each article.

    Raises:
        PageFault: the page is no HTML that can be walked.
    """
    root = _parse(page, name)
    head = metadata(root)
    texts: list[str] = []
    stated: list[Stated] = []
    at = 0
    parts = _articles(root, head)
    for part in parts:
        found = kept(blocks(part))
        starts = []
        for block in found:
            starts.append(at)
            at += len(block.text) + 2
        kinds = kinds_of(found, head, alone=len(parts) == 1)
        stated += _stated(part, dict(zip(starts, kinds, strict=True)), head, alone=len(parts) == 1)
        texts += [block.text for block in found]
    return "\n\n".join(texts), tuple(stated)


def _stated(part: Any, kinds: dict[int, LineKind | None], head: Metadata, *, alone: bool) -> Iterator[Stated]:
    """Yield what is stated of each article of a part: what the page's head says holds for an article that stands alone."""
    marked = {at: kind for at, kind in kinds.items() if kind is not None}
    begun = [at for at, kind in marked.items() if kind is LineKind.TITLE]
    begun[:1] = [min(kinds, default=0)]
    for place, start in enumerate(begun):
        end = begun[place + 1] if place + 1 < len(begun) else None
        own = {at: kind for at, kind in marked.items() if start <= at and (end is None or at < end)}
        if alone and len(begun) == 1:
            yield Stated(
                start=start,
                title=head.headline,
                author=head.author,
                date=head.date or _timed(part),
                publication=head.publication,
                marked=own,
            )
        else:
            yield Stated(start=start, publication=head.publication, marked=own)


def _timed(part: Any) -> str:
    """Return the date of the first <time> of an article, where it stands neither in a paragraph nor in a comment."""
    first = next((each for each in part.iter("time") if each.get("datetime")), None)
    if first is None or first.getparent().tag in {"p", "li"} or is_aside(first, {}):
        return ""
    return find_date(first.get("datetime"))


def _parse(page: str, name: str) -> Any:
    _check_depth(page, name)
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise PageFault(f"{name} has no text. Save the article’s page again, or import its text.") from fault
    return root


def _check_depth(page: str, name: str) -> None:
    depth = 0
    for closing, tag, alone in _TAG.findall(_NO_TAGS.sub("", page)):
        if alone or tag.lower() in _NEVER_DEEP:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _DEEPEST:
            raise PageFault(
                f"{name} is nested more than {_DEEPEST} tags deep. Copy the article’s text and import that."
            )


def _articles(root: Any, head: Metadata) -> list[Any]:
    """Return the elements that hold an article: each <article> that is no teaser, else <main>, else the whole body."""
    known: dict[Any, bool] = {}
    parts = [
        part
        for part in root.iter("article")
        if next(part.iterancestors("article"), None) is None and not is_aside(part, known)
    ]
    headed = [part for part in parts if next(part.iter("h1"), None) is not None]
    if headed:
        parts = [part for part in parts if part in headed or not _is_teaser(part)]
    sizes = [len(part.text_content()) for part in parts]
    real = [
        part
        for part, size in zip(parts, sizes, strict=True)
        if size >= max(_LEAST, max(sizes) // 4)
        or (size >= _LEAST and _has_paragraphs(part))
        or headed == [part]
    ]
    if real:
        return real if len(real) > 1 else [_with_title(real[0], root, head)]
    main = next((each for each in root.iter() if each.tag == "main" or each.get("role") == "main"), None)
    if main is not None and len(main.text_content()) >= _LEAST:
        return [_with_title(main, root, head)]
    body = root.find("body")
    return [root if body is None else body]


def _is_teaser(part: Any) -> bool:
    """Whether an element's heading leads to another page."""
    heading = next(part.iter("h2", "h3", "h4"), None)
    return heading is not None and any(
        leads_away(link) for link in (*heading.iter("a"), *heading.iterancestors("a"))
    )


def _has_paragraphs(part: Any) -> bool:
    """Whether an element has several paragraphs of some length, as no teaser has."""
    return sum(len(each.text_content()) > _PARAGRAPH for each in part.iter("p")) > _FEW


def _with_title(part: Any, root: Any, head: Metadata) -> Any:
    """Return an article, or what holds both it and its title where that stands outside."""
    if next(part.iter("h1"), None) is not None:
        return part
    titles = (each for each in root.iter("h1") if is_titled(each.text_content(), head))
    title = next(titles, None)
    if title is None:
        return part
    above = set(title.iterancestors())
    return next((each for each in part.iterancestors() if each in above), part)
