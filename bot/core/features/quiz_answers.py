"""The answers to a round: options pressed, and names typed into a form."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import answering, mistakes
from bot.core.cards import Card
from bot.core.effects import Effect, OpenForm, Show, Update
from bot.core.errors import UserMistake
from bot.core.forms import Form, TextField
from bot.core.limits import OPTIONS
from bot.core.registry import Action, Submission
from bot.core.request import Request
from bot.core.round_cards import void_words
from bot.core.rounds import Given, State
from bot.core.tokens import token

_NUMBERS = {str(each): each for each in range(OPTIONS)}


def press(request: Request) -> Sequence[Effect]:
    """Take the option that was pressed as an answer."""
    return _answer(request, _number(request.args[1] if len(request.args) > 1 else ""))


def choose(request: Request) -> Sequence[Effect]:
    """Take the option that was chosen in a list as an answer."""
    return _answer(request, _number(request.value))


def open_form(request: Request) -> Sequence[Effect]:
    """Open the form in which an answer is typed."""
    round_, effects = answering.round_pressed(request)
    if round_.state is State.VOID:
        raise UserMistake(*void_words())
    if not round_.takes_answers(request.at):
        raise answering.closed_already(request, round_)
    label = "A name" if round_.question.person else "Your answer"
    field = TextField(key="name", label=label, most=100)
    form = Form(
        title=round_.question.title, token=token("quiz:typed", round_.id), fields=(field,), submit="Answer"
    )
    return [OpenForm(form), *effects]


def submit(request: Request) -> Sequence[Effect]:
    """Take what was typed as an answer, or ask back whom it means."""
    round_, effects = answering.round_pressed(request)
    typed = request.values.get("name", "").strip()
    if not typed:
        raise UserMistake("The form was empty, so nothing is counted.", field="name")
    if not round_.takes_answers(request.at):
        raise answering.closed_already(request, round_)
    read = answering.read_name(request, round_, typed)
    if isinstance(read, Card):
        return [Show(card=read), *effects]
    given, label = read
    return [*answering.answer(request, round_, given, label), *effects]


def pick(request: Request) -> Sequence[Effect]:
    """Take one of several people of a name as an answer."""
    round_, effects = answering.round_pressed(replace(request, message=None))
    person = request.args[1] if len(request.args) > 1 else ""
    named = request.ports.library.person(request.community, person)
    if named is None or not round_.typed:
        raise mistakes.foreign_button()
    given = answering.name_given(round_, named.id, named.name)
    replies = answering.answer(request, round_, given, named.name)
    return [*(Update(each.card) if isinstance(each, Show) else each for each in replies), *effects]


def _answer(request: Request, option: int) -> list[Effect]:
    round_, effects = answering.round_pressed(request)
    options = round_.question.options
    if round_.typed or not 0 <= option < len(options):
        raise mistakes.foreign_button()
    given = Given(option, right=option == round_.question.right)
    return [*answering.answer(request, round_, given, options[option]), *effects]


def _number(text: str) -> int:
    """Read an option's number; -1, which no option has, for anything else."""
    return _NUMBERS.get(text, -1)


ENTRIES: tuple[Action | Submission, ...] = (
    Action(name="quiz:answer", handler=press),
    Action(name="quiz:choose", handler=choose),
    Action(name="quiz:type", handler=open_form, opens_form=True),
    Submission(name="quiz:typed", handler=submit),
    Action(name="quiz:pick", handler=pick),
)
