"""Words that stand on many cards: times, figures, grade and source lines."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.core.events import FailureKind
from bot.core.library import Article, Grade, Person, Quotation

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN_OF_TYPED = 60
_SMALL = {"A", "An", "The", "Whether", "How", "That", "When", "Where", "Because", "By", "In", "It", "On"}
"""Words with which an answer may begin and that keep no capital within a sentence."""


def local(at: int, zone: str) -> datetime:
    """Give a moment (UTC seconds) as the wall clock of an IANA zone shows it."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))


def clock(at: int, zone: str) -> str:
    """Say a moment as `20:00:45`."""
    return f"{local(at, zone):%H:%M:%S}"


def hour(at: int, zone: str) -> str:
    """Say the time of day of a moment as `09:00`."""
    return f"{local(at, zone):%H:%M}"


def moment(at: int, zone: str) -> str:
    """Say a moment as `Wed 25 Nov, 09:00`."""
    return f"{day(at, zone)}, {local(at, zone):%H:%M}"


def day(at: int, zone: str) -> str:
    """Say the day of a moment as `Wed 25 Nov`."""
    return short_date(local(at, zone).date())


def short_date(when: date) -> str:
    """Say a date as `Wed 25 Nov`."""
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1][:3]}"


def long_date(when: date) -> str:
    """Say a date as `24 November`."""
    return f"{when.day} {_MONTHS[when.month - 1]}"


def stated_date(text: str) -> str:
    """Say an article's date, `YYYY` or `YYYY-MM-DD`, as `2010` or `23 March 2017`."""
    if len(text) <= 4:  # noqa: PLR2004 - a year alone
        return text
    when = date.fromisoformat(text)
    return f"{long_date(when)} {when.year}"


def count(number: int, one: str, many: str = "") -> str:
    """Say how many there are, with the plural right: `1 answer`, `2 answers`, `No answers`."""
    if number == 0:
        return f"No {many or one + 's'}"
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: `who, finish, article and fact`."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def beginning(text: str, most: int) -> str:
    """Give a text on one line, or its first whole words with “…”, in at most so many characters.

    Only a first word that is longer than that is cut within.
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    shown = text[: most - 1].rpartition(" ")[0]
    return f"{shown} …" if shown else f"{text[: most - 1]}…"


def granted_by(permission: str) -> str:
    """Name a permission that the bot lacks in a channel, and how it is granted; a platform's own word on it stays as it is."""
    if "Grant:" in permission:
        return permission
    return f"Missing permission: {permission}. Grant: Edit Channel, Permissions, add Hundred Regiments, allow {permission}."


def mended_by(kind: FailureKind, detail: str, elsewhere: str = "") -> str:
    """Say why nothing could be posted, and what is to be granted; `detail` is the platform's own word on it.

    `elsewhere` says what can be done where the channel is gone.
    """
    if "Grant:" in detail:
        return detail
    said = sentence(detail)
    match kind:
        case FailureKind.FORBIDDEN if detail and ":" not in detail:
            return granted_by(detail)
        case FailureKind.GONE:
            return " ".join(filter(None, ("The channel is no longer there.", elsewhere, said)))
        case FailureKind.PASSING:
            return "The platform could not be reached in time."
        case FailureKind.LOST:
            return said
        case _:
            return f"The platform refused it. {said}".strip()


def sentence(detail: str) -> str:
    """Make a sentence of a platform's word on a failure; empty for none."""
    words = detail.strip().rstrip(".")
    return f"{words[0].upper()}{words[1:]}." if words else ""


def in_marks(typed: str) -> str:
    """Give back what somebody typed, in “ ”, without control characters, at most 60 characters."""
    shown = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in typed[:400])
    shown = " ".join(shown.split())
    if len(shown) > _SHOWN_OF_TYPED:
        shown = shown[: _SHOWN_OF_TYPED - 1] + "…"
    return f"“{shown}”"


def within_sentence(answer: str, passage: str) -> str:
    """Write an answer as it stands within a sentence: with a small letter, unless it begins with a name.

    What the passage that proves it writes small is small; what it does not say is as it was.
    """
    first = re.match(r"[\w’'-]+", answer)
    if first is None or first[0][1:] != first[0][1:].lower():
        return answer
    small = first[0][0].lower() + first[0][1:]
    if answer in passage or not (
        first[0] in _SMALL or re.search(rf"(?<!\w){re.escape(small)}(?!\w)", passage)
    ):
        return answer
    return small + answer[len(small) :]


def dated(article: Article) -> str:
    """Say an article's date, marked where it is inferred; empty where nothing is known."""
    inferred = " (inferred)" if article.date and "date" in article.inferred else ""
    return f"{stated_date(article.date)}{inferred}"


def source_of(article: Article, author: Person | None) -> str:
    """Say where something stands: author, title, publication and date, as far as the page states them.

    What a community names as a source of its own (an article without words) is said in its words alone.
    """
    if not article.words:
        return article.title
    title = f"“{article.title}”"
    head = [author.name, title] if author else [title, "author not named"]
    return ", ".join((*head, *filter(None, (article.publication, dated(article)))))


def reporter_of(article: Article, author: Person | None) -> str:
    """Say who passes a quotation on: the author, or the article's title where no author is named."""
    return author.name if author else f"“{article.title}”"


def grade_line(quotation: Quotation, article: Article, author: Person | None) -> str:
    """Say a quotation's grade, letter and words together."""
    match quotation.grade:
        case Grade.A:
            return "Grade A: verified in the primary source."
        case Grade.B:
            return "Grade B: in a reliable secondary source."
        case Grade.C:
            when = dated(article)
            return f"Grade C: reported, according to {reporter_of(article, author)}{f', {when}' if when else ''}."
        case Grade.D:
            return "Grade D: disputed or misattributed."


def speaker_line(quotation: Quotation, speaker: Person) -> str:
    """Say whose words they are, as surely as the grade allows."""
    who = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
    match quotation.grade:
        case Grade.A | Grade.B:
            return who
        case Grade.C:
            return f"Attributed to {who}"
        case Grade.D:
            return f"Often attributed to {who}"
