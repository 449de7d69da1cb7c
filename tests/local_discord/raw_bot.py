"""A bot without a library: it sends exactly what a test tells it, wrong things above all."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.local_discord.interactions import Interaction
from tests.local_discord.messages import Message
from tests.local_discord.model import Wire
from tests.local_discord.server import LocalDiscord

Outcome = tuple[int, int]
"""An HTTP status and Discord's error code, 0 where there is none."""
COMMANDS: list[Wire] = [
    {
        "name": "quiz",
        "description": "Ask",
        "options": [{"type": 3, "name": "by", "description": "Speaker", "autocomplete": True}],
    }
]
BUTTON: Wire = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}
CARD: Wire = {"content": "a card", "components": [{"type": 1, "components": [BUTTON]}]}
FORM: Wire = {
    "custom_id": "form",
    "title": "Who?",
    "components": [
        {"type": 18, "label": "A name", "component": {"type": 4, "custom_id": "name", "style": 1}}
    ],
}


class RawBot:
    """Sends raw requests; `last` and `headers` are those of the newest answer."""

    def __init__(self, server: LocalDiscord, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.last: Any = None
        self.headers: Mapping[str, str] = {}
        self._session = session

    async def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, file: bytes | None = None
    ) -> Outcome:
        """Send a request and return its status and code."""
        headers = {"Authorization": f"Bot {token or self.server.token}"}
        data: Any = None
        if file is not None:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body or {}))
            data.add_field("files[0]", io.BytesIO(file), filename="a.txt")
        elif body is not None:
            headers["Content-Type"] = "application/json"
            data = body if isinstance(body, bytes) else json.dumps(body)
        address = self.server.base_url + path
        async with self._session.request(method, address, data=data, headers=headers) as response:
            self.last = await response.json() if response.content_type == "application/json" else None
        self.headers = response.headers
        code = self.last.get("code", 0) if isinstance(self.last, dict) else 0
        return response.status, code

    def fault_at(self, *path: str | int) -> str | None:
        """Return the code of the form error at a place of the newest answer, None if there is none."""
        place = self.last.get("errors", {})
        for step in path:
            place = place.get(str(step), {})
        return next((error["code"] for error in place.get("_errors", [])), None)

    async def post(self, body: Any = None, **more: Any) -> Outcome:
        """Post a message in the general channel."""
        return await self.call("POST", f"/channels/{self.server.general.id}/messages", body, **more)

    async def posted(self, body: Any = None) -> Message:
        """Return a message posted in the general channel."""
        assert await self.post(body or CARD) == (200, 0)
        return self.server.general.messages[-1]

    async def respond(self, interaction: Interaction, kind: int, data: Wire | None = None) -> Outcome:
        """Answer an interaction."""
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        return await self.call("POST", path, {"type": kind, **({} if data is None else {"data": data})})

    async def webhook(
        self, method: str, interaction: Interaction, path: str = "", body: Any = None
    ) -> Outcome:
        """Use the webhook that an interaction opened."""
        return await self.call(method, f"/webhooks/{self.server.bot.id}/{interaction.token}{path}", body)

    async def register(self, commands: list[Wire]) -> Outcome:
        """Register global commands."""
        return await self.call("PUT", f"/applications/{self.server.bot.id}/commands", commands)

    async def gateway_close(self, *payloads: Any) -> int | None:
        """Send payloads over a new websocket and return the code with which the server closes it."""
        async with asyncio.timeout(10), self._session.ws_connect(self.server.gateway_url) as socket:
            for payload in payloads:
                await socket.send_str(payload if isinstance(payload, str) else json.dumps(payload))
            while not socket.closed:
                await socket.receive()
            return socket.close_code

    async def hears(self, *payloads: Wire, until: int) -> list[Wire]:
        """Send payloads over a new websocket and return what comes, up to the first of an opcode."""
        heard: list[Wire] = []
        async with asyncio.timeout(10), self._session.ws_connect(self.server.gateway_url) as socket:
            for payload in payloads:
                await socket.send_json(payload)
            while not heard or heard[-1]["op"] != until:
                heard.append(await socket.receive_json())
        return heard


def identify(server: LocalDiscord, **changes: Any) -> Wire:
    """Return the payload that identifies a bot, with changes to it."""
    data: Wire = {"token": server.token, "intents": 1, "properties": {"os": "", "browser": "", "device": ""}}
    return {"op": 2, "d": data | changes}


@asynccontextmanager
async def raw_bot(server: LocalDiscord) -> AsyncIterator[RawBot]:
    """Connect a raw bot that has registered a command."""
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        await socket.send_json(identify(server))
        await server.ready()
        bot = RawBot(server, session)
        await bot.register(COMMANDS)
        yield bot
