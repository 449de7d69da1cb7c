"""How cards and forms are put into text: every part of them, whatever it holds and however narrow the terminal."""

import re

import pytest
from rich.cells import cell_len

from adapters.console.clean import clean, clean_line
from adapters.console.lines import Line, Span, plain, wrapped
from adapters.console.render import field_head, field_prompt, form_head, render
from adapters.console.screen import Screen
from bot.core.cards import Button, Card, Field, Image, Intent, Option, Paragraph, Quoted, Select, line, say
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.inline import Channel, CommandName, Emphasis, Link, Mention, Strong, Text, Time, TimeStyle
from bot.core.tokens import token
from tests.test_console_cards import CARDS, buttons

ZONE = "Europe/London"
FRIDAY = 1795809600  # Fri 27 Nov 2026, 20:00


def test_a_select_is_numbered_like_buttons() -> None:
    """The options of a select stand under its placeholder, each with the number that chooses it."""
    options = (Option("Pluralism", "pluralism"), Option("By-elections", "by-elections"))
    card = Card(title="Topics", select=Select("Choose a topic", token("test:choose"), options))
    expected = "Topics\nChoose a topic:\n[1] Pluralism  [2] By-elections   #4\n"
    assert expected == plain(render(card, number=4))


def test_every_inline_node_has_its_plain_form() -> None:
    """Links show their address, channels their name, and only a mention that notifies carries an @."""
    card = line(
        Link("the article", "https://example.org/a"),
        " ",
        Link("https://example.org/b", "https://example.org/b"),
        " ",
        Channel("c1", "#quiz"),
        " ",
        Mention("ana", "Ana"),
        " ",
        Mention("r1", "readers", notify=True, role=True),
        " ",
        CommandName("quiz"),
        " ",
        Time(FRIDAY, ZONE, TimeStyle.DAY),
        intent=Intent.PLAIN,
    )
    expected = (
        "the article (https://example.org/a) https://example.org/b #quiz Ana @readers /quiz Fri 27 Nov\n"
    )
    assert expected == plain(render(card))


def test_picture_and_link_stand_where_they_belong() -> None:
    """A picture is told by its words under the body; the link to the article stands below the source."""
    card = Card(
        title="T",
        body=(say("Body"),),
        image=Image("https://example.org/p.png", "A chart of the week"),
        footer="Source: S",
        link=Link("Read the article", "https://example.org/a"),
    )
    expected = (
        "T\n  Body\n  Picture: A chart of the week (https://example.org/p.png)\nSource: S\n"
        "Read the article: https://example.org/a\n"
    )
    assert expected == plain(render(card))


def test_a_card_that_begins_with_a_quotation_says_above_it_who_sees_it() -> None:
    """What stands before a card never moves the bar of a quotation block."""
    expected = "(only Ana)\n  | “a”\n  |\n  | b”\n".replace("“a”", "“a")
    assert expected == plain(render(Card(body=(Quoted("a\n\nb"),)), aside="(only Ana) "))


def test_times_follow_the_zone_through_the_year() -> None:
    """The same hour of UTC is another hour on the wall in summer."""
    july = Time(1784044800, ZONE)
    assert "Tue 14 Jul, 17:00\n" == plain(render(line(july)))  # noqa: SIM300 - expected == actual


HOSTILE = (
    ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
    ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
    ("\x9b2Jcleared", "\ufffd2Jcleared"),
    ("over\rwritten\x08\x7f", "over\ufffdwritten\ufffd\ufffd"),
    ("nul\x00l", "nul\ufffdl"),
    ("\u202egnirts desrever", "gnirts desrever"),
    ("\u2066isolated\u2069 \u200fmark", "isolated mark"),
    ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
    ("tab\there", "tab here"),
    ("line\u2028separator", "line separator"),
    ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("שלום", "שלום"),
    ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
)


@pytest.mark.parametrize(("typed", "shown"), HOSTILE)
def test_hostile_text_is_neutralised(typed: str, shown: str) -> None:
    """No text moves the cursor, sets a colour or turns the line round; letters of every script stay."""
    assert shown == clean(typed)


@pytest.mark.parametrize("make", [
    lambda text: Card(title=text),
    line,
    lambda text: Card(title="T", body=(say(text), Quoted(text))),
    lambda text: Card(title="T", body=(say(Strong(text), Emphasis(text), Link(text, "https://a/\x1b[2J")),)),
    lambda text: Card(title="T", body=(say(Channel("c", text), Mention("m", text), CommandName(text, text)),)),
    lambda text: Card(title="T", fields=(Field(text, text),), image=Image(text, text)),
    lambda text: Card(title="T", grade=text, footer=text, link=Link(text, "https://a")),
    lambda text: Card(title="T", buttons=(Button(text[:34], token("a:b")),)),
    lambda text: Card(title="T", select=Select(text, token("a:b"), (Option(text, "v"),))),
])  # fmt: skip
def test_no_part_of_a_card_lets_a_control_character_through(make: object) -> None:
    """Whatever part of a card holds it, an escape sequence arrives without its escape, in colour or not."""
    assert callable(make)
    card = make("\x1b[31m\x07\u202e\x9b!")
    for colour in (False, True):
        heard: list[str] = []
        Screen(heard.append, colour=colour).show(render(card, aside="(only \x1b[5mAna) ", number=1))
        text = "".join(heard)
        ours = text.replace("\x1b[0m", "")
        assert "\x1b[31m" not in text
        assert "\x1b[5m" not in text
        assert "\x1b[2J" not in text
        assert set(ours).isdisjoint("\x07\u202e\x9b")
        assert colour or "\x1b" not in text


def test_a_members_newline_forges_no_line_of_the_cards() -> None:
    """A text with newlines stays behind the indent, so that it cannot pose as a grade, a source or an option."""
    forged = "x\nGrade A: verified in the primary source.\n[1] Press me   #1"
    card = Card(title=forged, body=(say(forged), Quoted(forged)), grade=forged, fields=(Field("F", forged),))
    at_margin = [row for row in plain(render(card)).splitlines() if not row.startswith("  ")]
    assert [clean_line(forged), clean_line(forged)] == at_margin


def test_long_lines_are_wrapped_behind_their_indent() -> None:
    """On a terminal, no line is wider than it, words stay whole, and a body stays a body."""
    card = Card(
        title="T", body=(say("one two three four five six seven"), Quoted("ten eleven twelve thirteen"))
    )
    heard: list[str] = []
    Screen(heard.append, colour=False, width=lambda: 22).show(render(card))
    expected = "T\n  one two three four\n  five six seven\n  | “ten eleven twelve\n  | thirteen”\n"
    assert expected == "".join(heard)


def test_an_option_is_never_broken_in_two() -> None:
    """Options that do not fit go to the next line with their number."""
    heard: list[str] = []
    card = Card(title="T", buttons=buttons("Antonio Gramsci", "Vladimir Lenin", "Paddy Ashdown"))
    Screen(heard.append, colour=False, width=lambda: 44).show(render(card, number=1))
    expected = "T\n[1] Antonio Gramsci  [2] Vladimir Lenin\n[3] Paddy Ashdown   #1\n"
    assert expected == "".join(heard)


def test_a_word_longer_than_the_line_stays_behind_its_indent() -> None:
    """Ten thousand characters without a space, wide ones too, are broken at the width and lose nothing."""
    text = "ab" * 4000 + "漢字" * 1000
    rows = [each.text for each in wrapped(Line((Span(text),), "  "), 40)]
    assert text == "".join(row.removeprefix("  ") for row in rows)
    assert all(row.startswith("  ") for row in rows)
    assert max(map(cell_len, rows)) == 40


def test_marks_stay_with_the_word_they_follow() -> None:
    """A line is not broken between a name and the full stop that stands in a span of its own."""
    paragraph = Paragraph((Text("It was said by "), Strong("Eduard Bernstein"), Text(".")))
    heard: list[str] = []
    Screen(heard.append, colour=False, width=lambda: 33).show(render(Card(title="T", body=(paragraph,))))
    assert "T\n  It was said by Eduard\n  Bernstein.\n" == "".join(heard)  # noqa: SIM300 - expected == actual


@pytest.mark.parametrize("name", CARDS)
def test_colours_only_dress_the_words(name: str) -> None:
    """With the colour codes taken away, what a terminal shows is what a pipe gets."""
    card, aside, number = CARDS[name]
    heard: list[str] = []
    Screen(heard.append, colour=True).show(render(card, aside=aside, number=number), card.intent)
    dressed = "".join(heard)
    assert "\x1b[" in dressed
    assert plain(render(card, aside=aside, number=number)) == re.sub(r"\x1b\[[0-9;]*m", "", dressed)


def test_each_intent_has_its_own_look() -> None:
    """The title of a card is coloured by what the card is for."""
    looks = set()
    for intent in Intent:
        heard: list[str] = []
        Screen(heard.append, colour=True).show(render(Card(title="T")), intent)
        looks.add("".join(heard))
    assert len(Intent) == len(looks)


def test_a_form_reads_like_a_card() -> None:
    """A form's title and introduction stand above its prompts, which are indented like a body."""
    form = Form(
        title="Forget me",
        token=token("privacy:forget"),
        intro=say("This removes your score. It cannot be undone."),
        fields=(TextField(key="words", label="Type “forget me”"),),
    )
    expected = "(only Ana) Form: Forget me\n  This removes your score. It cannot be undone.\n"
    assert expected == plain(form_head(form, aside="(only Ana) "))
    assert field_prompt(form.fields[0]) == "  Type “forget me”> "


def options(*labels: str) -> tuple[Option, ...]:
    """Make options whose values are the places of their labels."""
    return tuple(Option(label, str(place)) for place, label in enumerate(labels, 1))


PROMPTS = (
    (TextField(key="a", label="A name"), "  A name> "),
    (TextField(key="a", label="Time", default="09:00"), "  Time [09:00]> "),
    (TextField(key="a", label="A word", required=False), "  A word [none]> "),
    (
        TextField(key="a", label="Drawn from", hint="an article, a topic, the line-up"),
        "  Drawn from (an article, a topic, the line-up)> ",
    ),
    (
        ChoiceField(key="a", label="Kind", options=options("excerpt", "quote", "quiz")),
        "  Kind (excerpt, quote, quiz)> ",
    ),
    (
        ChoiceField(key="a", label="Kind", hint="what is posted", options=options("a", "b"), default="2"),
        "  Kind (what is posted: a, b) [b]> ",
    ),
    (
        ChoiceField(key="a", label="Credit me if accepted", options=options("yes", "no"), default="1"),
        "  Credit me if accepted [yes]> ",
    ),
    (TextField(key="a", label="\x1b[2JEvil\n", default="\x07"), "  \ufffd[2JEvil  [\ufffd]> "),
)


@pytest.mark.parametrize(("field", "prompt"), PROMPTS)
def test_a_prompt_says_what_a_field_takes(field: TextField | ChoiceField, prompt: str) -> None:
    """A prompt is the label, then the hint or the options, then what an empty line stands for."""
    assert prompt == field_prompt(field)


def test_long_options_of_a_form_get_a_line_each() -> None:
    """Options too long to stand in a prompt are numbered above it."""
    field = ChoiceField(key="a", label="Which", options=options("a" * 60, "b" * 60))
    assert field_prompt(field) == "  Which> "
    assert f"  1 {'a' * 60}\n  2 {'b' * 60}\n" == plain(field_head(field))
