"""The gateway: websockets on which clients identify, resume, beat and hear what happens."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tests.local_discord.compression import encoder_for
from tests.local_discord.model import Guild, Wire
from tests.local_discord.sessions import (
    HEARTBEAT,
    HEARTBEAT_ACK,
    HELLO,
    IDENTIFY,
    INVALID_SESSION,
    PRESENCE,
    RECONNECT,
    REQUEST_MEMBERS,
    RESUME,
    VOICE_STATE,
    Connection,
    Session,
    shard_of,
)
from tests.local_discord.waiting import Bell
from tests.local_discord.world import GUILDS, MESSAGE_CONTENT, World

PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
"""Members, presences and message content: not granted unless the application asked for them."""
_ALL_INTENTS = (1 << 26) - 1
_SENDS, _SENDS_PER = 120, 60.0
_KEPT_SECRET: Wire = {"content": "", "embeds": [], "attachments": [], "components": []}


class CloseSocket(Exception):  # noqa: N818 -- the end of a connection with one of Discord's codes, not an error here
    """Discord closes the connection."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """A heartbeat: when it came by the server's clock, from which session, at which sequence number."""

    at: float
    session_id: str | None
    seq: int | None


class Gateway:
    """Serves /gateway and hands out events.

    Args:
        world: The state to tell of.
        heartbeat_interval: Seconds between heartbeats that clients are asked for.
        granted_intents: The privileged intents that the application was granted.
    """

    def __init__(self, world: World, *, heartbeat_interval: float, granted_intents: int) -> None:
        self.world = world
        self.heartbeat_interval = heartbeat_interval
        self.granted_intents = granted_intents
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Wire] = []
        self.resumes: list[Wire] = []
        self.heartbeats: list[Heartbeat] = []
        self.closings: list[CloseSocket] = []
        self.bell = Bell(world.report)
        self.url = ""
        self.refusing = 0
        """How many connections are still to be refused, as in an outage."""
        self._connections: set[Connection] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        if self.refusing:
            self.refusing -= 1
            return web.Response(status=503)
        try:
            encoder = encoder_for(request.query.get("compress"))
        except ValueError:
            return web.Response(status=400)
        socket = web.WebSocketResponse(compress=False, max_msg_size=4096, decode_text=True)
        await socket.prepare(request)
        connection = Connection(socket, request, encoder)
        self._connections.add(connection)
        connection.send({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat_interval * 1000)}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        except CloseSocket as closing:
            self.closings.append(closing)
            await connection.close(closing.code, closing.message)
        finally:
            self._forget(connection)
        return socket

    def publish(self, event: str, data: Wire, *, guild: Guild | None, intent: int) -> None:
        """Send an event to every session that is to hear it, without the texts of others where those are privileged."""
        for session in self.sessions.values():
            if session.hears(guild, intent):
                session.dispatch(event, self._readable(session, event, data))

    def live(self) -> list[Session]:
        """Return the sessions whose clients are connected."""
        return [session for session in self.sessions.values() if session.connection is not None]

    def covers(self, guild: Guild | None) -> bool:
        """Tell whether a session, connected or to be resumed, hears of the guild."""
        return any(session.hears(guild, 0) for session in self.sessions.values())

    def complete(self) -> bool:
        """Tell whether all shards of the newest client are connected."""
        live = self.live()
        return bool(live) and len({session.shard for session in live}) == live[-1].shards

    def drop(self, *, resumable: bool, shard: int | None = None) -> None:
        """Cut every connection, or a shard's; without `resumable`, forget the sessions too."""
        for connection in list(self._connections):
            session = connection.session
            if shard is None or (session is not None and session.shard == shard):
                self._forget(connection)
                connection.abort()
        if not resumable:
            self.sessions = {
                key: each for key, each in self.sessions.items() if shard not in {None, each.shard}
            }

    async def close(self, code: int) -> None:
        """Close every connection with one of Discord's codes."""
        for connection in list(self._connections):
            await connection.close(code, "closed on purpose")

    def ask_to_reconnect(self) -> None:
        """Tell every client to connect anew and resume (opcode 7)."""
        for session in self.live():
            self._tell(session, {"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Tell every client that its session is invalid (opcode 9)."""
        for session in self.live():
            self._tell(session, {"op": INVALID_SESSION, "d": resumable})
            if not resumable:
                del self.sessions[session.id]

    async def stop(self) -> None:
        """Close everything."""
        self.drop(resumable=False)

    def _tell(self, session: Session, payload: Wire) -> None:
        if session.connection is not None:
            session.connection.send(payload)
            session.connection = None

    def _forget(self, connection: Connection) -> None:
        self._connections.discard(connection)
        connection.end()
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
        self.bell.ring()

    def _readable(self, session: Session, event: str, data: Wire) -> Wire:
        if event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} or session.intents & MESSAGE_CONTENT:
            return data
        bot_id = self.world.bot.id
        own = data["author"]["id"] == bot_id or "guild_id" not in data
        mentioned = any(user["id"] == bot_id for user in data["mentions"])
        return data if own or mentioned else data | _KEPT_SECRET

    def _receive(self, connection: Connection, text: str) -> None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            raise CloseSocket(4002, "Decode error") from None
        if op == HEARTBEAT:
            session_id = None if connection.session is None else connection.session.id
            self.heartbeats.append(Heartbeat(at=self.world.clock.now(), session_id=session_id, seq=data))
            connection.send({"op": HEARTBEAT_ACK, "d": None})
            self.bell.ring()
            return
        self._count(connection)
        if op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            raise CloseSocket(4003, "Not authenticated")
        elif op == REQUEST_MEMBERS:
            self._send_members(connection.session, data)
        elif op not in {PRESENCE, VOICE_STATE}:
            raise CloseSocket(4001, "Unknown opcode")

    def _count(self, connection: Connection) -> None:
        now = self.world.clock.now()
        connection.sent_at = [at for at in connection.sent_at if now - at < _SENDS_PER] + [now]
        if len(connection.sent_at) > _SENDS:
            raise CloseSocket(4008, "Rate limited")

    def _identify(self, connection: Connection, data: Wire) -> None:
        if connection.session is not None:
            raise CloseSocket(4005, "Already authenticated")
        self._authenticate(data)
        intents, (shard, shards) = data.get("intents"), data.get("shard", (0, 1))
        if not isinstance(intents, int) or not 0 <= intents <= _ALL_INTENTS:
            raise CloseSocket(4013, "Invalid intent(s)")
        if intents & PRIVILEGED & ~self.granted_intents:
            raise CloseSocket(4014, "Disallowed intent(s)")
        if not 0 <= shard < shards:
            raise CloseSocket(4010, "Invalid shard")
        # A client that starts anew will not come back for the sessions that it left.
        left = [one for one in self.sessions.values() if one.connection is None and one.shard == shard]
        for old in left:
            del self.sessions[old.id]
        session = Session(
            id=secrets.token_hex(16), shard=shard, shards=shards, intents=intents, connection=connection
        )
        self.sessions[session.id] = connection.session = session
        self.identifies.append(data)
        self._welcome(session)
        self.bell.ring()

    def _welcome(self, session: Session) -> None:
        world = self.world
        guilds = [
            guild
            for guild in world.guilds.values()
            if guild.has_bot and shard_of(guild, session.shards) == session.shard
        ]
        ready: Wire = {
            "v": 10,
            "user": world.bot.wire() | {"mfa_enabled": True, "verified": True, "email": None},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [session.shard, session.shards],
            "application": {"id": world.application_id, "flags": 0},
        }
        session.dispatch("READY", ready)
        if session.intents & GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild.created(world.bot))

    def _resume(self, connection: Connection, data: Wire) -> None:
        self._authenticate(data)
        self.resumes.append(data)
        session, seq = self.sessions.get(data.get("session_id", "")), data.get("seq")
        if session is None:
            connection.send({"op": INVALID_SESSION, "d": False})
            return
        if not isinstance(seq, int) or not 0 <= seq <= session.seq:
            raise CloseSocket(4007, "Invalid seq")
        session.connection, connection.session = connection, session
        session.replay(seq)
        session.resumes += 1
        session.dispatch("RESUMED", {})
        self.bell.ring()

    def _authenticate(self, data: Any) -> None:
        if not isinstance(data, dict) or data.get("token") != self.world.token:
            raise CloseSocket(4004, "Authentication failed.")

    def _send_members(self, session: Session, data: Wire) -> None:
        guild = self.world.guilds[str(data["guild_id"])]
        wanted, query = data.get("user_ids") or [], data.get("query")
        asked = {str(user_id) for user_id in (wanted if isinstance(wanted, list) else [wanted])}
        found = [
            member.wire()
            for member in guild.members.values()
            if member.user.id in asked or (query and member.user.name.lower().startswith(query.lower()))
        ]
        unknown = sorted(asked - {member["user"]["id"] for member in found})
        chunk = {
            "guild_id": guild.id,
            "members": found,
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": unknown,
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | ({"nonce": data["nonce"]} if "nonce" in data else {}))
