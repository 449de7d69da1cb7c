"""Socket Mode: websockets that the app opens, envelopes to it, acknowledgements from it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.local_slack.acknowledgements import acknowledge
from tests.local_slack.interaction import NOT_DISPATCHED, Interaction

if TYPE_CHECKING:
    from tests.local_slack.records import Json
    from tests.local_slack.workspace import Workspace

MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 18_060


@dataclass(eq=False, kw_only=True)
class Connection:
    """One websocket of the app's; once told to go it gets no more envelopes."""

    socket: web.WebSocketResponse
    going: bool = False
    pings: int = 0
    pongs: int = 0


class SocketMode:
    """Takes interactions to the app through the websockets that it has opened."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        self._tickets: set[str] = set()
        self._turn = 0
        self.connections: list[Connection] = []
        self.opened = 0
        self.envelopes: dict[str, Interaction] = {}

    @property
    def live(self) -> list[Connection]:
        """Return the connections that take envelopes."""
        return [each for each in self.connections if not each.going and not each.socket.closed]

    def new_address(self) -> str:
        """Return the address of one new connection, with a ticket that works once."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        base = self._space.base_url.replace("http://", "ws://")
        return f"{base}/link/?ticket={ticket}&app_id={self._space.app_id}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if len(self.live) >= MOST_CONNECTIONS:
            await socket.send_json(self._disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(socket=socket)
        self.connections.append(connection)
        await socket.send_json(self._hello())
        self.opened += 1
        self._space.bell.ring()
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
            self._space.bell.ring()
        return socket

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(message.data)
            elif message.type is WSMsgType.PING:
                connection.pings += 1
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.PONG:
                connection.pongs += 1
            self._space.bell.ring()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.live),
            "debug_info": {
                "host": "applink-local-1",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
            "connection_info": {"app_id": self._space.app_id},
        }

    def _disconnect(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local-1"}}

    def _acknowledged(self, data: str) -> None:
        try:
            body: Any = json.loads(data)
        except json.JSONDecodeError:
            body = None
        envelope_id = body.get("envelope_id") if isinstance(body, dict) else None
        interaction = self.envelopes.get(envelope_id or "")
        if interaction is None:
            self._space.violations.append(f"a message that acknowledges nothing: {data[:200]}")
        else:
            acknowledge(self._space, interaction, body.get("payload"))

    async def carry(self, interaction: Interaction) -> None:
        """Send an envelope to one of the connections, in turn; without any the person is told at once."""
        self._turn += 1
        interaction.envelope_id = str(uuid.uuid4())
        self.envelopes[interaction.envelope_id] = interaction
        live = self.live
        for place in range(len(live)):
            try:
                await live[(self._turn + place) % len(live)].socket.send_json(self._envelope(interaction))
            except ConnectionError:
                continue  # the app died a moment ago; the next connection may live
            return
        interaction.settle(NOT_DISPATCHED)

    def _envelope(self, interaction: Interaction) -> Json:
        envelope: Json = {
            "envelope_id": interaction.envelope_id,
            "payload": interaction.payload,
            "type": interaction.envelope_type,
            "accepts_response_payload": interaction.takes_payload,
        }
        if interaction.envelope_type == "events_api":
            envelope |= {"retry_attempt": interaction.attempt, "retry_reason": interaction.retry_reason}
        return envelope

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go: at once ("refresh_requested"), or soon ("warning")."""
        for connection in self.live:
            connection.going = reason != "warning"
            await connection.socket.send_json(self._disconnect(reason))
        self._space.bell.ring()

    async def ping(self) -> None:
        """Ping every connection and wait for the pongs."""
        for connection in self.live:
            wanted = connection.pongs + 1
            await connection.socket.ping(b"local")
            await self._space.bell.until(partial(_ponged, connection, wanted), "a pong")

    async def stop(self) -> None:
        """Close every websocket."""
        for connection in list(self.connections):
            await connection.socket.close()


def _ponged(connection: Connection, wanted: int) -> bool | None:
    return connection.pongs >= wanted or None
