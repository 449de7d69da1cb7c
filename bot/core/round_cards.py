"""The cards of a round: its question, its result for everyone, and what one member is told."""

from collections.abc import Sequence

from bot.core import limits
from bot.core.cards import Block, Button, Card, Intent, Option, Paragraph, Select, line, say
from bot.core.inline import CommandName, Inline, Text, Time, TimeStyle
from bot.core.ports import Rules
from bot.core.rounds import Mode, Question, Round, Tally
from bot.core.tokens import token
from bot.core.wording import count

SHARES_FROM = 3
"""Answers from which on shares are shown: below, they would tell each member the others' answers."""
KNOWN_FROM = 20
"""Answers from which on a question's difficulty is said."""
_BUTTONS_TO = 5


def question_card(round_: Round, zone: str, *, rate: tuple[int, int] = (0, 0), options: bool = True) -> Card:
    """Make the card that asks; without `options` once it takes no more answers. `rate` is (answers, right) so far."""
    question = round_.question
    body = (*question.ask, say(*_terms(round_, zone), _difficulty(*rate)))
    buttons, select = _options(round_) if options else ((), None)
    return Card(
        title=question.title,
        body=body,
        grade=question.asked_grade,
        intent=Intent.QUESTION,
        buttons=buttons,
        select=select,
    )


def result_card(round_: Round, tally: Tally, rules: Rules) -> Card:
    """Make the card that reveals a round to everyone. It names no member."""
    question = round_.question
    return Card(
        title=question.solved,
        body=(*_fall(round_, tally, rules), *question.reveal),
        grade=question.grade,
        footer=question.footer,
        intent=Intent.RESULT,
        buttons=(Button("My result", token("quiz:mine", round_.id)), *_more(round_)),
    )


def own_card(question: Question, *said: str | Inline, buttons: tuple[Button, ...] = ()) -> Card:
    """Make the card that reveals a question to the one member who has answered it, with the passage and the source."""
    proof = question.reveal[-1:] if question.kind == "fact" else question.reveal
    return Card(
        body=(say(*said), *proof),
        grade=question.grade,
        footer=question.footer,
        intent=Intent.RESULT,
        buttons=buttons,
    )


def ways_on(round_: Round) -> tuple[Button, ...]:
    """Give the buttons of a round that is closed for the one member who has answered it."""
    return _more(round_)[:2]


def void_card(round_: Round) -> Card:
    """Make the card of a round that counts for nobody."""
    return Card(title=round_.question.title, body=(say(*void_words()),), intent=Intent.RESULT)


def void_words() -> tuple[str | Inline, ...]:
    """Say that a round counts for nobody."""
    return ("This round counts for nobody. ", CommandName("quiz"), " opens another.")


def told(text: str, *more: str | Inline) -> Card:
    """Make the one line that answers a press."""
    return line(text, *more, intent=Intent.OWN)


def closes(round_: Round, zone: str) -> Time:
    """Give the deadline as it is shown on the round's own card."""
    style = TimeStyle.MOMENT if round_.mode is Mode.STANDING else TimeStyle.CLOCK
    return Time(round_.closes_at, zone, style)


def closes_on(at: int, zone: str) -> tuple[Inline, ...]:
    """Say a standing round's deadline within a sentence: day and hour."""
    return Time(at, zone, TimeStyle.DAY), Text(" at "), Time(at, zone, TimeStyle.HOUR)


def shares(counts: Sequence[int]) -> list[int]:
    """Give whole per cents that make 100: the largest remainders are rounded up. All zero when nobody answered."""
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    exact = [100 * each / total for each in counts]
    floor = [int(each) for each in exact]
    by_remainder = sorted(range(len(counts)), key=lambda index: (floor[index] - exact[index], index))
    for index in by_remainder[: 100 - sum(floor)]:
        floor[index] += 1
    return floor


def _terms(round_: Round, zone: str) -> tuple[str | Inline, ...]:
    name = _how_to_type(round_) if round_.typed else ""
    match round_.mode:
        case Mode.LIVE:
            deadline = Time(round_.closes_at, zone, TimeStyle.COUNTDOWN)
            return ("Closes at ", deadline, f".{name} You can change your answer once.")
        case Mode.STANDING if round_.typed:
            return ("Open until ", closes(round_, zone), f".{name} The first answer counts.")
        case Mode.STANDING:
            known = "The first answer counts: you learn yours at once, everyone sees it at the close."
            return ("Open until ", closes(round_, zone), f". {known}")
        case Mode.PRIVATE:
            return (f"Closes with your answer.{name}",)


def _how_to_type(round_: Round) -> str:
    return (
        " Type a name; the spelling need not be perfect." if round_.question.person else " Type the answer."
    )


def _difficulty(answers: int, right: int) -> str:
    if answers < KNOWN_FROM:
        return ""
    tenths = round(10 * right / answers)
    return f" About {min(max(tenths, 1), 9)} in 10 get this."


def _options(round_: Round) -> tuple[tuple[Button, ...], Select | None]:
    question = round_.question
    if round_.typed:
        return (Button("Answer", token("quiz:type", round_.id)),), None
    labels = [
        str(number) if question.numbered else label[: limits.BUTTON_LABEL]
        for number, label in enumerate(question.options, 1)
    ]
    if len(labels) > _BUTTONS_TO:
        options = tuple(Option(label, str(index)) for index, label in enumerate(labels))
        return (), Select("Your answer", token("quiz:choose", round_.id), options)
    return tuple(
        Button(label, token("quiz:answer", round_.id, index)) for index, label in enumerate(labels)
    ), None


def _more(round_: Round) -> tuple[Button, ...]:
    return (
        Button("In context", token("quiz:context", round_.id)),
        Button("Next question", token("quiz:next", round_.id)),
        Button("Discuss", token("quiz:discuss", round_.id)),
    )


def _fall(round_: Round, tally: Tally, rules: Rules) -> tuple[Block, ...]:
    if tally.answers == 0:
        return (say("No answers this time."),)
    if tally.answers < SHARES_FROM:
        own = f"{count(tally.answers, 'answer')}. “My result” shows you your own; shares are shown from 3 answers on."
        return (say(own),)
    each = f"{count(rules.points_right, 'point')} each"
    if rules.points_fast and round_.mode is Mode.LIVE:
        each += f", {rules.points_fast} more within {rules.fast_seconds} seconds"
    head = say(f"{count(tally.answers, 'answer')}, {tally.right} right, {each}.")
    return (head, _shares(round_, tally)) if tally.by_option else (head,)


def _shares(round_: Round, tally: Tally) -> Paragraph:
    question = round_.question
    labels = (
        [str(number) for number in range(1, len(question.options) + 1)]
        if question.numbered
        else question.options
    )
    rows = zip(labels, shares(tally.by_option), tally.by_option, strict=True)
    if question.numbered:
        return say(" · ".join(f"{label}: {share}% ({number})" for label, share, number in rows))
    ordered = sorted(rows, key=lambda row: -row[2])
    return say(" · ".join(f"{label} {share}% ({number})" for label, share, number in ordered))
