"""Taking answers: one a member and round, changed once while a live round is open, the first one otherwise."""

import functools
from typing import assert_never

from bot.core import closing, deliveries, mistakes, reviewing, sets
from bot.core.cards import Button, Card, say
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.events import ButtonPressed
from bot.core.inline import CommandName, Inline
from bot.core.limits import BUTTON_LABEL
from bot.core.names import Identified, Nobody, WhichOne, is_meant
from bot.core.ports import Ports
from bot.core.request import Request
from bot.core.round_cards import closes, closes_on, own_card, told, void_words, ways_on
from bot.core.rounds import Given, Mode, Question, Round, State
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, in_marks

_VERDICTS = 256
"""How many rounds' verdicts are kept."""
_COMES_BACK = (" comes back in your ", CommandName("review"), ".")


def round_named(request: Request) -> Round:
    """Get the round a token names, in the community it was pressed in. Raises UserMistake where there is none."""
    round_ = request.ports.rounds.get(request.community, request.row())
    if round_ is None:
        raise mistakes.foreign_button()
    return round_


def round_pressed(request: Request) -> tuple[Round, list[Effect]]:
    """Get the round a token names, in the community it was pressed in.

    A press on a post that is not confirmed yet confirms it: gives the round as it stands after that, and what that
    sets going. Raises UserMistake for a token that names no round here, and for another's private round.
    """
    ports, community = request.ports, request.community
    round_ = round_named(request)
    if round_.mode is Mode.PRIVATE and round_.asker != request.member:
        raise UserMistake("This card is somebody else’s. ", CommandName("quiz"), " opens your own.")
    if round_.state is not State.ASKED or round_.message is None or request.message is None:
        return round_, []
    effects = deliveries.confirm(ports, community, round_.message, request.message, request.at)
    effects += closing.opened(ports, round_, request.at)
    return ports.rounds.get(community, round_.id) or round_, effects


def answer(request: Request, round_: Round, given: Given, label: str) -> list[Effect]:
    """Take an answer that was pressed or read from a name; `label` says it back."""
    if round_.state is State.VOID:
        raise UserMistake(*void_words())
    if not round_.takes_answers(request.at):
        raise closed_already(request, round_)
    match round_.mode:
        case Mode.LIVE:
            return [_live(request, round_, given, label)]
        case Mode.STANDING:
            return [_standing(request, round_, given, label)]
        case Mode.PRIVATE:
            return _private(request, round_, given, label)


def read_name(request: Request, round_: Round, typed: str) -> tuple[Given, str] | Card:
    """Read a typed name as an answer; gives the card that asks back where it could be several people."""
    question = round_.question
    if not question.person:
        right = any(is_meant(typed, each) for each in (question.solution, *question.accepted))
        return Given(-1, right=right), in_marks(typed)
    match request.ports.library.roster(request.community).identify(typed):
        case Identified(person=person):
            return name_given(round_, person.id, person.name), person.name
        case WhichOne(people=people):
            buttons = tuple(
                Button(each.name[:BUTTON_LABEL], token("quiz:pick", round_.id, each.id)) for each in people
            )
            return Card(body=(say("Which one? Nothing is counted yet."),), buttons=buttons)
        case Nobody():
            raise UserMistake(
                f"No one in this library is called {in_marks(typed)}, so nothing is counted. "
                "“Answer” lets you try again."
            )
        case never:
            assert_never(never)


def name_given(round_: Round, person: str, name: str) -> Given:
    """Hold a person, by id and name, against a round's answer."""
    return Given(-1, right=person == round_.question.person, name=name)


def closed_already(request: Request, round_: Round) -> UserMistake:
    """Say that a round takes no more answers, and what it was."""
    zone = request.ports.communities.zone(request.community)
    return UserMistake(
        "This round closed at ", closes(round_, zone), ", so this answer is not counted. "
        f"It was {round_.question.solution}.",
    )  # fmt: skip


def verdict(
    ports: Ports, round_: Round, member: str, given: Given | None, at: int
) -> tuple[str | Inline, ...]:
    """Say to one member how a closed round went for them."""
    solution = round_.question.solution
    if given is None:
        return (f"It was {solution}. You were not in this round; “Next question” opens another.",)
    if not given.right:
        return (f"It was {solution}. The question comes back in your ", CommandName("review"), ".")
    points = ports.scores.points(round_.community, member, at, ports.communities.zone(round_.community))
    gained = ports.scores.given(round_.community, member, round_.id)
    if gained is None:  # many rounds were closed at once, and its turn to be paid has not come
        gained = rules_of(ports, round_.community).points_right
    return (f"Right: {solution}. {count(gained, 'point')}; {points.week:,} this week.",)


def _live(request: Request, round_: Round, given: Given, label: str) -> Show:
    ports = request.ports
    until = closes(round_, ports.communities.zone(request.community))
    once = (" You can change it once, until ", until, ".")
    if ports.rounds.give(round_.id, request.member, given, request.at):
        return Show(card=told(f"Your answer: {label}.", *once))
    before = ports.rounds.given(round_.id, request.member) or given
    if before.changes:
        raise UserMistake(f"An answer can be changed once, so yours stays {_said(round_, before)}.")
    if _is_same(before, given):
        return Show(card=told(f"Your answer is {label} already.", *once))
    changed = Given(given.option, right=given.right, changes=1, name=given.name)
    ports.rounds.change(round_.id, request.member, changed, request.at)
    return Show(card=told(f"Changed to {label}. This answer stays."))


def _standing(request: Request, round_: Round, given: Given, label: str) -> Show:
    ports, question, closes_at = request.ports, round_.question, round_.closes_at
    zone = ports.communities.zone(request.community)
    if not ports.rounds.give(round_.id, request.member, given, request.at, settled=given.right):
        raise UserMistake(
            "The first answer counts in this round, and yours is in. Everyone sees the result on ",
            *closes_on(closes_at, zone),
            ".",
        )
    if given.right:
        points = rules_of(ports, request.community).points_right
        _score(request, round_, zone, points)
        return _right(question, closes_at, zone, points)
    _bring_back(request, round_)
    if _is_typed_fact(round_):
        said = (_fact(round_, label), " The question", *_COMES_BACK)
        return Show(card=own_card(question, *said))
    return _another(question, closes_at, zone)


# A standing round tells everybody the same, so each of its two verdicts is made once. What a member typed is in neither.
@functools.lru_cache(maxsize=_VERDICTS)
def _right(question: Question, closes_at: int, zone: str, points: int) -> Show:
    return Show(
        card=own_card(
            question,
            f"Right: {question.solution}. {count(points, 'point')}. The others see it on ",
            *closes_on(closes_at, zone),
            "; please keep it until then.",
        )
    )


@functools.lru_cache(maxsize=_VERDICTS)
def _another(question: Question, closes_at: int, zone: str) -> Show:
    until = closes_on(closes_at, zone)
    said = (f"It was {question.solution}. The others see it on ", *until, "; the question", *_COMES_BACK)
    return Show(card=own_card(question, *said))


def _private(request: Request, round_: Round, given: Given, label: str) -> list[Effect]:
    ports = request.ports
    again = ports.rounds.answered_right_before(request.community, request.member, round_.question.item)
    ports.rounds.give(round_.id, request.member, given, request.at, settled=given.right)
    if not given.right:
        _bring_back(request, round_)
    effects = closing.closed(ports, round_, request.at)
    in_set = ports.sets.of_round(request.community, round_.id) is not None
    words = _private_words(request, round_, given, label, again=again)
    card = own_card(round_.question, *words, buttons=() if in_set else ways_on(round_))
    pressed = isinstance(request.event, ButtonPressed)
    going_on = sets.go_on_privately(ports, round_, request.at)
    return [Update(card) if pressed else Show(card=card), *effects, *going_on]


def _private_words(
    request: Request, round_: Round, given: Given, label: str, *, again: bool
) -> tuple[str | Inline, ...]:
    if not given.right:
        return (f"{_fact(round_, label)} The question comes back in your ", CommandName("review"), ".")
    if again:
        return (f"Right: {round_.question.solution}. You have had the point for this question before.",)
    zone = request.ports.communities.zone(request.community)
    right = rules_of(request.ports, request.community).points_right
    _score(request, round_, zone, right)
    points = request.ports.scores.points(request.community, request.member, request.at, zone)
    gained = count(right, "point")
    return (f"Right: {round_.question.solution}. {gained}; {points.week:,} this week.",)


def _score(request: Request, round_: Round, zone: str, points: int) -> None:
    request.ports.scores.add(
        request.community,
        request.member,
        points,
        source=f"round:{round_.id}",
        at=request.at,
        zone=zone,
    )


def _bring_back(request: Request, round_: Round) -> None:
    question = round_.question
    reviewing.enter(
        request.ports, request.community, request.member, question.kind, question.item, request.at
    )


def _is_typed_fact(round_: Round) -> bool:
    return round_.typed and round_.question.kind == "fact"


def _fact(round_: Round, label: str) -> str:
    if _is_typed_fact(round_):
        return f"You answered {label}; the article says {round_.question.solution}."
    return f"It was {round_.question.solution}."


def _is_same(before: Given, given: Given) -> bool:
    """Whether an answer says what stands already; of typed words that are no name nothing is known but that they are right."""
    nameless = given.option < 0 and not given.name
    if nameless:
        return before.right and given.right
    return (before.option, before.name) == (given.option, given.name)


def _said(round_: Round, given: Given) -> str:
    return given.name or (round_.question.options[given.option] if given.option >= 0 else "as it is")
