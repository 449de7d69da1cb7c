"""Slack as a platform: the connection, one listener for each kind of payload, and our own table behind them."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.base import Desk, Loss, StartFault, Undelivered
from adapters.fetching import download, origin_of
from adapters.slack import faults, signed
from adapters.slack.barriers import Barriers
from adapters.slack.client import Client, Pace, sdk_log
from adapters.slack.deliveries import Deliveries
from adapters.slack.faults import TROUBLE
from adapters.slack.hands import Hands
from adapters.slack.interactions import Interactions
from adapters.slack.pages import Pages
from adapters.slack.payloads import Acknowledgement, Body
from adapters.slack.people import People
from adapters.slack.replies import Replies
from adapters.slack.sender import Installed, Sender
from adapters.slack.standing import Standing
from adapters.timing import PATIENCE
from bot.core.effects import Deliver
from bot.core.events import Attachment, FailureKind, MessageRef

API = "https://slack.com/api/"
FILES = "https://files.slack.com"
"""Where Slack keeps the files of a workspace; the bot's token goes nowhere else."""
FORM_PATIENCE = 2.3
"""Seconds to wait for the core where a form is opened or was sent: longer, and still within Slack's three seconds."""
HELLO = 30.0
"""Seconds within which Socket Mode must have said hello."""
LAST_WORDS = 3.0
"""Seconds that what is in hand gets to finish at a stop."""
EVERY = re.compile("")
log = logging.getLogger(__name__)


class SlackPlatform:
    """One workspace: over Socket Mode with an app token, else over signed HTTP requests to `routes`.

    `patience` and `pace` are seconds: until an interaction is acknowledged without its answer, and between two posts to
    one channel. `lost` is called when the app is removed from its workspace, or Slack takes one of its tokens no longer.
    """

    name = "slack"

    def __init__(
        self,
        desk: Desk,
        bot_token: str,
        app_token: str = "",
        api_base: str = API,
        prefix: str = "hr-",
        *,
        signing_secret: str = "",
        lost: Callable[[Loss], None] | None = None,
        patience: float = PATIENCE,
        form_patience: float = FORM_PATIENCE,
        pace: float = 1.0,
    ) -> None:
        self._desk = desk
        self._tokens = (bot_token, app_token)
        self._api_base = api_base
        self._prefix = prefix
        self._signing_secret = signing_secret
        self._patience = (patience, form_patience)
        self._pace = Pace(pace)
        self._hands = Hands()
        self._hello = asyncio.Event()
        self._standing = Standing(desk, lost)
        self._session: aiohttp.ClientSession | None = None
        self._handler: AsyncSocketModeHandler | None = None
        self._app: AsyncApp | None = None
        self._deliveries: Deliveries | None = None

    async def start(self) -> None:
        """Connect, and return when events come in. Raises StartFault with a sentence for the host."""
        timeout = aiohttp.ClientTimeout(total=30)
        self._session = aiohttp.ClientSession(timeout=timeout)
        try:
            await self._start(self._session)
        except BaseException:
            await self._close()
            raise

    async def deliver(self, delivery: Deliver) -> MessageRef | None:
        """Carry out one delivery; gives where the message stands. Raises Undelivered."""
        if self._deliveries is None:
            raise Undelivered(FailureKind.PASSING, "Slack is not connected")
        with self._hands.holding():
            return await self._deliveries.carry_out(delivery)

    async def fetch(self, file: Attachment, most: int) -> bytes:
        """Fetch a file that was attached here, from Slack's own address, which asks for the bot's token. Raises Unfetched."""
        own = (FILES,) if self._api_base == API else (origin_of(self._api_base),)
        return await download(file, most, own, {"Authorization": f"Bearer {self._tokens[0]}"})

    def trouble(self) -> str:
        """Say that Slack cannot be reached; nothing when it can."""
        if self._standing.over:
            return self._standing.over
        if self._deliveries is None:
            return "not connected"
        client = self._handler.client if self._handler is not None else None
        session = client.current_session if client is not None else None
        return (
            ""
            if client is None or (session is not None and not session.closed)
            else "Socket Mode is not connected"
        )

    async def stop(self) -> None:
        """Take nothing new, finish what is in hand, and disconnect."""
        self._hands.full = True
        await self._hands.empty(LAST_WORDS)
        self._deliveries = None
        await self._close()

    def routes(self) -> list[web.RouteDef]:
        """Give the web routes by which Slack reaches the bot without Socket Mode."""
        return signed.routes(self._signing_secret, lambda: self._app)

    async def _start(self, session: aiohttp.ClientSession) -> None:
        client = self._client(session)
        installed = await self._installed(client)
        quick = self._client(session, retries=False)
        people, barriers = People(client, quick), Barriers(quick, installed.name)
        sender = Sender(client, self._pace)
        self._deliveries = Deliveries(sender, people, installed, self._prefix)
        pages = Pages(sender, self._prefix)
        replies = Replies(self._desk, sender, pages, people, installed, self._prefix)
        interactions = Interactions(
            self._desk,
            people,
            barriers,
            replies,
            pages,
            self._standing,
            installed,
            self._prefix,
            *self._patience,
        )
        self._app = self._listening(self._client(session), interactions, installed)
        if self._tokens[1] or not self._signing_secret:
            await self._connect(self._app, client)
        await self._standing.arrived(installed.community)
        log.info("connected to Slack", extra={"team": installed.team})

    def _client(self, session: aiohttp.ClientSession, *, retries: bool = True) -> AsyncWebClient:
        client = Client(self._tokens[0], self._api_base, self._standing.refused, retries=retries)
        client.session = session
        return client

    async def _installed(self, client: AsyncWebClient) -> Installed:
        try:
            found = await client.auth_test()
        except TROUBLE as error:
            raise faults.of_bot_token(error) from error
        if not found.get("bot_id"):
            raise StartFault(faults.NO_BOT)
        return Installed(
            team=found["team_id"], bot_user=found["user_id"], bot=found["bot_id"], name=found["user"]
        )

    async def _connect(self, app: AsyncApp, client: AsyncWebClient) -> None:
        # Bolt tries a wrong token again and again, so it is tried here first.
        try:
            opened = await client.apps_connections_open(app_token=self._tokens[1])
        except TROUBLE as error:
            raise faults.of_app_token(error) from error
        # With a client of our own, since Bolt’s tries a token that is no longer taken for ever, and tells nobody.
        self._handler = AsyncSocketModeHandler(app, self._tokens[1], logger=sdk_log, web_client=client)
        self._handler.client.wss_uri = opened["url"]
        self._handler.client.message_listeners.append(self._on_message)
        try:
            async with asyncio.timeout(HELLO):
                await self._handler.connect_async()  # type: ignore[no-untyped-call]  # bolt leaves it unannotated
                await self._hello.wait()
        except TimeoutError:
            raise StartFault("Slack’s Socket Mode did not answer. Is the network open for wss://?") from None

    async def _on_message(self, _client: Any, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            self._hello.set()

    def _listening(
        self, client: AsyncWebClient, interactions: Interactions, installed: Installed
    ) -> AsyncApp:
        """Make the bolt app: one listener for each kind, since bolt tries listeners one after the other.

        `authorize` saves bolt from asking Slack who we are with a client of its own; the signature of HTTP requests is
        checked in `signed`, where a malformed header is not a fault of the bot's.
        """
        client.token = None
        token = self._tokens[0]

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None,
                team_id=installed.team,
                bot_id=installed.bot,
                bot_user_id=installed.bot_user,
                bot_token=token,
            )

        app = AsyncApp(
            name="hundred-regiments",
            logger=sdk_log,
            client=client,
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
        )
        app.command(EVERY)(self._listener(interactions.command))
        app.action(EVERY)(self._listener(interactions.press))
        app.shortcut(EVERY)(self._listener(interactions.shortcut))
        app.view(EVERY)(self._listener(interactions.submission))
        app.event(EVERY)(self._listener(interactions.event))
        return app

    def _listener(self, heard: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., Awaitable[Any]]:
        """Make a listener that returns with the acknowledgement, while the rest goes on in our own hands."""

        async def listen(ack: Any, body: Body) -> Any:
            if self._hands.full:
                # Left unacknowledged, so that Slack brings it to the process that takes over.
                return None
            acknowledgement = Acknowledgement()
            task = self._hands.take(heard(body, acknowledgement))
            task.add_done_callback(lambda _: acknowledgement.give({}))
            carried = await acknowledgement.body()
            return await (ack(carried) if carried else ack())

        return listen

    async def _close(self) -> None:
        self._app = None
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]  # bolt leaves it unannotated
            self._handler = None
        if self._session is not None:
            await self._session.close()
            self._session = None
