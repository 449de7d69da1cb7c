"""The Web API: tokens, scopes, what a test planned to go wrong, and the way to each method."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from tests.local_slack import api_chat, api_conversations, api_directory, api_files
from tests.local_slack.arguments import Arguments, read
from tests.local_slack.records import Call, Json
from tests.local_slack.refusal import FAULTS, RefusalError
from tests.local_slack.workspace import Workspace

if TYPE_CHECKING:
    from tests.local_slack.feed import Bell

Run = Callable[[Workspace, Arguments], Json]


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method with the scope it needs; `each` stands for a scope that depends on the kind of channel."""

    run: Run
    scope: str = ""
    each: str = ""


METHODS: dict[str, Method] = {
    "auth.test": Method(run=api_directory.auth_test),
    "bots.info": Method(run=api_directory.bot_info, scope="users:read"),
    "chat.delete": Method(run=api_chat.delete, scope="chat:write"),
    "chat.getPermalink": Method(run=api_chat.permalink),
    "chat.postEphemeral": Method(run=api_chat.post_ephemeral, scope="chat:write"),
    "chat.postMessage": Method(run=api_chat.post_message, scope="chat:write"),
    "chat.update": Method(run=api_chat.update, scope="chat:write"),
    "conversations.history": Method(run=api_conversations.history, each="history"),
    "conversations.info": Method(run=api_conversations.info, each="read"),
    "conversations.join": Method(run=api_conversations.join, scope="channels:join"),
    "conversations.list": Method(run=api_conversations.list_all),
    "conversations.members": Method(run=api_conversations.members, each="read"),
    "conversations.open": Method(run=api_conversations.open_direct, scope="im:write"),
    "conversations.replies": Method(run=api_conversations.replies, each="history"),
    "files.completeUploadExternal": Method(run=api_files.complete_upload, scope="files:write"),
    "files.getUploadURLExternal": Method(run=api_files.upload_url, scope="files:write"),
    "files.info": Method(run=api_files.info, scope="files:read"),
    "pins.add": Method(run=api_conversations.pin, scope="pins:write"),
    "pins.list": Method(run=api_conversations.pins, scope="pins:read"),
    "pins.remove": Method(run=api_conversations.unpin, scope="pins:write"),
    "team.info": Method(run=api_directory.team_info, scope="team:read"),
    "usergroups.list": Method(run=api_directory.usergroup_list, scope="usergroups:read"),
    "usergroups.users.list": Method(run=api_directory.usergroup_members, scope="usergroups:read"),
    "users.info": Method(run=api_directory.user_info, scope="users:read"),
    "users.list": Method(run=api_directory.user_list, scope="users:read"),
    "views.open": Method(run=api_directory.open_view),
    "views.publish": Method(run=api_directory.publish_view),
    "views.push": Method(run=api_directory.push_view),
    "views.update": Method(run=api_directory.update_view),
}


@dataclass(eq=False, kw_only=True)
class Hold:
    """A call whose answer waits: `arrived` is over once it came, `release` lets the answer go."""

    method: str
    after_effect: bool
    bell: Bell
    here: bool = False
    free: asyncio.Event = field(default_factory=asyncio.Event)

    async def arrived(self) -> None:
        """Wait until the call has come, and, if so planned, has had its effect."""
        await self.bell.until(lambda: self.here or None, f"a held call of {self.method}")

    def release(self) -> None:
        """Let the answer go out."""
        self.free.set()


@dataclass(frozen=True, kw_only=True)
class Failure:
    """An answer that a test planned instead of the real one, with or without the effect."""

    refusal: RefusalError
    after_effect: bool


class WebApi:
    """Answers /api/<method> as Slack does; `open_connection` gives out Socket Mode addresses."""

    def __init__(self, space: Workspace, open_connection: Callable[[], str]) -> None:
        self._space = space
        self._open_connection = open_connection
        self._failures: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self._holds: defaultdict[str, deque[Hold]] = defaultdict(deque)
        self._every_hold: list[Hold] = []
        self.lateness: Callable[[], tuple[float, float]] | None = None

    def fail_next(self, method: str, failure: Failure, times: int) -> None:
        """Plan failures for the next calls of a method."""
        self._failures[method].extend([failure] * times)

    def hold_next(self, method: str, *, after_effect: bool) -> Hold:
        """Plan a late answer for the next call of a method."""
        hold = Hold(method=method, after_effect=after_effect, bell=self._space.bell)
        self._holds[method].append(hold)
        self._every_hold.append(hold)
        return hold

    def release_all(self) -> None:
        """Let every held answer go."""
        for hold in self._every_hold:
            hold.release()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        method = request.match_info["method"]
        holds = self._holds[method]
        hold = holds.popleft() if holds else None
        before, after = self.lateness() if self.lateness else (0.0, 0.0)
        if before and not request.content_type.startswith("multipart/"):
            # What has arrived takes effect, even if the client is gone by then.
            await request.read()
        await asyncio.sleep(before)
        if hold is not None and not hold.after_effect:
            await self._keep(hold)
        params: Json = {}
        status, headers = 200, self._headers(method)
        try:
            params = await read(request)
            token = _token(request, params)
            answer = {"ok": True, **self._answer(method, token, params)}
        except RefusalError as refusal:
            answer, status = refusal.body(), refusal.status
            headers |= refusal.headers()
        self._space.calls.add(Call(method=method, params=params, answer=answer, at=self._space.clock.now()))
        await asyncio.sleep(after)
        if hold is not None and hold.after_effect:
            await self._keep(hold)
        if status >= web.HTTPInternalServerError.status_code:
            return web.Response(text="", status=status, headers=headers)
        return web.json_response(answer, status=status, headers=headers)

    async def _keep(self, hold: Hold) -> None:
        hold.here = True
        self._space.bell.ring()
        await hold.free.wait()

    def _headers(self, method: str) -> dict[str, str]:
        known = METHODS.get(method)
        accepted = "" if known is None else known.scope or _scopes_for_every_kind(known.each)
        return {"X-OAuth-Scopes": ",".join(sorted(self._space.scopes)), "X-Accepted-OAuth-Scopes": accepted}

    def _answer(self, method: str, token: str, params: Json) -> Json:
        planned = self._failures[method]
        failure = planned.popleft() if planned else None
        if failure is not None and not failure.after_effect:
            raise failure.refusal
        try:
            answer = self._run(method, token, params)
        except RefusalError as refusal:
            if refusal.error in FAULTS:
                self._space.violations.append(f"{method}: {refusal.error} {list(refusal.messages)}")
            raise
        if failure is not None:
            raise failure.refusal
        return answer

    def _run(self, method: str, token: str, params: Json) -> Json:
        space = self._space
        self._authorise(method, token)
        if method == "apps.connections.open":
            return {"url": self._open_connection()}
        if method not in METHODS:
            raise RefusalError("unknown_method", req_method=method)
        space.violations += space.specs.call(method, set(params))
        self._check_scope(METHODS[method], params)
        return METHODS[method].run(space, Arguments(params))

    def _authorise(self, method: str, token: str) -> None:
        space = self._space
        if not token:
            raise RefusalError("not_authed")
        if token in space.refused_tokens:
            raise RefusalError(space.refused_tokens[token])
        if token not in {space.bot_token, space.app_token}:
            raise RefusalError("invalid_auth")
        if (token == space.app_token) != (method == "apps.connections.open"):
            raise RefusalError("not_allowed_token_type")

    def _check_scope(self, method: Method, params: Json) -> None:
        scopes = self._space.scopes
        needed = method.scope
        if method.each:
            channel = self._space.channels.get(str(params.get("channel")))
            needed = f"{channel.kind}:{method.each}" if channel else _scopes_for_every_kind(method.each)
        if needed and scopes.isdisjoint(needed.split(",")):
            raise RefusalError("missing_scope", needed=needed, provided=",".join(sorted(scopes)))


def _scopes_for_every_kind(word: str) -> str:
    return ",".join(f"{kind}:{word}" for kind in ("channels", "groups", "mpim", "im")) if word else ""


def _token(request: web.Request, params: Json) -> str:
    given = str(params.pop("token", ""))
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or given
