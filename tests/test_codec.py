"""What waits in the database comes back as the value it was."""

import pytest

from bot.core import codec
from bot.core.cards import Button, Card, Field, Image, Intent, Option, Quoted, Select, line, say
from bot.core.effects import Answered, Direct, Edit, Notice, OpenThread, Pin, Post
from bot.core.errors import BotFault
from bot.core.events import MessageRef
from bot.core.inline import Channel, CommandName, Emphasis, Link, Mention, Strong, Time, TimeStyle
from bot.core.rounds import Question
from bot.core.tokens import token

FULL = Card(
    title="“Title” <b>",
    body=(
        say(
            "a",
            Strong("b"),
            Emphasis("c"),
            Link("d", "https://example.org/?a=b"),
            Time(1, "UTC", TimeStyle.DAY),
        ),
        say(
            Channel("1", "quiz"), Mention("2", "Ana", notify=True, role=True), CommandName("quiz", "kind:who")
        ),
        Quoted("words\nmore"),
    ),
    fields=(Field("n", "v"),),
    image=Image("https://example.org/a.png", "alt"),
    grade="Grade A",
    footer="Source",
    link=Link("Read", "https://example.org"),
    intent=Intent.RESULT,
    buttons=(Button("One", token("quiz:answer", 1, 0)),),
)
PICK = Card(title="x", select=Select("Pick", token("quiz:choose", 1), (Option("a", "0"), Option("b", "1"))))
QUESTION = Question(
    kind="who",
    item="lenin",
    title="Who said it?",
    solved="Who said it? Lenin",
    ask=(say("Who?"),),
    options=("a", "b"),
    right=1,
    solution="Lenin",
    reveal=(Quoted("words"),),
    accepted=("x",),
)
VALUES = [
    FULL, PICK, QUESTION, Answered(), Post(channel="1", card=FULL, ping="9"), Edit(card=PICK), Pin(),
    OpenThread(name="n", card=line("x")), Notice(card=line("x"), channel="1"), Direct(member="1", card=line("x")),
    MessageRef("1", "2"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_equal(value: object) -> None:
    """Writing and reading gives an equal value, with the same types inside."""
    assert codec.load(codec.dump(value)) == value


def test_a_class_that_is_not_named_is_refused() -> None:
    """Neither writing nor reading can bring in anything but the core's own values."""
    with pytest.raises(BotFault):
        codec.dump(object())
    with pytest.raises(BotFault):
        codec.load('{"is": "Path", "text": "x"}')
