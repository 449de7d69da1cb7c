"""Tell which elements of an HTML page belong to the site rather than to its article."""

import itertools
import re
from typing import Any

from content.importer.lines import CLOSING, LineKind, classify, is_bio

_DROPPED = frozenset(
    "script style noscript template nav footer aside form button select svg iframe object video audio canvas figure figcaption picture dialog menu"
    " textarea input math del".split()
)
_NAMED = (
    "class",
    "id",
    "data-component",
    "data-testid",
    "data-qa",
    "data-module",
    "data-gu-name",
    "aria-label",
    "role",
    "itemprop",
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|newsletters?|sign-?up|related\w*|relatedposts|shar(?:e|ing)\w*|social|promos?|promoted|promotions?|advert\w*|ads?|sponsored|subscri\w+"
    r"|comments?|comment-?\w*(?:list|area|body|content|section)|discussion|disqus|viafoura|respond|sidebar|breadcrumbs?|nav|navbar|navigation|menu|pull|pull-?quotes?|recommend\w*|(?:most|more)-[\w-]+|popular|trending|teasers?"
    r"|banner|modal|popup|captions?|credits?|toolbar|skip|footer|tags|tag-?(?:list|cloud|links?)|topics|paywall|donat\w+|appeal|author-box|read-more|outbrain|taboola"
    r"|links-block|rich-?link|inline-?link|next-article|prev-next|up-next|playlist|widget-area|complementary|contentinfo|dialog|search|twitter-tweet|instagram-media|tiktok-embed"
    r"|audio-module|sr-only|visually-?hidden|screen-?reader(?:-text)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|off-?screen)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|discuss|disqus|viafoura|respond", re.IGNORECASE)
_TEXT = frozenset({"p", "h1", "h2", "article", "main", "body", "a", "em", "strong", "span", "b", "i"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.6
_FEW = 2
_FOOT = 8
_LONGEST_NOTE = 400


class Clutter:
    """Judges the elements of the part of a page that holds an article."""

    def __init__(self, part: Any) -> None:
        self._spared = {above for head in part.iter("h1") for above in head.iterancestors()}
        self._mass = _mass(part)

    def holds(self, element: Any) -> bool:
        """Whether an element is the site's own: what it holds is no part of the article."""
        if element in self._spared:
            return False
        tag = element.tag
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if _HIDDEN.search(element.get("style") or ""):
            return True
        names = named(element)
        if tag in _TEXT:
            return bool(_UNSEEN.search(names)) or (tag == "p" and "advert" in names.lower())
        if tag not in _DROPPED and not _CLUTTER.search(names):
            return tag in {"ul", "ol"} and _is_list_of_links(element)
        if "footer" in {tag, *names.lower().split()} and _closes(element):
            return False
        wraps = (tag == "form" or tag not in _DROPPED) and not _COMMENTS.search(names)
        return not (wraps and _mass(element) > _MOST * self._mass)


def is_aside(element: Any) -> bool:
    """Whether an element that could be an article is a comment, a teaser, or stands among such."""
    if next(element.iter("h1"), None) is not None:
        return False
    above = (each for each in element.iterancestors() if each.tag not in {"body", "html", "main"})
    return any(
        each.tag in {"aside", "nav", "footer"} or _CLUTTER.search(named(each)) for each in (element, *above)
    )


def named(element: Any) -> str:
    """Return what an element's attributes call it, in words parted by hyphens."""
    given = element.attrib
    return _HUMP.sub("-", " ".join(given[key] for key in _NAMED if key in given)) if given else ""


def _closes(element: Any) -> bool:
    """Whether a footer is the article's own: it says who wrote it or where it appeared."""
    lines = [
        " ".join(each.text_content().split()) for each in itertools.islice(element.iter("p", "div"), _FOOT)
    ]
    return any(
        classify(line) in CLOSING - {LineKind.EVENT} or is_bio(line)
        for line in lines
        if len(line) < _LONGEST_NOTE
    ) and (next(element.iterancestors("article"), None) is not None)


def _is_list_of_links(element: Any) -> bool:
    """Whether every entry of a list is a link to another page and nothing else: a menu, or other articles."""
    entries = [each for each in element if each.tag == "li"]
    return len(entries) > _FEW and all(_is_link(each) for each in entries)


def _is_link(element: Any) -> bool:
    links = sum(len("".join(link.itertext()).strip()) for link in element.iter("a") if leads_away(link))
    return bool(links) and links >= 0.9 * len("".join(element.itertext()).strip())


def leads_away(link: Any) -> bool:
    """Whether a link leads to another page, rather than to a place on this one."""
    return not (link.get("href") or "#").startswith("#")


def _mass(element: Any) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))
