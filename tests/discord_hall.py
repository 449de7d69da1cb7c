"""A server on the local Discord, where people of these names meet in channels."""

import json
from pathlib import Path
from typing import Any

from tests.discord_words import words
from tests.local_discord import Channel, LocalDiscord, Message, Permission, Person
from tests.processes import rows


class DiscordHall:
    """A server on the local Discord, as the script of an evening needs it."""

    def __init__(self, server: LocalDiscord, database: Path | None = None) -> None:
        self._server = server
        self._database = database
        self._channels: dict[str, Channel] = {"general": server.general}
        self._people: dict[str, Person] = {"Mia": server.person("Mia", permissions=Permission.MANAGE_GUILD)}
        self._cards: dict[str, Message] = {}

    async def ask(self, who: str, channel: str, **values: Any) -> None:
        """Let somebody use /quiz with these values."""
        person = self.person(who).at(self.channel(channel))
        self._cards[channel] = await (await person.slash("quiz", {"kind": "who", **values})).finished()

    async def told(self, who: str, command: str, /, **values: Any) -> str:
        """Let somebody use a command; gives the words of what answers it."""
        return words(await (await self.person(who).slash(command, values)).finished())

    async def press(self, who: str, channel: str, label: str) -> str:
        """Let somebody press a button that the channel's card has, or had at first; gives what they are told."""
        card = self._cards[channel]
        pressed = await self.person(who).press(card, label, stale=label not in card.labels)
        return words(await pressed.finished())

    async def fill_in(self, who: str, channel: str, name: str) -> str:
        """Let somebody press “Answer” and send the form with this name; gives what they are told."""
        person = self.person(who)
        opened = await (await person.press(self._cards[channel], "Answer")).answered()
        assert opened.modal is not None
        return words(await (await person.submit(opened.modal, {"name": name})).finished())

    async def answer(self, who: str, channel: str) -> str:
        """Let somebody give the right answer to the channel's card; gives what they are told."""
        card = self._cards[channel]
        right = self.right_answer(channel)
        return await (
            self.press(who, channel, right) if right in card.labels else self.fill_in(who, channel, right)
        )

    def right_answer(self, channel: str) -> str:
        """Look up the right answer of the round that is open in a channel."""
        assert self._database is not None
        query = f"SELECT question FROM rounds WHERE channel = '{self.channel(channel).id}' ORDER BY id DESC LIMIT 1"
        ((question,),) = rows(self._database, query)
        found = json.loads(question)
        return str(found["options"][found["right"]] if found["options"] else found["solution"].split(",")[0])

    async def reveal(self, who: str, channel: str) -> str:
        """Let whoever asked for the round end it; gives the words of its card then."""
        person = self.person(who).at(self.channel(channel))
        running = await (await person.slash("quiz")).finished()
        await (await person.press(running, "Reveal now")).answered()
        return await self.closed(channel)

    async def next_card(self, channel: str) -> str:
        """Wait for the bot's next message in a channel; gives its words."""
        self._cards[channel] = await self.channel(channel).next_message()
        return words(self._cards[channel])

    async def closed(self, channel: str) -> str:
        """Wait until the channel's card is edited; gives its words."""
        return words(await self._cards[channel].next_edit())

    def counts(self, channel: str) -> tuple[int, int]:
        """Count the channel's messages, and the edits of its card."""
        return len(self.channel(channel).messages), len(self._cards[channel].edits)

    def place(self, channel: str) -> tuple[str, str]:
        """Give the ids of the community and the channel."""
        return f"discord:{self._server.home.id}", self.channel(channel).id

    def member(self, who: str) -> str:
        """Give somebody's id."""
        return self.person(who).id

    def person(self, name: str) -> Person:
        """Give somebody, who comes in where they are not here yet."""
        if name not in self._people:
            self._people[name] = self._server.person(name)
        return self._people[name]

    def channel(self, name: str) -> Channel:
        """Give a channel, which is opened where it is not here yet."""
        if name not in self._channels:
            self._channels[name] = self._server.channel(name)
        return self._channels[name]
