"""Upheld challenges: the question of a closed round is void, or another of its options is the right one.

Nobody is told publicly. Who answered is counted anew, a slice at a time: each comes to the points that they would have
had, by an event of its own in the week of the first, so that nothing that was given is ever changed.
"""

from bot.core.effects import Effect, Wake
from bot.core.ports import Challenge, Counted, Ports
from bot.core.rounds import Happening, Round, after

SLICE = 50
"""How many answers, or how many members' sums, one event works out anew at most."""
LET_GO = 250
"""How many answers one event reduces to right or wrong at most."""


def uphold(
    ports: Ports, round_: Round, entry: int, option: int | None, *, points: int, at: int
) -> list[Effect]:
    """Decide a challenge: another option is the right one, or (None) the question is void."""
    challenge = Challenge(
        entry=entry, community=round_.community, round=round_.id, option=option, points=points
    )
    ports.moderation.challenge(challenge)
    if option is None:
        state = after(round_.state, Happening.CHALLENGE)
        ports.rounds.move(round_.id, state, closes_at=round_.closes_at)
    else:
        ports.rounds.correct(round_.community, round_.id, option)
    return _count(ports, challenge, round_, at)


def due(ports: Ports, at: int) -> list[Effect]:
    """Go on with what is being counted anew, and let go of choices that have been kept long enough."""
    more = False
    for challenge in ports.moderation.under_way(1):
        round_ = ports.rounds.get(challenge.community, challenge.round)
        more = round_ is not None and bool(_count(ports, challenge, round_, at))
    for community, reached in ports.moderation.resumming(1):
        more |= _resum(ports, community, reached)
    for _, number in ports.moderation.choices_over(at, 1):
        ports.moderation.let_go(number, LET_GO)
        more = True
    return [Wake(at)] if more else []


def _count(ports: Ports, challenge: Challenge, round_: Round, at: int) -> list[Effect]:
    """Count the next answers anew; gives when to go on, nothing once all are counted."""
    zone = ports.communities.zone(challenge.community)
    answers = ports.moderation.answers(challenge, SLICE)
    for each in answers:
        right = each.right if challenge.option is None else each.option == challenge.option
        ports.moderation.recount(challenge, each.member, right=right)
        if points := _missing(challenge, each, right=right):
            ports.scores.add(
                challenge.community, each.member, points,
                source=f"rescore:{challenge.entry}", at=each.at or round_.closes_at, zone=zone,
            )  # fmt: skip
    if len(answers) == SLICE:
        return [Wake(at)]
    ports.moderation.counted(challenge)
    return []


def _missing(challenge: Challenge, each: Counted, *, right: bool) -> int:
    """Say how many points somebody is to be given, or (below 0) gives back. What is still owed is paid anyway."""
    if challenge.option is None or not right:
        return -each.points
    if each.owed or each.points > 0:
        return 0
    return challenge.points - each.points


def _resum(ports: Ports, community: str, reached: str) -> bool:
    zone = ports.communities.zone(community)
    members = ports.moderation.members_after(community, reached, SLICE)
    for member in members:
        ports.moderation.resum(community, member, zone)
    more = len(members) == SLICE
    ports.moderation.resummed(community, members[-1] if more else None)
    return more
