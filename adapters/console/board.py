"""What stands on the console: cards are put up, put up again as they change, and kept with what they are numbered."""

import secrets
from collections.abc import Sequence
from itertools import count

from adapters.console.lines import Line
from adapters.console.render import render, sentence
from adapters.console.screen import Screen
from adapters.console.session import Session
from adapters.console.shelf import Setting, Shelf, Standing
from bot.core.cards import Card, Intent
from bot.core.events import MessageRef


class Board:
    """Prints on `screen` for who is typing in `session`, and keeps on `shelf` what can be pressed."""

    def __init__(self, screen: Screen, session: Session) -> None:
        self.screen = screen
        self.shelf = Shelf()
        self._session = session
        self._mark = secrets.token_hex(4)
        self._numbers = count(1)

    def ref(self, channel: str = "") -> MessageRef:
        """Name a message that is about to be printed; the mark tells it from those of other sessions."""
        channel = channel.removeprefix("#") or self._session.channel
        return MessageRef(channel, f"{self._mark}.{next(self._numbers)}")

    def show(
        self, ref: MessageRef, card: Card, setting: Setting, *, who: str = "", ping: str = ""
    ) -> MessageRef:
        """Print a new message; `who` is the member it is for, by name, where that is not who is typing."""
        who = who or self._session.name
        self._put(Standing(ref=ref, card=card, setting=setting, who=who, ping=ping))
        return ref

    def replace(self, ref: MessageRef, card: Card, setting: Setting) -> None:
        """Print a message again as it is now; in `setting` when it stands on an earlier session's console."""
        old = self.shelf.find(ref)
        if old is None:
            self.show(ref, card, setting)
        else:
            self._put(old.showing(card))

    def say(self, text: str) -> None:
        """Tell who is typing one sentence of the console's own."""
        self.screen.show(sentence(text, aside=self.only), Intent.MISTAKE)

    def print(self, lines: Sequence[Line]) -> None:
        """Print lines that are no message: a form's."""
        self.screen.show(lines, Intent.OWN)

    @property
    def only(self) -> str:
        """What stands before that which only who is typing sees."""
        return f"(only {self._session.name}) "

    def _put(self, message: Standing) -> None:
        message = self.shelf.put(message)
        aside = message.aside(self._session.channel)
        self.screen.show(render(message.card, aside=aside, number=message.number), message.card.intent)
