"""What a host's check has found on a platform."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Findings:
    """Faults keep something from being done, notes do not."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
