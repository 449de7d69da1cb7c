"""Our own client of Slack's Web API, and what it does about rate limits."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.faults import DEAD_TOKEN, code_of

LONGEST_WAIT = 5
"""Seconds of Retry-After that are waited for on the spot; a longer one is the ledger's, which outlives the process."""

sdk_log = logging.getLogger("adapters.slack.sdk")
# Below this level Slack's libraries write whole payloads into the log, and with them what people typed.
sdk_log.setLevel(logging.ERROR)


class ShortWaits(AsyncRateLimitErrorRetryHandler):
    """Waits as Slack asks, once, when that is a matter of seconds."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        limited = await super()._can_retry_async(state=state, request=request, response=response, error=error)
        return limited and response is not None and _seconds(response.headers) <= LONGEST_WAIT


def web_client(token: str, api_base: str, *, retries: bool = True) -> AsyncWebClient:
    """Make a client; without `retries` a refusal comes back at once."""
    handlers = [ShortWaits()] if retries else []
    return AsyncWebClient(token=token, base_url=api_base, logger=sdk_log, retry_handlers=list(handlers))


class Door(AsyncWebClient):
    """Asks for the address of a new connection; `refused` is told when Slack no longer takes the token for it."""

    def __init__(self, api_base: str, refused: Callable[[SlackApiError], None]) -> None:
        super().__init__(base_url=api_base, logger=sdk_log, retry_handlers=[ShortWaits()])
        self._refused = refused

    async def apps_connections_open(self, *, app_token: str, **kwargs: Any) -> AsyncSlackResponse:
        """Ask Slack for an address, as its own client does."""
        try:
            return await super().apps_connections_open(app_token=app_token, **kwargs)
        except SlackApiError as error:
            if code_of(error) in DEAD_TOKEN:
                self._refused(error)
            raise


class Pace:
    """Keeps posts to one channel apart: Slack takes about one a second there."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._free: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait for the next moment at which this channel takes a post; whoever asks first goes first."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._free.get(channel, 0.0))
        self._free[channel] = turn + self._seconds
        if turn > now:
            await asyncio.sleep(turn - now)


def _seconds(headers: Any) -> int:
    for name, value in headers.items():
        stated = value[0] if isinstance(value, list) else value
        if name.lower() == "retry-after" and stated.isdigit():
            return int(stated)
    return 1
