"""Carrying out deliveries on a console: what the bot posts by itself is printed as it comes."""

from typing import assert_never

from adapters.base import Undelivered
from adapters.console.board import Board
from adapters.console.session import Session
from adapters.console.shelf import Setting
from bot.core.effects import Answered, AskAfter, Deliver, Direct, Edit, Notice, OpenThread, Pin, Post
from bot.core.events import FailureKind, MessageRef

_LATER = 3600


class Posting:
    """Prints deliveries on a board, each once.

    What an earlier session may have printed cannot be looked for, so it is given up rather than printed twice; an
    edit says how things stand, and is printed.
    """

    def __init__(self, board: Board, session: Session) -> None:
        self._board = board
        self._session = session
        self._made: dict[str, MessageRef] = {}

    def deliver(self, delivery: Deliver) -> MessageRef:
        """Print a delivery; gives where it stands. Raises Undelivered."""
        if delivery.community != self._session.community:
            detail = "nobody is at this community's console"
            raise Undelivered(FailureKind.PASSING, detail, retry_after=_LATER)
        if delivery.key in self._made:
            return self._made[delivery.key]
        try:
            ref = self._carry_out(delivery)
        except OSError as fault:
            raise Undelivered(FailureKind.GONE, "nobody reads this console any more") from fault
        self._made[delivery.key] = ref
        return ref

    def _carry_out(self, delivery: Deliver) -> MessageRef:
        board = self._board
        match delivery.call:
            case Pin():
                return _about(delivery)
            case AskAfter():
                return board.ref()  # nobody can leave a console
            case Edit(card=card):
                ref = _about(delivery)
                if not board.shelf.loses(ref, card):
                    board.replace(ref, card, Setting.CHANNEL)
                return ref
            case Answered():
                raise Undelivered(FailureKind.LOST, "an answer is printed with its command, or never")
            case Post() | OpenThread() | Notice() | Direct():
                return self._show(delivery, delivery.call)
            case _:
                assert_never(delivery.call)

    def _show(self, delivery: Deliver, call: Post | OpenThread | Notice | Direct) -> MessageRef:
        if delivery.recover:
            raise Undelivered(FailureKind.LOST, "a console cannot be read back")
        board = self._board
        match call:
            case Post(channel=channel, card=card, ping=ping):
                return board.show(board.ref(channel), card, Setting.CHANNEL, ping=ping)
            case OpenThread(card=card):
                return board.show(board.ref(_about(delivery).channel), card, Setting.THREAD)
            case Notice(card=card, channel=channel):
                return board.show(board.ref(channel), card, Setting.MODERATORS)
            case Direct(member=member, card=card):
                who = self._session.name_of(member)
                return board.show(board.ref(), card, Setting.ASKER, who=who)
            case _:
                assert_never(call)


def _about(delivery: Deliver) -> MessageRef:
    """Give the message that a call is about. Raises Undelivered when there is none."""
    if delivery.message is None:
        raise Undelivered(FailureKind.GONE, "the message was never shown")
    return delivery.message
