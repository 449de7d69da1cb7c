"""The programme port: programmes, the ledger of their posts, and quiet mode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.events import MessageRef
from bot.core.slots import Rule

ON, PAUSED, STOPPED, ENDED, REMOVED = "on", "paused", "stopped", "ended", "removed"
"""What a programme is. Stopped: a post could not be made, and it waits for a moderator."""
DUE, POSTED, SKIPPED, FAILED, HELD = "due", "posted", "skipped", "failed", "held"
"""What a post is. Due: on its way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Programme:
    """A plan of posts; one that is not written yet has the id 0.

    `source` is `today`, `article`, `topic` or `line-up`, and `about` the article's id or the topic. `text` is a
    moderator's own prompt. `question` and `seconds` are a quiz's kind and how long it stays open. `ping` is a role's id.
    `grace` (seconds) and `catch_up` (`latest`, `all`, `none`) say which late posts are still made. `series_from` is the
    id of the last post before the series began. `drawn` is the item that the next post shows, once somebody has asked.
    `next_slot` is local, `next_at` its moment, or a later one at which it is made; both are empty while nothing is to
    come. `paused_until` is a local date. `warned` says that the moderators know how long the material lasts.
    `watched_from` is the id of the last post before those of which it counts whether somebody touched them.
    `asked_after` is when it was last asked whether the owner is still here (UTC seconds); `owner_gone`: they are not.
    """

    id: int = 0
    community: str
    name: str
    kind: str
    channel: str
    days: int
    time: str
    zone: str
    ends: str = ""
    source: str = "line-up"
    about: str = ""
    text: str = ""
    question: str = "who"
    seconds: int = 86_400
    ping: str = ""
    thread: bool = False
    pin: bool = False
    grace: int = 6 * 3_600
    catch_up: str = "latest"
    owner: str = ""
    state: str = ON
    paused_until: str = ""
    removed_at: int = 0
    series_from: int = 0
    drawn: str = ""
    warned: bool = False
    watched_from: int = 0
    asked_after: int = 0
    owner_gone: bool = False
    next_slot: str = ""
    next_at: int | None = None

    @property
    def rule(self) -> Rule:
        """When it posts."""
        return Rule(days=self.days, time=self.time, zone=self.zone, ends=self.ends)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedPost:
    """What a programme did with one slot: its state with the reason, and what it shows.

    `expires_at` is when a post that is due is no longer made. `round` is a quiz's. That somebody touched a post is
    written with `touch` alone.
    """

    id: int = 0
    programme: int
    slot: str
    state: str
    reason: str = ""
    item: str = ""
    round: int | None = None
    message: int | None = None
    delivery: int | None = None
    expires_at: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """Quiet mode in a community: since when, until when (None: until it is ended), and by whom."""

    community: str
    since: int
    until: int | None
    by: str


class ProgrammePort(Protocol):
    """Programmes, the ledger of their posts, and quiet mode."""

    def add(self, community: str, programme: Programme) -> int:
        """Write a programme; gives its id."""

    def get(self, community: str, number: int) -> Programme | None:
        """Get one of this community's programmes, a removed one too."""

    def save(self, community: str, programme: Programme) -> None:
        """Write a programme in place of what stands there."""

    def named(self, community: str, name: str) -> Programme | None:
        """Get a programme by its name, whatever its capitals."""

    def names(self, community: str) -> Sequence[str]:
        """List the names of the programmes, in their order."""

    def page(self, community: str, first: int, most: int) -> Sequence[Programme]:
        """List programmes in the order in which they were added."""

    def count(self, community: str) -> int:
        """Count the programmes."""

    def due(self, at: int, most: int) -> Sequence[Programme]:
        """List programmes of all communities whose moment has come, the earliest first."""

    def crowd(self, since: int, until: int, *, but: int) -> int:
        """Count the programmes of all communities, less one, that fall due from a moment on and before another."""

    def next_due(self) -> int | None:
        """Say when the next programme or the end of a quiet mode falls due."""

    def post(self, community: str, post: PlannedPost) -> int:
        """Write what becomes of a slot, in place of what stands there; gives its id."""

    def posted(self, community: str, number: int) -> PlannedPost | None:
        """Get one of this community's posts."""

    def at_slot(self, community: str, programme: int, slot: str) -> PlannedPost | None:
        """Get what became of a slot."""

    def taken(self, community: str, programme: int, slot: str) -> frozenset[str]:
        """List the slots from one on of which something has become already."""

    def past(self, community: str, programme: int, most: int) -> Sequence[PlannedPost]:
        """List what became of a programme's slots, the latest first."""

    def newest(self, community: str, programme: int) -> int:
        """Give the id of the last row that was written of a programme's slots; 0 where there is none."""

    def touch(self, community: str, ref: MessageRef) -> None:
        """Note that somebody touched the post that stands there, if one does."""

    def touched(self, community: str, programme: int, since: int, most: int) -> Sequence[bool]:
        """Say of the latest posts that stand, of ids above `since`, whether somebody touched or answered each."""

    def erase(self, community: str, number: int) -> None:
        """Take back what was written of a slot."""

    def shown(self, community: str, programme: int, since: int) -> frozenset[str]:
        """List the items of posts that are made or on their way, of ids above `since`."""

    def overdue(self, at: int, most: int) -> Sequence[tuple[str, PlannedPost]]:
        """List posts of all communities that wait to be tried again past their grace, with their community."""

    def retried_though_held(self, at: int, most: int) -> Sequence[tuple[str, PlannedPost]]:
        """List posts of all communities that wait to be tried again where quiet mode or a blackout date holds them."""

    def held(self, community: str, since: str) -> Mapping[int, int]:
        """Count by programme the posts that are held, from a slot on."""

    def quiet(self, community: str) -> Quiet | None:
        """Get the quiet mode that is on."""

    def quieten(self, community: str, quiet: Quiet | None) -> None:
        """Turn quiet mode on, in place of one that is, or off."""

    def quiet_over(self, at: int, most: int) -> Sequence[Quiet]:
        """List the quiet modes of all communities whose time is over."""

    def blackouts(self, community: str, since: str) -> frozenset[str]:
        """List the local dates, from one on, on which every programme is held."""

    def black_out(self, community: str, date: str, *, held: bool) -> None:
        """Hold every programme on a local date, or no longer."""

    def log_channel(self, community: str) -> str:
        """Name the channel in which moderators are told; empty where none is set."""
