"""Where the database must not lie: on a disk that a host wipes at each restart."""

from pathlib import Path

import pytest

from bot import lasting
from bot.lasting import note, refusal
from bot.settings import SettingsFaults, load

WAYS = {
    "DYNO": "On Dokku, mount storage (dokku storage:mount); Heroku has no disk that stays, so use another host",
    "FLY_APP_NAME": "Make a volume (fly volumes create) and mount it",
    "RAILWAY_ENVIRONMENT_NAME": "Attach a volume to the service",
    "RENDER": "Add a disk to the service",
}


def _always(_path: Path) -> bool:
    return True


def _never(_path: Path) -> bool:
    return False


@pytest.mark.parametrize("host", WAYS)
def test_a_disk_that_is_wiped_is_refused_with_the_ways_out(host: str) -> None:
    """The host is told what would be lost, how a disk that stays is had there, and how to run all the same."""
    assert refusal("data/bot.db", {host: "x"}, _always) == (
        f"This host wipes its disk at each restart ({host} is set), and the database data/bot.db lies on it: scores and "
        f"everything else would be lost. {WAYS[host]}, and let DATABASE_URL name a file there, as in sqlite:////data/bot.db "
        "(docs/hosting.md). Or set ON_A_DISK_THAT_IS_WIPED=yes to run all the same."
    )


@pytest.mark.parametrize("host", WAYS)
def test_a_disk_of_its_own_is_taken(host: str) -> None:
    """On the same hosts a volume is as good as any disk, and whoever asks for it in so many words may do without."""
    assert not refusal("/data/bot.db", {host: "x"}, _never)
    assert not refusal("data/bot.db", {host: "x", "ON_A_DISK_THAT_IS_WIPED": "yes"}, _always)


def test_elsewhere_any_disk_is_taken() -> None:
    """A server or a laptop keeps its disk."""
    assert not refusal("data/bot.db", {}, _always)


def test_settings_refuse_it_beside_every_other_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one of the faults that a host is told at once."""
    monkeypatch.setattr(lasting, "on_root", _always)
    with pytest.raises(SettingsFaults) as caught:
        load(tmp_path / "bot.toml", {"RENDER": "true", "PORT": "http"})
    assert [fault.split()[0] for fault in caught.value.faults] == ["PORT", "This"]


def test_the_disk_is_told_by_where_the_file_would_lie() -> None:
    """A file whose folders are not there yet lies where the nearest one that is there lies."""
    assert lasting.on_root(Path("/no such folder/at all/bot.db"))
    assert not lasting.on_root(Path("/proc/self/bot.db"))


def test_temporary_files_are_noted(tmp_path: Path) -> None:
    """A database among temporary files works, and the host is told that it may not last."""
    assert note(str(tmp_path / "bot.db")) == (
        f"The database {tmp_path / 'bot.db'} lies among temporary files, which may be gone after a restart of the machine."
    )
    assert not note("/srv/bot.db")
