"""Members who have done everything that can be kept, for the tests of what is kept and of forgetting it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.core.ports import Bookmark, Ports, Review
from bot.core.rounds import Given, State
from storage.store import Store
from tests.conversation import Talk
from tests.isolation_world import TODAY
from tests.storage_samples import NOW, ZONE, ask

DONE = (
    "Done. Nothing about you is kept here any more. The totals of past rounds stay, with no trace of who; for older "
    "backups, ask the host."
)
ONE = "Zephyrinequux"
"""A name that stands in nothing else."""


def lived(ports: Ports, member: str, community: str) -> None:
    """Let a member do so much: 164 rounds, 118 points, and everything else that can be kept."""
    for number in range(164):
        round_ = ask(ports, community=community, state=State.OPEN)
        right = number < 118
        ports.rounds.give(round_, member, Given(0, right=right), NOW + number)
        ports.rounds.move(round_, State.CLOSED, closes_at=NOW + 200)
        if right:
            ports.scores.add(community, member, 1, source=f"round:{round_}", at=NOW + 200, zone=ZONE)
    ports.reading.place(community, member, Bookmark(article="engines", item="x", part=3), NOW)
    for item in ("x", "y"):
        ports.reading.note(community, member, item, "engines", NOW)
        ports.saved.add(community, member, item, NOW)
    for item in ("a", "b", "c"):
        ports.reviews.put(community, member, Review(kind="who", item=item, due=TODAY, state="{}", turn=1))
    ports.suggestions.add(community, member, kind="prompt", fields={"text": "Why?"}, credit="", at=NOW)
    ports.members.show(community, member, member.title())


def rows(store: Store, but: str = "") -> Mapping[str, list[Any]]:
    """Read every row of every table, but for the tables named."""
    db = store._db
    listed = db.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).fetchall()
    names = [each for (each,) in listed if not each.startswith(("_", "sqlite_")) and each not in but.split()]
    return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}


async def forget(talk: Talk, who: str) -> None:
    """Let a member be forgotten, at the console."""
    card = await talk(who, "/privacy")
    number = card.rsplit("#", 1)[1]
    await talk(who, f"{number}.3")
    assert await talk(who, "forget me") == f"(only {who}) {DONE}"


def holds(path: Path) -> bool:
    """Whether the name stands anywhere in a file, in any case."""
    return path.exists() and ONE.casefold().encode() in path.read_bytes().lower()
