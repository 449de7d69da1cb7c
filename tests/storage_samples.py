"""What the storage tests write: a small library, a question, and stores on a file and in memory."""

import random
from collections.abc import Iterator
from pathlib import Path

from bot.core.cards import Quoted, line, say
from bot.core.effects import Edit, Post
from bot.core.library import Article, Fact, Grade, Person, Quotation, Rights, Shelf
from bot.core.ports import Ports, Rules
from bot.core.rounds import Mode, Question, State
from storage.store import MEMORY, Store

HERE = "discord:1"
THERE = "slack:2"
ZONE = "Europe/London"
NOW = 1_795_550_400
"""Tue 24 Nov 2026, 20:00 in London."""
DAY = 86_400

POST = Post(channel="general", card=line("A question"))
EDIT = Edit(card=line("Closed"))
QUESTION = Question(
    kind="who",
    item="ada-1",
    title="Who said it?",
    solved="Who said it? Ada Lovelace",
    ask=(say("Who said “words are engines”?"),),
    options=("Ada Lovelace", "Ben Jonson", "Cem Özdemir"),
    right=0,
    solution="Ada Lovelace",
    reveal=(Quoted("Words are engines."),),
)


def shelf(article: str = "engines", *, quotations: int = 3) -> Shelf:
    """Make an article with two speakers, one of them known by a first name alone, and a fact."""
    people = (
        Person(id="ada", name="Ada Lovelace", aliases=("Countess of Lovelace",)),
        Person(id="ben", name="Ben", public=False),
    )
    texts = (
        "Words are engines, and engines are patient.",
        "Ben speaks of patience.",
        "Nobody is certain of this.",
    )
    grades = (Grade.A, Grade.B, Grade.D)
    speakers = ("ada", "ben", "ada")
    made = tuple(
        Quotation(
            id=f"{speakers[number]}-{number + 1}",
            article=article,
            text=texts[number],
            speaker=speakers[number],
            grade=grades[number],
            topics=("machines",) if number == 0 else (),
        )
        for number in range(quotations)
    )
    fact = Fact(
        id="fact-1",
        article=article,
        question="Which engine was never built?",
        answer="The analytical engine",
        options=("The analytical engine", "The steam engine"),
        passage="It was never built.",
    )
    title = Article(
        id=article, title=article.title(), rights=Rights.LICENSED, words=100, topics=("machines", "patience"),
        inferred={"date": "from its own words"},
    )  # fmt: skip
    return Shelf(article=title, people=people, quotations=made, facts=(fact,))


def ports_of(store: Store) -> Ports:
    """Give a store's ports, with chance that is the same each time."""
    return store.ports(random.Random(1), Rules())


def opened(where: str, folder: Path) -> Iterator[Store]:
    """Open a store on a file or in memory, for a fixture, and close it."""
    store = Store(folder / "bot.db" if where == "file" else MEMORY)
    yield store
    store.close()


def ask(
    ports: Ports,
    *,
    community: str = HERE,
    mode: Mode = Mode.LIVE,
    item: str = "ada-1",
    at: int = NOW,
    seconds: int = 45,
    typed: bool = False,
    message: int | None = None,
    state: State = State.OPEN,
) -> int:
    """Write a round and move it to a state; gives its id."""
    question = Question(
        kind=QUESTION.kind, item=item, title=QUESTION.title, solved=QUESTION.solved, ask=QUESTION.ask,
        options=() if typed else QUESTION.options, right=0, solution=QUESTION.solution, reveal=QUESTION.reveal,
    )  # fmt: skip
    number = ports.rounds.add(
        community,
        channel="general",
        mode=mode,
        typed=typed,
        question=question,
        asker="mia",
        at=at,
        seconds=seconds,
        message=message,
    )
    if state is not State.ASKED:
        ports.rounds.move(number, State.OPEN, closes_at=at + seconds)
    if state in {State.CLOSED, State.VOID}:
        ports.rounds.move(number, state, closes_at=at + seconds)
    return number
