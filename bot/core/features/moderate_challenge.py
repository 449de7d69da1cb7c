"""/moderate challenge: a closed round’s question is void, or another option is right, for everyone who answered."""

from collections.abc import Sequence

from bot.core import auditing, challenging, mistakes
from bot.core.cards import Button, Card, Intent, Option, Paragraph, Select, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.inline import Time
from bot.core.names import fold
from bot.core.registry import Access, Action, Answer, Command, Parameter
from bot.core.request import Request
from bot.core.round_cards import SHARES_FROM, closes
from bot.core.rounds import Mode, Round, State
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, hour, in_marks

PAGE = 10
"""Rounds that are listed at most."""
LOOKED_THROUGH = 40
"""How many of the latest closed rounds are looked through for words."""
NOTHING = "Nothing was changed."
_LABEL, _OPTION = 34, 75


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


_MODERATOR = Access.MODERATOR

ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="moderate challenge",
        help="Decide a challenge: a closed round’s question is void, or another option is right",
        example="/moderate challenge regiments",
        parameters=(
            Parameter(name="question", help="Words of the question; without any, the latest are listed"),
        ),
        handler=challenge,
        access=_MODERATOR,
    ),
    Action(name="moderate:round", handler=choose, access=_MODERATOR),
    Action(name="moderate:uphold", handler=uphold, access=_MODERATOR, answer=Answer.UPDATE),
)
