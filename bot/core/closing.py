"""The end of a round: its deadline, its reveal, and what a live one leaves each member: points, or a question to review."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import deliveries, difficulty, reviewing, sets
from bot.core.cards import Card
from bot.core.effects import Edit, Effect, Post, Wake
from bot.core.events import FailureKind
from bot.core.ports import Ports, Rules
from bot.core.round_cards import question_card, result_card, void_card
from bot.core.rounds import LATE_POST, Happening, Mode, Round, State, Tally, after
from bot.core.rules import rules_of
from bot.core.wording import mended_by

SLICE = 16
"""How many rounds one event closes at most."""
PAYMENTS = 100
"""How many members one event gives their points at most."""
RETURNS = 50
"""To how many members one event brings a question back at most."""


def opened(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """Open a round whose post is confirmed. Its deadline moves, and is shown anew, only if the post took long."""
    late = at - round_.asked_at
    closes_at = round_.closes_at if late <= LATE_POST else at + round_.seconds
    return _moved(ports, round_, after(round_.state, Happening.CONFIRMED), closes_at, at)


def closed(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """Close a round: reveal it where it was asked, and give the points."""
    ports.rounds.move(round_.id, after(round_.state, Happening.DEADLINE), closes_at=min(round_.closes_at, at))
    tally = ports.rounds.tally(round_.id, len(round_.question.options))
    _learn(ports, round_, tally)
    if round_.mode is Mode.PRIVATE:
        return []
    result = result_card(round_, tally, rules_of(ports, round_.community))
    effects = pay(ports, round_, at) + bring_back(ports, round_, at)
    if round_.message is None:
        return effects
    if round_.mode is Mode.LIVE:
        return effects + _edit(ports, round_, result, at) + sets.go_on(ports, round_, at)
    zone = ports.communities.zone(round_.community)
    effects += _edit(ports, round_, question_card(round_, zone, options=False), at)
    post = Post(channel=round_.channel, card=result)
    _, posted = deliveries.post(ports, round_.community, post, about=f"result:{round_.id}", at=at)
    return effects + posted


def voided(
    ports: Ports, round_: Round, at: int, kind: FailureKind = FailureKind.PASSING, detail: str = ""
) -> list[Effect]:
    """End a round whose post was never confirmed, and with it its set; it counts for nobody.

    `kind` and `detail` are the platform's word where the post failed.
    """
    ports.rounds.move(round_.id, after(round_.state, Happening.UNCONFIRMED), closes_at=round_.closes_at)
    placed = round_.message and ports.deliveries.placed(round_.community, round_.message)
    effects = taken_back(ports, round_, at) if placed else []
    return effects + sets.cut_short(ports, round_, at, mended_by(kind, detail))


def taken_back(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """Show in place of a void round's question, where that stands, that it counts for nobody."""
    return _edit(ports, round_, void_card(round_), at)


def due(ports: Ports, at: int) -> list[Effect]:
    """End the rounds whose time has come, a slice at a time, and give what closed ones still owe."""
    effects: list[Effect] = []
    for round_ in ports.rounds.too_far(at, SLICE):
        effects += _moved(ports, round_, round_.state, at + round_.seconds, at)
    rounds: Sequence[Round] = ports.rounds.due(at, SLICE)
    for round_ in rounds:
        effects += voided(ports, round_, at) if round_.state is State.ASKED else closed(ports, round_, at)
    for round_ in ports.rounds.owing(1):
        effects += pay(ports, round_, at)
    for round_ in ports.rounds.returning(1):
        effects += bring_back(ports, round_, at)
    following = ports.rounds.next_due()
    if following is not None:
        effects.append(Wake(max(following, at)))
    return effects


def pay(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """Give the points of a closed round to who is owed them, a slice at a time."""
    zone = ports.communities.zone(round_.community)
    rules, members = rules_of(ports, round_.community), ports.rounds.unpaid(round_.id, PAYMENTS)
    for member, answered_at in members:
        ports.rounds.pay(round_.id, member)
        points = points_for(rules, answered_at - round_.asked_at)
        ports.scores.add(round_.community, member, points, source=f"round:{round_.id}", at=at, zone=zone)
    return [Wake(at)] if len(members) == PAYMENTS else []


def bring_back(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """Bring a closed live round's question into the review of who answered another way, a slice at a time."""
    question, closed_at = round_.question, min(round_.closes_at, at)
    members = ports.rounds.unreturned(round_.id, RETURNS)
    for member in members:
        ports.rounds.returned(round_.id, member)
        reviewing.enter(ports, round_.community, member, question.kind, question.item, closed_at)
    return [Wake(at)] if len(members) == RETURNS else []


def points_for(rules: Rules, seconds: int) -> int:
    """Give the points of a right answer to a live round that came after so many seconds."""
    return rules.points_right + (rules.points_fast if seconds <= rules.fast_seconds else 0)


def _learn(ports: Ports, round_: Round, tally: Tally) -> None:
    """Let a question's difficulty follow from how its answers fell."""
    if not tally.answers:
        return
    community, item = round_.community, round_.question.item
    before, _ = ports.rounds.times_asked(community, item)
    rating = ports.rounds.ratings(community, [item]).get(item, 0.0)
    options = len(round_.question.options)
    learnt = difficulty.learn(rating, before - tally.answers, tally.answers, tally.right, options)
    ports.rounds.rate(community, item, learnt)


def _moved(ports: Ports, round_: Round, state: State, closes_at: int, at: int) -> list[Effect]:
    """Set a round's state and deadline, which is shown anew where it is another."""
    ports.rounds.move(round_.id, state, closes_at=closes_at)
    effects: list[Effect] = [Wake(closes_at)]
    if closes_at != round_.closes_at and round_.message is not None:
        card = question_card(replace(round_, closes_at=closes_at), ports.communities.zone(round_.community))
        effects += _edit(ports, round_, card, at)
    return effects


def _edit(ports: Ports, round_: Round, card: Card, at: int) -> list[Effect]:
    if round_.message is None:
        return []
    return deliveries.change(
        ports, round_.community, round_.message, Edit(card=card), about=f"quiz:{round_.id}", at=at
    )
