"""/quiz: opens rounds of questions, live, standing or private, and goes on with more of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import answering, closing, deliveries, mistakes, opening, questions, sets
from bot.core.cards import Button
from bot.core.durations import read_duration
from bot.core.effects import Audience, Choice, Effect, Post, Show
from bot.core.errors import UserMistake
from bot.core.events import DeliveryFailed, DeliveryMade
from bot.core.features.quote import ABOUT
from bot.core.inline import CommandName
from bot.core.ports import Ports, Waiting
from bot.core.registry import Action, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.round_cards import closes
from bot.core.rounds import Mode, Round, State
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import granted_by, in_marks

DAY = 86_400
SHORTEST_STANDING = 5 * 60
LONGEST_STANDING = 14 * DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A round, or several, as somebody asked for it. `quiet` is a private one where others could see it."""

    kind: str
    about: str = ""
    typed: bool = False
    mode: Mode
    seconds: int
    quiet: bool = False
    rounds: int = 1


def quiz(request: Request) -> Sequence[Effect]:
    """Open a round, or the first of several, as asked for."""
    kind = request.values.get("kind", "who")
    typed = request.values.get("answer", "buttons") == "typed"
    if typed and kind not in {"who", "fact"}:
        raise UserMistake(
            f"A question of the kind {kind} is answered with buttons. Typed answers go with who and fact."
        )
    quiet = request.values.get("where", "here") == "private"
    rounds = request.number("rounds", 1)
    about = request.values.get("about", "")
    mode, seconds = _mode(request, quiet=quiet), rules_of(request.ports, request.community).quiz_seconds
    if "open" in request.values:
        mode, seconds = Mode.STANDING, _standing(request, rounds)
    asked = _Asked(
        kind=kind, about=about, typed=typed, mode=mode, seconds=seconds, quiet=quiet, rounds=rounds
    )
    return _open(request, asked)


def next_question(request: Request) -> Sequence[Effect]:
    """Open another round of the same kind."""
    before = answering.round_named(request)
    quiet = before.mode is Mode.PRIVATE and not request.event.place.alone
    asked = _Asked(
        kind=before.question.kind,
        typed=before.typed,
        mode=_mode(request, quiet=quiet),
        seconds=rules_of(request.ports, request.community).quiz_seconds,
        quiet=quiet,
    )
    return _open(request, asked)


def more_rounds(request: Request) -> Sequence[Effect]:
    """Open a set like one that has ended."""
    found = sets.named(request)
    quiet = found.quiet and not request.event.place.alone
    asked = _Asked(
        kind=found.kind,
        about=found.about,
        typed=found.typed,
        mode=_mode(request, quiet=quiet),
        seconds=rules_of(request.ports, request.community).quiz_seconds,
        quiet=quiet,
        rounds=found.total,
    )
    return _open(request, asked)


def settled(
    ports: Ports, row: Waiting, number: int, event: DeliveryMade | DeliveryFailed
) -> Sequence[Effect]:
    """Open a round whose post has arrived, or take it back where it came too late; end one whose post will not come."""
    round_ = ports.rounds.get(row.community, number)
    if round_ is None:
        return ()
    if round_.state is State.ASKED:
        if isinstance(event, DeliveryMade):
            return closing.opened(ports, round_, event.at)
        return closing.voided(ports, round_, event.at, event.kind, event.detail)
    late = round_.state is State.VOID and isinstance(event, DeliveryMade) and isinstance(row.call, Post)
    return closing.taken_back(ports, round_, event.at) if late else ()


def _open(request: Request, asked: _Asked) -> list[Effect]:
    ports, community = request.ports, request.community
    _check_place(request, asked)
    running = (
        ports.rounds.running(community, request.channel, request.at) if asked.mode is Mode.LIVE else None
    )
    if running is not None:
        raise _open_already(request, running)
    deck = sets.deck_of(request.member, quiet=asked.quiet)
    question = questions.draw(
        ports, community, asked.kind, asked.about, deck=deck, at=request.at, typed=asked.typed
    )
    if question is None:
        raise _nothing_to_ask(request, asked.kind, asked.about)
    if asked.mode is Mode.PRIVATE:
        number = opening.write_private(
            ports, community, question,
            channel=request.channel, typed=asked.typed, asker=request.member, at=request.at,
        )  # fmt: skip
        _begin_set(request, asked, number)
        audience = Audience.ASKER if asked.quiet else Audience.EVERYONE
        return [Show(card=opening.card(ports, community, number), audience=audience)]
    number, message = opening.write(
        ports, community, question, channel=request.channel, mode=asked.mode, typed=asked.typed,
        asker=request.member, at=request.at, seconds=asked.seconds,
    )  # fmt: skip
    _begin_set(request, asked, number)
    delivery = deliveries.answered(ports, community, message, about=f"quiz:{number}", at=request.at)
    card = opening.card(ports, community, number)
    return [Show(card=card, audience=Audience.EVERYONE, delivery=delivery)]


def _check_place(request: Request, asked: _Asked) -> None:
    """Refuse what others would see begin and never end: the bot must be able to change the card, and to post the next."""
    barred = request.barred()
    missing = barred.post if asked.rounds > 1 else barred.change
    if missing and asked.mode is not Mode.PRIVATE:
        what = "post the next questions" if asked.rounds > 1 else "close a round"
        raise UserMistake(
            f"The bot may not {what} in this channel, so nothing was asked. {granted_by(missing)} ",
            CommandName("quiz", "where:private"), " asks you alone.",
        )  # fmt: skip


def _begin_set(request: Request, asked: _Asked, round_: int) -> None:
    if asked.rounds == 1:
        return
    found = request.ports.sets.add(
        request.community, channel=request.channel, asker=request.member, kind=asked.kind, about=asked.about,
        typed=asked.typed, mode=asked.mode, quiet=asked.quiet, total=asked.rounds, at=request.at,
    )  # fmt: skip
    request.ports.sets.join(found, round_)


def _mode(request: Request, *, quiet: bool) -> Mode:
    return Mode.PRIVATE if quiet or request.event.place.alone else Mode.LIVE


def _standing(request: Request, rounds: int) -> int:
    """Give the seconds that a standing round is to stay open; for moderators."""
    if not request.is_moderator:
        raise UserMistake(
            "A round that stays open for hours is for this community’s moderators. ", CommandName("quiz"),
            " without “open” is for everyone.",
        )  # fmt: skip
    if rounds > 1:
        raise UserMistake("“open” is for one round at a time. Nothing was opened.")
    return read_duration(request.values["open"], least=SHORTEST_STANDING, most=LONGEST_STANDING)


def _open_already(request: Request, running: Round) -> UserMistake:
    until = closes(running, request.ports.communities.zone(request.community))
    may_reveal = running.asker == request.member or request.is_moderator
    ways_out = (Button("Reveal now", token("quiz:reveal", running.id)),) if may_reveal else ()
    return UserMistake(
        "A round is open here until ", until, ". The next can open after that.", ways_out=ways_out
    )


def _nothing_to_ask(request: Request, kind: str, about: str) -> UserMistake:
    others = (each for each in questions.KINDS if each != kind)
    elsewhere = any(questions.candidates(request.ports, request.community, each, about) for each in others)
    if about and not elsewhere:
        return mistakes.topic_named(request, about, "quiz")
    on = f" about {in_marks(about)}" if about else ""
    return UserMistake(
        f"There is no question of the kind {kind}{on} here yet. ", CommandName("quote"), " is ready."
    )


def _kinds() -> tuple[Choice, ...]:
    return tuple(Choice(each, each) for each in questions.KINDS)


ENTRIES: tuple[Command | Action, ...] = (
    Command(
        name="quiz",
        help="A question on the library: who said it, how it ends, which article, a fact",
        example="/quiz kind:who about:pluralism",
        parameters=(
            Parameter(name="kind", help="Which kind of question", kind=Kind.CHOICE, choices=_kinds()),
            ABOUT,
            Parameter(
                name="answer",
                help="Buttons, or a typed name that nobody sees",
                kind=Kind.CHOICE,
                choices=(Choice("buttons", "buttons"), Choice("typed", "typed")),
            ),
            Parameter(
                name="where",
                help="Here for everyone, or private for you alone",
                kind=Kind.CHOICE,
                choices=(Choice("here", "here"), Choice("private", "private")),
            ),
            Parameter(
                name="rounds", help="How many, one after the other", kind=Kind.NUMBER, least=1, most=10
            ),
            Parameter(name="open", help="For moderators: how long a standing round stays open, as in 2h"),
        ),
        handler=quiz,
        audience=Audience.EVERYONE,
    ),
    Action(name="quiz:next", handler=next_question, audience=Audience.EVERYONE),
    Action(name="set:more", handler=more_rounds, audience=Audience.EVERYONE),
)
