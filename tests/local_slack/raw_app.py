"""An app without a library, for what no library would ever do; and how to expect a refusal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    import aiohttp

    from tests.local_slack.interaction import Interaction

Body = dict[str, Any]


class RawApp:
    """An app that says exactly what a test wants it to say over its websocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def hears(self) -> Body:
        """Return the next envelope."""
        envelope: Body = await self.socket.receive_json()
        return envelope

    async def acknowledges(self, envelope: Body, payload: Body | None = None) -> None:
        """Acknowledge an envelope."""
        more = {} if payload is None else {"payload": payload}
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], **more})

    async def answers(self, doing: Awaitable[Interaction], payload: Body | None = None) -> Interaction:
        """Acknowledge whatever a person is doing, and return what became of it."""
        under_way = asyncio.ensure_future(doing)
        await self.acknowledges(await self.hears(), payload)
        return await under_way


async def refused(call: Awaitable[Any]) -> Body:
    """Return the body of a refusal; fail if the call is not refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    body: Body = dict(caught.value.response.data)
    return body
