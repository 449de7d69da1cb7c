"""Who somebody is, asked from Slack and kept for minutes: a text never says who may do what."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.base import Undelivered
from adapters.slack.faults import TROUBLE
from adapters.slack.groups import Groups
from adapters.slack.typed import PERSON, as_read
from bot.core.events import Actor, FailureKind

KEPT = 600
"""Seconds for which Slack's word on somebody is taken without asking again."""
MOST = 10_000
MOST_NAMED = 5
"""People in one message whose names are looked up."""
_PATIENCE = 1.0
"""Seconds to wait for users.info: the interaction at hand has three in all."""


class People:
    """Looks up names, administrators and groups, and the direct channel with somebody.

    `quick` is a client that does not wait on a rate limit: then somebody is a member with their handle as name, and is
    asked for again the next time.
    """

    def __init__(
        self, client: AsyncWebClient, quick: AsyncWebClient, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.client = client
        self._quick = quick
        self._groups = Groups(quick, now)
        self._now = now
        self._known: dict[str, tuple[float, Actor]] = {}
        self._direct: dict[str, str] = {}

    async def actor(self, user: str, handle: str, team: str) -> Actor:
        """Say who this is: an administrator is an admin or owner of this very workspace, the roles are user groups."""
        actor, groups = await asyncio.gather(self._person(user, handle, team), self._groups.of(user))
        return replace(actor, roles=groups) if groups else actor

    async def _person(self, user: str, handle: str, team: str) -> Actor:
        until, actor = self._known.get(user, (0.0, None))
        if actor is not None and self._now() < until:
            return actor
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._quick.users_info(user=user)
        except TROUBLE:
            return Actor(id=user, name=actor.name if actor else handle or user)
        actor = _actor(user, answer["user"], team)
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[user] = (self._now() + KEPT, actor)
        return actor

    async def look_for(self, user: str) -> None:
        """Look whether somebody still has an account in the workspace.

        Raises Undelivered (GONE) where it was closed, and what a call to Slack may raise.
        """
        answer = await self.client.users_info(user=user)
        if (answer.get("user") or {}).get("deleted"):
            raise Undelivered(FailureKind.GONE, "the account was closed")

    async def direct(self, user: str) -> str:
        """Give the id of the channel in which the bot and this member are alone.

        Raises what a call to Slack may raise.
        """
        if user not in self._direct:
            answer = await self.client.conversations_open(users=user)
            self._direct[user] = str(answer["channel"]["id"])
        return self._direct[user]

    def meet(self, user: str, direct: str) -> None:
        """Note the same, where Slack says it by itself."""
        if direct:
            self._direct[user] = direct

    async def direct_soon(self, user: str) -> str:
        """Give the same, or nothing where Slack does not say within a second."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.direct(user)
        except TROUBLE:
            return ""

    async def alone(self, user: str, channel: str) -> bool:
        """Whether nobody but this member and the bot can see a channel: a direct message of two people is none."""
        if not channel.startswith("D"):
            return False
        return channel == await self.direct_soon(user)

    async def readable(self, text: str, team: str) -> str:
        """Give a message's text as people read it: with names, as far as Slack says them, instead of references."""
        users = list(dict.fromkeys(PERSON.findall(text)))[:MOST_NAMED]
        found = await asyncio.gather(*(self.actor(each, "", team) for each in users))
        return as_read(text, {each.id: each.name for each in found})


def _actor(user: str, found: dict[str, Any], team: str) -> Actor:
    profile = found.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or found.get("name") or user
    # In a channel shared between companies Slack tells of somebody else's admins as well.
    ours = found.get("team_id", team) == team
    administrator = ours and bool(found.get("is_admin") or found.get("is_owner"))
    return Actor(id=user, name=str(name), administrator=administrator)
