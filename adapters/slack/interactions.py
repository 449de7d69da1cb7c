"""From a payload to the core and back: who did what where, asked of the desk, answered in time."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from adapters.base import Desk
from adapters.slack import barriers, payloads, views
from adapters.slack.barriers import Barriers
from adapters.slack.commands import Commands
from adapters.slack.pages import Pages
from adapters.slack.payloads import Acknowledgement, Body, Handle
from adapters.slack.people import People
from adapters.slack.replies import Replies
from adapters.slack.sender import Installed
from adapters.slack.standing import Standing
from adapters.timing import in_time
from bot.core.effects import Reply, Show
from bot.core.events import Actor, Attachment, ButtonPressed, CommandUsed, FormSubmitted, Place, Said
from bot.core.features.home import OPEN

log = logging.getLogger(__name__)
_Made = Callable[[Place, Actor, int, str], Said]


class Interactions:
    """What each kind of payload asks for. `patience` and `form_patience` are seconds until the acknowledgement.

    What opens a form, or was one, gets the longer: a form opens with a trigger that lives three seconds whether or not
    there was an acknowledgement, and field errors have no other way than within it.
    """

    def __init__(
        self,
        desk: Desk,
        people: People,
        barriers: Barriers,
        replies: Replies,
        pages: Pages,
        standing: Standing,
        installed: Installed,
        prefix: str,
        patience: float,
        form_patience: float,
    ) -> None:
        self._desk = desk
        self._people = people
        self._barriers = barriers
        self._replies = replies
        self._pages = pages
        self._standing = standing
        self._installed = installed
        self._prefix = prefix
        self._commands = Commands(desk.registry, prefix)
        self._patience = patience
        self._form_patience = form_patience

    async def command(self, body: Body, acknowledgement: Acknowledgement) -> None:
        """Answer a slash command."""
        name, text = self._commands.read(body["command"], body.get("text", ""))
        declared = self._desk.registry.commands.get(name)
        handle = replace(payloads.of_command(body), page=declared is not None and declared.page)

        def made(place: Place, actor: Actor, at: int, event: str) -> Said:
            return CommandUsed(place=place, actor=actor, at=at, id=event, command=name, text=text, asks=True)

        opens = declared is not None and (
            declared.opens_form or declared.page or any(each.required for each in declared.parameters)
        )
        patience = self._form_patience if opens else self._patience
        await self._answer(handle, acknowledgement, made, patience, barriers.named(declared, text))

    async def press(self, body: Body, acknowledgement: Acknowledgement) -> None:
        """Answer a press on a button, or a choice in a select."""
        token, value = payloads.pressed(body)
        found = self._desk.registry.action(token)
        declared = found[0] if found else None
        handle = await self._placed(payloads.of_press(body))
        handle = replace(handle, page=declared is not None and declared.page)

        def made(place: Place, actor: Actor, at: int, event: str) -> Said:
            return ButtonPressed(
                place=place,
                actor=actor,
                at=at,
                id=event,
                token=token,
                value=value,
                message=handle.message,
            )

        opens = declared is not None and (declared.opens_form or declared.page)
        patience = self._form_patience if opens else self._patience
        here = (handle.channel,) if declared is not None and declared.threads else ()
        await self._answer(handle, acknowledgement, made, patience, here)

    async def submission(self, body: Body, acknowledgement: Acknowledgement) -> None:
        """Answer a form that was sent."""
        view = body["view"]
        made = _form_sent(view["callback_id"], views.values(view), views.files(view))
        handle, picked = payloads.of_submission(body), views.channels(view)
        await self._answer(handle, acknowledgement, made, self._form_patience, picked)

    async def shortcut(self, body: Body, acknowledgement: Acknowledgement) -> None:
        """Answer what was chosen in a message's menu: as if a form had been sent, with the message in it."""
        handle = payloads.of_shortcut(body)
        message = body["message"]
        text = await self._people.readable(str(message.get("text", "")), self._installed.team)
        values = {"text": text, "author": str(message.get("user", ""))}
        await self._answer(
            handle, acknowledgement, _form_sent(body["callback_id"], values), self._form_patience
        )

    async def event(self, body: Body, acknowledgement: Acknowledgement) -> None:
        """Take note of an event: App Home opened, the app removed, a token revoked."""
        acknowledgement.give({})
        event = body["event"]
        match event["type"]:
            case "app_uninstalled":
                await self._standing.removed()
            case "tokens_revoked":
                await self._standing.revoked(self._people.client)
            case "app_home_opened":
                await self._looked_at(event, str(body["event_id"]))

    async def _looked_at(self, event: Body, number: str) -> None:
        """Show whoever has opened the app their page, unless they opened another part of it."""
        user, channel = str(event["user"]), str(event.get("channel", ""))
        self._people.meet(user, channel)
        if event.get("tab", "home") == "home":
            await self._show_home(user, number, channel)
        actor = await self._people.actor(user, "", self._installed.team)
        if actor.administrator:
            await self._standing.met(user)

    async def _answer(
        self,
        handle: Handle,
        acknowledgement: Acknowledgement,
        made: _Made,
        patience: float,
        channels: Collection[str] = (),
    ) -> None:
        """Ask the core and carry out what it says; after `patience` the acknowledgement goes ahead of it.

        `channels` are those that are named in what was said, or where a thread is to be opened.
        """
        received = self._desk.now()

        async def asked() -> list[Reply]:
            actor, place, barred = await asyncio.gather(
                self._people.actor(handle.user, handle.name, self._installed.team),
                self._place(handle),
                self._barriers.among(channels),
            )
            event = made(place, actor, received, handle.id)
            return list(await self._desk.ask(replace(event, barred=barred)))

        try:
            replies, _ = await in_time(asked(), acknowledgement.give_nothing, patience)
            await self._replies.carry_out(handle, acknowledgement, replies)
        except Exception:
            log.exception("an interaction could not be answered")
            acknowledgement.give({})
            await self._replies.apologise(handle)
        if handle.home:
            await self._show_home(handle.user, f"{handle.id}:home", handle.channel)

    async def _place(self, handle: Handle) -> Place:
        channel = handle.channel
        alone = await self._people.alone(handle.user, channel)
        return Place(community=self._installed.community, channel=channel, alone=alone)

    async def _placed(self, handle: Handle) -> Handle:
        """Give what was done on App Home its place: the direct messages with the bot, where nobody else is either."""
        if handle.channel or not handle.home:
            return handle
        return replace(handle, channel=await self._people.direct_soon(handle.user))

    async def _show_home(self, user: str, event: str, channel: str) -> None:
        """Show a member their page, as it is now."""
        place = Place(community=self._installed.community, channel=channel, alone=True)
        actor = await self._people.actor(user, "", self._installed.team)
        asked = ButtonPressed(place=place, actor=actor, at=self._desk.now(), id=event, token=str(OPEN))
        cards = [reply.card for reply in await self._desk.ask(asked) if isinstance(reply, Show)]
        if cards:
            await self._pages.publish(user, cards)


def _form_sent(token: str, values: Mapping[str, str], files: Mapping[str, Attachment] | None = None) -> _Made:
    def made(place: Place, actor: Actor, at: int, event: str) -> Said:
        return FormSubmitted(
            place=place, actor=actor, at=at, id=event, token=token, values=values, files=files or {}
        )

    return made
