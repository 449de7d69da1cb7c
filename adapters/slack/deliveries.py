"""Carrying out deliveries: what must reach Slack even if the process dies on the way."""

from collections.abc import Awaitable, Callable
from typing import Any, assert_never

from slack_sdk.errors import SlackApiError

from adapters.base import Undelivered
from adapters.slack import faults
from adapters.slack.faults import TROUBLE
from adapters.slack.people import People
from adapters.slack.render import Rendered, mrkdwn, render, section
from adapters.slack.sender import EVENT_TYPE, Installed, Sender
from bot.core.cards import Card
from bot.core.effects import Answered, AskAfter, Deliver, Direct, Edit, Notice, OpenThread, Pin, Post
from bot.core.errors import CardFault
from bot.core.events import FailureKind, MessageRef

BEFORE_DUE = 60
"""Seconds before its due time from which on a post is looked for: the two clocks may differ."""
PAGE = 100


class Deliveries:
    """Posts, edits, threads, pins and notices. A post carries its key as metadata and is found by it again."""

    def __init__(self, sender: Sender, people: People, installed: Installed, prefix: str) -> None:
        self._sender = sender
        self._people = people
        self._installed = installed
        self._prefix = prefix

    async def carry_out(self, delivery: Deliver) -> MessageRef | None:
        """Carry out one delivery; gives where the message stands. Raises Undelivered."""
        try:
            return await self._call(delivery)
        except TROUBLE as error:
            raise faults.undelivered(error, self._installed.name) from error
        except CardFault as fault:
            raise Undelivered(FailureKind.REFUSED, str(fault)) from fault

    async def _call(self, delivery: Deliver) -> MessageRef | None:
        match delivery.call:
            case Post(channel=channel, card=card, ping=ping):
                return await self._post(delivery, channel, self._with_ping(self._shown(card), ping))
            case Notice(card=card, channel=channel, member=member):
                where = channel or await self._people.direct(member)
                return await self._post(delivery, where, self._shown(card))
            case Direct(member=member, card=card):
                return await self._post(delivery, await self._people.direct(member), self._shown(card))
            case OpenThread(card=card):
                parent = _placed(delivery)
                return await self._post(delivery, parent.channel, self._shown(card), thread=parent.message)
            case Edit(card=card):
                await self._sender.update(_placed(delivery), self._shown(card))
            case Pin():
                return await self._pin(_placed(delivery))
            case AskAfter(member=member):
                await self._people.look_for(member)
            case Answered():
                raise Undelivered(FailureKind.LOST, "an answer to an interaction is not made again")
            case _:
                assert_never(delivery.call)
        return delivery.message

    def _shown(self, card: Card) -> Rendered:
        return render(card, self._prefix)

    def _with_ping(self, shown: Rendered, ping: str) -> Rendered:
        if not ping:
            return shown
        mention = f"<!subteam^{ping}>"
        return Rendered(f"{mention} {shown.text}", [section(mrkdwn(mention)), *shown.blocks])

    async def _post(
        self, delivery: Deliver, channel: str, shown: Rendered, *, thread: str = ""
    ) -> MessageRef:
        if delivery.recover:
            found = await self._look_for(delivery, channel, thread)
            if found is not None:
                return found
        return await self._sender.post(channel, shown, thread=thread, key=delivery.key)

    async def _pin(self, ref: MessageRef) -> MessageRef:
        try:
            await self._sender.client.pins_add(channel=ref.channel, timestamp=ref.message)
        except SlackApiError as error:
            if faults.code_of(error) != "already_pinned":
                raise
        return ref

    async def _look_for(self, delivery: Deliver, channel: str, thread: str) -> MessageRef | None:
        """Find what an earlier attempt has posted.

        Raises Undelivered (LOST) where the bot may not read: then nobody can say, and it must not be posted twice.
        """
        try:
            return await self._found(delivery, channel, thread)
        except SlackApiError as error:
            if faults.code_of(error) != "missing_scope":
                raise
            detail = "It may have been posted before a crash; without a history scope the bot cannot look."
            raise Undelivered(FailureKind.LOST, detail) from error

    async def _found(self, delivery: Deliver, channel: str, thread: str) -> MessageRef | None:
        cursor = ""
        while True:
            answer = await self._history(channel, thread)(
                oldest=str(delivery.due - BEFORE_DUE),
                limit=PAGE,
                include_all_metadata=True,
                cursor=cursor or None,
            )
            for message in answer["messages"]:
                if self._is_ours(message, delivery.key):
                    return MessageRef(channel, str(message["ts"]))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    def _history(self, channel: str, thread: str) -> Callable[..., Awaitable[Any]]:
        client = self._sender.client
        if thread:
            return lambda **page: client.conversations_replies(channel=channel, ts=thread, **page)
        return lambda **page: client.conversations_history(channel=channel, **page)

    def _is_ours(self, message: dict[str, Any], key: str) -> bool:
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        ours = message.get("bot_id") == self._installed.bot and metadata.get("event_type") == EVENT_TYPE
        return ours and payload.get("key") == key


def _placed(delivery: Deliver) -> MessageRef:
    if delivery.message is None:
        raise Undelivered(FailureKind.GONE, "nobody knows where its message stands")
    return delivery.message
