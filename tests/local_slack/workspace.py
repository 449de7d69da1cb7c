"""One workspace with the app installed: its state, the rules for changing it, and the way to the app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from tests.local_slack.feed import SAFETY, Bell, Feed
from tests.local_slack.interaction import TIMED_OUT, Interaction
from tests.local_slack.people import Person
from tests.local_slack.records import (
    Call,
    Channel,
    Json,
    Message,
    ResponseUrl,
    Shown,
    StoredFile,
    Trigger,
    UserGroup,
    Version,
    View,
    named,
)
from tests.local_slack.specs import SpecChecks

if TYPE_CHECKING:
    from tests.local_slack.clock import Clock

ACK_SECONDS = 3.0

# What an app of this project's kind is granted; a test passes fewer to see what happens without one.
SCOPES = frozenset(
    {
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "pins:read",
        "pins:write",
        "team:read",
        "usergroups:read",
        "users:read",
    }
)


class Carrier(Protocol):
    """What takes an interaction to the app: Socket Mode or signed HTTP."""

    async def carry(self, interaction: Interaction) -> None:
        """Send it off; whoever hears the answer calls `Workspace.acknowledged`."""


class Workspace:
    """The state of one workspace. `violations` is what a faultless app never causes."""

    team_id = "T0LOCAL001"
    app_id = "A0LOCAL001"
    bot_id = "B0LOCAL001"
    bot_user_id = "U0LOCAL001"
    bot_name = "hundred_regiments"
    domain = "local"
    verification_token = "local-verification-token"

    def __init__(
        self,
        *,
        clock: Clock,
        scopes: frozenset[str],
        bot_token: str,
        app_token: str,
        check_specs: bool,
        team_name: str,
    ) -> None:
        self.clock = clock
        self.scopes = set(scopes)
        self.bot_token = bot_token
        self.app_token = app_token
        self.refused_tokens: dict[str, str] = {}
        self.team_name = team_name
        self.specs = SpecChecks(wanted=check_specs)
        self.base_url = ""
        self.carrier: Carrier | None = None
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.files: dict[str, StoredFile] = {}
        self.views: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.interactions: list[Interaction] = []
        self.calls: Feed[Call] = Feed("a call of the app's", self.situation)
        self.shown: Feed[Shown] = Feed("something that people see", self.situation)
        self.violations: list[str] = []
        self.bell = Bell(self.situation)
        self._last_ts = 0
        self._last_id = 0
        self.general = self.channel("general")

    # What there is -------------------------------------------------------------------------------------

    def situation(self) -> str:
        """Say in a line or two what happened so far, for the message of a failed wait."""
        calls = ", ".join(f"{call.method} {call.error or 'ok'}" for call in self.calls.items[-8:])
        return f"Last calls: {calls or 'none'}. Violations: {self.violations or 'none'}."

    def next_ts(self) -> str:
        """Return a message timestamp, later than every one before."""
        self._last_ts = max(int(self.clock.now() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str = "") -> str:
        """Return an id that was never given before."""
        self._last_id += 1
        return f"{prefix}{self._last_id:09X}" if prefix else f"{self._last_id:05x}"

    def person(
        self, name: str, *, admin: bool = False, owner: bool = False, tz: str = "Europe/London"
    ) -> Person:
        """Return the member of that name; a new one joins every public channel."""
        for known in self.people.values():
            if known.name == name:
                return known
        person = Person(space=self, id=self.new_id("U"), name=name, admin=admin or owner, owner=owner, tz=tz)
        self.people[person.id] = person
        for channel in list(self.channels.values()):
            if channel.kind == "channels":
                channel.members.add(person.id)
        return person

    def channel(self, name: str, *, private: bool = False, bot: bool = True) -> Channel:
        """Return the channel of that name; in a new one is everybody there is, and the app if `bot`."""
        for known in self.channels.values():
            if known.name == name and known.direct_with is None:
                return known
        channel = self._add_channel("G" if private else "C", name, private=private)
        channel.members = set(self.people) | ({self.bot_user_id} if bot else set())
        return channel

    def dm(self, person: Person) -> Channel:
        """Return the direct messages between the app and the person."""
        for known in self.channels.values():
            if known.direct_with is person:
                return known
        channel = self._add_channel("D", person.username)
        channel.direct_with = person
        channel.members = {person.id, self.bot_user_id}
        return channel

    def _add_channel(self, prefix: str, name: str, *, private: bool = False) -> Channel:
        channel = Channel(
            id=self.new_id(prefix),
            name=name,
            private=private,
            created=self.clock.now(),
            posted=Feed(f"a message of the app's in #{name}", self.situation),
        )
        self.channels[channel.id] = channel
        return channel

    def usergroup(self, handle: str, *people: Person) -> UserGroup:
        """Add a group of people."""
        group = UserGroup(id=self.new_id("S"), handle=handle, people=people)
        self.usergroups[group.id] = group
        return group

    # Messages ------------------------------------------------------------------------------------------

    def post(
        self,
        channel: Channel,
        *,
        text: str = "",
        blocks: list[Json] | None = None,
        author: Person | None = None,
        ephemeral_to: Person | None = None,
        thread_ts: str | None = None,
        broadcast: bool = False,
        metadata: Json | None = None,
        files: list[StoredFile] | None = None,
        unfurl_links: bool | None = None,
        unfurl_media: bool | None = None,
    ) -> Message:
        """Show a message: the app's, a person's, or one that one person alone sees."""
        message = Message(
            channel=channel,
            ts=self.next_ts(),
            author=self.bot_user_id if author is None else author.id,
            from_app=author is None,
            text=text,
            blocks=named(blocks or [], self.new_id),
            ephemeral_to=ephemeral_to,
            thread_ts=thread_ts,
            broadcast=broadcast,
            metadata=metadata,
            files=files or [],
            unfurl_links=unfurl_links,
            unfurl_media=unfurl_media,
            edits=Feed(f"an edit of “{text[:40]}”", self.situation),
        )
        message.versions.append(Version(text=text, blocks=message.blocks, at=self.clock.now()))
        if ephemeral_to is not None:
            ephemeral_to.ephemeral_feed.add(message)
            self.show("ephemeral", message, ephemeral_to)
            return message
        channel.everything[message.ts] = message
        parent = channel.everything.get(thread_ts or "")
        if parent is not None:
            parent.thread.append(message)
        if message.from_app:
            channel.posted.add(message)
        self.show("post", message)
        return message

    def show(self, what: str, thing: Message | View, person: Person | None = None) -> None:
        """Note a change that people see, all in the channel or one person alone, and wake who waits for it."""
        self.shown.add(Shown(what=what, thing=thing, person=person))
        self.bell.ring()

    def edit(self, message: Message, *, text: str, blocks: list[Json]) -> None:
        """Give a message its next state."""
        message.text = text
        message.blocks = named(blocks, self.new_id)
        version = Version(text=text, blocks=message.blocks, at=self.clock.now())
        message.versions.append(version)
        message.edits.add(version)
        self.show("edit", message, message.ephemeral_to)

    def delete(self, message: Message) -> None:
        """Take a message away from everybody."""
        message.deleted = True
        if message.pinned:
            message.channel.pins.remove(message)
        self.show("delete", message, message.ephemeral_to)

    def file_json(self, file: StoredFile) -> Json:
        """Build a file as the Web API and the payloads show it."""
        return {
            "id": file.id,
            "created": int(file.created),
            "timestamp": int(file.created),
            "name": file.name,
            "title": file.title or file.name,
            "mimetype": "text/plain",
            "filetype": file.name.rpartition(".")[2],
            "user": file.owner,
            "size": file.length,
            "is_external": False,
            "is_public": False,
            "url_private": f"{self.base_url}/files-pri/{file.id}",
            "url_private_download": f"{self.base_url}/files-pri/{file.id}/download",
            "channels": file.shared_in,
        }

    # To the app and back -------------------------------------------------------------------------------

    def issue_trigger(self, person: Person, interaction: Interaction) -> str:
        """Return a new trigger_id, good for one view within three seconds."""
        number = self.new_id()
        trigger_id = f"{int(self.clock.now() * 1000)}.{int(number, 16)}.{number.rjust(32, '0')}"
        self.triggers[trigger_id] = Trigger(
            person=person, issued_at=self.clock.now(), interaction=interaction
        )
        return trigger_id

    def issue_response_url(self, interaction: Interaction) -> str:
        """Return a new response_url, good for five answers within half an hour."""
        word = "commands" if interaction.kind == "slash_commands" else "actions"
        url = f"/{word}/{self.team_id}/{self.new_id()}/{self.new_id().rjust(24, '0')}"
        self.response_urls[url] = ResponseUrl(interaction=interaction, issued_at=self.clock.now())
        return self.base_url + url

    def interaction(
        self,
        envelope_type: str,
        payload: Json,
        *,
        person: Person | None = None,
        channel: Channel | None = None,
        source: Message | View | None = None,
    ) -> Interaction:
        """Make the record of something that is about to be sent."""
        kind = "slash_commands" if envelope_type == "slash_commands" else str(payload["type"])
        what = payload.get("command", kind)
        return Interaction(
            kind=kind,
            envelope_type=envelope_type,
            payload=payload,
            takes_payload=kind in {"slash_commands", "view_submission", "block_suggestion"},
            person=person,
            channel=channel,
            source=source,
            answers=Feed(f"an answer to {what}", self.situation),
            views=Feed(f"a view after {what}", self.situation),
        )

    async def send(self, interaction: Interaction) -> Interaction:
        """Take it to the app and wait until it is acknowledged, or until Slack gives up on it."""
        if self.carrier is None:
            raise RuntimeError("the server is not started")
        now = self.clock.now()
        interaction.sent_at = now
        interaction.alarm = self.clock.at(now + ACK_SECONDS, lambda: interaction.settle(TIMED_OUT))
        self.interactions.append(interaction)
        if interaction.person is not None and interaction.envelope_type != "events_api":
            interaction.person.remember(interaction)
        await self.carrier.carry(interaction)
        try:
            async with asyncio.timeout(SAFETY):
                await interaction.settled.wait()
        except TimeoutError:
            raise AssertionError(
                f"the app did not acknowledge {interaction.kind} in {SAFETY:g} s, and the clock stands still. "
                + self.situation()
            ) from None
        return interaction
