"""`kill -9` at any moment of sets of rounds, again and again: what people were told is there, and counts once."""

import asyncio
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from bot.core import codec
from bot.core.rounds import Question
from bot.core.tokens import read_token
from tests.local_discord import Clock, Interaction, LocalDiscord, Message, Person
from tests.processes import QuickBot, on_discord, prepare, rows

SECONDS = 3
CALLS = (
    ("POST", "/interactions/*/*/callback"),
    ("POST", "/channels/*/messages"),
    ("PATCH", "/channels/*/messages/*"),
)
CLOSED = re.compile(r"This round closed at <t:\d+:T>, so this answer is not counted\. It was .+\.")
Found = TypeVar("Found")
Accepted = asyncio.Queue[None]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When the bot is killed: after so many answers, at its next call of a kind, before or after that has an effect.

    Without a call it is killed at once.
    """

    call: tuple[str, str] | None = None
    when: Literal["before", "after"] = "before"
    answers: int = 0


MOMENTS = [
    *(
        Moment(call=call, when=when, answers=answers)
        for call in CALLS
        for when in ("before", "after")
        for answers in (0, 3)
    ),
    *(Moment(answers=answers) for answers in (0, 1, 2, 3, 5, 8)),
]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One press on an option, and what came of it."""

    option: int
    interaction: Interaction

    @property
    def told(self) -> str | None:
        """What the person was told; None when the bot died before that."""
        shown = self.interaction.message
        return shown.text if shown and not shown.loading else None

    @property
    def accepted(self) -> bool:
        """Whether the person was told that they have an answer."""
        return (self.told or "").startswith(("Your answer", "Changed to ", "An answer can be changed once"))

    def said(self, question: Question) -> int | None:
        """Which option the person was told they have; None when they were told of none."""
        told = self.told or ""
        ways = (
            "Your answer: {}. You",
            "Your answer is {} already. You",
            "Changed to {}. This",
            "so yours stays {}.",
        )
        named = [any(way.format(label) in told for way in ways) for label in question.options]
        return named.index(True) if any(named) else None


class Crowd:
    """People in one channel, who ask for one set of rounds after the other until they are `satisfied`, and answer all.

    With `reveals` they do not wait for the deadline of a round that everyone has answered.
    """

    def __init__(self, server: LocalDiscord, name: str, *, rounds: int, reveals: bool) -> None:
        self.attempts: dict[tuple[int, str], list[Attempt]] = {}
        self.satisfied = False
        self._server = server
        self._people = [server.person(f"{name} {number}") for number in range(4)]
        self._channels = [server.channel(name)]
        self._chance = random.Random(name)
        self._rounds = rounds
        self._reveals = reveals
        self._asked: list[Interaction] = []

    @property
    def cards(self) -> list[Message]:
        """All that the bot has posted for them, oldest first."""
        return [message for channel in self._channels for message in channel.messages]

    async def play(self, accepted: Accepted) -> None:
        """Go on where the bot's last life has ended; each answer that is accepted goes into the queue."""
        while not (self.satisfied and self._over()):
            if self._over():
                await self._ask()
            card = await self._news(lambda: self._open() or self._over() or None)
            if isinstance(card, Message):
                await asyncio.gather(*(self._answer(person, card, accepted) for person in self._here()))
                await self._see_closed(card)

    def _open(self) -> Message | None:
        return next((card for card in self.cards if _row(card, "quiz:answer")), None)

    def _over(self) -> bool:
        """Whether every set that was begun has shown its result."""
        begun = [each for each in self._asked if each.message and each.message.is_public]
        return len(begun) == sum(_row(card, "set:mine") is not None for card in self.cards)

    def _here(self) -> list[Person]:
        return [person.at(self._channels[-1]) for person in self._people]

    async def _ask(self) -> None:
        if self._asked and self._asked[-1].message is None:
            # The bot died over it: a round that nobody sees stands in the way here for a while.
            self._channels.append(self._server.channel("elsewhere"))
        self._asked.append(await self._here()[0].slash("quiz", rounds=self._rounds))
        await self._asked[-1].finished()

    async def _answer(self, person: Person, card: Message, accepted: Accepted) -> None:
        """Let somebody answer, and perhaps change it; where the bot died over an answer, it is given again."""
        number = _row(card, "quiz:answer")
        if number is None:
            return
        mine = self.attempts.setdefault((number, person.id), [])
        if mine and mine[-1].told is not None:
            return
        first = mine[-1].option if mine else self._chance.randrange(4)
        second = self._chance.choice((first, (first + 1) % 4))
        for option in (first, second):
            pressed = await person.press(card, f"1:quiz:answer:{number},{option}", stale=True)
            mine.append(Attempt(option=option, interaction=pressed))
            await pressed.finished()
            if not mine[-1].accepted:
                return
            accepted.put_nowait(None)

    async def _see_closed(self, card: Message) -> None:
        if self._reveals and _row(card, "quiz:answer"):
            asker = self._here()[0]
            told = await (await asker.slash("quiz")).finished()
            if "Reveal now" in told.labels:
                await (await asker.press(told, "Reveal now")).answered()
        await self._news(lambda: _row(card, "quiz:mine"))

    async def _news(self, look: Callable[[], Found | None]) -> Found:
        return await self._channels[-1].bell.until(look, "news of a round")


class Chaos:
    """A bot that is killed at one moment after the other, and the crowds it serves."""

    def __init__(self, server: LocalDiscord, bot: QuickBot, crowds: Sequence[Crowd]) -> None:
        self._server = server
        self._bot = bot
        self._crowds = crowds

    async def live(self, moment: Moment | None = None) -> None:
        """Start the bot, and let people play until the moment comes, or all are satisfied."""
        accepted = Accepted()
        self._bot.start()
        await self._server.ready()
        async with asyncio.TaskGroup() as group:
            playing = [group.create_task(crowd.play(accepted)) for crowd in self._crowds]
            if moment is not None:
                await self._kill(moment, accepted)
                for each in playing:
                    each.cancel()
        if moment is not None:
            await self._server.gone()

    async def _kill(self, moment: Moment, accepted: Accepted) -> None:
        for _ in range(moment.answers):
            await accepted.get()
        if moment.call is None:
            self._bot.kill()
            return
        held = self._server.hold_next(*moment.call, when=moment.when)
        await held.reached()
        self._bot.kill()
        held.release()


class Books:
    """What the database holds once all is over."""

    def __init__(self, database: Path) -> None:
        self._database = database
        found = rows(database, "SELECT id, state, closes_at, question FROM rounds")
        self.states = {number: state for number, state, _, _ in found}
        self.closes = {number: closes_at for number, _, closes_at, _ in found}
        self._questions = {number: _question(text) for number, _, _, text in found}
        answers = rows(database, "SELECT round, member, option FROM answers")
        self._answers = {(number, member): option for number, member, option in answers}

    def unlike(self, crowds: Sequence[Crowd]) -> list[tuple[int, str]]:
        """List the answers that are not what people were told, and those that nobody has given."""
        attempts = {key: tried for crowd in crowds for key, tried in crowd.attempts.items()}
        wrong = [
            key
            for key, tried in attempts.items()
            if self._answers.get(key) not in _possible(tried, self._questions[key[0]])
        ]
        return wrong + [key for key in self._answers if key not in attempts]

    def unscored(self) -> list[tuple[str, str, int]]:
        """List where the score events are not one point for each right answer: missing, too many, or other points."""
        right = [
            (f"round:{number}", member, 1)
            for (number, member), option in self._answers.items()
            if option == self._questions[number].right
        ]
        found = rows(self._database, "SELECT source, member, points FROM score_events")
        return _twice(found) + sorted(set(right).symmetric_difference(found))

    def unsettled(self) -> list[tuple[Any, ...]]:
        """List the deliveries that are still to be made or have failed, but for answers to commands that nobody saw."""
        return rows(
            self._database,
            "SELECT kind, state, about, reason FROM deliveries WHERE state <> 'sent' AND reason <> 'lost'",
        )

    def unfinished_sets(self, results: Sequence[int]) -> list[int]:
        """List the sets that have shown a result before all their rounds were played."""
        query = (
            "SELECT id FROM sets AS s WHERE total <> (SELECT count(*) FROM set_rounds WHERE set_id = s.id)"
        )
        return sorted({number for (number,) in rows(self._database, query)} & set(results))


def _possible(tried: Sequence[Attempt], question: Question) -> set[int | None]:
    """Give the options that may count after these attempts; None is no answer.

    What somebody was told settles it; an attempt that the bot died over may count or not.
    """
    possible: set[int | None] = {None}
    for attempt in tried:
        if attempt.told is None:
            possible.add(attempt.option)
        elif attempt.accepted:
            possible = {attempt.said(question)}
    return possible


def _question(text: str) -> Question:
    question = codec.load(text)
    assert isinstance(question, Question)
    return question


def _row(card: Message, name: str) -> int | None:
    """Give the row that a card's buttons of this `feature:action` are about; None where it has none."""
    for button in card.buttons:
        token = read_token(button.custom_id or "")
        if token and f"{token.feature}:{token.action}" == name:
            return int(token.args[0])
    return None


def _twice(each: Sequence[Found]) -> list[Found]:
    """List what stands there more than once."""
    return [found for place, found in enumerate(each) if found in each[:place]]


def _edits(server: LocalDiscord, closed: Mapping[int, Message]) -> list[tuple[int, float]]:
    """List when the bot edited the card of which round."""
    numbers = {f"/channels/{card.channel.id}/messages/{card.id}": number for number, card in closed.items()}
    edits = [each for each in server.requests if each.method == "PATCH"]
    return [(numbers[each.path], each.at) for each in edits]


async def _pressed_late(server: LocalDiscord, number: int, card: Message) -> str:
    """Let somebody new press an option that the card of a round once had; gives what they are told."""
    late = server.person("Late").at(card.channel)
    return (await (await late.press(card, f"1:quiz:answer:{number},0", stale=True)).finished()).text


async def test_killed_again_and_again_nothing_that_people_were_told_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    """Every acknowledged answer is there and counts once, every round closes, nothing is posted twice."""
    moments = random.Random(1).sample(MOMENTS, len(MOMENTS))
    async with LocalDiscord(clock=Clock.running()) as server:
        quick = Crowd(server, "quick", rounds=5, reveals=True)
        patient = Crowd(server, "patient", rounds=2, reveals=False)
        crowds = [quick, patient]
        prepare(tmp_path, seconds=SECONDS)
        bot = QuickBot(tmp_path, on_discord(server))
        chaos = Chaos(server, bot, crowds)
        for moment in moments[:-6]:
            await chaos.live(moment)
        patient.satisfied = True
        for moment in moments[-6:]:
            await chaos.live(moment)
        quick.satisfied = True
        await chaos.live()
        cards = [card for crowd in crowds for card in crowd.cards]
        closed = {number: card for card in cards if (number := _row(card, "quiz:mine")) is not None}
        late = await asyncio.gather(*(_pressed_late(server, *each) for each in closed.items()))
        await asyncio.to_thread(bot.stop)
        assert server.violations == []
    assert bot.complaints == []
    assert [told for told in late if not CLOSED.fullmatch(told)] == []

    results = [number for card in cards if (number := _row(card, "set:mine")) is not None]
    assert (len(closed) + len(results), _twice(results)) == (len(cards), [])
    books = Books(bot.database)
    assert {number: books.states[number] for number in closed} == dict.fromkeys(closed, "closed")
    assert [each for each in _edits(server, closed) if each[1] < books.closes[each[0]]] == []
    assert books.unlike(crowds) == []
    assert books.unscored() == []
    assert books.unsettled() == []
    assert books.unfinished_sets(results) == []
