"""The local Discord as tests hold it: one object that serves, remembers and can be told to misbehave."""

from collections.abc import Callable, Iterable
from typing import Self

from aiohttp import web

from tests.local_discord import (
    endpoints_application,
    endpoints_channels,
    endpoints_interactions,
    endpoints_threads,
)
from tests.local_discord.calls import Answer, Call, Route
from tests.local_discord.channels import Channel
from tests.local_discord.clock import Clock
from tests.local_discord.faults import Fault, Hold, When
from tests.local_discord.gateway import Gateway, Heartbeat
from tests.local_discord.model import Guild, Member, Role, User
from tests.local_discord.options import ClientRefusal
from tests.local_discord.people import Person
from tests.local_discord.permissions import Permission
from tests.local_discord.rest import PREFIX, Request, Rest, Violation
from tests.local_discord.specs import SpecChecks
from tests.local_discord.world import GUILDS, World

BOT_PERMISSIONS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.PIN_MESSAGES
)
"""What the bot is given on joining a guild, unless the guild is made with other permissions."""
TOKEN = "local.bot.token"
_LINES_OF_A_REPORT = 8


class LocalDiscord:
    """Discord on 127.0.0.1 for one bot, with a guild (`home`) and a channel in it (`general`) to begin with.

    Use it as an asynchronous context manager, or call `start` and `stop`. The bot may run in this event loop or
    in a process of its own; `environment` says where it finds the server. People are made with `person` and act
    through their own methods. The clock stands still unless told otherwise, so that no deadline depends on how
    fast the machine is.

    Args:
        clock: The server's time; `Clock.running()` for a bot in its own process and for benches.
        token: The bot's token.
        shards: How many shards GET /gateway/bot recommends.
        heartbeat_interval: Seconds between heartbeats.
        granted_intents: The privileged intents that the application was granted.
        check_specs: Check bodies against the OpenAPI document, if the environment names its folder.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        token: str = TOKEN,
        shards: int = 1,
        heartbeat_interval: float = 41.25,
        granted_intents: int = 0,
        check_specs: bool = True,
    ) -> None:
        self.clock = clock or Clock()
        self.world = World(clock=self.clock, token=token, report=self.report)
        self.shards = shards
        self._specs = SpecChecks(wanted=check_specs)
        self.gateway = Gateway(
            self.world, heartbeat_interval=heartbeat_interval, granted_intents=granted_intents
        )
        self.world.publish = self.gateway.publish
        own = [
            Route(method="GET", template="/gateway", endpoint=self._read_gateway, open=True),
            Route(method="GET", template="/gateway/bot", endpoint=self._read_bot_gateway),
        ]
        routes = [
            *own,
            *endpoints_application.ROUTES,
            *endpoints_channels.ROUTES,
            *endpoints_threads.ROUTES,
            *endpoints_interactions.ROUTES,
        ]
        self.rest = Rest(self.world, self._specs, routes)
        self._runner: web.AppRunner | None = None
        self.home = self.guild("The Reading Room")
        self.general = self.channel("general")

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application(client_max_size=26 * 1024 * 1024)
        app.router.add_get("/gateway", self.gateway.serve)
        self.rest.register(app)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.world.origin = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"

    async def stop(self) -> None:
        """Cut all connections and stop listening."""
        self.rest.release()
        await self.gateway.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def token(self) -> str:
        """Return the bot's token."""
        return self.world.token

    @property
    def bot(self) -> User:
        """Return the bot's user."""
        return self.world.bot

    @property
    def base_url(self) -> str:
        """Return what stands for https://discord.com/api/v10."""
        return self.world.origin + PREFIX

    @property
    def gateway_url(self) -> str:
        """Return what stands for wss://gateway.discord.gg."""
        return self.gateway.url

    @property
    def spec_checks(self) -> str:
        """Return whether bodies are checked against the OpenAPI document, and if not, why."""
        return self._specs.status

    def environment(self) -> dict[str, str]:
        """Return the environment variables that point a bot in its own process here."""
        return {"DISCORD_API": self.base_url, "DISCORD_TOKEN": self.token}

    @property
    def requests(self) -> list[Request]:
        """Return every request so far, with its time by the server's clock, its body and how it was answered."""
        return self.rest.requests

    @property
    def violations(self) -> list[Violation]:
        """Return what the bot should not have sent: every 400, unknown endpoints, faults against the document."""
        return self.rest.violations

    @property
    def heartbeats(self) -> list[Heartbeat]:
        """Return every heartbeat so far."""
        return self.gateway.heartbeats

    def report(self) -> str:
        """Return the last requests and the violations, for messages of failed waits."""
        lines = [f"clients connected: {len(self.gateway.live())}; the last requests:"]
        lines += [f"  {request}" for request in self.rest.requests[-_LINES_OF_A_REPORT:]]
        lines += [f"  violation: {violation}" for violation in self.rest.violations[-_LINES_OF_A_REPORT:]]
        return "\n".join([*lines, *(f"  gateway closed: {one}" for one in self.gateway.closings)])

    async def ready(self) -> None:
        """Wait until a client is connected with all its shards, having identified or resumed."""
        await self.gateway.bell.until(lambda: self.gateway.complete() or None, "a client on the gateway")

    async def gone(self) -> None:
        """Wait until no client is connected: after a process was killed, before the next one is started."""
        await self.gateway.bell.until(lambda: not self.gateway.live() or None, "the last client to go")

    async def request(self, method: str, pattern: str, *, after: int = 0) -> Request:
        """Return the first answered request with this method and path pattern, waiting for it.

        Args:
            method: For example "POST".
            pattern: Such as "/channels/*/messages".
            after: How many requests of the log to skip.
        """
        return await self.rest.request(method, pattern, after=after)

    def guild(self, name: str, bot_permissions: int = BOT_PERMISSIONS) -> Guild:
        """Create a guild that has installed the bot; a connected client hears of it."""
        guild = self.world.make_guild(name, bot_permissions)
        self.world.publish("GUILD_CREATE", guild.created(self.bot, joining=True), guild=guild, intent=GUILDS)
        return guild

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        guild.has_bot = False
        self.world.publish("GUILD_DELETE", {"id": guild.id}, guild=guild, intent=GUILDS)

    def add_bot(self, guild: Guild) -> None:
        """Bring the bot back into a guild."""
        guild.has_bot = True
        self.world.publish("GUILD_CREATE", guild.created(self.bot, joining=True), guild=guild, intent=GUILDS)

    def channel(self, name: str, guild: Guild | None = None) -> Channel:
        """Create a text channel, in `home` if no guild is named."""
        channel = self.world.make_channel(guild or self.home, name)
        self.world.publish("CHANNEL_CREATE", channel.wire(), guild=channel.guild, intent=GUILDS)
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel."""
        channel.deleted = True
        self.world.publish("CHANNEL_DELETE", channel.wire(), guild=channel.guild, intent=GUILDS)

    def role(self, name: str, permissions: int = 0, guild: Guild | None = None) -> Role:
        """Create a role, in `home` if no guild is named."""
        place = guild or self.home
        role = self.world.make_role(place, name, permissions)
        data = {"guild_id": place.id, "role": role.wire()}
        self.world.publish("GUILD_ROLE_CREATE", data, guild=place, intent=GUILDS)
        return role

    def permit(
        self, channel: Channel, target: Role | User | None = None, *, allow: int = 0, deny: int = 0
    ) -> None:
        """Allow or deny something in a channel, to the bot if no role or user is named."""
        self.world.overwrite(channel, target or self.bot, allow, deny)
        self.world.publish("CHANNEL_UPDATE", channel.wire(), guild=channel.guild, intent=GUILDS)

    def person(
        self, name: str, guild: Guild | None = None, permissions: int = 0, roles: Iterable[Role] = ()
    ) -> Person:
        """Create somebody in a guild, by default in `home`, standing in its first channel.

        Args:
            name: The name that people see.
            guild: Where they are a member.
            permissions: What they may do beyond @everyone; comes to them through a role of their own.
            roles: Further roles that they have.
        """
        place = guild or self.home
        held = list(roles)
        if permissions:
            held.append(self.role(f"of {name}", permissions, place))
        user = self.world.make_user(name)
        joined = self.clock.timestamp()
        place.members[user.id] = Member(user=user, guild=place, roles=held, joined_at=joined)
        first = next(iter(place.channels.values()), None) or self.channel("general", place)
        return Person(world=self.world, user=user, guild=place, channel=first, connected=self._require_client)

    def drop_connection(self, *, resumable: bool = True, shard: int | None = None) -> None:
        """Cut the clients off, or one of their shards; without `resumable`, Discord forgets their sessions too."""
        self.gateway.drop(resumable=resumable, shard=shard)

    def refuse_connections(self, times: int) -> None:
        """Refuse the next connections to the gateway, as in an outage."""
        self.gateway.refusing = times

    async def close_connection(self, code: int) -> None:
        """Close the clients' connections with one of Discord's codes, as 4004 for a token that was reset."""
        await self.gateway.close(code)

    def ask_to_reconnect(self) -> None:
        """Ask the clients to connect anew and resume (opcode 7)."""
        self.gateway.ask_to_reconnect()

    def invalidate_session(self, *, resumable: bool = False) -> None:
        """Tell the clients that their sessions are invalid (opcode 9)."""
        self.gateway.invalidate(resumable=resumable)

    def fail_next(
        self,
        method: str,
        pattern: str,
        *,
        status: int = 500,
        code: int = 0,
        message: str = "",
        times: int = 1,
        when: When = "before",
    ) -> None:
        """Let the next requests fail.

        Args:
            method: For example "POST".
            pattern: The path after /api/v10, with wildcards: "/channels/*/messages".
            status: The HTTP status; 0 breaks the connection without an answer.
            code: Discord's error code.
            message: Discord's sentence.
            times: How many requests fail.
            when: "before" they take effect, or "after", so that the client does not know that they did.
        """
        fault = Fault(
            method=method, pattern=pattern, times=times, when=when, status=status, code=code, message=message
        )
        self.rest.faults.add(fault)

    def limit_next(
        self, method: str, pattern: str, *, retry_after: float = 0.01, shared: bool = False, times: int = 1
    ) -> None:
        """Let the next requests hit a rate limit (429); with `shared`, the global one.

        Args:
            method: For example "POST".
            pattern: The path after /api/v10, with wildcards.
            retry_after: Seconds that the client is told to wait; it really waits them.
            shared: Whether it is the limit over all requests of the bot.
            times: How many requests are limited.
        """
        fault = Fault(
            method=method,
            pattern=pattern,
            times=times,
            when="before",
            status=429,
            retry_after=retry_after,
            shared=shared,
        )
        self.rest.faults.add(fault)

    def hold_next(self, method: str, pattern: str, *, when: When = "before") -> Hold:
        """Hold back the next request until `Hold.release`: before it takes effect, or its answer after."""
        hold = Hold(bell=self.world.bell())
        self.rest.faults.add(Fault(method=method, pattern=pattern, times=1, when=when, hold=hold))
        return hold

    def be_late(self, lateness: Callable[[], tuple[float, float]]) -> None:
        """Answer late from now on: `lateness` gives the seconds before a request takes effect, and after."""
        self.rest.lateness = lateness

    def _require_client(self, channel: Channel) -> None:
        if not self.gateway.covers(channel.guild):
            raise ClientRefusal("no client is connected that would hear of this: await ready() first")

    def _read_gateway(self, _: World, __: Call) -> Answer:
        return Answer(body={"url": self.gateway.url})

    def _read_bot_gateway(self, _: World, __: Call) -> Answer:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return Answer(body={"url": self.gateway.url, "shards": self.shards, "session_start_limit": limit})
