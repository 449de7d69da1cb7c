"""Take the article out of an HTML page, block by block.

This is a walk of our own over lxml: it keeps every paragraph, subheading, byline and repeated line of an article, and its title,
where a general extractor that weighs blocks by their size left out the title of four pages in seven.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from content.importer.page import PageFault, Stated

_DEEPEST = 400
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_DEEP = frozenset(
    "p li td th tr dt dd option br img hr input meta link source area base col embed track wbr path circle rect line polygon thead tbody tfoot".split()
)
_DROPPED = frozenset(
    "script style noscript template nav footer aside form button select svg iframe object video audio canvas figure figcaption picture dialog menu".split()
)
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote div section article main header dt dd td pre address time ul ol dl table tr tbody figure body hr".split()
)
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|newsletter|sign-?up|related|share|sharing|social|promo|advert|ads?|subscribe|subscription|comments?|sidebar|breadcrumbs?|nav|navigation|menu"
    r"|pull|pull-?quote|recommended|most-read|popular|teaser|banner|modal|popup|caption|credit|toolbar|skip|footer|tags?|topics|paywall|donate|appeal|author-box|more-on|read-more|outbrain|taboola)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEXT = frozenset({"p", "h1", "h2", "article", "main", "body", "a", "em", "strong", "span"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r" ?\v ?")
_HEADS = ("h1", "h2", "h3", "h4")
_LEAST = 300


def text_of(page: str, name: str) -> str:
    """Return the text of a page's articles, its blocks parted by blank lines.

    Raises:
        PageFault: the page is no HTML that can be walked.
    """
    root = _parse(page, name)
    return "\n\n".join(block for part in _articles(root) for block in _blocks(part))


def stated(page: str, name: str) -> Stated:
    """Return what a page states of itself in JSON-LD and in its meta tags.

    Raises:
        PageFault: the page is no HTML that can be walked.
    """
    root = _parse(page, name)
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(key, " ".join((meta.get("content") or "").split()))
    linked = _linked(root)
    return Stated(
        title=_shown_title(root) or linked.get("headline", "") or metas.get("og:title", ""),
        author=linked.get("author", "")
        or _person(metas.get("author", "") or metas.get("article:author", "")),
        date=(linked.get("date", "") or metas.get("article:published_time", "") or metas.get("date", ""))[
            :10
        ],
        publication=linked.get("publisher", "") or metas.get("og:site_name", ""),
        headings=_headings(root),
    )


def _shown_title(root: Any) -> str:
    """Return the one main heading of the article, empty where there are several or none."""
    found = [heading for part in _articles(root) for heading in part.iter("h1")]
    return " ".join(found[0].text_content().split()) if len(found) == 1 else ""


def _headings(root: Any) -> tuple[str, ...] | None:
    """Return the headings below the title, or None where the page has no tags for headings at all."""
    if next(root.iter(*_HEADS), None) is None:
        return None
    found = (heading for part in _articles(root) for heading in part.iter("h2", "h3", "h4"))
    return tuple(" ".join(heading.text_content().split()) for heading in found)


def _person(name: str) -> str:
    return "" if name.startswith("http") else name


def _linked(root: Any) -> dict[str, str]:
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            held = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(held):
            if "Article" in str(item.get("@type", "")) or item.get("@type") == "Review":
                return {
                    "headline": _name(item.get("headline")),
                    "author": _name(item.get("author")),
                    "date": _name(item.get("datePublished")),
                    "publisher": _name(item.get("publisher")),
                }
    return {}


def _items(held: Any) -> Iterator[dict[str, Any]]:
    for item in held if isinstance(held, list) else [held]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (
                (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()
            )


def _name(value: Any) -> str:
    if isinstance(value, list):
        return " and ".join(name for name in map(_name, value[:3]) if name)
    if isinstance(value, dict):
        return _name(value.get("name"))
    return " ".join(value.split()) if isinstance(value, str) else ""


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
    for closing, tag in _TAG.findall(page):
        if tag.lower() in _NEVER_DEEP:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _DEEPEST:
            raise PageFault(
                f"{name} is nested more than {_DEEPEST} tags deep. Copy the article’s text and import that."
            )


def _articles(root: Any) -> list[Any]:
    """Return the elements that hold an article: each <article> that is no teaser, else <main>, else the whole body."""
    parts = [part for part in root.iter("article") if next(part.iterancestors("article"), None) is None]
    sizes = [len(part.text_content()) for part in parts]
    real = [part for part, size in zip(parts, sizes, strict=True) if size >= max(_LEAST, max(sizes) // 4)]
    if real:
        return real
    main = next(root.iter("main"), None)
    if main is not None and len(main.text_content()) >= _LEAST:
        return [main]
    body = root.find("body")
    return [root if body is None else body]


def _blocks(part: Any) -> Iterator[str]:
    """Yield the text of each block in the order of the page: the walk is a loop, so that no nesting can end it."""
    words: list[str] = []
    pending: list[tuple[Any, bool]] = [(part, False)]
    while pending:
        element, done = pending.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if done or tag == "br":
            if block or (tag == "br" and _breaks(element)):
                yield from _flush(words)
            elif tag == "br":
                words.append("\v")
            if element is not part:
                words.append(element.tail or "")
            continue
        if not tag or (element is not part and _clutter(element, tag)):
            yield from _flush(words) if tag in _DROPPED else ()
            words.append(element.tail or "")
            continue
        if block:
            yield from _flush(words)
        words.append(" " if tag == "span" and _abuts(element) else "")
        words.append(element.text or "")
        pending.append((element, True))
        pending.extend((child, False) for child in reversed(element))
    yield from _flush(words)


def _abuts(element: Any) -> bool:
    """Whether a <span> follows another without a space, as the parts of a byline do."""
    before = element.getprevious()
    return before is not None and before.tag == "span" and not before.tail


def _breaks(element: Any) -> bool:
    """Whether a <br> is one of two, which part paragraphs."""
    following = element.getnext()
    return following is not None and following.tag == "br" and not (element.tail or "").strip()


def _flush(words: list[str]) -> Iterator[str]:
    block = _LINES.sub("\n", _SPACE.sub(" ", "".join(words))).strip(" \n")
    words.clear()
    if block:
        yield block


def _clutter(element: Any, tag: str) -> bool:
    if tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return tag not in _TEXT and bool(
        _CLUTTER.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    )
