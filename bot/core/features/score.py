"""/score: what a member has done here, told to that member alone."""

from collections.abc import Sequence

from bot.core import mistakes
from bot.core.cards import Card, Intent, Paragraph, line, say
from bot.core.effects import Effect, Show
from bot.core.inline import CommandName
from bot.core.ports import Record
from bot.core.registry import Command
from bot.core.request import Request
from bot.core.wording import count


def score(request: Request) -> Sequence[Effect]:
    """Show points, accuracy by topic, days and streak."""
    return [Show(card=card_of(request))]


def card_of(request: Request) -> Card:
    """Make the card of what the member has done here."""
    zone = request.ports.communities.zone(request.community)
    record = request.ports.scores.record(request.community, request.member, request.at, zone)
    if not record.days and not record.points.ever and not record.topics:
        return line(
            "You have no points here yet. They come from ", CommandName("quiz"), ".", intent=Intent.OWN
        )
    return Card(
        title="Your score",
        body=_lines(record),
        intent=Intent.OWN,
        buttons=(*mistakes.runs("Leaderboard", "leaderboard"), *mistakes.runs("Review", "review")),
    )


def _lines(record: Record) -> tuple[Paragraph, ...]:
    points = record.points
    topics = ", ".join(f"{name} {right} of {answers}" for name, right, answers in record.topics[:8])
    streak = count(record.streak, "day") if record.streak else "none running"
    return (
        say(
            f"{points.week:,} {'point' if points.week == 1 else 'points'} this week, {points.month:,} this month, {points.ever:,} in all"
        ),
        *((say(f"Right by topic: {topics}"),) if topics else ()),
        say(f"Days this month: {record.days}. Streak: {streak}; rest days left: {record.rest_days}."),
    )


ENTRIES = (
    Command(
        name="score",
        help="Your points, what you get right by topic, and your days here; seen by you alone",
        example="/score",
        handler=score,
    ),
)
