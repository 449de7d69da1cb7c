"""Suggestions: what members suggest, what moderators decide, and telling the one what the other decided.

The moderators' queue lists `ports.suggestions.waiting`, shows each with `shown`, and settles it with `decide`. What is
decided is told directly; where that cannot be done (`settled`), `catch_up` tells it with the member's next command.
"""

from collections.abc import Sequence

from bot.core import deliveries, mistakes
from bot.core.cards import Block, Card, Intent, Quoted, say
from bot.core.effects import Direct, Effect, Show
from bot.core.errors import BotFault, UserMistake
from bot.core.events import Actor
from bot.core.inline import CommandName
from bot.core.ports import Decision, Ports, Standing, Suggestion
from bot.core.wording import day, hour, in_marks, local, long_date

LONGEST = 1_000
"""Characters of what is suggested, at most."""
MOST_WAITING = 5
"""Suggestions of one member that may wait at once."""
NOT_CERTAIN = "speaker not certain"
NOT_WHOLE = "not a whole thought"
OTHER = "other"
REASONS = (NOT_CERTAIN, NOT_WHOLE, "here already", "private person", OTHER)
"""Why a suggestion is not taken."""

_AGAIN = {
    NOT_CERTAIN: " With a source it can come again.",
    NOT_WHOLE: " With the whole sentence it can come again.",
}
_NAMES = {"speaker": "Said or written by", "place": "About", "source": "Source"}


def check_room(ports: Ports, community: str, member: str) -> None:
    """Let a member suggest something; UserMistake when as much of theirs waits as may."""
    if ports.suggestions.count(community, member) >= MOST_WAITING:
        raise UserMistake("Five of your suggestions wait already; a moderator reads them first.")


def too_long(text: str, most: int = LONGEST, what: str = "a suggestion") -> str:
    """Say that a text has more characters than it may; nothing when it has not."""
    if len(text) <= most:
        return ""
    return f"That is {len(text):,} characters, and {what} has at most {most:,}. Nothing was saved."


def shown(suggestion: Suggestion) -> tuple[Block, ...]:
    """Give what was suggested as a moderator reads it: exactly as it was typed, which the renderers make harmless."""
    fields = suggestion.fields
    credit = f"To be credited: {suggestion.credit or 'nobody'}"
    return (
        Quoted(fields["words"]),
        *(say(f"{name}: {fields[key]}") for key, name in _NAMES.items() if key in fields),
        *((say(credit),) if suggestion.kind != "correction" else ()),
    )


def told(suggestion: Suggestion, zone: str) -> Card:
    """Make the card that tells a member what was decided about their suggestion; `zone` is the community's."""
    decision, what = suggestion.decision, f"Your suggestion of {long_date(local(suggestion.at, zone).date())}"
    if decision is None:
        raise BotFault(f"suggestion {suggestion.id} is not decided")
    if decision.standing is Standing.ACCEPTED:
        words = f"{what} was accepted.{_credited(suggestion)}"
    else:
        reason = "" if decision.reason in {"", OTHER} else f": {decision.reason}"
        words = f"{what} was not taken{reason}.{_AGAIN.get(decision.reason, '')}"
    note = (say(f"The moderator’s word: {decision.word}"),) if decision.word.strip() else ()
    return Card(body=(say(words), *note), intent=Intent.OWN)


def decide(
    ports: Ports,
    community: str,
    number: int,
    *,
    accepted: bool,
    by: Actor,
    at: int,
    reason: str = "",
    word: str = "",
) -> list[Effect]:
    """Settle a suggestion that waits, and tell whoever made it.

    Whoever calls has seen to it that `by` moderates here, and puts what was accepted into the library in the same
    transaction. Raises UserMistake, and changes nothing, when somebody has decided before or the suggestion is gone.
    """
    decision = Decision(
        standing=Standing.ACCEPTED if accepted else Standing.REJECTED,
        by=by.id,
        name=in_marks(by.name)[1:-1],
        at=at,
        reason="" if accepted else reason,
        word=word,
    )
    decided = ports.suggestions.decide(community, number, decision)
    if decided is None:
        raise _decided_before(ports, community, number, at)
    call = Direct(member=decided.member, card=told(decided, ports.communities.zone(community)))
    return deliveries.tell(ports, community, call, about=f"suggest:{number}", at=at)


def settled(ports: Ports, community: str, number: int, *, made: bool) -> None:
    """Take note of how telling a member went: `number` is the suggestion that the delivery's `suggest:` names."""
    if not made:
        ports.suggestions.tell_again(community, number)


def catch_up(ports: Ports, community: str, member: str) -> Sequence[Effect]:
    """Tell a member, along with the answer to a command, what was decided and could not be told directly."""
    zone = ports.communities.zone(community)
    return [Show(card=told(each, zone)) for each in ports.suggestions.untold(community, member)]


def _credited(suggestion: Suggestion) -> str:
    if suggestion.kind == "correction":
        return ""
    if not suggestion.credit:
        return " Its card will not name you, as you asked."
    return f" Its card will say {in_marks(f'suggested by {suggestion.credit}')}."


def _decided_before(ports: Ports, community: str, number: int, at: int) -> UserMistake:
    suggestion = ports.suggestions.get(community, number)
    if suggestion is None or suggestion.decision is None:
        return mistakes.foreign_button()
    decision = suggestion.decision
    who = decision.name or "A former member"
    zone = ports.communities.zone(community)
    today = day(decision.at, zone) == day(at, zone)
    when = f"at {hour(decision.at, zone)}" if today else f"on {day(decision.at, zone)}"
    return UserMistake(
        f"{who} {decision.standing.value} this {when}, so nothing was changed. ",
        CommandName("library review"),
        " shows the next.",
    )
