"""Several rounds one after the other: each opens when the one before it closes, and the last is followed by a result.

Where the next round or the result could not be posted, whoever asked for them is told once, or else the moderators.
"""

from collections.abc import Sequence

from bot.core import deliveries, mistakes, opening, questions, telling
from bot.core.cards import Button, Card, Intent, Paragraph, say
from bot.core.effects import Audience, Direct, Effect, Post, Show
from bot.core.events import DeliveryFailed, FailureKind
from bot.core.inline import Channel, Inline
from bot.core.ports import Ports, Set, SetResult, Waiting
from bot.core.request import Request
from bot.core.rounds import Mode, Question, Round
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, listed, mended_by

DECK = "quiz"
NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def deck_of(member: str, *, quiet: bool) -> str:
    """Name the deck that questions are drawn from: the community's, or one of a member's own for private rounds."""
    return f"{DECK}:{member}" if quiet else DECK


def named(request: Request) -> Set:
    """Get the set a token names, in the community it was pressed in. Raises UserMistake where there is none."""
    found = request.ports.sets.get(request.community, request.row())
    if found is None:
        raise mistakes.foreign_button()
    return found


def go_on(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """After the close of a round that everyone sees: open the next of its set, or show how the set went."""
    found = ports.sets.of_round(round_.community, round_.id)
    if found is None or found.mode is not Mode.LIVE:
        return []
    question = _next_question(ports, found, at) if found.asked < found.total else None
    if question is None:
        post = Post(channel=found.channel, card=result_card(found, ports.sets.result(found.id)))
        return deliveries.post(ports, found.community, post, about=f"set:{found.id}", at=at)[1]
    number, message = opening.write(
        ports,
        found.community,
        question,
        channel=found.channel,
        mode=Mode.LIVE,
        typed=found.typed,
        asker=found.asker,
        at=at,
        seconds=rules_of(ports, found.community).quiz_seconds,
    )
    ports.sets.join(found.id, number)
    call = Post(channel=found.channel, card=opening.card(ports, found.community, number))
    return deliveries.post_on(ports, found.community, message, call, about=f"quiz:{number}", at=at)


def go_on_privately(ports: Ports, round_: Round, at: int) -> list[Effect]:
    """After the answer to a private round: show the next of its set, or how the set went."""
    found = ports.sets.of_round(round_.community, round_.id)
    if found is None:
        return []
    audience = Audience.ASKER if found.quiet else Audience.EVERYONE
    question = _next_question(ports, found, at) if found.asked < found.total else None
    if question is None:
        card = own_result_card(found, *ports.sets.own(found.id, found.asker))
        return [Show(card=card, audience=audience)]
    number = opening.write_private(
        ports, found.community, question, channel=found.channel, typed=found.typed, asker=found.asker, at=at
    )
    ports.sets.join(found.id, number)
    return [Show(card=opening.card(ports, found.community, number), audience=audience)]


def cut_short(ports: Ports, round_: Round, at: int, why: str) -> list[Effect]:
    """Tell that a set ends before its time where this round of it is void; `why` is a sentence.

    Of a first round nothing is told: whoever asked for it sees how that went.
    """
    found = ports.sets.of_round(round_.community, round_.id)
    if found is None or found.asked == 1:
        return []
    number = found.asked - 1
    asked = f", {number} {'was' if number == 1 else 'were'} asked, and the next could not be posted. {why}"
    return _tell(ports, found, at, "The rounds ended early", f"Of the {found.total} rounds in ", asked)


def settled(ports: Ports, row: Waiting, number: int, event: DeliveryFailed) -> list[Effect]:
    """Take in that a set's result could not be posted, or that whoever asked for it could not be told of its end."""
    found = ports.sets.get(row.community, number)
    if found is None or event.kind is FailureKind.LOST:
        # What may have arrived is not told a second time.
        return []
    if isinstance(row.call, Direct):
        return telling.tell_of_all(ports, row.community, row.call.card, "", event.at)
    why = mended_by(event.kind, event.detail)
    unseen = f" are over, and their result could not be posted. {why}"
    return _tell(ports, found, event.at, "The rounds are over", "The rounds in ", unseen)


def result_card(found: Set, result: SetResult) -> Card:
    """Make the card that ends a set. It names only those who chose to be shown."""
    return Card(
        title=f"{NUMBERS[len(result.rounds)]} {'round' if len(result.rounds) == 1 else 'rounds'}",
        body=(say(_totals(result.rounds)), *_shown(result.shown)),
        intent=Intent.RESULT,
        buttons=(
            Button("My result", token("set:mine", found.id)),
            Button(f"{NUMBERS[found.total]} more", token("set:more", found.id)),
            Button("Leaderboard", token("command:run", "leaderboard")),
        ),
    )


def own_result_card(found: Set, answers: int, right: int) -> Card:
    """Make the card that ends a set for the one member who played it."""
    words = f"{right} of {count(answers, 'answer')} right." if answers else "No answers this time."
    return Card(
        title=f"{NUMBERS[found.total]} rounds",
        body=(say(words),),
        intent=Intent.RESULT,
        buttons=(Button(f"{NUMBERS[found.total]} more", token("set:more", found.id)),),
    )


def _tell(ports: Ports, found: Set, at: int, title: str, begins: str, goes_on: str) -> list[Effect]:
    """Tell whoever asked for a set, in private, what the channel cannot be told; else the moderators."""
    words: tuple[str | Inline, ...] = (begins, Channel(found.channel, found.channel), goes_on)
    body = (say(*words), say("What was answered counts."))
    card = Card(title=title, body=body, intent=Intent.RESULT)
    if not found.asker:
        return telling.tell_of_all(ports, found.community, card, "", at)
    call = Direct(member=found.asker, card=card)
    return deliveries.tell(ports, found.community, call, about=f"set:{found.id}", at=at)


def _next_question(ports: Ports, found: Set, at: int) -> Question | None:
    deck = deck_of(found.asker, quiet=found.quiet)
    return questions.draw(
        ports, found.community, found.kind, found.about, deck=deck, at=at, typed=found.typed
    )


def _totals(rounds: Sequence[tuple[int, int]]) -> str:
    answers, right = sum(each for each, _ in rounds), sum(each for _, each in rounds)
    if answers == 0:
        return "No answers this time."
    total = f"{count(answers, 'answer')}, {right} right."
    rights = [each for _, each in rounds]
    if min(rights) == max(rights):
        return total
    most, fewest = _rounds_with(rights, max(rights)), _rounds_with(rights, min(rights))
    return f"{total} {most.capitalize()} had the most right answers, {fewest} the fewest."


def _rounds_with(rights: Sequence[int], wanted: int) -> str:
    """Name the rounds with so many right answers: `round 3`, `rounds 1 and 2`."""
    numbers = [str(number) for number, right in enumerate(rights, 1) if right == wanted]
    return f"{'round' if len(numbers) == 1 else 'rounds'} {listed(numbers)}"


def _shown(shown: Sequence[tuple[str, int]]) -> tuple[Paragraph, ...]:
    if not shown:
        return ()
    names = ", ".join(f"{name} {right}" for name, right in shown[:20])
    return (say(f"Of those who chose to be shown: {names}."),)
