"""The beginning of a round: its rows, and the card that asks."""

from bot.core.cards import Card
from bot.core.errors import BotFault
from bot.core.ports import Ports
from bot.core.round_cards import question_card
from bot.core.rounds import Happening, Mode, Question, State, after

DAY = 86_400
"""Seconds that a private round waits for its answer."""


def write(
    ports: Ports,
    community: str,
    question: Question,
    *,
    channel: str,
    mode: Mode,
    typed: bool,
    asker: str,
    at: int,
    seconds: int,
) -> tuple[int, int]:
    """Write a round that waits for its post to be confirmed; gives its id and its message's row."""
    message = ports.deliveries.message(community, channel)
    number = ports.rounds.add(
        community,
        channel=channel,
        mode=mode,
        typed=typed,
        question=question,
        asker=asker,
        at=at,
        seconds=seconds,
        message=message,
    )
    return number, message


def write_private(
    ports: Ports, community: str, question: Question, *, channel: str, typed: bool, asker: str, at: int
) -> int:
    """Write a round for one member alone, which is open at once and closes on the answer; gives its id."""
    number = ports.rounds.add(
        community,
        channel=channel,
        mode=Mode.PRIVATE,
        typed=typed,
        question=question,
        asker=asker,
        at=at,
        seconds=DAY,
        message=None,
    )
    ports.rounds.move(number, after(State.ASKED, Happening.CONFIRMED), closes_at=at + DAY)
    return number


def card(ports: Ports, community: str, number: int) -> Card:
    """Make the card that asks a round's question."""
    round_ = ports.rounds.get(community, number)
    if round_ is None:
        raise BotFault(f"round {number} is not there")
    rate = ports.rounds.times_asked(community, round_.question.item)
    return question_card(round_, ports.communities.zone(community), rate=rate)
