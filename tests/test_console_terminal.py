"""The console on a real terminal: colours, completion, the status line, and what comes while somebody types."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pexpect
import pytest

from adapters.console.platform import ConsolePlatform
from adapters.console.standard import standard_ends
from bot.core.cards import Card as Shown
from bot.core.cards import Intent, Quoted, line
from bot.core.effects import Audience, Deliver, OpenForm, Post, Reply, Show
from bot.core.events import CompletionAsked, Said
from bot.core.forms import Form, TextField
from bot.core.tokens import token
from tests.console_desk import COMMUNITY, TUESDAY, Script, StillClock, asker

ROOT = Path(__file__).parent.parent
PATIENCE = 10


class Lively(Script):
    """A scripted desk whose bot posts by itself while somebody types a speaker's name."""

    platform: ConsolePlatform

    async def ask(self, event: Said) -> Sequence[Reply]:
        """Answer from the script; a completion is answered after a post."""
        if isinstance(event, CompletionAsked) and event.typed == "Neal":
            post = Post(channel="quiz", card=line("Who said it?"))
            await self.platform.deliver(Deliver(id=1, community=COMMUNITY, call=post, key="k", due=TUESDAY))
        return await super().ask(event)


def sit() -> None:
    """Sit at a console on this process's own ends: what the terminal of a test runs."""
    quotation = Shown(
        title="Quotation",
        body=(Quoted("the right words are worth a hundred regiments, and some more than that"),),
        intent=Intent.READING,
    )
    answer = Form(
        title="An answer", token=token("test:send"), fields=(TextField(key="name", label="A name"),)
    )
    desk = Lively(
        {
            "quote": [Show(card=quotation, audience=Audience.EVERYONE)],
            "quiz": [OpenForm(answer)],
            "1:test:send": [asker("Taken.")],
        }
    )
    asyncio.run(_sit(desk))


async def _sit(desk: Lively) -> None:
    ends = standard_ends()
    desk.platform = ConsolePlatform(
        desk,
        community="Reading group",
        member="Ana",
        moderator=False,
        lines=ends.lines,
        write=ends.write,
        colour=ends.colour,
        width=ends.width,
        clock=StillClock(desk),
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, desk.platform.leave)
    await desk.platform.run()


def environment(**more: str) -> dict[str, str]:
    """Give the environment of a common terminal."""
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "PYTHONWARNINGS"}}
    return {**kept, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **more}


def spawn(**more: str) -> "pexpect.spawn[str]":
    """Start a console on a terminal of its own, 24 rows by 60 columns."""
    return pexpect.spawn(
        sys.executable,
        ["-c", "from tests.test_console_terminal import sit; sit()"],
        cwd=str(ROOT),
        env=environment(**more),
        dimensions=(24, 60),
        encoding="utf-8",
        timeout=PATIENCE,
    )


@pytest.fixture
def terminal() -> Iterator["pexpect.spawn[str]"]:
    """A console on a terminal, at its first prompt."""
    child = spawn()
    child.expect_exact("Ana>")
    yield child
    child.close(force=True)


def test_commands_are_completed_while_the_bot_goes_on_posting(terminal: "pexpect.spawn[str]") -> None:
    """Tab takes what is offered, answers are coloured and wrapped, and a post stands above the line being typed."""
    terminal.send("/qu")
    terminal.expect("/quit.*/quiz.*/quote")
    terminal.send("o")
    terminal.expect("A quotation")
    terminal.send("\t")
    terminal.expect_exact("te")
    terminal.send("\r")
    terminal.expect_exact("\x1b[1;36mQuotation\x1b[0m\r\n")
    terminal.expect_exact("  | \x1b[3m“the right words are worth a hundred regiments, and some\x1b[0m\r\n")
    terminal.expect_exact("  | \x1b[3mmore than that”\x1b[0m\r\n")
    terminal.expect_exact("Ana>")
    terminal.send("/quote by:Neal")
    terminal.expect_exact("Who said it?")
    terminal.expect_exact("Ana> /quote by:Neal")
    terminal.send("\x03")
    terminal.expect_exact("Ana>")
    terminal.send("\x04")
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 0


def test_a_form_is_typed_at_its_own_prompts(terminal: "pexpect.spawn[str]") -> None:
    """A form's prompts take the place of the name; its answers are in no history; Ctrl-C closes it."""
    terminal.send("/quiz\r")
    terminal.expect_exact("A name>")
    terminal.send("my secret\r")
    terminal.expect_exact("Taken.")
    terminal.expect_exact("Ana>")
    terminal.send("\x1b[A")
    terminal.expect_exact("/quiz")
    terminal.send("\r")
    terminal.expect_exact("A name>")
    terminal.send("\x1b[A\x03")
    terminal.expect_exact("The form was closed before its end, so nothing\x1b[0m\r\n")
    assert "my secret" not in str(terminal.before)
    terminal.expect_exact("Ana>")
    terminal.send("/quit\r")
    terminal.expect(pexpect.EOF)


def test_the_status_line_says_how_to_go_on() -> None:
    """A terminal that says where its cursor is has a status line under the prompt."""
    child = spawn(PROMPT_TOOLKIT_NO_CPR="")
    child.expect_exact("\x1b[6n")
    child.send("\x1b[1;1R")
    child.expect_exact("/help lists the commands, /quit leaves")
    child.close(force=True)


def test_no_colour_is_no_colour_and_a_signal_ends_it() -> None:
    """With NO_COLOR set, a terminal gets the words alone; told to leave, the console lets go of its prompt."""
    child = spawn(NO_COLOR="1")
    child.expect_exact("Ana>")
    child.send("/quote\r")
    child.expect_exact("Quotation\r\n  | “the right words are worth a hundred regiments, and some\r\n")
    child.expect_exact("  | more than that”\r\n")
    child.expect_exact("Ana>")
    child.kill(signal.SIGTERM)
    child.expect(pexpect.EOF)
    child.wait()
    assert (child.exitstatus, child.signalstatus) == (0, None)
