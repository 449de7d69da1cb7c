"""What has happened since the start, counted for whoever watches: no names, no words, no communities."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds of how long something took, in seconds."""
ANSWERS = frozenset({"excerpt:answer", "quiz:answer", "quiz:pick", "quiz:typed", "review:answer"})
"""What a member answers a question with, by its name in the registry."""


class Histogram:
    """How long something took, in buckets."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0

    def took(self, seconds: float) -> None:
        """Count one more."""
        self._counts[bisect_left(BUCKETS, seconds)] += 1
        self._seconds += seconds

    def lines(self, name: str) -> Iterator[str]:
        """Write it in Prometheus's text format."""
        yield f"# TYPE {name} histogram"
        below = 0
        for bound, count in zip(BUCKETS, self._counts, strict=False):
            below += count
            yield f'{name}_bucket{{le="{bound}"}} {below}'
        total = below + self._counts[-1]
        yield f'{name}_bucket{{le="+Inf"}} {total}'
        yield f"{name}_sum {self._seconds:.6f}"
        yield f"{name}_count {total}"


class Counters:
    """Counts of events and deliveries, and how long each took."""

    def __init__(self) -> None:
        self.events: Counter[tuple[str, str]] = Counter()
        self.deliveries: Counter[str] = Counter()
        self._handling = Histogram()
        self._delivering = Histogram()

    def handled(self, event: str, seconds: float, name: str = "") -> None:
        """Count an event, by the name of what was asked in the registry, and how long it took from the queue to its effects."""
        self.events[event, name] += 1
        self._handling.took(seconds)

    def delivered(self, outcome: str, seconds: float) -> None:
        """Count a delivery by its outcome, `made` or why it failed, and how long its platform took."""
        self.deliveries[outcome] += 1
        self._delivering.took(seconds)

    def lines(self) -> Iterator[str]:
        """Write the counts in Prometheus's text format."""
        yield "# TYPE hundred_regiments_events_total counter"
        for (event, name), count in sorted(self.events.items()):
            yield f'hundred_regiments_events_total{{kind="{event}",name="{name}"}} {count}'
        answers = sum(count for (_, name), count in self.events.items() if name in ANSWERS)
        yield "# TYPE hundred_regiments_answers_total counter"
        yield f"hundred_regiments_answers_total {answers}"
        yield "# TYPE hundred_regiments_deliveries_total counter"
        for outcome, count in sorted(self.deliveries.items()):
            yield f'hundred_regiments_deliveries_total{{outcome="{outcome}"}} {count}'
        yield from self._handling.lines("hundred_regiments_event_seconds")
        yield from self._delivering.lines("hundred_regiments_delivery_seconds")
