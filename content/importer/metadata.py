"""Read what an HTML page states of its article in its head: JSON-LD and meta tags."""

import html
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from content.importer.byline import signature
from content.importer.dates import find_date

_ARTICLES = re.compile(r"Article|Review|BlogPosting|Reportage")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
)
_DATES = (
    "article:published_time", "article:published", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date",
    "dc.date.issued", "dcterms.created", "dc.date", "date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "hdl")
_SUMMARIES = ("og:description", "description", "twitter:description")
_NOBODY = re.compile(
    r"(?:admin|editor|editors|editorial(?: board)?|staff.*|.* staff|.* (?:reporters?|correspondents?|board|team|desk)|web ?master|guest|anonymous|unknown|user\d*)",
    re.IGNORECASE,
)
_DEEPEST = 6
_HEADINGS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What the head of a page states; `titles` and `summaries` are all there are, to be known again in its text."""

    headline: str = ""
    author: str = ""
    date: str = ""
    publication: str = ""
    window: str = ""
    titles: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()


def metadata(root: Any) -> Metadata:
    """Return what a parsed page states of itself."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(key, _text(meta.get("content")))
    titles = tuple(metas[key] for key in _TITLES if metas.get(key))
    window = " ".join((root.findtext(".//title") or "").split())
    shown = (" ".join(each.text_content().split()) for each in itertools.islice(root.iter("h1"), _HEADINGS))
    linked = _linked(root, (*titles, window, *shown))
    publisher = _name(linked.get("publisher"))
    return Metadata(
        headline=_text(linked.get("headline")) or (titles[0] if titles else ""),
        author=_author(linked, metas, publisher),
        date=next(
            filter(
                None,
                map(find_date, (_text(linked.get("datePublished")), *(metas.get(key, "") for key in _DATES))),
            ),
            "",
        ),
        publication=publisher or metas.get("og:site_name", ""),
        window=window,
        titles=(*filter(None, (_text(linked.get("headline")),)), *titles),
        summaries=tuple(
            filter(None, (_text(linked.get("description")), *(metas.get(key, "") for key in _SUMMARIES)))
        ),
    )


def _author(linked: dict[str, Any], metas: dict[str, str], publisher: str) -> str:
    """Return the persons who are stated to have written the article; no organisation and no mere office."""
    people = list(dict.fromkeys(filter(None, map(_person, _listed(linked.get("author"))))))
    people = [name for name in people if name != publisher]
    if people:
        return ", ".join(people[:-1]) + " and " + people[-1] if len(people) > 1 else people[0]
    names = (_personal(metas.get(key, "")) for key in _AUTHORS)
    return next((name for name in names if name and name not in {publisher, metas.get("og:site_name")}), "")


def _person(value: Any) -> str:
    if isinstance(value, dict) and "Organization" in str(value.get("@type", "")):
        return ""
    return _personal(_name(value))


def _personal(name: str) -> str:
    """Return a stated author as a byline gives it, empty for an address or an office."""
    if not name or "://" in name or name.startswith("@") or _NOBODY.fullmatch(name):
        return ""
    signed = signature(name)
    return signed.names if signed else name


def _linked(root: Any, titles: tuple[str, ...]) -> dict[str, Any]:
    """Return the article of the page's JSON-LD: the one with its title, else the first; what it refers to is put in."""
    items: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            items += _items(json.loads(script.text or "", strict=False), 0)
        except (ValueError, RecursionError):
            continue
    named = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and "name" in item}
    articles = [item for item in items if _ARTICLES.search(str(item.get("@type", "")))]
    same = [item for item in articles if any(alike(_text(item.get("headline")), title) for title in titles)]
    found = next(iter([*same, *articles]), {})
    return {key: _resolved(value, named) for key, value in found.items()}


def alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for the form of their marks, or the second has the site's name behind it."""
    first, second = letters(one), letters(other)
    return bool(first) and (first == second or (len(first) > 12 and second.startswith(first)))


def letters(text: str) -> str:
    """Return the letters and figures of a text alone, to compare it with."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _resolved(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(each, named) for each in value[:20]]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def _items(held: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the things a page's JSON-LD describes: those it lists, and what a web page is about."""
    for item in _listed(held):
        if isinstance(item, dict) and depth < _DEEPEST:
            yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _items(item.get(key), depth + 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str:
    return _text(value.get("name") if isinstance(value, dict) else value)


def _text(value: Any) -> str:
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""
