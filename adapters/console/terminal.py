"""Lines typed at a terminal: with history, completion and a status line, and with output above the prompt.

Loaded for a terminal alone, since prompt_toolkit takes a while to import.
"""

import asyncio
from collections.abc import AsyncGenerator

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import DummyHistory, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style

from adapters.console.ends import LONGEST_LINE, Aid
from adapters.console.filling import CANCEL
from adapters.console.screen import Write

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse fg:ansibrightblack"})
_EACH_SECOND = 1.0


class TerminalLines:
    """Reads lines from a terminal, and prints above the prompt what comes while somebody types.

    Commands are remembered until the end of the session, what is typed into a form is not.
    """

    def __init__(self, write: Write, *, source: Input | None = None, screen: Output | None = None) -> None:
        self._write = write
        self._commands = _prompts(source, screen, history=True)
        self._answers = _prompts(source, screen, history=False)
        self._waiting: set[asyncio.Future[None]] = set()

    async def read(self, prompt: str, aid: Aid) -> str | None:
        """Read a line. Ctrl-C gives an empty form up, or drops the line; Ctrl-D is the end of input."""
        prompts = self._answers if aid.private else self._commands
        while True:
            try:
                line = await prompts.prompt_async(
                    prompt,
                    completer=_AidCompleter(aid),
                    bottom_toolbar=aid.status,
                    refresh_interval=_EACH_SECOND,
                    set_exception_handler=False,
                    handle_sigint=False,
                )
            except KeyboardInterrupt:
                if aid.private:
                    return CANCEL
                continue
            except EOFError:
                return None
            finally:
                await self._flush()
            return line.encode(errors="replace").decode()[: LONGEST_LINE + 1]

    def write(self, text: str) -> None:
        """Print, above the prompt when one is open."""
        if not (self._commands.app.is_running or self._answers.app.is_running):
            self._write(text)
            return
        done = asyncio.ensure_future(run_in_terminal(lambda: self._write(text)))
        self._waiting.add(done)
        done.add_done_callback(self._waiting.discard)

    async def _flush(self) -> None:
        """Wait until what came during the prompt stands above it."""
        while self._waiting:
            await asyncio.wait(self._waiting)


def _prompts(source: Input | None, screen: Output | None, *, history: bool) -> PromptSession[str]:
    return PromptSession(
        history=InMemoryHistory() if history else DummyHistory(),
        complete_while_typing=True,
        reserve_space_for_menu=6,
        style=_STYLE,
        input=source,
        output=screen,
    )


class _AidCompleter(Completer):
    """Hands the console's offers to prompt_toolkit."""

    def __init__(self, aid: Aid) -> None:
        self._aid = aid

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> list[Completion]:  # noqa: ARG002 - the base class names them
        """Give nothing: the console is asked asynchronously."""
        return []

    async def get_completions_async(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - the base class names it
    ) -> AsyncGenerator[Completion, None]:
        """Give the offers for what stands before the cursor."""
        for offer in await self._aid.complete(document.text_before_cursor):
            yield Completion(
                offer.text,
                start_position=-offer.replaces,
                display=offer.label,
                display_meta=offer.help,
            )
