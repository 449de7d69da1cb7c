"""Arguments as people type them: by name, by form, in quotes, and what is said when they do not fit."""

import re
from dataclasses import replace

import pytest

from bot.core import arguments, asking
from bot.core.catalogue import catalogue
from bot.core.effects import Choice
from bot.core.errors import UserMistake
from bot.core.forms import ChoiceField, FileField
from bot.core.inline import CommandName
from bot.core.registry import Command, Kind, Parameter
from bot.core.request import Request

KINDS = tuple(Choice(each, each) for each in ("who", "finish", "article", "fact"))
WHERE = tuple(Choice(each, each) for each in ("here", "private"))


def _nothing(_request: Request) -> tuple[()]:
    return ()


QUIZ = Command(
    name="quiz",
    help="A question",
    example="/quiz kind:who",
    parameters=(
        Parameter(name="kind", help="Which", kind=Kind.CHOICE, choices=KINDS),
        Parameter(name="about", help="A topic"),
        Parameter(name="where", help="Where", kind=Kind.CHOICE, choices=WHERE),
        Parameter(name="rounds", help="How many", kind=Kind.NUMBER, least=1, most=10),
    ),
    handler=_nothing,
)
SEARCH = Command(
    name="search",
    help="Find words",
    example="/search pluralism",
    parameters=(Parameter(name="text", help="Words", wants="words to look for", required=True),),
    handler=_nothing,
)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("", {}),
        ("kind:who", {"kind": "who"}),
        ("KIND", {"about": "KIND"}),
        ("who", {"kind": "who"}),
        ("Who pluralism 5", {"kind": "who", "about": "pluralism", "rounds": "5"}),
        ("pluralism 5", {"about": "pluralism", "rounds": "5"}),
        ("about:pluralism rounds:5", {"about": "pluralism", "rounds": "5"}),
        ("about: pluralism", {"about": "pluralism"}),
        ("About:pluralism ROUNDS: 5", {"about": "pluralism", "rounds": "5"}),
        ("Rond: a pluralist’s note: here is why", {"about": "Rond: a pluralist’s note: here is why"}),
        ('about:"trade unions" 3', {"about": "trade unions", "rounds": "3"}),
        ("about:“trade unions”", {"about": "trade unions"}),
        ("„trade unions“ 3", {"about": "trade unions", "rounds": "3"}),
        ('"unclosed words', {"about": "unclosed words"}),
        ("trade unions", {"about": "trade unions"}),
        ("at 16:30", {"about": "at 16:30"}),
        ("rounds:007", {"rounds": "7"}),
    ],
)
def test_typed_text_is_sorted_into_parameters(typed: str, values: dict[str, str]) -> None:
    """Names, choices, numbers and free text find their parameter in any order."""
    assert arguments.read(QUIZ, typed) == values


def _said(error: UserMistake) -> str:
    return "".join(
        f"/{part.name} {part.rest}".strip() if isinstance(part, CommandName) else str(part)
        for part in error.parts
    )


@pytest.mark.parametrize(
    ("command", "typed", "sentence", "ways_out"),
    [
        (
            QUIZ,
            "kind:whom",
            "There is no kind “whom”. Did you mean who? The kinds are who, finish, article and fact.",
            ["1:command:run:quiz kind:who"],
        ),
        (QUIZ, "where:heer", "where is here or private, and “heer” is neither. Did you mean here?", ["1:command:run:quiz where:here"]),
        (QUIZ, "rounds:500", "rounds goes from 1 to 10, and “500” is outside that.", []),
        (QUIZ, "rounds:0", "rounds goes from 1 to 10, and “0” is outside that.", []),
        (QUIZ, "rounds:" + "9" * 40, f"rounds goes from 1 to 10, and “{'9' * 40}” is outside that.", []),
        (QUIZ, "rounds:two", "rounds is a number, and “two” is not one.", []),
        (QUIZ, "knd:who", "/quiz takes no “knd”. Did you mean kind? Usage: /quiz [kind] [about] [where] [rounds]", ["1:command:run:quiz kind:who"]),
        (SEARCH, "", "/search needs words to look for, as in: /search pluralism", []),
        (SEARCH, "   ", "/search needs words to look for, as in: /search pluralism", []),
        (
            SEARCH,
            "x" * 10_000,
            "That is 10,000 characters, and a command takes at most 4,000. Nothing was changed.",
            [],
        ),
        (SEARCH, "x" * 300, "That is 300 characters, and text has at most 200. Nothing was changed.", []),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(command: Command, typed: str, sentence: str, ways_out: list[str]) -> None:
    """A mistake names the parameter and the value, says what it takes, and offers the way on."""
    with pytest.raises(UserMistake) as caught:
        arguments.read(command, typed)
    assert _said(caught.value) == sentence
    assert [str(button.token) for button in caught.value.ways_out] == ways_out


def test_words_behind_a_command_that_takes_none_are_not_passed_over() -> None:
    """Whoever types more than a command takes learns that, rather than that it was done."""
    score = Command(name="score", help="Your points", example="/score", handler=_nothing)
    assert arguments.read(score, " ") == {}
    with pytest.raises(UserMistake) as caught:
        arguments.read(score, "of Ana")
    assert (
        _said(caught.value) == "/score takes nothing more, and “of Ana” stands behind it. Nothing was done."
    )


def test_form_asks_for_what_a_command_takes() -> None:
    """What is needed comes first, with what was given in it; each kind of parameter has its kind of field."""
    asked = replace(QUIZ, parameters=(*QUIZ.parameters, *SEARCH.parameters))
    form = asking.form_for(asked, {"kind": "WHO", "rounds": "5", "about": "x" * 201})
    typed = [each for each in form.fields if not isinstance(each, FileField)]
    found = [(each.key, each.label, each.default, each.required) for each in typed]
    assert found == [
        ("text", "Text", "", True),
        ("kind", "Kind", "who", False),
        ("about", "About", "", False),
        ("where", "Where", "", False),
        ("rounds", "Rounds", "5", False),
    ]
    assert isinstance(form.fields[1], ChoiceField)
    assert (form.title, str(form.token)) == ("Quiz", "1:command:fill:quiz")


def test_what_was_filled_in_is_checked_field_by_field() -> None:
    """Everything that is wrong is said at once, each at its own field."""
    asked = replace(QUIZ, parameters=(*QUIZ.parameters, *SEARCH.parameters))
    assert arguments.check_each(asked, {"kind": "fact", "about": " ", "rounds": "70"}) == (
        {"kind": "fact"},
        {
            "rounds": "rounds goes from 1 to 10, and “70” is outside that.",
            "text": "This is needed: words to look for.",
        },
    )


@pytest.mark.parametrize(
    "command", [each for each in catalogue().commands.values() if each.parameters], ids=lambda each: each.name
)
def test_every_command_can_ask_for_what_it_takes(command: Command) -> None:
    """Whatever a command needs is among the fields of its form."""
    keys = {each.key for each in asking.form_for(command, {}).fields}
    assert {each.name for each in command.parameters if each.required} <= keys


@pytest.mark.parametrize("command", catalogue().commands.values(), ids=lambda command: command.name)
def test_every_command_has_help_and_an_example_that_parses(command: Command) -> None:
    """What is declared is complete: a help line, parameters with help, and an example a member could type."""
    assert 10 <= len(command.help) <= 100
    assert all(5 <= len(parameter.help) <= 100 for parameter in command.parameters)
    assert command.example.startswith(f"/{command.name}")
    arguments.read(command, command.example.removeprefix(f"/{command.name}").strip())


def test_every_name_in_the_registry_fits_its_platforms() -> None:
    """Names are what Discord and Slack accept: lower case, hyphens within, at most two words of 32 characters."""
    names = [word for name in catalogue().commands for word in name.split(" ")]
    assert [word for word in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", word) or len(word) > 32] == []
    assert all(len(name.split(" ")) <= 2 for name in catalogue().commands)
