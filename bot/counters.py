"""What has happened since the start, counted for whoever watches: no names, no words, no communities."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds of how long an event took, in seconds."""


class Counters:
    """Counts of events and deliveries, and how long events took."""

    def __init__(self) -> None:
        self.events: Counter[str] = Counter()
        self.deliveries: Counter[str] = Counter()
        self._took = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0

    def handled(self, event: str, seconds: float) -> None:
        """Count an event and how long it took from the queue to its effects."""
        self.events[event] += 1
        self._took[bisect_left(BUCKETS, seconds)] += 1
        self._seconds += seconds

    def delivered(self, outcome: str) -> None:
        """Count a delivery by its outcome: `made`, or why it failed."""
        self.deliveries[outcome] += 1

    def lines(self) -> Iterator[str]:
        """Write the counts in Prometheus's text format."""
        yield "# TYPE hundred_regiments_events_total counter"
        for name, count in sorted(self.events.items()):
            yield f'hundred_regiments_events_total{{kind="{name}"}} {count}'
        yield "# TYPE hundred_regiments_deliveries_total counter"
        for name, count in sorted(self.deliveries.items()):
            yield f'hundred_regiments_deliveries_total{{outcome="{name}"}} {count}'
        yield "# TYPE hundred_regiments_event_seconds histogram"
        below = 0
        for bound, count in zip(BUCKETS, self._took, strict=False):
            below += count
            yield f'hundred_regiments_event_seconds_bucket{{le="{bound}"}} {below}'
        total = below + self._took[-1]
        yield f'hundred_regiments_event_seconds_bucket{{le="+Inf"}} {total}'
        yield f"hundred_regiments_event_seconds_sum {self._seconds:.6f}"
        yield f"hundred_regiments_event_seconds_count {total}"
