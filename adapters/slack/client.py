"""Our own client of Slack's Web API, and what it does about rate limits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.faults import DEAD_TOKEN, code_of

Refused = Callable[[str, SlackApiError], Awaitable[None]]
"""Is told the method that was called, and the refusal."""
MOST_CHANNELS = 1_000
"""Channels whose next moment is kept before those are let go whose moment has passed."""
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


class Client(AsyncWebClient):
    """Calls Slack. `refused` is told of each call whose token Slack does not take, before whoever called is.

    Without `retries` a refusal comes back at once.
    """

    def __init__(self, token: str, api_base: str, refused: Refused, *, retries: bool = True) -> None:
        handlers: list[AsyncRetryHandler] = [ShortWaits()] if retries else []
        super().__init__(token=token or None, base_url=api_base, logger=sdk_log, retry_handlers=handlers)
        self._refused = refused

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """Call a method, as Slack's own client does."""
        try:
            return await super().api_call(api_method, **call)
        except SlackApiError as error:
            if code_of(error) in DEAD_TOKEN:
                await self._refused(api_method, error)
            raise


class Pace:
    """Keeps posts to one channel apart: Slack takes about one a second there."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._free: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait for the next moment at which this channel takes a post; whoever asks first goes first."""
        now = asyncio.get_running_loop().time()
        if len(self._free) > MOST_CHANNELS:
            self._free = {each: free for each, free in self._free.items() if free > now}
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
