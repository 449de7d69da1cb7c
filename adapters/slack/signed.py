"""Slack over HTTP: one route for everything Slack sends, behind the check that it was Slack who sent it."""

from collections.abc import Callable, Mapping

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from adapters.slack.manifest import REQUEST_PATH

LARGEST = 1_000_000
"""Bytes of a request's body; the largest that Slack sends, a form with its view, has 250,000."""


def routes(secret: str, app: Callable[[], AsyncApp | None]) -> list[web.RouteDef]:
    """Give the route; `app` is asked for at each request, since it is there only between start and stop."""
    verifier = SignatureVerifier(secret)

    async def handle(request: web.Request) -> web.Response:
        body = await _read(request)
        if body is None:
            return web.Response(status=413, text="The request is too large.")
        text = _signed_text(verifier, body, request.headers)
        if text is None:
            return web.Response(status=401, text="The signature is not Slack’s.")
        listening = app()
        if listening is None:
            return web.Response(status=503, text="The bot is not connected.")
        # Headers are not signed, so bolt gets none but the one by which it reads the body.
        asked = AsyncBoltRequest(body=text, headers={"content-type": request.headers.get("Content-Type", "")})
        return await to_aiohttp_response(await listening.async_dispatch(asked))

    return [web.post(REQUEST_PATH, handle)]


async def _read(request: web.Request) -> bytes | None:
    """Read a body, as far as it may go; None when there is more."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _signed_text(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> str | None:
    """Give the body as text when Slack signed it within the last five minutes, else None.

    A timestamp that is no number, and a signature or a body that is no text, make the library raise: they are refused
    before it sees them.
    """
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and signature.isascii()):  # noqa: PLR2004 - seconds
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return text if verifier.is_valid(text, stamp, signature) else None
