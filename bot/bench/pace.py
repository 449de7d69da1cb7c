"""How much a measurement takes on, and how far it has come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.bench.rows import Row

T = TypeVar("T")
WHOLE, QUICK = 1, 20
"""The parts of everything that are measured: all of it, or a twentieth for rougher figures."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """A measurement's size, and the bar that shows how far it is: `show` takes a share from 0 to 1, and what is done.

    Everything is divided by `part`.
    """

    part: int = WHOLE
    show: Callable[[float, str], None] = lambda _share, _what: None

    @property
    def seconds(self) -> float:
        """For how long one figure is taken."""
        return 2.0 / self.part

    def size(self, whole: int, least: int = 1) -> int:
        """Give how many there are of something: this part of all, and `least` at least."""
        return max(whole // self.part, least)

    def through(self, items: Iterable[T], of: int, what: str) -> Iterator[T]:
        """Go through items, of which there are so many, and show how far that is."""
        for number, item in enumerate(items):
            self.show(number / of, what)
            yield item


class Measure(Protocol):
    """Takes the measurements of one family."""

    def __call__(self, pace: Pace) -> Iterable[Row]:
        """Give the rows, each as soon as it is measured."""
