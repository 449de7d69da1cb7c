"""/quiz: rounds of questions, live, standing or private."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core import answering, closing, deliveries, mistakes, opening, questions, sets
from bot.core.cards import Button, Card, CommandName, Inline, line
from bot.core.citing import author_of, cite, link_of, source_line
from bot.core.durations import read_duration
from bot.core.effects import Audience, Choice, Effect, OpenForm, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.quote import ABOUT, context_card, open_thread
from bot.core.forms import Form, TextField
from bot.core.library import Fact
from bot.core.limits import OPTIONS
from bot.core.ports import Ports, Set
from bot.core.registry import Action, Command, Kind, Parameter, Submission
from bot.core.request import Request
from bot.core.round_cards import closes, told, void_words
from bot.core.rounds import Given, Mode, Question, Round, State
from bot.core.rules import rules_of
from bot.core.tokens import token
from bot.core.wording import count, local, long_date

DAY = 86_400
SHORTEST_STANDING = 5 * 60
LONGEST_STANDING = 14 * DAY
_NUMBERS = {str(each): each for each in range(OPTIONS)}


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
    before = _round(request)
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
    found = _set(request)
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


def set_mine(request: Request) -> Sequence[Effect]:
    """Tell one member, alone, how a set went for them."""
    found = _set(request)
    answers, right = request.ports.sets.own(found.id, request.member)
    if not answers:
        return [
            Show(
                card=told(
                    "You were not in these rounds; “", f"{sets.NUMBERS[found.total]} more” opens others."
                )
            )
        ]
    points = request.ports.scores.points(request.community, request.member, request.at, _zone(request))
    words = f"{right} of your {count(answers, 'answer')} right; {points.week:,} points this week."
    return [Show(card=told(words))]


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


def mine(request: Request) -> Sequence[Effect]:
    """Tell one member, alone, how a closed round went for them."""
    round_ = _round(request)
    if round_.state is not State.CLOSED:
        raise UserMistake(*(void_words() if round_.state is State.VOID else _still_open(request, round_)))
    given = request.ports.rounds.given(round_.id, request.member)
    words = answering.verdict(request.ports, round_, request.member, given, request.at)
    return [Show(card=told("", *words))]


def context(request: Request) -> Sequence[Effect]:
    """Show the passage that a closed round's question stands in."""
    round_ = _round(request)
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
    round_ = _round(request)
    if round_.message is None:
        raise UserMistake("This question was for you alone, so there is no thread on it.")
    today = long_date(local(request.at, request.ports.communities.zone(request.community)).date())
    return open_thread(
        request, round_.message, f"{round_.question.title.rstrip('?')}, {today}", f"quiz:{round_.id}"
    )


def reveal(request: Request) -> Sequence[Effect]:
    """Close a live round ahead of its deadline, for its asker or a moderator."""
    round_ = _round(request)
    if round_.asker != request.member and not request.is_moderator:
        raise UserMistake("The person who asked, or a moderator, can reveal this round.")
    if round_.state is State.ASKED:
        raise UserMistake("This round is not open yet, so there is nothing to reveal. Nothing was changed.")
    if round_.state is not State.OPEN or round_.mode is Mode.PRIVATE:
        raise UserMistake("This round is closed already. ", CommandName("quiz"), " opens another.")
    return [Update(line("Revealed.")), *closing.closed(request.ports, round_, request.at)]


def settled(ports: Ports, community: str, number: int, at: int, *, made: bool) -> Sequence[Effect]:
    """Open a round whose post has arrived; end one whose post will not."""
    round_ = ports.rounds.get(community, number)
    if round_ is None or round_.state is not State.ASKED:
        return ()
    return closing.opened(ports, round_, at) if made else closing.voided(ports, round_, at)


def _open(request: Request, asked: _Asked) -> list[Effect]:
    ports, community = request.ports, request.community
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


def _begin_set(request: Request, asked: _Asked, round_: int) -> None:
    if asked.rounds == 1:
        return
    found = request.ports.sets.add(
        request.community, channel=request.channel, asker=request.member, kind=asked.kind, about=asked.about,
        typed=asked.typed, mode=asked.mode, quiet=asked.quiet, total=asked.rounds, at=request.at,
    )  # fmt: skip
    request.ports.sets.join(found, round_)


def _answer(request: Request, option: int) -> list[Effect]:
    round_, effects = answering.round_pressed(request)
    options = round_.question.options
    if round_.typed or not 0 <= option < len(options):
        raise mistakes.foreign_button()
    given = Given(option, right=option == round_.question.right)
    return [*answering.answer(request, round_, given, options[option]), *effects]


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


def _set(request: Request) -> Set:
    found = request.ports.sets.get(request.community, request.row())
    if found is None:
        raise mistakes.foreign_button()
    return found


def _zone(request: Request) -> str:
    return request.ports.communities.zone(request.community)


def _number(text: str) -> int:
    """Read an option's number; -1, which no option has, for anything else."""
    return _NUMBERS.get(text, -1)


def _round(request: Request) -> Round:
    round_ = request.ports.rounds.get(request.community, request.row())
    if round_ is None:
        raise mistakes.foreign_button()
    return round_


def _open_already(request: Request, running: Round) -> UserMistake:
    until = closes(running, request.ports.communities.zone(request.community))
    may_reveal = running.asker == request.member or request.is_moderator
    ways_out = (Button("Reveal now", token("quiz:reveal", running.id)),) if may_reveal else ()
    return UserMistake(
        "A round is open here until ", until, ". The next can open after that.", ways_out=ways_out
    )


def _still_open(request: Request, round_: Round) -> tuple[str | Inline, ...]:
    until = closes(round_, request.ports.communities.zone(request.community))
    return ("This round is open until ", until, ". Its result comes after that.")


def _nothing_to_ask(request: Request, kind: str, about: str) -> UserMistake:
    if about:
        return mistakes.topic_named(request, about, "quiz")
    return UserMistake(
        f"There is no question of the kind {kind} here yet. ", CommandName("quote"), " is ready."
    )


def _fact_context(ports: Ports, community: str, fact: Fact, question: Question) -> Card:
    article = ports.library.article(community, fact.article)
    if article is None:
        raise mistakes.retired_quotation()
    source = source_line(article, author_of(ports, community, article))
    return Card(body=question.reveal, footer=source, link=link_of(article))


def _kinds() -> tuple[Choice, ...]:
    return tuple(Choice(each, each) for each in questions.KINDS)


ENTRIES: tuple[Command | Action | Submission, ...] = (
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
    Action(name="quiz:answer", handler=press),
    Action(name="quiz:choose", handler=choose),
    Action(name="quiz:type", handler=open_form, opens_form=True),
    Submission(name="quiz:typed", handler=submit),
    Action(name="quiz:pick", handler=pick),
    Action(name="quiz:mine", handler=mine),
    Action(name="quiz:context", handler=context),
    Action(name="quiz:next", handler=next_question, audience=Audience.EVERYONE),
    Action(name="quiz:discuss", handler=discuss),
    Action(name="quiz:reveal", handler=reveal),
    Action(name="set:mine", handler=set_mine),
    Action(name="set:more", handler=more_rounds, audience=Audience.EVERYONE),
)
