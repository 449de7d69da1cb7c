"""Who sits at the console, where, and the words of the console's own: /as, /in, /clock and /quit."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.console.clean import clean_line
from bot.core import wording
from bot.core.events import Actor, Place

_STEP = re.compile(r"\+(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,8})s)?")
_CHANNEL = re.compile(r"#?([\w-]{1,80})")
_LONGEST_NAME = 40
_FURTHEST = timedelta(days=3660)

WORDS = {
    "/as": "go on as another person: /as Ben, or /as Mia moderator",
    "/clock": "let time pass: /clock +45s, +1d, or to 2026-11-25T09:00",
    "/in": "go to another channel: /in #quiz",
    "/quit": "leave",
}
"""The words of the console's own, with what they do."""


class Misused(Exception):  # noqa: N818 - a mistake of whoever typed it, told as a sentence
    """A word of the console's own was used in a way that it does not take."""


@dataclass(slots=True)
class _Person:
    name: str
    moderator: bool


class Session:
    """The people of one community at one console, one of whom is typing.

    `alone` says whether anybody else can see what happens; None for: nobody while one person alone has been here, in
    the channel it began in.
    """

    def __init__(
        self, *, community: str, member: str, moderator: bool, channel: str, alone: bool | None
    ) -> None:
        self.community = f"console:{clean_line(community)}"
        self.channel = channel.removeprefix("#")
        self._main = self.channel
        self._alone = alone
        self._people: dict[str, _Person] = {}
        self._now = self._introduce(member, moderator=moderator)

    @property
    def name(self) -> str:
        """The name of who is typing."""
        return self._people[self._now].name

    @property
    def actor(self) -> Actor:
        """Who is typing, as an event names them."""
        person = self._people[self._now]
        return Actor(id=self._now, name=person.name, administrator=person.moderator)

    @property
    def place(self) -> Place:
        """Where they are, as an event names it."""
        alone = len(self._people) == 1 and self.channel == self._main if self._alone is None else self._alone
        return Place(community=self.community, channel=self.channel, alone=alone)

    def name_of(self, member: str) -> str:
        """Give a member's name; the id of somebody who has not been here."""
        return self._people[member].name if member in self._people else member

    def go_on_as(self, text: str) -> None:
        """Let another person type: `Ben`, or `Mia moderator`. Raises Misused."""
        words = text.split()
        moderator = len(words) > 1 and words[-1].casefold() == "moderator"
        name = " ".join(words[:-1] if moderator else words)
        if not name:
            raise Misused("/as needs a name, as in: /as Ben")
        if len(name) > _LONGEST_NAME or clean_line(name) != name:
            raise Misused(
                f"A name has at most {_LONGEST_NAME} characters that can be seen. Nothing was changed."
            )
        self._now = self._introduce(name, moderator=moderator)

    def go_to(self, text: str) -> None:
        """Go to another channel. Raises Misused."""
        match = _CHANNEL.fullmatch(text)
        if match is None:
            raise Misused("/in needs a channel, in one word, as in: /in #quiz")
        self.channel = match[1]

    def _introduce(self, name: str, *, moderator: bool) -> str:
        name = clean_line(name).strip() or "member"
        key = name.casefold()
        person = self._people.setdefault(key, _Person(name=name, moderator=moderator))
        person.moderator = person.moderator or moderator
        return key


def step(text: str, now: int, zone: str) -> int:
    """Read how far the clock is to go, in seconds: `+2h30m`, or a time on the wall clock of a zone.

    Raises Misused.
    """
    match = _STEP.fullmatch(text)
    if match and text != "+":
        days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
        away = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    else:
        away = _until(text, now, zone)
    if away > _FURTHEST:
        raise Misused("The clock goes at most ten years at a time. Nothing was changed.")
    return int(away.total_seconds())


def _until(text: str, now: int, zone: str) -> timedelta:
    try:
        to = datetime.fromisoformat(text)
        to = to if to.tzinfo else to.replace(tzinfo=ZoneInfo(zone))
        away = to.astimezone(UTC) - datetime.fromtimestamp(now, UTC)
    except (ValueError, OverflowError):
        raise Misused(
            "/clock takes a step or a time, as in: /clock +45s, /clock +2h30m or /clock 2026-11-25T09:00"
        ) from None
    if away < timedelta(0):
        raise Misused(
            f"The clock goes forward, and it is {wording.moment(now, zone)} already. Nothing was changed."
        )
    return away
