"""Discord as a stage: the real client against the local server."""

import re
from collections.abc import Mapping

from tests.discord_words import lines_of
from tests.local_discord import LocalDiscord, Message, Person
from tests.settling import Advance, CountingDesk
from tests.stages.seen import CHANNEL, MODERATOR, Seen, is_news, with_names

MANAGE_SERVER = 1 << 5
_CHANNEL = re.compile(r"<#\d+>")


class DiscordStage:
    """A channel on the local Discord."""

    def __init__(self, server: LocalDiscord, desk: CountingDesk, advance: Advance) -> None:
        self._server = server
        self._desk = desk
        self._advance = advance
        self._people: dict[str, Person] = {}
        self._before: dict[str, Seen] = {}

    async def command(self, who: str, name: str, /, **values: str) -> list[Seen]:
        """Let somebody use a slash command."""
        interaction = await self._person(who).slash(name, self._options(values))
        await interaction.finished()
        return await self._news()

    async def fill(self, who: str, name: str, /, **fields: str) -> list[Seen]:
        """Let somebody use a slash command that opens a modal, fill it in and send it."""
        person = self._person(who)
        opened = await (await person.slash(name)).answered()
        assert opened.modal is not None
        await (await person.submit(opened.modal, self._filled(fields))).answered()
        return await self._news()

    def _filled(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Give what is filled in as Discord's client sends it: a channel that was picked by its id."""
        return {
            name: self._server.general.id if value == CHANNEL else value for name, value in fields.items()
        }

    def _options(self, values: Mapping[str, str]) -> dict[str, object]:
        """Give values as Discord's client sends them: channels and people as such, and figures as numbers."""
        made: dict[str, object] = {CHANNEL: self._server.general}
        made |= {f"@{name}": person.user for name, person in self._people.items()}
        return {
            name: int(value) if value.isdecimal() else made.get(value, value)
            for name, value in values.items()
        }

    async def press(self, who: str, label: str) -> list[Seen]:
        """Let somebody press the newest button of this label that they see."""
        interaction = await self._person(who).press(self._with_button(who, label), label)
        await interaction.answered()
        return await self._news()

    async def answer(self, who: str, label: str, **fields: str) -> list[Seen]:
        """Let somebody open a modal, fill it in and send it."""
        person = self._person(who)
        opened = await (await person.press(self._with_button(who, label), label)).answered()
        assert opened.modal is not None
        await (await person.submit(opened.modal, self._filled(fields))).answered()
        return await self._news()

    async def pass_time(self, seconds: int) -> list[Seen]:
        """Let time pass."""
        self._server.clock.advance(seconds)
        await self._advance(seconds)
        return await self._news()

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = self._server.person(
                name, permissions=MANAGE_SERVER if name == MODERATOR else 0
            )
        return self._people[name]

    def _visible(self) -> list[Message]:
        """List what stands in the channel and its threads, and what each person alone sees, oldest first."""
        channel = self._server.general
        public = [*channel.messages, *(message for thread in channel.threads for message in thread.messages)]
        private = [message for person in self._people.values() for message in person.ephemerals]
        return sorted(public + private, key=lambda message: int(message.id))

    def _with_button(self, who: str, label: str) -> Message:
        person = self._person(who)
        for message in reversed(self._visible()):
            if label in message.labels and person.sees(message):
                return message
        raise AssertionError(f"{who} sees no button {label!r}")

    async def _news(self) -> list[Seen]:
        await self._desk.settled()
        named = {f"<@{person.id}>": f"@{name.casefold()}" for name, person in self._people.items()}
        now = {message.id: with_names(_read(message), named) for message in self._visible()}
        news = [seen for number, seen in now.items() if is_news(self._before.get(number), seen)]
        self._before = now
        return news


def _read(message: Message) -> Seen:
    lines = tuple(_CHANNEL.sub(CHANNEL, each) for each in lines_of(message))
    only = message.for_user.name if message.for_user else ""
    return Seen(only=only, lines=lines, buttons=tuple(message.labels))
