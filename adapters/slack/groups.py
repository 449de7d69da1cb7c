"""Which user groups people are in, asked from Slack for all at once and kept for minutes."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import faults
from adapters.slack.faults import TROUBLE

KEPT = 300
"""Seconds for which Slack's word on all groups is taken without asking again."""
KEPT_WITHOUT = 60
"""Seconds until it is asked again where it did not say."""
_PATIENCE = 1.0
"""Seconds to wait for the answer: the interaction at hand has three in all."""
_Members = Mapping[str, frozenset[str]]
log = logging.getLogger(__name__)


class Groups:
    """Says which groups somebody is in; none where Slack does not say, so that no right outlives its word."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._now = now
        self._until = float("-inf")
        self._groups: _Members = {}
        self._asking: asyncio.Task[None] | None = None

    async def of(self, user: str) -> frozenset[str]:
        """Give the ids of the groups that somebody is in."""
        if self._now() >= self._until:
            await self._asked()
        return self._groups.get(user, frozenset()) if self._now() < self._until else frozenset()

    async def _asked(self) -> None:
        """Wait for the answer to one question, whoever else waits for it too."""
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        await asyncio.wait({self._asking}, timeout=_PATIENCE)

    async def _ask(self) -> None:
        try:
            answer = await self._client.usergroups_list(include_users=True)
            self._groups, kept = _by_member(answer["usergroups"]), KEPT
        except TROUBLE as error:
            log.info("Slack does not say who is in a user group", extra={"error": faults.code_of(error)})
            self._groups, kept = {}, KEPT_WITHOUT
        self._until = self._now() + kept
        self._asking = None


def _by_member(groups: list[dict[str, list[str]]]) -> _Members:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for user in group.get("users", ()):
            found[user].add(str(group["id"]))
    return {user: frozenset(ids) for user, ids in found.items()}
