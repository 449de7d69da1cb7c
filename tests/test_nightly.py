"""The nightly copy: made once a night, away from the core thread, with the oldest going as new ones come."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.nightly import AGAIN, Nightly, nightly
from bot.settings import load
from storage.copying import verify
from storage.faults import DatabaseFault
from storage.keeping import backup
from storage.store import Store
from tests.houses import house

LONDON = ZoneInfo("Europe/London")
MINUTE = 60


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=LONDON).timestamp())


def _nightly(folder: Path, make: Callable[[Path, Path], int] = backup, keep: int = 7) -> Nightly:
    Store(folder / "bot.db").close()
    return Nightly(
        database=folder / "bot.db", folder=folder / "copies", time="03:30", zone=LONDON, keep=keep, make=make
    )


async def _look(night: Nightly, *moments: str) -> None:
    for moment in moments:
        night.look(_at(moment))
        await night.done()


def _copies(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "copies").glob("*"))


async def test_a_night_has_one_copy_from_its_time_on(tmp_path: Path) -> None:
    """Before its time there is none, after it one, and a restart makes no second one; the copy is sound and private."""
    night = _nightly(tmp_path)
    await _look(night, "2026-11-24T03:29")
    assert not (tmp_path / "copies").exists()
    await _look(night, "2026-11-24T03:30", "2026-11-24T03:31", "2026-11-24T23:59")
    await _look(_nightly(tmp_path), "2026-11-24T12:00")
    assert _copies(tmp_path) == ["bot-2026-11-24.db"]
    copy = tmp_path / "copies" / "bot-2026-11-24.db"
    verify(copy)
    assert (copy.stat().st_mode & 0o077, copy.parent.stat().st_mode & 0o077) == (0, 0)


async def test_a_night_that_was_slept_through_is_made_up_the_same_day(tmp_path: Path) -> None:
    """After a downtime over the time of the copy, the first ring makes it."""
    await _look(_nightly(tmp_path), "2026-11-24T17:00")
    assert _copies(tmp_path) == ["bot-2026-11-24.db"]


async def test_the_night_of_the_autumn_overlap_has_one_copy(tmp_path: Path) -> None:
    """Local time that comes twice makes no second copy, and one that does not come at all is made after the gap."""
    night = _nightly(tmp_path)
    night.time = "01:30"
    first = _at("2026-10-25T01:30")
    for moment in (first, first + 60 * MINUTE, _at("2027-03-28T02:10")):
        night.look(moment)
        await night.done()
    assert _copies(tmp_path) == ["bot-2026-10-25.db", "bot-2027-03-28.db"]


async def test_the_oldest_copies_go(tmp_path: Path) -> None:
    """Only the newest are kept, and nothing else in the folder is touched."""
    night = _nightly(tmp_path, keep=2)
    await _look(night, "2026-11-24T04:00")
    (tmp_path / "copies" / "bot-mine.db").write_bytes(b"mine")
    await _look(night, "2026-11-25T04:00", "2026-11-26T04:00")
    assert _copies(tmp_path) == ["bot-2026-11-25.db", "bot-2026-11-26.db", "bot-mine.db"]


async def test_a_copy_that_fails_is_told_and_tried_again_within_the_hour(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the reason, the earlier copies stay, and the next hour's try makes it good."""
    tries: list[Path] = []

    def make(database: Path, target: Path) -> int:
        tries.append(target)
        if len(tries) == 2:
            raise DatabaseFault("There is no room.")
        return backup(database, target)

    night = _nightly(tmp_path, make, keep=1)
    await _look(night, "2026-11-23T04:00")
    with caplog.at_level(logging.ERROR):
        await _look(night, "2026-11-24T04:00")
    told = [each for each in caplog.records if each.name == "bot.nightly" and each.levelno == logging.ERROR]
    assert [(each.message, each.__dict__["reason"]) for each in told] == [
        ("the nightly copy was not made", "There is no room.")
    ]
    assert (night.trouble, _copies(tmp_path)) == ("There is no room.", ["bot-2026-11-23.db"])
    for later in (AGAIN - 1, AGAIN):
        night.look(_at("2026-11-24T04:00") + later)
        await night.done()
    assert (len(tries), night.trouble, _copies(tmp_path)) == (3, "", ["bot-2026-11-24.db"])


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way the reason names the folder."""
    night = _nightly(tmp_path)
    (tmp_path / "copies").write_bytes(b"")
    await _look(night, "2026-11-24T04:00")
    assert (
        night.trouble
        == f"The folder {tmp_path / 'copies'} of the nightly copies cannot be made (File exists)."
    )


async def test_the_clock_of_the_house_makes_it(tmp_path: Path) -> None:
    """What is looked after at each ring is told the time, and the ring does not wait for it."""
    night = _nightly(tmp_path)
    async with house(database=tmp_path / "bot.db", at=_at("2026-11-24T04:00")) as opened:
        opened.chores.append(night.look)
        await opened.ring()
        await night.done()
    assert _copies(tmp_path) == ["bot-2026-11-24.db"]


def test_it_is_made_where_a_folder_is_named(tmp_path: Path) -> None:
    """Without a folder in bot.toml there is none; with one it is as the settings say."""
    assert nightly(load(tmp_path / "bot.toml", {})) is None
    toml = '[backup]\nfolder = "copies"\ntime = "02:15"\nkeep = 3\n[community]\nzone = "Asia/Kolkata"\n'
    (tmp_path / "bot.toml").write_text(toml, encoding="utf-8")
    night = nightly(load(tmp_path / "bot.toml", {}))
    assert night is not None
    assert (str(night.folder), night.time, night.keep, str(night.zone)) == (
        "copies",
        "02:15",
        3,
        "Asia/Kolkata",
    )
