"""The bench: each family gives its rows, and the report lays them out. No figure is held to anything here."""

import inspect
import json

import pytest
from click.testing import CliRunner

from bot.bench import report
from bot.bench.families import FAMILIES, Family, NotHere
from bot.bench.pace import Pace
from bot.bench.rows import Row
from bot.cli import main

TINY = 2_000
"""The part of everything that is measured here: just enough to have been done."""
MISSED = Row(name="slow", measured=2.5, unit="ms", floor=1.25, floor_of="bare", most=2)
REACHED = Row(name="fast", measured=12_345, unit="/s", floor=100_000, floor_of="bare", least=10_000)


LONG = {"kill"}
"""What takes many lives of a process however little is asked of it."""


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - LONG))
def test_each_family_gives_its_rows(name: str) -> None:
    """Every figure has a floor that was measured, and shows how far it is on the way."""
    shown: list[float] = []
    pace = Pace(part=TINY, show=lambda share, _: shown.append(share))
    rows = list(FAMILIES[name].load()(pace))
    assert rows
    assert [row for row in rows if row.floor <= 0 or not row.floor_of or row.measured < 0] == []
    assert len({row.name for row in rows}) == len(rows)
    assert [share for share in shown if not 0 <= share <= 1] == []


@pytest.mark.parametrize("name", sorted(LONG))
def test_each_long_family_can_be_measured(name: str) -> None:
    """It is found by its name, and takes a pace like the others."""
    assert list(inspect.signature(FAMILIES[name].load()).parameters) == ["pace"]


def test_a_table_marks_what_misses_its_figure() -> None:
    """A row says what was measured, its floor, their ratio, and the bound where there is one."""
    assert report.table([MISSED, REACHED]).splitlines() == [
        "      measured   floor           ratio  to reach",
        "slow  2.5 ms     1.25 (bare)     2.00   ≤ 2       missed",
        "fast  12,345 /s  100,000 (bare)  0.12   ≥ 10,000",
    ]


def test_one_family_is_measured_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--only` names the families to measure, and `--json` prints their rows for programs."""
    monkeypatch.setattr(
        Family, "load", lambda family: lambda _: [MISSED] if family.module == "boards" else [REACHED]
    )
    ran = CliRunner().invoke(main, ["bench", "--only", "boards", "--only", "core", "--json", "--quick"])
    assert [(each["name"], each["measured"]) for each in json.loads(ran.stdout)] == [
        ("fast", 12_345),
        ("slow", 2.5),
    ]
    ran = CliRunner().invoke(main, ["bench", "--only", "bords"])
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == f"There is no family 'bords' to measure. There are: {', '.join(FAMILIES)}.\n"


def test_what_cannot_be_measured_here_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A family that needs what is not here says so in a sentence, and the others are measured."""

    def elsewhere(_: Pace) -> list[Row]:
        raise NotHere("it needs a checkout.")

    monkeypatch.setattr(
        Family, "load", lambda family: elsewhere if family.module == "on_slack" else lambda _: [REACHED]
    )
    ran = CliRunner().invoke(main, ["bench", "--only", "slack", "--only", "core"])
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[1].startswith("fast  12,345 /s")
    assert ran.stderr.splitlines()[-1] == "slack: it needs a checkout."
