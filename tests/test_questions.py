"""Every question that the bundled library can make, in every kind: fair, and giving nothing away."""

import random
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from bot.core import questions
from bot.core.cards import Paragraph, Quoted
from bot.core.citing import cite
from bot.core.inline import Text
from bot.core.library import Article, Grade, Person, Quotation, Rights, Shelf
from bot.core.names import is_meant
from bot.core.near_misses import near_misses
from bot.core.ports import Ports
from bot.core.queueing import kinds
from bot.core.rounds import Question
from storage.store import MEMORY, Store
from tests.houses import shelves
from tests.storage_samples import HERE, NOW, ports_of

SEEDS = range(12)
PEOPLE = {person.name: person for shelf in shelves() for person in shelf.people}
BENN = Person(id="benn", name="Tony Benn", era="1970s", tradition="Labour")
AGAIN = Person(
    id="benn-again", name="Anthony Wedgwood Benn", aliases=("Tony Benn",), era="1970s", tradition="Labour"
)
CASTLE = Person(id="castle", name="Barbara Castle", era="1970s", tradition="Labour")
WEBB = Person(id="webb", name="Beatrice Webb", era="19th century", tradition="Labour")
FOOT = Person(id="foot", name="Michael Foot", era="1980s", tradition="Liberal")


@pytest.fixture
def ports() -> Iterator[Ports]:
    """Open a store with the bundled library, and hold a transaction."""
    with closing(Store(MEMORY)) as store:
        store.stock(list(shelves()))
        with store.transaction():
            yield ports_of(store)


def every_question(ports: Ports) -> Iterator[Question]:
    """Make every question of every kind, with a dozen choices of options each."""
    for kind in questions.KINDS:
        for candidate in questions.candidates(ports, HERE, kind, ""):
            for seed in SEEDS:
                chance = replace(ports, chance=random.Random(seed))
                yield questions.make(chance, HERE, kind, candidate.id, typed=False)


def asked(question: Question) -> str:
    """Give all that is read before the close, outside the options."""
    said = [question.title, question.asked_grade]
    for number, block in enumerate(question.ask):
        match block:
            case Paragraph(parts=(Text(text),)) if not (
                question.numbered and re.match(r"\d ", text) and number
            ):
                said.append(text)
            case Quoted(text=text):
                said.append(text)
            case _:
                pass
    return " ".join(said)


def names_of(person: Person) -> set[str]:
    """Give what a person is called: the whole name, the surname, and every other name."""
    return {person.name, person.name.split()[-1], *person.aliases}


def stands_in(name: str, text: str) -> bool:
    """Say whether a name stands in a text as words of its own, in whatever case."""
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


def test_no_question_names_its_speaker_before_the_close(ports: Ports) -> None:
    """Outside the options the answer's name, surname and other names stand nowhere: not in words, title or grade."""
    given_away = [
        (question.item, name)
        for question in every_question(ports)
        for person in [PEOPLE.get(question.options[question.right])]
        if person
        for name in names_of(person)
        if stands_in(name, asked(question))
    ]
    assert given_away == []


def test_no_question_names_its_article_before_the_close(ports: Ports) -> None:
    """Where the article is asked for, neither its title nor its author stands outside the options, nor in the grade."""
    articles = {shelf.article.title: shelf.article for shelf in shelves()}
    people = {person.id: person for person in PEOPLE.values()}
    for question in every_question(ports):
        if question.kind == "article":
            article = articles[question.options[question.right]]
            named = {article.title, article.short_title, article.publication} - {""}
            named |= names_of(people[article.author]) if article.author else set()
            assert [name for name in named if stands_in(name, asked(question))] == [], question.item


def test_no_wrong_option_is_named_in_what_is_asked(ports: Ports) -> None:
    """Nobody is offered whom the quotation names (“Corbyn’s leadership”), nor the title that it is reported by."""
    named = [
        (question.item, option)
        for question in every_question(ports)
        if question.kind == "who"
        for option in question.options
        if any(stands_in(name, asked(question)) for name in names_of(PEOPLE[option]))
    ]
    assert named == []


def test_every_question_has_four_options_of_which_one_is_right(ports: Ports) -> None:
    """Four different options, as many as there are articles where the article is asked for, and nobody twice."""
    for question in every_question(ports):
        expected = len(shelves()) if question.kind == "article" else 4
        assert len({option.casefold() for option in question.options}) == expected, question.item
        if question.kind == "who":
            names = [name for option in question.options for name in names_of(PEOPLE[option]) if " " in name]
            assert len(names) == len(set(names)), question.item


def test_nobody_of_another_age_is_offered_while_there_are_others(ports: Ports) -> None:
    """No Lenin among those who might have asked something of Tony Blair, nor on a Labour of two thousand and ten."""
    living = {
        "ashdown-pluralist",
        *(each.id for shelf in shelves() for each in shelf.quotations if each.speaker == "neal-lawson"),
    }
    long_dead = {"Vladimir Lenin", "Eduard Bernstein", "Antonio Gramsci", "Karl Marx"}
    for question in every_question(ports):
        if question.kind == "who" and question.item in living:
            assert long_dead.isdisjoint(question.options), question.item


def test_a_question_that_stands_alone_says_which_article_it_means(ports: Ports) -> None:
    """There are two articles, so “the article” tells nobody which."""
    unclear = [
        fact.id
        for shelf in shelves()
        for fact in shelf.facts
        if fact.alone and stands_in("the article", fact.question)
    ]
    assert unclear == []


@pytest.mark.parametrize(
    ("grade", "title", "author", "kept"),
    [
        (Grade.B, "What Benn’s diaries say", "", True),
        (Grade.C, "What Benn’s diaries say", "", False),
        (Grade.C, "What Benn’s diaries say", "castle", True),
        (Grade.C, "Diaries", "benn", False),
        (Grade.A, "Diaries", "benn", True),
    ],
)
def test_who_reports_does_not_tell_who_said_it(grade: Grade, title: str, author: str, *, kept: bool) -> None:
    """What is reported is asked as “According to …, who …?”: neither the title nor the author may be the speaker."""
    article = Article(id="diaries", title=title, rights=Rights.LICENSED, words=100, author=author)
    assert ("who" in kinds(BENN, "Words of somebody", grade, article)) is kept


def test_one_person_under_two_names_is_offered_once() -> None:
    """Entries that share a name are one person, whether it is the speaker or another wrong option."""
    said = Quotation(id="said", article="diaries", text="Ask who has power.", speaker="castle", grade=Grade.B)
    shelf = Shelf(
        article=Article(id="diaries", title="Diaries", rights=Rights.LICENSED, words=100),
        people=(BENN, AGAIN, CASTLE, WEBB, FOOT),
        quotations=(said,),
    )
    with closing(Store(MEMORY)) as store:
        store.stock([shelf])
        with store.transaction():
            ports = ports_of(store)
            chosen = near_misses(ports, HERE, cite(ports, HERE, said), 3)
    assert [len({"benn", "benn-again"} & {each.id for each in chosen}), chosen[1:]] == [1, [FOOT, WEBB]]


def test_nothing_is_asked_that_has_one_option() -> None:
    """With one article there is no "which article?", and with one person no "who said it?"."""
    said = Quotation(
        id="said", article="speeches", text="Ask who has power.", speaker="castle", grade=Grade.B
    )
    article = Article(id="speeches", title="Speeches", rights=Rights.LICENSED, words=100)
    with closing(Store(MEMORY)) as store:
        for people, asked_in in (((CASTLE,), []), ((CASTLE, FOOT), ["who"])):
            store.stock([Shelf(article=article, people=people, quotations=(said,))])
            with store.transaction():
                ports = ports_of(store)
                kinds_here = [kind for kind in questions.KINDS if questions.candidates(ports, HERE, kind, "")]
            assert kinds_here == asked_in


def test_nothing_is_asked_where_the_words_name_everybody_else() -> None:
    """Where nobody is left for a wrong option, it can be asked with a typed name alone."""
    said = Quotation(id="said", article="speeches", text="Foot is right.", speaker="castle", grade=Grade.B)
    article = Article(id="speeches", title="Speeches", rights=Rights.LICENSED, words=100)
    with closing(Store(MEMORY)) as store:
        store.stock([Shelf(article=article, people=(CASTLE, FOOT), quotations=(said,))])
        with store.transaction():
            ports = ports_of(store)
            drawn = [
                questions.draw(ports, HERE, "who", "", deck="quiz", at=NOW, typed=typed)
                for typed in (False, True)
            ]
    assert [each is not None for each in drawn] == [False, True]


def test_somebody_of_the_same_office_is_nearer_than_a_stranger() -> None:
    """Two prime ministers are near, whatever their dates; so the stranger is the one left out."""
    people = (
        Person(id="asked", name="Ada Asked", role="prime minister, 1920 to 1924"),
        *(Person(id=f"stranger-{number}", name=f"Sid Stranger{number}", role="poet") for number in range(5)),
        Person(id="near", name="Noel Near", role="prime minister from 1931"),
    )
    said = Quotation(id="said", article="speeches", text="Ask who has power.", speaker="asked", grade=Grade.B)
    article = Article(id="speeches", title="Speeches", rights=Rights.LICENSED, words=100)
    shelf = Shelf(article=article, people=people, quotations=(said,))
    with closing(Store(MEMORY)) as store:
        store.stock([shelf])
        with store.transaction():
            ports = ports_of(store)
            firsts = {near_misses(ports, HERE, cite(ports, HERE, said), 1)[0].id for _ in range(10)}
    assert firsts == {"near"}


@pytest.mark.parametrize(
    ("typed", "answer", "meant"),
    [
        ("co operatives", "Co-operatives", True),
        ("cooperativs", "Co-operatives", True),
        ("a TEACHER", "a teacher", True),
        ("preacher", "teacher", False),
        ("pr", "PR", True),
        ("pe", "PR", False),
        ("1992", "1997", False),
        ("98 per cent", "98 per cent", True),
        ("89 per cent", "98 per cent", False),
        ("", "PR", False),
    ],
)
def test_a_typed_answer_that_is_no_name(typed: str, answer: str, *, meant: bool) -> None:
    """A slip in a longer word is forgiven, a figure has to be the same."""
    assert is_meant(typed, answer) is meant
