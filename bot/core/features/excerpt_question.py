"""The one question on an excerpt, asked of a member alone: no points, and an answer that is not right comes back."""

from collections.abc import Sequence

from bot.core import limits, mistakes, reviewing
from bot.core.cards import Button, Card, Intent, Option, Select, line, say
from bot.core.effects import Effect, Update
from bot.core.errors import UserMistake
from bot.core.features import read
from bot.core.inline import CommandName, Inline
from bot.core.library import Fact
from bot.core.registry import Action, Answer
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import within_sentence

_BUTTONS_TO = 5


def question_on(request: Request, item: str) -> Card:
    """Make the card that asks the member alone about an excerpt. Raises UserMistake where there is no question any more."""
    fact = request.ports.library.fact_on(request.community, item)
    if fact is None:
        raise _no_question()
    return _question_card(fact, read.whose(request))


def answer(request: Request) -> Sequence[Effect]:
    """Tell the member alone whether the option pressed is right."""
    return _answered(request, request.row(1) if len(request.args) > 2 else -1)  # noqa: PLR2004 - fact, option, mark


def choose(request: Request) -> Sequence[Effect]:
    """Tell the member alone whether the option chosen in the list is right."""
    return _answered(request, _number(request.value))


def _question_card(fact: Fact, mark: str) -> Card:
    numbered = any(len(each) > limits.BUTTON_LABEL for each in fact.options)
    listed = tuple(say(f"{number} {each}") for number, each in enumerate(fact.options, 1)) if numbered else ()
    labels = [str(number) if numbered else each for number, each in enumerate(fact.options, 1)]
    few = len(labels) <= _BUTTONS_TO
    options = tuple(Option(label, str(index)) for index, label in enumerate(labels))
    return Card(
        title="A question on this excerpt, for you alone; no points",
        body=(say(fact.question), *listed),
        intent=Intent.QUESTION,
        buttons=tuple(
            Button(label, token("excerpt:answer", fact.id, index, mark)) for index, label in enumerate(labels)
        )
        if few
        else (),
        select=None if few else Select("Your answer", token("excerpt:choose", fact.id, mark), options),
    )


def _answered(request: Request, option: int) -> list[Effect]:
    item = read.own_card_about(request, "excerpt")
    fact = request.ports.library.fact(request.community, item)
    if fact is None and request.ports.library.known(request.community, item):
        raise _no_question()
    if fact is None or not fact.excerpt or not 0 <= option < len(fact.options):
        raise mistakes.foreign_button()
    solution = within_sentence(fact.answer, fact.passage)
    if fact.options[option] == fact.answer:
        words: tuple[str | Inline, ...] = (f"Right: {solution}.",)
    else:
        reviewing.enter(request.ports, request.community, request.member, "fact", fact.id, request.at)
        words = (f"It was {solution}. The question comes back in your ", CommandName("review"), ".")
    return [Update(line(*words, " That was the one question on this excerpt.", intent=Intent.OWN))]


def _no_question() -> UserMistake:
    return UserMistake(
        "That question has been retired and is no longer asked. ", CommandName("quiz"), " asks another."
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(limits.OPTIONS)) else -1


ENTRIES: tuple[Action, ...] = (
    Action(name="excerpt:answer", handler=answer, answer=Answer.UPDATE),
    Action(name="excerpt:choose", handler=choose, answer=Answer.UPDATE),
)
