"""The REST side: reads requests, checks them, lets the endpoints answer, and keeps the log."""

import asyncio
import functools
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from aiohttp import BodyPartReader, web

from tests.local_discord.calls import Answer, Call, Route
from tests.local_discord.faults import Fault, Faults, Hold, When
from tests.local_discord.model import Wire
from tests.local_discord.refusals import Form, No, Refusal
from tests.local_discord.specs import SpecChecks
from tests.local_discord.waiting import Bell
from tests.local_discord.world import Upload, World

PREFIX = "/api/v10"
_FILE_LIMIT = 10 * 1024 * 1024
_BAD_REQUEST, _SUCCESS = 400, 300


@dataclass(kw_only=True, eq=False)
class Request:
    """A line of the log: what came when, by the server's clock, and how it was answered.

    `status` is 0 until there is an answer, and stays so if the connection was broken on purpose.
    """

    at: float
    method: str
    path: str
    query: Mapping[str, str]
    body: Any = None
    status: int = 0
    code: int = 0

    def __str__(self) -> str:
        code = f" ({self.code})" if self.code else ""
        return f"{self.method} {self.path} -> {self.status}{code}"


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A request that no bot should send, or an answer of this server that Discord would not give.

    Every 400, every endpoint that is not served here, and whatever differs from the OpenAPI document.
    """

    request: Request
    message: str
    errors: Any = None

    def __str__(self) -> str:
        return f"{self.request}: {self.message} {json.dumps(self.errors) if self.errors else ''}".rstrip()


class Rest:
    """Serves the endpoints under /api/v10 and the stored files."""

    def __init__(self, world: World, specs: SpecChecks, routes: list[Route]) -> None:
        self.world = world
        self.specs = specs
        self.faults = Faults()
        self.requests: list[Request] = []
        self.violations: list[Violation] = []
        self.bell = Bell(world.report)
        self._routes = routes
        self._held: list[Hold] = []
        self.lateness: Callable[[], tuple[float, float]] | None = None

    def register(self, app: web.Application) -> None:
        """Add the endpoints to an application; what is none of them gets Discord's 404."""
        for route in self._routes:
            app.router.add_route(route.method, PREFIX + route.template, self._handler(route))
        app.router.add_get("/attachments/{path:.*}", self._serve_file)
        app.router.add_route("*", "/{path:.*}", self._handler(None))

    async def request(self, method: str, pattern: str, *, after: int = 0) -> Request:
        """Return the first answered request with this method and path pattern, waiting for it."""

        def look() -> Request | None:
            known = (one for one in self.requests[after:] if one.status and one.method == method)
            return next((one for one in known if fnmatchcase(one.path, pattern)), None)

        return await self.bell.until(look, f"the request {method} {pattern}")

    def release(self) -> None:
        """Let go of every request that is held."""
        self.faults.release_all()
        for hold in self._held:
            hold.release()

    def _handler(self, route: Route | None) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request)

        return handle

    async def _serve(self, route: Route | None, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(PREFIX)
        log = Request(at=self.world.clock.now(), method=request.method, path=path, query=dict(request.query))
        self.requests.append(log)
        before, after = self.lateness() if self.lateness else (0.0, 0.0)
        if before and request.content_type == "application/json":
            # What has arrived takes effect, even if the client is gone by then.
            await request.read()
        await asyncio.sleep(before)
        struck = await self._strike(log, request, "before")
        if struck is not None:
            return struck
        try:
            answer = await self._answer(route, request, log)
        except Refusal as refusal:
            return self._refuse(log, refusal)
        finally:
            self.bell.ring()
        await asyncio.sleep(after)
        struck = await self._strike(log, request, "after")
        if struck is not None:
            return struck
        log.status = answer.status
        self.bell.ring()
        return self._response(log, answer.status, answer.body)

    async def _answer(self, route: Route | None, request: web.Request, log: Request) -> Answer:
        if route is None:
            self.violations.append(Violation(request=log, message="this endpoint is not served here"))
            raise No.NOT_FOUND.refusal()
        if not route.open and request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise No.UNAUTHORIZED.refusal()
        log.body, uploads = await _read(request)
        call = Call(
            args=request.match_info,
            query=log.query,
            body=log.body,
            uploads=uploads,
            confirm=functools.partial(self._confirm, route, log),
        )
        answer = route.endpoint(self.world, call)
        self._check_own(log, route, answer)
        return answer

    def _confirm(self, route: Route, log: Request) -> None:
        form = Form()
        for mismatch in self.specs.request(route.method, route.template, log.body):
            form.fault(mismatch.path, f"OPENAPI_{mismatch.rule.upper()}", mismatch.message)
        form.refuse_if_wrong()

    def _check_own(self, log: Request, route: Route, answer: Answer) -> None:
        if answer.body is None:
            return
        for mismatch in self.specs.response(route.method, route.template, answer.status, answer.body):
            said = f"the local server's own answer differs from the document: {mismatch}"
            self.violations.append(Violation(request=log, message=said))

    async def _strike(self, log: Request, request: web.Request, when: When) -> web.StreamResponse | None:
        """Let an armed fault strike; return the answer that it gives instead of the real one."""
        fault = self.faults.take(log.method, log.path, when)
        if fault is None:
            return None
        if fault.hold is not None:
            self._held.append(fault.hold)
            await fault.hold.wait()
            return None
        if fault.breaks_the_connection:
            if request.transport is not None:
                request.transport.abort()
            # Nobody is left to read this, but the server must have something to write.
            return web.Response()
        return self._fail(log, fault)

    def _fail(self, log: Request, fault: Fault) -> web.Response:
        log.status, log.code = fault.status, fault.code
        self.bell.ring()
        return self._response(log, fault.status, fault.body(), fault.headers(self.world.clock.now()))

    def _refuse(self, log: Request, refusal: Refusal) -> web.Response:
        log.status, log.code = refusal.status, refusal.code
        if refusal.status == _BAD_REQUEST:
            self.violations.append(Violation(request=log, message=refusal.message, errors=refusal.errors))
        return self._response(log, refusal.status, refusal.body())

    def _response(self, log: Request, status: int, body: Any, headers: Wire | None = None) -> web.Response:
        limits = headers or self._limits(log)
        if body is None:
            return web.Response(status=status, headers=limits)
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
        # Without a charset, as Discord writes it: its clients compare the whole value.
        return web.Response(
            status=status, body=text.encode(), content_type="application/json", headers=limits
        )

    def _limits(self, log: Request) -> dict[str, str]:
        """Return the rate limit headers of a bucket that is never empty."""
        bucket = zlib.crc32(f"{log.method} {log.path}".encode())
        return {
            "X-RateLimit-Limit": "1000",
            "X-RateLimit-Remaining": "999",
            "X-RateLimit-Reset": f"{self.world.clock.now() + 1:.3f}",
            "X-RateLimit-Reset-After": "1.000",
            "X-RateLimit-Bucket": f"{bucket:08x}",
        }

    async def _serve_file(self, request: web.Request) -> web.Response:
        upload = self.world.uploads.get(request.path)
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.content_type)


async def _read(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    """Return the JSON body and the files of a request."""
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request)
    raw = await request.read()
    return (_parsed(raw), {}) if raw else (None, {})


async def _read_multipart(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    body: Any = {}
    uploads: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content, name = bytes(await part.read(decode=True)), part.name or ""
        if name == "payload_json":
            body = _parsed(content)
        elif name.startswith("files["):
            if len(content) > _FILE_LIMIT:
                raise No.TOO_LARGE.refusal()
            uploads[int(name[6:-1])] = Upload(filename=part.filename or "unknown", content=content)
    return body, uploads


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise No.INVALID_JSON.refusal() from None
