"""/metrics: what the bot does, in Prometheus's text format. Nothing in it names a person or a community."""

import asyncio
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from adapters.base import Platform
from bot.house import House
from bot.nightly import Nightly
from storage.figures import Ledger

Figure = float | Mapping[str, float]
_STATUS, _DESCRIPTORS = Path("/proc/self/statm"), Path("/proc/self/fd")
_BEGUN = time.time()


def text(house: House, platforms: Sequence[Platform], ledger: Ledger | None, nightly: Nightly | None) -> str:
    """Write everything that can be watched; without a ledger where it could not be read."""
    lines = [*house.desk.counters.lines()]
    for name, figure in _gauges(house, platforms, ledger, nightly):
        lines += [f"# TYPE {name} gauge", *_lines(name, figure)]
    return "\n".join(lines) + "\n"


def _gauges(
    house: House, platforms: Sequence[Platform], ledger: Ledger | None, nightly: Nightly | None
) -> Iterator[tuple[str, Figure]]:
    desk = house.desk
    yield "hundred_regiments_queue_depth", sum(thread.depth for thread in house.threads)
    yield "hundred_regiments_deliveries_under_way", desk.courier.under_way
    yield "hundred_regiments_tasks", len(asyncio.all_tasks())
    yield "hundred_regiments_clock_silent_seconds", time.monotonic() - desk.rung_at
    yield (
        "hundred_regiments_connected",
        {f'platform="{each.name}"': int(not each.trouble()) for each in platforms},
    )
    if ledger is not None:
        yield "hundred_regiments_deliveries", {
            'state="due"': ledger.due, 'state="sending"': ledger.sending
        }  # fmt: skip
        late = 0 if ledger.oldest is None else max(0, desk.now() - ledger.oldest)
        yield "hundred_regiments_delivery_lag_seconds", late
    if nightly is not None:
        yield "hundred_regiments_nightly_copy_failing", int(bool(nightly.trouble))
    yield "process_start_time_seconds", _BEGUN
    if _STATUS.exists():
        pages = int(_STATUS.read_text(encoding="ascii").split()[1])
        yield "process_resident_memory_bytes", pages * os.sysconf("SC_PAGE_SIZE")
        yield "process_open_fds", sum(1 for _ in _DESCRIPTORS.iterdir())


def _lines(name: str, figure: Figure) -> Iterator[str]:
    labelled = figure if isinstance(figure, Mapping) else {"": figure}
    for labels, value in labelled.items():
        yield f"{name}{f'{{{labels}}}' if labels else ''} {value:.16g}"
