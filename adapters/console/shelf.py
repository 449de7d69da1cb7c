"""The cards that stand on the console: their running numbers, and what typing a number presses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.core.cards import Block, Card, Paragraph
from bot.core.events import MessageRef
from bot.core.inline import Text, Time, TimeStyle
from bot.core.wording import listed

_PRESS = re.compile(r"#?(?:([0-9]{1,9})\.)?([0-9]{1,9})")


class Setting(Enum):
    """Where a card stands, and so what is said before it."""

    CHANNEL = "channel"
    ASKER = "asker"
    THREAD = "thread"
    MODERATORS = "moderators"


@dataclass(frozen=True, slots=True)
class Pressable:
    """What an option sends when it is pressed."""

    token: str
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One message: its card, where it stands, and its options by the number that presses them.

    `who` is the member that a card for the asker is for, `ping` the role that a post calls, `number` the card's
    own, once it has had options.
    """

    ref: MessageRef
    card: Card
    setting: Setting = Setting.CHANNEL
    who: str = ""
    ping: str = ""
    number: int | None = None
    options: Mapping[int, Pressable] = field(default_factory=dict)

    def showing(self, card: Card) -> "Standing":
        """Give the same message with another card."""
        return replace(self, card=card)

    def aside(self, channel: str) -> str:
        """Say where it stands, for somebody in `channel`: `(only Ana) `, `(#quiz) `, `(thread) `, or nothing."""
        here = self.ref.channel == channel
        match self.setting:
            case Setting.ASKER:
                return f"(only {self.who}) "
            case Setting.MODERATORS:
                return "(moderators) "
            case Setting.THREAD:
                return "(thread) " if here else f"(thread in #{self.ref.channel}) "
            case Setting.CHANNEL:
                ping = f"@{self.ping.removeprefix('@')} " if self.ping else ""
                return ping if here else f"(#{self.ref.channel}) {ping}"


class NoSuchOption(Exception):  # noqa: N818 - a mistake of whoever typed it, told as a sentence
    """A number was typed that presses nothing: the sentence says which numbers do."""


class Shelf:
    """All messages of this session by their reference, and those that have options by their number, newest last."""

    def __init__(self) -> None:
        self._standing: dict[MessageRef, Standing] = {}
        self._numbered: dict[int, MessageRef] = {}

    def put(self, message: Standing) -> Standing:
        """Set a message on the shelf as it is shown now: all its options count from 1, and it becomes the newest."""
        options = options_of(message.card)
        number = message.number
        if options and number is None:
            number = len(self._numbered) + 1
        message = replace(message, number=number, options=options)
        self._standing[message.ref] = message
        if number is not None:
            self._numbered.pop(number, None)
            self._numbered[number] = message.ref
        return message

    def numbered(self, number: int) -> Standing | None:
        """Find card #`number`."""
        ref = self._numbered.get(number)
        return None if ref is None else self._standing[ref]

    def find(self, ref: MessageRef) -> Standing | None:
        """Find a message of this session."""
        return self._standing.get(ref)

    def loses(self, ref: MessageRef, card: Card) -> bool:
        """Take options from a message whose words stay as they are; False, and nothing done, when more changes.

        The options that stay keep their numbers, since those are what stands on the screen. A changed figure is no
        change of words: nobody reads a card again to learn that one more has read it.
        """
        old = self._standing.get(ref)
        if old is None or _words(old.card) != _words(card):
            return False
        left = set(options_of(card).values())
        kept = {number: option for number, option in old.options.items() if option in left}
        if len(kept) < len(left):
            return False
        self._standing[ref] = replace(old, card=card, options=kept)
        return True

    def pressed(self, line: str) -> tuple[Standing, Pressable] | None:
        """Read a number, or a card's number and an option's; None where the line is neither.

        Raises NoSuchOption.
        """
        match = _PRESS.fullmatch(line)
        if match is None or (line.startswith("#") and match[1] is None):
            return None
        message = self._named(int(match[1])) if match[1] else self._newest_with_options(int(match[2]))
        option = message.options.get(int(match[2]))
        if option is None:
            which = f"Card #{message.number}" if match[1] else "The newest card"
            raise NoSuchOption(f"{which} has {_range(message.options)}, so there is no {int(match[2])}.")
        return message, option

    def next_close(self, now: int) -> int | None:
        """Say when the next round that counts down here closes (UTC seconds)."""
        ahead = (
            part.at
            for ref in self._numbered.values()
            for part in _times(self._standing[ref].card.body)
            if part.style is TimeStyle.COUNTDOWN and part.at > now
        )
        return min(ahead, default=None)

    def _named(self, number: int) -> Standing:
        message = self.numbered(number)
        if message is None:
            raise NoSuchOption(
                f"There is no card #{number}; the last is #{len(self._numbered)}."
                if self._numbered
                else f"There is no card #{number}: no card has options yet. /help lists the commands."
            )
        if not message.options:
            raise NoSuchOption(f"Card #{number} has no options any more.")
        return message

    def _newest_with_options(self, wanted: int) -> Standing:
        for ref in reversed(self._numbered.values()):
            message = self._standing[ref]
            if message.options:
                return message
        raise NoSuchOption(f"No card here has options, so there is no {wanted}. /help lists the commands.")


def options_of(card: Card) -> dict[int, Pressable]:
    """Number what can be pressed on a card, from 1: its buttons, or the options of its select."""
    if card.select:
        token = str(card.select.token)
        return {place: Pressable(token, each.value) for place, each in enumerate(card.select.options, 1)}
    return {place: Pressable(str(each.token)) for place, each in enumerate(card.buttons, 1)}


def _range(options: Mapping[int, Pressable]) -> str:
    numbers = sorted(options)
    if len(numbers) == 1:
        return "one option" if numbers[0] == 1 else f"one option, {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:  # noqa: PLR2004 - two are both named
        return f"options {numbers[0]} to {numbers[-1]}"
    return f"options {listed([str(number) for number in numbers])}"


def _words(card: Card) -> Card:
    """Give a card without its options, and with all figures in its body alike."""
    body = tuple(_without_figures(block) for block in card.body)
    return replace(card, body=body, buttons=(), select=None)


def _without_figures(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    parts = (Text(re.sub(r"\d+", "0", part.text)) if isinstance(part, Text) else part for part in block.parts)
    return Paragraph(tuple(parts))


def _times(body: tuple[Block, ...]) -> list[Time]:
    return [
        part
        for block in body
        if isinstance(block, Paragraph)
        for part in block.parts
        if isinstance(part, Time)
    ]
