"""/moderate adjust and rescore: a score corrected with a reason, and sums worked out anew."""

from collections.abc import Sequence

from bot.core import auditing, mistakes
from bot.core.cards import Button, Card, Intent, line, say
from bot.core.channels import is_id
from bot.core.effects import Effect, Show, Update, Wake
from bot.core.errors import UserMistake
from bot.core.inline import Mention
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import count, hour, in_marks

MOST = 1_000
"""Points by which one correction changes a score at most."""
NOTHING = "Nothing was changed."
EXAMPLE = "/moderate adjust Ben 5 the round closed early"


def adjust(request: Request) -> Sequence[Effect]:
    """Correct a member's score, with the reason."""
    ports, community = request.ports, request.community
    member, behind = _member(request, request.values["member"])
    reason = " ".join(filter(None, (request.values.get("reason", ""), behind)))
    if not reason:
        raise UserMistake(f"A correction needs its reason, as in: {EXAMPLE}. {NOTHING}")
    points = request.number("points", 0)
    if points == 0:
        raise UserMistake(f"A correction by 0 points corrects nothing. {NOTHING}")
    zone = ports.communities.zone(community)
    total = ports.scores.points(community, member, request.at, zone).ever
    if total + points < 0:
        raise UserMistake(
            Mention(member, member, notify=True), f" has {count(total, 'point')}, so no more can be taken. {NOTHING}"
        )  # fmt: skip
    detail = f"{_more(points)}, {reason}"
    entry, effects = auditing.note(request, "corrected the score of", detail=detail, whom=member)
    ports.scores.add(community, member, points, source=f"adjustment:{entry}", at=request.at, zone=zone)
    words = f": {_more(points)}, {total + points:,} in all. Reason: {reason.rstrip('.')}."
    card = Card(
        body=(say(Mention(member, member, notify=True), words),),
        intent=Intent.MODERATION,
        buttons=(Button("Undo", token("moderate:undo", entry)),),
    )
    return [Show(card=card), *effects]


def undo(request: Request) -> Sequence[Effect]:
    """Take a correction back, by another one."""
    ports, community = request.ports, request.community
    entry = ports.audit.get(community, request.row())
    if entry is None or entry.about.startswith(auditing.UNDO):
        raise mistakes.foreign_button()
    about = f"{auditing.UNDO}{entry.id}"
    done = ports.audit.latest(community, about)
    zone = ports.communities.zone(community)
    if done is not None:
        when = hour(done.at, zone)
        raise UserMistake(f"{done.name or 'A former member'} took this back at {when}. {NOTHING}")
    found = ports.moderation.adjusted(community, entry.id)
    if found is None:
        raise mistakes.foreign_button()
    member, points = found
    number, effects = auditing.note(request, "took back a correction of the score of", about, whom=member)
    ports.scores.add(community, member, -points, source=f"adjustment:{number}", at=request.at, zone=zone)
    total = ports.scores.points(community, member, request.at, zone).ever
    words = (Mention(member, member, notify=True), f": taken back, {total:,} in all.")
    return [Update(line(*words, intent=Intent.MODERATION)), *effects]


def rescore(request: Request) -> Sequence[Effect]:
    """Work out the points of a member, or of everybody, anew from what was scored."""
    ports, community = request.ports, request.community
    if "member" not in request.values:
        ports.moderation.resum_all(community)
        _, effects = auditing.note(request, "had everyone’s points worked out anew")
        words = "Everyone’s points are being worked out anew, from what was scored."
        return [Show(card=line(words, intent=Intent.MODERATION)), *effects, Wake(request.at)]
    member, _ = _member(request, request.values["member"])
    zone = ports.communities.zone(community)
    changed = ports.moderation.resum(community, member, zone)
    _, effects = auditing.note(request, "worked out anew the points of", whom=member)
    total = ports.scores.points(community, member, request.at, zone).ever
    state = "worked out anew" if changed else "right already"
    words_of = (Mention(member, member, notify=True), f": {state}, {total:,} in all.")
    return [Show(card=line(*words_of, intent=Intent.MODERATION)), *effects]


def _member(request: Request, typed: str) -> tuple[str, str]:
    """Find the member whose id or name was typed; gives the id, and what was typed behind it."""
    words = typed.strip().removeprefix("@").split()
    for number in range(len(words), 0, -1):
        found = request.ports.moderation.known(request.community, " ".join(words[:number]))
        if found is not None:
            return found, " ".join(words[number:])
    if is_id(words[0]):
        raise UserMistake(
            Mention(words[0], words[0], notify=True), f" has not answered a round here. {NOTHING}"
        )
    raise UserMistake(f"No one who has answered a round here is called {in_marks(words[0])}. {NOTHING}")


def _more(points: int) -> str:
    return f"{count(abs(points), 'point')} {'more' if points > 0 else 'less'}"


_MODERATOR = Access.MODERATOR
_MEMBER = Parameter(
    name="member", help="Whose score", kind=Kind.MEMBER, wants="a member, points and a reason", required=True
)
ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="moderate adjust",
        help="Correct a member’s score, with the reason",
        example=EXAMPLE,
        parameters=(
            _MEMBER,
            Parameter(
                name="points", help="How many; below 0 takes some", kind=Kind.NUMBER, least=-MOST, most=MOST,
                wants="points", required=True,
            ),
            Parameter(name="reason", help="Why; the audit log keeps it"),
        ),
        handler=adjust,
        access=_MODERATOR,
    ),
    Command(
        name="moderate rescore",
        help="Work out points anew from what was scored: a member’s, or everyone’s",
        example="/moderate rescore",
        parameters=(Parameter(name="member", help="Whose; without one, everyone’s", kind=Kind.MEMBER),),
        handler=rescore,
        access=_MODERATOR,
    ),
    Action(name="moderate:undo", handler=undo, access=_MODERATOR, answer=Answer.UPDATE),
)  # fmt: skip
