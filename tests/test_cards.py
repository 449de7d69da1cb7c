"""Cards, forms and completions cannot be made wrong: every limit is held at construction."""

from typing import Any

import pytest

from bot.core import limits
from bot.core.cards import Button, Card, Field, Image, Option, Paragraph, Quoted, Select, line, say
from bot.core.effects import Choice, Completions, SendFile
from bot.core.errors import CardFault
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.inline import Link, Text
from bot.core.tokens import Token, token

PRESS = token("quiz:answer", 1)
OPTION = Option("One", "1")


def _button(number: int) -> Button:
    return Button("Label", token("quiz:answer", number))


def _options(number: int) -> tuple[Option, ...]:
    return tuple(Option("Label", str(each)) for each in range(number))


TOO_MUCH: list[tuple[str, type[Any], dict[str, Any]]] = [
    ("a card that says nothing", Card, {}),
    ("a title of 151", Card, {"title": "x" * 151}),
    ("11 fields", Card, {"fields": (Field("a", "b"),) * 11}),
    ("21 buttons", Card, {"title": "x", "buttons": tuple(map(_button, range(21)))}),
    ("two buttons with one token", Card, {"title": "x", "buttons": (_button(1), _button(1))}),
    ("more than 4,000 characters", Card, {"body": (say("x" * 2_500), say("x" * 2_500))}),
    ("a source of 2,001", Card, {"title": "x", "footer": "x" * 2_001}),
    ("buttons and a select", Card, {"title": "x", "buttons": (_button(1),), "select": Select("s", PRESS, (OPTION,))}),
    ("an empty paragraph", Paragraph, {"parts": ()}),
    ("a paragraph of 3,001", Paragraph, {"parts": (Text("x" * 3_001),)}),
    ("an empty quotation", Quoted, {"text": ""}),
    ("a label of 35", Button, {"label": "x" * 35, "token": PRESS}),
    ("an empty label", Button, {"label": "", "token": PRESS}),
    ("26 options", Select, {"placeholder": "s", "token": PRESS, "options": _options(26)}),
    ("no options", Select, {"placeholder": "s", "token": PRESS, "options": ()}),
    ("two options of one value", Select, {"placeholder": "s", "token": PRESS, "options": (OPTION, OPTION)}),
    ("an option label of 76", Option, {"label": "x" * 76, "value": "1"}),
    ("a link without https", Link, {"text": "x", "url": "http://example.org"}),
    ("an alt text of 1,025", Image, {"url": "https://example.org", "alt": "x" * 1_025}),
    ("a token of 101", Token, {"feature": "quiz", "action": "answer", "args": ("x" * 88,)}),
    ("a token with a comma in an argument", Token, {"feature": "quiz", "action": "answer", "args": ("a,b",)}),
    ("a token with a capital feature", Token, {"feature": "Quiz", "action": "answer"}),
    ("26 completions", Completions, {"choices": (Choice("a", "a"),) * 26}),
    ("a completion of 101", Completions, {"choices": (Choice("x" * 101, "a"),)}),
    ("a field label of 46", TextField, {"key": "name", "label": "x" * 46}),
    ("a hint of 101", TextField, {"key": "name", "label": "Name", "hint": "x" * 101}),
    ("a key that is no identifier", TextField, {"key": "a name", "label": "Name"}),
    ("a text field of 3,001", TextField, {"key": "name", "label": "Name", "most": 3_001}),
    ("a default that is no option", ChoiceField, {"key": "k", "label": "L", "options": (OPTION,), "default": "2"}),
    ("a form title of 25", Form, {"title": "x" * 25, "token": PRESS, "fields": (TextField(key="a", label="A"),)}),
    ("a form of 6 fields", Form, {"title": "x", "token": PRESS, "fields": tuple(
        TextField(key=f"f{each}", label="L") for each in range(6))}),
    ("two fields of one key", Form, {"title": "x", "token": PRESS, "fields": (TextField(key="a", label="A"),) * 2}),
]  # fmt: skip


@pytest.mark.parametrize(("made", "values"), [pytest.param(*rest, id=name) for name, *rest in TOO_MUCH])
def test_what_breaks_a_limit_cannot_be_made(made: type[Any], values: dict[str, Any]) -> None:
    """Constructing anything that a platform would refuse raises CardFault."""
    with pytest.raises(CardFault):
        made(**values)


def test_a_card_at_its_limits_can_be_made() -> None:
    """What just fits is accepted, so that the limits are not held too early."""
    card = Card(
        title="x" * limits.TITLE,
        body=(say("x" * limits.PARAGRAPH),),
        buttons=tuple(map(_button, range(limits.BUTTONS))),
    )
    assert card.length == limits.TITLE + limits.PARAGRAPH


def test_a_file_has_a_largest_size() -> None:
    """A file beyond a million bytes is refused."""
    with pytest.raises(CardFault):
        SendFile(name="x", media_type="text/plain", content=b"x" * 1_000_001, card=line("x"))


def test_one_line_alone_is_text() -> None:
    """A card of one paragraph and nothing else is shown as plain text."""
    assert line("Saved.").is_line
    assert not Card(title="Saved").is_line
    assert not Card(body=(say("Saved."),), buttons=(Button("Undo", PRESS),)).is_line
