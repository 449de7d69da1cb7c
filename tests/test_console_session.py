"""A sitting at the console: its own words, forms, the end of input, and lines that come through a pipe."""

import asyncio
import os
from collections.abc import Sequence

import pytest

from adapters.console.ends import PipedLines
from bot.core.cards import Option, line, say
from bot.core.effects import FieldErrors, OpenForm, Post, Reply, Show, Update
from bot.core.events import CommandUsed, FormSubmitted
from bot.core.forms import ChoiceField, Form, FormField, TextField
from bot.core.tokens import token
from tests.console_desk import TUESDAY, Console, asker, card, everyone, pressing

NAME = TextField(key="name", label="A name")
KINDS = (Option("excerpt", "e"), Option("a quotation", "q"))
SENT = "1:test:send"
ABANDONED = "(only Ana) The form was closed before its end, so nothing was sent.\n"


def form(*fields: FormField, submit: str = "Send") -> OpenForm:
    """Make a form that sends `test:send`."""
    intro = None if fields else say("This cannot be undone.")
    return OpenForm(Form(title="A form", token=token("test:send"), fields=fields, intro=intro, submit=submit))


def submitted(console: Console) -> list[dict[str, str]]:
    """List the values of the forms that the core got."""
    return [dict(event.values) for event in console.desk.asked if isinstance(event, FormSubmitted)]


async def test_another_person_can_go_on() -> None:
    """/as changes who is typing; who was introduced as a moderator stays one."""
    console = Console()
    for typed, name, moderator in (
        ("/as Ben", "Ben", False),
        ("/as Mia moderator", "Mia", True),
        ("/as ana", "Ana", False),
        ("/as MIA", "Mia", True),
        ("/as Moderator", "Moderator", False),
        ("/as Mary Ann", "Mary Ann", False),
    ):
        assert await console.type(typed) == ""
        actor = console.platform.session.actor
        assert (name, name.casefold(), moderator) == (actor.name, actor.id, actor.administrator)
        assert f"{name}> " == console.platform.prompt


async def test_one_person_is_alone_until_another_comes() -> None:
    """A console is alone while one person has been there, in the channel it began in."""
    console = Console()
    seen = [console.platform.session.place.alone]
    for typed in ("/in #quiz", "/in general", "/as Ana", "/as Ben", "/as Ana"):
        await console.type(typed)
        seen.append(console.platform.session.place.alone)
    assert seen == [True, False, True, True, False, False]


async def test_a_channel_is_where_events_come_from() -> None:
    """After /in, commands are used in that channel, and its posts need no name before them."""
    console = Console()
    await console.type("/in #quiz")
    await console.type("/quiz")
    assert console.desk.asked[-1].place.channel == "quiz"
    await console.post(Post(channel="quiz", card=line("Hello")))
    assert console.printed[-1] == "Hello\n"


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("+45s", 45),
        ("+1d", 86_400),
        ("+2h30m", 9_000),
        ("+1d2h3m4s", 93_784),
        ("+0s", 0),
        ("2026-11-25T09:00", 13 * 3600),
        ("2026-11-25", 4 * 3600),
        ("2026-11-25T09:00+01:00", 12 * 3600),
        ("2027-07-01T09:00", 218 * 86_400 + 12 * 3600),
    ],
)
async def test_the_clock_goes_on_by_a_step_or_to_a_time(typed: str, seconds: int) -> None:
    """/clock takes a step, or a time on the wall clock of the console's zone, summer time counted."""
    console = Console()
    assert await console.type(f"/clock {typed}") == ""
    assert TUESDAY + seconds == console.desk.at


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/clock", "It is Tue 24 Nov 2026, 20:00:00 (Europe/London)."),
        (
            "/clock 2026-11-24T19:59",
            "The clock goes forward, and it is Tue 24 Nov, 20:00 already. Nothing was changed.",
        ),
        ("/clock +9999d", "The clock goes at most ten years at a time. Nothing was changed."),
        ("/clock 9999-01-01T00:00", "The clock goes at most ten years at a time. Nothing was changed."),
        *(
            (
                f"/clock {wrong}",
                "/clock takes a step or a time, as in: /clock +45s, /clock +2h30m or /clock 2026-11-25T09:00",
            )
            for wrong in (
                "+",
                "45",
                "-1d",
                "tomorrow",
                "+1y",
                "+" + "9" * 5000 + "s",
                "0001-01-01T00:00+23:59",
            )
        ),
        ("/as", "/as needs a name, as in: /as Ben"),
        (f"/as {'x' * 41}", "A name has at most 40 characters that can be seen. Nothing was changed."),
        ("/as B\x1b[2Jen", "A name has at most 40 characters that can be seen. Nothing was changed."),
        ("/in", "/in needs a channel, in one word, as in: /in #quiz"),
        ("/in a b", "/in needs a channel, in one word, as in: /in #quiz"),
        ("/cancel", "No form is open, so nothing was closed."),
        ("/quit now", "/quit takes nothing more, and “now” stands behind it."),
    ],
)
async def test_a_word_used_otherwise_is_explained(typed: str, answer: str) -> None:
    """Each word of the console's own says what it takes, and nothing changes."""
    console = Console()
    assert f"(only Ana) {answer}\n" == await console.type(typed)
    assert (
        console.desk.at,
        console.platform.session.name,
        console.platform.session.channel,
    ) == (TUESDAY, "Ana", "general")
    assert console.desk.asked == []


async def test_what_falls_due_is_printed_before_the_next_line() -> None:
    """/clock returns when what it brought about is printed."""
    console = Console()
    console.clock.due.append(lambda: console.post(Post(channel="quiz", card=line("It closed."))))
    assert await console.type("/clock +45s") == "(#quiz) It closed.\n"


async def test_a_form_is_asked_field_by_field() -> None:
    """Each field has a prompt; an empty line takes the default, choices go by their words or their number."""
    kind = ChoiceField(key="kind", label="Kind", options=KINDS)
    again = ChoiceField(key="other", label="Other", options=KINDS, default="e")
    time = TextField(key="time", label="Time", default="09:00")
    console = Console({"quote": [form(NAME, kind, again, time)], SENT: [asker("Done.")]})
    assert await console.type("/quote") == "(only Ana) Form: A form\n"
    prompts = []
    for typed in (" Neal  Lawson", "A Quotation", "2", ""):
        prompts.append(console.platform.prompt)
        answer = await console.type(typed)
    assert answer == "(only Ana) Done.\n"
    assert prompts == [
        "  A name> ",
        "  Kind (excerpt, a quotation)> ",
        "  Other (excerpt, a quotation) [excerpt]> ",
        "  Time [09:00]> ",
    ]
    assert submitted(console) == [{"name": " Neal  Lawson", "kind": "q", "other": "q", "time": "09:00"}]
    assert console.platform.prompt == "Ana> "


async def test_a_line_in_a_form_is_no_command() -> None:
    """Numbers and words with a slash are what the field holds; an empty one is for the core to judge."""
    console = Console({"quote": [form(NAME, TextField(key="x", label="X"))]})
    await console.type("/quote")
    await console.type("/as Ben")
    await console.type("")
    assert submitted(console) == [{"name": "/as Ben", "x": ""}]
    assert console.platform.session.name == "Ana"


async def test_a_choice_that_is_none_is_asked_again() -> None:
    """A line that names no option is answered with the options, and the field stays open."""
    console = Console({"quote": [form(ChoiceField(key="kind", label="Kind", options=KINDS))]})
    await console.type("/quote")
    for typed in ("3", "0", "quotation"):
        answer = await console.type(typed)
        assert answer == f"(only Ana) “{typed}” is not one of the options: excerpt or a quotation.\n"
    command = await console.type("/quote")
    assert command.endswith("or a quotation. /cancel closes the form.\n")
    await console.type("1")
    assert submitted(console) == [{"kind": "e"}]


async def test_field_errors_ask_the_named_fields_again() -> None:
    """What a field got wrong is said above its prompt; the others keep what was typed."""
    console = Console(
        {
            "quote": [form(NAME, TextField(key="zone", label="Zone", default="UTC"))],
            SENT: [FieldErrors({"zone": "There is no time zone “Mars”.", "other": "And this."})],
        }
    )
    await console.type("/quote")
    await console.type("Ana")
    answer = await console.type("Mars")
    assert answer == "(only Ana) And this.\n(only Ana) There is no time zone “Mars”.\n"
    assert console.platform.prompt == "  Zone [UTC]> "
    console.desk.answers[SENT] = [asker("Added.")]
    assert await console.type("") == "(only Ana) Added.\n"
    assert submitted(console) == [{"name": "Ana", "zone": "Mars"}, {"name": "Ana", "zone": "UTC"}]


async def test_field_errors_about_no_field_close_the_form() -> None:
    """A sentence about a field that was not asked is said, and nothing is asked for ever."""
    console = Console({"quote": [form(NAME)], SENT: [FieldErrors({"gone": "Too late."})]})
    await console.type("/quote")
    assert await console.type("x") == "(only Ana) Too late.\n"
    assert console.platform.prompt == "Ana> "


async def test_a_form_can_be_left() -> None:
    """/cancel closes a form with a sentence, and the core hears nothing of it."""
    console = Console({"quote": [form(NAME)]})
    await console.type("/quote")
    assert console.platform.status() == " /cancel closes the form"
    assert await console.type(" /cancel ") == ABANDONED
    assert submitted(console) == []
    assert console.platform.prompt == "Ana> "


async def test_a_form_without_fields_is_confirmed() -> None:
    """What only has to be agreed to is sent after a yes, and closed by anything else that it offers."""
    console = Console({"quote": [form(submit="Forget me")], SENT: [asker("Done.")]})
    assert await console.type("/quote") == "(only Ana) Form: A form\n  This cannot be undone.\n"
    assert console.platform.prompt == "  Forget me (yes, no)> "
    assert await console.type("") == "(only Ana) One is needed: yes or no.\n"
    assert await console.type("no") == ABANDONED
    await console.type("/quote")
    assert await console.type("yes") == "(only Ana) Done.\n"
    assert submitted(console) == [{}]


async def test_a_form_of_a_card_updates_that_card() -> None:
    """The answer to a form takes the place of the card whose button opened it."""
    answers: dict[str, Sequence[Reply]] = {
        "quote": [Show(card=card("Queue, 1 of 34", "Reject"))],
        pressing("Reject"): [form(NAME)],
        SENT: [Update(line("Rejected."))],
    }
    console = Console(answers)
    await console.type("/quote")
    await console.type("1")
    assert await console.type("not certain") == "(only Ana) Rejected.\n"
    assert await console.type("1.1") == "(only Ana) Card #1 has no options any more.\n"


async def test_a_sitting_ends_at_quit() -> None:
    """/quit ends the sitting, and what follows it is not read."""
    console = Console(None, "hello", "/QUIT", "/quote")
    await console.platform.run()
    assert [type(event) for event in console.desk.asked] == [CommandUsed]
    assert console.lines.prompts == ["Ana> ", "Ana> "]


async def test_the_end_of_input_ends_a_sitting_without_a_word() -> None:
    """With nothing to read, nothing is printed."""
    console = Console()
    await console.platform.run()
    assert console.printed == []


@pytest.mark.parametrize("last", [[], ["/quit"]])
async def test_a_form_at_the_end_of_input_is_abandoned(last: list[str]) -> None:
    """A form that is open when input ends is not sent, and says so."""
    console = Console({"quote": [form(NAME, TextField(key="x", label="X"))]}, "/quote", "Ana", *last)
    await console.platform.run()
    assert console.printed[-1] == ABANDONED
    assert submitted(console) == []


async def test_stopping_ends_a_sitting_that_waits_for_a_line() -> None:
    """`stop` ends a sitting in the middle of a prompt; the line that was not finished is dropped."""
    reading, writing = os.pipe()
    console = Console()
    console.platform._lines = PipedLines(reading, console.printed.append)
    sitting = asyncio.create_task(console.platform.run())
    os.write(writing, b"/quote\nhalf a l")
    await console.desk.heard.wait()
    await console.platform.stop()
    await sitting
    os.close(writing)
    assert len(console.desk.asked) == 1


async def test_a_sitting_ends_when_nobody_reads() -> None:
    """A pipe that is closed at its other end, as by `head`, ends the sitting quietly."""

    def closed(text: str) -> None:
        raise BrokenPipeError(text)

    console = Console(None, "/quote", "/quote")
    console.platform._board.screen._write = closed
    await console.platform.run()
    assert len(console.desk.asked) == 1


async def piped(text: bytes, answers: dict[str, Sequence[Reply]] | None = None) -> Console:
    """Let a console read this from a pipe to its end."""
    reading, writing = os.pipe()
    console = Console(answers)
    console.platform._lines = PipedLines(reading, console.printed.append)
    sitting = asyncio.create_task(console.platform.run())
    await asyncio.to_thread(os.write, writing, text)
    os.close(writing)
    await sitting
    os.close(reading)
    return console


async def test_a_pipe_reads_like_a_conversation() -> None:
    """Each line stands after its prompt, an empty answer as (Enter), a last line needs no newline."""
    answers: dict[str, Sequence[Reply]] = {
        "quote": [everyone(card("Quotation", "Answer"))],
        pressing("Answer"): [form(TextField(key="t", label="Time", default="09:00"))],
        SENT: [asker("At 09:00.")],
    }
    console = await piped(b"/quote\r\n1\n\n\n/as Ben\n/quit", answers)
    assert "".join(console.printed) == (
        "Ana> /quote\nQuotation\n  Body\n[1] Answer   #1\nAna> 1\n(only Ana) Form: A form\n"
        "  Time [09:00]> (Enter)\n(only Ana) At 09:00.\nAna>\n(only Ana) Commands begin with /. /help lists them.\n"
        "Ana> /as Ben\nBen> /quit\n"
    )


async def test_bytes_that_are_no_text_end_nothing() -> None:
    """What is not UTF-8 or not printable comes to the core as text, and to the screen without its controls."""
    console = await piped(b"\xff\xfe\x1b[31m\xe2\x80\xae\x00\n")
    (event,) = console.desk.asked
    assert isinstance(event, CommandUsed)
    assert event.text == "\ufffd\ufffd\x1b[31m\u202e\x00"
    assert console.printed[0] == "Ana> \ufffd\ufffd\ufffd[31m\ufffd\n"


async def test_a_gigantic_line_is_cut_and_the_next_one_is_read() -> None:
    """Memory holds the beginning of a line that never ends; the line after it is taken as ever."""
    console = await piped(b"x" * 3_000_000 + b"\n/quote\n")
    answer = "(only Ana) A line has at most 65,536 characters. Nothing was changed.\n"
    assert answer in console.printed
    assert [event.command for event in console.desk.asked if isinstance(event, CommandUsed)] == ["quote"]


async def test_a_line_without_end_takes_little_memory() -> None:
    """However much comes without a newline, no more is held than a line may have."""

    class Endless(PipedLines):
        most = 0
        chunks = 200

        async def _more(self) -> bytes:
            self.most = max(self.most, len(self._buffer))
            self.chunks -= 1
            return b"x" * 65_536 if self.chunks else b""

    console = Console()
    endless = Endless(0, console.printed.append)
    assert len(await endless.read("Ana> ", console.platform) or "") == 65_537
    assert endless.most <= 4 * 65_537


async def test_what_was_read_before_comes_first() -> None:
    """Bytes that were taken from the pipe to look at it are lines like any others."""
    console = Console()
    console.platform._lines = PipedLines(None, console.printed.append, b"/one\n/two")
    await console.platform.run()
    assert [event.command for event in console.desk.asked if isinstance(event, CommandUsed)] == ["one", "two"]


async def test_nothing_to_read_from_is_the_end_of_input() -> None:
    """A process without standard input has a console that ends at once."""
    console = Console()
    console.platform._lines = PipedLines(None, console.printed.append)
    await console.platform.run()
    assert console.printed == []
