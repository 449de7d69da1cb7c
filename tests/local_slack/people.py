"""The people of a workspace, as a test plays them: they type, press, fill in and look."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.local_slack import payloads, views
from tests.local_slack.controls import STATE, find, find_option, options
from tests.local_slack.feed import Feed
from tests.local_slack.filling import entry, fill, unfinished
from tests.local_slack.records import Message, StoredFile, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.local_slack.interaction import Interaction
    from tests.local_slack.records import Channel, Json
    from tests.local_slack.workspace import Workspace

REMEMBERED = 50


@dataclass(eq=False, kw_only=True)
class Person:
    """A member: what they see (`ephemerals`, `modal`, `home`, `dm`), and what they do."""

    space: Workspace
    id: str
    name: str
    admin: bool = False
    owner: bool = False
    tz: str = "Europe/London"
    deleted: bool = False
    home: View | None = None
    modals: list[View] = field(default_factory=list)
    ephemeral_feed: Feed[Message] = field(init=False)
    homes: Feed[View] = field(init=False)

    def __post_init__(self) -> None:
        self.display_name = self.name
        self.username = self.name.lower().replace(" ", ".")
        self.ephemeral_feed = Feed(f"a message that only {self.name} sees", self.space.situation)
        self.homes = Feed(f"the Home page of {self.name}", self.space.situation)
        self._recent: deque[Interaction] = deque(maxlen=REMEMBERED)
        self._loaded_at = 0

    # What they see --------------------------------------------------------------------------------------

    @property
    def ephemerals(self) -> list[Message]:
        """Return the messages that only this person sees, the oldest first."""
        since = self.ephemeral_feed.items[self._loaded_at :]
        return [message for message in since if not message.deleted]

    @property
    def modal(self) -> View | None:
        """Return the modal in front, if any."""
        return self.modals[-1] if self.modals else None

    @property
    def dm(self) -> Channel:
        """Return the direct messages with the app."""
        return self.space.dm(self)

    async def next_ephemeral(self) -> Message:
        """Return the next message that only this person sees, and wait for it."""
        return await self.ephemeral_feed.next()

    def reload(self) -> None:
        """Reload the client: ephemeral messages and modals are gone."""
        self._loaded_at = len(self.ephemeral_feed)
        views.close_all(self)

    # What they do ---------------------------------------------------------------------------------------

    def says(
        self,
        text: str,
        channel: Channel | None = None,
        *,
        thread: Message | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> Message:
        """Post a message of their own, perhaps with files, given as names with contents."""
        where = channel or self.space.general
        stored = [self._file(name, content, where) for name, content in (files or {}).items()]
        thread_ts = None if thread is None else thread.thread_ts or thread.ts
        return self.space.post(where, text=self._escape(text), author=self, thread_ts=thread_ts, files=stored)

    def upload(self, name: str, content: bytes) -> StoredFile:
        """Choose a file of their own for a form; nobody else sees it before the form is sent."""
        return self._file(name, content)

    def _file(self, name: str, content: bytes, channel: Channel | None = None) -> StoredFile:
        file = StoredFile(
            id=self.space.new_id("F"),
            name=name,
            content=content,
            length=len(content),
            owner=self.id,
            shared_in=[channel.id] if channel else [],
            completed=True,
            created=self.space.clock.now(),
        )
        self.space.files[file.id] = file
        return file

    async def slash(
        self, command: str, text: str = "", *, channel: Channel | None = None, escaped: bool = True
    ) -> Interaction:
        """Type a command and wait for its acknowledgement.

        Slack escapes what was typed and turns @name, #channel and addresses into references; with `escaped`
        False the text goes out as it is.
        """
        where = channel or self.space.general
        self._must_be_in(where)
        words = self._escape(text) if escaped else text
        payload = payloads.slash_command(self.space, self, where, command, words)
        interaction = self.space.interaction("slash_commands", payload, person=self, channel=where)
        payload["response_url"] = self.space.issue_response_url(interaction)
        payload["trigger_id"] = self.space.issue_trigger(self, interaction)
        return await self.space.send(interaction)

    async def press(self, source: Message | View, name: str, *, version: int = -1) -> Interaction:
        """Press the button with that label or action_id and wait for the acknowledgement.

        An old client may still show an earlier state of a message: `version` 0 is the first.
        """
        block, button = find(self._blocks(source, version), name, {"button"})
        kept = ("action_id", "text", "value", "style", "url", "type")
        action = {key: button[key] for key in kept if key in button}
        return await self._act(source, {**action, "block_id": block["block_id"]})

    async def choose(
        self, source: Message | View, name: str, answer: Any, *, version: int = -1
    ) -> Interaction:
        """Choose from the menu of that placeholder, label or action_id: an option, a person, a channel, a date.

        In an input block without dispatch_action nothing is sent: the choice waits for `submit`.
        """
        block, control = find(self._blocks(source, version), name, {*STATE, "overflow"})
        if control["type"] == "overflow":
            chosen: Json = {"selected_option": find_option(options(control), str(answer))}
        elif control["type"] == "external_select":
            chosen = entry(self.space, control, answer, await self.suggest(source, name, str(answer)))
        else:
            chosen = entry(self.space, control, answer)
        if isinstance(source, View):
            source.typed[block["block_id"], control["action_id"]] = chosen
        ids = {"action_id": control["action_id"], "block_id": block["block_id"], "type": control["type"]}
        if block["type"] == "input" and not block.get("dispatch_action"):
            unsent = self.space.interaction("interactive", {"type": "block_actions"}, person=self)
            unsent.sent = False
            return unsent
        return await self._act(source, {**ids, **chosen})

    async def _act(self, source: Message | View, action: Json) -> Interaction:
        payload = payloads.block_actions(self.space, self, source, action)
        interaction = self._interactive(payload, source)
        if isinstance(source, Message):
            payload["response_url"] = self.space.issue_response_url(interaction)
        return await self.space.send(interaction)

    def _interactive(self, payload: Json, source: Message | View | None) -> Interaction:
        channel = source.channel if isinstance(source, Message) else None
        interaction = self.space.interaction(
            "interactive", payload, person=self, channel=channel, source=source
        )
        payload["trigger_id"] = self.space.issue_trigger(self, interaction)
        return interaction

    async def suggest(self, source: Message | View, name: str, typed: str) -> list[Json]:
        """Type into an external menu and return the options that the app offers."""
        block, control = find(self._blocks(source, -1), name, {"external_select"})
        ids = {"action_id": control["action_id"], "block_id": block["block_id"], "value": typed}
        payload = payloads.block_suggestion(self.space, self, source, ids)
        interaction = self.space.interaction("interactive", payload, person=self, source=source)
        return (await self.space.send(interaction)).options

    async def submit(self, view: View | None = None, answers: Mapping[str, Any] | None = None) -> Interaction:
        """Fill in the view in front, by label, action_id or block_id, and send it.

        The record says what came of it: `errors` by block_id, a `view` pushed or updated, or `closed`. What the
        client itself refuses (a required field left empty, too long a text) is in `errors` with `sent` False.
        """
        shown = self._in_front(view)
        fill(self.space, shown, answers or {})
        payload = payloads.view_submission(self.space, self, shown)
        interaction = self._interactive(payload, shown)
        interaction.errors = unfinished(shown)
        if interaction.errors:
            interaction.sent = False
            return interaction
        return await self.space.send(interaction)

    async def close(self, view: View | None = None) -> Interaction | None:
        """Close the view in front; return what was sent to the app, None if it did not ask for that."""
        shown = self._in_front(view)
        cleared = bool(shown.content.get("clear_on_close"))
        if cleared:
            views.close_all(self)
        else:
            views.close(shown)
        if not shown.content.get("notify_on_close"):
            return None
        payload = payloads.view_closed(self.space, self, shown, cleared=cleared)
        return await self.space.send(
            self.space.interaction("interactive", payload, person=self, source=shown)
        )

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Interaction:
        """Use a shortcut on a message, or a global one."""
        if message is not None:
            self._must_see(message)
        payload = payloads.shortcut(self.space, self, callback_id, message)
        interaction = self._interactive(payload, message)
        if message is not None:
            payload["response_url"] = self.space.issue_response_url(interaction)
        return await self.space.send(interaction)

    async def open_home(self) -> View:
        """Open the app's Home page and return it once the app has published it."""
        inner: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.dm.id,
            "tab": "home",
            "event_ts": self.space.next_ts(),
        }
        if self.home is not None:
            inner["view"] = payloads.view(self.space, self.home)
        self.homes.skip()
        await self.space.send(
            self.space.interaction("events_api", payloads.event(self.space, inner), person=self)
        )
        return await self.homes.next()

    # Keeping track --------------------------------------------------------------------------------------

    def remember(self, interaction: Interaction) -> None:
        """Keep what they did last, to know what an ephemeral message answers."""
        self._recent.appendleft(interaction)

    def last_in(self, channel: Channel) -> Interaction | None:
        """Return the last thing they did in the channel, or in a view."""
        return next((each for each in self._recent if each.channel in {None, channel}), None)

    def last_on(self, view: View) -> Interaction | None:
        """Return the last thing they did on the view, or that opened it."""
        return next((each for each in self._recent if each.source is view or view in each.views), None)

    def _blocks(self, source: Message | View, version: int) -> list[Json]:
        if isinstance(source, View):
            if source.type == "modal":
                self._in_front(source)
            elif source is not self.home:
                raise AssertionError(f"that is not the Home page of {self.name}")
            return source.blocks
        self._must_see(source)
        return source.versions[version].blocks

    def _in_front(self, view: View | None) -> View:
        shown = view or self.modal
        if shown is None or shown is not self.modal:
            there = "nothing" if self.modal is None else repr(self.modal.title)
            raise AssertionError(f"that view is not in front of {self.name}; there is {there}")
        return shown

    def _must_see(self, message: Message) -> None:
        if message.deleted:
            raise AssertionError("that message was deleted")
        if message.ephemeral and message not in self.ephemerals:
            raise AssertionError(f"{self.name} does not see that message")
        self._must_be_in(message.channel)

    def _must_be_in(self, channel: Channel) -> None:
        if self.id not in channel.members:
            raise AssertionError(f"{self.name} is not in #{channel.name}")

    def _escape(self, text: str) -> str:
        """Write the text as Slack passes it on: entities, and references in angle brackets."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        escaped = re.sub(r"https?://(?:[^\s|&]|&amp;)+", r"<\g<0>>", escaped)
        for person in self.space.people.values() if "@" in text else ():
            escaped = re.sub(rf"@{re.escape(person.name)}\b", f"<@{person.id}|{person.username}>", escaped)
        for channel in self.space.channels.values() if "#" in text else ():
            if channel.kind != "im":
                escaped = re.sub(rf"#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", escaped)
        return escaped
