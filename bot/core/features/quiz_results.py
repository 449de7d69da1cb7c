"""What stands under a round and a set once they have closed, and Reveal, which closes a live round early."""

from collections.abc import Sequence

from bot.core import answering, closing, mistakes, sets
from bot.core.cards import Card, line
from bot.core.citing import author_of, cite, link_of, source_line
from bot.core.effects import Effect, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.quote import context_card, open_thread
from bot.core.inline import CommandName, Inline
from bot.core.library import Fact
from bot.core.ports import Ports
from bot.core.registry import Action
from bot.core.request import Request
from bot.core.round_cards import closes, told, void_words
from bot.core.rounds import Mode, Question, Round, State
from bot.core.wording import count, local, long_date


def mine(request: Request) -> Sequence[Effect]:
    """Tell one member, alone, how a closed round went for them."""
    round_ = answering.round_named(request)
    if round_.state is not State.CLOSED:
        raise UserMistake(*(void_words() if round_.state is State.VOID else _still_open(request, round_)))
    given = request.ports.rounds.given(round_.id, request.member)
    words = answering.verdict(request.ports, round_, request.member, given, request.at)
    return [Show(card=told("", *words))]


def context(request: Request) -> Sequence[Effect]:
    """Show the passage that a closed round's question stands in."""
    round_ = answering.round_named(request)
    if round_.state is not State.CLOSED:
        raise UserMistake(*_still_open(request, round_))
    ports, community = request.ports, request.community
    quotation = ports.library.quotation(community, round_.question.item)
    if quotation is not None:
        return [Show(card=context_card(cite(ports, community, quotation)))]
    fact = ports.library.fact(community, round_.question.item)
    if fact is None:
        raise mistakes.retired_quotation()
    return [Show(card=_fact_context(ports, community, fact, round_.question))]


def discuss(request: Request) -> Sequence[Effect]:
    """Open a thread on a closed round."""
    round_ = answering.round_named(request)
    if round_.message is None:
        raise UserMistake("This question was for you alone, so there is no thread on it.")
    today = long_date(local(request.at, request.ports.communities.zone(request.community)).date())
    return open_thread(
        request, round_.message, f"{round_.question.title.rstrip('?')}, {today}", f"quiz:{round_.id}"
    )


def reveal(request: Request) -> Sequence[Effect]:
    """Close a live round ahead of its deadline, for its asker or a moderator."""
    round_ = answering.round_named(request)
    if round_.asker != request.member and not request.is_moderator:
        raise UserMistake("The person who asked, or a moderator, can reveal this round.")
    if round_.state is State.ASKED:
        raise UserMistake("This round is not open yet, so there is nothing to reveal. Nothing was changed.")
    if round_.state is not State.OPEN or round_.mode is Mode.PRIVATE:
        raise UserMistake("This round is closed already. ", CommandName("quiz"), " opens another.")
    return [Update(line("Revealed.")), *closing.closed(request.ports, round_, request.at)]


def set_mine(request: Request) -> Sequence[Effect]:
    """Tell one member, alone, how a set went for them."""
    found = sets.named(request)
    answers, right = request.ports.sets.own(found.id, request.member)
    if not answers:
        return [
            Show(
                card=told(
                    "You were not in these rounds; “", f"{sets.NUMBERS[found.total]} more” opens others."
                )
            )
        ]
    points = request.ports.scores.points(
        request.community, request.member, request.at, request.ports.communities.zone(request.community)
    )
    week = count(points.week, "point") if points.week else "no points"
    words = f"{right} of your {count(answers, 'answer')} right; {week} this week."
    return [Show(card=told(words))]


def _still_open(request: Request, round_: Round) -> tuple[str | Inline, ...]:
    until = closes(round_, request.ports.communities.zone(request.community))
    return ("This round is open until ", until, ". Its result comes after that.")


def _fact_context(ports: Ports, community: str, fact: Fact, question: Question) -> Card:
    article = ports.library.article(community, fact.article)
    if article is None:
        raise mistakes.retired_quotation()
    source = source_line(article, author_of(ports, community, article))
    return Card(body=question.reveal, footer=source, link=link_of(article))


ENTRIES: tuple[Action, ...] = (
    Action(name="quiz:mine", handler=mine),
    Action(name="quiz:context", handler=context),
    Action(name="quiz:discuss", handler=discuss, threads=True),
    Action(name="quiz:reveal", handler=reveal),
    Action(name="set:mine", handler=set_mine),
)
