"""Delivery by signed HTTP requests to the app's own address; the answer is the acknowledgement."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.local_slack.acknowledgements import acknowledge
from tests.local_slack.interaction import NOT_DISPATCHED, Interaction

if TYPE_CHECKING:
    from tests.local_slack.records import Json
    from tests.local_slack.workspace import Workspace

FORM = "application/x-www-form-urlencoded"


class HttpDelivery:
    """Posts to `request_url`, signed with the secret and the real time, since the app compares it with its own."""

    def __init__(self, space: Workspace, request_url: str | None, signing_secret: str) -> None:
        self._space = space
        self.request_url = request_url
        self.signing_secret = signing_secret
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def sign(self, body: str, timestamp: str | None = None) -> dict[str, str]:
        """Return the headers that prove that Slack sent the body; a test may give the timestamp."""
        stamp = timestamp or str(int(time.time()))
        digest = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest.hexdigest()}"}

    async def post(self, body: str, headers: dict[str, str]) -> tuple[int, str]:
        """Post a body to the app as it is and return its status and answer."""
        if self.request_url is None:
            raise AssertionError("set request_url to where the app listens")
        if self._session is None:
            self._session = aiohttp.ClientSession()
        agent = {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "*/*"}
        async with self._session.post(
            self.request_url, data=body.encode(), headers=agent | headers
        ) as answer:
            return answer.status, await answer.text()

    async def carry(self, interaction: Interaction) -> None:
        """Post the interaction; the wait for the answer goes on beside the test."""
        task = asyncio.create_task(self._deliver(interaction))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, interaction: Interaction) -> None:
        body, kind = _encoded(interaction)
        headers = {"Content-Type": kind, **self.sign(body)}
        if interaction.attempt:
            headers["X-Slack-Retry-Num"] = str(interaction.attempt)
            headers["X-Slack-Retry-Reason"] = interaction.retry_reason
        try:
            status, answer = await self.post(body, headers)
        except aiohttp.ClientError:
            interaction.settle(NOT_DISPATCHED)
            return
        if status == HTTPStatus.OK:
            acknowledge(self._space, interaction, _decoded(answer))
        elif not interaction.settled.is_set():
            interaction.settle(NOT_DISPATCHED)

    async def verify_url(self) -> bool:
        """Send the challenge that Slack sends when the address is entered; say whether it came back."""
        challenge = "local-challenge"
        content = {
            "type": "url_verification",
            "token": self._space.verification_token,
            "challenge": challenge,
        }
        body = json.dumps(content)
        status, answer = await self.post(body, {"Content-Type": "application/json", **self.sign(body)})
        return status == HTTPStatus.OK and challenge in answer

    async def stop(self) -> None:
        """End what is under way."""
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


def _encoded(interaction: Interaction) -> tuple[str, str]:
    payload: Json = interaction.payload
    if interaction.envelope_type == "events_api":
        return json.dumps(payload), "application/json"
    if interaction.envelope_type == "slash_commands":
        return urlencode(payload), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


def _decoded(answer: str) -> Any:
    """Return what an answer acknowledges with: nothing, an object, or else a text."""
    if not answer:
        return None
    try:
        body = json.loads(answer)
    except json.JSONDecodeError:
        return {"text": answer}
    return body if isinstance(body, dict) else {"text": answer}
