"""Spans of time as people type them: `45s`, `30m`, `2h`, `2h30m`, `1d`."""

import re

from bot.core.errors import UserMistake
from bot.core.wording import in_marks

_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_SPAN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?")


def read_duration(text: str, *, least: int, most: int) -> int:
    """Read a span as seconds; UserMistake when it is none, or not between `least` and `most` seconds."""
    match = _SPAN.fullmatch(text.strip().casefold().replace(" ", ""))
    if match is None or not any(match.groups()):
        raise UserMistake(f"{in_marks(text)} is not a span of time; 30m, 2h and 1d are.")
    seconds = sum(
        int(number or 0) * unit for number, unit in zip(match.groups(), _SECONDS.values(), strict=True)
    )
    if not least <= seconds <= most:
        raise UserMistake(
            f"It goes from {say_duration(least)} to {say_duration(most)}, and {in_marks(text)} is outside that."
        )
    return seconds


def say_duration(seconds: int) -> str:
    """Say a span in the form in which it is typed."""
    parts = []
    for name, unit in _SECONDS.items():
        number, seconds = divmod(seconds, unit)
        if number:
            parts.append(f"{number}{name}")
    return "".join(parts) or "0s"
