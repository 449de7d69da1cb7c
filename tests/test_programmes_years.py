"""Two years of a programme, with the bot off now and then: one slot for each local date, each with one end, as foretold."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import programme_cards, slots, timetable
from bot.core.cards import say
from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.effects import Deliver, Effect, Post, Show, Wake
from bot.core.events import Actor, CommandUsed, DeliveryMade, MessageRef, Place, Started, TimeCame
from bot.core.ports import Ports, Programme
from bot.core.programmes import AWAY
from storage.store import Store
from tests.houses import shelves
from tests.programme_world import posts
from tests.storage_samples import DAY, HERE, ports_of
from tests.test_slots import ZONES, at

YEARS = 730 * DAY
NIGHTS = (
    ("Europe/London", "01:30"), ("America/New_York", "01:30"), ("America/New_York", "02:30"), ("America/Havana", "00:30"),
    ("Australia/Lord_Howe", "01:45"), ("Australia/Lord_Howe", "02:15"), ("Asia/Beirut", "23:30"), ("America/Santiago", "23:30"),
)  # fmt: skip
"""Times that an autumn night repeats, or that a spring night leaves out."""
MIA = Actor(id="mia", name="Mia", administrator=True)
_HOUR = 3_600


def some_programme(chance: random.Random, began: int) -> Programme:
    """Make up a programme: its zone, days and time, at night as often as not, and what becomes of late posts."""
    any_time = f"{chance.choice((0, 1, 2, 3, 9, 23)):02}:{chance.choice((0, 15, 30, 59)):02}"
    zone, time = chance.choice((chance.choice(NIGHTS), (chance.choice(ZONES), any_time)))
    programme = Programme(
        community=HERE, name="Some", kind=chance.choice(("prompt", "leaderboard")), channel="reading",
        days=chance.choice((slots.EVERY_DAY, chance.randint(1, slots.EVERY_DAY))), zone=zone, time=time,
        grace=chance.choice((_HOUR, 6 * _HOUR, 3 * DAY)), catch_up=chance.choice(("latest", "latest", "none", "all")),
    )  # fmt: skip
    first = slots.first(programme.rule, began)
    assert first is not None
    return replace(programme, next_slot=first, next_at=slots.moment(first, programme.zone))


@dataclass
class Life:
    """A bot on a database file: what it posts, and when it was off (from, until)."""

    path: Path
    now: int
    programme: Programme
    off: list[tuple[int, int]] = field(default_factory=list)
    posted: list[tuple[int, str]] = field(default_factory=list)
    foretold: list[tuple[str, Sequence[object]]] = field(default_factory=list)
    """What previews showed of a slot: the blocks of its card."""
    coming: Sequence[str] = ()
    """The dates that the last preview named."""

    def __post_init__(self) -> None:
        self.store = Store(self.path)
        self.store.stock(shelves())
        with self.store.transaction():
            number = ports_of(self.store).programmes.add(HERE, self.programme)
        self.programme = replace(self.programme, id=number)

    def be_off(self, seconds: int) -> None:
        """End, and start again after so long."""
        self.store.close()
        self.off.append((self.now, self.now + seconds))
        self.now += seconds
        self.store = Store(self.path)
        with self.store.transaction():
            self._handle(Started(at=self.now), TimeCame(at=self.now))

    def be_on(self, seconds: int) -> None:
        """Run for so long, ringing at each moment that is asked for."""
        until = self.now + seconds
        with self.store.transaction():
            programmes = ports_of(self.store).programmes
            while (due := programmes.next_due()) is not None and due <= until:
                self.now = max(self.now, due)
                self._handle(TimeCame(at=self.now))
        self.now = until

    def preview(self) -> None:
        """Have a moderator look at the post that comes next, and at the dates of those behind it."""
        with self.store.transaction():
            ports = ports_of(self.store)
            self.coming = timetable.to_come(ports, self._as_it_stands(ports), 5)
            use = CommandUsed(
                place=Place(community=HERE, channel="moderators"),
                actor=MIA,
                at=self.now,
                command="schedule preview",
                text="Some",
            )
            shown = next(each for each in Core(ports, catalogue()).handle(use) if isinstance(each, Show))
        dates, _why, _title, *body = shown.card.body
        assert dates == say(programme_cards.next_five(self.coming))
        self.foretold.append((self.coming[0], body))

    def _as_it_stands(self, ports: Ports) -> Programme:
        found = ports.programmes.get(HERE, self.programme.id)
        assert found is not None
        return found

    def _handle(self, *events: Started | TimeCame) -> None:
        ports = ports_of(self.store)
        core = Core(ports, catalogue())
        effects = [effect for event in events for effect in core.handle(event)]
        while any(isinstance(each, Wake) and each.at <= self.now for each in effects):
            self._arrive(core, ports, effects)
            effects = list(core.handle(TimeCame(at=self.now)))
        self._arrive(core, ports, effects)

    def _arrive(self, core: Core, ports: Ports, effects: Sequence[Effect]) -> None:
        for post in posts(effects):
            self._stands(ports, post)
            message = MessageRef("reading", str(len(self.posted)))
            core.handle(DeliveryMade(community=HERE, delivery=post.id, at=self.now, message=message))

    def _stands(self, ports: Ports, post: Deliver) -> None:
        slot = next(
            each.slot
            for each in ports.programmes.past(HERE, self.programme.id, 99)
            if each.delivery == post.id
        )
        self.posted.append((self.now, slot))
        for foretold, body in self.foretold:
            if foretold == slot:
                assert isinstance(post.call, Post)
                assert list(post.call.card.body) == body
        self.foretold = [each for each in self.foretold if each[0] > slot]


def dates_of(programme: Programme, first: str, last: str) -> list[str]:
    """List the slots that a rule has from one to another, by the calendar alone."""
    day, found = date.fromisoformat(first[:10]), []
    while day.isoformat() <= last[:10]:
        if programme.days >> day.weekday() & 1:
            found.append(f"{day.isoformat()}T{programme.time}")
        day += timedelta(days=1)
    return found


def assert_first_time(moment: int, slot: str, zone: str) -> None:
    """See the slot's own time on a clock there, for the first time that night; past it only where it does not come."""
    known = ZoneInfo(zone)

    def clock(when: int) -> str:
        return datetime.fromtimestamp(when, known).strftime("%Y-%m-%dT%H:%M")

    around = {moment + quarter * 900: clock(moment + quarter * 900) for quarter in range(-12, 13)}
    same = [when for when, shown in around.items() if shown == slot]
    assert moment == same[0] if same else clock(moment) > slot > clock(moment - 7_200)


@pytest.mark.parametrize("seed", range(2))
def test_each_local_date_comes_to_one_end_through_restarts_and_clock_changes(
    seed: int, tmp_path: Path
) -> None:
    """None missing, none doubled, the order kept, late only where the bot was off, and the preview comes true."""
    chance = random.Random(seed)
    began = at("2025-01-01T00:00") + chance.randrange(DAY)
    life = Life(tmp_path / "bot.db", began, some_programme(chance, began))
    while life.now < began + YEARS:
        if chance.random() < 0.3:
            life.preview()
        if chance.random() < 0.2:
            life.be_off(chance.choice((60, _HOUR, 5 * _HOUR, DAY, 3 * DAY, 9 * DAY)))
        before = len(life.posted)
        life.be_on(chance.choice((_HOUR, DAY, 4 * DAY, 12 * DAY)))
        came = [slot for _, slot in life.posted[before:]]
        seen = [each for each in life.coming if each in came]
        assert [each for each in came if each in life.coming] == seen
    with life.store.transaction():
        ports = ports_of(life.store)
        entries = [
            (each.slot, each.state, each.reason)
            for each in ports.programmes.past(HERE, life.programme.id, 9_999)
        ][::-1]
    life.store.close()

    programme = life.programme
    assert [slot for slot, _, _ in entries] == dates_of(programme, programme.next_slot, entries[-1][0])
    assert entries[-1][0] >= slots.local_date(life.now - 8 * DAY, programme.zone).isoformat()
    assert {(state, reason) for _, state, reason in entries} <= {("posted", ""), ("skipped", AWAY)}
    assert [slot for _, slot in life.posted] == [slot for slot, state, _ in entries if state == "posted"]
    for slot, state, _ in entries:
        moment = slots.moment(slot, programme.zone)
        assert_first_time(moment, slot, programme.zone)
        off = [until for since, until in life.off if since < moment <= until]
        made = [when for when, each in life.posted if each == slot]
        if not off:
            assert (state, made) == ("posted", [moment])
        elif made:
            assert programme.catch_up == "all" or off[0] - moment <= programme.grace
    late = [(when, slots.moment(slot, programme.zone)) for when, slot in life.posted]
    late = [(when, moment) for when, moment in late if when > moment]
    assert sorted({when for when, _ in late}) == [when for when, _ in late]
    for since, until in life.off if programme.catch_up != "all" else ():
        assert sum(since < moment <= until for _, moment in late) <= 1
