"""/moderate: scores corrected with a reason, challenges upheld, sums worked out anew, and the audit log."""

from collections.abc import Sequence

from bot.core import auditing, challenging, mistakes
from bot.core.cards import (
    Button,
    Card,
    Intent,
    Mention,
    Option,
    Paragraph,
    Select,
    Time,
    TimeStyle,
    line,
    say,
)
from bot.core.channels import is_id
from bot.core.effects import Effect, Show, Update, Wake
from bot.core.errors import UserMistake
from bot.core.names import fold
from bot.core.registry import Access, Action, Answer, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.round_cards import SHARES_FROM, closes
from bot.core.rounds import Mode, Round, State
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, hour, in_marks

MOST = 1_000
"""Points by which one correction changes a score at most."""
PAGE = 10
LOOKED_THROUGH = 40
"""How many of the latest closed rounds are looked through for words."""
NOTHING = "Nothing was changed."
EXAMPLE = "/moderate adjust Ben 5 the round closed early"
_LABEL, _OPTION = 34, 75


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


def challenge(request: Request) -> Sequence[Effect]:
    """List the latest closed rounds, or those on a question, to decide a challenge of one."""
    typed = request.values.get("question", "")
    rounds = _closed(request, LOOKED_THROUGH if typed else PAGE)
    if typed:
        rounds = [each for each in rounds if fold(typed) in _words(each)][:PAGE]
    if not rounds:
        on = f" on {in_marks(typed)}" if typed else ""
        raise UserMistake(f"No round{on} has closed here lately. {NOTHING}")
    if len(rounds) == 1:
        return [Show(card=_challenged(request, rounds[0]))]
    zone = request.ports.communities.zone(request.community)
    body = tuple(say(f"{number} {each.question.solved}, ", Time(each.closes_at, zone))
                 for number, each in enumerate(rounds, 1))  # fmt: skip
    options = tuple(
        Option(f"{number} {each.question.solved}"[:_OPTION], str(each.id))
        for number, each in enumerate(rounds, 1)
    )
    select = Select("Which question", token("moderate:round"), options)
    return [Show(card=Card(title="Closed rounds", body=body, intent=Intent.MODERATION, select=select))]


def choose(request: Request) -> Sequence[Effect]:
    """Show the round that was chosen in the list."""
    digits = request.value if request.value.isascii() and request.value.isdigit() else "0"
    return [Show(card=_challenged(request, _round(request, int(digits[:18]))))]


def uphold(request: Request) -> Sequence[Effect]:
    """Decide a challenge: the question is void, or another option is the right one."""
    ports, community = request.ports, request.community
    round_ = _round(request, request.row())
    _check_undecided(request, round_, request.row(1))
    option = None
    if len(request.args) > 2:  # noqa: PLR2004 - round, decision before, option
        option = request.row(2) if request.args[2].isdecimal() else -1
        if round_.typed or not 0 <= option < len(round_.question.options) or option == round_.question.right:
            raise mistakes.foreign_button()
        if not ports.moderation.keeps_choices(community, round_.id, request.at):
            raise UserMistake(f"{_too_late()} {NOTHING}")
    named, about = round_.question.solved, f"{auditing.ROUND}{round_.id}"
    if option is None:
        entry, effects = auditing.note(request, "voided a question", about, named)
        words = f"Void: {named}. Its points are taken back; nobody is told publicly."
    else:
        label = round_.question.options[option]
        entry, effects = auditing.note(request, "made another option right", about, f"{label}, in {named}")
        words = f"{label} is the right one now. Whoever answered is counted anew; nobody is told publicly."
    points = rules_of(ports, community).points_right
    counted = challenging.uphold(ports, round_, entry, option, points=points, at=request.at)
    return [Update(line(words, intent=Intent.MODERATION)), *effects, *counted]


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


def log(request: Request) -> Sequence[Effect]:
    """Show the audit log, the newest entries first."""
    return [Show(card=_page(request, 0))]


def turn(request: Request) -> Sequence[Effect]:
    """Turn to another page of the audit log."""
    return [Update(_page(request, request.row()))]


def _page(request: Request, first: int) -> Card:
    ports, community = request.ports, request.community
    total = ports.audit.count(community)
    if total == 0:
        return line("No moderator has done anything here yet that is noted.", intent=Intent.MODERATION)
    first = min(first, (total - 1) // PAGE * PAGE)
    zone = ports.communities.zone(community)
    entries = ports.audit.page(community, first, PAGE)
    body: tuple[Paragraph, ...] = tuple(
        say(Time(each.at, zone, TimeStyle.MOMENT), ": ", *auditing.said(each, by_name=True)) for each in entries
    )  # fmt: skip
    newer = (Button("Newer", token("moderate:turn", max(first - PAGE, 0))),) if first else ()
    older = (Button("Older", token("moderate:turn", first + PAGE)),) if first + PAGE < total else ()
    title = f"Audit log, {first + 1} to {first + len(entries)} of {total:,}"
    return Card(title=title, body=body, intent=Intent.MODERATION, buttons=(*newer, *older))


def _challenged(request: Request, round_: Round) -> Card:
    """Make the card that a challenge is decided on."""
    ports, community, question = request.ports, request.community, round_.question
    zone = ports.communities.zone(community)
    tally = ports.rounds.tally(round_.id, len(question.options))
    fell = f"{count(tally.answers, 'answer')}, {tally.right} right."
    if round_.typed or tally.answers < SHARES_FROM:
        options: tuple[Paragraph, ...] = ()
    else:
        each = zip(question.options, tally.by_option, strict=True)
        options = (say(" · ".join(f"{label} ({number})" for label, number in each)),)
    decided = ports.moderation.challenged(community, round_.id) or 0
    kept = ports.moderation.keeps_choices(community, round_.id, request.at) and not round_.typed
    others = [
        (index, label) for index, label in enumerate(question.options) if index != question.right and kept
    ]
    buttons = [Button("Void the question", token("moderate:uphold", round_.id, decided))]
    buttons += [
        Button(f"{label} is right"[:_LABEL], token("moderate:uphold", round_.id, decided, index))
        for index, label in others[:10]
    ]
    remark = "Void takes its points back from everyone. Nobody is told publicly."
    return Card(
        title=question.solved,
        body=(
            *question.ask,
            say("Closed ", Time(round_.closes_at, zone), f". {fell}"),
            *options,
            say(remark) if kept or round_.typed else say(_too_late()),
        ),
        intent=Intent.MODERATION,
        buttons=tuple(buttons),
    )


def _round(request: Request, number: int) -> Round:
    """Get a closed round that everyone could see. Raises UserMistake."""
    round_ = request.ports.rounds.get(request.community, number)
    if round_ is None or round_.mode is Mode.PRIVATE:
        raise mistakes.foreign_button()
    if round_.state in {State.ASKED, State.OPEN}:
        zone = request.ports.communities.zone(request.community)
        raise UserMistake("This round is open until ", closes(round_, zone), f". {NOTHING}")
    if round_.state is State.VOID:
        raise _decided(request, round_)
    return round_


def _check_undecided(request: Request, round_: Round, before: int) -> None:
    """Refuse a decision on a card that another decision has overtaken."""
    if (request.ports.moderation.challenged(request.community, round_.id) or 0) != before:
        raise _decided(request, round_)


def _decided(request: Request, round_: Round) -> UserMistake:
    entry = request.ports.audit.latest(request.community, f"{auditing.ROUND}{round_.id}")
    if entry is None:
        return UserMistake(f"This round counts for nobody already. {NOTHING}")
    when = hour(entry.at, request.ports.communities.zone(request.community))
    return UserMistake(f"{entry.name or 'A former member'} decided this at {when}, so nothing was changed.")


def _too_late() -> str:
    return (
        "It closed more than 7 days ago, so it is no longer known who took which option: the question can be void, "
        "and nothing else."
    )


def _closed(request: Request, most: int) -> list[Round]:
    ports, community = request.ports, request.community
    found = (ports.rounds.get(community, number) for number in ports.moderation.recent(community, 0, most))
    return [each for each in found if each is not None]


def _words(round_: Round) -> str:
    """Give the words by which a round is found: what it asks and what it reveals, without case and marks."""
    question = round_.question
    parts = [part for block in question.ask if isinstance(block, Paragraph) for part in block.parts]
    said = " ".join(str(getattr(part, "text", "")) for part in parts)
    return fold(f"{question.solved} {said} {' '.join(question.options)}")


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
        name="moderate challenge",
        help="Decide a challenge: a closed round’s question is void, or another option is right",
        example="/moderate challenge regiments",
        parameters=(Parameter(name="question", help="Words of the question; without any, the latest are listed"),),
        handler=challenge,
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
    Command(
        name="moderate log",
        help="What moderators have done here",
        example="/moderate log",
        handler=log,
        access=_MODERATOR,
    ),
    Action(name="moderate:undo", handler=undo, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="moderate:round", handler=choose, access=_MODERATOR),
    Action(name="moderate:uphold", handler=uphold, access=_MODERATOR, answer=Answer.UPDATE),
    Action(name="moderate:log", handler=log, access=_MODERATOR),
    Action(name="moderate:turn", handler=turn, access=_MODERATOR, answer=Answer.UPDATE),
)  # fmt: skip
