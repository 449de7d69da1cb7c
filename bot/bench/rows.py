"""A row of the bench: a figure, its floor from the same run, and what it is to reach."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure. `least` and `most` bound it (0: unbounded); the floor is what bare tools do on the same machine."""

    name: str
    measured: float
    unit: str
    floor: float
    floor_of: str
    least: float = 0.0
    most: float = 0.0

    @property
    def ratio(self) -> float:
        """The figure as a share of its floor."""
        return self.measured / self.floor if self.floor else 0.0

    @property
    def reached(self) -> bool:
        """Whether the figure lies within its bounds."""
        return self.measured >= self.least and (not self.most or self.measured <= self.most)

    @property
    def cells(self) -> tuple[str, str, str, str, str, str]:
        """The row as text: name, figure, floor, ratio, bound, and whether it is reached."""
        bound = f"≥ {_figure(self.least)}" if self.least else f"≤ {_figure(self.most)}" if self.most else ""
        return (
            self.name,
            f"{_figure(self.measured)} {self.unit}",
            f"{_figure(self.floor)} ({self.floor_of})",
            f"{self.ratio:.2f}",
            bound,
            "" if self.reached else "missed",
        )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - whole numbers from a hundred on
