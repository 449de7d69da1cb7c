"""From the core's replies to Discord's answers.

Discord takes one response to an interaction within three seconds, then followups for fifteen minutes, through the
interaction's token. A deferral is a response that promises one: a placeholder, seen by whoever will see the answer,
or (for a card that will change) nothing visible. What comes too late for the token goes out as the bot's own message,
if everyone may see it.
"""

import io
import logging
from collections.abc import Sequence
from enum import Enum
from typing import assert_never

import aiohttp
import discord
from discord import InteractionType
from discord.app_commands import Choice as OfferedChoice

from adapters.base import Desk, Undelivered
from adapters.discord import direct
from adapters.discord.faults import is_over, undelivered
from adapters.discord.forms import modal
from adapters.discord.render import Rendered, render
from adapters.discord.sending import RenderedModal, changed, new
from bot.core.cards import Card, Intent, say
from bot.core.effects import (
    Audience,
    Choice,
    Completions,
    FieldErrors,
    OpenForm,
    Reply,
    SendFile,
    Show,
    Update,
)
from bot.core.errors import BotFault
from bot.core.events import DeliveryFailed, DeliveryMade, FailureKind, MessageRef
from bot.core.forms import Form
from bot.core.registry import Answer as Answering

_log = logging.getLogger(__name__)


class _Stage(Enum):
    """How far an interaction's answer has come."""

    OPEN = "open"  # nothing is answered yet
    THINKING_ASKER = "a placeholder stands there, seen by the asker"
    THINKING_EVERYONE = "a placeholder stands there, seen by everyone"
    CHANGING = "the pressed card has changed, or will"
    ANSWERED = "answered by a message of its own"
    OVER = "the token takes nothing more"


_ANSWERED_BEFORE = 40060
_THINKING = {Audience.ASKER: _Stage.THINKING_ASKER, Audience.EVERYONE: _Stage.THINKING_EVERYONE}


class Answer:
    """The answer to one interaction. `guild` is the id of the server that it is about."""

    def __init__(self, interaction: discord.Interaction, desk: Desk, guild: int) -> None:
        self._interaction = interaction
        self._desk = desk
        self._guild = guild
        self._stage = _Stage.OPEN
        self.begun = False
        """Whether the core has done its part, and its replies are being given."""

    async def defer(self, audience: Audience, answering: Answering) -> None:
        """Acknowledge without an answer. Never raises: what cannot be acknowledged is over, and answered as such."""
        response = self._interaction.response
        updates = answering is Answering.UPDATE and self._interaction.message is not None
        try:
            if updates:
                await response.defer()
            else:
                await response.defer(ephemeral=audience is Audience.ASKER, thinking=True)
        except discord.HTTPException as error:
            _log.warning("an interaction could not be deferred", extra={"code": error.code})
            if error.code != _ANSWERED_BEFORE:
                self._stage = _Stage.OVER
                return
        except (aiohttp.ClientError, OSError) as error:
            # It may have arrived all the same; if not, the answer will find the token closed.
            _log.warning("nobody knows whether a deferral has arrived", extra={"error": type(error).__name__})
        self._stage = _Stage.CHANGING if updates else _THINKING[audience]

    async def carry_out(self, replies: Sequence[Reply]) -> None:
        """Give the replies in their order; an update first, since it takes place on a card that is there already.

        Where a card that the core waits for cannot be shown, and so for all that follow it, the core is told.
        """
        self.begun = True
        ordered = sorted(replies, key=lambda each: not isinstance(each, Update))
        for at, reply in enumerate(ordered):
            try:
                await self._give(reply)
            except Exception as error:
                await self._abandon(ordered[at:], error)
                raise
        await self.settle()

    async def settle(self) -> None:
        """Leave nothing unanswered, and no placeholder behind."""
        response = self._interaction.response
        if self._stage is _Stage.OPEN and self._interaction.type is InteractionType.autocomplete:
            await self._complete(())
        elif self._stage is _Stage.OPEN and self._interaction.message is not None:
            await response.defer()
        elif self._stage is _Stage.OPEN:
            await response.defer(ephemeral=True, thinking=True)
            await self._interaction.delete_original_response()
        elif self._stage in _THINKING.values():
            await self._interaction.delete_original_response()

    async def show(self, card: Card, audience: Audience, file: SendFile | None = None) -> MessageRef:
        """Show a card as the next message of this answer; gives where it stands.

        Raises Undelivered where it may be shown to the asker alone, and comes too late for that.
        """
        rendered = self._rendered(card)
        if self._stage is not _Stage.OVER:
            try:
                return self._ref(await self._through_token(rendered, audience, file))
            except discord.HTTPException as error:
                if not is_over(error):
                    raise
                self._stage = _Stage.OVER
        if audience is Audience.ASKER:
            raise Undelivered(FailureKind.LOST, "the answer came too late to be shown to the asker alone")
        sent = await self._channel().send(**new(rendered))
        return self._ref(sent.id)

    async def _give(self, reply: Reply) -> None:
        match reply:
            case Show(card=card, audience=audience, delivery=delivery):
                ref = await self.show(card, audience)
                if delivery is not None:
                    await self._made(delivery, ref)
            case Update(card):
                await self._update(card)
            case OpenForm(form):
                await self._open(form)
            case FieldErrors(errors):
                sentences = tuple(say(each) for each in errors.values())
                await self.show(Card(body=sentences, intent=Intent.MISTAKE), Audience.ASKER)
            case Completions(choices):
                await self._complete(choices)
            case SendFile(card=card):
                await self.show(card, Audience.ASKER, reply)
            case _:
                assert_never(reply)

    async def _made(self, delivery: int, ref: MessageRef) -> None:
        made = DeliveryMade(
            community=f"discord:{self._guild}", delivery=delivery, at=self._desk.now(), message=ref
        )
        await self._desk.tell(made)

    async def _abandon(self, replies: Sequence[Reply], error: Exception) -> None:
        lost = error if isinstance(error, Undelivered) else undelivered(error)
        for reply in replies:
            if isinstance(reply, Show) and reply.delivery is not None:
                failed = DeliveryFailed(
                    community=f"discord:{self._guild}",
                    delivery=reply.delivery,
                    at=self._desk.now(),
                    kind=lost.kind,
                    detail=lost.detail,
                )
                await self._desk.tell(failed)

    async def _through_token(self, rendered: Rendered, audience: Audience, file: SendFile | None) -> int:
        """Send a message as the response, in place of the placeholder, or as a followup; gives its id."""
        interaction, for_asker = self._interaction, audience is Audience.ASKER
        if self._stage is _Stage.OPEN:
            return await self._respond(rendered, audience, file)
        if self._stage is _THINKING[audience]:
            original = await interaction.edit_original_response(**changed(rendered), attachments=_files(file))
            self._stage = _Stage.ANSWERED
            return original.id
        if self._stage in _THINKING.values():
            # A followup would take the placeholder's place, and be seen by whoever sees that.
            await interaction.delete_original_response()
            self._stage = _Stage.ANSWERED
        sent = await interaction.followup.send(
            **new(rendered), ephemeral=for_asker, files=_files(file), wait=True
        )
        return sent.id

    async def _respond(self, rendered: Rendered, audience: Audience, file: SendFile | None) -> int:
        """Send a message as the response. Where its arrival is in doubt, Discord is asked; it is not sent twice."""
        interaction = self._interaction
        try:
            response = await interaction.response.send_message(
                **new(rendered), ephemeral=audience is Audience.ASKER, files=_files(file)
            )
            shown = response.message_id
        except discord.HTTPException as error:
            if error.code != _ANSWERED_BEFORE:
                raise
            shown = None
        except (aiohttp.ClientError, OSError) as error:
            _log.warning("nobody knows whether an answer has arrived", extra={"error": type(error).__name__})
            shown = None
        if shown is None:
            shown = (await interaction.original_response()).id
        self._stage = _Stage.ANSWERED
        return shown

    async def _update(self, card: Card) -> None:
        pressed = self._interaction.message
        if pressed is None:
            await self.show(card, Audience.ASKER)
            return
        try:
            if await self._changed_through_token(self._rendered(card)):
                return
        except discord.HTTPException as error:
            if not is_over(error):
                raise
            self._stage = _Stage.OVER
        if pressed.flags.ephemeral:
            await self.show(card, Audience.ASKER)
        else:
            await self._channel().get_partial_message(pressed.id).edit(**changed(self._rendered(card)))

    async def _changed_through_token(self, rendered: Rendered) -> bool:
        """Change the pressed card; False where the response has been something else, so that the token cannot."""
        if self._stage is _Stage.OPEN:
            await self._interaction.response.edit_message(**changed(rendered))
            self._stage = _Stage.CHANGING
        elif self._stage is _Stage.CHANGING:
            await self._interaction.edit_original_response(**changed(rendered))
        else:
            return False
        return True

    async def _complete(self, choices: Sequence[Choice]) -> None:
        """Offer completions. They may come too late: whoever types on has Discord wait for the next ones alone."""
        offered = [OfferedChoice(name=each.label, value=each.value) for each in choices]
        try:
            await self._interaction.response.autocomplete(offered)
        except discord.HTTPException as error:
            if not is_over(error):
                raise
        self._stage = _Stage.ANSWERED

    async def _open(self, form: Form) -> None:
        if self._stage is not _Stage.OPEN or self._interaction.type is InteractionType.modal_submit:
            raise BotFault("a form opens as the first answer to a command or a press alone")
        alone = self._interaction.guild_id is None
        wire = modal(form, self._name_of if alone else None)
        if alone:
            wire["custom_id"] = direct.marked_id(wire["custom_id"], self._guild)
        await self._interaction.response.send_modal(RenderedModal(wire))
        self._stage = _Stage.ANSWERED

    def _rendered(self, card: Card) -> Rendered:
        rendered = render(card)
        return direct.marked(rendered, self._guild) if self._interaction.guild_id is None else rendered

    def _name_of(self, channel: str) -> str:
        """Name a channel as people do; by its id where the bot does not know it."""
        place = self._interaction.client.get_channel(int(channel)) if channel.isdecimal() else None
        return getattr(place, "name", channel)

    def _channel(self) -> discord.PartialMessageable:
        channel = self._interaction.channel_id or 0
        return self._interaction.client.get_partial_messageable(channel, guild_id=self._interaction.guild_id)

    def _ref(self, message: int) -> MessageRef:
        return MessageRef(str(self._interaction.channel_id), str(message))


def _files(file: SendFile | None) -> list[discord.File]:
    return [discord.File(io.BytesIO(file.content), filename=file.name)] if file else []
