"""What the console offers while somebody types."""

import pytest

from bot.core.cards import Option
from bot.core.effects import OpenForm
from bot.core.events import CompletionAsked
from bot.core.forms import ChoiceField, Form
from bot.core.tokens import token
from tests.console_desk import Console


async def offered(console: Console, typed: str) -> list[str]:
    """List what the line would be with each of the offers taken."""
    return [
        typed[: len(typed) - offer.replaces] + offer.text for offer in await console.platform.complete(typed)
    ]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("/qu", ["/quit ", "/quiz ", "/quote "]),
        ("/QUO", ["/quote "]),
        ("/c", ["/clock "]),
        ("/sch", []),
        ("hello", []),
        ("", []),
        ("/quiz", []),
        ("/nothing x", []),
        ("/quiz ", ["/quiz kind:", "/quiz rounds:"]),
        ("/quiz f", ["/quiz finish ", "/quiz fact "]),
        ("/quiz kind:", ["/quiz kind:who ", "/quiz kind:finish ", "/quiz kind:article ", "/quiz kind:fact "]),
        ("/quiz Kind:a", ["/quiz Kind:article "]),
        ("/quiz Kind:who ", ["/quiz Kind:who rounds:"]),
        ("/quiz kind:a", ["/quiz kind:article "]),
        ("/quiz kind:who ", ["/quiz kind:who rounds:"]),
        ("/quiz rounds:", []),
        ("/quiz other:x", []),
        ("/quote by:ne", ['/quote by:"Neal Lawson" ', '/quote by:"Neil Kinnock" ']),
        ('/quote by:"Neil K', ['/quote by:"Neil Kinnock" ']),
        ("/quote by:le", ["/quote by:Lenin "]),
        ("/quote Len", ["/quote Lenin "]),
        ("/quote by:Lenin ab", ["/quote by:Lenin about:"]),
    ],
)
async def test_a_line_is_completed(typed: str, lines: list[str]) -> None:
    """Commands, parameters, choices and the core's own values are offered where they can stand."""
    assert lines == await offered(Console(), typed)


async def test_a_moderator_is_offered_what_moderators_use() -> None:
    """Commands of moderators are offered to moderators, both words at once."""
    console = Console()
    await console.type("/as Mia moderator")
    assert await offered(console, "/sch") == ["/schedule add ", "/schedule list "]
    assert await offered(console, "/schedule a") == ["/schedule add "]


async def test_the_core_hears_what_else_is_typed() -> None:
    """A completion is asked for with the other arguments, as far as they stand."""
    console = Console()
    await console.platform.complete('/quote about:"new parties" by:le')
    event = console.desk.asked[-1]
    assert isinstance(event, CompletionAsked)
    assert (
        event.command,
        event.parameter,
        event.typed,
        event.arguments,
    ) == ("quote", "by", "le", {"about": "new parties"})


async def test_a_choice_in_a_form_is_completed() -> None:
    """In a form, the options of the field are offered, and no commands."""
    options = (Option("an excerpt", "e"), Option("a quotation", "q"))
    field = ChoiceField(key="kind", label="Kind", options=options)
    console = Console({"quote": [OpenForm(Form(title="F", token=token("test:send"), fields=(field,)))]})
    await console.type("/quote")
    assert await offered(console, "an") == ["an excerpt"]
    assert await offered(console, "") == ["an excerpt", "a quotation"]
    assert await offered(console, "/qu") == []
