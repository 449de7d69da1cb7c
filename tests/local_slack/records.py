"""What a workspace holds: channels, messages with their history, views, files, groups, and the log of calls."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.local_slack.feed import Feed
    from tests.local_slack.interaction import Interaction
    from tests.local_slack.people import Person

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of a message: what it said from `at` on."""

    text: str
    blocks: list[Json]
    at: float


@dataclass(eq=False, kw_only=True)
class Message:
    """A message as everyone sees it now; or, with `ephemeral_to`, as one person does."""

    channel: Channel
    ts: str
    author: str
    from_app: bool
    text: str
    edits: Feed[Version]
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    files: list[StoredFile] = field(default_factory=list)
    ephemeral_to: Person | None = None
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    versions: list[Version] = field(default_factory=list)
    thread: list[Message] = field(default_factory=list)
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Say whether only one person sees it."""
        return self.ephemeral_to is not None

    @property
    def pinned(self) -> bool:
        """Say whether it is pinned in its channel."""
        return self in self.channel.pins

    @property
    def pings(self) -> list[str]:
        """Return whom it notifies: <@…>, <!channel> and the like, in its text and its mrkdwn."""
        marked = [self.text, *_mrkdwn(self.blocks)]
        return [found for text in marked for found in re.findall(r"<(?:@|!(?!date))[^>]+>", text)]

    @property
    def replies(self) -> list[Message]:
        """Return the thread under it, the oldest first."""
        return [message for message in self.thread if not message.deleted]

    async def next_edit(self) -> Version:
        """Return the next state that the app gives it, and wait for it."""
        return await self.edits.next()


@dataclass(eq=False, kw_only=True)
class Channel:
    """A public or private channel, or the direct messages between the app and one person."""

    id: str
    name: str
    posted: Feed[Message]
    private: bool = False
    direct_with: Person | None = None
    members: set[str] = field(default_factory=set)
    archived: bool = False
    edit_window_closed: bool = False
    created: float = 0.0
    everything: dict[str, Message] = field(default_factory=dict)
    pins: list[Message] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return the word that Slack's scopes use: channels, groups or im."""
        if self.direct_with is not None:
            return "im"
        return "groups" if self.private else "channels"

    @property
    def messages(self) -> list[Message]:
        """Return what stands in it now, threads included, the oldest first."""
        return [message for message in self.everything.values() if not message.deleted]

    def find(self, ts: str) -> Message | None:
        """Return the message of that timestamp, if it stands in the channel."""
        message = self.everything.get(ts)
        return None if message is None or message.deleted else message

    async def next_message(self) -> Message:
        """Return the next message of the app's, each once and in order, and wait for it."""
        return await self.posted.next()


@dataclass(eq=False, kw_only=True)
class View:
    """A modal or a Home page in front of one person."""

    id: str
    owner: Person
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    closed: bool = False
    typed: dict[tuple[str, str], Json] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Return "modal" or "home"."""
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        """Return its blocks."""
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """Return the words at its top."""
        return str(self.content.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """Return what the app calls it."""
        return str(self.content.get("callback_id", ""))


@dataclass(eq=False, kw_only=True)
class StoredFile:
    """A file: asked for, then uploaded, then shared."""

    id: str
    name: str
    content: bytes | None = None
    title: str = ""
    length: int = 0
    owner: str = ""
    shared_in: list[str] = field(default_factory=list)
    completed: bool = False
    created: float = 0.0


@dataclass(frozen=True, kw_only=True)
class UserGroup:
    """People that can be named together."""

    id: str
    handle: str
    people: tuple[Person, ...]


@dataclass(eq=False, kw_only=True)
class Trigger:
    """The right to open one view, for three seconds."""

    person: Person
    issued_at: float
    interaction: Interaction | None = None
    used: bool = False


@dataclass(eq=False, kw_only=True)
class ResponseUrl:
    """The right to answer one interaction: five times within half an hour."""

    interaction: Interaction
    issued_at: float
    uses: int = 0


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One change that people see: a "post", "edit", "delete", "ephemeral", "view", "home", "pin" or "unpin"."""

    what: str
    thing: Message | View
    person: Person | None = None

    def seen_by(self, person: Person) -> bool:
        """Say whether the person sees it: it is theirs alone, or in a channel that they are in."""
        if self.person is not None:
            return self.person is person
        return isinstance(self.thing, Message) and person.id in self.thing.channel.members


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request of the app's: a Web API method, or "response_url"."""

    method: str
    params: Json
    answer: Json
    at: float

    @property
    def error(self) -> str | None:
        """Return Slack's code if it was refused."""
        return None if self.answer.get("ok") else str(self.answer.get("error"))


def _mrkdwn(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for part in value for text in _mrkdwn(part)]
    if not isinstance(value, dict):
        return []
    own = [str(value["text"])] if value.get("type") == "mrkdwn" else []
    return own + [text for part in value.values() for text in _mrkdwn(part)]


def named(blocks: list[Json], new_id: Any) -> list[Json]:
    """Copy the blocks and give those that have no block_id or action_id one, as Slack does."""
    copied = copy.deepcopy(blocks)
    for block in copied:
        block.setdefault("block_id", new_id())
        parts = [
            *block.get("elements", ()),
            *(block[key] for key in ("accessory", "element") if key in block),
        ]
        for part in parts if block["type"] in {"actions", "section", "input"} else ():
            if part["type"] != "image":
                part.setdefault("action_id", new_id())
    return copied
