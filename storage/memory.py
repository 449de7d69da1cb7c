"""What is kept in memory of the rows, and for how long it is sure to be true.

A round's question never changes, so rounds are kept until they are undone. What may change is kept within one
transaction alone: it holds the write lock, or reads one moment, so what was read in it stays true until this very
store writes it. A batch of answers asks for the same zone, rules and round again and again.
"""

import math
from collections.abc import Mapping

from bot.core.rounds import Round

KEPT = 256
"""How many rounds are kept in memory."""


class Memory:
    """One store's memory. Whoever writes a row that something here was read from lets go of it."""

    def __init__(self) -> None:
        self.rounds: dict[int, Round] = {}
        """Rounds as they were read last: the state and the deadline may have changed since."""
        self.first_new: float = math.inf
        """The lowest id of a round that this transaction has written."""
        self.standing: dict[int, Round] = {}
        """Within a transaction: rounds as they stand."""
        self.zones: dict[str, str] = {}
        """Within a transaction: zones by community."""
        self.quiz: dict[str, Mapping[str, int]] = {}
        """Within a transaction: what is set of a quiz, by community."""
        self.seasons: dict[tuple[str, str], str] = {}
        """Within a transaction: the key of a season's sums, by community and local date."""
        self.editions: dict[str, tuple[int, Mapping[str, int]]] = {}
        """Within a transaction, and as long as nothing is written: the count of changes, and the editions of the shared
        library and of a community's own, by community."""
        self.sure = False
        """Whether a transaction is open."""

    def begun(self) -> None:
        """Keep what is read from now on, until the transaction ends."""
        self.sure = True

    def undone(self) -> None:
        """Let go of what was read or written since the transaction began: some of it may be no more.

        After a rollback other rounds may have the ids of those that never were.
        """
        self.doubt()
        if self.first_new < math.inf:
            self.rounds = {number: kept for number, kept in self.rounds.items() if number < self.first_new}

    def done(self) -> None:
        """Take what was written until now for kept; the transaction is over."""
        self.first_new = math.inf
        self.sure = False
        self.doubt()

    def doubt(self) -> None:
        """Let go of what may change."""
        self.standing.clear()
        self.zones.clear()
        self.quiz.clear()
        self.seasons.clear()
        self.editions.clear()

    def keep(self, round_: Round) -> None:
        """Keep a round as it was just read."""
        if len(self.rounds) >= KEPT and round_.id not in self.rounds:
            self.rounds.clear()
        self.rounds[round_.id] = round_
        if self.sure:
            self.standing[round_.id] = round_
