"""A backup taken while hundreds answer: sound, and with every answer that was acknowledged before it began."""

import asyncio
from contextlib import closing
from pathlib import Path

from bot.core.effects import Show
from bot.core.events import Actor, ButtonPressed, Place
from bot.core.rounds import Mode
from bot.core.tokens import token
from bot.house import House
from storage.copying import verify
from storage.keeping import backup, restore
from storage.store import Store
from tests.houses import NOW, house
from tests.processes import rows
from tests.storage_samples import ask, ports_of

PLACE = Place(community="load:1", channel="hall")
CROWD = 600
BEFORE = 150
"""How many answers are acknowledged before the backup begins."""


class Crowd:
    """Members who answer one standing round, as many at once as there are."""

    def __init__(self, opened: House, round_: int) -> None:
        self.acknowledged: set[str] = set()
        self._opened = opened
        self._token = str(token("quiz:answer", round_, 0))
        self._many = asyncio.Event()

    async def answer(self, number: int) -> None:
        """Let a member answer, and note them once they are told so."""
        actor = Actor(id=f"member-{number}", name=f"Member {number}")
        (told,) = await self._opened.desk.ask(
            ButtonPressed(place=PLACE, actor=actor, at=NOW, token=self._token)
        )
        assert isinstance(told, Show)
        self.acknowledged.add(actor.id)
        if len(self.acknowledged) >= BEFORE:
            self._many.set()

    async def many(self) -> frozenset[str]:
        """Wait until many are acknowledged; gives who they are by then."""
        await self._many.wait()
        return frozenset(self.acknowledged)


def _standing(database: Path) -> int:
    store = Store(database)
    with closing(store), store.transaction():
        return ask(ports_of(store), community=PLACE.community, mode=Mode.STANDING, seconds=3600)


async def _slowly(crowd: Crowd) -> None:
    """Let the crowd answer in waves, so that answers come in before, during and after the backup."""
    for first in range(0, CROWD, 50):
        await asyncio.gather(*(crowd.answer(number) for number in range(first, first + 50)))


async def test_a_backup_under_load_holds_what_was_acknowledged_before_it(tmp_path: Path) -> None:
    """It restores to a database that is sound, and nobody who was told before it began is missing from it."""
    database, copy, restored = (tmp_path / name for name in ("bot.db", "copy.db", "restored.db"))
    round_ = _standing(database)
    async with house(database=database) as opened:
        crowd = Crowd(opened, round_)
        answering = asyncio.create_task(_slowly(crowd))
        before = await crowd.many()
        await asyncio.to_thread(backup, database, copy)
        await answering
    assert len(crowd.acknowledged) == CROWD
    restore(copy, restored)
    verify(restored)
    assert rows(restored, "PRAGMA integrity_check") == [("ok",)]
    held = {member for (member,) in rows(restored, "SELECT member FROM answers")}
    scored = {member for (member,) in rows(restored, "SELECT member FROM score_events")}
    assert before - held == set()
    assert held == scored
    assert {member for (member,) in rows(database, "SELECT member FROM answers")} == crowd.acknowledged
