"""When a question comes back: FSRS, asked about whole local days, with its chance and its clock left out.

Days are handed to the library as midnights in UTC, so an hour that a zone gains or loses is not seen here.
"""

import functools
import json
from datetime import UTC, date, datetime, time

from fsrs import Card, Rating, Scheduler, State

from bot.core.ports import Spaced

LONGEST = 364
"""Days after which a question comes back at the latest: a date without its year names one day."""

# Without learning steps every interval is a number of days; without relearning steps it stays so after a lapse.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)
_KEPT = 4096


class Fsrs:
    """The spacing port by the Free Spaced Repetition Scheduler, with its published weights."""

    def after(self, state: str, *, right: bool, on: date) -> Spaced:
        """Give the memory's state after an answer on a local date, and the local date it leads to."""
        return _after(state, right, on)


@functools.lru_cache(maxsize=_KEPT)
def _after(state: str, right: bool, on: date) -> Spaced:  # noqa: FBT001 - a key of the cache
    card, _ = _SCHEDULER.review_card(_card(state, on), Rating.Good if right else Rating.Again, _midnight(on))
    memory = {"stability": card.stability, "difficulty": card.difficulty, "last": on.isoformat()}
    return Spaced(json.dumps(memory), card.due.date())


def _card(state: str, on: date) -> Card:
    """Make the library's card. All that it would take from the clock is given."""
    if not state:
        return Card(card_id=0, due=_midnight(on))
    memory = json.loads(state)
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory["stability"],
        difficulty=memory["difficulty"],
        due=_midnight(on),
        last_review=_midnight(date.fromisoformat(memory["last"])),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
