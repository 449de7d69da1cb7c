"""Read a line of an article's head: who wrote it, when it appeared, and where."""

import re
from dataclasses import dataclass

from content.importer.dates import find_date, without_dates

_WORD = r"(?:[A-Z][\w’'-]*\.?|de|da|di|van|von|der|den|bin|al|le|la|ní|ó)"
_NAME = (
    r"(?:(?:Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev)\.? )?[A-ZÀ-Þ][\w’'.-]*(?: " + _WORD + "){1,3}"
)
_NAMES = re.compile(rf"(?P<names>{_NAME}(?:(?:, {_NAME})*,? (?:and|&) {_NAME})?)(?P<rest>.*)")
_BY = re.compile(
    r"(?:posted |written |words |story |report(?:ing)? |interview |text |analysis |opinion |reviewed )?by:? +"
    r"|(?:words|text|story|report|by):? +",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"\b(?:editor|correspondent|reporter|columnist|staff|writer|critic|journalist|chief|bureau|desk|author)\b",
    re.IGNORECASE,
)
_SUBJECTS = frozenset(
    "political politics health education economics business environment home foreign legal science technology arts sports sport social"
    " north south chief senior deputy housing transport crime courts investigations data religious royal media consumer".split()
)
_NO_NAME = frozenset(
    "the a an of or diary letters notebook news politics opinion committee report review inquiry part chapter section interview"
    " analysis comment editorial leader leading culture sport world business select evidence oral witness witnesses transcript minutes"
    " monday tuesday wednesday thursday friday saturday sunday morning evening show notes save share give gift broadcast digest service wire agency correspondent reporter"
    " staff agencies question questions answer answers great little lower upper north south east west new old st street road hall house city".split()
)
_PLACED = re.compile(r",? (?:at|in|for|from) (?:the )?[A-Z][^.?!]{1,50}")
_TIMES = re.compile(
    r"\b(?:published|posted|updated|last|modified|first|on|at|date|mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun|day|am|pm|gmt|bst|ist|utc"
    r"|est|edt|et|cet|issue|print|edition|noon|midnight)(?:day)?\b|\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b\.?|\d+ (?:comments?|min(?:ute)?s?(?: read)?)",
    re.IGNORECASE,
)
_PLACE_LINE = re.compile(r"^[A-Z][A-Z .’'-]{2,30}(?=,)|(?<= [-–—] )[A-Z][A-Z .’'-]{2,30}$")
_PAPER_BEHIND = re.compile(r", (?P<paper>(?:The )?[A-Z][\w’'&-]+(?: (?:of|and|&|the|[A-Z][\w’'&-]*)){0,5})$")
_PAPER = re.compile(
    r"(?:The )?(?:[A-Z][\w’'&-]*|of|and|&|the)(?: (?:[A-Z][\w’'&-]*|of|and|&|the)){0,6}",
)
_PAPER_WORDS = re.compile(
    r"\b(?:Times|Post|News|Ledger|Sentinel|Herald|Tribune|Gazette|Guardian|Observer|Standard|Telegraph|Star|Sun|Mail|Express|Independent"
    r"|Review|Journal|Chronicle|Courier|Echo|Argus|Mercury|Record|Press|Daily|Weekly|Sunday|Morning|Evening|Magazine|Statesman|Spectator|Examiner"
    r"|Inquirer|Bulletin|Dispatch|Globe|Advertiser|Register|Monitor|Argus|Citizen)\b"
)
_EDITED = re.compile(r"\b(?:editing|additional reporting|writing) by\b", re.IGNORECASE)
_AND = re.compile(r" (?:and|de|da|di|van|von|der|den|bin|al|le|la) ", re.IGNORECASE)
_MARKS = re.compile(r"^[*_#>\s]+|[*_]+(?=\s|$|[,.|·])|(?<=\s)[*_]+(?=\w)")
_LONGEST = 120
_LONGEST_OFFICE = 60


@dataclass(frozen=True, slots=True)
class Signature:
    """What a byline says. `bare` is a name and nothing else, which its place has to confirm."""

    names: str
    date: str
    bare: bool


def signature(line: str) -> Signature | None:
    """Read a line as a byline: “By Ada Byron”, “Ada Byron, 5 March 2024”, “Ada Byron Health correspondent”."""
    if len(line) > _LONGEST:
        return None
    text = _MARKS.sub("", line).strip()
    dated, by, names = text.partition(" by ")
    if by and names[:1].isupper() and find_date(dated) and says_only_when(dated):
        signed = signature(f"By {names}")
        return signed and Signature(signed.names, find_date(dated), bare=False)
    lead = _BY.match(text)
    found = _NAMES.match(text[lead.end() :] if lead else text)
    if found is None:
        return None
    names, rest = _before_office(found["names"], found["rest"])
    if not lead and (any(word.lower() in _NO_NAME for word in names.split()) or not _may_follow(rest)):
        return None
    if lead and (names.count(" ") == 0 or _EDITED.search(rest)):
        return None
    written = (
        _AND.sub(lambda found: found[0].lower(), names.title()) if _AND.sub("", names).isupper() else names
    )
    return Signature(written, find_date(rest), bare=not lead and not rest.strip(" .,|"))


def _before_office(names: str, rest: str) -> tuple[str, str]:
    """Cut “Miles Stone Health correspondent” before the office."""
    words = names.split()
    for place in range(2, len(words)):
        if words[place].lower() in _SUBJECTS or OFFICE.fullmatch(words[place]):
            return " ".join(words[:place]), " ".join([*words[place:], rest])
    return names, rest


def _may_follow(rest: str) -> bool:
    """Whether what stands behind a name is what stands behind a writer's: an office, a place, a date."""
    rest = rest.strip()
    return (
        not rest
        or _is_office(rest)
        or bool(find_date(rest) and says_only_when(rest))
        or bool(_PLACED.fullmatch(f" {rest}"))
    )


def _is_office(rest: str) -> bool:
    """Whether what stands behind a name is an office: “, transport editor”, “Health correspondent”."""
    first = rest.split(maxsplit=1)[0]
    begins = not rest[0].isalpha() or rest[0].isupper() or first.lower() in _SUBJECTS or OFFICE.match(first)
    return bool(begins and len(rest) < _LONGEST_OFFICE and OFFICE.search(rest))


def says_only_when(line: str) -> bool:
    """Whether a line says nothing but when, and perhaps where, it was published."""
    rest = _PLACE_LINE.sub("", line)
    rest = without_dates(_PAPER_BEHIND.sub("", rest))
    return len(re.sub(r"[\W\d]", "", _TIMES.sub("", rest))) <= 3


def paper_of(line: str) -> str:
    """Return the paper that stands behind a date: “12 May 2020, The Sentinel”."""
    found = _PAPER_BEHIND.search(line)
    return found["paper"] if found and find_date(line) and _PAPER_WORDS.search(found["paper"]) else ""


def masthead(line: str) -> str:
    """Return the paper whose name a line is: “The Malabar Ledger”."""
    return line if _PAPER.fullmatch(line) and _PAPER_WORDS.search(line) and line.count(" ") > 0 else ""
