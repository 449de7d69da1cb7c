"""Carrying out the core's replies to one interaction, by the way that Slack leaves open for each."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from adapters.base import Desk
from adapters.slack import faults, views
from adapters.slack.faults import TROUBLE
from adapters.slack.pages import Pages
from adapters.slack.payloads import Acknowledgement, Handle
from adapters.slack.people import People
from adapters.slack.render import Json, Rendered, render
from adapters.slack.sender import NO_PREVIEWS, Installed, Sender
from bot.core.cards import Card, Intent, line, say
from bot.core.effects import Audience, Completions, FieldErrors, OpenForm, Reply, SendFile, Show, Update
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind
from bot.core.forms import Form

log = logging.getLogger(__name__)


class Replies:
    """Answers interactions."""

    def __init__(
        self, desk: Desk, sender: Sender, pages: Pages, people: People, installed: Installed, prefix: str
    ) -> None:
        self._desk = desk
        self._sender = sender
        self._pages = pages
        self._people = people
        self._installed = installed
        self._prefix = prefix

    async def carry_out(
        self, handle: Handle, acknowledgement: Acknowledgement, replies: Sequence[Reply]
    ) -> None:
        """Acknowledge, with the first reply where Slack takes it there, and carry out the rest in order."""
        if handle.submitted and handle.view is not None:
            url, replaces = self._pages.way_back(str(handle.view["id"]))
            handle = replace(handle, response_url=url, replaces=replaces)
        body, rest = ({}, replies) if acknowledgement.given else self._acknowledged(handle, replies)
        acknowledgement.give(body)
        for reply in await self._on_page(handle, rest):
            await self._one(handle, reply)

    async def _on_page(self, handle: Handle, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Show on a page what answers a press on one, or is to have one of its own; gives the replies that are left."""
        shown = [
            each
            for each in replies
            if (isinstance(each, Update) and handle.in_view) or _has_page(handle, each)
        ]
        in_place = any(isinstance(each, Update) for each in shown)
        cards = [each.card for each in shown if isinstance(each, Show | Update)]
        if not cards or not await self._pages.answer(handle, cards, in_place=in_place):
            return replies
        return [each for each in replies if each not in shown]

    async def apologise(self, handle: Handle) -> None:
        """Say that the answer could not be shown."""
        text = "Sorry, the answer could not be shown, and the fault is the bot’s. Please try again."
        await self._tell(handle, line(text, intent=Intent.MISTAKE))

    def _acknowledged(self, handle: Handle, replies: Sequence[Reply]) -> tuple[Json, Sequence[Reply]]:
        """Choose what the acknowledgement carries, and what is left to do after it."""
        match replies[0] if replies else None:
            case Show(delivery=None, card=card, audience=audience) as show if (
                handle.command and not _has_page(handle, show)
            ):
                return self._said(render(card, self._prefix), audience), replies[1:]
            case FieldErrors(errors) if handle.submitted and handle.view is not None:
                keys = views.field_keys(handle.view)
                at_fields = {key: text for key, text in errors.items() if key in keys}
                others = {key: text for key, text in errors.items() if key not in keys}
                body = {"response_action": "errors", "errors": at_fields} if at_fields else {}
                return body, [*([FieldErrors(others)] if others else []), *replies[1:]]
            case OpenForm(form) if handle.submitted:
                return self._pages.next_form(handle, form), replies[1:]
            case Show(delivery=None, card=card) | Update(card) if handle.submitted and handle.home:
                return self._pages.in_answer(handle, card), replies[1:]
            case _:
                return {}, replies

    async def _one(self, handle: Handle, reply: Reply) -> None:
        match reply:
            case Show():
                await self._show(handle, reply)
            case Update(card):
                await self._update(handle, render(card, self._prefix))
            case OpenForm(form):
                await self._open(handle, form)
            case FieldErrors(errors):
                await self._tell(
                    handle, Card(body=tuple(say(text) for text in errors.values()), intent=Intent.MISTAKE)
                )
            case SendFile():
                await self._send_file(handle, reply)
            case Completions():
                log.warning("completions were given to an interaction that shows none")
            case _:
                assert_never(reply)

    def _said(self, shown: Rendered, audience: Audience) -> Json:
        everyone = audience is Audience.EVERYONE
        return {
            "response_type": "in_channel" if everyone else "ephemeral",
            **shown.as_body(),
            **NO_PREVIEWS,
        }

    async def _tell(self, handle: Handle, card: Card) -> None:
        await self._answer(handle, render(card, self._prefix), Audience.ASKER)

    async def _show(self, handle: Handle, show: Show) -> None:
        shown = render(show.card, self._prefix)
        if show.delivery is None:
            await self._answer(handle, shown, show.audience)
        elif show.audience is Audience.EVERYONE:
            await self._post(handle, shown, show.delivery)
        elif await self._answer(handle, shown, show.audience):
            await self._desk.tell(self._made(show.delivery))
        else:
            await self._desk.tell(self._failed(show.delivery, FailureKind.REFUSED, "no way to show it"))

    async def _post(self, handle: Handle, shown: Rendered, delivery: int) -> None:
        """Post an answer that will be edited later: as a message of its own, since only that tells where it stands."""
        try:
            ref = await self._sender.post(handle.channel, shown, thread=handle.thread)
        except TROUBLE as error:
            failure = faults.undelivered(error, self._installed.name)
            await self._desk.tell(self._failed(delivery, failure.kind, failure.detail, failure.retry_after))
            code = faults.code_of(error)
            await self._tell(
                handle, faults.not_posted(failure, code, self._installed.bot_user, self._installed.name)
            )
        else:
            made = self._made(delivery)
            await self._desk.tell(replace(made, message=ref))

    def _made(self, delivery: int) -> DeliveryMade:
        return DeliveryMade(
            community=self._installed.community, delivery=delivery, at=self._desk.now(), message=None
        )

    def _failed(self, delivery: int, kind: FailureKind, detail: str, retry_after: int = 0) -> DeliveryFailed:
        return DeliveryFailed(
            community=self._installed.community,
            delivery=delivery,
            at=self._desk.now(),
            kind=kind,
            detail=detail,
            retry_after=retry_after,
        )

    async def _answer(self, handle: Handle, shown: Rendered, audience: Audience) -> bool:
        """Show a new message: through the response_url, else in the channel, else (to one person) directly."""
        if handle.response_url:
            thread = {"thread_ts": handle.thread} if handle.thread else {}
            body = {**self._said(shown, audience), "replace_original": False, **thread}
            if await self._sender.respond(handle.response_url, body):
                return True
        try:
            if audience is Audience.EVERYONE:
                await self._sender.post(handle.channel, shown, thread=handle.thread)
                return True
            if handle.channel and not handle.home:
                await self._sender.whisper(handle.channel, handle.user, shown, thread=handle.thread)
                return True
        except TROUBLE as error:
            log.info("an answer found no way into its channel", extra={"error": faults.code_of(error)})
        return audience is Audience.ASKER and await self._directly(handle.user, shown)

    async def _directly(self, user: str, shown: Rendered) -> bool:
        try:
            await self._sender.post(await self._people.direct(user), shown)
        except TROUBLE as error:
            log.warning("an answer could not be shown", extra={"error": faults.code_of(error)})
            return False
        return True

    async def _update(self, handle: Handle, shown: Rendered) -> None:
        if not await self._replaced(handle, shown):
            await self._answer(handle, shown, Audience.ASKER)

    async def _replaced(self, handle: Handle, shown: Rendered) -> bool:
        """Put a card in place of the pressed one: by its own reference, else by this press's response_url."""
        if handle.message is not None:
            try:
                await self._sender.update(handle.message, shown)
            except TROUBLE as error:
                log.info("a message could not be updated", extra={"error": faults.code_of(error)})
            else:
                return True
        if not handle.response_url or not (handle.replaces or handle.message is not None):
            return False
        body = {**shown.as_body(), "replace_original": True}
        return await self._sender.respond(handle.response_url, body)

    async def _open(self, handle: Handle, form: Form) -> None:
        if not await self._pages.open_form(handle, form):
            text = "The form could not be opened in time. Nothing was changed; please try again."
            await self._tell(handle, line(text, intent=Intent.MISTAKE))

    async def _send_file(self, handle: Handle, reply: SendFile) -> None:
        """Send a file directly, since Slack shows none to one person in a channel, and say where it is."""
        shown = render(reply.card, self._prefix)
        try:
            direct = await self._people.direct(handle.user)
            await self._sender.client.files_upload_v2(
                channel=direct,
                content=reply.content,
                filename=reply.name,
                title=reply.name,
                initial_comment=shown.text,
            )
        except TROUBLE as error:
            detail = faults.undelivered(error, self._installed.name).detail
            await self._tell(
                handle, line(f"The file could not be sent to you. {detail}", intent=Intent.MISTAKE)
            )
            return
        if direct == handle.channel and not handle.home:
            return
        where = say("The file is in your direct messages with this app.")
        card = replace(reply.card, body=(*reply.card.body, where))
        if not handle.in_view:
            await self._tell(handle, card)
        else:
            # A page that opens too late is left out: the direct message itself says it all.
            await self._pages.answer(handle, [card], in_place=False)


def _has_page(handle: Handle, reply: Reply) -> bool:
    """Whether it is a card that nobody needs to find again, and is shown on a page."""
    if not isinstance(reply, Show) or reply.delivery is not None:
        return False
    return handle.in_view or (handle.page and bool(reply.card.buttons))
