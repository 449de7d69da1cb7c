"""A server with a clock that stands still, and the kinds of app that the server's own tests need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.local_slack import Clock, LocalSlack
from tests.local_slack.raw_app import RawApp
from tests.local_slack.sample_app import SampleApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.local_slack import Person

NOON = 1_800_000_000.0


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """Start a server."""
    async with LocalSlack(clock=Clock(start=NOON)) as server:
        yield server


@pytest.fixture
async def app(slack: LocalSlack) -> AsyncIterator[SampleApp]:
    """Connect the sample app over Socket Mode."""
    sample = SampleApp.of(slack)
    await sample.connect()
    await slack.connected()
    yield sample
    await sample.close()


@pytest.fixture
async def over_http() -> AsyncIterator[tuple[LocalSlack, SampleApp]]:
    """Start a server that delivers by signed HTTP to the sample app's own web server."""
    async with LocalSlack(delivery="http", clock=Clock(start=NOON)) as slack:
        app = SampleApp.of(slack)
        runner = web.AppRunner(app.app.web_app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.http.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield slack, app
        await runner.cleanup()


@pytest.fixture
async def raw(slack: LocalSlack) -> AsyncIterator[RawApp]:
    """Connect an app without a library."""
    async with aiohttp.ClientSession() as session, session.ws_connect(slack.sockets.new_address()) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        yield RawApp(socket)


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    """Return the real client with the bot's token."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_base)


@pytest.fixture
def ana(slack: LocalSlack) -> Person:
    """Return a member."""
    return slack.person("Ana")
