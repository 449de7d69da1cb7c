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
    r"(?:^|\s)comment(?:$|\s)|(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|newsletters?|sign-?up|related\w*|relatedposts|shar(?:e|ing)\w*|social|promos?|promoted|promotions?|advert\w*|ads?|sponsored|subscri(?:be|ption)s?"
    r"|comments|comment-?\w*(?:list|area|body|content|section)|discussion|disqus|viafoura|respond|sidebar|breadcrumbs?|nav|navbar|navigation|menu|pull|pull-?quotes?|recommend\w*|most-(?:read|popular|viewed|shared|recent|commented)|more-(?:on|from|to-read|like|news|in|stories|articles|posts|links|about)|popular|trending|teasers?"
    r"|banner|modal|popup|captions?|credits?|toolbar|skip|footer|tags|tag-?(?:list|cloud|links?)|topics|donat\w+|appeal|author-box|read-more(?!-(?:content|text|body|wrap))|outbrain|taboola"
    r"|links-block|rich-?link|inline-?link|next-article|prev-next|up-next|playlist|widget-area|complementary|contentinfo|dialog|search|twitter-tweet|instagram-media|tiktok-embed"
    r"|audio-module|sr-only|visually-?hidden|screen-?reader(?:-text)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|off-?screen)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"comments|comment-?(?:list|body|area|content|section|thread)|discuss|disqus|viafoura|respond",
    re.IGNORECASE,
)
_TEXT = frozenset({"p", "h1", "h2", "article", "main", "body", "a", "em", "strong", "span", "b", "i"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHOLE = frozenset({"html", "body", "main"})
_BESIDE = frozenset({"aside", "nav", "footer"})
_MOST = 0.6
_FEW = 2
_FOOT = 8
_LONGEST_NOTE = 400


class Clutter:
    """Judges the elements of the part of a page that holds an article."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._spared = _above_headings(part)
        self._masses: dict[Any, int] = {}

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
        if "byline" in names.lower():
            return False
        if tag in _TEXT:
            return bool(_UNSEEN.search(names)) or (tag == "p" and "advert" in names.lower())
        if tag not in _DROPPED and not _CLUTTER.search(names):
            return tag in {"ul", "ol"} and _is_list_of_links(element)
        if "footer" in {tag, *names.lower().split()} and _closes(element):
            return False
        wraps = (tag == "form" or tag not in _DROPPED) and not _COMMENTS.search(names)
        return not (wraps and self._holds_most(element))

    def _holds_most(self, element: Any) -> bool:
        """Whether most of the paragraphs are inside an element; they are counted once, for all elements."""
        if not self._masses:
            for each in reversed(list(self._part.iter())):
                own = (
                    len(each.text_content())
                    if each.tag == "p"
                    else sum(self._masses[child] for child in each)
                )
                self._masses[each] = own
        return self._masses.get(element, 0) > _MOST * self._masses[self._part]


def is_aside(element: Any, known: dict[Any, bool]) -> bool:
    """Whether an element that could be an article is a comment, a teaser, or stands among such; `known` is what was judged."""
    if next(element.iter("h1"), None) is not None:
        return False
    for each in (element, *element.iterancestors()):
        if each not in known:
            known[each] = each.tag not in _WHOLE and (
                each.tag in _BESIDE or bool(_CLUTTER.search(named(each)))
            )
        if known[each]:
            return True
    return False


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


def _above_headings(part: Any) -> set[Any]:
    """Return everything that a main heading is inside of."""
    found: set[Any] = set()
    for head in part.iter("h1"):
        for above in head.iterancestors():
            if above in found:
                break
            found.add(above)
    return found
