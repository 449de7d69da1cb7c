"""People who use the bot: they type commands, press buttons, fill in forms, write and read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from tests.local_discord.channels import PRIVATE_THREAD, Channel
from tests.local_discord.composing import compose
from tests.local_discord.forms import chosen, submitted
from tests.local_discord.interactions import (
    COMMAND,
    COMPLETION,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
    Modal,
)
from tests.local_discord.messages import BUTTON, LINK_STYLE, Message, Widget, widgets_in
from tests.local_discord.model import Guild, Member, Role, User, Wire
from tests.local_discord.options import ClientRefusal, Filled, Filler
from tests.local_discord.permissions import Permission, permissions_in
from tests.local_discord.sending import IN_DIRECT_MESSAGE, IN_GUILD, send
from tests.local_discord.world import GUILDS, Upload, World


@dataclass(frozen=True, kw_only=True, eq=False)
class Person:
    """Somebody in a guild, in one of its channels; `at` is the same person elsewhere.

    Whatever the bot cannot be sent, because Discord's client would not offer it, raises `ClientRefusal`.
    """

    world: World
    user: User
    guild: Guild
    channel: Channel
    connected: Callable[[Channel], None]
    locale: str = "en-GB"

    @property
    def id(self) -> str:
        """Return the user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """Return the name that people see."""
        return self.user.name

    @property
    def mention(self) -> str:
        """Return what mentions the person in a text."""
        return f"<@{self.id}>"

    @property
    def direct(self) -> Channel:
        """Return the channel of direct messages between the person and the bot."""
        return self.world.direct_channel(self.user)

    def at(self, channel: Channel) -> Self:
        """Return the same person in another channel, thread or direct message."""
        return replace(self, channel=channel)

    def give(self, role: Role) -> None:
        """Give the person a role."""
        self.guild.members[self.id].roles.append(role)

    def leave(self) -> None:
        """Leave the guild."""
        del self.guild.members[self.id]

    def says(self, text: str) -> Message:
        """Write a message in the channel."""
        return compose(self.world, channel=self.channel, author=self.user, body={"content": text})

    def opens_private_thread(self, name: str) -> Channel:
        """Open a private thread in the channel, without the bot; whoever mentions the bot there brings it in."""
        thread = Channel(
            id=self.world.snowflakes.next(),
            kind=PRIVATE_THREAD,
            name=name,
            guild=self.guild,
            parent=self.channel,
            owner_id=self.id,
            created_at=self.world.clock.timestamp(),
            without_bot=True,
            bell=self.world.bell(),
        )
        self.world.channels[thread.id] = self.guild.channels[thread.id] = thread
        return thread

    def brings_in_the_bot(self) -> None:
        """Mention the bot in the private thread that the person is looking at."""
        self.channel.without_bot = False
        self.says(f"<@{self.world.bot.id}>")
        self.world.publish("THREAD_CREATE", self.channel.wire(), guild=self.guild, intent=GUILDS)

    @property
    def ephemerals(self) -> list[Message]:
        """Return what the bot showed to this person alone and is still there, oldest first."""
        return [one for one in self.world.ephemerals.get(self.id, []) if not (one.deleted or one.loading)]

    def sees(self, what: Message | str) -> bool:
        """Tell whether the person sees a message, or a text in any message of the channel or for them alone."""
        if isinstance(what, Message):
            return what in self.ephemerals or (what.is_public and self._reads(what.channel))
        readable = self.channel.messages if self._reads(self.channel) else []
        return any(what in message.text for message in [*readable, *self.ephemerals])

    async def slash(
        self, command: str, /, options: Mapping[str, Any] | None = None, **more: Any
    ) -> Interaction:
        """Use a slash command; subcommands follow the name after a blank, options are given by name.

        Args:
            command: For example "quiz" or "schedule add".
            options: Options whose names are no Python names, or are `command` or `options`.
            more: The other options; for users, channels, roles and files pass them as they are.
        """
        filled = self._filler.fill(command, {**(options or {}), **more})
        return self._use(filled)

    async def menu(self, command: str, target: "Message | Person") -> Interaction:
        """Use a command of the menu on a message or on a person."""
        on = target.user if isinstance(target, Person) else target
        filled = self._filler.menu(command, on)
        return self._use(filled, target_id=target.id)

    async def types(self, command: str, option: str, typed: str, /, **others: Any) -> Interaction:
        """Type the beginning of an option that completes, with other options filled in or not."""
        filled = self._filler.fill(command, {**others, option: typed}, focused=option)
        return self._use(filled, kind=COMPLETION)

    async def complete(self, command: str, option: str, typed: str, /, **others: Any) -> list[Wire]:
        """Type the beginning of an option and return the choices that the bot offers, each with name and value."""
        interaction = await self.types(command, option, typed, **others)
        return (await interaction.answered()).choices

    async def press(self, message: Message, button: str, *, stale: bool = False) -> Interaction:
        """Press a button, named by its label or its id.

        With `stale`, the person's client still shows an older state of the message, which has the button.
        """
        widget, state = self._find(message, button, stale=stale)
        if widget.kind != BUTTON or widget.style == LINK_STYLE:
            raise ClientRefusal(f"{button!r} is no button that a bot hears of")
        return self._touch(message, widget, {}, state)

    async def select(self, message: Message, *choices: str, select: str | None = None) -> Interaction:
        """Choose options, by label or value, in a select named by placeholder or id; the first one by default."""
        selects = message.selects
        if not selects:
            raise ClientRefusal("the message has no select")
        widget, state = self._find(message, select or selects[0].custom_id or "", stale=False)
        return self._touch(message, widget, {"values": chosen(widget.wire, choices)}, state)

    async def submit(self, modal: Modal, filled: Mapping[str, str | Upload]) -> Interaction:
        """Send an open form; inputs are named by label or id, those left out keep what the bot put in."""
        if modal.submitted or modal.opener.user is not self.user:
            raise ClientRefusal(f"the form {modal.title!r} is not open before {self.name}")
        by_name = {name: one for one in modal.fields for name in (one.custom_id, one.label)}
        if unknown := sorted(set(filled) - set(by_name)):
            raise ClientRefusal(f"the form {modal.title!r} has no input {unknown}; it has {sorted(by_name)}")
        values = {by_name[name].custom_id: text for name, text in filled.items()}
        resolved: dict[str, Wire] = {}

        def attach(file: Upload) -> str:
            return self._filler.resolve(resolved, file)

        data = {
            "custom_id": modal.custom_id,
            "components": [submitted(part, modal, values, attach) for part in modal.wire["components"]],
            **({"resolved": resolved} if resolved else {}),
        }
        modal.submitted = True
        return self._send(MODAL_SUBMIT, data, modal.title, source=modal.opener.source, opener=modal.opener)

    def _member(self) -> Member | None:
        """Return the person as a member of the guild they are looking at, None in a direct message."""
        guild = self.channel.guild
        if guild is None:
            return None
        if self.id not in guild.members:
            raise ClientRefusal(f"{self.name} is no member of {guild.name}")
        return guild.members[self.id]

    def _reads(self, channel: Channel) -> bool:
        if channel.guild is None:
            return channel.recipients == [self.user]
        member = channel.guild.members.get(self.id)
        return member is not None and bool(permissions_in(member, channel) & Permission.VIEW_CHANNEL)

    @property
    def _filler(self) -> Filler:
        return Filler(world=self.world, channel=self.channel, refuse_hidden=self._refuse_hidden)

    def _use(self, filled: Filled, *, kind: int = COMMAND, **extra: Any) -> Interaction:
        command = filled.command
        data: Wire = {"id": command["id"], "name": command["name"], "type": command["type"], **extra}
        if filled.options:
            data["options"] = filled.options
        if filled.resolved:
            data["resolved"] = filled.resolved
        if command.get("guild_id"):
            data["guild_id"] = command["guild_id"]
        return self._send(kind, data, filled.name)

    def _refuse_hidden(self, command: Wire) -> None:
        """Refuse a command that the client does not show here, or not to this person."""
        context = IN_GUILD if self.channel.guild else IN_DIRECT_MESSAGE
        contexts = command.get("contexts") or ([IN_GUILD] if command.get("dm_permission") is False else None)
        if contexts is not None and context not in contexts:
            raise ClientRefusal(f"/{command['name']} is not offered in such a channel")
        member = self._member()
        if member is None:
            return
        allowed = permissions_in(member, self.channel)
        if not allowed & Permission.USE_APPLICATION_COMMANDS:
            raise ClientRefusal(f"{self.name} may not use commands in #{self.channel.name}")
        needed = command.get("default_member_permissions")
        if needed is not None and (
            int(needed) & ~allowed or (int(needed) == 0 and not allowed & Permission.ADMINISTRATOR)
        ):
            raise ClientRefusal(f"/{command['name']} is not shown to {self.name}")

    def _find(self, message: Message, name: str, *, stale: bool) -> tuple[Widget, Wire]:
        if message.deleted or not self.sees(message):
            raise ClientRefusal(f"{self.name} does not see that message")
        for state in reversed([*message.edits, message.wire] if stale else [message.wire]):
            for widget in widgets_in(state):
                if name in {widget.label, widget.custom_id}:
                    if widget.disabled:
                        raise ClientRefusal(f"{name!r} is disabled")
                    return widget, state
        names = [widget.label or widget.custom_id for widget in widgets_in(message.wire)]
        raise ClientRefusal(f"there is no {name!r} on the message; it has {names}")

    def _touch(self, message: Message, widget: Widget, extra: Wire, state: Wire) -> Interaction:
        data = {
            "custom_id": widget.custom_id,
            "component_type": widget.kind,
            "id": widget.wire["id"],
            **extra,
        }
        there = self.at(message.channel)
        return there._send(
            COMPONENT, data, widget.label or str(widget.custom_id), source=message, state=state
        )

    def _send(
        self,
        kind: int,
        data: Wire,
        name: str,
        *,
        source: Message | None = None,
        state: Wire | None = None,
        opener: Interaction | None = None,
    ) -> Interaction:
        self.connected(self.channel)
        if not self._reads(self.channel):
            raise ClientRefusal(f"{self.name} does not see #{self.channel.name}")
        return send(
            self.world,
            user=self.user,
            channel=self.channel,
            kind=kind,
            data=data,
            name=name,
            locale=self.locale,
            source=source,
            state=state,
            opener=opener,
        )
