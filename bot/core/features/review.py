"""/review: the questions that a member answered another way, due today, shown to that member alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core import limits, mistakes, reviewing
from bot.core.cards import Button, Card, Intent, Paragraph, Quoted, line, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.events import Actor
from bot.core.inline import CommandName
from bot.core.ports import Review, Sitting
from bot.core.registry import Action, Answer, Command
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import count, short_date

_ANSWERED = "This is answered already. "
_GONE_ON = "You have gone on since this card; here is where you are."


def review(request: Request) -> Sequence[Effect]:
    """Show the question that has been due for longest, or say when the next one comes."""
    ports, community, member = request.ports, request.community, request.member
    found = reviewing.soonest(ports, community, member)
    if found is None or found.due > _today(request):
        return [Show(card=_nothing_due(request, found))]
    sitting = reviewing.sit_down(ports, community, member, _known_as(request.actor), found, request.at)
    return [Show(card=_question(request, sitting))]


def waiting(request: Request) -> Card:
    """Make the card that says what waits in the member's review, without beginning it."""
    found = reviewing.soonest(request.ports, request.community, request.member)
    today = _today(request)
    if found is None or found.due > today:
        return _nothing_due(request, found)
    due = request.ports.reviews.due(request.community, request.member, today)
    return Card(
        title="Your review",
        body=(say(f"{count(due, 'question')} {'is' if due == 1 else 'are'} due today, for you alone."),),
        intent=Intent.OWN,
        buttons=mistakes.runs("Begin", "review"),
    )


def press(request: Request) -> Sequence[Effect]:
    """Take the option that was pressed as the answer; the card becomes what follows from it."""
    sitting, current = _sitting(request)
    if not current:
        return [Update(_where(request, sitting, _GONE_ON))]
    option = request.row(2) - 1
    if not 0 <= option < len(sitting.question.options):
        raise mistakes.foreign_button()
    if sitting.given is not None:
        first = "" if sitting.given in {option, reviewing.ELSEWHERE} else _ANSWERED
        return [Update(_result(request, sitting, first))]
    sitting = reviewing.answer(request.ports, request.community, sitting, option, request.at)
    return [Update(_result(request, sitting))]


def go_on(request: Request) -> Sequence[Effect]:
    """Show the next question that is due in place of the one that was answered."""
    sitting, current = _sitting(request)
    if not current or sitting.given is None:
        return [Update(_where(request, sitting))]
    found = reviewing.soonest(request.ports, request.community, request.member)
    if found is None or found.due > _today(request):
        return [Update(_nothing_due(request, found))]
    sitting = reviewing.go_on(request.ports, request.community, sitting, found, request.at)
    return [Update(_question(request, sitting))]


def _sitting(request: Request) -> tuple[Sitting, bool]:
    """Get the member's sitting that a token names, and whether its card is the newest."""
    sitting = request.ports.reviews.sitting(request.community, request.row())
    if sitting is None:
        raise mistakes.foreign_button()
    if sitting.member != request.member:
        whose = f"{sitting.name}’s" if sitting.name else "somebody else’s"
        raise UserMistake(f"This card is {whose}. ", CommandName("review"), " opens your own.")
    return sitting, sitting.serial == request.row(1)


def _where(request: Request, sitting: Sitting, first: str = "") -> Card:
    """Make the card that shows where a sitting stands."""
    if sitting.given is None:
        return _question(request, sitting, first)
    return _result(request, sitting, f"{first} " if first else "")


def _question(request: Request, sitting: Sitting, first: str = "") -> Card:
    question = sitting.question
    due = request.ports.reviews.due(request.community, request.member, _today(request))
    labels = (
        str(number) if question.numbered else label[: limits.BUTTON_LABEL]
        for number, label in enumerate(question.options, 1)
    )
    return Card(
        title=f"Review, {sitting.place} of {max(sitting.place, sitting.place - 1 + due)}",
        body=(*((say(first),) if first else ()), *_lead(request, sitting), *question.ask),
        grade=question.asked_grade,
        intent=Intent.QUESTION,
        buttons=tuple(
            # Options count from 1: what is no number is read as 0.
            Button(label, token("review:answer", sitting.id, sitting.serial, number))
            for number, label in enumerate(labels, 1)
        ),
    )


def _lead(request: Request, sitting: Sitting) -> tuple[Paragraph, ...]:
    """Say what a question needs that it does not say itself: without its own title, or away from its excerpt."""
    if isinstance(sitting.question.ask[0], Quoted):
        return (say(sitting.question.title),)
    library, community = request.ports.library, request.community
    fact = library.fact(community, sitting.item) if sitting.kind == "fact" else None
    article = library.article(community, fact.article) if fact and not fact.alone else None
    return (say(f"On an excerpt of “{article.title}”:"),) if article else ()


def _result(request: Request, sitting: Sitting, first: str = "") -> Card:
    """Make the card that answers an answer: the fact first, then when the question comes back."""
    ports, community, member = request.ports, request.community, request.member
    question = sitting.question
    moved = ports.reviews.get(community, member, sitting.kind, sitting.item)
    following = reviewing.soonest(ports, community, member)
    more = following is not None and following.due <= _today(request)
    last = "" if more else _last(sitting.place)
    words = f"{first}{_verdict(sitting)} {_comes_back(moved, _today(request))}{last}"
    return Card(
        body=(say(words), *question.reveal),
        grade=question.grade,
        footer=question.footer,
        intent=Intent.RESULT,
        buttons=(Button("Next", token("review:next", sitting.id, sitting.serial)),) if more else (),
    )


def _verdict(sitting: Sitting) -> str:
    solution = sitting.question.solution
    if sitting.given == reviewing.ELSEWHERE:
        return f"You have answered this elsewhere meanwhile, so nothing is counted here. It was {solution}."
    return f"Right: {solution}." if sitting.given == sitting.question.right else f"It was {solution}."


def _comes_back(moved: Review | None, today: date) -> str:
    if moved is None:
        return "The question has been retired meanwhile, so it does not come back."
    if moved.due <= today:
        return "The question is due again."
    return f"The question comes back {_day(moved.due, today)}."


def _last(place: int) -> str:
    return " That was the one question due today." if place == 1 else f" That was the last of {place}."


def _nothing_due(request: Request, following: Review | None) -> Card:
    if following is None:
        words = "Your review is empty. A question that you answer another way comes back here, for you alone."
    else:
        words = f"Nothing is due today. The next question comes {_day(following.due, _today(request))}."
    return line(words, intent=Intent.OWN)


def _day(when: date, today: date) -> str:
    return "tomorrow" if when == today + timedelta(days=1) else f"on {short_date(when)}"


def _today(request: Request) -> date:
    return reviewing.today_in(request.ports, request.community, request.at)


def _known_as(actor: Actor) -> str:
    """Give a member's name where it says no more than the id that is kept anyway, as at the console."""
    return actor.name if actor.id == actor.name.casefold() else ""


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="review",
        help="The questions that you answered another way, coming back to you alone",
        example="/review",
        handler=review,
        page=True,
    ),
    Action(name="review:answer", handler=press, answer=Answer.UPDATE),
    Action(name="review:next", handler=go_on, answer=Answer.UPDATE),
)
