"""The console as a stage."""

import re
from collections.abc import Mapping

from bot.core.wording import in_marks
from tests.conversation import Talk
from tests.stages.seen import MODERATOR, Seen

_BUTTONS = re.compile(r"\[(\d+)\](?: ((?:(?!  \[| {3}#).)+))?")
_ASIDE = re.compile(r"^\(only ([^)]+)\) |^\((?:thread|moderators|#\w+)\) ")


class ConsoleStage:
    """A console that several people share."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._cards: dict[str, tuple[str, dict[str, str]]] = {}
        self._at_the_keys = ""

    async def command(self, who: str, name: str, /, **values: str) -> list[Seen]:
        """Let somebody type a command."""
        text = " ".join(f'{key}:"{value}"' for key, value in values.items())
        return await self._type(who, f"/{name} {text}".strip())

    async def press(self, who: str, label: str) -> list[Seen]:
        """Let somebody type the number of the newest option of this label that they see."""
        return await self._type(who, self._option(who, label))

    async def answer(self, who: str, label: str, **fields: str) -> list[Seen]:
        """Let somebody open a form and answer its prompts in order."""
        await self._type(who, self._option(who, label))
        return await self._typed(who, fields)

    async def fill(self, who: str, name: str, /, **fields: str) -> list[Seen]:
        """Let somebody type a command and answer the prompts that follow in order."""
        await self._type(who, f"/{name}")
        return await self._typed(who, fields)

    async def _typed(self, who: str, fields: Mapping[str, str]) -> list[Seen]:
        """Answer each prompt of the open form, with an empty line where nothing is given for its field."""
        seen: list[Seen] = []
        while (form := self._talk.console._asking.filling) and form.field:
            seen = await self._type(who, fields.get(form.field.key, ""))
        return seen

    async def pass_time(self, seconds: int) -> list[Seen]:
        """Let time pass."""
        return await self._type("Ana", f"/clock +{seconds}s")

    async def _type(self, who: str, line: str) -> list[Seen]:
        with self._talk.console._board.screen.recording() as heard:
            await self._talk(who, line, moderator=who == MODERATOR != self._at_the_keys)
            self._at_the_keys = who
        return [self._read(text) for text in heard]

    def _read(self, text: str) -> Seen:
        lines = text.rstrip("\n").split("\n")
        aside = _ASIDE.match(lines[0])
        only = aside[1] or "" if aside else ""
        lines[0] = lines[0][aside.end() :] if aside else lines[0]
        buttons: dict[str, str] = {}
        if number := re.search(r" {3}#(\d+)$", lines[-1]):
            numbered = [
                (found[1], (found[2] or found[1]).strip()) for found in _BUTTONS.finditer(lines.pop())
            ]
            buttons = {label: option for option, label in numbered}
            self._cards[number[1]] = (only, buttons)
        plain = tuple(re.sub(r"^  (?:\| )?", "", line) for line in lines)
        return Seen(only=only, lines=plain, buttons=tuple(buttons))

    def _option(self, who: str, label: str) -> str:
        for number, (only, buttons) in reversed(self._cards.items()):
            if label in buttons and only in {"", who}:
                return f"{number}.{buttons[label]}"
        raise AssertionError(f"{who} sees no button {in_marks(label)}")
