"""The sessions of the gateway, which outlive their connections so that a client can resume."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.local_discord.compression import Encoder
from tests.local_discord.model import Guild, Wire

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE = 0, 1, 2, 3, 4
RESUME, RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 6, 7, 8, 9, 10, 11


class Connection:
    """One websocket: payloads are queued and leave in order, compressed as the client asked."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, encoder: Encoder | None) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.sent_at: list[float] = []
        self._request = request
        self._encoder = encoder
        self._queue: asyncio.Queue[Wire] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, payload: Wire) -> None:
        """Queue a payload."""
        self._queue.put_nowait(payload)

    def abort(self) -> None:
        """Cut the connection without a word, as when a network fails."""
        self._writer.cancel()
        if self._request.transport is not None:
            self._request.transport.abort()

    async def close(self, code: int, message: str) -> None:
        """Close the websocket with one of Discord's codes, after what is queued."""
        await self._queue.join()
        await self.socket.close(code=code, message=message.encode())

    def end(self) -> None:
        """Stop writing."""
        self._writer.cancel()

    async def _write(self) -> None:
        gone = False
        while True:
            payload = await self._queue.get()
            try:
                if not gone:
                    await self._send(payload)
            except ConnectionError:
                # The client has gone; what it missed waits in its session.
                gone = True
            finally:
                self._queue.task_done()

    async def _send(self, payload: Wire) -> None:
        text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
        if self._encoder is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(self._encoder.encode(text.encode()))


@dataclass(kw_only=True, eq=False)
class Session:
    """What a client identified for: a shard, its intents, and all it was sent, for a resume."""

    id: str
    shard: int
    shards: int
    intents: int
    connection: Connection | None
    sent: list[Wire] = field(default_factory=list)
    resumes: int = 0

    @property
    def seq(self) -> int:
        """Return the number of the last dispatch."""
        return len(self.sent)

    def hears(self, guild: Guild | None, intent: int) -> bool:
        """Tell whether an event of the guild, or of direct messages, is for this session."""
        own = shard_of(guild, self.shards) == self.shard
        return own and (not intent or bool(self.intents & intent))

    def dispatch(self, event: str, data: Any) -> None:
        """Send an event, or keep it for the resume while no client is connected."""
        payload = {"op": DISPATCH, "t": event, "s": self.seq + 1, "d": data}
        self.sent.append(payload)
        if self.connection is not None:
            self.connection.send(payload)

    def replay(self, after: int) -> None:
        """Send again what came after a sequence number."""
        if self.connection is not None:
            for payload in self.sent[after:]:
                self.connection.send(payload)


def shard_of(guild: Guild | None, shards: int) -> int:
    """Return the shard that hears of a guild; direct messages come to the first."""
    return 0 if guild is None else (int(guild.id) >> 22) % shards
