"""The local Slack server: a workspace behind real sockets on this machine, with a scripted side for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from aiohttp import web

from tests.local_slack import api_files, payloads, response_urls
from tests.local_slack.clock import Clock
from tests.local_slack.http_delivery import HttpDelivery
from tests.local_slack.refusal import RefusalError
from tests.local_slack.socket_mode import SocketMode
from tests.local_slack.web_api import Failure, Hold, WebApi
from tests.local_slack.workspace import SCOPES, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.local_slack.interaction import Interaction
    from tests.local_slack.records import Json

TOO_MANY = 429
UPLOAD_BYTES = 20_000_000


class LocalSlack(Workspace):
    """A Slack of one workspace and one app, on 127.0.0.1; use it as an asynchronous context manager.

    The app gets `api_base` as the base address of the Web API, and the tokens. With delivery "socket" it opens
    Socket Mode connections; with "http" interactions are posted, signed, to `http.request_url`.
    """

    def __init__(
        self,
        *,
        delivery: Literal["socket", "http"] = "socket",
        request_url: str | None = None,
        signing_secret: str = "local-signing-secret",  # noqa: S107 - opens nothing but this server
        bot_token: str = "xoxb-local-bot",  # noqa: S107 - the same
        app_token: str = "xapp-1-local-app",  # noqa: S107 - the same
        scopes: Iterable[str] = SCOPES,
        clock: Clock | None = None,
        check_specs: bool = True,
        team_name: str = "Local Readers",
    ) -> None:
        super().__init__(
            clock=clock or Clock(),
            scopes=frozenset(scopes),
            bot_token=bot_token,
            app_token=app_token,
            check_specs=check_specs,
            team_name=team_name,
        )
        self.sockets = SocketMode(self)
        self.http = HttpDelivery(self, request_url, signing_secret)
        self.carrier = self.http if delivery == "http" else self.sockets
        self._api = WebApi(self, self.sockets.new_address)
        self._runner: web.AppRunner | None = None
        self._opened_before = 0

    @property
    def spec_checks(self) -> str:
        """Return "on", or why the check against Slack's published data is off."""
        return self.specs.state

    @property
    def api_base(self) -> str:
        """Return the base address of the Web API, for the client's `base_url`."""
        return f"{self.base_url}/api/"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on a free port."""
        application = web.Application(client_max_size=UPLOAD_BYTES)
        application.add_routes(
            [
                web.route("*", "/api/{method}", self._api.handle),
                web.get("/link/", self.sockets.handle),
                web.post("/commands/{rest:.*}", self._respond),
                web.post("/actions/{rest:.*}", self._respond),
                web.post("/upload/v1/{file}", self._upload),
                web.get("/files-pri/{file}", self._download),
                web.get("/files-pri/{file}/download", self._download),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close everything; held answers go out first."""
        self._api.release_all()
        await self.sockets.stop()
        await self.http.stop()
        for alarm in list(self.clock.alarms):
            alarm.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _respond(self, request: web.Request) -> web.Response:
        return await response_urls.handle(self, request)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        try:
            api_files.upload(self, request.match_info["file"], content)
        except RefusalError as refusal:
            return web.Response(text=refusal.error, status=refusal.status)
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.Response:
        file = self.files.get(request.match_info["file"])
        allowed = request.headers.get("Authorization") == f"Bearer {self.bot_token}"
        if not allowed or "files:read" not in self.scopes:
            return web.Response(status=403)
        if file is None or file.content is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")

    # The connection to the app ---------------------------------------------------------------------------

    async def connected(self, count: int = 1) -> None:
        """Wait until the app has that many live Socket Mode connections."""
        await self.bell.until(lambda: len(self.sockets.live) >= count or None, f"{count} connections")

    async def disconnected(self) -> None:
        """Wait until the app has no Socket Mode connection left."""
        await self.bell.until(lambda: not self.sockets.connections or None, "the last connection to close")

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the app to reconnect, at once or soon ("warning"); `reconnected` waits until it has."""
        self._opened_before = self.sockets.opened
        await self.sockets.disconnect(reason)

    async def reconnected(self) -> None:
        """Wait until a connection was opened since the last `disconnect`."""
        await self.bell.until(lambda: self.sockets.opened > self._opened_before or None, "a new connection")

    async def redeliver(self, interaction: Interaction, reason: str = "timeout") -> Interaction:
        """Deliver the same payload once more, as Slack does when it believes the first lost."""
        again = self.interaction(
            interaction.envelope_type,
            interaction.payload,
            person=interaction.person,
            channel=interaction.channel,
            source=interaction.source,
        )
        again.attempt = interaction.attempt + 1
        again.retry_reason = reason
        return await self.send(again)

    async def event(self, inner: Json) -> Interaction:
        """Send an event of the Events API and wait for the acknowledgement."""
        stamped = {"event_ts": self.next_ts(), **inner}
        return await self.send(self.interaction("events_api", payloads.event(self, stamped)))

    async def revoke_token(self) -> Interaction:
        """Revoke the bot token: every later call is refused, and the app is told by an event."""
        self.refused_tokens[self.bot_token] = "token_revoked"
        return await self.event(
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_user_id]}}
        )

    async def uninstall(self) -> Interaction:
        """Remove the app from the workspace: its token is dead, and it is told by an event."""
        self.refused_tokens[self.bot_token] = "account_inactive"
        return await self.event({"type": "app_uninstalled"})

    # What a test makes go wrong --------------------------------------------------------------------------

    def fail_next(
        self,
        method: str,
        error: str = "internal_error",
        times: int = 1,
        http_status: int | None = None,
        retry_after: int | None = None,
        *,
        after_effect: bool = False,
    ) -> None:
        """Refuse the next calls of a method; "ratelimited" has status 429 and Retry-After (1 s by default).

        With `after_effect` the call does its work and only the answer is lost.
        """
        limited = error == "ratelimited"
        refusal = RefusalError(
            error,
            status=http_status or (TOO_MANY if limited else 200),
            retry_after=1 if limited and retry_after is None else retry_after,
        )
        self._api.fail_next(method, Failure(refusal=refusal, after_effect=after_effect), times)

    def hold_next(self, method: str, *, after_effect: bool = True) -> Hold:
        """Answer the next call of a method only when the test says so; the effect comes first unless told."""
        return self._api.hold_next(method, after_effect=after_effect)

    def be_late(self, lateness: Callable[[], tuple[float, float]]) -> None:
        """Answer late from now on: `lateness` gives the seconds before a call takes effect, and after."""
        self._api.lateness = lateness
