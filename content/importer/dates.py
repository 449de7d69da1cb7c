"""Read the dates that pages state, as ISO 8601."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_FIGURES = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)?\d{2})(?![\d.])")
_MONTH_ONLY = re.compile(rf"\b{_MONTH},? (\d{{4}})\b", re.IGNORECASE)


def find_date(text: str) -> str:
    """Return the first date in a text as YYYY-MM-DD, or YYYY-MM where no day is given; empty without one."""
    if found := _ISO.search(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    days = [found for found in (_DAY_FIRST.search(text), _MONTH_FIRST.search(text)) if found]
    if days:
        found = min(days, key=lambda match: match.start())
        first, second = (found[1], found[2]) if found.re is _DAY_FIRST else (found[2], found[1])
        return _iso(int(found[3]), MONTHS[second.lower()], int(first))
    if found := _FIGURES.search(text):
        year = int(found[3]) if len(found[3]) > 2 else 2000 + int(found[3])
        return _iso(year, int(found[2]), int(found[1]))
    if found := _MONTH_ONLY.search(text):
        return f"{int(found[2]):04}-{MONTHS[found[1].lower()]:02}"
    return ""


def without_dates(text: str) -> str:
    """Return a text with every date of a day, a month and a year taken out."""
    return _FIGURES.sub("", _ISO.sub("", _MONTH_FIRST.sub("", _DAY_FIRST.sub("", text))))


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
