"""Tell what each line of a page is: the writer's text, a heading, a credit, the site's furniture."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from content.importer.byline import says_only_when, signature
from content.importer.dates import find_date

_LINE = re.compile(r"[^\n]+")
_ENDS = re.compile(r"[.?!…:;,][”’\"')\]]*$|[.?!][”’\"')\]]*\s*\d{0,3}$")
_FURNITURE = re.compile(
    r"(?:show hide|hide|show) image|share(?: this| on| via)?\b.{0,40}|(?:tweet|email|print|save|copy link|whatsapp|facebook|twitter|x|linkedin|bluesky|threads|gift|text settings|bookmark"
    r"|reddit|pinterest|messenger|instagram|youtube)(?: (?:this|link|article))?(?: (?:page|story|article))?|close window|(?:\d+|an?) (?:second|minute|hour|day|week|month)s? ago|advertisements?|advert|sponsored|promoted(?: content)?|subscribe.{0,60}"
    r"|sign (?:in|up|out)\b.{0,80}|log ?in|register|search|menu|close|home|skip to .{0,40}|related(?: (?:articles?|stories|topics|content|links))?:?"
    r"|related:.{0,200}|read more:?.{0,200}|see also:.{0,200}|most (?:read|viewed|popular|shared).{0,40}|more (?:on this|from|stories).{0,80}|topics?:?|tags?:.{0,200}"
    r"|comments?(?: \(?\d+\)?)?|\d+ (?:comments?|shares?|min(?:ute)?s? read)|view (?:all )?comments|loading.{0,10}|continue reading.{0,80}"
    r"|enter your email.{0,60}|newsletter.{0,80}|cookie.{0,80}|accept all.{0,40}|follow .{0,60} on (?:twitter|facebook|x|instagram)\b.{0,20}|back to top|next|previous"
    r"|listen(?: to .{0,60})?|watch:.{0,120}|play video|photos?|video|gallery|\d+ of \d+|page \d+(?: of \d+)?|story continues below.{0,40}|article continues .{0,40}"
    r"|this (?:article|story) is more than .{0,40}|free newsletter.{0,60}|get (?:the|our) .{0,60}newsletter.{0,60}|our (?:morning|daily|weekly) (?:email|newsletter).{0,200}"
    r"|support .{0,60} journalism.{0,60}|donate.{0,40}|(?:all )?rights reserved\.?|terms (?:of|and) .{0,40}|privacy policy|contact us|about us"
    r"|we welcome letters.{0,120}|(?:send|email|write) (?:us|your|letters|a letter)\b.{0,120}|(?:(?:home|news|politics|showbiz|sport|business|opinion|culture|money|travel|tech"
    r"|lifestyle|video|world|uk|us|football|comment|features|magazine|video|weather|puzzles)\b[ •·]*){3,}|(?:e-mail|shares?|comments?|\d[\d.,]*+k?| )+(?:view comments)?",
    re.IGNORECASE,
)
TAGGED = re.compile(r"[,.?!][”\"’'] (?:\w+ ){0,3}(?:said|says)\b")
"""Somebody's words with who said them behind, as no title, heading or standfirst has it."""
_PARTS = re.compile(r" +[|·•] +")
_CREDIT = re.compile(
    r"image (?:caption|source),.{0,160}|(?:photo(?:graph)?s?|pictures?|images?|illustrations?|credit|getty|composite|graphic)(?: by| credit)?\b\s*[:/©].{0,160}|(?:photograph|illustration|photo)s? by .{0,80}",
    re.IGNORECASE,
)
_CREDIT_IN_BRACKETS = re.compile(r"\([^()]{3,60}/[^()]{3,60}\)")
_CREDIT_AT_END = re.compile(r"(?:Photo(?:graph)?|Picture|Image|Credit|Illustration)s?: [^.]{3,80}\.?$")
_AGENCY = re.compile(
    r"\b(?:getty|reuters|afp|alamy|shutterstock|anadolu|rex|pa|ap|epa|corbis|magnum|eyevine|bloomberg|xinhua)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"(?:correction|corrections|clarification|editor[’']?s? note|amended|update)s?\s*(?:\([^)]{1,40}\))?\s*[:–—-].*"
    r"|(?:this|an earlier version of this) (?:article|story|piece|report|headline|column) (?:was|has been|originally|incorrectly|misstated|named)\b.*",
    re.IGNORECASE,
)
_COLOPHON = re.compile(
    r"(?:this (?:article|piece|essay|story|column|review|interview|report) (?:(?:was )?(?:first |originally )*(?:appeared|published|ran)|appears|is (?:from|taken from|adapted from|an edited))"
    r"|(?:first|originally) (?:published|appeared) (?:in|by|on)|(?:copyright|©|\(c\)) ?.{0,60}(?:19|20)\d\d|from the .{0,40} (?:issue|edition)"
    r"|\(?(?:additional )?(?:reporting|editing|writing) by\b|reprinted (?:from|with)|end(?:s)?$|contact .{2,80}(?:@|\d{3})|transcript (?:prepared|provided|produced) by|we do not publish letters\b|letters (?:should|may) be\b)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:details|tickets|to book|book (?:now|tickets|at)|more information|visit|for more)\b.{0,20}(?:www\.|https?:|[\w-]+\.(?:org|com|co\.uk|net))",
    re.IGNORECASE,
)
_RULE = re.compile(r"[*\-_=~•·#–—.\s]{1,80}")
_BIO = re.compile(
    r"(?P<name>(?:(?:Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev)\.? )?[A-Z][\w’'-]+(?: (?:[A-Z][\w’'.-]*|de|van|von|der|bin|al|le|la)){1,4}) "
    r"(?:is|was|has been|writes|teaches|works|edits|reports|covers|hosts|lives|lectures|presents|wrote)\b"
)
_BIO_WORDS = re.compile(
    r"\b(?:author|editor|columnist|correspondent|journalist|writer|chair|director|professor|lecturer|fellow|mp|peer|leader writer|contributor|critic|novelist|historian"
    r"|reporter|teaches|writes|lives|chief executive|researcher|secretary|book|novel|podcast|policy|founder|president|minister|associate|staff|senior|freelance|commentator|based in)\b",
    re.IGNORECASE,
)
_LONGEST_DATE = 120
_HASHES = re.compile(r"#{1,6} +(?=\S)")


class LineKind(Enum):
    """What a line of a page is."""

    BODY = "body"
    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    BYLINE = "byline"
    DATE = "date"
    MASTHEAD = "masthead"
    CREDIT = "credit"
    FURNITURE = "furniture"
    RULE = "rule"
    BIO = "bio"
    CORRECTION = "correction"
    COLOPHON = "colophon"
    EVENT = "event"
    SHORT = "short"  # no end mark: a title, a heading or furniture, as its place will tell


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place, what it seems to be by itself, and the blank lines before and after it."""

    start: int
    end: int
    text: str
    kind: LineKind
    blank_before: bool
    blank_after: bool


CLOSING = frozenset({LineKind.BIO, LineKind.CORRECTION, LineKind.COLOPHON, LineKind.EVENT})


def lines(text: str) -> list[Line]:
    """Return the lines of a folded text, each with what it is by itself; hard-wrapped paragraphs are one line."""
    spans = list(_spans(text))
    if _wrapped(text, spans):
        spans = list(_unwrapped(text, spans))
    found = []
    for place, (start, end) in enumerate(spans):
        before = text[spans[place - 1][1] : start] if place else "\n\n"
        after = text[end : spans[place + 1][0]] if place + 1 < len(spans) else "\n\n"
        line = " ".join(text[start:end].split()) if end - start < 4000 else text[start:end]
        found.append(Line(start, end, line, classify(line), before.count("\n") > 1, after.count("\n") > 1))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        line = found.group()
        stripped = line.strip()
        if stripped:
            hashes = _HASHES.match(stripped)
            end = found.start() + len(line.rstrip())
            yield end - len(stripped) + (hashes.end() if hashes else 0), end


def _wrapped(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether paragraphs are broken into lines of one width, with blank lines between them."""
    inner = [
        (start, end)
        for (start, end), (later, _) in itertools.pairwise(spans)
        if text[end:later].count("\n") == 1 and end - start > 40
    ]
    if len(inner) < max(4, len(spans) * 0.4) or max((end - start for start, end in inner), default=0) > 100:
        return False
    broken = sum(not _ENDS.search(text[max(start, end - 8) : end]) for start, end in inner)
    return broken * 10 >= len(inner) * 6


def _unwrapped(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begun: tuple[int, int] | None = None
    for start, end in spans:
        if begun is not None and text[begun[1] : start].count("\n") == 1:
            begun = (begun[0], end)
            continue
        if begun is not None:
            yield begun
        begun = (start, end)
    if begun is not None:
        yield begun


def classify(line: str) -> LineKind:
    """Return what a line is by its words alone."""
    if _RULE.fullmatch(line):
        return LineKind.RULE
    if len(line) > 600:
        return LineKind.BODY
    if len(line) < _LONGEST_DATE and find_date(line) and says_only_when(line):
        return LineKind.DATE
    if (signed := signature(line)) and not signed.bare:
        return LineKind.BYLINE
    if line.count(" | ") > 1 or line.count(" > ") > 1 or _is_furniture(line):
        return LineKind.FURNITURE
    if _is_credit(line):
        return LineKind.CREDIT
    return _note_kind(line) or _kind_by_length(line)


def _is_furniture(line: str) -> bool:
    return bool(_FURNITURE.fullmatch(line)) or all(map(_FURNITURE.fullmatch, _PARTS.split(line)))


def _note_kind(line: str) -> LineKind | None:
    """Return what a note at the foot of an article is."""
    if _COLOPHON.match(line):
        return LineKind.COLOPHON
    if _CORRECTION.fullmatch(line):
        return LineKind.CORRECTION
    return LineKind.EVENT if len(line) < 300 and _EVENT.search(line) else None


def _kind_by_length(line: str) -> LineKind:
    short = len(line) <= 160 and not _ENDS.search(line[-8:]) and not TAGGED.search(line)
    return LineKind.SHORT if short else LineKind.BODY


def _is_credit(line: str) -> bool:
    if (
        _CREDIT.fullmatch(line)
        or _CREDIT_IN_BRACKETS.fullmatch(line)
        or (_CREDIT_AT_END.search(line) and len(line) < 260)
    ):
        return True
    capitals = line.isupper() and len(line) < 120
    return (capitals and ("/" in line or "©" in line)) or (
        len(line) < 80 and "/" in line and bool(_AGENCY.search(line)) and not _ENDS.search(line)
    )


def is_bio(line: str) -> str:
    """Return whom a line at the foot of an article presents as its writer, empty for no such line."""
    found = _BIO.match(line)
    return found["name"] if found and len(line) < 420 and _BIO_WORDS.search(line) else ""
