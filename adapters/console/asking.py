"""Asking the core: each event goes with who is typing and where, and each reply is shown as what it is."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import assert_never

from adapters.base import Desk
from adapters.console import files
from adapters.console.board import Board
from adapters.console.filling import ABANDONED, Abandoned, Filling
from adapters.console.render import field_head, form_head, render
from adapters.console.session import Session
from adapters.console.shelf import Pressable, Setting
from bot.core.effects import (
    Audience,
    Choice,
    Completions,
    FieldErrors,
    OpenForm,
    Reply,
    SendFile,
    Show,
    Update,
)
from bot.core.events import (
    Actor,
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
    DeliveryMade,
    FormSubmitted,
    MessageRef,
    Place,
    Said,
)
from bot.core.forms import Form


class Asking:
    """Hands events to `desk` and shows the replies on `board`. `filling` is the form that is open, if one is.

    Files that are handed over are saved in `folder`.
    """

    def __init__(self, desk: Desk, board: Board, session: Session, folder: Path) -> None:
        self.filling: Filling | None = None
        self._sent: Filling | None = None
        self._desk = desk
        self._board = board
        self._session = session
        self._folder = folder

    async def use(self, command: str, text: str) -> None:
        """Use a command."""
        who, where, at = self._stamp()
        await self._ask(CommandUsed(place=where, actor=who, at=at, command=command, text=text))

    async def press(self, option: Pressable, message: MessageRef | None) -> None:
        """Press an option of a message."""
        who, where, at = self._stamp()
        event = ButtonPressed(
            place=where, actor=who, at=at, token=option.token, value=option.value, message=message
        )
        await self._ask(event, message)

    async def fill(self, form: Filling, line: str) -> None:
        """Put a line into the field that is asked, and send the form after its last."""
        try:
            refused = form.take(line)
        except Abandoned:
            self.abandon()
            return
        if refused:
            self._board.say(refused)
        elif form.field:
            self._ask_field(form)
        else:
            self.filling, self._sent = None, form
            who, where, at = self._stamp()
            token = str(form.form.token)
            event = FormSubmitted(place=where, actor=who, at=at, token=token, values=form.values)
            await self._ask(event, form.pressed)

    def abandon(self) -> None:
        """Close the form that is open without sending it."""
        self.filling = None
        self._board.say(ABANDONED)

    async def completions(
        self, command: str, parameter: str, typed: str, given: Mapping[str, str]
    ) -> Sequence[Choice]:
        """Ask for what a parameter could be; `given` are the other arguments."""
        who, where, at = self._stamp()
        event = CompletionAsked(
            place=where, actor=who, at=at, command=command, parameter=parameter, typed=typed, arguments=given
        )
        replies = await self._desk.ask(event)
        return [choice for reply in replies if isinstance(reply, Completions) for choice in reply.choices]

    async def _ask(self, event: Said, pressed: MessageRef | None = None) -> None:
        for reply in await self._desk.ask(event):
            await self._answer(reply, pressed)

    async def _answer(self, reply: Reply, pressed: MessageRef | None) -> None:
        match reply:
            case Show():
                await self._show(reply)
            case Update(card):
                self._board.replace(pressed or self._board.ref(), card, Setting.ASKER)
            case OpenForm(form):
                self._open(form, pressed)
            case FieldErrors(errors):
                self._refuse(errors)
            case Completions():
                pass  # they answer `completions`, and nothing else asks for them
            case SendFile():
                self._save(reply)
            case _:
                assert_never(reply)

    async def _show(self, reply: Show) -> None:
        setting = Setting.ASKER if reply.audience is Audience.ASKER else Setting.CHANNEL
        ref = self._board.show(self._board.ref(), reply.card, setting)
        if reply.delivery is not None:
            at, community = self._desk.now(), self._session.community
            made = DeliveryMade(community=community, delivery=reply.delivery, at=at, message=ref)
            await self._desk.tell(made)

    def _open(self, form: Form, pressed: MessageRef | None) -> None:
        self.filling = Filling(form, pressed)
        self._board.print(form_head(form, aside=self._board.only))
        self._ask_field(self.filling)

    def _ask_field(self, form: Filling) -> None:
        """Print what stands above the prompt of the field that is asked now."""
        if form.error:
            self._board.say(form.error)
        if form.field:
            self._board.print(field_head(form.field))

    def _refuse(self, errors: Mapping[str, str]) -> None:
        """Say what to do about the form that was sent, and ask its fields again."""
        form = self._sent
        for text in form.ask_again(errors) if form else errors.values():
            self._board.say(text)
        if form and form.field:
            self.filling = form
            self._ask_field(form)

    def _save(self, reply: SendFile) -> None:
        try:
            path = files.save(self._folder, reply.name, reply.content)
        except OSError as fault:
            self._board.say(f"The file could not be saved in this folder: {fault.strerror}.")
            return
        self._board.show(self._board.ref(), reply.card, Setting.ASKER)
        if not any(str(path) in line.text for line in render(reply.card)):
            self._board.say(f"Saved as {path}")

    def _stamp(self) -> tuple[Actor, Place, int]:
        return self._session.actor, self._session.place, self._desk.now()
