"""Slack as a stage: the real app, in Socket Mode, against the local server."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.local_slack import LocalSlack, Message, Person, View, labels
from tests.settling import Advance, CountingDesk
from tests.stages.seen import CHANNEL, MODERATOR, Seen, is_news, with_names

_CHANNEL = re.compile(r"<#[A-Z0-9]+>")
_DATE = re.compile(r"<!date\^\d+\^[^|]*\|([^>]*)>")


class SlackStage:
    """A channel on the local Slack."""

    def __init__(self, server: LocalSlack, desk: CountingDesk, advance: Advance) -> None:
        self._server = server
        self._desk = desk
        self._advance = advance
        self._people: dict[str, Person] = {}
        self._before: dict[tuple[str, str], Seen] = {}
        self._pages: list[View] = []

    async def command(self, who: str, name: str, /, **values: str) -> list[Seen]:
        """Let somebody type a command."""
        text = " ".join(f'{key}:"{value}"' for key, value in values.items())
        first, _, rest = name.partition(" ")
        await self._person(who).slash(f"/hr-{first}", f"{rest} {text}".strip())
        return await self._news()

    async def fill(self, who: str, name: str, /, **fields: str) -> list[Seen]:
        """Let somebody type a command that opens a modal, fill it in and send it."""
        person, (first, _, rest) = self._person(who), name.partition(" ")
        view = await (await person.slash(f"/hr-{first}", rest)).next_view()
        await person.submit(view, self._filled(fields))
        return await self._news()

    def _filled(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Give what is filled in as Slack sends it: a channel that was picked by its id."""
        general = self._server.channel(CHANNEL.removeprefix("#"))
        return {name: general.id if value == CHANNEL else value for name, value in fields.items()}

    async def press(self, who: str, label: str) -> list[Seen]:
        """Let somebody press the newest button of this label that they see."""
        await self._person(who).press(self._with_button(who, label), _prefixed(label))
        return await self._news()

    async def answer(self, who: str, label: str, **fields: str) -> list[Seen]:
        """Let somebody open a modal, fill it in and send it."""
        person = self._person(who)
        await person.press(self._with_button(who, label), _prefixed(label))
        await self._desk.settled()
        await person.submit(person.modal, self._filled(fields))
        return await self._news()

    async def pass_time(self, seconds: int) -> list[Seen]:
        """Let time pass."""
        await self._advance(seconds)
        return await self._news()

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = self._server.person(name, admin=name == MODERATOR)
        return self._people[name]

    def _visible(self) -> list[Message]:
        public = [message for message in self._server.general.messages if message.from_app]
        private = [message for person in self._people.values() for message in person.ephemerals]
        return sorted(public + private, key=lambda message: float(message.ts))

    def _with_button(self, who: str, label: str) -> Message | View:
        person, wanted = self._person(who), _prefixed(label)
        if person.modal is not None and wanted in labels(person.modal.blocks):
            return person.modal
        for message in reversed(self._visible()):
            if wanted in labels(message.blocks) and message.ephemeral_to in {None, person}:
                return message
        raise AssertionError(f"{who} sees no button {label!r}")

    def _read_pages(self) -> dict[tuple[str, str], Seen]:
        """Read the modals that are no forms: cards that one person alone sees."""
        for person in self._people.values():
            self._pages += (
                view for view in person.modals if view not in self._pages and "submit" not in view.content
            )
        return {("", view.id): _read_page(view) for view in self._pages}

    async def _news(self) -> list[Seen]:
        await self._desk.settled()
        named = {f"<@{person.id}>": f"@{name.casefold()}" for name, person in self._people.items()}
        messages = {(message.channel.id, message.ts): _read(message) for message in self._visible()}
        now = {place: with_names(seen, named) for place, seen in {**messages, **self._read_pages()}.items()}
        news = [seen for place, seen in now.items() if is_news(self._before.get(place), seen)]
        self._before = now
        return news


def _prefixed(label: str) -> str:
    return f"/hr-{label[1:]}" if label.startswith("/") else label


def words_of(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the lines that blocks show, as people read them, without the controls."""
    shown = (block for block in blocks if block["type"] not in {"actions", "input", "divider"})
    return [line for block in shown for line in "".join(_words(block)).split("\n")]


def _read(message: Message) -> Seen:
    lines = words_of(message.blocks) if message.blocks else _shown(message.text, "mrkdwn").split("\n")
    only = message.ephemeral_to.name if message.ephemeral_to else ""
    return Seen(only=only, lines=_bare(lines), buttons=_bare(labels(message.blocks)))


def _read_page(view: View) -> Seen:
    return Seen(only=view.owner.name, lines=_bare(words_of(view.blocks)), buttons=_bare(labels(view.blocks)))


def _bare(texts: Sequence[str]) -> tuple[str, ...]:
    """Give texts with the names of commands as they are on the other platforms."""
    return tuple(text.replace("/hr-", "/") for text in texts)


def _words(part: Mapping[str, Any]) -> Iterator[str]:
    """Say a part's words, whatever kinds of text it is made of."""
    text, kind = part.get("text"), part.get("type")
    if kind == "date":
        yield str(part["fallback"])
    elif kind == "channel":
        yield CHANNEL
    elif isinstance(text, str):
        yield _shown(text, str(kind))
    elif text is not None:
        yield from _words(text)
    else:
        yield from "\n".join(": ".join(_shown_field(each)) for each in part.get("fields", ()))
        for element in part.get("elements", ()):
            yield from _words(element)


def _shown_field(field: Mapping[str, Any]) -> list[str]:
    return _shown(field["text"], field["type"]).split("\n", 1)


def _shown(text: str, kind: str) -> str:
    """Give a text as Slack shows it: marks and references in mrkdwn alone, entities everywhere but in rich_text."""
    if kind not in {"mrkdwn", "plain_text"}:
        return text
    if kind == "mrkdwn":
        text = _CHANNEL.sub(CHANNEL, _DATE.sub(r"\1", text))
        text = re.sub(r"\*([^*\n]+)\*", r"\1", text)
        text = re.sub(r"<https://[^|>]+\|([^>]*)>", r"\1", text)
        text = re.sub(r"^>", "", text, flags=re.MULTILINE)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
